"""An amendment is no plan of its own: where plans stand among others, what it says counts for the plan that it amends, a task
that it has anew once, and one of a plan that nobody holds counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import small

from etl.load import SQL
from ui import data
from ui.data import country, figures
from ui.data.build import connection_of
from ui.data.country import Grouping
from ui.data.figures import Fate, Figure
from ui.data.topic import Basis, Topic
from ui.topics.country import peers
from ui.topics.country.view import Asked, asides, groups

PLAIN = tuple(f"ke-hoach-{n}" for n in range(1, 6))
"""Plans that nothing amends, each with a task on 1.1 alone."""
IN_FORCE = ("goc", *PLAIN)
AMENDED = {"goc": ("sua", "sua-nua"), "thieu": ("sua-thieu",)}
"""Who amends whom: `sua-nua` amends an amendment, and `thieu` is a plan that nobody holds."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with three tasks, of which an amendment rewords the second and adds one on 2.3, and an amendment of that
    amendment adds one on 3.3; plans beside it; an amendment of what nobody holds.
    """
    file = tmp_path_factory.mktemp("amended") / "papi.duckdb"

    def task(plan: str, at: int, sub: str, lead: str = "", **said: Any) -> None:
        place = {"matched_dim": int(sub[0]), "matched_sub": sub, "declared_dim": int(sub[0]), "declared_sub": sub}
        unit = small.unit(insert, plan, at, dim=int(sub[0]), sub=sub, dim_basis="declared", **place, **said)
        touch = {"unit_id": unit, "sub": sub, "how": "main", "quote": "…", '"by"': "text", "sure": True}
        insert("touches", touch)
        if lead:
            small.part(insert, unit, lead)

    with small.database(file) as insert:
        small.build(insert)
        small.dimensions(insert)
        for sub in ("1.1", "1.2", "2.3", "3.3"):
            names = dict.fromkeys(("name_vi", "name_en", "short_vi", "short_en"), f"Chỉ số {sub}")
            insert("subdimensions", {"sub": sub, "dim": int(sub[0]), "measured_from": 2011} | names)
        small.agency(insert, "Sở Nội vụ")
        small.agency(insert, "Thanh tra tỉnh")
        for plan in (*IN_FORCE, "sua", "sua-nua", "sua-thieu"):
            small.plan(insert, plan, year=2021)
        small.plan(insert, "goc-20", year=2020)
        for plan in PLAIN:
            task(plan, 1, "1.1")
        task("goc-20", 1, "2.3")
        task("goc", 1, "1.1", "Sở Nội vụ")
        task("goc", 2, "1.2", "Sở Nội vụ", timing="dated")
        task("goc", 3, "1.2")
        task("sua", 1, "1.2", "Thanh tra tỉnh", timing="dated")
        task("sua", 2, "2.3", "Thanh tra tỉnh", timing="dated")
        task("sua-nua", 1, "3.3", "Thanh tra tỉnh")
        task("sua-thieu", 1, "3.3", "Thanh tra tỉnh")
        for plan, earlier in (("sua", "goc"), ("sua-nua", "sua"), ("sua-thieu", None)):
            insert("plan_links", {"plan_id": plan, "earlier_id": earlier, "kind": "amends", "basis": "title"})
        insert("plan_links", {"plan_id": "goc", "earlier_id": "goc-20", "kind": "next_year", "basis": "issuer"})
        fate = {"plan_id": "sua", "earlier_id": "goc", "kind": "amends", "changes": [], "likeness": 70}
        insert("family_units", fate | {"unit_id": "sua:1", "earlier_unit_id": "goc:2", "state": "changed"})
        insert("family_units", fate | {"unit_id": "sua:2", "state": "new"})
        for at in (1, 3):
            insert("family_units", fate | {"earlier_unit_id": f"goc:{at}", "state": "stands"})
    return file


@pytest.fixture
def asked(file: Path) -> Iterator[Asked]:
    with small.shown(file):
        yield Asked.of(Basis.HEADING, [plan for plan in data.plans() if plan.year == 2021], "sua-nua")


def test_whether_a_plan_is_an_amendment_stands_in_one_place(asked: Asked, file: Path) -> None:
    assert {plan.plan_id for plan in data.plans() if plan.amends} == {"sua", "sua-nua", "sua-thieu"}
    for view in SQL.glob("*.sql"):
        text = view.read_text(encoding="utf-8")
        # others ask which plan it is that is amended, or what became of a unit
        assert "where kind = 'amends')" not in text or view.name == "plan_list.sql"


@pytest.mark.parametrize("basis", list(Basis))
def test_shares_are_of_plans_and_an_amendments_task_is_its_plans(asked: Asked, basis: Basis) -> None:
    every = (*asked.plan_ids, *asked.amendments)
    for plan_ids in (asked.plan_ids, every):
        cells = {cell.sub: cell for cell in country.group_cells(basis, plan_ids, Grouping.ALL)}
        assert {sub: (cells[sub].own, cells[sub].gaps, cells[sub].plans) for sub in cells if sub} == {
            "1.1": (6, 0, 6),
            "1.2": (1, 5, 6),
            "2.3": (1, 5, 6),
            "3.3": (1, 5, 6),
        }
        (group,) = country.group_figures(basis, plan_ids, Grouping.ALL)
        # of eight tasks in goc, sua and sua-nua six stand: one was reworded
        assert (group.plans, group.read_plans, group.tasks, group.with_lead) == (6, 6, 5 + 5, 4)


def test_the_plans_behind_a_mark_are_those_that_it_counts(asked: Asked) -> None:
    where = Basis.HEADING, asked.plan_ids, Grouping.ALL, "all", Topic.of("2.3")
    assert country.cell_states(*where) == {"own": 1, "none": 5}
    found = country.cell_plans(*where, 0, 10)
    assert {one.plan_id for one in found} == set(IN_FORCE) and found[-1].plan_id == "goc" and found[-1].n == 1
    (row,) = country.plan_cells(Basis.HEADING, ("goc",))
    assert row.by_topic()["1.2"].tasks == 2 and country.plan_cells(Basis.HEADING, ("sua",)) == ()


def test_amounts_leads_and_what_followed_are_of_the_plan_as_amended(asked: Asked) -> None:
    every = (*asked.plan_ids, *asked.amendments)
    dated = figures.amounts(Basis.HEADING, every, Grouping.ALL, "all", Figure.DATED)
    assert [(one.plan_id, one.amount) for one in dated][:1] == [("goc", 2)] and len(dated) == 6
    leaders = {one.agency: (one.plans, one.of_plans, one.tasks) for one in figures.leaders(Basis.HEADING, every, "1.2")}
    # the lead of the task that was reworded is the amendment's
    assert leaders == {"Thanh tra tỉnh": (1, 1, 1)}
    assert [one.plan_id for one in figures.led_amounts(Basis.HEADING, every, "3.3", "Thanh tra tỉnh")] == ["goc"]
    assert [one.plan_id for one in figures.followed_cells(Basis.HEADING, every, Fate.KEPT, "2.3")] == ["goc"]
    assert country.nearest_plan(Basis.HEADING, every, "goc").any_of == 4  # type: ignore[union-attr]


def test_the_page_says_what_it_leaves_out_and_whose_place_the_own_plan_has(asked: Asked) -> None:
    assert (asked.own, asked.chosen) == ("goc", "sua-nua") and set(asked.amendments) == {"sua", "sua-nua", "sua-thieu"}
    said = asides(asked)
    assert "<b>3</b>" in said or "3 văn bản sửa đổi" in said
    assert "1 văn bản trong đó" in said and "Kế hoạch goc" in said
    alone = Asked.of(Basis.HEADING, data.plans(), "sua-thieu")
    assert alone.own is None and "chưa có trong cơ sở dữ liệu, nên không đứng cạnh" in asides(alone)
    nobody = Asked.of(Basis.HEADING, [data.plan(plan_id) for plan_id in IN_FORCE], "goc")
    assert asides(nobody) == "" and sum(group.plans for group in groups(nobody, Grouping.YEAR)) == 6
    view = peers.View(alone, data.plan("sua-thieu"), (), False)
    assert "không đứng cạnh" in peers.nothing(view)


def test_the_plan_alone_still_says_what_it_says_itself(asked: Asked) -> None:
    cells = {(one.plan_id, one.sub): one.state for one in data.plan_subdimensions(Basis.HEADING)}
    assert (cells["goc", "2.3"], cells["sua", "2.3"], cells["sua", "1.1"]) == ("none", "own", "none")
    reached = data.plans_reached(Basis.HEADING, (*asked.plan_ids, *asked.amendments), None)
    # what reaches fewest is a plan, and no amendment
    assert reached.low is not None and reached.low.plan_id in PLAIN
    assert data.plans_reached(Basis.HEADING, ("sua-thieu",), None).low is not None


def test_other_pages_count_plans_by_what_their_amendments_say_too(asked: Asked, file: Path) -> None:
    every = (*asked.plan_ids, *asked.amendments)
    # of each sub-dimension the plans with a task of their own, written apart: what was reworded aside, amendments by what they amend
    said = """
        with counted as (
            select case when plan_id in ('sua', 'sua-nua') then 'goc' else plan_id end as plan_id, sub
            from units where unit_id <> 'goc:2' and plan_id not in ('sua-thieu', 'goc-20')
        )
        select sub, count(distinct plan_id) from counted group by sub
    """
    expected = dict(connection_of(str(file)).cursor().execute(said).fetchall())
    counts = {one.sub: one.plans_with_tasks for one in data.subdimension_counts(Basis.HEADING, every)}
    assert counts == expected == {"1.1": 6, "1.2": 1, "2.3": 1, "3.3": 1}
    reached = data.plans_reached(Basis.HEADING, every, None)
    assert (reached.read, reached.high) == (6, data.coverage.Reached("goc", 4, 4))
    gaps = {(gap.plan_id, gap.sub or str(gap.dim)) for gap in data.gaps(Basis.HEADING, every) if gap.lacks == "none"}
    assert gaps == {(plan, topic) for plan in PLAIN for topic in ("1.2", "2", "3", "4", "5", "6", "7", "8")} | {
        ("goc", topic) for topic in "45678"
    }
    assert {gap.others for gap in data.gaps(Basis.HEADING, every) if gap.lacks == "none" and gap.sub == "1.2"} == {1}
    sums = data.plans_summary(Basis.HEADING, every)
    assert (sums.plans, sums.read, sums.counted, sums.open) == (9, 9, 6, 6) and sums.most_id in PLAIN and sums.most == 7
    open_dims = data.most_open(Basis.HEADING, ("goc", "sua"))
    assert open_dims is not None and open_dims.dims == (4, 5, 6, 7, 8)
    assert data.amending_unit_ids(Basis.HEADING, "goc", Topic.of("2.3")) == ("sua:2",)
    assert data.amending_unit_ids(Basis.HEADING, "sua", Topic.of("2.3")) == ()


def test_amendments_of_each_other_are_nobodys(file: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "ring.duckdb")) as con:
        con.execute(f"attach '{file}' as held (read_only); copy from database held to ring; detach held")
        con.execute("update plan_links set earlier_id = 'sua-nua' where plan_id = 'sua'")
        small.counted_anew(con)
        assert con.execute("select count(*) from amended_unit").fetchall() == [(0,)]
        (n,) = con.execute("select count(*) from whole_cell where basis = 'heading' and sub = '1.1'").fetchall()
        assert n == (7,)
