"""A plan that another replaced counts no longer, but in the years in which it stood: on every page, in filters, groups and files,
against counts in SQL of the test's own; whoever wants it counts it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import house
import pytest
import small
from house import opened

from etl.load import POINTER
from ui import data
from ui.data import choice, country
from ui.data.build import connection_of
from ui.data.choice import Choice
from ui.data.country import Grouping
from ui.data.figures import leaders
from ui.data.topic import Basis, Topic
from ui.topics.country import followed, share, years
from ui.topics.country.view import Asked, asides, groups

PLANS: dict[str, tuple[int, str | None, str | None]] = {
    "tinh-21": (2021, None, "1.1"),
    "tinh-21-moi": (2021, "tinh-21", "1.2"),
    "xa-21": (2021, None, "1.1"),
    "xa-23": (2023, "xa-21", "1.2"),
    "xa-24": (2024, "xa-23", "1.2"),
    "so-22": (2022, None, "1.1"),
    "so-23": (2023, None, "1.2"),
    "ring-a": (2022, "ring-b", "1.1"),
    "ring-b": (2022, "ring-a", "1.1"),
    "khac-22": (2022, None, "1.1"),
}
"""Of each plan its year, the one that it says it replaces, and what its one task is about. `so-23` only follows on `so-22`."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replaced")

    def link(plan: str, earlier: str, kind: str) -> None:
        insert("plan_links", {"plan_id": plan, "earlier_id": earlier, "kind": kind, "basis": "text"})

    with small.database(folder / "papi.duckdb") as insert:
        small.build(insert)
        small.dimensions(insert)
        for sub in ("1.1", "1.2"):
            names = dict.fromkeys(("name_vi", "name_en", "short_vi", "short_en"), f"Chỉ số {sub}")
            insert("subdimensions", {"sub": sub, "dim": 1, "measured_from": 2011} | names)
        small.agency(insert, "Sở Nội vụ")
        for plan, (year, earlier, sub) in PLANS.items():
            level = "commune" if plan.startswith("xa") else "province"
            small.plan(insert, plan, year=year, level=level, issued=date(year, 3 if earlier else 2, 1))
            place = {"matched_dim": 1, "matched_sub": sub, "declared_dim": 1, "declared_sub": sub}
            unit = small.unit(
                insert, plan, 1, dim=1, sub=sub, dim_basis="declared", text=f"Công khai của {plan}", **place
            )
            insert("touches", {"unit_id": unit, "sub": sub, "how": "main", "quote": "…", '"by"': "text", "sure": True})
            small.part(insert, unit, "Sở Nội vụ")
            if earlier:
                link(plan, earlier, "replaces")
        # what amends a plan goes with it; what amends a part does not replace the whole; what came before replaces nothing
        small.plan(insert, "sua-tinh-21", year=2021)
        link("sua-tinh-21", "tinh-21", "amends")
        for kind in ("amends", "replaces"):
            link("khac-22", "so-22", kind)
        link("so-22", "so-23", "replaces")
        link("so-23", "so-22", "next_year")
    (folder / POINTER).write_text("papi.duckdb\n", encoding="utf-8")
    return folder


@pytest.fixture
def con(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with small.shown(folder / "papi.duckdb"):
        yield connection_of(str(folder / "papi.duckdb")).cursor()


REPLACED = """
    select gone.plan_id, gone.year as own_year, min(later.year) as from_year
    from plan_links join plans as gone on gone.plan_id = earlier_id join plans as later on later.plan_id = plan_links.plan_id
    where kind = 'replaces' and gone.plan_id not in ('ring-a', 'ring-b', 'so-22', 'so-23')
    group by all
"""
"""Who was replaced, and from which year on, by the links alone; the exceptions are those that the fixture names."""


def ids(con: duckdb.DuckDBPyConnection, where: str) -> set[str]:
    return {plan_id for (plan_id,) in con.execute(f"select plan_id from plans where {where}").fetchall()}


def left(**asked: Any) -> set[str]:
    return {plan.plan_id for plan in choice.left(Choice(**asked))}


def test_who_was_replaced_is_what_the_links_say(con: duckdb.DuckDBPyConnection) -> None:
    said = {plan.plan_id: plan.replaced_year for plan in data.plans() if not plan.stands()}
    expected = {plan_id: year for plan_id, _, year in con.execute(REPLACED).fetchall()}
    assert said == expected | {"sua-tinh-21": 2021} and len(expected) == 3
    # once more where it is told of one plan
    told = {one.plan_id for one in data.standings(tuple(said)) if one.standing == "replaced"}
    assert told == set(said) and data.plan("xa-21").replaced_by == "xa-23"


@pytest.mark.parametrize("until", [None, 2020, 2021, 2022, 2023, 2024])
def test_the_filters_leave_what_stood_at_the_end_of_the_years_asked_for(
    con: duckdb.DuckDBPyConnection, until: int | None
) -> None:
    last = until or 9999
    gone = f"plan_id in (select plan_id from ({REPLACED}) where from_year <= {last})"
    gone += f" or plan_id = 'sua-tinh-21' and {last} >= 2021"
    assert left(until=until) == ids(con, f"year <= {last} and not ({gone})")
    assert left(until=until, replaced=True) == ids(con, f"year <= {last}")
    assert {plan.plan_id for plan in choice.replaced(Choice(until=until))} == ids(con, f"year <= {last} and ({gone})")
    picked = choice.left(Choice(until=until), picked=("tinh-21", "xa-21"))
    assert {plan.plan_id for plan in picked} == ids(con, f"year <= {last} and plan_id in ('tinh-21', 'xa-21')")


def test_each_value_of_a_filter_says_how_many_it_leaves(con: duckdb.DuckDBPyConnection) -> None:
    for level, n in choice.counts(Choice(), "level").items():
        assert n == len(left(level=(level,)))
    for year, n in choice.counts(Choice(), "year").items():
        assert n == len(left(since=int(year), until=int(year)))


def test_shares_over_all_years_count_who_stands_and_by_year_who_stood_then(con: duckdb.DuckDBPyConnection) -> None:
    asked = Asked.of(Basis.HEADING, choice.left(Choice()), None, choice.replaced(Choice()))
    stands = f"plan_id not in (select plan_id from ({REPLACED}))"
    stood = f"plan_id not in (select plan_id from ({REPLACED}) where from_year <= own_year)"
    amending = "plan_id not in (select plan_id from plan_links where kind = 'amends')"
    assert set(asked.plan_ids) == ids(con, f"{stands} and {amending}")
    (cell,) = [one for one in country.group_cells(Basis.HEADING, asked.plan_ids, Grouping.ALL) if one.sub == "1.1"]
    counted = f"select count(*), count(*) filter (exists (from units where units.plan_id = plans.plan_id and sub = '1.1')) from plans where {stands} and {amending}"
    assert [(cell.plans, cell.own)] == con.execute(counted).fetchall()
    (led,) = leaders(Basis.HEADING, asked.plan_ids, "1.1")
    assert led.plans == led.of_plans == cell.own

    by_year = asked.by(Grouping.YEAR)
    expected = con.execute(f"select year::text, count(*) from plans where {stood} and {amending} group by 1").fetchall()
    assert {group.name: group.plans for group in groups(by_year, Grouping.YEAR)} == dict(expected)
    for year, n in expected:
        alone = Choice(since=int(year), until=int(year))
        assert n == len(Asked.of(Basis.HEADING, choice.left(alone), None).plan_ids)
    assert "2 kế hoạch bị thay thế từ một năm sau vẫn được đếm" in asides(by_year, Grouping.YEAR)
    # a plan followed on another in the year in which it stood
    pairs = f"select count(distinct plan_id) from plan_links join plans using (plan_id) where kind <> 'amends' and {stood} and {amending}"
    assert [(followed.View(by_year, None).n,)] == con.execute(pairs).fetchall()
    assert "2 kế hoạch bị thay thế từ một năm sau" in followed.answer(followed.View(by_year, None))
    # what others have is what plans that stand have
    others = data.elsewhere_unit_ids(Basis.HEADING, "so-23", Topic.of("1.1"))
    assert {one.rpartition(":")[0] for one in others} == {"so-22", "ring-a", "ring-b", "khac-22"}
    assert len(data.alike_tasks(Basis.HEADING, "so-23", Topic.of("1.1"), 9)) == 4
    assert asked.by(Grouping.LEVEL) == asked and "thay thế" not in asides(asked)
    assert share.NAME and years._plans(by_year) == {int(year): n for year, n in expected}


@pytest.fixture
def at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPI_BUILD", str(folder))


def said(at: Any) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


WITHOUT = "Không đếm <b>4</b> kế hoạch đã bị văn bản khác thay thế"


@pytest.mark.parametrize("page", ["app.py", "pages/1_bao-phu.py", "pages/2_ai-lam.py", "pages/12_ca-nuoc.py"])
def test_a_page_says_how_many_it_leaves_out_and_counts_them_where_asked(at_home: None, page: str) -> None:
    at = opened(page, {})
    assert not at.exception and WITHOUT in said(at)
    at.button(key="filters.replaced").click().run()
    assert not at.exception and dict(at.query_params) == {"thay": "1"} and WITHOUT not in said(at)
    at.button(key="chip.filter.0").click().run()
    assert dict(at.query_params) == {} and WITHOUT in said(at)


def test_they_are_counted_by_a_switch_among_the_filters_too(at_home: None) -> None:
    at = house.app()
    at.session_state["open.filters"] = True
    at.run()
    level = next(one for one in at.get("button_group") if one.key == "w.cap")
    assert [option.content for option in level.proto.options] == ["Cấp tỉnh \\(6\\)", "Cấp xã \\(1\\)"]
    at.toggle(key="w.thay").set_value(True).run()
    assert not at.exception and dict(at.query_params) == {"thay": "1"}
    level = next(one for one in at.get("button_group") if one.key == "w.cap")
    assert [option.content for option in level.proto.options] == ["Cấp tỉnh \\(8\\)", "Cấp xã \\(3\\)"]


def test_tasks_of_the_first_page_are_those_of_plans_that_stand(at_home: None) -> None:
    assert "<b>7 nhiệm vụ</b>" in said(opened("app.py", {}))
    assert "<b>10 nhiệm vụ</b>" in said(opened("app.py", {"thay": "1"}))
    picked = said(opened("app.py", {"kh": "tinh-21,tinh-21-moi"}))
    assert "<b>2 nhiệm vụ</b>" in picked and "bị văn bản khác thay thế" not in picked


def test_a_plan_that_was_replaced_is_still_read_and_set_beside_others(at_home: None) -> None:
    at = opened("pages/8_doc-ke-hoach.py", {"ke": "tinh-21"})
    assert not at.exception and "tinh-21, 01/02/2021." in said(at) and "bị văn bản khác thay thế" not in said(at)
    offered = at.selectbox(key="w.ke").options
    assert len(offered) == len(PLANS) + 1
    for query, n in (({}, 7), ({"thay": "1"}, 10), ({"kh": "tinh-21"}, 1)):
        found = opened("pages/7_tim-viec.py", {"q": "công khai", **query})
        assert not found.exception and f"<b>{n}</b> đoạn" in said(found), said(found)[:600]
