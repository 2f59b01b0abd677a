"""Small databases of a test's own, and which database is shown: rows are put in by name, what a test does not care about
is filled in, and every view stands on them.

    with small.database(file) as insert:
        small.plan(insert, "xa", level="commune")
        small.unit(insert, "xa", 1, dim=3)
    with small.shown(file): …
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from etl import load
from ui import data
from ui.words import labels

Insert = Callable[[str, Mapping[str, Any]], None]


@contextmanager
def database(file: Path) -> Iterator[Insert]:
    """A new database file; gives what puts a row into a table: `insert("plans", {"plan_id": "a", …})`."""
    with duckdb.connect(str(file), config={"fsync_mode": "NONE"}) as connection:
        connection.execute((load.SQL / "schema.sql").read_text(encoding="utf-8"))

        def insert(table: str, row: Mapping[str, Any]) -> None:
            connection.execute(
                f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values())
            )

        yield insert
        load.views(connection)


def counted_anew(con: duckdb.DuckDBPyConnection) -> None:
    """All views of a build once more, after its tables were changed."""
    for kind, name in con.execute(
        """
        select 'view', view_name from duckdb_views() where not internal
        union all select 'table', table_name from duckdb_tables() where list_contains(?, table_name)
    """,
        [sorted(load.stored())],
    ).fetchall():
        con.execute(f'drop {kind} "{name}"')
    load.views(con)


@contextmanager
def shown(file: Path, lang: str = "vi", build_id: str = "papi-test") -> Iterator[None]:
    """This database in force, read in one language."""
    with data.showing(data.Build(str(file), build_id, datetime.datetime(2026, 11, 21), "0")), labels.speaking(lang):
        yield


def build(insert: Insert) -> None:
    """The row that says what build this is."""
    insert(
        "build",
        {
            "build_id": "small",
            "built_at": datetime.datetime(2026, 11, 21),
            "schema_version": data.SCHEMA_VERSION,
            "program_version": "0",
        },
    )


def dimensions(insert: Insert, short_vi: str = "Ngắn {}") -> None:
    """All dimensions, 0 to 8."""
    for dim in range(9):
        names = {"name_vi": "Tên {}", "name_en": "Name {}", "short_vi": short_vi, "short_en": "Short {}"}
        insert("dimensions", {"dim": dim} | {column: name.format(dim) for column, name in names.items()})


def plan(insert: Insert, plan_id: str, **said: Any) -> None:
    """A plan of a province that was read."""
    names = dict.fromkeys(("plan_id", "title", "narrow", "issuer", "file"), plan_id)
    row = {
        "short_vi": f"Kế hoạch {plan_id}",
        "short_en": f"Plan {plan_id}",
        "doc_type": "plan",
        "level": "province",
        "province": "X",
        "sha256": "0",
        "has_table": False,
        "status": "read",
    }
    row |= names | said
    insert("plans", {"province_now": row["province"]} | row)


def unit(insert: Insert, plan_id: str, ordinal: int, **said: Any) -> str:
    """A task in a plan, in the line of its number; its id."""
    row = {
        "unit_id": f"{plan_id}:{ordinal}",
        "plan_id": plan_id,
        "ordinal": ordinal,
        "channel": "narrative",
        "section": "I",
        "kind": "action",
        "kind_sure": True,
        "text": "…",
        "first_line": ordinal,
        "last_line": ordinal,
        "score": 1,
        "margin": 1,
        "review": False,
        "agencies_uncertain": False,
        "timing": "unspecified",
    }
    row |= said
    insert("units", row)
    return row["unit_id"]


def part(insert: Insert, unit_id: str, agency: str, role: str = "lead", **said: Any) -> None:
    """An agency's part in a unit, written as the agency is called."""
    row = {"unit_id": unit_id, "agency": agency, "role": role, "as_written": agency, "uncertain": False}
    insert("unit_agencies", row | said)


def agency(insert: Insert, name: str, *, is_known: bool = True, is_group: bool = False) -> None:
    """An agency of the tables."""
    insert("agencies", {"agency": name, "is_known": is_known, "is_group": is_group})


def texts(figure: Any) -> str:
    """All words of a picture, as they stand one after the other; a name in two lines reads as one."""
    drawn = [trace for trace in figure.data if trace.type == "scatter" and "text" in (trace.mode or "")]
    return html.unescape(" ".join(text for trace in drawn for text in trace.text))


def smallest(figure: Any) -> float:
    """The size of the smallest letters of a picture."""
    drawn = [trace for trace in figure.data if trace.type == "scatter" and "text" in (trace.mode or "")]
    return min(size for trace in drawn for size in each(trace, trace.textfont.size))


def each(trace: Any, said: Any) -> Sequence[Any]:
    """What a trace says of each of its points; plotly takes one value for all of them too."""
    return said if isinstance(said, tuple) else (said,) * len(trace.x)


def hits(figure: Any) -> list[str]:
    """The keys of what can be clicked in a picture."""
    return [key for (key,) in figure.data[-1].customdata]
