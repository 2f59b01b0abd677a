"""Three hundred plans: every number of a page is the same count in SQL written apart, over all plans that the filters leave;
only what sets plan beside plan shows twelve of them, says so, and can be turned. With MANY_PLANS=10000 the same of so many.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import house
import pytest
import small
from house import notes, opened
from streamlit.testing.v1 import AppTest

from benchmarks import many
from etl.model import Quality, Reading
from ui import data
from ui.data import Basis, search
from ui.data.build import connection_of
from ui.draw.measure import width_of
from ui.page import groups, select
from ui.page.frame import MENU
from ui.topics import findings, overview
from ui.topics.coverage import tables as coverage_tables
from ui.topics.coverage import view as coverage
from ui.topics.coverage.picture import head
from ui.topics.method import tables as method
from ui.topics.when import year
from ui.topics.when.view import view as when
from ui.topics.who import picture as who_picture
from ui.topics.who import rows as who
from ui.topics.who import tables as who_tables

FILES = dict(MENU)
TODAY = datetime.date(2026, 11, 21)
PLANS = int(os.environ.get("MANY_PLANS", "300"))
PARTS = -(-(PLANS - 1) // 11)
"""So many times twelve plans, the reader's own always one of them."""
SCREENS = 3 * 900
"""No picture is taller on a page."""
RULES: list[tuple[dict[str, str], str]] = [
    ({}, "true"),
    ({"cap": "commune"}, "level = 'commune'"),
    ({"cap": "department,commune", "tu": "2015"}, "level in ('commune', 'department') and year >= 2015"),
    ({"tu": "2014", "den": "2016"}, "year between 2014 and 2016"),
    ({"vung": "Tây Nguyên,Đông Nam Bộ"}, "region in ('Tây Nguyên', 'Đông Nam Bộ')"),
    ({"tinhnay": "Gia Lai"}, "province in ('Gia Lai', 'Bình Định')"),
    ({"tinh": "Bình Định", "vung": "Bắc Trung Bộ và duyên hải miền Trung"}, "province = 'Bình Định'"),
]
"""What the address asks for, and which plans these are."""
EMPTY = {"tinh": "Bình Định", "vung": "Tây Nguyên"}


@pytest.fixture(scope="module")
def file(
    request: pytest.FixtureRequest, readings: tuple[Reading, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    if PLANS == 300:
        return request.getfixturevalue("many_build")
    return many.multiplied(tmp_path_factory.mktemp("more"), 40 * PLANS, PLANS, readings, Quality())


@pytest.fixture
def at_home(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In force for whole pages."""
    monkeypatch.setenv("PAPI_BUILD", str(file.parent))


@pytest.fixture(scope="module")
def con(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with small.shown(file):
        yield connection_of(str(file)).cursor()


def ids(con: duckdb.DuckDBPyConnection, where: str) -> tuple[str, ...]:
    """The plans asked for, by SQL of the test's own, in reading order."""
    found = con.execute(f"select plan_id from plans where {where}").fetchall()
    return tuple(plan_id for (plan_id,) in found)


def one(con: duckdb.DuckDBPyConnection, select: str) -> Any:
    (row,) = con.execute(select).fetchall()
    return row[0]


def num(n: int) -> str:
    """A number as a page writes it."""
    return f"{n:,}".replace(",", ".")


def escaped(n: int) -> str:
    """The same where a label is markdown."""
    return num(n).replace(".", "\\.")


def said(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html") if not element.proto.body.startswith("<style>"))


def sizes(at: AppTest) -> list[tuple[int, float]]:
    """Width and height of every picture."""
    drawn = [json.loads(element.proto.spec)["layout"] for element in at.get("plotly_chart")]
    return [(layout["width"], layout["height"]) for layout in drawn]


# Numbers.


@pytest.mark.parametrize("where", [where for _, where in RULES])
def test_each_page_counts_what_the_tables_say(build: None, con: duckdb.DuckDBPyConnection, where: str) -> None:
    plans = ids(con, where)
    tasks = f"select count(*) from units join plans using (plan_id) where kind = 'action' and {where}"
    has = "exists (from unit_agencies as held where held.unit_id = units.unit_id and role = 'lead')"
    n, led = one(con, tasks), one(con, f"{tasks} and {has}")

    shown = overview.view(Basis.HEADING, plans)
    assert sum(figures.tasks for _, figures in shown.plans) == n
    assert sum(figures.with_lead for _, figures in shown.plans) == led
    by_dim = dict(con.execute(f"{tasks.replace('count(*)', 'units.dim, count(*)')} group by 1").fetchall())
    assert {dim: count for dim in range(9) if (count := sum(shown.cells[plan, dim].tasks for plan in plans))} == {
        dim: count for dim, count in by_dim.items() if dim is not None
    }
    assert len(overview.table(shown)[1]) == len(plans)

    cells = coverage.view(Basis.HEADING, plans, None)
    for sub in ("2.3", "5.3", "8.1"):
        own = sum(cells.cells[plan, sub].tasks for plan in plans)
        assert own == one(con, f"{tasks} and sub = '{sub}'")
    assert len(coverage_tables.cell_rows(cells)[1]) == 29 * len(plans)

    acting = who.view(Basis.HEADING, plans)
    assert (acting.sums["lead"].tasks, acting.sums["lead"].named) == (n, led)

    due = when(plans, TODAY)
    for timing in ("dated", "ongoing", "unspecified"):
        assert sum(row[timing] for row in due.counts.values()) == one(con, f"{tasks} and timing = '{timing}'")
    assert sum(undated.kinds["action"] for undated in due.undated.values()) == n - one(
        con, f"{tasks} and timing = 'dated'"
    )
    assert len(year.table(due)[1]) == len(due.undated)

    found = findings.view(plans, None)
    counted = "select count(*) from findings join plans using (plan_id) where"
    assert found.of("repeated_passage") == one(con, f"{counted} code = 'repeated_passage' and {where}")

    (_, lines), (_, checks) = method.line_table(plans), method.check_table(plans, plans[:12])
    assert sum(row["all"] for row in lines) == one(
        con, f"select count(*) from lines join plans using (plan_id) where {where}"
    )
    review = one(con, f"{tasks} and review")
    assert any(
        str(n) in row["all"].replace(".", "") and str(review) in row["all"].replace(".", "") for row in checks[:1]
    )

    asked = search.Asked(plans=plans)
    assert search.total(search.find(asked)) == one(
        con, f"select count(*) from units join plans using (plan_id) where {where}"
    )
    assert set(search.spread(search.find(asked), "plan")) <= set(plans)


@pytest.mark.parametrize(("query", "where"), RULES)
def test_the_address_leaves_these_plans(
    at_home: None, con: duckdb.DuckDBPyConnection, query: dict[str, str], where: str
) -> None:
    n = len(ids(con, where))
    at = opened("app.py", query)
    assert dict(at.query_params) == query and notes(at) == []
    assert (f"<b>{num(n)}</b> trong {num(PLANS)} kế hoạch" in said(at)) is bool(query)
    tasks = one(con, f"select count(*) from units join plans using (plan_id) where kind = 'action' and {where}")
    assert f"<b>{num(tasks)} nhiệm vụ</b>" in said(at)


# Pages.


@pytest.mark.parametrize(("key", "page"), MENU, ids=list(FILES))
def test_no_picture_is_over_three_screens_and_no_list_without_pages(at_home: None, key: str, page: str) -> None:
    at = opened(page, {})
    assert [size for size in sizes(at) if size[0] > 400 and size[1] > SCREENS] == []
    assert max((element.proto.body.count("<tr>") for element in at.get("html")), default=0) <= 51
    assert max((element.proto.body.count("<li>") for element in at.get("html")), default=0) <= 50


def test_what_sets_plan_beside_plan_says_so_and_is_turned(at_home: None) -> None:
    own = "00100-bac-kan-2021"
    first = opened("app.py", {"own": own})
    assert f"<b>12</b> trong <b>{num(PLANS)}</b> kế hoạch (phần 1 trong {PARTS})" in said(first)
    first.button(key="turn.overview.find.next").click().run()
    assert first.query_params["hinh"] in ("2", ["2"]) and f"phần 2 trong {PARTS}" in said(first)
    second = opened("app.py", {"own": own, "hinh": "2"})
    drawn = [set(re.findall(r"\d{5}-[a-z0-9-]+(?=~)", element.proto.spec)) for element in second.get("plotly_chart")]
    assert all(own in plans and len(plans) == 12 for plans in drawn)
    assert f"phần {PARTS} trong {PARTS}" in said(opened("app.py", {"own": own, "hinh": str(2 * PLANS)}))


def plans_drawn(at: AppTest) -> set[str]:
    return set(re.findall(r"\d{5}-[a-z0-9-]+(?=~)", at.get("plotly_chart")[0].proto.spec))


@pytest.mark.parametrize("page", ["app.py", "pages/1_bao-phu.py"])
def test_a_picture_of_a_part_is_in_the_order_asked_for(
    at_home: None, con: duckdb.DuckDBPyConnection, page: str
) -> None:
    gaps = "select plan_id from plan_subdimension where basis = 'heading' group by 1 order by count(*) filter (where state = 'none') desc, any_value(position) limit 12"
    most = {plan_id for (plan_id,) in con.execute(gaps).fetchall()}
    at = opened(page, {"xep": "trong", "hinh": "1"})
    assert plans_drawn(at) == most and plans_drawn(opened(page, {})) != most and notes(at) == []
    own = min(most)
    near = opened("app.py", {"xep": "gan", "own": own})
    assert own in plans_drawn(near) and plans_drawn(near) != plans_drawn(opened("app.py", {"own": own}))


def test_the_part_that_holds_the_cell_in_view_is_shown(at_home: None) -> None:
    at = opened("app.py", {"o": "00299-soc-trang-so-tai-chinh-2022~3"})
    assert "00299-soc-trang-so-tai-chinh-2022~3" in at.get("plotly_chart")[0].proto.spec


def test_a_long_table_is_turned_and_its_page_is_in_the_address(at_home: None) -> None:
    last = PLANS // 50
    at = opened("app.py", {"bang1": str(last)})
    assert f"{num(PLANS - 49)}–{num(PLANS)} trong <b>{num(PLANS)}</b>" in said(at)
    at.button(key="turn.bang1.find.previous").click().run()
    assert at.query_params["bang1"] in (str(last - 1), [str(last - 1)])
    assert f"{num(PLANS - 99)}–{num(PLANS - 50)}" in said(at)


@pytest.mark.parametrize(("key", "page"), [pair for pair in MENU if pair[0] not in ("find", "draft")])
def test_nothing_left_is_words_and_one_button_back(at_home: None, key: str, page: str) -> None:
    at = opened(page, EMPTY)
    assert "Không có kế hoạch nào thỏa" in said(at) and "Tây Nguyên" in said(at) and not at.get("plotly_chart")
    at.button(key="filters.clear_all").click().run()
    assert not at.exception and dict(at.query_params) == {} and "Không có kế hoạch nào thỏa" not in said(at)


def test_a_search_that_nothing_is_left_for_finds_nothing(at_home: None) -> None:
    at = opened(FILES["find"], {**EMPTY, "q": "công khai"})
    assert "không" in said(at).lower() and f"<b>0</b> trong {num(PLANS)}" in said(at)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"cap": "commune,hamlet"}, {"cap": "commune"}),
        ({"tu": "1234", "den": "2016"}, {"den": "2016"}),
        ({"cungcap": "1"}, {}),
        ({"vung": "Vùng lạ"}, {}),
        ({"nhom": "Một nhóm"}, {}),
    ],
)
def test_what_no_filter_can_mean_is_dropped_with_a_note(
    at_home: None, query: dict[str, str], left: dict[str, str]
) -> None:
    at = opened("app.py", query)
    assert len(notes(at)) == 1 and dict(at.query_params) == left


def test_the_level_of_the_own_plan_is_a_filter(at_home: None, con: duckdb.DuckDBPyConnection) -> None:
    at = opened("app.py", {"own": "00003-nam-khanh-2020", "cungcap": "1"})
    n = len(ids(con, "level = 'commune'"))
    assert f"<b>{num(n)}</b> trong {num(PLANS)}" in said(at)


def test_a_chip_takes_its_choice_back(at_home: None) -> None:
    at = opened("app.py", {"cap": "department,commune", "tu": "2015", "hinh": "2"})
    at.button(key="chip.filter.0").click().run()
    assert dict(at.query_params) == {"cap": "commune", "tu": "2015"}
    at.button(key="filters.clear").click().run()
    assert dict(at.query_params) == {}


def test_filters_go_with_the_links_of_the_menu(at_home: None) -> None:
    at = opened("app.py", {"cap": "commune", "tu": "2015", "hinh": "2"})
    menu = next(html.body for html in at.get("html") if "<nav" in html.body)
    links = re.findall('href="([^"]+)"', menu)
    assert len(links) == len(MENU) + 1 and all("cap=commune" in link and "tu=2015" in link for link in links)
    assert [link for link in links[:-1] if "hinh" in link] == []


def test_a_briefing_of_many_plans_is_made_once_it_is_asked_for(at_home: None, con: duckdb.DuckDBPyConnection) -> None:
    where = "level = 'commune' and year between 2014 and 2016"
    tasks, n = (
        one(con, f"select count(*) from units join plans using (plan_id) where kind = 'action' and {where}"),
        len(ids(con, where)),
    )
    asked = {"cap": "commune", "tu": "2014", "den": "2016", "tep": "svg"}
    at = opened("pages/10_bao-cao.py", asked)
    assert n > 12 and f"<b>{num(tasks)} nhiệm vụ</b>" in said(at) and f"{num(n)} kế hoạch" in said(at)
    assert not [one for one in at.get("download_button") if one.key == "briefing.svg"]
    at.button(key="briefing-make").click().run()
    assert not at.exception and f"<b>{num(tasks)} nhiệm vụ</b>" in said(at)
    assert [one for one in at.get("download_button") if one.key == "briefing.svg"]
    few = opened("pages/10_bao-cao.py", {"kh": ",".join(ids(con, where)[:2]), "tep": "svg"})
    assert [one for one in few.get("download_button") if one.key == "briefing.svg"]


def test_of_many_communes_that_moved_the_first_are_named(build: None, con: duckdb.DuckDBPyConnection) -> None:
    moved = ids(con, "len(communes_now) > 0")
    said = who_tables.provinces(ids(con, "true"))
    assert len(moved) > 12 and f"và nơi ban hành của {num(len(moved) - 12)} kế hoạch khác." in said
    assert said.endswith(who_tables.provinces(moved).partition("Từ 1/7/2025: ")[2])
    assert "kế hoạch khác" not in who_tables.provinces(moved[:12])


def test_no_count_on_a_phone_runs_into_the_next_mark(build: None, con: duckdb.DuckDBPyConnection) -> None:
    view = who.view(Basis.HEADING, ids(con, "true"))
    assert any(n > 99 for row in who.split(view, True)[0] for n in row.cells.values())
    counts: dict[float, list[tuple[float, float]]] = {}
    marks: dict[float, list[tuple[float, float]]] = {}
    for trace in who_picture.narrow(view, True).data:
        if trace.type != "scatter":
            continue
        if trace.mode == "text":
            places, sizes = (small.each(trace, said) for said in (trace.textposition, trace.textfont.size))
            for x, y, text, place, size in zip(trace.x, trace.y, trace.text, places, sizes):
                if (place, size) == ("middle right", 13):
                    counts.setdefault(y, []).append((x, x + width_of(text, 13)))
        elif trace.mode == "markers":
            for x, y, size in zip(trace.x, trace.y, small.each(trace, trace.marker.size)):
                marks.setdefault(y, []).append((x - size / 2, x + size / 2))
    beside = [(y, one) for y, some in counts.items() if y in marks for one in some]
    # all counts but those inside their marks, and those of rows so tight that they stand under them
    picture = who_picture._Narrow(view, True)
    expected = sum(
        not who_picture._sizes(n, picture.largest, picture.mark, who_picture._form(row, picture.role))[2]
        for row in picture.drawn
        if not picture.is_tight(row, picture.column)
        for n in row.cells.values()
        if n
    )
    assert len(beside) == expected > 0
    assert [one for y, one in beside for mark in marks[y] if one[0] < mark[0] < one[1] - 1] == []


def test_heads_of_twelve_columns_leave_each_other_free(build: None, con: duckdb.DuckDBPyConnection) -> None:
    for plan in data.plans_of(ids(con, "true")[:60]):
        lines, under = head(plan, 43)
        assert max(width_of(line, 13, bold=True) for line in lines) <= 53 and under


# Groups.


def test_a_link_carries_the_name_of_a_group_and_its_rule(at_home: None) -> None:
    at = opened("app.py", {"cap": "commune", "den": "2016", "nhom": "Xã <b>cũ</b>"})
    assert "Nhóm <b>Xã &lt;b&gt;cũ&lt;/b&gt;</b>" in said(at)
    assert at.session_state["kept.groups"] == {"Xã <b>cũ</b>": {"cap": "commune", "den": "2016"}}
    at.button(key="chip.filter.1").click().run()
    assert "nhom" not in at.query_params


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff\xfe", b'{"groups": 3}', b'{"groups": [{"name": 4}]}', b'{"groups": [{"name": "x"}]}'],
)
def test_what_is_no_file_of_groups_is_refused(content: bytes) -> None:
    assert groups.read(content, frozenset({"cap"})) is None


def test_a_file_of_groups_gives_back_what_was_saved() -> None:
    held = {"Các xã": {"cap": "commune"}, "Đông Nam Bộ": {"vung": "Đông Nam Bộ", "tu": "2015"}}
    names = frozenset({"cap", "vung", "tu"})
    assert groups.read(groups.written(held), names) == held
    stranger = b'{"groups": [{"name": " a  b ", "cap": "commune", "lang": "en", "tu": 2015}]}'
    assert groups.read(stranger, names) == {"a b": {"cap": "commune"}}


# Of many a field offers those that are sought.


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("", ["a", "b", "c", "d"]),
        ("so tai chinh", ["c", "d"]),
        ("chính sở", ["c", "d"]),
        ("Sở Tài", ["c", "d"]),
        ("trang 2022", ["d"]),
        ("bắc kạn", ["a"]),
        ("bac", ["a", "b"]),
        ("Bắc", ["a", "b"]),
        ("băc", ["a", "b"]),
        ("zzz", []),
        ("nam khánnh", ["b"]),
    ],
)
def test_what_is_sought_is_found_by_its_words_or_letters(sought: str, found: list[str]) -> None:
    names = {
        "a": "Bắc Kạn 2021 (cấp tỉnh)",
        "b": "Xã Nậm Khánh, huyện Bắc Hà 2020",
        "c": "Sở Tài chính Hưng Yên",
        "d": "Sở Tài chính Sóc Trăng 2022",
    }
    assert select.nearest(sought, names, names) == found


def test_a_field_of_many_plans_offers_fifty_and_the_one_that_is_chosen(at_home: None) -> None:
    at = opened("app.py", {"kh": "00299-soc-trang-so-tai-chinh-2022", "own": "00100-bac-kan-2021"})
    assert (len(at.multiselect(key="w.kh").options) <= 51) is (PLANS > select.MOST)
    if PLANS > select.MOST:
        at.text_input(key="seek.kh").set_value("soc trang 2013").run()
        options = at.multiselect(key="w.kh").options
        assert len(options) <= 51 and any("2013" in option for option in options[1:])
        assert dict(at.query_params) == {"kh": "00299-soc-trang-so-tai-chinh-2022", "own": "00100-bac-kan-2021"}


# Where filters are chosen.


@pytest.fixture
def choosing(at_home: None) -> AppTest:
    """The first page with its filters open."""
    at = house.app()
    at.session_state["open.filters"] = True
    return at.run()


def test_values_stand_with_how_many_plans_each_would_leave(choosing: AppTest, con: duckdb.DuckDBPyConnection) -> None:
    levels = {option: len(ids(con, f"level = '{option}'")) for option in ("province", "department", "commune")}
    level = next(one for one in choosing.get("button_group") if one.key == "w.cap")
    assert [option.content for option in level.proto.options] == [
        f"{name} \\({escaped(levels[key])}\\)"
        for key, name in (("province", "Cấp tỉnh"), ("department", "Cấp sở"), ("commune", "Cấp xã"))
    ]
    level.set_value(["commune"])
    choosing.run()
    region = next(one for one in choosing.get("button_group") if one.key == "w.vung")
    n = len(ids(con, "level = 'commune' and region = 'Tây Nguyên'"))
    assert f"Tây Nguyên \\({escaped(n)}\\)" in [option.content for option in region.proto.options]
    assert dict(choosing.query_params) == {"cap": "commune"}


@pytest.mark.parametrize(
    ("kind", "key", "value", "query"),
    [
        ("multiselect", "w.tinh", ["Bình Định"], {"tinh": "Bình Định"}),
        ("multiselect", "w.tinhnay", ["Gia Lai", "An Giang"], {"tinhnay": "An Giang,Gia Lai"}),
        # that year alone, until the last one is taken away
        ("selectbox", "w.tu", "2014", {"tu": "2014", "den": "2014"}),
        ("selectbox", "w.den", "2014", {"den": "2014"}),
        ("button_group", "w.vung", ["Đông Nam Bộ"], {"vung": "Đông Nam Bộ"}),
    ],
)
def test_what_is_chosen_stands_in_the_address(
    choosing: AppTest, kind: str, key: str, value: Any, query: dict[str, str]
) -> None:
    next(one for one in choosing.get(kind) if one.key == key).set_value(value)
    choosing.run()
    assert not choosing.exception and dict(choosing.query_params) == query


def test_a_choice_gets_a_name_and_is_taken_again_by_it(choosing: AppTest) -> None:
    next(one for one in choosing.get("button_group") if one.key == "w.cap").set_value(["commune"])
    choosing.run()
    choosing.text_input(key="groups.name").set_value(" Các  xã ").run()
    assert dict(choosing.query_params) == {"cap": "commune", "nhom": "Các xã"}
    choosing.button(key="filters.clear").click().run()
    assert dict(choosing.query_params) == {}
    choosing.button(key="choose.group.0").click().run()
    assert dict(choosing.query_params) == {"cap": "commune", "nhom": "Các xã"}
    choosing.button(key="forget.group.0").click().run()
    assert dict(choosing.query_params) == {"cap": "commune"}
