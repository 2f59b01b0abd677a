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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from carried.alike import alike, of_plans
from etl.load.arrow import as_json, give_back, of_json, table
from etl.load.beside import MOST_BESIDE, extend
from etl.load.documents import Readings, Shelved, insert, insert_documents, marks, row, schema
from etl.load.fates import Kept
from etl.load.publish import BUILD, POINTER, folder, latest, new_name, only_one, publish, sweep, to_disk
from etl.load.rows import agencies, knowledge, no_twins
from etl.load.write import (
    BOUNDED,
    FROM_OUTSIDE,
    ROOMIER,
    SCHEMA_VERSION,
    SQL,
    met_agencies,
    only,
    stored,
    verify,
    views,
    write,
)
from etl.model import Failed, Quality, Reading


def build(readings: Readings, out: Path | None = None, quality: Quality = Quality(), walls: Sequence[str] = ()) -> Path:
    """Write, verify and publish the readings and what was measured of them, with the walls that stood
    around their documents; the file that was published. With `out`,
    exactly that file and no pointer.
    """
    home = out.parent if out else folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with only_one(home / (f".{out.name}.lock" if out else "lock"), passing=out is not None):
            sweep(home, re.compile(re.escape(f".{out.name}.new") if out else rf"\.{BUILD.pattern}\.new"))
            build_id = new_name(home)
            fresh = home / (f".{out.name}.new" if out else f".{build_id}.duckdb.new")
            try:
                try:
                    write(fresh, readings, build_id, quality, walls)
                except duckdb.OutOfMemoryException:
                    sweep(home, re.compile(re.escape(fresh.name)))
                    write(fresh, readings, build_id, quality, walls, ROOMIER)
                verify(fresh)
                to_disk(fresh)
                if out is None:
                    return publish(fresh, home)
                os.replace(fresh, out)
                to_disk(home)
                return out
            finally:
                sweep(home, re.compile(re.escape(fresh.name)))
    except (OSError, *FROM_OUTSIDE) as error:
        raise not_written(out or home, error) from error


def unchanged(rests_on: str) -> Path | None:
    """The build in force, if it is whole and was made of the same; it counts as made now."""
    file = latest(folder())
    if file is None or _made_of(file) != rests_on:
        return None
    try:
        verify(file)
    except Failed:
        return None
    os.utime(folder() / POINTER)
    return file


def _made_of(file: Path) -> str | None:
    """What a build says that it rests on, if it can be opened and is of a version that says so."""
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            return only(con.execute("select max(rests_on) from build"))[0]
    except duckdb.Error:
        return None


def not_written(where: Path, error: Exception) -> Failed:
    """What is said where the disk is full, or may not be written."""
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return Failed(
        f"{where}: không ghi được cơ sở dữ liệu ({reason}); hãy kiểm tra dung lượng đĩa và quyền ghi rồi chạy lại. Bản đang dùng được giữ nguyên.",
        f"{where}: the database could not be written ({reason}); check free space and permissions, then run again. The one in use was kept.",
    )


def counts(file: Path | None) -> dict[str, int]:
    """Plans, units, tasks, and measured cells of the coverage matrix with a task, that a build holds; zeros where there is
    none.
    """
    if file is None:
        return dict.fromkeys(("plans", "units", "tasks", "covered"), 0)
    with duckdb.connect(str(file), read_only=True) as con:
        found = only(
            con.execute("""
            select (select count(*) from plans where status = 'read'), (select count(*) from units), (select count(*) from units where kind = 'action'),
                (select count(*) from plan_subdimension where basis = 'heading' and state = 'own' and measured)
        """)
        )
    return dict(zip(("plans", "units", "tasks", "covered"), found))


@contextmanager
def _read(readings: Sequence[Reading], *names: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory of these readings, with the views of these names (all where none is named)."""
    with duckdb.connect(":memory:") as con:
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        insert_documents(con, readings)
        for name, rows in (knowledge() | {"agencies": agencies(met_agencies(con))}).items():
            insert(con, name, rows)
        views(con, names)
        yield con


def cell_states(readings: Sequence[Reading]) -> dict[str, dict[str, tuple[str, bool]]]:
    """What every cell says, counted by heading, by the views themselves: plan → sub-dimension → its state (what PAPI did
    not measure and nothing names is `none` too), and whether headings alone make it `own`.
    """
    with _read(
        readings,
        *("plan_replaced", "plan_list", "unit_placed", "touch_placed", "dimension_worded", "cell_unit"),
        *("amended_unit", "cell_said"),
        *("plan_cell", "plan_subdimension"),
    ) as con:
        found = con.execute("""
            select plan_id, sub, case state when 'unmeasured' then 'none' else state end, not exists (
                from touch_placed join units using (unit_id)
                where basis = 'heading' and touch_placed.plan_id = cells.plan_id and touch_placed.sub = cells.sub and says = 'own' and declared_sub is distinct from cells.sub
            )
            from plan_subdimension as cells where basis = 'heading'
        """).fetchall()
    out: dict[str, dict[str, tuple[str, bool]]] = {}
    for plan_id, sub, state, is_by_heading in found:
        out.setdefault(plan_id, {})[sub] = state, is_by_heading
    return out


def task_pairs(
    readings: Sequence[Reading], several: Iterable[tuple[str, str]], least: float
) -> dict[tuple[str, str], dict[tuple[tuple[str, int], tuple[str, int]], float]]:
    """What tasks of each two of these plans correspond, as a page counts it: both plans and first lines with the points
    they have, if so many; of tasks that share a line the most.
    """
    out = {}
    most = max(len(one.units) for one in readings)
    with _read(readings) as con:
        said = con.execute("select unit_id, plan_id, first_line from units").fetchall()
        place = {unit_id: (plan_id, line) for unit_id, plan_id, line in said}
        for plan_ids in several:
            about, words = (
                con.execute(f"from {view}(?, ?)", [list(plan_ids), most]).fetchnumpy()
                for view in ("task_about", "task_word")
            )
            left, right = of_plans(len(plan_ids), about, words)
            found: dict[tuple[tuple[str, int], tuple[str, int]], float] = {}
            pairs = alike(left, right, least)
            for one, other, points in zip(*(side.tolist() for side in (pairs.left, pairs.right, pairs.points))):
                places = place[left.unit_ids[one]], place[right.unit_ids[other]]
                found[places] = max(points, found.get(places, 0))
            out[plan_ids] = found
    return out
