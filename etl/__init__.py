"""From documents to a database: read → about → cut → tag → match → assign → check → load (`etl.way`)."""
