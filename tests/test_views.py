"""What a cell says: the views over a few units of our own, in memory."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from etl import load

# plan, ordinal, kind, declared_dim, declared_sub, matched_dim, matched_sub, review, lead, timing
UNITS = [
    ("tinh", 1, "action", 3, "3.3", 3, "3.3", False, "Sở Tư pháp", "annual"),
    ("tinh", 2, "action", 3, None, 3, "3.3", True, None, "unspecified"),  # on 3 for sure, on 3.3 perhaps
    ("tinh", 3, "action", 3, None, 3, None, False, None, "regulation"),  # on 3 as a whole
    ("tinh", 4, "description", 1, "1.1", 1, "1.1", False, None, "unspecified"),
    ("tinh", 5, "action", 5, "5.1", 8, "8.3", False, None, "dated"),  # heading and words disagree
    ("tinh", 6, "action", None, None, None, None, True, None, "unspecified"),  # fits no dimension
    ("tinh", 7, "action", None, None, 7, "7.2", True, "Sở Y tế", "event"),  # a weak match only
    ("xa", 1, "action", None, None, 0, None, False, "UBND cấp xã", "ongoing"),
    ("xa", 3, "description", 5, "5.1", 5, "5.1", False, None, "unspecified"),
    ("xa", 2, "objective", None, None, 1, None, False, None, "unspecified"),
    ("xa", 4, "action", 7, "7.2", 7, "7.2", False, "UBND cấp xã", "dated"),  # declared, and perhaps no task at all
]
KIND_DOUBTED = {("xa", 4)}
TOUCHES = {
    ("tinh", 3): [("1.1", "names", "text"), ("2.1", "passing", "text")],
    ("tinh", 5): [("8.3", "main", "text"), ("5.1", "names", "heading")],
    ("xa", 2): [("1.1", "names", "text")],
    ("xa", 4): [("7.2", "main", "text"), ("2.1", "names", "text")],
}
"""What units touch beside the sub-dimension that they count for."""


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    con.execute((load.SQL / "schema.sql").read_text(encoding="utf-8"))
    con.execute("insert into dimensions select dim, 'd' || dim, 'd' || dim, 'd', 'd' from range(9) t(dim)")
    for sub in ("1.1", "2.1", "3.3", "5.1", "7.2", "8.3"):
        con.execute(
            "insert into subdimensions values (?, ?, ?, ?, ?, ?, 2011, null)", [sub, int(sub[0]), sub, sub, sub, sub]
        )
    for plan, level, year, status in (
        ("xa", "commune", 2019, "read"),
        ("tinh", "province", 2021, "read"),
        ("hong", "province", 2022, "not_read"),
    ):
        con.execute(
            "insert into plans (plan_id, title, doc_type, short_vi, short_en, narrow, issuer, level, province, province_now, year, file, sha256, has_table, status)"
            " values (?, 't', 'plan', ?, ?, ?, 'i', ?, 'p', 'p', ?, 'f', 'h', false, ?)",
            [plan, plan, plan, plan, level, year, status],
        )
    for plan, at, kind, declared_dim, declared_sub, matched_dim, matched_sub, review, lead, timing in UNITS:
        dim = matched_dim if declared_dim is None else declared_dim
        sub = declared_sub or (matched_sub if matched_dim == dim else None)
        basis = "declared" if declared_dim else "matched" if matched_dim is not None else None
        con.execute(
            "insert into units values (?, ?, ?, 'narrative', 'II', ?, ?, 'lời văn', 1, 2, null, ?, ?, ?, ?, ?, ?, ?, 0.5, 0.5, ?, null, null, null, false, ?, null, null, null, null, null)",
            [
                f"{plan}:{at}",
                plan,
                at,
                kind,
                (plan, at) not in KIND_DOUBTED,
                declared_dim,
                declared_sub,
                matched_dim,
                matched_sub,
                dim,
                sub,
                basis,
                review,
                timing,
            ],
        )
        for touched, how, by in TOUCHES.get((plan, at), [(sub, "main", "text")] if sub else []):
            con.execute(
                "insert into touches values (?, ?, ?, 'lời', null, null, ?, ?)",
                [f"{plan}:{at}", touched, how, by, not review],
            )
        if lead:
            con.execute(
                "insert into unit_agencies values (?, ?, 'lead', 'text', ?, false)", [f"{plan}:{at}", lead, lead]
            )
    load.views(con)
    yield con
    con.close()


def _state(database: duckdb.DuckDBPyConnection, basis: str, plan: str, sub: str) -> tuple[str, int]:
    return database.execute(
        "select state, tasks from plan_subdimension where basis = ? and plan_id = ? and sub = ?", [basis, plan, sub]
    ).fetchone()


@pytest.mark.parametrize(
    ("basis", "plan", "sub", "says"),
    [
        ("heading", "tinh", "3.3", ("own", 2)),
        ("heading", "tinh", "1.1", ("named", 0)),
        ("heading", "tinh", "2.1", ("passing", 0)),
        ("heading", "xa", "1.1", ("passing", 0)),
        ("heading", "tinh", "5.1", ("own", 1)),
        ("content", "tinh", "5.1", ("named", 0)),
        ("heading", "tinh", "8.3", ("named", 0)),
        ("content", "tinh", "8.3", ("own", 1)),
        ("heading", "tinh", "7.2", ("weak", 1)),
        ("heading", "xa", "7.2", ("weak", 1)),
        ("content", "xa", "7.2", ("weak", 1)),
        ("heading", "xa", "2.1", ("weak", 0)),
        ("heading", "hong", "3.3", ("not_read", 0)),
        ("content", "xa", "3.3", ("none", 0)),
    ],
)
def test_a_cell_says_which_of_the_states_it_is_in(database, basis, plan, sub, says):
    assert _state(database, basis, plan, sub) == says


def test_a_cell_knows_what_the_other_way_of_counting_says(database):
    assert database.execute(
        "select other_state, other_n from plan_subdimension where basis = 'heading' and plan_id = 'tinh' and sub = '8.3'"
    ).fetchone() == ("own", 1)


def test_what_a_heading_declares_is_never_weak_but_its_matched_part_is(database):
    assert database.execute(
        "select unit_id, weak from unit_placed where basis = 'heading' and kind = 'action' and plan_id = 'tinh' order by ordinal"
    ).fetchall() == [
        ("tinh:1", False),
        ("tinh:2", True),
        ("tinh:3", False),
        ("tinh:5", False),
        ("tinh:6", True),
        ("tinh:7", True),
    ]


def test_tasks_on_a_dimension_as_a_whole_are_counted_apart_and_what_is_cross_cutting_or_in_doubt_reaches_none(database):
    assert database.execute(
        "select tasks, general from plan_dimension where basis = 'heading' and plan_id = 'tinh' and dim = 3"
    ).fetchone() == (3, 1)
    assert database.execute(
        "select tasks, dims_with_tasks, top_dim from plan_summary where basis = 'heading' and plan_id = 'xa'"
    ).fetchone() == (2, 0, 7)


def test_a_summary_counts_every_task_once_also_those_that_fit_no_dimension(database):
    row = database.execute(
        "select tasks, with_lead, with_time, unplaced, descriptions from plan_summary where basis = 'heading' and plan_id = 'tinh'"
    ).fetchone()
    # "theo quy định" is a time, though no day
    assert row == (6, 2, 4, 1, 1)


def test_plans_stand_by_level_then_year(database):
    assert [name for (name,) in database.execute("select plan_id from plan_list order by position").fetchall()] == [
        "tinh",
        "hong",
        "xa",
    ]


def test_a_hole_as_wide_as_a_dimension_is_said_once(database):
    found = database.execute(
        "select dim, sub, whole, state from gap where basis = 'heading' and plan_id = 'xa' order by dim, sub"
    ).fetchall()
    assert (5, None, True, "description") in found and all(sub is None for dim, sub, _, _ in found if dim == 5)
    assert (3, None, True, "none") in found


def test_a_gap_quotes_the_unit_that_names_it_and_an_absence_quotes_none(database):
    found = database.execute(
        "select sub, lacks, unit_id from gap where basis = 'heading' and not whole and lacks in ('none', 'named', 'passing')"
    ).fetchall()
    assert {("1.1", "named", "tinh:3"), ("2.1", "passing", "tinh:3"), ("8.3", "named", "tinh:5")} <= set(found)
    assert all((unit is None) == (lacks == "none") for _, lacks, unit in found)
