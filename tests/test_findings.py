"""Findings: what a careful reader would note of a plan, each rule over real lines, and what it must stay silent on."""

from __future__ import annotations

import csv
import json
import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import small

from benchmarks.speed import like_tasks
from etl.check import check, content
from etl.cut import cut
from etl.model import Evidence, Finding, Match, Plan, Reading
from etl.read import txt
from etl.tag import tag
from ui import data
from ui.data.findings import PlanFinding as Shown
from ui.topics.findings import answer, cards, cell_rows, lists, narrow, title, view, wide
from ui.words import findings as words
from ui.words.labels import html

ROOT = Path(__file__).parent.parent
PLAN = Plan(
    "x",
    Path("x.txt"),
    "",
    "",
    "",
    "",
    "",
    "province",
    "",
    issued="2021-05-10",
    year=2021,
    period_from=2021,
    period_to=2021,
)
HEAD = "KẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2021\nI. NHIỆM VỤ\n"
COLUMNS = "TT\tChỉ số nội dung\tNhiệm vụ, giải pháp\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n"
POOR = "Niêm yết công khai danh sách hộ nghèo tại trụ sở UBND cấp xã, nhà văn hóa thôn và thông tin qua loa truyền thanh cơ sở"


def rules() -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / "findings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CODES = {rule["code"]: rule for rule in rules()}


def findings(text: str, match: Match | None = None, **plan) -> list[Finding]:
    blocks = tuple(txt.blocks((HEAD + text).encode(), "x.txt"))
    pieces = cut(blocks)
    described = replace(PLAN, **plan)
    units = tag(pieces.units, described)
    if match:
        units = tuple(replace(unit, match=match) for unit in units)
    return [*pieces.findings, *check(described, blocks, units, pieces.lines, pieces.columns)]


def found(code: str, text: str, **plan) -> list[dict]:
    """What the findings of one code say."""
    return [json.loads(finding.detail) for finding in findings(text, **plan) if finding.code == code]


def table(*rows: str) -> str:
    return COLUMNS + "\n".join(rows) + "\n"


DIM2 = "2\tCông khai, minh bạch\t\t\t\t"
TWICE = table(
    DIM2,
    f"2.2\tCông khai, minh bạch danh sách hộ nghèo\t{POOR}\tUBND cấp xã\t\tThường xuyên",
    "2.3\tCông khai, minh bạch ngân sách xã\ta) Thực hiện thu, chi các khoản kinh phí theo đúng quy định của Luật ngân sách\tUBND cấp xã\t\tThường xuyên",
    f"\t\tb) {POOR}\t\t\t",
)


def test_a_text_under_another_indicator_is_said_with_what_the_indicator_loses() -> None:
    assert [(one["sub"], one["other"], one["alike"]) for one in found("repeated_elsewhere", TWICE)] == [
        ("2.3", "2.2", 100)
    ]
    assert [(one["sub"], one["lost"], one["items"]) for one in found("topic_lost", TWICE)] == [("2.3", "công khai", 1)]


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        # what differs names the heading of its own: meant so
        (
            "Chú trọng nâng cao chất lượng giải quyết thủ tục hành chính về xây dựng, duy trì có hiệu quả Bộ phận một cửa các cấp",
            set(),
        ),
        (
            "Chú trọng nâng cao chất lượng giải quyết thủ tục hành chính về chứng thực, duy trì có hiệu quả Bộ phận một cửa các cấp",
            {"repeated_elsewhere", "nothing_of_its_own"},
        ),
    ],
)
def test_a_text_that_is_adapted_to_its_heading_is_no_copy(second: str, codes: set[str]) -> None:
    text = table(
        "5\tThủ tục hành chính công\t\t\t\t",
        "5.1\tDịch vụ chứng thực, xác nhận\tChú trọng nâng cao chất lượng giải quyết thủ tục hành chính về chứng thực, duy trì có hiệu quả Bộ phận một cửa các cấp\tSở Tư pháp\t\tThường xuyên",
        f"5.2\tDịch vụ cấp phép xây dựng\t{second}\tSở Xây dựng\t\tThường xuyên",
    )
    assert {one.code for one in findings(text)} & {
        "repeated",
        "repeated_elsewhere",
        "repeated_passage",
        "nothing_of_its_own",
    } == codes


@pytest.mark.parametrize(
    ("first", "second", "is_said"),
    [
        (
            "Nâng cao trách nhiệm giải trình với người dân của chính quyền các cấp trong việc thực hiện nhiệm vụ; tăng cường tổ chức đối thoại.",
            "Nâng cao trách nhiệm giải trình với người dân của chính quyền các cấp trong việc thực hiện nhiệm vụ, chú trọng ý kiến đã phản ánh.",
            True,
        ),
        # the same long name at the end of two tasks is no repetition
        (
            "Thực hiện đúng các quy định về công tác bầu cử đại biểu Hội đồng nhân dân các cấp, đại biểu Quốc hội, Trưởng thôn, Tổ trưởng dân phố.",
            "Kiểm tra, giám sát việc thực hiện bầu cử đại biểu Hội đồng nhân dân các cấp, đại biểu Quốc hội, Trưởng thôn, Tổ trưởng dân phố.",
            False,
        ),
    ],
)
def test_a_passage_that_stands_twice_is_said(first: str, second: str, is_said: bool) -> None:
    text = f"1. Trách nhiệm giải trình với người dân\na) {first}\nb) {second}\n"
    assert bool([one for one in findings(text) if one.code.startswith("repeated")]) == is_said


def sure(dim: int, sub: str | None, *, rival: int | None = None, spoke: tuple[int, str] | None = None) -> Match:
    evidence = (Evidence("phrase", "x", "phrases.csv", spoke[0], spoke[1], 0.2),) if spoke else ()
    return Match(dim, sub, 0.9, 0.8, False, rival, None, evidence)


@pytest.mark.parametrize(
    ("match", "code"),
    [
        (sure(3, "3.1"), "heading_text_dim"),
        (sure(3, "3.1", rival=1), None),
        (sure(3, "3.1", spoke=(1, "1.2")), None),
        (sure(0, None), None),
        (sure(1, "1.3"), "heading_text_sub"),
        (sure(1, "1.3", spoke=(1, "1.1")), None),
        (sure(1, "1.1"), None),
    ],
)
def test_words_contradict_a_heading_only_where_nothing_in_them_speaks_for_it(match: Match, code: str | None) -> None:
    text = table(
        "1\tTham gia của người dân ở cấp cơ sở\t\t\t\t",
        "1.1\tTri thức công dân\tThông báo lịch họp\tUBND cấp xã\t\tThường xuyên",
    )
    assert [one.code for one in findings(text, match) if one.code.startswith("heading_text")] == (
        [code] if code else []
    )


@pytest.mark.parametrize(
    ("cells", "code", "says"),
    [
        (
            "UBND cấp huyện\tUBND cấp huyện; UBND cấp xã\tThường xuyên",
            "lead_and_coop",
            {"agencies": ["UBND cấp huyện"]},
        ),
        ("UBND cấp huyện\tUBND cấp xã\tThường xuyên", "lead_and_coop", None),
        ("Các sở, ban, ngành\tCác sở, ban, ngành\tThường xuyên", "lead_and_coop", None),
        ("UBND cấp xã\t\tHàng năm", "rhythm_differs", {"words": "Thường xuyên", "cell": "Hàng năm"}),
        ("UBND cấp xã\t\tThường xuyên", "rhythm_differs", None),
        ("UBND cấp xã\t\tQuý I-II/2021", "date_begun_before_issue", {"words": "Quý I-II/2021", "issued": "2021-05-10"}),
        ("UBND cấp xã\t\tQuý II/2021", "date_begun_before_issue", None),
        ("UBND cấp xã\t\tNăm 2021", "date_begun_before_issue", None),
        (
            "UBND cấp xã\t\tTrước ngày 31/3/2021",
            "date_before_issue",
            {"words": "Trước ngày 31/3/2021", "issued": "2021-05-10"},
        ),
    ],
)
def test_a_row_is_held_against_itself(cells: str, code: str, says: dict | None) -> None:
    text = table(
        "5\tThủ tục hành chính công\t\t\t\t",
        f"5.1\tDịch vụ chứng thực, xác nhận\tThường xuyên rà soát thủ tục chứng thực\t{cells}",
    )
    assert found(code, text) == ([says] if says else [])


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        ("a b c c d", ["numbering_twice"]),
        ("a b c d đ e g h", []),
        ("a b c d e f g", []),
        ("a b d", ["numbering_skipped"]),
        # "b) b) d)" is one slip, not two
        ("a b b d", ["numbering_twice"]),
    ],
)
def test_broken_numbering_is_said_and_the_offices_alphabets_are_known(labels: str, codes: list[str]) -> None:
    text = "1. Trách nhiệm giải trình với người dân\n" + "".join(
        f"{name}) Tổ chức việc thứ {at} của xã theo lịch.\n" for at, name in enumerate(labels.split())
    )
    assert [one.code for one in findings(text) if one.code.startswith("numbering")] == codes


def test_a_table_may_pick_some_of_papis_own_numbers() -> None:
    text = table(
        "5\tThủ tục hành chính công\t\t\t\t",
        "5.1\tDịch vụ chứng thực, xác nhận\tRà soát bản sao\tSở Tư pháp\t\tNăm 2021",
        "5.4\tDịch vụ hành chính cấp xã\tHướng dẫn hộ tịch\tSở Tư pháp\t\tNăm 2021",
    )
    assert [one.code for one in findings(text) if one.code.startswith("numbering")] == []


@pytest.mark.parametrize(
    ("year", "heading", "wording"),
    [
        (2021, "Công khai, minh bạch", "Công khai, minh bạch"),
        (2016, "Công khai, minh bạch", None),
        (2021, "Đối với nội dung 2: “Công khai, minh bạch trong việc ra quyết định ở địa phương”", None),
        (2021, "Nội dung 6: Cung ứng dịch vụ hành chính công", "Cung ứng dịch vụ hành chính công"),
    ],
)
def test_a_dimension_is_called_as_papi_called_it_in_the_plans_year(
    year: int, heading: str, wording: str | None
) -> None:
    said = found("dimension_name", f"1. {heading}\n- Tổ chức họp dân hằng tháng tại nhà văn hóa.\n", year=year)
    assert [one["wording"] for one in said] == ([wording] if wording else [])


@pytest.mark.parametrize(
    ("heading", "other"), [("Chất lượng không khí; nguồn nước sinh hoạt", "7.3"), ("Chất lượng không khí", None)]
)
def test_a_heading_over_two_indicators_is_said(heading: str, other: str | None) -> None:
    text = table("7\tQuản trị môi trường\t\t\t\t", f"7.2\t{heading}\tGiám sát chất thải\tUBND cấp xã\t\tThường xuyên")
    assert [one["other"] for one in found("two_in_one", text)] == ([other] if other else [])


@pytest.mark.parametrize(
    ("aim", "sections"),
    [
        (
            "Nâng cao hiệu quả trên 6 trục nội dung: tham gia của người dân ở cấp cơ sở; công khai, minh bạch; trách nhiệm giải trình với người dân; thủ tục hành chính công.",
            4,
        ),
        ("Triển khai đồng bộ 08 chỉ số nội dung của Chỉ số PAPI.", None),
        ("Có ít nhất 03 chỉ số nội dung tăng điểm.", None),
    ],
)
def test_a_stated_number_is_held_against_the_sections(aim: str, sections: int | None) -> None:
    names = (
        "Tham gia của người dân ở cấp cơ sở",
        "Trách nhiệm giải trình với người dân",
        "Thủ tục hành chính công",
        "Quản trị điện tử",
    )
    text = f"1. Mục đích\n- {aim}\nII. GIẢI PHÁP\n" + "".join(
        f"{at}. {name}\n- Tổ chức họp dân tại nhà văn hóa.\n" for at, name in enumerate(names, 1)
    )
    assert [one["sections"] for one in found("stated_number", text)] == ([sections] if sections else [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Số: /KH-UBND", "blank_number"),
        ("Bình Định, ngày tháng năm 2022", "blank_date"),
        ("(Kèm theo Kế hoạch số: /KH-UBND ngày tháng năm 2022)", "blank_both"),
        ("Số: 29 /KH-UBND", None),
        ("Nậm Khánh, ngày 4 tháng 06 năm 2020", None),
        ("ghi đủ ngày, tháng, năm sinh", None),
    ],
)
def test_what_was_left_blank_is_said(line: str, code: str | None) -> None:
    text = line + "\nKẾ HOẠCH\nNâng cao Chỉ số PAPI\nI. MỤC ĐÍCH\n1. Mục đích\n- Nâng cao Chỉ số PAPI của tỉnh.\n"
    blocks = tuple(txt.blocks(text.encode(), "x.txt"))
    pieces = cut(blocks)
    said = [
        one.code
        for one in check(PLAN, blocks, tag(pieces.units, PLAN), pieces.lines, pieces.columns)
        if one.code.startswith("blank")
    ]
    assert said == ([code] if code else [])


def test_a_misprinted_column_is_said_once_and_a_rare_right_one_never() -> None:
    row = "1.1\tTri thức công dân\tTuyên truyền\tUBND cấp xã\tSở Tư pháp\tThường xuyên\n"
    text = (
        COLUMNS.replace("Cơ quan phối", "Có quan phối")
        + row
        + COLUMNS.replace("Cơ quan phối", "Có quan phối")
        + row.replace("1.1", "1.2")
    )
    assert found("column_misprint", text) == [{"wording": "Có quan phối hợp", "right": "Cơ quan phối hợp", "times": 2}]
    assert found("column_misprint", COLUMNS + row) == []


@pytest.mark.parametrize(
    ("year", "text", "codes"),
    [
        (2021, "5.2\tDịch vụ cấp phép xây dựng\tRà soát hồ sơ xây dựng", ["dropped_indicator"]),
        (2020, "5.2\tDịch vụ cấp phép xây dựng\tRà soát hồ sơ xây dựng", []),
        (2021, "5.1\tDịch vụ chứng thực, xác nhận\tNâng cao chất lượng cấp giấy phép xây dựng", ["dropped_topic"]),
    ],
)
def test_an_indicator_is_dropped_only_for_plans_after_papi_dropped_it(year: int, text: str, codes: list[str]) -> None:
    plan = table("5\tThủ tục hành chính công\t\t\t\t", f"{text}\tSở Xây dựng\t\tThường xuyên")
    assert [
        one.code
        for one in findings(plan, year=year, period_from=year, period_to=year)
        if one.code.startswith("dropped")
    ] == codes


@pytest.mark.parametrize(
    ("task", "is_said"),
    [
        ("Nâng cao hiệu quả hoạt động của Ban Thanh tra nhân dân tại các xã.", True),
        ("Các dự án phải có sự tham gia của Ban Thanh tra nhân dân.", False),
    ],
)
def test_a_board_is_a_dropped_topic_where_its_own_work_is_meant(task: str, is_said: bool) -> None:
    assert bool(found("dropped_topic", f"1. Trách nhiệm giải trình với người dân\na) {task}\n")) == is_said


# The shipped plans, and the table of rules.


def test_every_rule_is_explained_and_right_often_enough() -> None:
    emitted = {
        code
        for file in [*(ROOT / "etl").rglob("*.py")]
        for code in re.findall(r'Finding\(\s*f?"([a-z_]+)', file.read_text(encoding="utf-8"))
    }
    # a code that is put together ("numbering_" and what is wrong) is held by the plans below
    assert {code for code in emitted if not code.endswith("_")} <= set(CODES)
    assert emitted and rules()
    for rule in rules():
        right, of = int(rule["right"]), int(rule["of"])
        assert 0 <= right <= of and (of == 0 or right / of >= 0.8), rule["code"]


def test_the_counted_precision_is_of_what_the_rules_find_today(readings: tuple[Reading, ...]) -> None:
    counts = Counter(finding.code for reading in readings for finding in reading.findings)
    assert counts and {code: int(rule["of"]) for code, rule in CODES.items() if int(rule["of"])} == dict(counts)


def test_a_sentence_asks_for_nothing_that_its_findings_do_not_say(readings: tuple[Reading, ...]) -> None:
    found = [finding for reading in readings for finding in reading.findings]
    assert found
    for finding in found:
        said = json.loads(finding.detail) if finding.detail.startswith("{") else {"detail": finding.detail}
        made = {"missing", "elsewhere", "names", "topic", *(["at"] if "line" in said else [])}
        for language in ("vi", "en"):
            asked = {
                name for _, name, _, _ in string.Formatter().parse(CODES[finding.code][f"sentence_{language}"]) if name
            }
            assert asked - made <= set(said), finding


NOTED = [  # what a careful reader noted in the five plans: plan, code, line
    ("bac-kan-2021", "repeated_elsewhere", 110),
    ("bac-kan-2021", "topic_lost", 110),
    ("bac-kan-2021", "nothing_of_its_own", 148),
    ("bac-kan-2021", "heading_text_sub", 148),
    ("bac-kan-2021", "dropped_indicator", 141),
    ("bac-kan-2021", "two_in_one", 160),
    ("bac-kan-2021", "column_misprint", 91),
    ("bac-kan-2021", "date_begun_before_issue", 96),
    ("bac-kan-2021", "lead_and_coop", 165),
    ("bac-kan-2021", "dropped_topic", 121),
    ("bac-kan-2021", "dimension_name", 105),
    ("binh-dinh-2022", "blank_number", 3),
    ("binh-dinh-2022", "blank_date", 5),
    ("binh-dinh-2022", "blank_both", 222),
    ("binh-dinh-2022", "numbering_twice", 109),
    ("binh-dinh-2022", "dropped_topic", 63),
    ("binh-dinh-2022", "dropped_topic", 257),
    ("binh-dinh-2022", "rhythm_differs", 255),
    ("binh-dinh-2022", "dimension_name", 225),
    ("hung-yen-2020", "numbering_twice", 83),
    ("hung-yen-2020", "repeated_passage", 61),
    ("hung-yen-2020", "repeated_passage", 73),
    ("hung-yen-2020", "dimension_name", 107),
    ("hung-yen-2020", "dropped_topic", 69),
    ("hung-yen-2020", "dropped_topic", 227),
    ("nam-khanh-2020", "blank_number", 3),
    ("nam-khanh-2020", "stated_number", 19),
    ("nam-khanh-2020", "dropped_topic", 55),
    ("nam-khanh-2020", "dropped_topic", 57),
    *(("nam-khanh-2020", "dimension_described", line) for line in (31, 43, 51, 59, 69, 79)),
    ("soc-trang-so-tai-chinh-2022", "dimension_name", 61),
    ("soc-trang-so-tai-chinh-2022", "stated_name", 43),
]


@pytest.mark.parametrize(("plan", "code", "line"), NOTED)
def test_what_a_careful_reader_noted_is_found(readings: tuple[Reading, ...], plan: str, code: str, line: int) -> None:
    findings_of = next(reading.findings for reading in readings if reading.plan.plan_id == plan)
    assert (code, line) in {(finding.code, finding.line) for finding in findings_of}


# The page: sentences, lists, numbers.

ALL = ("bac-kan-2021", "binh-dinh-2022", "hung-yen-2020", "nam-khanh-2020", "soc-trang-so-tai-chinh-2022")


@pytest.fixture(params=["vi", "en"])
def shown(request: pytest.FixtureRequest, shown_database: Path) -> Iterator[str]:
    """The shipped plans' build in force, in one language."""
    with small.shown(shown_database, request.param):
        yield request.param


def test_every_finding_is_a_whole_sentence_in_both_languages(shown: str) -> None:
    found = data.findings(ALL, tuple(words.rules()))
    assert {one.plan_id for one in found} == set(ALL)
    for one in found:
        sentence = words.sentence(one)
        assert (
            sentence[:1] not in "–" and "{" not in sentence and " – " not in sentence and sentence.endswith((".", ";"))
        ), sentence


@pytest.mark.parametrize(
    ("code", "detail", "says"),
    [
        (
            "heading_text_dim",
            '{"declared": "1", "matched": "3.1"}',
            "Đề mục xếp vào 1 Tham gia của người dân, nhưng câu chữ nói về 3.1 Tương tác với chính quyền.",
        ),
        (
            "stated_number",
            '{"words": "6 trục nội dung", "sections": 8, "dims": ["7", "8"]}',
            "Phần đầu nói “6 trục nội dung”, nhưng kế hoạch có mục riêng cho 8 nội dung (danh sách không có nội dung 7 và 8).",
        ),
        (
            "stated_number",
            '{"words": "6 trục nội dung", "sections": 8, "dims": []}',
            "Phần đầu nói “6 trục nội dung”, nhưng kế hoạch có mục riêng cho 8 nội dung.",
        ),
        (
            "date_before_issue",
            '{"words": "Quý I", "issued": "2021-05-10"}',
            "“Quý I” đã qua khi kế hoạch được ban hành (10/05/2021).",
        ),
        # an older build says less than the table asks for
        ("heading_text_dim", "5 ≠ 8.1", "Đề mục xếp vào –, nhưng câu chữ nói về –."),
        (
            "repeated",
            '{"section": "annex.2", "line": 40, "alike": 97}',
            "Lặp lại gần nguyên văn mục 2 của phụ lục (dòng 40), giống 97%.",
        ),
        (
            "repeated",
            '{"section": "II.1", "line": 40, "place": "page:3/table:1/row:5", "alike": 97}',
            "Lặp lại gần nguyên văn mục II.1 (trang 3, bảng 1, hàng 5), giống 97%.",
        ),
    ],
)
def test_a_sentence_speaks_the_readers_words(shown: str, code: str, detail: str, says: str) -> None:
    if shown == "vi":
        assert words.sentence(SimpleNamespace(code=code, detail=detail)) == says


def test_lists_take_nothing_of_a_plan_as_markup(shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Shown(
        plan_id="p",
        position=1,
        code="blank_number",
        line=3,
        detail=json.dumps({"words": "<script>x</script>"}),
        place=None,
        unit_id=None,
        section="<b>",
        first_line=3,
        last_line=3,
        text="<i>y</i>",
        line_text=None,
        nth=1,
    )
    plan = data.plans()[0]
    markup = cards([row], plan, "")
    assert "<script>" not in markup and "<i>y" not in markup and "<b>," not in markup and "&lt;script&gt;" in markup


def test_every_number_of_the_matrix_is_as_many_findings(shown: str) -> None:
    columns, rows = cell_rows(view(ALL, None))
    codes = {words.title(code): code for code in words.rules()}
    assert rows and {row["kind"] for row in rows} <= set(codes)
    for row in rows:
        for plan in ALL:
            assert row[plan] == len(data.findings((plan,), (codes[row["kind"]],)))
    assert set(columns) == set(rows[0])
    assert sum(row[plan] for row in rows for plan in ALL) == len(words.csv_rows(ALL, tuple(codes.values()))[1])


def test_a_repeated_text_shows_both_places(shown: str) -> None:
    found = [one for one in data.findings(("hung-yen-2020",), ("repeated_passage",)) if one.line == 61]
    assert [unit.first_line for unit in data.units(words.unit_ids(found))] == [59, 61]


def test_a_list_shows_all_of_few_and_the_number_of_many(shown: str) -> None:
    markup = lists(view(ALL, None), "binh-dinh-2022", "")
    assert markup.count("task_without_lead") == 1 and markup.count("dimension_name") == 3 and "43" in markup
    assert (
        lists(view(ALL, "topic_lost"), "hung-yen-2020", "") == f'<p class="small">{html("findings.nothing_here")}</p>'
    )


@pytest.mark.parametrize(
    ("plans", "code"), [(ALL, None), (("hung-yen-2020",), None), (ALL, "numbering_twice"), (ALL, "task_without_lead")]
)
def test_title_and_answer_are_computed_for_any_choice(shown: str, plans: tuple[str, ...], code: str | None) -> None:
    for said in (title(view(plans, code)), answer(view(plans, code))):
        assert said and "{" not in said
    counted = {
        f"{plan}~{one.code}"
        for plan in plans
        for one in data.findings((plan,), (code,) if code else tuple(words.rules()))
    }
    for draw in (wide, narrow):
        figure = draw(view(plans, code))
        assert counted and counted <= set(small.hits(figure))
        assert title(view(plans, code)) in small.texts(figure)
        assert all(words.title(key.partition("~")[2]) in small.texts(figure) for key in counted)


def test_of_many_like_tasks_each_repeats_an_earlier_one_and_the_very_same_is_found_however_far() -> None:
    units = like_tasks(400)
    units[399] = replace(units[399], text=units[199].text)
    with_copies = {
        finding.ordinal: json.loads(finding.detail)["unit"]
        for finding in content.findings(PLAN, units)
        if finding.code == "repeated"
    }
    assert set(with_copies) == set(range(2, 401)) and with_copies[400] == 200
