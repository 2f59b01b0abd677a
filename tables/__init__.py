"""Every CSV file of the project, read and checked as one.

    cells      bytes → cells: encoding, separator, quotes, head, width of rows
    schema     data/reference/schema.csv → what each column of each table may hold, and whether rows fit it
    good       the last rows that were right, for pages that a table changes under

What a table may hold stands in `data/reference/schema.csv` alone, a row a column. A table that is not what it should be
raises `BadReference`: one sentence with file, row and column, in both languages.
"""

from __future__ import annotations

from tables.cells import DATA, BadReference, Row
from tables.good import lacking, last_good, troubles
from tables.schema import changed, check, columns, rows
