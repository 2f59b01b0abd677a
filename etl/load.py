"""load: readings → one DuckDB file, checked by reading it whole, then published by switching a pointer.

    write     schema.sql, the reference tables, the readings, the views of sql/
    verify    every column of every row is read: a flipped byte shows only to a query that touches its block
    publish   rename to papi-<UTC stamp>-<n>.duckdb, then switch `current`, a file of one line that names the build

A published file never changes, and a build killed at any moment leaves the pointer where it was; what it left behind is
removed by the next build. One build at a time: the lock is the system's own and dies with its process.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from etl.model import BadReference, Quality, Reading, Unit, main_of
from etl.reference import DATA, PERSON, ROOT, agency_names, table

SCHEMA_VERSION = 3
"""Raised with every change of sql/ that an older ui could not read."""

SQL = ROOT / "sql"
POINTER = "current"
STORED = (
    "agency_assignment",
    "agency_change",
    "agency_dimension_role",
    "agency_successor",
    "column_role",
    "dated_mark",
    "due_count",
    "find_agency",
    "find_hit",
    "find_name",
    "find_profile",
    "find_unit",
    "find_word",
    "finding_count",
    "gap",
    "line_role",
    "office_dimension_role",
    "office_name",
    "office_part",
    "open_lead",
    "open_unit",
    "plan_agency",
    "plan_cell",
    "plan_dimension",
    "plan_doubt",
    "plan_lead_basis",
    "plan_list",
    "plan_reform",
    "plan_role",
    "plan_role_today",
    "plan_score",
    "plan_score_year",
    "plan_subdimension",
    "plan_summary",
    "plan_timing",
    "recurring_day",
    "timing_words",
    "touch_placed",
    "unit_kind",
    "unit_named",
    "unit_placed",
)
"""The views that are counted at the build and stored, since a page that counted them anew over millions of units would
keep its reader waiting.
"""

_BUILD = re.compile(r"papi-\d{8}T\d{6}Z-\d+\.duckdb")
# what DuckDB says when the disk or the memory is full; anything else is about the data
_FROM_OUTSIDE = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException)

Row = dict[str, Any]


class Failed(Exception):
    """A database that could not be written or published. Its text is one sentence: what, why, what to do."""

    def __init__(self, vi: str, en: str):
        super().__init__(vi)
        self.vi, self.en = vi, en


class Busy(Failed):
    """Another build is writing into the same folder."""


def folder() -> Path:
    """Where builds live: `PAPI_BUILD`, else data/build."""
    return Path(os.environ.get("PAPI_BUILD") or DATA / "build")


def build(readings: Sequence[Reading], out: Path | None = None, quality: Quality = Quality()) -> Path:
    """Write, verify and publish the readings and what was measured of them; the file that was published. With `out`,
    exactly that file and no pointer.
    """
    home = out.parent if out else folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _only_one(home / (f".{out.name}.lock" if out else "lock"), passing=out is not None):
            _sweep(home, re.compile(re.escape(f".{out.name}.new") if out else rf"\.{_BUILD.pattern}\.new"))
            build_id = _new_name(home)
            fresh = home / (f".{out.name}.new" if out else f".{build_id}.duckdb.new")
            try:
                write(fresh, readings, build_id, quality)
                verify(fresh)
                _to_disk(fresh)
                if out is None:
                    return publish(fresh, home)
                os.replace(fresh, out)
                _to_disk(home)
                return out
            finally:
                _sweep(home, re.compile(re.escape(fresh.name)))
    except (OSError, *_FROM_OUTSIDE) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise Failed(
            f"{out or home}: không ghi được cơ sở dữ liệu ({reason}); hãy kiểm tra dung lượng đĩa và quyền ghi rồi chạy lại. Bản đang dùng được giữ nguyên.",
            f"{out or home}: the database could not be written ({reason}); check free space and permissions, then run again. The one in use was kept.",
        ) from error


def latest(home: Path) -> Path | None:
    """The build in force, or None where there is none."""
    try:
        name = (home / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    file = home / name
    return file if name and file.parent == home and file.is_file() else None


def counts(file: Path | None) -> dict[str, int]:
    """Plans, units, tasks, and cells of the coverage matrix with a task, that a build holds; zeros where there is
    none.
    """
    if file is None:
        return dict.fromkeys(("plans", "units", "tasks", "covered"), 0)
    with duckdb.connect(str(file), read_only=True) as con:
        found = con.execute("""
            select (select count(*) from plans where status = 'read'), (select count(*) from units), (select count(*) from units where kind = 'action'),
                (select count(*) from plan_subdimension where basis = 'heading' and state = 'own')
        """).fetchone()
    return dict(zip(("plans", "units", "tasks", "covered"), found))


# Publishing.


def publish(file: Path, home: Path) -> Path:
    """Give a verified `.NAME.new` its own name, switch the pointer to it, and remove all builds but it and the one
    before.
    """
    before = latest(home)
    final = home / file.name.removeprefix(".").removesuffix(".new")
    os.replace(file, final)
    _to_disk(home)
    pointer = home / f".{POINTER}.new"
    pointer.write_text(final.name + "\n", encoding="utf-8")
    _to_disk(pointer)
    os.replace(pointer, home / POINTER)
    _to_disk(home)
    builds = sorted((old for old in home.iterdir() if _BUILD.fullmatch(old.name) and old != final), reverse=True)
    for old in builds:
        if old != (before or builds[0]):
            _remove(old)
    return final


def _new_name(home: Path) -> str:
    """A name that no build has had, not even one of this second that is gone again: its path may still be open
    somewhere.
    """
    stamp = f"papi-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    taken = [
        int(file.stem.rpartition("-")[2]) for file in home.glob(f"{stamp}-*.duckdb") if _BUILD.fullmatch(file.name)
    ]
    return f"{stamp}-{max(taken, default=0) + 1}"


@contextmanager
def _only_one(lock: Path, passing: bool) -> Iterator[None]:
    """Hold a lock file, or say that somebody else does. The system frees it when its process dies; `passing` removes
    it.
    """
    while True:
        handle = lock.open("a+b")
        try:
            _lock(handle.fileno())
        except OSError:
            handle.close()
            raise Busy(
                f"{lock.parent}: một lần dựng khác đang ghi cơ sở dữ liệu ở đây; hãy chờ nó xong rồi chạy lại.",
                f"{lock.parent}: another build is writing the database here; wait for it to end, then run again.",
            ) from None
        try:
            if os.path.samestat(os.fstat(handle.fileno()), lock.stat()):
                break
        except FileNotFoundError:
            pass
        handle.close()  # whoever held the lock before removed the file just after it was opened here
    try:
        yield
    finally:
        if passing and os.name != "nt":
            lock.unlink(missing_ok=True)  # while it is still held: later it may be another's
        handle.close()
        if passing and os.name == "nt":
            _remove(lock)  # Windows removes no open file, and none that another holds


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk and would outlive a power cut."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(home: Path, beginning: re.Pattern[str]) -> None:
    """Remove what an unfinished build left: its file, its log, its spilled pages. Called only under the lock."""
    for left in home.iterdir():
        if beginning.match(left.name):
            _remove(left)


def _remove(path: Path) -> None:
    """Remove a file or folder. One that cannot go now (Windows holds open files) stays until the next build."""
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


# Verifying.


def verify(file: Path) -> dict[str, int]:
    """Read every column of every row; the number of rows of each table. Raises Failed where a byte is not what was
    written.
    """
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            names = [
                name for (name,) in con.execute("select table_name from duckdb_tables() order by table_name").fetchall()
            ]
            if "build" not in names or con.execute("select count(*) from build").fetchone() != (1,):
                raise Failed(
                    f"{file.name}: không phải một bản dựng đầy đủ; hãy dựng lại.",
                    f"{file.name}: not a complete build; build again.",
                )
            rows = {}
            for name in names:
                rows[name], _ = con.execute(f'select count(*), bit_xor(hash(t)) from "{name}" as t').fetchone()
            return rows
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise Failed(
            f"{file.name}: cơ sở dữ liệu bị hỏng ({reason}); hãy dựng lại. Bản đang dùng được giữ nguyên.",
            f"{file.name}: the database is damaged ({reason}); build again. The one in use was kept.",
        ) from error


# Writing.


@contextmanager
def _made(file: Path, **config: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database file in the making, by its tables; then its views are made and all of it is on the disk. Raises Failed
    where the data do not fit.
    """
    con = duckdb.connect(str(file), config=config)
    try:
        yield con
        views(con)
        # closing would do the same, and say nothing where it fails
        con.execute("checkpoint")
    except _FROM_OUTSIDE:
        raise
    except duckdb.Error as error:
        raise Failed(
            f"Dữ liệu không khớp với sql/schema.sql: {error}", f"The data do not fit sql/schema.sql: {error}"
        ) from error
    finally:
        con.close()


def write(file: Path, readings: Sequence[Reading], build_id: str | None = None, quality: Quality = Quality()) -> None:
    """Make one database file: tables, knowledge, readings, views. `build_id` is the file's name where nothing else is
    said.

    The rows pass schema.sql's constraints in memory, then go to the file without their indexes: a published file never
    changes, and an index is the one part of a file that reading every table whole would not read.
    """
    _no_twins(readings)
    with _made(file) as con:
        (home,) = con.execute("select current_database()").fetchone()
        con.execute("attach ':memory:' as checked; use checked")
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        _insert(
            con,
            "build",
            [
                {
                    "build_id": build_id or file.stem,
                    "built_at": datetime.now(UTC).replace(tzinfo=None),
                    "schema_version": SCHEMA_VERSION,
                    "program_version": _version(),
                }
            ],
        )
        for name, rows in (_knowledge() | _agencies(readings) | _plans(readings) | _quality(quality)).items():
            _insert(con, name, rows)
        con.execute(f'use "{home}"')
        for (name,) in con.execute("select table_name from duckdb_tables() where database_name = 'checked'").fetchall():
            con.execute(f'create table "{name}" as from checked."{name}"')
        con.execute("detach checked")


def cell_states(readings: Sequence[Reading]) -> dict[str, dict[str, tuple[str, bool]]]:
    """What every cell says, counted by heading, by the views themselves: plan → sub-dimension → its state, and whether
    headings alone make it `own`.
    """
    with duckdb.connect(":memory:") as con:
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        for name, rows in (_knowledge() | _agencies(readings) | _plans(readings)).items():
            _insert(con, name, rows)
        views(con, ("plan_list", "unit_placed", "touch_placed", "plan_cell", "plan_subdimension"))
        found = con.execute("""
            select plan_id, sub, state, not exists (
                from touch_placed join units using (unit_id)
                where basis = 'heading' and touch_placed.plan_id = cells.plan_id and touch_placed.sub = cells.sub and says = 'own' and declared_sub is distinct from cells.sub
            )
            from plan_subdimension as cells where basis = 'heading'
        """).fetchall()
    out: dict[str, dict[str, tuple[str, bool]]] = {}
    for plan_id, sub, state, is_by_heading in found:
        out.setdefault(plan_id, {})[sub] = state, is_by_heading
    return out


MOST_BESIDE = 20_000
"""Units that a draft is set beside: those of all plans, or of a large build those of the plans nearest to the draft,
since no reader waits for a copy of it all.
"""


def extend(base: Path, out: Path, reading: Reading, most: int = MOST_BESIDE) -> tuple[int, int]:
    """A database of its own with what a build holds and one plan more; the build stays as it is. What was measured is
    the build's.

    Of a build with more units than `most` only the nearest plans are taken, the same level first, then the same
    province, then the years around it. Out: how many plans that are read stand in it beside the new one, and in the
    build. The new rows pass the same constraints; a plan_id that the build has already is refused by name.
    """
    with _made(out, threads=1, memory_limit="768MB") as con:
        (home,) = con.execute("select current_database()").fetchone()
        con.execute(f"attach '{str(base).replace(chr(39), chr(39) * 2)}' as base (read_only)")
        con.execute("attach ':memory:' as fresh; use fresh")
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        (version,) = con.execute("select schema_version from base.build").fetchone()
        if version != SCHEMA_VERSION:
            raise Failed(
                f"{base.name}: bản dựng của phiên bản khác; hãy dựng lại.",
                f"{base.name}: a build of another version; build again.",
            )
        if con.execute("select 1 from base.plans where plan_id = ?", [reading.plan.plan_id]).fetchone():
            raise Failed(
                f"Mã {reading.plan.plan_id!r} đã có trong bản dựng.",
                f"The id {reading.plan.plan_id!r} stands in the build already.",
            )
        known = {name for (name,) in con.execute("select agency from base.agencies").fetchall()}
        _insert(con, "agencies", [row for row in _agencies([reading])["agencies"] if row["agency"] not in known])
        for name, rows in _plans([reading]).items():
            _insert(con, name, rows)
        con.execute(f'use "{home}"')
        con.execute(_NEAR, {"level": reading.plan.level, "year": reading.plan.year, "most": most})
        for (name,) in con.execute("select table_name from duckdb_tables() where database_name = 'fresh'").fetchall():
            con.execute(
                f'create table "{name}" as from base."{name}" {_BESIDE.get(name, "")} union all by name from fresh."{name}"'
            )
        beside = con.execute(
            "select count(*) filter (where plan_id in (from near)), count(*) from base.plans where status = 'read'"
        ).fetchone()
        con.execute("update build set build_id = build_id || '+' || ?", [reading.plan.plan_id])
        con.execute("detach fresh; detach base; drop table near")
    return beside


_NEAR = """
create temp table near as
select plan_id
from (
    select base.plans.plan_id, sum(coalesce(units, 0)) over (order by level <> $level, province_now <> (select province_now from fresh.plans), abs(coalesce(year - $year, 99)), plan_id) as units
    from base.plans left join (select plan_id, count(*) as units from base.units group by plan_id) using (plan_id)
)
where units <= $most
"""
_BESIDE = {
    **dict.fromkeys(("plans", "units", "lines", "plan_columns", "findings"), "where plan_id in (from near)"),
    **dict.fromkeys(
        ("unit_agencies", "evidence", "touches"),
        "where unit_id in (select unit_id from base.units where plan_id in (from near))",
    ),
}
_BESIDE["layer_links"] = _BESIDE["touches"].replace("unit_id in", "body_unit_id in", 1)
"""Which rows of a table belong to the plans near a draft; of the others all are taken."""


def _insert(con: duckdb.DuckDBPyConnection, name: str, rows: list[Row]) -> None:
    """All rows of a table at once: by way of Arrow, since row by row 100 000 units take minutes."""
    if rows:
        con.register("fresh_rows", pyarrow.Table.from_pylist(rows))
        con.execute(f'insert into "{name}" by name select * from fresh_rows')
        con.unregister("fresh_rows")


def views(con: duckdb.DuckDBPyConnection, names: Sequence[str] = ()) -> None:
    """One view a file of sql/ (or only those of `names`), named like it; those of `STORED` as tables with their rows. A
    view may stand on others: those that cannot be made yet are tried again.
    """
    left = {
        file: file.read_text(encoding="utf-8").strip().removesuffix(";")
        for file in sorted(SQL.glob("*.sql"))
        if file.stem in names or not names and file.stem != "schema"
    }
    while left:
        failed: dict[Path, duckdb.Error] = {}
        for file, select in left.items():
            try:
                con.execute(f'create {"table" if file.stem in STORED else "view"} "{file.stem}" as\n{select}')
            except duckdb.Error as error:
                failed[file] = error
        if len(failed) == len(left):
            # the one to mend is the one that waits for no other that failed
            names = {file.stem for file in failed}
            file, error = next(
                (
                    (file, error)
                    for file, error in failed.items()
                    if not any(name in str(error) for name in names - {file.stem})
                ),
                next(iter(failed.items())),
            )
            raise Failed(f"sql/{file.name}: {error}", f"sql/{file.name}: {error}") from error
        left = {file: left[file] for file in failed}


def _version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


# What the tables hold.


def _plans(readings: Sequence[Reading]) -> dict[str, list[Row]]:
    """Every table that has to do with a document."""
    now = {
        row["province"]: row["province_since_2025_07_01"]
        for row in table("provinces-2025", "province", "province_since_2025_07_01")
    }
    out: dict[str, list[Row]] = {
        name: []
        for name in (
            "plans",
            "units",
            "unit_agencies",
            "lines",
            "plan_columns",
            "evidence",
            "findings",
            "touches",
            "layer_links",
        )
    }
    # in the order of their names: what a page asks of one plan then lies in few blocks of each table, and DuckDB passes
    # over the others
    for reading in sorted(readings, key=lambda reading: reading.plan.plan_id):
        plan, plan_id = reading.plan, reading.plan.plan_id
        out["plans"].append(
            {
                "plan_id": plan_id,
                "title": plan.title,
                "short_vi": plan.short_vi,
                "short_en": plan.short_en,
                "narrow": plan.narrow,
                "issuer": plan.issuer,
                "level": plan.level,
                "province": plan.province,
                "province_now": now.get(plan.province, plan.province),
                "number": plan.number,
                "issued": plan.issued,
                "year": plan.year,
                "period_from": plan.period_from,
                "period_to": plan.period_to,
                "file": plan.file.name,
                "sha256": reading.sha256,
                "has_table": bool(reading.columns) or any(unit.channel == "table" for unit in reading.units),
                "status": "not_collected" if not reading.is_collected else "not_read" if reading.unread else "read",
                "unread_vi": reading.unread.vi if reading.unread else None,
                "unread_en": reading.unread.en if reading.unread else None,
            }
        )
        places = {line.number: line.place or None for line in reading.lines}
        for unit in reading.units:
            unit_id = f"{plan_id}:{unit.ordinal}"
            out["units"].append(_unit(unit_id, plan_id, unit))
            out["unit_agencies"] += _parts(unit_id, unit)
            out["evidence"] += [
                {
                    "unit_id": unit_id,
                    "rank": rank,
                    "kind": spoke.kind,
                    "quote": spoke.quote,
                    "source": spoke.source,
                    "dim": spoke.dim,
                    "sub": spoke.sub,
                    "weight": float(spoke.weight),
                }
                for rank, spoke in enumerate(sorted(unit.match.evidence, key=lambda spoke: -spoke.weight), 1)
            ]
            out["touches"] += [
                {
                    "unit_id": unit_id,
                    "sub": touch.sub,
                    "how": touch.how,
                    "quote": touch.quote,
                    "first_char": touch.first,
                    "last_char": touch.last,
                    "by": touch.by,
                    "sure": touch.sure,
                }
                for touch in unit.touches
            ]
        out["layer_links"] += [
            {
                "body_unit_id": f"{plan_id}:{link.body}",
                "annex_unit_id": f"{plan_id}:{link.annex}",
                "sub": link.sub,
                "likeness": link.likeness,
            }
            for link in reading.links
        ]
        out["lines"] += [
            {
                "plan_id": plan_id,
                "line": line.number,
                "role": line.role,
                "unit_id": ordinal and f"{plan_id}:{ordinal}",
                "text": line.text,
                "place": line.place or None,
                "cells": list(line.cells) or None,
            }
            for line in reading.lines
            for ordinal in line.ordinals or (None,)
        ]
        out["plan_columns"] += [
            {
                "plan_id": plan_id,
                "position": column.position,
                "header": column.header,
                "role": column.role,
                "line": column.line,
            }
            for column in reading.columns
        ]
        out["findings"] += [
            {
                "plan_id": plan_id,
                "unit_id": finding.ordinal and f"{plan_id}:{finding.ordinal}",
                "code": finding.code,
                "line": finding.line,
                "detail": finding.detail,
                "place": places.get(finding.line),
            }
            for finding in reading.findings
        ]
    return out


def _unit(unit_id: str, plan_id: str, unit: Unit) -> Row:
    """A unit's row. Where the plan declares a dimension, that counts; the match then only fills in a sub-dimension of
    it.
    """
    match = unit.match
    dim = unit.declared_dim if unit.declared_dim is not None else match.dim
    main = main_of(unit.touches) if unit.touches else match.sub
    sub = unit.declared_sub or (main if main and int(main[0]) == dim else None)
    return {
        "unit_id": unit_id,
        "plan_id": plan_id,
        "ordinal": unit.ordinal,
        "channel": unit.channel,
        "section": unit.section,
        "kind": unit.kind,
        "text": unit.text,
        "first_line": unit.first_line,
        "last_line": unit.last_line,
        "place": unit.place or None,
        "declared_dim": unit.declared_dim,
        "declared_sub": unit.declared_sub,
        "matched_dim": match.dim,
        "matched_sub": main_of(match.touches) if match.touches else match.sub,
        "dim": dim,
        "sub": sub,
        "dim_basis": None if dim is None else "matched" if unit.declared_dim is None else "declared",
        "score": float(match.score),
        "margin": float(match.margin),
        "review": match.review,
        "runner_up_dim": match.runner_up_dim,
        "runner_up_sub": match.runner_up_sub,
        "lead_basis": unit.lead_basis,
        "agencies_uncertain": unit.agencies_uncertain,
        "timing": unit.timing,
        "timing_raw": unit.timing_raw,
        "timing_basis": unit.timing_basis,
        "due_from": unit.due_from,
        "due_to": unit.due_to,
        "layer": unit.layer,
    }


def _quality(quality: Quality) -> dict[str, list[Row]]:
    """What was measured of this build."""
    return {
        "measures": [
            {
                "part": m.part,
                "measure": m.measure,
                "plan_id": m.plan_id,
                "class": m.class_,
                "right_count": m.right,
                "of_count": m.of,
                "low": m.low,
                "high": m.high,
            }
            for m in quality.measures
        ],
        "confusion": [
            {"part": c.part, "labelled": c.labelled, "read_as": c.read_as, "units": c.units} for c in quality.confusion
        ],
    }


def _parts(unit_id: str, unit: Unit) -> list[Row]:
    """Each agency once a role, with every spelling the unit has for it. A person's name stays in the text of the unit
    only.
    """
    rows: dict[tuple[str, str], Row] = {}
    for part in unit.agencies:
        written = PERSON if part.agency == PERSON else part.as_written
        row = rows.setdefault(
            (part.agency, part.role),
            {
                "unit_id": unit_id,
                "agency": part.agency,
                "role": part.role,
                "basis": part.basis,
                "as_written": written,
                "uncertain": part.uncertain,
            },
        )
        row["uncertain"] = row["uncertain"] or part.uncertain
        if written not in row["as_written"].split(" · "):
            row["as_written"] += f" · {written}"
    return list(rows.values())


def _agencies(readings: Sequence[Reading]) -> dict[str, list[Row]]:
    """Every agency that has a name: those of the tables, and those that stand only in a plan."""
    groups = agency_names()
    reform = table("agencies-2025", "agency", "since_2025", "from", "scope_vi", "scope", "basis")
    known = set(groups) | {row[column] for row in reform for column in ("agency", "since_2025") if row[column]}
    met = {part.agency for reading in readings for unit in reading.units for part in unit.agencies}
    return {
        "agencies": [
            {"agency": name, "is_known": name in known, "is_group": groups.get(name, False)}
            for name in sorted(known | met)
        ]
    }


def _optional(cast: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda value: cast(value) if value else None


def _some(value: str) -> str:
    if not value:
        raise ValueError("để trống")
    return value


_TABLES: dict[str, tuple[str, dict[str, tuple[str, Callable[[str], Any]]]]] = {
    "dimensions": (
        "dimensions",
        {"dim": ("dim", int), **{name: (name, _some) for name in ("name_vi", "name_en", "short_vi", "short_en")}},
    ),
    "subdimensions": (
        "subdimensions",
        {
            "sub": ("sub", _some),
            "dim": ("dim", int),
            **{name: (name, _some) for name in ("name_vi", "name_en", "short_vi", "short_en")},
            "measured_from": ("measured_from", int),
            "measured_to": ("measured_to", _optional(int)),
        },
    ),
    "agency_reform": (
        "agencies-2025",
        {
            "agency": ("agency", _some),
            "since_2025": ("since_2025", _optional(str)),
            "from_date": ("from", date.fromisoformat),
            "scope_vi": ("scope_vi", _some),
            "scope": ("scope", _some),
            "basis": ("basis", _optional(str)),
        },
    ),
    "agency_groups": (
        "agency-groups",
        {
            "agency_group": ("agency_group", _some),
            "member": ("member", _some),
            "plan_level": ("plan_level", _optional(str)),
            "extent": ("extent", _some),
        },
    ),
    "scores": (
        "papi-scores",
        {
            "province": ("province", _some),
            "year": ("year", int),
            "dim": ("dimension", int),
            "score": ("score", _optional(float)),
            "rank": ("rank", _optional(int)),
            "provinces_ranked": ("provinces_ranked", _optional(int)),
            "national_median": ("national_median", _optional(float)),
        },
    ),
}
"""Table → its CSV in data/reference, and column → the CSV's column and what its words are read as."""


def _knowledge() -> dict[str, list[Row]]:
    """The tables that officials edit. Raises BadReference with file, row and column where a value is not what it should
    be.
    """
    out: dict[str, list[Row]] = {}
    for name, (file, columns) in _TABLES.items():
        out[name] = []
        for source in table(file, *(column for column, _ in columns.values())):
            row = {}
            for column, (written, cast) in columns.items():
                try:
                    row[column] = cast(source[written])
                except ValueError:
                    raise BadReference(
                        f"{file}.csv, dòng {source['_row']}, cột {written}: không dùng được giá trị {source[written]!r}"
                    ) from None
            out[name].append(row)
    return out


def _no_twins(readings: Sequence[Reading]) -> None:
    """Two documents under one plan_id would mix: refuse them by name."""
    seen: dict[str, str] = {}
    for plan in (reading.plan for reading in readings):
        if plan.plan_id in seen:
            raise Failed(
                f"Hai văn bản cùng mã {plan.plan_id!r}: {seen[plan.plan_id]} và {plan.file.name}; hãy đổi tên một tệp hoặc sửa plan_id trong data/plans.csv.",
                f"Two documents share the id {plan.plan_id!r}: {seen[plan.plan_id]} and {plan.file.name}; rename one or mend plan_id in data/plans.csv.",
            )
        seen[plan.plan_id] = plan.file.name
