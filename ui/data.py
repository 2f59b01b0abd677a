"""The only door to the database: pages ask here, and get frames named by their grain.

In: `data/build/current`, which names the build in force, and the views of sql/. Out: pandas frames. `PAPI_BUILD` names
another folder. A build is a file that never changes, so everything is cached by its path; a new build is noticed at
the next rerun, and a page that has begun finishes on the old one.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy
import pandas
import streamlit as st

from ui import ROOT
from ui.kept import forget, kept

SCHEMA_VERSION = 3
"""The version of sql/schema.sql that these queries understand."""

BASES = ("heading", "content")
"""The two ways of counting: under the heading where the plan put a task, or by what its words say."""

_SQL = ROOT / "sql"
_PIN, _TROUBLE = "data.build", "data.trouble"
_LAST: dict[Path, Build] = {}
"""The build that was shown last, by its folder: it stays where the next cannot be used."""
_MINE = "data.mine"
_OWN: dict[str, duckdb.DuckDBPyConnection] = {}
"""Databases that belong to one session each, by the path that their file had."""
_SHOWN: ContextVar[Build | None] = ContextVar("build", default=None)


class NoDatabase(Exception):
    """There is no build that can be shown. `reason` is missing, broken, other_version or gone; `detail` is for the
    person who mends it.
    """

    def __init__(self, reason: str, detail: str):
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Build:
    """Which build is shown: its file, its name, when it was made (UTC), and by which version of the program."""

    path: str
    build_id: str
    built_at: datetime.datetime
    program_version: str


def folder() -> Path:
    """Where builds live: `PAPI_BUILD`, else data/build."""
    return Path(os.environ.get("PAPI_BUILD") or ROOT / "data" / "build")


def _current() -> str:
    pointer = folder() / "current"
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise NoDatabase("missing", str(pointer)) from error
    path = (folder() / name).resolve()
    if not name or not path.is_file():
        raise NoDatabase("missing", str(path))
    return str(path)


def _connected(path: str) -> duckdb.DuckDBPyConnection:
    """A connection that can read this one file and nothing else."""
    return duckdb.connect(
        path,
        read_only=True,
        config={
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "threads": "2",
            "memory_limit": "1GB",
            "lock_configuration": "true",
        },
    )


@st.cache_resource(show_spinner=False, max_entries=3, on_release=lambda opened: forget(opened[0]))
def _published(path: str) -> tuple[str, duckdb.DuckDBPyConnection]:
    return path, _connected(path)


def _connection(path: str) -> duckdb.DuckDBPyConnection:
    """The connection to a build, a published one or a session's own; queries take a cursor of it."""
    if own := _OWN.get(path):
        return own
    try:
        return _published(path)[1]
    except duckdb.IOException as error:
        raise NoDatabase("broken" if Path(path).exists() else "gone", f"{path}: {error}") from error


@kept(1)
def _build(path: str) -> Build:
    try:
        row = (
            _connection(path)
            .cursor()
            .execute("select build_id, built_at, schema_version, program_version from build")
            .fetchone()
        )
    except duckdb.Error as error:
        raise NoDatabase("broken", f"{path}: {error}") from error
    if row is None:
        raise NoDatabase("broken", path)
    if row[2] != SCHEMA_VERSION:
        raise NoDatabase("other_version", f"{path}: {row[2]} ≠ {SCHEMA_VERSION}")
    held = {
        name
        for (name,) in _connection(path).cursor().execute("select table_name from information_schema.tables").fetchall()
    }
    if lacking := {file.stem for file in _SQL.glob("*.sql")} - held - {"schema"}:
        raise NoDatabase("other_version", f"{path}: {', '.join(sorted(lacking))}")
    return Build(path, row[0], row[1], row[3])


def _in_force() -> tuple[Build, NoDatabase | None]:
    """The build in force; where it cannot be used the one shown before, and the trouble."""
    try:
        build = _LAST[folder()] = _build(_current())
        return build, None
    except NoDatabase as trouble:
        if folder() in _LAST:
            return _LAST[folder()], trouble
        raise


def is_there() -> bool:
    """Whether there is a build that can be shown."""
    try:
        return bool(_in_force())
    except NoDatabase:
        return False


def pin() -> Build:
    """The build in force, kept for the rest of this run so that no page mixes two. `NoDatabase` says why there is
    none.
    """
    mine = st.session_state.get(_MINE)
    build, st.session_state[_TROUBLE] = (_build(mine), None) if mine in _OWN else _in_force()
    st.session_state[_PIN] = build
    return build


def published() -> Build:
    """The build in force, whatever this session shows."""
    return _in_force()[0]


def adopt(file: Path) -> str:
    """Show a database of this session's own in place of the build in force, from its next run on; the name to `release`
    it by. Its file is removed at once where the system lets an open file go: nobody else can open it then, and it ends
    with this process at the latest.
    """
    path = str(file)
    _OWN[path] = _connected(path)
    try:
        _build(path)  # also says where it is none
        file.unlink()
    except NoDatabase:
        release(path)
        raise
    except OSError:
        pass  # Windows keeps it until it is closed
    st.session_state[_MINE] = path
    return path


def release(path: str) -> None:
    """Close a session's own database, and forget all that was made from it."""
    if connection := _OWN.pop(path, None):
        connection.close()
    forget(path)
    Path(path).unlink(missing_ok=True)


def is_mine() -> bool:
    """Whether this run shows a database of the session's own."""
    return build().path in _OWN


def trouble() -> NoDatabase | None:
    """Why this run shows an older build than the folder names; None where it shows that one."""
    return st.session_state.get(_TROUBLE)


def begin() -> None:
    """A page begins: it shows the build in force, and keeps it at hand in the context of its run, since it asks for it
    some hundred times.
    """
    _SHOWN.set(None)
    _SHOWN.set(pin())


@contextmanager
def showing(shown: Build) -> Iterator[None]:
    """The build for what runs when no page does: a file that is made only when it is asked for stays with the page it
    was on.
    """
    token = _SHOWN.set(shown)
    try:
        yield
    finally:
        _SHOWN.reset(token)


def build() -> Build:
    """The build that this run shows."""
    if shown := _SHOWN.get():
        return shown
    return st.session_state[_PIN] if _PIN in st.session_state else pin()


@kept(4096)
def _cached(path: str, sql: str, params: tuple[Any, ...]) -> pandas.DataFrame:
    # not by st.cache_data: a page asks some hundred times, and pickling and hashing would cost it more than all its
    # queries
    cursor = _connection(path).cursor()
    return cursor.sql(sql, params=[list(p) if isinstance(p, tuple) else p for p in params]).to_arrow_table().to_pandas()


@kept(16)
def _few(path: str, sql: str, params: tuple[Any, ...]) -> dict[str, numpy.ndarray]:
    columns = (
        _connection(path)
        .cursor()
        .sql(sql, params=[list(p) if isinstance(p, tuple) else p for p in params])
        .fetchnumpy()
    )
    for values in columns.values():
        values.flags.writeable = False
    return columns


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise NoDatabase("other_version", f"{build().path}: {error}") from error
    except duckdb.Error as error:
        raise NoDatabase("broken", f"{build().path}: {error}") from error


def _frame(sql: str, *params: Any) -> pandas.DataFrame:
    """Rows of a view of this build. `?` stands for a parameter; give a tuple for `= any(?)`."""
    with _told():
        # pandas copies a frame's values when one of the two is written to, so nobody can change the one that is kept
        return _cached(build().path, sql, params).copy(deep=False)


def rows(sql: str, *params: Any) -> pandas.DataFrame:
    """The same for a question that `ui.found` puts together; what a reader wrote or chose is a parameter, never a part
    of it.
    """
    return _frame(sql, *params)


@kept(4096)
def _listed(path: str, sql: str, params: tuple[Any, ...]) -> tuple[dict[str, Any], ...]:
    cursor = _connection(path).cursor()
    found = cursor.execute(sql, [list(p) if isinstance(p, tuple) else p for p in params])
    names = [column[0] for column in found.description]
    return tuple(dict(zip(names, row)) for row in found.fetchall())


def records(sql: str, *params: Any) -> tuple[dict[str, Any], ...]:
    """The same as one dictionary a row, for a few rows: a frame takes longer to make than these take to find."""
    with _told():
        return _listed(build().path, sql, params)


def arrays(sql: str, *params: Any) -> dict[str, numpy.ndarray]:
    """The same as plain arrays by column, for what may be long: only the last few answers are kept. Nobody can write
    into them.
    """
    with _told():
        return _few(build().path, sql, params)


@kept(16)
def _by(path: str, ask: Callable[[], pandas.DataFrame], key: str) -> dict[Any, dict[str, Any]]:
    return {row[key]: row for row in ask().to_dict("records")}


def changed_offices(plan_id: str) -> pandas.DataFrame:
    """One row per agency that a plan names and that is no office of its own since the reform of 2025, whatever the
    plan's day; the most named first.
    """
    return _frame("select * from plan_old_office where plan_id = ? order by units desc, agency collate vi", plan_id)


def reformed_agencies(agencies: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency of these that is no office of its own since the reform of 2025."""
    return _frame(
        "select * from agency_change where agency = any(?) and office is distinct from agency order by agency collate vi",
        agencies,
    )


# What every page needs.


def plans() -> pandas.DataFrame:
    """One row per plan that is held, in the order that every page keeps: level, then year."""
    return _frame("select * from plan_list where status <> 'not_collected' order by position")


def known_plans() -> pandas.DataFrame:
    """One row per plan, those that others only cite last: nobody has collected them."""
    return _frame("select * from plan_list order by status = 'not_collected', position")


def dimensions() -> pandas.DataFrame:
    """One row per dimension; 0 is cross-cutting and comes last."""
    return _frame("select * from dimensions order by dim = 0, dim")


def subdimensions() -> pandas.DataFrame:
    """One row per sub-dimension."""
    return _frame("select * from subdimensions order by dim, sub")


def dimension(dim: int) -> dict[str, Any]:
    """One dimension's row."""
    return _by(build().path, dimensions, "dim")[dim]


def subdimension(sub: str) -> dict[str, Any] | None:
    """One sub-dimension's row; None where PAPI has no such."""
    return _by(build().path, subdimensions, "sub").get(sub)


def plan(plan_id: str) -> dict[str, Any]:
    """One plan's row, also of one that others only cite."""
    return _by(build().path, known_plans, "plan_id")[plan_id]


def plans_of(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of these plans, in reading order, those that nobody has collected last."""
    rows = _by(build().path, known_plans, "plan_id")
    return sorted(
        (rows[plan_id] for plan_id in plan_ids if plan_id in rows),
        key=lambda plan: (plan["status"] == "not_collected", plan["position"]),
    )


def units(unit_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per unit asked for, with all that a card shows of it, plan by plan in the plan's own order."""
    found = records(
        """
        select no from find_unit join units on units.rowid = unit_row
        where find_unit.plan in (select position from plan_list where plan_id = any(?)) and unit_id = any(?) order by no
    """,
        tuple(dict.fromkeys(unit_id.rpartition(":")[0] for unit_id in unit_ids)),
        tuple(unit_ids),
    )
    return pandas.DataFrame(cards(tuple(row["no"] for row in found)), columns=_CARD)


_CARD = (
    "unit_id",
    "plan_id",
    "position",
    "ordinal",
    "short_vi",
    "short_en",
    "level",
    "section",
    "first_line",
    "last_line",
    "place",
    "kind",
    "text",
    "declared_dim",
    "declared_sub",
    "matched_dim",
    "matched_sub",
    "dim",
    "sub",
    "dim_basis",
    "score",
    "margin",
    "review",
    "runner_up_dim",
    "runner_up_sub",
    "leads",
    "coops",
    "monitors",
    "written",
    "lead_basis",
    "agencies_uncertain",
    "timing",
    "timing_raw",
    "timing_basis",
    "layer",
    "evidence",
    "touches",
)


def cards(numbers: tuple[int, ...]) -> list[dict[str, Any]]:
    """The same by the units' numbers in `find_unit`, in the order given; `written` is every spelling of the agencies a
    unit names. Each table is asked for single rows by their place in it, so that a few units among millions are found
    at once.
    """
    places = records("select * from find_unit where no = any(?)", numbers)
    held = _by_unit(_at("unit_agencies", "unit_id, agency, role, as_written", [_span(row, "agency") for row in places]))
    touched = _by_unit(_at("touches", 'unit_id, sub, how, quote, "by", sure', [_span(row, "touch") for row in places]))
    spoke = _by_unit(_at("evidence", "*", [_span(row, "evidence") for row in places]))
    found = {unit["rowid"]: unit for unit in _at("units", "rowid, *", [[row["unit_row"]] for row in places])}
    named = {plan["plan_id"]: plan for plan in plans_of(tuple({unit["plan_id"] for unit in found.values()}))}
    out = {}
    for row in places:
        unit = found[row["unit_row"]]
        mine, plan = held.get(unit["unit_id"], []), named[unit["plan_id"]]
        out[row["no"]] = {
            **unit,
            **{name: plan[name] for name in ("position", "short_vi", "short_en", "level")},
            **{
                column: [one["agency"] for one in mine if one["role"] == role]
                for role, column in (("lead", "leads"), ("coop", "coops"), ("monitor", "monitors"))
            },
            "touches": touched.get(unit["unit_id"], []),
            "written": list(dict.fromkeys(one["as_written"] for one in mine)),
            "evidence": sorted(
                (one for one in spoke.get(unit["unit_id"], []) if one["rank"] <= 3), key=lambda one: one["rank"]
            ),
        }
    return [out[no] for no in numbers]


def _by_unit(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    out: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        out.setdefault(row["unit_id"], []).append(row)
    return out


def _span(row: Mapping[str, Any], name: str) -> list[int]:
    first, last = row[f"{name}_first"], row[f"{name}_last"]
    return [] if first is None else list(range(first, last + 1))


def _at(table: str, columns: str, spans: list[list[int]]) -> tuple[dict[str, Any], ...]:
    return records(
        f"select {columns} from {table} where rowid = any(?) order by rowid", tuple(at for span in spans for at in span)
    )


# Overview and coverage.


def plan_summaries(basis: str, plan_ids: tuple[str, ...] | None = None) -> pandas.DataFrame:
    """One row per plan, of these plans or of all."""
    return _of_plans("plan_summary", "position", basis, plan_ids)


def plan_dimensions(basis: str, plan_ids: tuple[str, ...] | None = None) -> pandas.DataFrame:
    """One row per plan and dimension, 0 among them, of these plans or of all."""
    return _of_plans("plan_dimension", "position, dim", basis, plan_ids)


def plan_subdimensions(basis: str, plan_ids: tuple[str, ...] | None = None) -> pandas.DataFrame:
    """One row per plan and sub-dimension, of these plans or of all."""
    return _of_plans("plan_subdimension", "position, dim, sub", basis, plan_ids)


def _of_plans(view: str, order: str, basis: str, plan_ids: tuple[str, ...] | None) -> pandas.DataFrame:
    if plan_ids is None:
        return _frame(f"select * from {view} where basis = ? order by {order}", basis)
    return _frame(f"select * from {view} where basis = ? and plan_id = any(?) order by {order}", basis, plan_ids)


def subdimension_counts(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per sub-dimension: in how many of these plans it has a task that is not weak."""
    return _frame(
        """
        select sub, dim, count(*) filter (where state = 'own') as plans_with_tasks, count(*) as plans
        from plan_subdimension where basis = ? and plan_id = any(?) group by sub, dim order by dim, sub
    """,
        basis,
        plan_ids,
    )


def cell_unit_ids(basis: str, plan_id: str, topic: str, kind: str = "action") -> tuple[str, ...]:
    """The units behind a cell: `topic` is a dimension ("3"), a sub-dimension ("3.3"), a dimension's tasks on none of
    its sub-dimensions ("3+"), or "none" for what fits no dimension.
    """
    where, values = _about(topic)
    found = _frame(
        f"select unit_id from unit_placed where basis = ? and plan_id = ? and kind = ? and {where}",
        basis,
        plan_id,
        kind,
        *values,
    )
    return tuple(found["unit_id"])


def touching_units(basis: str, plan_id: str, topic: str) -> list[dict[str, Any]]:
    """The units that speak of a sub-dimension without being a task of its own there, named ones first: unit_id, says
    (named, passing, description, mentioned), quote.
    """
    return _frame(
        """
        select unit_id, says, quote from touch_placed where basis = ? and plan_id = ? and sub = ? and says <> 'own'
        order by case says when 'named' then 1 when 'passing' then 2 when 'description' then 3 else 4 end, ordinal
    """,
        basis,
        plan_id,
        topic,
    ).to_dict("records")


def named_in_general(basis: str, plan_id: str, dim: int) -> list[dict[str, Any]]:
    """One row per sub-dimension that the tasks on a dimension as a whole name, and how many of them do."""
    return _frame(
        """
        select touch_placed.sub, count(*)::int as tasks
        from touch_placed join unit_placed using (basis, unit_id)
        where basis = ? and unit_placed.plan_id = ? and unit_placed.kind = 'action' and unit_placed.dim = ? and unit_placed.sub is null and says = 'named'
        group by all order by touch_placed.sub
    """,
        basis,
        plan_id,
        dim,
    ).to_dict("records")


def layers(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row per plan that assigns in an annex: tasks of its body and of its annex, how many of each name a lead, and
    how many of the body are linked to a row.
    """
    return _frame(
        """
        select plan_id, short_vi, short_en, body, body_with_lead, annex, annex_with_lead,
            (select count(distinct body_unit_id) from layer_links join units on unit_id = body_unit_id where units.plan_id = plan_list.plan_id)::int as linked
        from plan_summary join plan_list using (plan_id) where basis = 'heading' and annex > 0 and plan_id = any(?) order by plan_list.position
    """,
        plan_ids,
    ).to_dict("records")


def linked_rows(unit_id: str) -> list[dict[str, Any]]:
    """The rows of the annex on the subject of a task of the body, the likest first; the same the other way round."""
    return _frame(
        """
        select sub, likeness, case when body_unit_id = ? then annex_unit_id else body_unit_id end as unit_id
        from layer_links where body_unit_id = ? or annex_unit_id = ? order by likeness desc, unit_id
    """,
        unit_id,
        unit_id,
        unit_id,
    ).to_dict("records")


def elsewhere_unit_ids(basis: str, plan_id: str, topic: str) -> tuple[str, ...]:
    """The tasks that other plans have on a topic where this one is silent, none of them weak."""
    where, values = _about(topic)
    found = _frame(
        f"select unit_id from unit_placed where basis = ? and plan_id <> ? and kind = 'action' and not weak and {where}",
        basis,
        plan_id,
        *values,
    )
    return tuple(found["unit_id"])


def _about(topic: str) -> tuple[str, tuple[str | int, ...]]:
    if topic == "none":
        return "dim is null", ()
    if "." in topic:
        return "sub = ?", (topic,)
    if topic.endswith("+"):
        return "sub is null and dim = ?", (int(topic[:-1]),)
    return "dim = ?", (int(topic),)


def plan_state(plan_id: str) -> str:
    """What became of a plan: read, not_read, or no_plan where it is known and nobody has it."""
    status = plan(plan_id)["status"]
    return "no_plan" if status == "not_collected" else str(status)


def gaps(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per gap, the worst first: nothing names it (whole dimensions before sub-dimensions), only described, only
    mentioned, weak matches only, only named in tasks about more, neither lead nor time, no lead, no time; among these
    what most other plans have. With the unit that names or mentions it.
    """
    return _frame(
        """
        select gap.*, units.section, units.first_line, units.last_line, units.place, units.text, touches.quote
        from gap left join units using (unit_id) left join touches on touches.unit_id = gap.unit_id and touches.sub = gap.sub
        where gap.basis = ? and gap.plan_id = any(?) order by rank, whole desc, others desc, gap.position, gap.dim, gap.sub
    """,
        basis,
        plan_ids,
    )


# Compare and borrow.


def compared_tasks(basis: str, plan_ids: tuple[str, ...], most: int) -> pandas.DataFrame:
    """One row per task of these plans with its leads, at most so many per plan and dimension, in the plan's own order.
    `plan_dimensions` says how many there are; dim is null for what fits no dimension."""
    return _frame(
        """
        with tasks as (
            select * from compared_task where basis = ? and plan_id = any(?)
            qualify row_number() over (partition by plan_id, dim order by ordinal) <= ?
        )
        select tasks.*, leads from tasks left join (select unit_id, leads from unit_named where plan_id = any(?)) as named using (unit_id) order by plan_id, ordinal
    """,
        basis,
        plan_ids,
        most,
        plan_ids,
    )


def borrowed_unit_ids(basis: str, plan_id: str, topic: str, most: int) -> tuple[tuple[str, ...], int]:
    """The tasks of other plans on a topic, none of them a weak match, plans of the same level first: at most so many,
    and how many there are.
    """
    where, values = _about(topic)
    found = _frame(
        f"""
        select unit_id, count(*) over () as tasks
        from unit_placed join plan_list using (plan_id)
        where basis = ? and plan_id <> ? and kind = 'action' and not weak and {where}
        order by level <> (select level from plan_list where plan_id = ?), position, ordinal limit ?
    """,
        basis,
        plan_id,
        *values,
        plan_id,
        most,
    )
    return tuple(found["unit_id"]), int(found["tasks"].iloc[0]) if len(found) else 0


# Who and when.


def agency_dimensions(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency, role and dimension: the tasks of these plans in which it has that role."""
    return _frame(
        """
        select agency, is_known, is_group, role, dim, sum(tasks)::int as tasks, sum(uncertain)::int as uncertain
        from agency_dimension_role where basis = ? and plan_id = any(?)
        group by all order by agency collate vi, role, dim
    """,
        basis,
        plan_ids,
    )


def leaderless_dimensions(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per dimension: the tasks of these plans that name nobody in the lead."""
    return _frame(
        """
        select dim, count(*)::int as tasks from unit_placed
        where basis = ? and plan_id = any(?) and kind = 'action' and not has_lead group by dim order by dim
    """,
        basis,
        plan_ids,
    )


def assignments(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency: how many assignments of these plans put it in the lead."""
    return _frame(
        "select agency, sum(assignments)::int as assignments from agency_assignment where plan_id = any(?) group by agency",
        plan_ids,
    )


def agency_names() -> list[str]:
    """Every agency that has a role in a task of any plan, or leads an assignment."""
    return list(
        _frame("select agency from agency_dimension_role union select agency from agency_assignment order by agency")[
            "agency"
        ]
    )


def successors() -> pandas.DataFrame:
    """One row per agency whose whole work has gone to one other office since 2025, on a named legal basis."""
    return _frame("select * from agency_successor")


def plan_roles(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and role: tasks, how many name somebody, only groups, or leave it open who it is."""
    return _frame("select * from plan_role where plan_id = any(?) order by position, role", plan_ids)


def plan_lead_bases(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and place that a task's lead is from, the most frequent first; none where nobody is named."""
    return _frame(
        "select * from plan_lead_basis where plan_id = any(?) order by plan_id, lead_basis = 'none', tasks desc, lead_basis",
        plan_ids,
    )


def column_roles(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and column of its tables, with the role it was read as."""
    return _frame("select * from column_role where plan_id = any(?) order by plan_id, position, line", plan_ids)


def agency_unit_ids(basis: str, plan_ids: tuple[str, ...], agency: str, role: str, topic: str = "") -> tuple[str, ...]:
    """The tasks in which an agency has a role: all of them (""), on one dimension ("3"), or without a dimension
    ("x").
    """
    found = _frame(
        """
        select unit_id from agency_unit
        where basis = ? and plan_id = any(?) and kind = 'action' and agency = ? and role = ? and (? = '' or coalesce(dim::text, 'x') = ?)
    """,
        basis,
        plan_ids,
        agency,
        role,
        topic,
        topic,
    )
    return tuple(found["unit_id"])


def leaderless_unit_ids(basis: str, plan_ids: tuple[str, ...], topic: str = "") -> tuple[str, ...]:
    """The tasks that name nobody in the lead; `topic` as above."""
    found = _frame(
        """
        select unit_id from unit_placed
        where basis = ? and plan_id = any(?) and kind = 'action' and not has_lead and (? = '' or coalesce(dim::text, 'x') = ?)
    """,
        basis,
        plan_ids,
        topic,
        topic,
    )
    return tuple(found["unit_id"])


def assignment_unit_ids(plan_ids: tuple[str, ...], agency: str) -> tuple[str, ...]:
    """The assignments that put an agency in the lead."""
    found = _frame(
        """
        select unit_id from agency_unit where basis = 'heading' and plan_id = any(?) and kind = 'assignment' and role = 'lead' and agency = ?
    """,
        plan_ids,
        agency,
    )
    return tuple(found["unit_id"])


def plan_timings(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and way of saying when, zeros among them."""
    return _frame("select * from plan_timing where plan_id = any(?) order by plan_id, timing", plan_ids)


def timing_words(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan, way of saying when and wording, the most frequent first."""
    return _frame(
        "select * from timing_words where plan_id = any(?) order by plan_id, timing, tasks desc, timing_raw collate vi",
        plan_ids,
    )


def timing_unit_ids(plan_id: str, timing: str) -> tuple[str, ...]:
    """The tasks of a plan that say when in one way."""
    return tuple(_frame("select unit_id from timed_task where plan_id = ? and timing = ?", plan_id, timing)["unit_id"])


def dated_marks(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan, kind, wording and date that units of these plans name; those without a date of their own
    last.
    """
    return _frame("select * from dated_mark where plan_id = any(?) order by due nulls last, plan_id, ordinal", plan_ids)


def dated_unit_ids(plan_id: str, first_unit_id: str) -> tuple[str, ...]:
    """The units that name the same date in the same words as one of them does."""
    found = _frame(
        """
        select dated_unit.unit_id from dated_unit
        join dated_unit as first on first.plan_id = dated_unit.plan_id and first.kind = dated_unit.kind and first.timing_raw is not distinct from dated_unit.timing_raw
            and first.due_from is not distinct from dated_unit.due_from and first.due_to is not distinct from dated_unit.due_to
        where dated_unit.plan_id = ? and first.unit_id = ? order by dated_unit.ordinal
    """,
        plan_id,
        first_unit_id,
    )
    return tuple(found["unit_id"])


# Who holds it today.


def office_dimensions(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per office of today, its standing, role and dimension: the tasks of these plans in which it has that
    role.
    """
    return _frame(
        """
        select standing, office, role, dim, sum(tasks)::int as tasks, sum(uncertain)::int as uncertain
        from office_dimension_role where basis = ? and plan_id = any(?)
        group by all order by office collate vi, role, dim
    """,
        basis,
        plan_ids,
    )


def office_names() -> pandas.DataFrame:
    """One row per office of today that any plan names; is_open where it is an old name without a single successor."""
    return _frame("select * from office_name order by office collate vi, is_open")


def office_parts(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per office of today and agency of these plans that went over into it."""
    return _frame(
        """
        select office, agency, min(from_date) as from_date, bool_or(to_check) as to_check
        from office_part where plan_id = any(?) group by office, agency order by office, agency collate vi
    """,
        plan_ids,
    )


def open_agencies(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency that has no single successor, for plans issued before it was changed: the successors and their
    scopes.
    """
    return _frame(
        """
        select agency, any_value(offices)::int as offices, any_value(successors) as successors, min(from_date) as from_date, bool_or(to_check) as to_check
        from plan_reform where plan_id = any(?) and office is null group by agency order by agency
    """,
        plan_ids,
    )


def office_roles(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and role: the tasks whose holders include, or are only, offices without a single successor."""
    return _frame("select * from plan_role_today where plan_id = any(?) order by plan_id, role", plan_ids)


def office_unit_ids(
    basis: str, plan_ids: tuple[str, ...], office: str, is_open: bool, role: str, topic: str = ""
) -> tuple[str, ...]:
    """The tasks in which an office of today has a role (`is_open`: an old one without a single successor); `topic` as
    for agencies.
    """
    found = _frame(
        """
        select unit_id from office_unit
        where basis = ? and plan_id = any(?) and office = ? and (standing = 'open') = ? and role = ? and (? = '' or coalesce(dim::text, 'x') = ?)
    """,
        basis,
        plan_ids,
        office,
        is_open,
        role,
        topic,
        topic,
    )
    return tuple(found["unit_id"])


def open_leads(plan_ids: tuple[str, ...], most: int | None = None) -> pandas.DataFrame:
    """One row per task and lead of it without a single successor, those with no other lead first; only the first
    `most`.
    """
    return _frame(
        "select * from open_lead where plan_id = any(?) order by others > 0, position, ordinal, agency limit ?",
        plan_ids,
        most or 2**40,
    )


def open_lead_count(plan_ids: tuple[str, ...]) -> int:
    """How many rows `open_leads` has."""
    return int(_frame("select count(*) as n from open_lead where plan_id = any(?)", plan_ids)["n"].iloc[0])


# What a briefing lists.


def task_ids(basis: str, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None, most: int) -> tuple[str, ...]:
    """The tasks of these plans on these dimensions (None: all, also those without one), plan by plan in the plan's own
    order; at most so many.
    """
    found = _frame(
        """
        select unit_id from unit_placed join plan_list using (plan_id)
        where basis = ? and plan_id = any(?) and kind = 'action' and (? or dim = any(?)) order by position, ordinal limit ?
    """,
        basis,
        plan_ids,
        dims is None,
        dims or (),
        most,
    )
    return tuple(found["unit_id"])


def task_count(basis: str, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None) -> int:
    """How many tasks that are."""
    return int(
        _frame(
            """
        select count(*) as n from unit_placed where basis = ? and plan_id = any(?) and kind = 'action' and (? or dim = any(?))
    """,
            basis,
            plan_ids,
            dims is None,
            dims or (),
        )["n"].iloc[0]
    )


def dimension_timings(basis: str, plan_ids: tuple[str, ...], dims: tuple[int, ...]) -> pandas.DataFrame:
    """One row per plan and way of saying when that its tasks on these dimensions use."""
    return _frame(
        """
        select plan_id, timing, count(*)::int as tasks from timed_task join unit_placed using (plan_id, unit_id)
        where basis = ? and plan_id = any(?) and dim = any(?) group by all order by plan_id, timing
    """,
        basis,
        plan_ids,
        dims,
    )


# What a plan gives one office.


def given_agencies(plan_id: str) -> pandas.DataFrame:
    """One row per agency that the plan gives something, groups last: how many units name it as lead, coop and monitor,
    each once under the first of these; how many mean it as one of a group; and how many may, as far as it is
    concerned.
    """
    return _frame(
        """
        with given as (
            select agency, unit_id, bool_or(through is null) as named, bool_or(extent = 'all') as meant, min(list_position(['lead', 'coop', 'monitor'], role)) as first_role
            from given_unit where plan_id = ? group by agency, unit_id
        ),
        counted as (
            select agency,
                (count(*) filter (named and first_role = 1))::int as lead, (count(*) filter (named and first_role = 2))::int as coop,
                (count(*) filter (named and first_role = 3))::int as monitor, (count(*) filter (not named and meant))::int as grouped,
                (count(*) filter (not named and not meant))::int as concerned
            from given group by agency having bool_or(named)
        )
        select agency, coalesce(is_group, false) as is_group, lead, coop, monitor, grouped, concerned
        from counted left join agencies using (agency)
        where agency <> 'Cá nhân được nêu tên' -- a person is no office
        order by is_group, agency collate vi
    """,
        plan_id,
    )


def given_units(plan_id: str, agency: str) -> pandas.DataFrame:
    """One row per unit that gives an agency something to do: its roles, strongest first, the groups by which it is
    meant (none where it is named), and its time; what has an end or a beginning in its order, then the rest in the
    plan's.
    """
    return _frame(
        """
        with given as (
            select unit_id, list(distinct role) as roles, list(distinct through) filter (through is not null) as through,
                bool_or(extent = 'all') as is_meant, bool_or(uncertain) as uncertain
            from given_unit where plan_id = ? and agency = ? group by unit_id
        )
        select given.*, due_unit.due_from, due_unit.due_to, due_unit.due, due_unit.bearing
        from given join due_unit using (unit_id)
        order by due nulls last, due_from nulls first, ordinal
    """,
        plan_id,
        agency,
    )


def reformed(plan_id: str, agency: str) -> dict[str, Any] | None:
    """What became of an agency since the plan was issued: `office` (None without a single successor), its successors,
    the day, and whether that has to be checked; None where the reform did not change it.
    """
    rows = _frame("select * from plan_reform where plan_id = ? and agency = ?", plan_id, agency).to_dict("records")
    return rows[0] if rows else None


# Scores beside coverage.


def plan_scores(basis: str, plan_id: str) -> pandas.DataFrame:
    """One row per dimension 1 to 8: the plan's tasks beside its province's score in the plan's year and the year
    before.
    """
    return _frame("select * from plan_score where basis = ? and plan_id = ? order by dim", basis, plan_id)


def plan_score_years(plan_id: str) -> pandas.DataFrame:
    """One row per year and dimension (0 is the total): the published score of the plan's province."""
    return _frame("select * from plan_score_year where plan_id = ? order by dim, year", plan_id)


# What falls due.


def due_counts(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan, kind, bearing (dated, rhythm, undated), way of saying when and wording: how many units."""
    return _frame(
        "select * from due_count where plan_id = any(?) order by plan_id, kind, timing, units desc, timing_raw collate vi",
        plan_ids,
    )


def due_units(plan_ids: tuple[str, ...], bearing: str, most: int | None = None) -> pandas.DataFrame:
    """The tasks, assignments, reporting duties and targets of one bearing, the earliest date first, those without a day
    of their own last; with `most` only so many, of the latest dates.
    """
    return _frame(
        """
        with picked as (select * from due_unit where plan_id = any(?) and bearing = ? order by due desc nulls first, position, ordinal limit ?)
        select picked.*, named.leads from picked left join (select unit_id, leads from unit_named where plan_id = any(?)) as named using (unit_id)
        order by due nulls last, due_from nulls first, position, ordinal
    """,
        plan_ids,
        bearing,
        most or 2**40,
        plan_ids,
    )


def due_total(plan_ids: tuple[str, ...]) -> int:
    """How many tasks, assignments, reporting duties and dated targets these plans hold."""
    return int(_frame("select count(*) as n from due_unit where plan_id = any(?)", plan_ids)["n"].iloc[0])


def due_unit_ids(plan_id: str, timing: str) -> tuple[str, ...]:
    """The tasks, assignments and reporting duties of a plan that say when in one way, without a date."""
    found = _frame(
        "select unit_id from due_unit where plan_id = ? and timing = ? and bearing <> 'dated' order by ordinal",
        plan_id,
        timing,
    )
    return tuple(found["unit_id"])


def recurring_days(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per unit with a rhythm and day of the year that its own words name."""
    return _frame(
        """
        select recurring_day.* from recurring_day join plan_list using (plan_id)
        where plan_id = any(?) order by position, recurring_day.ordinal, month nulls first, day
    """,
        plan_ids,
    )


# How sure we are.


def measures() -> pandas.DataFrame:
    """One row per part, measure and plan, those over all plans together first; empty where no plan of this build is
    labelled.
    """
    return _frame("select * from measure_total order by part, measure, plan_id is not null, position, plan_id")


def class_measures() -> pandas.DataFrame:
    """One row per part and dimension, 0 last."""
    return _frame("select * from measure_class order by part, dim = 0, dim")


def confusion_cells(part: str) -> pandas.DataFrame:
    """One row per labelled dimension and dimension it was read as, the most units first."""
    return _frame(
        "select * from confusion_cell where part = ? order by units desc, labelled = 0, labelled, read_as", part
    )


def line_roles() -> pandas.DataFrame:
    """One row per plan and role of its lines."""
    return _frame("select * from line_role order by plan_id, role")


def finding_counts() -> pandas.DataFrame:
    """One row per plan and code of its findings."""
    return _frame("select * from finding_count order by plan_id, code")


def plan_doubts() -> pandas.DataFrame:
    """One row per plan that is held: what a person should look at."""
    return _frame(
        "select plan_doubt.* from plan_doubt join plan_list using (plan_id) where status <> 'not_collected' order by position"
    )


def agency_doubts() -> pandas.DataFrame:
    """One row per plan, and one of null for all of them: how many agencies its units name, and how many of these no
    table knows.
    """
    return _frame("""
        select plan_id, count(distinct agency)::int as agencies, (count(distinct agency) filter (where not is_known))::int as unknown
        from plan_agency group by grouping sets ((plan_id), ()) order by plan_id nulls first
    """)


def kind_counts() -> dict[str, int]:
    """How many units of each kind all plans hold."""
    found = _frame("select * from unit_kind")
    return {str(row["kind"]): int(row["units"]) for row in found.to_dict("records")}


def least_sure_unit_ids(dim: int, most: int) -> tuple[str, ...]:
    """The tasks matched with a dimension of which the matcher is least sure, at most so many: those to be reviewed,
    then those whose runner-up is nearest.
    """
    return tuple(
        _frame(
            "select unit_id from matched_task where matched_dim = ? order by not review, margin, unit_id limit ?",
            dim,
            most,
        )["unit_id"]
    )


# Findings.


def findings(plan_ids: tuple[str, ...], codes: tuple[str, ...], most: int | None = None) -> pandas.DataFrame:
    """One row per finding of these plans and codes, in the plan's own order; of each plan and code at most so many.
    `nth` is its number among them.
    """
    return _frame(
        """
        select *, row_number() over (partition by plan_id, code order by line, ordinal, detail) as nth
        from finding_place where plan_id = any(?) and code = any(?) qualify nth <= ? order by position, code, nth
    """,
        plan_ids,
        codes,
        most or 2**40,
    )


# Read a plan.


def document(plan_id: str) -> pandas.DataFrame:
    """One row per non-blank line of a plan, in its own order: line, role, text, cells (of a table's row), ordinals of
    its units.
    """
    return _frame("select * from plan_line where plan_id = ? order by line", plan_id)


def line_place(plan_id: str, line: int) -> str | None:
    """Where a line of a plan stands whose format has no lines ("page:3/row:5"); None for one of a text, and for what is
    no plan that is held.
    """
    with _told():
        return _line_places(build().path, plan_id).get(line)


@kept(16)
def _line_places(path: str, plan_id: str) -> dict[int, str]:
    return dict(
        _connection(path)
        .cursor()
        .execute("select distinct line, place from lines where plan_id = ? and place is not null", [plan_id])
        .fetchall()
    )


def plan_units(plan_id: str) -> pandas.DataFrame:
    """One row per unit of a plan, in its own order."""
    return _frame("select * from units where plan_id = ? order by ordinal", plan_id)


def unit_touches(unit_id: str) -> list[dict[str, Any]]:
    """One row per sub-dimension that a unit touches: how, the words that say so, and whether text or heading does."""
    return _frame(
        'select sub, how, quote, "by", sure from touches where unit_id = ? order by how, sub', unit_id
    ).to_dict("records")


def plan_evidence(plan_id: str) -> pandas.DataFrame:
    """One row per unit of a plan and reason of its match, the heaviest first; of a labelled unit only the first
    words.
    """
    return _frame(
        """
        select ordinal, kind, case when kind = 'unit' then left(quote, 40) else quote end as quote, source, dim, sub, weight
        from unit_evidence where unit_id between ? and ? order by ordinal, rank
    """,
        *_names(plan_id),
    )


def plan_parts(plan_id: str) -> pandas.DataFrame:
    """One row per unit of a plan, agency and role, leads first: as written, on which basis, and where it went in the
    reform of 2025.
    """
    return _frame(
        """
        select * from unit_part where unit_id between ? and ?
        order by unit_id, case role when 'lead' then 1 when 'coop' then 2 else 3 end, agency collate vi
    """,
        *_names(plan_id),
    )


def plan_findings(plan_id: str) -> pandas.DataFrame:
    """One row per finding of a plan, line by line."""
    return _frame("select * from unit_finding where plan_id = ? order by line, ordinal, code, detail", plan_id)


def _names(plan_id: str) -> tuple[str, str]:
    """Between these lie the names of all units of a plan, "hung-yen-2020:34", and no others: ";" is the sign after
    ":".
    """
    return f"{plan_id}:", f"{plan_id};"


def alike_tasks(basis: str, plan_id: str, topic: str, most: int) -> pandas.DataFrame:
    """The tasks of other plans on a topic ("6.1", "6"), to be compared with one of this plan: at most so many, plans of
    the same level first.
    """
    where, values = _about(topic)
    where = f"kind = 'action' and plan_id <> ? and {'matched_' if basis == 'content' else ''}{where}"
    level = plan(plan_id)["level"]
    return _frame(
        f"""
        with there as (select unit_id, plan_id, text, section, first_line, last_line, place, level from units join plan_list using (plan_id) where {where})
        (select * from there where level = ? limit ?) union all (select * from there where level <> ? limit ?) limit ?
    """,
        plan_id,
        *values,
        level,
        most,
        level,
        most,
        most,
    )


# The whole, for those who take it away.


def stored(table: str) -> tuple[dict[str, str], Iterator[tuple[Any, ...]]]:
    """One table of the build as it is: its columns with their types, and its rows in a fixed order, read as they are
    asked for.
    """
    name = '"' + table.replace('"', '""') + '"'
    with _told():
        cursor = _connection(build().path).cursor()
        cursor.execute(f"select * from {name} order by all")
    columns = {column[0]: str(column[1]) for column in cursor.description}

    def rows() -> Iterator[tuple[Any, ...]]:
        while found := cursor.fetchmany(10_000):
            yield from found

    return columns, rows()
