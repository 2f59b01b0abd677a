"""The page of the whole country: each number is the same count written apart; shares have intervals, and too few plans none;
no line crosses a year without plans; a province without a plan is no zero.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest
import small
from house import notes, opened

import tables
from etl.reference import DATA
from ui import data
from ui.data import choice, country
from ui.data.build import connection_of
from ui.data.choice import Choice
from ui.data.country import Grouping, Order, Share, State
from ui.data.figures import Figure
from ui.data.topic import Basis, Topic
from ui.draw.sheet import NARROW
from ui.page.paging import Page
from ui.topics.country import PICTURES, beside, choices, figures, followed, leads, matrix, peers, share, tiles, years
from ui.topics.country.view import Asked, asides, groups, hover, long, short

PAGE = "pages/12_ca-nuoc.py"
COLUMNS = {
    Grouping.LEVEL: "level",
    Grouping.YEAR: "year::text",
    Grouping.REGION: "region",
    Grouping.PROVINCE: "province",
    Grouping.PROVINCE_NOW: "province_now",
    Grouping.DOC_TYPE: "doc_type",
}
"""The column of `plans` behind each way of grouping."""
PLANS = "plan_id not in (select plan_id from plan_links where kind = 'amends')"
"""An amendment is no plan of its own."""


# Shares.


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (9, 10, 0.5958, 0.9821),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
        (5, 5, 0.5655, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_of_a_share_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("part", "whole", "in_a_cell", "in_a_sentence", "with_interval"),
    [
        (0, 0, "–", "–", "PAPI không đo trong năm của các kế hoạch này"),
        (2, 3, "2/3", "2 trong 3", "2 trong 3"),
        (4, 4, "4/4", "4 trong 4", "4 trong 4"),
        (4, 5, "80%", "80% (4 trong 5)", "80% (4 trong 5), khoảng 95%: 38–96%"),
    ],
)
def test_of_fewer_than_five_plans_no_share_is_told(
    part: int, whole: int, in_a_cell: str, in_a_sentence: str, with_interval: str
) -> None:
    one = Share(part, whole)
    assert (short(one), long(one), hover(one)) == (in_a_cell, in_a_sentence, with_interval)


# Three hundred plans.


@pytest.fixture(scope="module")
def con(linked_build: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with small.shown(linked_build):
        yield connection_of(str(linked_build)).cursor()


@pytest.fixture
def asked(con: duckdb.DuckDBPyConnection, linked_build: Path) -> Iterator[Asked]:
    """All plans, and the first of them as the reader's own."""
    with small.shown(linked_build):
        own = next(plan.plan_id for plan in data.plans() if not plan.amends)
        yield Asked.of(Basis.HEADING, data.plans(), own)


def some(asked: Asked, con: duckdb.DuckDBPyConnection, where: str) -> Asked:
    """The same of the plans for which something holds."""
    ids = con.execute(f"select plan_id from plans where {where} order by plan_id").fetchall()
    return Asked.of(asked.basis, [data.plan(plan_id) for (plan_id,) in ids], None)


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("grouping", list(COLUMNS))
def test_each_share_is_what_the_cells_of_the_plans_say(
    asked: Asked, con: duckdb.DuckDBPyConnection, basis: Basis, grouping: Grouping
) -> None:
    counted = con.execute(
        f"""
        select {COLUMNS[grouping]}, sub, sum(measured::int), sum((measured and state = 'own')::int),
            sum((measured and state = 'named')::int), sum((state = 'none')::int)
        from plans join plan_subdimension using (plan_id) where basis = ? and {PLANS} group by 1, 2
        """,
        [basis],
    ).fetchall()
    cells = [cell for cell in country.group_cells(basis, asked.plan_ids, grouping) if cell.sub]
    assert len(counted) > 28 and {(c.name, c.sub, c.plans, c.own, c.named, c.gaps) for c in cells} == set(counted)


@pytest.mark.parametrize(("state", "label", "least"), [(State.OWN, "own", 26), (State.GAPS, "none", 27)])
def test_shares_of_the_shipped_plans_are_those_of_their_labels(
    shown_database: Path, state: State, label: str, least: int
) -> None:
    with (DATA / "gold-cells" / "cells.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    # from 2021 on PAPI does not measure 5.2, and a plan's name ends in its year
    rows = [row for row in rows if row["sub"] != "5.2" or int(row["plan"][-4:]) < 2021]
    plans = tuple({row["plan"] for row in rows})
    with small.shown(shown_database):
        cells = country.group_cells(Basis.HEADING, plans, Grouping.ALL)
    said = {cell.sub: cell.share(state) for cell in cells if cell.sub}
    n = Counter(row["sub"] for row in rows)
    held = Counter(row["sub"] for row in rows if row["state"] == label)
    assert {sub: one.whole for sub, one in said.items()} == n and len(n) == 29 and held.total() > 8
    assert sum(one.part == held[sub] for sub, one in said.items()) >= least


def test_a_plan_of_two_regions_is_in_the_groups_that_its_filter_leaves_it_in(tmp_path: Path) -> None:
    with small.database(tmp_path / "papi.duckdb") as insert:
        small.build(insert)
        small.dimensions(insert)
        names = dict.fromkeys(("name_vi", "name_en", "short_vi", "short_en"), "Chỉ số")
        insert("subdimensions", {"sub": "1.1", "dim": 1, "measured_from": 2011} | names)
        for name in ("A", "B"):
            insert("regions", {"region": name, "region_en": f"{name} in English", "basis": "Luật"})
        for at, region in enumerate(("A", "A; B", "B", "B", None)):
            small.plan(insert, f"p{at}", region=region)
    with small.shown(tmp_path / "papi.duckdb"):
        asked = Asked.of(Basis.HEADING, data.plans(), None)
        by_region = {group.name: group.plans for group in groups(asked, Grouping.REGION)}
        assert by_region == {"A": 2, "B": 3, None: 1} == {**choice.counts(Choice(), "region"), None: 1}
        for name in ("A", "B"):
            left = tuple(plan.plan_id for plan in choice.left(Choice(region=(name,))))
            found = country.cell_plans(Basis.HEADING, asked.plan_ids, Grouping.REGION, name, Topic(1), 0, 9)
            assert {one.plan_id for one in found} == set(left)
        assert asides(asked, Grouping.REGION).startswith("1 kế hoạch của tỉnh gồm phần của hai vùng")
        assert asides(asked, Grouping.LEVEL) == ""


def test_filtered_plans_alone_are_counted(asked: Asked, con: duckdb.DuckDBPyConnection) -> None:
    communes = some(asked, con, "level = 'commune' and year between 2015 and 2017")
    (n,) = con.execute(
        "select count(*) from plan_subdimension join plans using (plan_id) where basis = 'heading' and sub = '2.3' and state = 'own' and level = 'commune' and year between 2015 and 2017 and "
        + PLANS
    ).fetchall()[0]
    (cell,) = [c for c in country.group_cells(Basis.HEADING, communes.plan_ids, Grouping.ALL) if c.sub == "2.3"]
    assert n and cell.own == n and cell.plans == len(communes.plan_ids)


def test_the_plans_behind_a_mark_are_those_that_it_counts(asked: Asked) -> None:
    where = Basis.HEADING, asked.plan_ids, Grouping.LEVEL, "commune", Topic.of("5.2")
    states = country.cell_states(*where)
    (cell,) = [c for c in country.group_cells(*where[:3]) if (c.name, c.sub) == ("commune", "5.2")]
    found = country.cell_plans(*where, 0, 1000)
    assert len(found) == sum(states.values()) == sum(data.plan(one.plan_id).level == "commune" for one in found)
    assert states["none"] == cell.gaps == sum(one.state == "none" for one in found)
    assert country.cell_plans(*where, 10, 5) == found[10:15]


def own_subs(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    rows = con.execute(
        f"select plan_id, sub, state from plan_subdimension where basis = 'heading' and {PLANS}"
    ).fetchall()
    found: dict[str, set[str]] = {plan_id: set() for plan_id, _, _ in rows}
    for plan_id, sub, state in rows:
        if state == "own":
            found[plan_id].add(sub)
    return found


def test_plans_stand_by_how_near_they_are_to_mine(asked: Asked, con: duckdb.DuckDBPyConnection) -> None:
    held, mine = own_subs(con), asked.own or ""
    near = {plan_id: len(subs & held[mine]) / len(subs | held[mine]) for plan_id, subs in held.items()}
    found = country.ordered_plans(Basis.HEADING, asked.plan_ids, Order.NEAR, mine, 0, 300)
    assert found[0].plan_id == mine and len(found) == 280
    assert [near[row.plan_id] for row in found] == sorted(near.values(), reverse=True)
    nearest = country.nearest_plan(Basis.HEADING, asked.plan_ids, mine)
    assert nearest and nearest.plan_id == found[1].plan_id and nearest.likeness == pytest.approx(near[nearest.plan_id])


def test_plans_stand_by_their_gaps_and_pages_part_the_list(asked: Asked, con: duckdb.DuckDBPyConnection) -> None:
    gaps = dict(
        con.execute(
            f"select plan_id, count(*) filter (where state = 'none') from plan_subdimension where basis = 'heading' and {PLANS} group by 1"
        ).fetchall()
    )
    whole = country.ordered_plans(Basis.HEADING, asked.plan_ids, Order.GAPS, None, 0, 300)
    assert [row.gaps for row in whole] == sorted(gaps.values(), reverse=True)
    assert {row.plan_id: row.gaps for row in whole} == gaps
    assert country.ordered_plans(Basis.HEADING, asked.plan_ids, Order.GAPS, None, 40, 40) == whole[40:80]


def test_a_strip_has_every_peer_once_and_their_median(asked: Asked, con: duckdb.DuckDBPyConnection) -> None:
    mine, *others = asked.plan_ids
    tasks = dict(con.execute("select plan_id, count(*) from units where kind = 'action' group by 1").fetchall())
    led = dict(
        con.execute(
            "select plan_id, count(distinct unit_id) from units join unit_agencies using (unit_id) where kind = 'action' and role = 'lead' group by 1"
        ).fetchall()
    )
    strips = {one.figure: one for one in country.strips(Basis.HEADING, tuple(others), mine, 90)}
    assert strips["tasks"].mine == tasks[mine] and strips["tasks"].median == median(tasks.get(one, 0) for one in others)
    assert strips["lead"].median == pytest.approx(
        median(led.get(one, 0) / tasks[one] for one in others if one in tasks)
    )
    assert len(strips["tasks"].places) == 279 and len(strips["lead"].places) == sum(one in tasks for one in others)
    assert all(0 <= place < 90 for one in strips.values() for place in one.places)


@pytest.mark.parametrize("today", [True, False])
def test_a_tile_adds_up_the_plans_of_its_province(asked: Asked, con: duckdb.DuckDBPyConnection, today: bool) -> None:
    counted = con.execute(
        f"""
        select {"province_now" if today else "province"}, count(distinct plan_id),
            sum((measured and state = 'own')::int) / sum(measured::int)
        from plans join plan_subdimension using (plan_id) where basis = 'heading' and dim = 5 and {PLANS} group by 1
        """
    ).fetchall()
    told = tiles._told(tiles.View(asked, today, tiles.Measure.COVERAGE, 5))
    assert len(told) == (34 if today else 63)
    assert {(name, one.plans, one.value) for name, one in told.items() if one.plans} == set(counted)


def test_a_province_without_a_plan_is_no_zero_and_a_merged_one_has_no_score(
    asked: Asked, con: duckdb.DuckDBPyConnection
) -> None:
    few = some(asked, con, "province = 'Cao Bằng'")
    view = tiles.View(few, True, tiles.Measure.GAPS, None)
    told = tiles._told(view)
    assert {name for name, one in told.items() if one.value is not None} == {"Cao Bằng"}
    assert told["Hà Nội"].words == "chưa có kế hoạch" and told["Hà Nội"].written == "–"
    assert "**1** trong 34".replace("*", "") in tiles.answer(view).striptags()
    scores = tiles._told(tiles.View(few, True, tiles.Measure.SCORES, None))
    alone = {
        name for (name,) in con.execute("select province_now from provinces group by 1 having count(*) = 1").fetchall()
    }
    assert len(alone) == 11 and {name for name, one in scores.items() if one.value is not None} == alone
    assert "sáp nhập" in scores["Lào Cai"].words and "23 tỉnh lập do sáp nhập" in tiles.answer(view_of(few)).striptags()


def view_of(asked: Asked) -> tiles.View:
    return tiles.View(asked, True, tiles.Measure.SCORES, None)


def test_a_merged_province_has_the_score_that_was_published_of_it(shown_database: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(shown_database, tmp_path))
    with duckdb.connect(str(file)) as con:
        con.execute(
            "insert into scores select province, 2025, 0, 40, false from provinces where province in ('Hà Nội', 'Huế', 'Thừa Thiên Huế')"
        )
        con.execute("insert into scores values ('Lào Cai', 2025, 0, 41.5, true), ('Yên Bái', 2025, 0, 44, false)")
    with small.shown(file):
        view = view_of(Asked(Basis.HEADING, ("bac-kan-2021",), None))
        told = {name: one.value for name, one in tiles._told(view).items() if one.value is not None}
        assert told["Lào Cai"] == 41.5 and told["Hà Nội"] == 40 and len(told) == 3
        assert "22 tỉnh lập do sáp nhập" in tiles.answer(view).striptags()


def lines_of(figure: Any, width: float) -> int:
    """How many lines of so many pixels a picture has."""
    return sum(
        len(trace.x) // 3
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "lines" and trace.line.width == width
    )


@pytest.mark.parametrize(
    ("only", "lines"),
    [
        ("year in (2018, 2019, 2020)", 16),
        ("year in (2018, 2020)", 0),
        ("year in (2018, 2019, 2021)", 8),
        ("year = 2019", 0),
    ],
)
def test_no_line_crosses_a_year_without_plans(
    asked: Asked, con: duckdb.DuckDBPyConnection, only: str, lines: int
) -> None:
    view = years.View(some(asked, con, only), State.OWN, None)
    assert years.nothing(view) == "" and lines_of(years.wide(view), 1.5) == lines


def test_a_year_of_few_plans_is_counted_and_not_drawn_as_a_share(asked: Asked, con: duckdb.DuckDBPyConnection) -> None:
    few = con.execute("select plan_id from plans where year = 2019 order by plan_id limit 3").fetchall()
    many = some(asked, con, "year = 2018").plan_ids
    view = years.View(Asked(Basis.HEADING, (*many, *(plan_id for (plan_id,) in few)), None), State.OWN, None)
    assert lines_of(years.wide(view), 1.5) == 0 and "3/3" in small.texts(years.wide(view))
    assert "2019 có ít hơn 5 kế hoạch" in years.answer(view).striptags()
    alone = years.View(Asked(Basis.HEADING, tuple(plan_id for (plan_id,) in few), None), State.OWN, None)
    assert years.nothing(alone) == "Chưa năm nào có đủ 5 kế hoạch đã đọc để nói tỷ lệ: 2019 có 3."


def drawn(asked: Asked) -> Iterator[tuple[Any, Any]]:
    """Every picture in its fullest form, with its module."""
    for grouping in (Grouping.ALL, Grouping.REGION, Grouping.PROVINCE):
        found = [group for group in groups(asked, grouping) if group.read_plans]
        page = Page("trang", 1, 0, min(6, len(found)), len(found))
        states = State if grouping is Grouping.ALL else (State.OWN,)
        shown = tuple(share.Column(group, one) for group in found[page.here] for one in states)
        yield share, share.View(asked, grouping, State.OWN, None, shown, page)
    for grouping, n in ((Grouping.PLAN, 280), (Grouping.PROVINCE, 63)):
        for subs in (True, False):
            yield matrix, matrix.View(asked, grouping, Order.GAPS, None, subs, Page("trang", 1, 0, 40, n))
    yield peers, peers.View(asked, data.plan(asked.plan_ids[0]), asked.plan_ids[1:], False)
    for dim in (None, 2):
        yield years, years.View(asked, State.OWN, dim)
    for measure in tiles.Measure:
        yield tiles, tiles.View(asked, False, measure, None)
    yield figures, figures.View(asked, Grouping.PROVINCE, Figure.LED, Page("trang", 1, 0, 34, 63))
    for dim in (None, 2):
        yield followed, followed.View(asked, dim)
        yield beside, beside.View(asked, dim)
    yield leads, leads.View(asked, "6", Page("trang", 1, 0, 30, 34))


def test_no_picture_is_taller_than_three_screens_and_all_letters_can_be_read(asked: Asked) -> None:
    seen = set()
    for module, view in drawn(asked):
        wide, narrow = module.wide(view), module.narrow(view)
        assert wide.size[1] <= 3 * 900 and narrow.size[0] == NARROW and narrow.size[1] <= 3 * 740, module.NAME
        assert min(small.smallest(wide), small.smallest(narrow)) >= 12
        assert set(small.hits(wide)) == set(small.hits(narrow)) if module is not peers else True
        seen.add(module.NAME)
    assert seen == {module.NAME for module in PICTURES.values()}


def test_every_picture_is_a_table_and_a_file_of_all_it_counts(asked: Asked) -> None:
    for module, view in drawn(asked):
        for columns, rows in (module.table(view), module.rows(view)):
            assert rows and all(set(columns) <= set(row) for row in rows), module.NAME
    rows = matrix.rows(matrix.View(asked, Grouping.PLAN, Order.GAPS, None, True, Page("trang", 2, 40, 80, 280)))[1]
    assert len(rows) == 280


def test_the_part_of_many_that_is_shown_is_said(asked: Asked) -> None:
    assert choices.part(Page("trang", 2, 40, 80, 300)) == "Hình có 41–80 trong 300."
    assert choices.part(Page("trang", 1, 0, 12, 12)) == ""


# The map.


@pytest.mark.parametrize(
    ("name", "column", "n"), [("tiles-now.csv", "province_since_2025_07_01", 34), ("tiles-then.csv", "province", 63)]
)
def test_every_province_has_a_tile_of_its_own(name: str, column: str, n: int, tmp_path: Path) -> None:
    reference = tables.DATA / "reference"
    rows = tables.rows(reference / name)
    assert len(rows) == n == len({(row["down"], row["across"]) for row in rows})
    assert {row["province"] for row in rows} == {row[column] for row in tables.rows(reference / "provinces-2025.csv")}
    # two in one place are refused by name
    twins = [dict(row) for row in rows]
    twins[1] |= {"down": twins[0]["down"], "across": twins[0]["across"]}
    with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tables.columns(name), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(twins)
    with pytest.raises(tables.BadReference):
        tables.rows(tmp_path / name)


# The page.


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "Đếm trên 5 kế hoạch đã đọc"),
        ({"theo": "cap"}, "Chưa nhóm nào có đủ 5 kế hoạch để nói tỷ lệ"),
        ({"bieu": "bang", "cot": "chi-so", "own": "nam-khanh-2020", "xep": "gan"}, "Gần kế hoạch của tôi nhất là"),
        ({"bieu": "bang", "kh": "bac-kan-2021,hung-yen-2020"}, "2 kế hoạch đã đọc, mỗi kế hoạch một hàng."),
        ({"bieu": "vi-tri"}, "Chỉ có 4 kế hoạch khác đã đọc; hình này cần ít nhất 5."),
        ({"bieu": "theo-nam"}, "Chưa năm nào có đủ 5 kế hoạch đã đọc để nói tỷ lệ: 2020 có 2, 2021 có 1 và 2022 có 2."),
        ({"bieu": "so-do", "theo": "cap"}, "3 nhóm có dưới 5 kế hoạch, chưa nói được trung vị."),
        ({"bieu": "noi-tiep"}, "chưa có kế hoạch nào đi sau một kế hoạch khác của cùng cơ quan"),
        (
            {"bieu": "chu-tri", "kh": "nam-khanh-2020", "ve-gi": "8.3"},
            "Không kế hoạch nào trong số đang xem có nhiệm vụ",
        ),
        ({"bieu": "ben-diem"}, "Dưới 5 kế hoạch, chưa đủ để nói về thứ bậc."),
        ({"bieu": "ben-diem", "kh": "nam-khanh-2020"}, "Không kế hoạch cấp tỉnh nào trong số đang xem có điểm PAPI"),
        ({"bieu": "ban-do", "o": "Hà Nội"}, "5 trong 34 tỉnh, thành phố có kế hoạch"),
        ({"bieu": "ban-do", "luoi": "63", "do": "diem", "lang": "en"}, "Scores of 2024 are held for 61 provinces"),
        ({"kh": "bac-kan-2021", "o": "all~3.3"}, "Đếm trên 1 kế hoạch đã đọc"),
    ],
)
def test_five_plans_two_and_one_are_told_in_words(query: dict[str, str], said: str) -> None:
    at = opened(PAGE, query)
    assert said in "".join(element.proto.body for element in at.get("html")).replace("<b>", "").replace("</b>", "")
    assert notes(at) == []


@pytest.mark.usefixtures("home")
def test_where_there_is_one_group_a_topic_is_all_that_is_chosen() -> None:
    at = opened(PAGE, {})
    at.selectbox(key="w.o.2").select("2.3").run()
    assert at.query_params["o"] in ("all~2.3", ["all~2.3"])


@pytest.mark.usefixtures("home")
def test_a_wrong_address_is_told_and_the_page_goes_on() -> None:
    at = opened(PAGE, {"bieu": "banh", "theo": "x", "o": "tỉnh~9.9", "trang": "7"})
    assert len(notes(at)) == 3 and json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
