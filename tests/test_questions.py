"""Ten questions of a national researcher: each is a link of at most four choices, and what stands on its page is the same
count written apart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import parse_qs

import duckdb
import pytest
import small
from house import ROOT, notes, opened

from ui import data
from ui.data import country, figures
from ui.data.build import connection_of
from ui.data.country import Grouping
from ui.data.figures import Fate, Figure
from ui.data.topic import Basis
from ui.topics.country import beside
from ui.topics.country.view import Asked

COUNTRY, WHO = "pages/12_ca-nuoc.py", "pages/2_ai-lam.py"
MINE = "00290-bac-kan-2021"
"""The plan of the researcher who asks for those nearest to it."""
PLANS = "plan_id not in (select plan_id from plan_links where kind = 'amends')"
"""An amendment is no plan of its own."""
Con = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def con(linked_build: Path) -> Iterator[Con]:
    with small.shown(linked_build):
        yield connection_of(str(linked_build)).cursor()


@pytest.fixture
def plan_ids(con: Con, linked_build: Path) -> Iterator[tuple[str, ...]]:
    with small.shown(linked_build):
        yield tuple(plan.plan_id for plan in data.plans())


def rows(con: Con, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return con.execute(query, values).fetchall()


def of(part: int, whole: int) -> str:
    return f"{part} trong {whole}"


# What must stand on the page of each question.


def most_missed(con: Con) -> list[str]:
    sub, gaps, plans = rows(
        con,
        f"""
        select sub, count(*) filter (where state = 'none') as gaps, count(*) as read
        from plan_subdimension join plans using (plan_id)
        where basis = 'heading' and measured and level = 'commune' and year = 2022 and {PLANS} group by sub order by gaps / read desc, sub
        """,
    )[0]
    return [f"{sub} ", f"({of(gaps, plans)})"]


LINKED = """
    from plan_links as link join plans on plans.plan_id = link.plan_id
    join plan_subdimension as later on later.plan_id = link.plan_id
    join plan_subdimension as earlier on earlier.plan_id = link.earlier_id and earlier.sub = later.sub and earlier.basis = later.basis
    where link.kind = 'next_year' and later.basis = 'heading' and later.measured and earlier.measured
"""


def dropping_provinces(con: Con) -> list[str]:
    found = rows(
        con,
        f"""
        select distinct plans.plan_id, province {LINKED} and level = 'province' and later.sub = '2.3'
            and earlier.state = 'own' and later.state not in ('own', 'weak')
        """,
    )
    return [f"Cấp tỉnh: {len(found)} kế hoạch: ", *(province for _, province in found)]


def dated_by_level(con: Con) -> list[str]:
    found = rows(
        con,
        f"""
        select level, list(dated) from (
            select level, plan_id, count(unit_id) filter (where kind = 'action' and timing = 'dated') as dated
            from plans left join units using (plan_id) where {PLANS} group by level, plan_id) group by level
        """,
    )
    words = {"province": "Cấp tỉnh", "department": "Cấp sở", "commune": "Cấp xã"}
    return [f"{words[level]} {median(counts):g} (" for level, counts in found] + [
        f"{len(counts)} kế hoạch" for _, counts in found
    ]


def nearest(con: Con) -> list[str]:
    held: dict[str, set[str]] = {}
    for plan_id, sub in rows(
        con, f"select plan_id, sub from plan_subdimension where basis = 'heading' and state = 'own' and {PLANS}"
    ):
        held.setdefault(plan_id, set()).add(sub)
    mine = held.pop(MINE)
    likeness = {plan_id: len(subs & mine) / len(subs | mine) for plan_id, subs in held.items()}
    most = max(likeness.values())
    near = min(plan_id for plan_id, value in likeness.items() if value == most)
    return [data.plan(near).short_vi, f"Jaccard {most:.2f}".replace(".", ",")]


def leading(con: Con) -> list[str]:
    (whole,) = rows(
        con,
        f"select count(*) from plan_subdimension where basis = 'heading' and sub = '5.3' and state = 'own' and {PLANS}",
    )[0]
    found = rows(
        con,
        f"""
        select agency, count(distinct plan_id) as plans from unit_placed join unit_agencies using (unit_id)
        where unit_placed.basis = 'heading' and kind = 'action' and not weak and sub = '5.3' and role = 'lead' and {PLANS}
        group by agency order by plans desc limit 2
        """,
    )
    return [
        f"{whole} kế hoạch có nhiệm vụ riêng",
        *(f"{agency} {n / whole:.0%} ({of(n, whole)})" for agency, n in found),
    ]


def places(values: list[float]) -> list[float]:
    """How far up each stands among all, from 0 to 1; those that are even share the middle of their places."""
    return [
        (sum(other < value for other in values) + (values.count(value) - 1) / 2) / (len(values) - 1) for value in values
    ]


def parting(con: Con) -> list[str]:
    scores: dict[int, dict[str, float]] = {}
    for province, year, score in rows(
        con, "select province, year, score from scores where dim = 0 and score is not null"
    ):
        scores.setdefault(year, {})[province] = score
    found = [
        (plan_id, own / cells, sum(other > scores[year][province] for other in scores[year].values()) + 1, year)
        for plan_id, province, year, own, cells in rows(
            con,
            f"""
            select plan_id, any_value(province), any_value(year), count(*) filter (where state = 'own'), count(*)
            from plan_subdimension join plans using (plan_id) where basis = 'heading' and measured and level = 'province' and {PLANS}
            group by plan_id order by plan_id
            """,
        )
        if province in scores.get(year, {})
    ]
    heights = [1 - (rank - 1) / (len(scores[year]) - 1) for _, _, rank, year in found]
    apart = [abs(a - b) for a, b in zip(places([share for _, share, _, _ in found]), places(heights))]
    plan_id, _, rank, year = found[apart.index(max(apart))]
    return [
        f"{len(found)} kế hoạch cấp tỉnh",
        data.plan(plan_id).short_vi,
        f"thứ {of(rank, len(scores[year]))} tỉnh năm {year}",
        "không số nào là nguyên nhân của số kia",
    ]


def kept_in_a_province(con: Con) -> list[str]:
    ((n,),) = rows(con, f"select count(distinct plans.plan_id) {LINKED} and province = 'Quảng Ngãi'")
    kept = rows(
        con,
        f"""
        select later.sub, count(*), count(*) filter (where later.state = 'own' and earlier.state = 'own')
        {LINKED} and province = 'Quảng Ngãi' group by 1 order by 1
        """,
    )
    return [f"{n} kế hoạch đi sau", *(of(both, plans) for _, plans, both in kept)]


def of_gia_lai(con: Con) -> list[str]:
    found = rows(con, "select short_vi from plans where province_now = 'Gia Lai'")
    return [f"{of(len(found), 300)} kế hoạch", *(name for (name,) in found)]


def named_by_region(con: Con) -> list[str]:
    found = rows(
        con,
        f"""
        select count(*) filter (where state = 'named'), count(*) from plan_subdimension join plans using (plan_id)
        where basis = 'heading' and measured and sub = '2.1' and {PLANS} group by region
        """,
    )
    return [of(*pair) for pair in found]


def reformed(con: Con) -> list[str]:
    merged = rows(con, "select distinct province, province_now from plans where province <> province_now")
    assert len(merged) > 20
    return ["UBND cấp huyện kết thúc hoạt động từ 01/07/2025", *(f"{then} nay thuộc {now}" for then, now in merged)]


def words(at: Any) -> str:
    """All that the page says, in one line."""
    said = " ".join(element.proto.body for element in at.get("html"))
    return " ".join(html.unescape(re.sub(r"</?b>", "", said).replace("<", " <")).split())


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


QUESTIONS = [
    (COUNTRY, {"cap": "commune", "tu": "2022", "den": "2022"}, "Bị bỏ trống nhiều nhất", most_missed),
    (COUNTRY, {"bieu": "noi-tiep", "o": "dropped~2.3"}, "Thôi:", dropping_provinces),
    (COUNTRY, {"bieu": "so-do", "theo": "cap", "so": "ngay"}, "Trung vị", dated_by_level),
    (COUNTRY, {"own": MINE, "bieu": "bang", "xep": "gan"}, "Gần kế hoạch của tôi nhất là", nearest),
    (COUNTRY, {"bieu": "chu-tri", "ve-gi": "5.3"}, "", leading),
    (COUNTRY, {"bieu": "ben-diem"}, "", parting),
    (COUNTRY, {"bieu": "noi-tiep", "tinh": "Quảng Ngãi"}, "", kept_in_a_province),
    ("app.py", {"tinhnay": "Gia Lai"}, "", of_gia_lai),
    (COUNTRY, {"theo": "vung", "ve": "chung"}, "2.1 Tiếp cận thông tin", named_by_region),
    (WHO, {"ten": "hien-nay"}, "", reformed),
]
"""The page and the choices of each question, the words after which its answer stands, and what must stand there."""


@pytest.mark.parametrize(
    ("page", "address", "after", "expected"), QUESTIONS, ids=lambda value: value.__name__ if callable(value) else ""
)
def test_a_question_is_a_link_of_at_most_four_choices(
    con: Con,
    linked_build: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    address: dict[str, str],
    after: str,
    expected: Callable[[Con], list[str]],
) -> None:
    with small.shown(linked_build):
        wanted = expected(con)
    monkeypatch.setenv("PAPI_BUILD", str(linked_build.parent))
    at = opened(page, address)
    said = plain(words(at))
    assert after in said
    missing = [one for one in wanted if one not in said[said.index(after) :]]
    assert len(address) <= 4 and notes(at) == [] and len(wanted) > 1 and missing == []
    assert {name: at.query_params[name] for name in address} == address


def test_the_links_that_readers_are_shown_are_these() -> None:
    shown = re.findall(r"\| `(/[^`]*)` \|", (ROOT / "docs" / "how.md").read_text(encoding="utf-8"))
    assert [(link.split("?")[0], list(parse_qs(link.split("?")[1]))) for link in shown] == [
        ("/" if page == "app.py" else "/" + Path(page).stem.partition("_")[2], list(address))
        for page, address, _, _ in QUESTIONS
    ]


# The counts behind them.


def test_a_spread_is_that_of_the_plans(con: Con, plan_ids: tuple[str, ...]) -> None:
    counted: dict[str, list[int]] = {}
    for level, led in rows(
        con,
        f"""
        select level, count(distinct unit_agencies.unit_id) from plans
        left join units on units.plan_id = plans.plan_id and kind = 'action'
        left join unit_agencies on unit_agencies.unit_id = units.unit_id and role = 'lead' where plans.{PLANS} group by level, plans.plan_id
        """,
    ):
        counted.setdefault(level, []).append(led)
    found = {
        one.name: (one.low, one.median, one.high, one.plans, one.most)
        for one in figures.spreads(Basis.HEADING, plan_ids, Grouping.LEVEL)
        if one.figure == Figure.LED
    }
    assert len(found) == 3 and found == {
        level: (*quantiles(values, n=4, method="inclusive"), len(values), max(values))
        for level, values in counted.items()
    }
    listed = figures.amounts(Basis.HEADING, plan_ids, Grouping.LEVEL, "commune", Figure.LED)
    assert [one.amount for one in listed] == sorted(counted["commune"], reverse=True)


def test_what_followed_is_told_of_pairs_in_no_doubt_and_of_no_amendment(con: Con, plan_ids: tuple[str, ...]) -> None:
    assert rows(con, "select count(*) from plan_links where kind = 'amends'") == [(20,)]
    states: dict[str, list[tuple[str, str]]] = {}
    for sub, now, was in rows(con, f"select later.sub, later.state, earlier.state {LINKED}"):
        states.setdefault(sub, []).append((now, was))
    counts = {one.sub: one for one in figures.fate_counts(Basis.HEADING, plan_ids)}
    assert set(counts) == set(states) and any("weak" in pair for pairs in states.values() for pair in pairs)
    for sub, pairs in states.items():
        assert counts[sub].plans == len(pairs)
        assert counts[sub].kept == pairs.count(("own", "own"))
        assert counts[sub].dropped == sum(was == "own" and now not in ("own", "weak") for now, was in pairs)
        assert counts[sub].taken == sum(now == "own" and was not in ("own", "weak") for now, was in pairs)
        assert counts[sub].emptied == pairs.count(("none", "own"))
        assert len(figures.followed_cells(Basis.HEADING, plan_ids, Fate.DROPPED, sub)) == counts[sub].dropped


def test_the_plans_behind_a_lead_are_those_it_counts(plan_ids: tuple[str, ...]) -> None:
    some = plan_ids[:200]
    for leader in figures.leaders(Basis.CONTENT, some, "6")[:5]:
        found = figures.led_amounts(Basis.CONTENT, some, "6", leader.agency)
        assert (leader.plans, leader.tasks) == (len(found), sum(one.amount for one in found)) and leader.plans > 1
        assert leader.plans <= leader.of_plans <= 200


def test_no_order_is_told_of_one_plan_or_of_few(plan_ids: tuple[str, ...]) -> None:
    (alone,) = figures.beside(Basis.HEADING, ("00050-bac-kan-2021",), 0)
    assert (alone.share_place, alone.apart) == (None, None)
    some = tuple(one.plan_id for one in figures.beside(Basis.HEADING, plan_ids, 0))
    for n in (1, country.LEAST - 1, country.LEAST):
        view = beside.View(Asked(Basis.HEADING, some[:n], None), None)
        assert bool(view.apart) == (n == country.LEAST) and len(beside.rows(view)[1]) == n
        assert ("chưa đủ để nói về thứ bậc" in beside.answer(view)) == (n < country.LEAST) and beside.wide(view).data


def test_of_many_plans_those_that_lie_near_to_each_other_are_one_point(
    plan_ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = beside.View(Asked(Basis.HEADING, plan_ids, None), None)
    alone = beside._marks(view)
    assert len(alone) == len(view.points) > 50 and all(len(mark.points) == 1 for mark in alone)
    monkeypatch.setattr(beside, "_MOST", 50)
    some = beside.View(Asked(Basis.HEADING, plan_ids[::-1], None), None)
    marks = beside._marks(some)
    assert sorted(one.plan_id for mark in marks for one in mark.points) == sorted(one.plan_id for one in view.points)
    assert len(marks) < len(view.points) and {mark.key for mark in marks} >= {one.plan_id for one in some.apart}
    for mark in marks:
        shares = [one.own / one.cells for one in mark.points]
        assert min(shares) - 1e-9 <= mark.x <= max(shares) + 1e-9 and max(shares) - min(shares) <= 1 / beside._ACROSS
    wide, narrow = beside.wide(some), beside.narrow(some)
    assert set(small.hits(wide)) == set(small.hits(narrow)) == {mark.key for mark in marks}
