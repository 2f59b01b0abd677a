"""write: readings → one DuckDB file: schema.sql, the reference tables, the readings, the views of sql/; then every column
of every row is read, since a flipped byte shows only to a query that touches its block.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from etl import model
from etl.load import families
from etl.load.documents import Readings, Shelved, insert, insert_documents, quoted
from etl.load.rows import agencies, knowledge, measured, no_twins, reformed
from etl.model import Quality
from etl.reference import ROOT, person

SCHEMA_VERSION = 19
"""Raised with every change of sql/ that an older ui could not read."""

SQL = ROOT / "sql"
_STORED = "\n-- Stored: "
"""How a view says in its head that it is counted at the build and kept as a table, since a page that counted it anew over
millions of units would keep its reader waiting.
"""
_HELD = "\n-- Held: "
"""How a view says in its head that several stored ones stand on it: it is counted once for them, and no page asks for it."""
_ORDERED = re.compile(r"\norder by .*\Z", re.S)
"""A view that says itself in what order its rows lie."""
_NAME, _COMMENT = re.compile(r"\b[a-z_]+\b"), re.compile(r"--.*")
_ASKED = re.compile(r"\n-- Asked: (.+)\.\n")
"""How a view says in its head that it is a question with values, and which; it is kept as a table macro of its name."""


BOUNDED: Mapping[str, str] = {"memory_limit": "200MB"}
"""What DuckDB may hold in memory while a build is made and read; the rest lies on the disk."""
ROOMIER: Mapping[str, str] = {"memory_limit": "2GB"}
"""What it may hold where a view needs more than that."""

_FEW = 100
"""Documents below which one thread makes a build: to plan what is asked is then most of the work, and others only wait."""

# what DuckDB says when the disk or the memory is full; anything else is about the data
FROM_OUTSIDE = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.TransactionException)
_OF_ITSELF = ("build", "build_log")
"""The tables that tell of the build and not of plans."""


# Verifying.


def only(con: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    """The row of an answer that always has one."""
    row = con.fetchone()
    assert row is not None
    return row


def verify(file: Path) -> dict[str, int]:
    """Read every column of every row; the number of rows of each table. Raises Failed where the rows are not those that
    were written.
    """
    try:
        with duckdb.connect(str(file), read_only=True, config=dict(BOUNDED)) as con:
            said = _sums(con)
            built = con.execute("select content_hash from build").fetchall() if "build" in said else []
            if built != [(_content(said),)]:
                raise model.Failed(
                    f"{file.name}: không phải một bản dựng đầy đủ; hãy dựng lại.",
                    f"{file.name}: not a complete build; build again.",
                )
            return {name: count for name, (count, _, _) in said.items()}
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise model.Failed(
            f"{file.name}: cơ sở dữ liệu bị hỏng ({reason}); hãy dựng lại. Bản đang dùng được giữ nguyên.",
            f"{file.name}: the database is damaged ({reason}); build again. The one in use was kept.",
        ) from error


# Writing.


@contextmanager
def made(file: Path, **config: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database file in the making; what is made within is in the file then. Raises Failed where the data do not fit.

    DuckDB waits for the disk after none of its hundreds of statements: who publishes the file waits once (`to_disk`).
    """
    con = duckdb.connect(str(file), config=config | {"fsync_mode": "NONE"})
    try:
        yield con
        # closing would do the same, and say nothing where it fails
        con.execute("checkpoint")
    except FROM_OUTSIDE:
        raise
    except duckdb.Error as error:
        raise model.Failed(
            f"Dữ liệu không khớp với sql/schema.sql: {error}", f"The data do not fit sql/schema.sql: {error}"
        ) from error
    finally:
        con.close()


def write(
    file: Path,
    readings: Readings,
    build_id: str | None = None,
    quality: Quality = Quality(),
    walls: Sequence[str] = (),
    room: Mapping[str, str] = BOUNDED,
) -> None:
    """Make one database file: tables, knowledge, readings, views. `build_id` is the file's name where nothing else is
    said, `walls` what stood around the documents while they were read, `room` what DuckDB may hold in memory.

    The rows pass schema.sql's constraints in a database beside it, then go to the file without their indexes: a published
    file never changes, and an index is the one part of a file that reading every table whole would not read.
    """
    if not isinstance(readings, Shelved):
        no_twins(reading.plan for reading in readings)
    beside = file.with_name(f"{file.name}.checked")
    beside.unlink(missing_ok=True)
    few = len(readings.sources if isinstance(readings, Shelved) else readings) < _FEW
    with made(file, **room, **({"threads": 1} if few else {})) as con:
        (home,) = only(con.execute("select current_database()"))
        con.execute(f"attach {quoted(beside)} as checked; use checked")
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        insert(
            con,
            "build",
            [
                {
                    "build_id": build_id or file.stem,
                    "built_at": datetime.now(UTC).replace(tzinfo=None),
                    "schema_version": SCHEMA_VERSION,
                    "program_version": _version(),
                    "walls": list(walls),
                    "rests_on": readings.rests_on if isinstance(readings, Shelved) else None,
                    "decided": readings.decided if isinstance(readings, Shelved) else "",
                }
            ],
        )
        insert_documents(con, readings)
        met = met_agencies(con)
        for name, rows in (knowledge() | {"agencies": agencies(met)} | measured(quality)).items():
            insert(con, name, rows)
        insert(con, "agency_reform", reformed(met))
        views(con, ["kin_unit"])
        families.link(con, kept=readings.links if isinstance(readings, Shelved) else None)
        con.execute(f'use "{home}"')
        for (name,) in con.execute("select table_name from duckdb_tables() where database_name = 'checked'").fetchall():
            con.execute(f'create table "{name}" as from checked."{name}"')
        con.execute("pragma disable_checkpoint_on_shutdown; detach checked; pragma enable_checkpoint_on_shutdown")
        beside.unlink()
        views(con)
        con.execute("update build set content_hash = ?", [content_hash(con)])


def content_hash(con: duckdb.DuckDBPyConnection) -> str:
    """One hash of every row of every table but of those that tell of the build itself, in whatever order they lie: two
    builds that say the same have the same. It tells one build from another, and is no seal against whoever means harm:
    DuckDB's own hashes of rows are added up, which takes a tenth of the time of a cryptographic one.
    """
    return _content(_sums(con))


def _sums(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int | None, str]]:
    """Of each table, whose every row is read: how many rows, the sum of their hashes, and the columns. One question for all
    tables: to plan one for each takes longer than to answer them.
    """
    tables = "select table_name, string_agg(column_name, ',' order by column_index) from duckdb_columns() join duckdb_tables() using (database_name, table_name) where database_name = current_database() and not temporary group by all order by 1"
    con.execute("set enable_progress_bar = false")  # a process without a file of its own would say how far it is
    columns = dict(con.execute(tables).fetchall())
    asked = [f'select {quoted(name)}, count(*), sum(hash(t)) from "{name}" as t' for name in columns]
    said = con.execute(" union all ".join(asked)).fetchall() if asked else []
    found = {name: (count, total) for name, count, total in said}
    return {name: (*found[name], columns[name]) for name in columns}


def _content(said: Mapping[str, tuple[int, int | None, str]]) -> str:
    """The hash of what all tables say, but for those that tell of the build itself."""
    return hashlib.sha256(
        repr({name: one for name, one in said.items() if name not in _OF_ITSELF}).encode()
    ).hexdigest()


def met_agencies(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The names of all agencies that stand in the plans of a database."""
    return [name for (name,) in con.execute("select distinct agency from unit_agencies order by 1").fetchall()]


def stored() -> frozenset[str]:
    """The names of the views that are counted at the build and kept as tables."""
    return frozenset(file.stem for file in SQL.glob("*.sql") if _STORED in file.read_text(encoding="utf-8"))


def _made(name: str, select: str) -> str:
    """What makes a view, a stored one, or one that is asked with values."""
    if asked := _ASKED.search(select):
        return f'create or replace macro "{name}"({asked[1]}) as table\n{select}'
    if _STORED not in select:
        held = f'; create temp table "{name}" as from "{name}"' if _HELD in select else ""
        return f'create view "{name}" as\n{select}{held}'
    # rows lie in one order, whichever thread was first
    return f'create table "{name}" as\n' + (select if _ORDERED.search(select) else f"from (\n{select}\n) order by all")


def _in_order(selects: Mapping[Path, str]) -> list[Path]:
    """Views behind those that they name."""
    by_name = {file.stem: file for file in selects}
    ordered: list[Path] = []
    seen: set[Path] = set()

    def put(file: Path) -> None:
        if file not in seen:
            seen.add(file)
            for name in sorted(by_name.keys() & set(_NAME.findall(_COMMENT.sub("", selects[file])))):
                put(by_name[name])
            ordered.append(file)

    for file in selects:
        put(file)
    return ordered


def views(con: duckdb.DuckDBPyConnection, names: Sequence[str] = ()) -> None:
    """One view a file of sql/ (or only those of `names`), named like it; those that say "-- Stored" in
    their head as tables with their rows, and those that say "-- Asked" as table macros. A view may stand on others: those that cannot be made yet are tried again,
    and one that says "-- Held" is a table as long as this takes.
    `named_person()` is in SQL what stands for an official who is named.
    """
    con.execute(f"create or replace macro named_person() as {quoted(person())}")
    left = {
        file: file.read_text(encoding="utf-8").strip().removesuffix(";")
        for file in sorted(SQL.glob("*.sql"))
        if file.stem in names or not names and file.stem != "schema"
    }
    left = {file: left[file] for file in _in_order(left)}
    held = [file.stem for file, select in left.items() if _HELD in select]
    while left:
        failed: dict[Path, duckdb.Error] = {}
        for file, select in left.items():
            try:
                _roomy(con, _made(file.stem, select))
            except FROM_OUTSIDE:
                raise
            except duckdb.Error as error:
                failed[file] = error
        if len(failed) == len(left):
            # the one to mend is the one that waits for no other that failed
            waiting = {file.stem for file in failed}
            file, why = next(
                (
                    (file, why)
                    for file, why in failed.items()
                    if not any(name in str(why) for name in waiting - {file.stem})
                ),
                next(iter(failed.items())),
            )
            raise model.Failed(f"sql/{file.name}: {why}", f"sql/{file.name}: {why}") from why
        left = {file: left[file] for file in failed}
    for name in held:
        con.execute(f'drop table temp."{name}"')


def _roomy(con: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Run a statement; where memory does not suffice, once more in one thread, for several hold as much as they are many, and
    where that does not either, with more memory.
    """
    one_thread = {"threads": "1"}
    for settings in ({}, one_thread):
        with suppress(duckdb.OutOfMemoryException), _set(con, settings):
            con.execute(statement)
            return
    with _set(con, {**one_thread, **ROOMIER}):
        con.execute(statement)


@contextmanager
def _set(con: duckdb.DuckDBPyConnection, settings: Mapping[str, str]) -> Iterator[None]:
    """These settings for as long as this lasts."""
    before = {name: only(con.execute("select current_setting(?)", [name]))[0] for name in settings}
    for name, value in settings.items():
        con.execute(f"set {name} = {quoted(value)}")
    try:
        yield
    finally:
        for name, value in before.items():
            con.execute(f"set {name} = {quoted(str(value))}")


def _version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
