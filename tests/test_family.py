"""Plans of one office over the years: which follows on, amends or replaces which, and what became of each unit."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import duckdb
import pytest
import small
from house import opened

from benchmarks import families as pairs
from carried import CHANGES, STATES, Said, Step, carried
from etl import load, way
from etl.load import fates
from etl.load.beside import extend
from etl.load.families import cited, link, office
from etl.load.fates import Kept
from etl.load.write import insert, views
from etl.match import Matcher
from etl.model import Reading
from ui import data
from ui.data.build import connection_of
from ui.topics.family import comparison, document, picture, tables, words
from ui.words import absence, labels

PAGE = "pages/13_nam-truoc.py"
WATER = "Công khai danh sách hộ nghèo tại trụ sở Ủy ban nhân dân cấp xã trước ngày 15/12/2021."
LIGHT = "Tổ chức đối thoại định kỳ với người dân về giá điện sinh hoạt và cấp nước sạch nông thôn."
ROADS = "Duy tu các tuyến đường liên xã, bố trí kinh phí nâng cấp cầu dân sinh trên địa bàn huyện."


def said(text: str, **other: object) -> Said:
    return Said(text, "action", 2, ("Sở Nội vụ",), ("Sở Nội vụ",), **other)  # type: ignore[arg-type]


# What became of a unit.


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (said(WATER), said(WATER), []),
        (said(WATER), said(WATER.replace("danh sách", "Danh sách").rstrip(".") + ";"), []),
        # years alone are no other words
        (said(WATER), said(WATER.replace("2021", "2022")), ["year"]),
        (
            said(WATER, timing="dated", timing_raw="Năm 2021"),
            said(WATER, timing="dated", timing_raw="Năm 2022"),
            ["year"],
        ),
        (said(WATER), said(WATER.replace("Công khai", "Niêm yết")), ["words"]),
        (said(WATER), replace(said(WATER), leads=("Sở Tư pháp",)), ["lead"]),
        # who and when are compared apart from the other words
        (
            said(f"Sở Nội vụ chủ trì: {LIGHT}"),
            Said(f"Sở Tư pháp chủ trì: {LIGHT}", "action", 2, ("Sở Tư pháp",), ("Sở Tư pháp",)),
            ["lead"],
        ),
        (
            said(WATER, timing="dated", timing_raw="trước ngày 15/12/2021"),
            said(WATER.replace("15/12", "30/11"), timing="dated", timing_raw="trước ngày 30/11/2021"),
            ["time"],
        ),
        (said(WATER), said(WATER, timing="quarterly", timing_raw="Hằng quý"), ["time"]),
        (said(WATER), replace(said(WATER), dim=6), ["dim"]),
        (said(WATER), replace(said(WATER), kind="objective"), ["kind"]),
    ],
)
def test_what_changed_of_a_unit_is_told_thing_by_thing(before: Said, after: Said, changes: list[str]) -> None:
    (step,) = carried([before], [after])
    assert list(step.changes) == changes and set(changes) <= set(CHANGES)
    assert step.state == ("changed" if set(changes) - {"year"} else "same")
    assert (step.likeness == 100) == ("words" not in changes)


def told(earlier: list[str], later: list[str]) -> set[tuple[int | None, int | None, str]]:
    return {(step.earlier, step.later, step.state) for step in carried([*map(said, earlier)], [*map(said, later)])}


@pytest.mark.parametrize(
    ("earlier", "later", "fates"),
    [
        ([WATER, LIGHT], [LIGHT, WATER], {(0, 1, "same"), (1, 0, "same")}),
        ([WATER, LIGHT], [WATER], {(0, 0, "same"), (1, None, "dropped")}),
        ([WATER], [WATER, ROADS], {(0, 0, "same"), (None, 1, "new")}),
        ([], [WATER], {(None, 0, "new")}),
        ([WATER], [], {(0, None, "dropped")}),
        ([], [], set()),
        # nothing is lost where several are one, or one is several
        ([LIGHT, ROADS], [f"{LIGHT} {ROADS}"], {(0, 0, "changed"), (1, 0, "changed")}),
        ([f"{LIGHT} {ROADS}"], [LIGHT, ROADS], {(0, 0, "changed"), (0, 1, "changed")}),
        # a text that was cut to its first clause is the same task
        ([f"{LIGHT} {ROADS}"], [LIGHT], {(0, 0, "changed")}),
    ],
)
def test_each_unit_has_one_fate(earlier: list[str], later: list[str], fates: set) -> None:
    assert told(earlier, later) == fates


def test_words_that_many_tasks_share_make_no_pair() -> None:
    about = (
        "hộ nghèo",
        "giá đất",
        "bầu cử",
        "tiếp công dân",
        "rác thải",
        "học phí",
        "khám bệnh",
        "chữ ký số",
        "an ninh",
    )
    earlier = [f"Tăng cường công tác tuyên truyền về {what}." for what in (*about, "bảo vệ rừng")]
    later = [*earlier[:-1], "Tăng cường công tác tuyên truyền về cấp giấy phép."]
    assert {fate for fate in told(earlier, later) if fate[2] != "same"} == {(9, None, "dropped"), (None, 9, "new")}


def test_pairs_are_made_for_all_at_once() -> None:
    # who takes the likest first leaves the other without its own
    one = "Kiểm tra công khai ngân sách xã, thu chi các quỹ, giám sát đầu tư cộng đồng và quy hoạch đất"
    both = "Kiểm tra công khai ngân sách xã, thu chi các quỹ, giám sát đầu tư cộng đồng"
    assert told([both, both + " và quy hoạch"], [one, both + " và"]) == {(0, 1, "changed"), (1, 0, "changed")}


def test_who_stands_alone_is_told_with_the_nearest() -> None:
    before = "Tổ chức hội nghị đối thoại giữa lãnh đạo xã với thanh niên về việc làm, học nghề"
    after = "Tổ chức hội nghị tập huấn giữa lãnh đạo các xã với cán bộ về chữ ký số, học kỹ năng số"
    alone = [step for step in carried([said(before), said(WATER)], [said(after), said(WATER)]) if step.state != "same"]
    assert [(step.state, step.nearest) for step in alone] == [("dropped", 0), ("new", 0)]
    assert 0 < alone[0].likeness < 50
    assert carried([said(WATER)], [said(ROADS)]) == (Step(0, None, 0), Step(None, 0, 0))


# Which plans.


@pytest.mark.parametrize(
    ("text", "is_title", "found"),
    [
        (
            "Sửa đổi, bổ sung một số nội dung Kế hoạch số 15/KH-UBND ngày 20/01/2021 của UBND tỉnh",
            True,
            ("amends", "15/KH-UBND", date(2021, 1, 20)),
        ),
        (
            "1. Kế hoạch này thay thế Kế hoạch số 17/KH-UBND ngày 05 tháng 01 năm 2022 của Ủy ban nhân dân tỉnh.",
            False,
            ("replaces", "17/KH-UBND", date(2022, 1, 5)),
        ),
        (
            "Điều 1. Điều chỉnh, bổ sung Kế hoạch số 08/2021/KH-UBND như sau:",
            False,
            ("amends", "08/2021/KH-UBND", None),
        ),
        ("Bãi bỏ Chỉ thị số 06/CT-UBND ngày 31/02/2019", True, ("replaces", "06/CT-UBND", None)),
        # who replaces a part of it leaves the rest in force
        (
            "Thay thế Phụ lục 2 ban hành kèm theo Kế hoạch số 15/KH-UBND ngày 20/01/2021",
            True,
            ("amends", "15/KH-UBND", date(2021, 1, 20)),
        ),
        ("Điều 2. Bãi bỏ khoản 3 Mục II Kế hoạch số 15/KH-UBND", False, ("amends", "15/KH-UBND", None)),
        (
            "Kế hoạch này thay thế toàn bộ nội dung, mục tiêu của Kế hoạch số 15/KH-UBND",
            False,
            ("replaces", "15/KH-UBND", None),
        ),
        # what others amend is not what this document does
        ("Căn cứ Quyết định số 9/QĐ-UBND sửa đổi, bổ sung Kế hoạch số 15/KH-UBND ngày 20/01/2021;", False, None),
        ("Thực hiện Kế hoạch số 121/KH-UBND ngày 3/06/2020 của UBND huyện", False, None),
        ("Rà soát, sửa đổi, bổ sung quy chế dân chủ ở xã", False, None),
        ("Nâng cao Chỉ số PAPI năm 2022", True, None),
    ],
)
def test_what_a_plan_says_of_an_earlier_one(text: str, is_title: bool, found: tuple | None) -> None:
    cite = cited(text, is_title=is_title)
    assert (cite and (cite.kind, cite.number, cite.issued)) == found


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("UBND xã Nậm Khánh, huyện Bắc Hà", "commune"), ("Uỷ ban nhân dân xã Nậm Khánh", "commune"), True),
        (("Sở Tài chính tỉnh Lào Cai", "department"), ("Sở Tài chính", "department"), True),
        (("UBND tỉnh Lào Cai", "province"), ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "province"), True),
        (("UBND xã Hòa Bình", "commune"), ("UBND xã Hòa Bình", "district"), False),
        (("Sở Tài chính", "department"), ("Sở Tư pháp", "department"), False),
    ],
)
def test_an_office_is_one_however_it_is_written(one: tuple[str, str], other: tuple[str, str], is_same: bool) -> None:
    assert (office(*one, "Lào Cai")[:3] == office(*other, "Lào Cai")[:3]) is is_same


TITLE = "Nâng cao Chỉ số PAPI tỉnh X năm {}"


@pytest.fixture(scope="module")
def one_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with plans of three years, an amendment of the second, one that replaces what nobody holds, and two that are
    no kin: of another office, and unread.
    """
    file = tmp_path_factory.mktemp("office") / "papi.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute((load.SQL / "schema.sql").read_text(encoding="utf-8"))

        def put(table: str, row: dict) -> None:
            insert(con, table, [row])

        small.build(put)
        small.dimensions(put)
        for plan_id, year, more in (
            ("nam-20", 2020, {}),
            ("nam-21", 2021, {"number": "015/KH-UBND", "issued": date(2021, 1, 20)}),
            (
                "sua-21",
                2021,
                {"title": "Sửa đổi, bổ sung Kế hoạch số 15/KH-UBND ngày 20/01/2021 nâng cao Chỉ số PAPI tỉnh X"},
            ),
            ("nam-23", 2023, {"issuer": "Uỷ ban nhân dân tỉnh X"}),
            ("khac-22", 2022, {"issuer": "Sở Y tế", "level": "department"}),
            ("hong-19", 2019, {"status": "not_read", "unread_vi": "Tệp hỏng.", "unread_en": "A broken file."}),
        ):
            row = {"issuer": "UBND tỉnh X", "title": TITLE.format(year), "year": year, "period_from": year}
            small.plan(put, plan_id, **(row | more))
        put("lines", _line("nam-23", 9, "2. Kế hoạch này thay thế Kế hoạch số 4/KH-UBND ngày 02/02/2023."))
        for plan_id, texts in (
            ("nam-20", [WATER]),
            ("nam-21", [WATER, LIGHT]),
            ("sua-21", [WATER.replace("Công khai", "Niêm yết công khai")]),
            ("nam-23", [WATER.replace("2021", "2023"), ROADS]),
        ):
            for ordinal, text in enumerate(texts, 1):
                small.unit(put, plan_id, ordinal, text=text, dim=2)
        views(con)
        link(con)
    return file


@pytest.fixture
def office_of_years(one_office: Path, tmp_path: Path) -> Path:
    """A copy of it, of this test's own."""
    return Path(shutil.copy(one_office, tmp_path))


def _line(plan_id: str, line: int, text: str) -> dict:
    return {"plan_id": plan_id, "line": line, "role": "back", "unit_id": None, "text": text}


def test_plans_of_an_office_are_linked_and_what_is_not_held_is_named(office_of_years: Path) -> None:
    with small.shown(office_of_years):
        links = {(one.plan_id, one.kind): one for one in data.family_links("nam-20")}
    assert {place: one.earlier_id for place, one in links.items()} == {
        ("nam-20", "next_year"): "hong-19",
        ("nam-21", "next_year"): "nam-20",
        ("sua-21", "amends"): "nam-21",
        # neither the amendment nor another office's
        ("nam-23", "next_year"): "nam-21",
        ("nam-23", "replaces"): None,
    }
    gone = links["nam-23", "replaces"]
    assert (gone.number, gone.issued, gone.line) == ("4/KH-UBND", date(2023, 2, 2), 9)
    assert gone.quote is not None and gone.quote.startswith("2. Kế hoạch này thay thế")
    counted = {place: (one.same, one.changed, one.gone, one.new) for place, one in links.items()}
    assert counted["nam-23", "next_year"] == (1, 0, 1, 1)
    # what an amendment does not speak of stands
    assert counted["sua-21", "amends"] == (0, 1, 1, 0)
    assert counted["nam-20", "next_year"] == counted["nam-23", "replaces"] == (None,) * 4


def test_a_plan_follows_on_the_one_that_was_in_force_in_the_year_before(office_of_years: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "replaced.duckdb")) as con:
        con.execute(f"attach '{office_of_years}' as held (read_only); copy from database held to replaced; detach held")
        con.execute(
            "insert into plans by name (select * replace ('lai-21' as plan_id, 'x' as title, null as number) from plans where plan_id = 'nam-21')"
        )
        con.execute(
            "insert into lines by name select 'lai-21' as plan_id, 9 as line, 'back' as role, 'Thay thế Kế hoạch số 15/KH-UBND.' as text"
        )
        for title, before in (("x", "nam-20"), (TITLE.format(2021), "lai-21")):
            con.execute("delete from plan_links; delete from family_units")
            con.execute("update plans set title = ? where plan_id = 'lai-21'", [title])
            link(con)
            found = con.execute("select earlier_id from plan_links where plan_id = 'nam-23' and kind = 'next_year'")
            assert found.fetchall() == [(before,)]
            con.execute("delete from plan_links where plan_id = 'nam-23'; delete from family_units")
            link(con, "nam-23")
            found = con.execute("select earlier_id from plan_links where plan_id = 'nam-23' and kind = 'next_year'")
            assert found.fetchall() == [(before,)]


def test_a_plan_that_comes_alone_follows_on_no_amendment_either(office_of_years: Path) -> None:
    with duckdb.connect(str(office_of_years)) as con:
        con.execute("update plans set title = ? where plan_id = 'sua-21'", [TITLE.format(2023)])
        con.execute("delete from plan_links where plan_id = 'nam-23'")
        link(con, "nam-23")
        found = con.execute("select kind, earlier_id from plan_links where plan_id = 'nam-23'").fetchall()
    assert set(found) == {("next_year", "nam-21"), ("replaces", None)}


def test_of_linked_plans_only_what_is_new_or_was_damaged_is_counted(
    office_of_years: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_as = {plan_id: plan_id for plan_id in ("nam-20", "nam-21", "sua-21", "nam-23")}
    counted: list[int] = []
    monkeypatch.setattr(fates, "carried", lambda *units: counted.append(1) or carried(*units))
    monkeypatch.setattr(fates, "_TOGETHER", 1)
    with duckdb.connect(str(office_of_years)) as con:

        def linked() -> int:
            """So many links are counted, and all rows are there in their order."""
            before = con.execute("from family_units").fetchall()
            con.execute("delete from plan_links; delete from family_units")
            counted.clear()
            link(con, kept=Kept(tmp_path, read_as))
            assert con.execute("from family_units").fetchall() == before and len(before) == 7
            assert len(list(tmp_path.glob("links-*/*"))) == 1
            return len(counted)

        assert linked() == 3
        assert linked() == 0
        read_as["nam-23"] = "otherwise"
        assert linked() == 1
        read_as["nam-21"] = "otherwise"
        assert linked() == 3
        (file,) = tmp_path.glob("links-*/*")
        file.write_bytes(file.read_bytes()[:-9])
        assert linked() == 3
        monkeypatch.setattr(fates, "_folder", lambda: "links-of-another-program")
        assert linked() == 3
        con.execute("update plans set issuer = 'Sở Tư pháp', level = 'department' where plan_id = 'nam-23'")
        # what no link rests on is kept no longer
        con.execute("delete from plan_links; delete from family_units")
        link(con, kept=Kept(tmp_path, read_as))
        (file,) = tmp_path.glob("links-*/*")
        assert con.execute("select count(*) from read_parquet(?)", [str(file)]).fetchone() == (2,)


def test_what_is_in_force_is_told_from_what_was_amended_or_followed(office_of_years: Path) -> None:
    with small.shown(office_of_years):
        found = data.standings(("nam-20", "nam-21", "sua-21", "nam-23"))
        assert {one.plan_id: (one.standing, one.by_id) for one in found} == {
            "nam-20": ("followed", "nam-21"),
            "nam-21": ("amended", "sua-21"),
            "nam-23": ("latest", None),
            "sua-21": ("latest", None),
        }
        assert "Kế hoạch sua-21" in words.standing("nam-21")


# What pages show.


def test_the_page_counts_what_the_database_holds(office_of_years: Path) -> None:
    with small.shown(office_of_years):
        for plan_id, earlier in (("nam-21", "nam-20"), ("nam-23", "nam-21"), ("sua-21", "nam-21")):
            found = comparison.family(data.Basis.HEADING, plan_id, earlier)
            link = next(
                one for one in data.family_links(plan_id) if (one.plan_id, one.earlier_id) == (plan_id, earlier)
            )
            assert found is not None and {state: found.count(state) for state in comparison.STATES} == {
                state: getattr(link, state) for state in comparison.STATES
            }
            keys = {key.partition("~")[2] for key in small.hits(picture.wide(found))}
            assert keys == {state for state in comparison.STATES if found.count(state)}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_answer_is_a_sentence_to_repeat_and_nothing_a_plan_says_is_markup(office_of_years: Path, lang: str) -> None:
    with small.shown(office_of_years, lang):
        found = comparison.family(data.Basis.HEADING, "nam-23", "nam-21")
        assert found is not None
        answer = str(words.answer(found))
        assert answer.startswith("<b>50%</b>") and "Tổ chức đối thoại" in answer
        for draw in (picture.wide, picture.narrow):
            assert words.title(found).split()[0] in small.texts(draw(found)) and small.smallest(draw(found)) >= 12
        amended = comparison.family(data.Basis.HEADING, "sua-21", "nam-21")
        assert amended is not None and words.state_name(amended, "gone") == labels.t("family.state.stands")
        columns, rows = tables.fates(found)
        assert len(rows) == 3 and all(set(columns) == set(row) for row in rows)
    left, right = words.differing("Công khai <b>giá</b> đất", "Niêm yết <b>giá</b> đất")
    assert (str(left), str(right)) == (
        "<del>Công khai</del> &lt;b&gt;giá&lt;/b&gt; đất",
        "<ins>Niêm yết</ins> &lt;b&gt;giá&lt;/b&gt; đất",
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_word_document_has_every_unit_of_both_plans_and_what_is_not_held(office_of_years: Path, lang: str) -> None:
    with small.shown(office_of_years, lang):
        plan, earlier = data.plan("nam-23"), data.plan("nam-21")
        made = docx.Document(io.BytesIO(document.make(plan, earlier, data.Basis.HEADING)))
        rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows[1:]]
        said = "\n".join(one.text for one in made.paragraphs)
        assert [(LIGHT in row[1], "–" in row[2]) for row in rows] == [(True, True), (False, False), (False, False)]
        assert ROADS in rows[1][2] and WATER in rows[2][1] and WATER.replace("2021", "2023") in rows[2][2]
        assert "50%" in said and "4/KH-UBND" in said and labels.t("family.rule") in said
        assert all(labels.t("tasks.lines", lines="", n=1).strip() in row[1] + row[2] for row in rows)
        (sentence,) = words.relations(plan)
        alone = document.make(plan, None, data.Basis.HEADING)
        lonely = [one.text for one in docx.Document(io.BytesIO(alone)).paragraphs]
        assert " ".join(sentence[:2]) in lonely and words.missing(plan, None) in lonely


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"ke": "nam-23"}, "là nguyên văn"),
        ({"ke": "nam-23", "truoc": "khac-22"}, "không giao nhiệm vụ nào|Không nhiệm vụ nào"),
        ({"ke": "nam-20"}, "hong-19: có kế hoạch, chưa đọc được"),
        ({"ke": "khac-22"}, "Chưa có kế hoạch trước nào của cùng cơ quan"),
        ({"ke": "hong-19"}, "hong-19: có kế hoạch, chưa đọc được"),
    ],
)
def test_the_page_opens_and_says_why_there_is_nothing_to_compare(
    office_of_years: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], answer: str
) -> None:
    (office_of_years.parent / load.POINTER).write_text(office_of_years.name + "\n", encoding="utf-8")
    monkeypatch.setenv("PAPI_BUILD", str(office_of_years.parent))
    at = opened(PAGE, query)
    shown = " ".join(element.proto.body for element in at.get("html"))
    assert any(one in shown for one in answer.split("|"))
    # what is meant and not held is named wherever its office is in view
    assert ("4/KH-UBND" in shown) == (query["ke"] != "khac-22")


# How well.

HAND = Path(__file__).parent / "families"
"""Three pairs of invented plans and what became of each unit, written by hand before anybody looked at what is told of them."""


@pytest.fixture(scope="module")
def read_by_hand(matcher: Matcher) -> tuple[Reading, ...]:
    return tuple(way.readings(HAND, matcher))


@pytest.fixture(scope="module")
def by_hand(read_by_hand: tuple[Reading, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("by-hand") / "papi.duckdb"
    load.write(file, read_by_hand)
    return file


def test_an_amendment_leaves_nothing_open_by_not_naming_it(by_hand: Path) -> None:
    amended, amendment = "ninh-thuan-so-noi-vu-2020", "ninh-thuan-so-noi-vu-2020-sua-doi"
    with small.shown(by_hand):
        lacking = Counter(
            gap.plan_id for gap in data.gaps(data.Basis.HEADING, (amended, amendment)) if gap.lacks == "none"
        )
        assert lacking[amended] > 3 and not lacking[amendment]
        assert data.most_open(data.Basis.HEADING, (amendment,)) is None
        assert "1 văn bản sửa đổi" in absence.amendments((amended, amendment)) and not absence.amendments((amended,))
        assert data.plan(amendment).short_vi == f"{data.plan(amended).short_vi} (sửa đổi)"
        told = "select count(*) from findings where plan_id = ? and code in ('dimension_without_task', 'indicator_without_task')"
        found = [
            connection_of(str(by_hand)).cursor().execute(told, [one]).fetchall()[0][0] for one in (amended, amendment)
        ]
        assert found[0] > 3 and found[1] == 0
        assert len({plan.narrow for plan in data.plans()}) == len(data.plans()) == 6


def test_an_amendment_that_is_still_a_draft_leaves_nothing_open_either(
    read_by_hand: tuple[Reading, ...], tmp_path: Path
) -> None:
    others = [one for one in read_by_hand if "sua-doi" not in one.plan.plan_id]
    (draft,) = (one for one in read_by_hand if "sua-doi" in one.plan.plan_id)
    load.write(tmp_path / "base.duckdb", others)
    extend(tmp_path / "base.duckdb", tmp_path / "out.duckdb", draft)
    with small.shown(tmp_path / "out.duckdb"):
        found = data.gaps(data.Basis.HEADING, (draft.plan.plan_id, others[0].plan.plan_id))
        lacking = {gap.plan_id for gap in found if gap.lacks == "none"}
        assert lacking == {others[0].plan.plan_id}


def test_pairs_written_by_hand_are_told_as_their_answers_say(by_hand: Path) -> None:
    with small.shown(by_hand):
        told = (
            connection_of(str(by_hand))
            .cursor()
            .execute("select state, changes, coalesce(earlier_text, ''), coalesce(text, '') from family_unit")
            .fetchall()
        )
    wrong = []
    with (HAND.parent / "data" / "families.tsv").open(encoding="utf-8") as file:
        answers = list(csv.DictReader(file, delimiter="\t"))
    for answer in answers:
        found = [one for one in told if one[2].startswith(answer["earlier"]) and one[3].startswith(answer["later"])]
        fates = {
            state
            for state, *_ in found
            if bool(answer["earlier"] and answer["later"]) == (state in ("same", "changed"))
        }
        changes = {change for _, some, *_ in found for change in some}
        fate = answer["fate"]
        if not (fate in changes if fate in ("split", "merged") else fate in fates):
            wrong.append(answer)
    assert len(answers) == 75 and len(wrong) <= 4, wrong


def test_known_changes_of_real_plans_are_found_again(readings: tuple[Reading, ...], tmp_path: Path) -> None:
    some = [one for one in readings if one.plan.plan_id in ("hung-yen-2020", "soc-trang-so-tai-chinh-2022")]
    found = pairs.told(tmp_path, some, 1, "docx")
    assert found.linked == found.pairs == 2
    for state in STATES:
        assert found.so[state] >= 6
        assert found.right[state] >= 0.95 * max(found.told[state], found.so[state]), (state, found)


def test_a_draft_is_linked_to_its_offices_plan(database: Path, readings: tuple[Reading, ...], tmp_path: Path) -> None:
    last = next(one for one in readings if one.units)
    plan = replace(last.plan, plan_id="du-thao", year=2030, period_from=2030, number=None)
    extend(database, tmp_path / "out.duckdb", replace(last, plan=plan))
    with small.shown(tmp_path / "out.duckdb"):
        (link,) = data.family_links("du-thao")
        found = comparison.family(data.Basis.HEADING, "du-thao", last.plan.plan_id)
        assert found is not None and found.is_one_file and found.count("same") == link.same == found.tasks > 20
        assert link.earlier_id == last.plan.plan_id and not link.changed and not link.gone and not link.new
