"""How right it is: reading, matching and cells against labelled plans."""
