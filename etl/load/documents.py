"""documents: readings as Arrow or Parquet, a row a document, with its rows of every table inside it.

In: readings, or files that hold such rows (etl/shelf.py). Out: the rows in their tables, in the order of their plans.
DuckDB takes them from the files itself, so however many there are, no more lie in memory than it is allowed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from etl.load.arrow import table
from etl.load.fates import Kept
from etl.load.rows import DOCUMENTS, Row, document
from etl.model import Reading
from etl.reference import ROOT
from etl.text import folded

_PAGE = re.compile(r"page:(\d+)")
_SCHEMA = ROOT / "sql" / "schema.sql"
_TEXT = pyarrow.string()
_HEAD = {
    "key": _TEXT,
    "plan_id": _TEXT,
    "file": _TEXT,
    "sha256": _TEXT,
    "listing": _TEXT,
    "knowledge": _TEXT,
    "program": _TEXT,
    "decided": _TEXT,
    "summary": _TEXT,
    "warnings": pyarrow.list_(pyarrow.field("element", _TEXT)),
    "seconds": pyarrow.float64(),
    "pages": pyarrow.int32(),
    "unit_count": pyarrow.int32(),
    "worker": pyarrow.int32(),
    "trouble": _TEXT,
    "marks": pyarrow.list_(pyarrow.field("element", pyarrow.int64())),
}
"""What is known of a document beside its rows: what its reading rests on, what a build says of it, and how it was read."""


@dataclass(frozen=True)
class Shelved:
    """Readings that lie in Parquet files, every row of these files one of them; for each plan whether it was `read` now
    or `kept`, and why it was read; a hash of all that a build of them rests on; where what was counted of their links is
    kept; and which decisions of people they take into account.
    """

    files: Sequence[Path]
    sources: Mapping[str, tuple[str, str | None]]
    rests_on: str | None = None
    links: Kept | None = None
    decided: str = ""


Readings = Sequence[Reading] | Shelved


@cache
def schema() -> pyarrow.Schema:
    """The columns of a document's row: what is known of it, and its rows of each table as `sql/schema.sql` has them, with
    dates in words.
    """
    with duckdb.connect() as con:
        con.execute(_SCHEMA.read_text(encoding="utf-8"))
        tables = {name: con.sql(f'from "{name}" limit 0').to_arrow_table().schema for name in DOCUMENTS}
    inner = {
        name: pyarrow.list_(
            pyarrow.field("element", pyarrow.struct([(field.name, _plain(field.type)) for field in fields]))
        )
        for name, fields in tables.items()
    }
    return pyarrow.schema(list((_HEAD | inner).items()))


def _plain(kind: pyarrow.DataType) -> pyarrow.DataType:
    if pyarrow.types.is_temporal(kind):
        return _TEXT
    return pyarrow.list_(pyarrow.field("element", kind.value_type)) if pyarrow.types.is_list(kind) else kind


def row(reading: Reading, **known: Any) -> dict[str, Any]:
    """One document's row."""
    pages = [int(page[1]) for line in reading.lines if (page := _PAGE.search(line.place))]
    plan = reading.plan
    return {
        "plan_id": plan.plan_id,
        "file": plan.file.name,
        "sha256": reading.sha256,
        "pages": max(pages, default=None),
        "unit_count": len(reading.units),
        "trouble": "refused" if reading.unread else None,
        "marks": sorted(marks(line.text for line in reading.lines)),
        **document(reading),
        **known,
    }


_LONG = 20


def marks(texts: Iterable[str]) -> frozenset[int]:
    """What a document is known by in another format or version: a number for each line of some length, whatever its marks
    and signs.
    """
    written = {line for text in texts if len(line := folded(text)) > _LONG}
    return frozenset(
        int.from_bytes(hashlib.blake2b(line.encode(), digest_size=8).digest(), "big", signed=True) for line in written
    )


def quoted(words: object) -> str:
    """Words as SQL has them where no value can be handed in."""
    return "'" + str(words).replace("'", "''") + "'"


def insert(con: duckdb.DuckDBPyConnection, name: str, rows: list[Row] | pyarrow.Table) -> None:
    """All rows of a table at once: by way of Arrow, since row by row 100 000 units take minutes."""
    if len(rows):
        if not isinstance(rows, pyarrow.Table):
            kinds = con.sql(f'from "{name}" limit 0').to_arrow_table().schema
            columns = pyarrow.schema([(column, _plain(kinds.field(column).type)) for column in rows[0]])
            rows = table(rows, columns)
        con.register("fresh_rows", rows)
        con.execute(f'insert into "{name}" by name select * from fresh_rows')
        con.unregister("fresh_rows")


def insert_documents(con: duckdb.DuckDBPyConnection, readings: Readings) -> None:
    """The rows of all documents into the tables of the database in use, and how each came to be read. Plans stand in the
    order of their names: what a page asks of one plan then lies in few blocks of each table, and DuckDB passes over the
    others.
    """
    if isinstance(readings, Shelved):
        listed = ", ".join(map(quoted, readings.files))
        con.execute(f"create temp view readings as from read_parquet([{listed}])")
    else:
        con.register("readings", table([row(one) for one in readings], schema()))
    for name in DOCUMENTS:
        con.execute(f"""
            insert into "{name}" by name
            select unnest(held) from (select plan_id, unnest("{name}") as held, generate_subscripts("{name}", 1) as nth from readings)
            order by plan_id, nth
        """)
    sources = readings.sources if isinstance(readings, Shelved) else {}
    said = [{"plan_id": plan_id, "source": source, "why": why} for plan_id, (source, why) in sources.items()]
    con.register("sources", table(said, pyarrow.schema({"plan_id": _TEXT, "source": _TEXT, "why": _TEXT})))
    con.execute("""
        insert into build_log by name
        select plan_id, file, coalesce(source, 'read') as source, why, worker, seconds, pages, unit_count as units, trouble
        from readings left join sources using (plan_id)
        where file <> ''
        order by plan_id
    """)
    con.unregister("sources")
    con.execute("drop view readings") if isinstance(readings, Shelved) else con.unregister("readings")
