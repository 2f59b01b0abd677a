"""good: the last rows of a table that were right, for pages, which a table may change under.

An official edits a table while pages are open. Where it is not right, pages go on with the rows they had; a program
that has just begun takes those that the last build was made with.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tables.cells import BadReference, Row
from tables.schema import checked, rows, table_of

_GOOD: dict[Path, tuple[Row, ...]] = {}
_TROUBLES: dict[Path, BadReference] = {}


def last_good(file: Path, built: Callable[[str], str | None], whole: str = "") -> tuple[Row, ...]:
    """The rows of a table, checked; where it is not right, the last that were. Raises BadReference where none were.

    `built` gives a table by its file's name as it was at the last build; `whole` is a column of which no value may go
    while the program runs, since its code names them.
    """
    try:
        found = rows(file)
        if gone := {row[whole] for row in _GOOD.get(file, ()) if whole} - {row[whole] for row in found if whole}:
            raise lacking(file, whole, min(gone))
        _GOOD[file] = found
        _TROUBLES.pop(file, None)
    except BadReference as trouble:
        _TROUBLES[file] = trouble
        if file not in _GOOD:
            held = built(file.name)
            if held is None:
                raise
            _GOOD[file] = checked(table_of(file), held.encode())
    return _GOOD[file]


def lacking(file: Path, column: str, value: str) -> BadReference:
    """What is said where a row is not there that the program needs."""
    return table_of(file).bad(f"thiếu dòng {value!r}", f"the row {value!r} is missing", None, column)


def troubles() -> tuple[BadReference, ...]:
    """What is wrong with the tables whose last good rows are shown."""
    return tuple(_TROUBLES.values())
