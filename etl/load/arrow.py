"""arrow: rows → Arrow, by way of JSON: Arrow's own way from values of Python imports pandas, which takes half a second, and is
many times as slow with rows inside rows.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

import orjson
import pyarrow
from pyarrow import csv, json

_PARTS = "\x1f"
"""A sign that stands in no cell of a checked table (`tables.cells`)."""


def table(rows: Iterable[Mapping[str, Any]], columns: pyarrow.Schema) -> pyarrow.Table:
    """Rows as a table of these columns; what a row does not have is null, and days are words."""
    return of_json(map(as_json, rows), columns)


def as_json(row: Mapping[str, Any]) -> bytes:
    """One row, as a line."""
    return orjson.dumps(row, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE)


def of_json(rows: Iterable[bytes], columns: pyarrow.Schema) -> pyarrow.Table:
    """The same from rows that are lines of JSON. Raises ArrowInvalid where they are none of these columns."""
    said = b"".join(rows)
    if not said:
        return columns.empty_table()
    return json.read_json(
        pyarrow.BufferReader(said),
        json.ReadOptions(use_threads=False, block_size=len(said) + 1),
        json.ParseOptions(explicit_schema=columns, unexpected_field_behavior="error"),
    )


def give_back() -> None:
    """Let the system have the memory that Arrow and C keep for later: processes that are forked meanwhile would each keep
    a copy of what is written there next.
    """
    pyarrow.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with suppress(AttributeError):  # not every library of C has it
            ctypes.CDLL(None).malloc_trim(0)


def of_cells(
    rows: Sequence[Mapping[str, str]], columns: pyarrow.Schema, said: Mapping[str, str] | None = None
) -> pyarrow.Table:
    """Rows of a checked table (several columns), each cell as written, as a table of these columns; `said` is what a column
    is called there where that is not its name. Of a truth "yes" is true.
    """
    cells = itemgetter(*((said or {}).get(name, name) for name in columns.names))
    written = "\n".join(_PARTS.join(cells(row)) for row in rows).encode()
    if not written:
        return columns.empty_table()
    return csv.read_csv(
        pyarrow.BufferReader(written),
        csv.ReadOptions(use_threads=False, column_names=columns.names, block_size=len(written) + 1),
        csv.ParseOptions(delimiter=_PARTS, quote_char=False),
        csv.ConvertOptions(column_types=columns, null_values=[], true_values=["yes"], false_values=[""]),
    )
