"""What leaves the dashboard as Word and Excel: one office's checklist, the report and the workbook, opened again and
compared with the views.
"""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import docx
import house
import openpyxl
import pytest
import small
from docx.oxml.ns import qn
from streamlit.testing.v1 import AppTest

from ui import data
from ui.export import checklist, plain
from ui.export.__main__ import main
from ui.export.briefing import content, xlsx
from ui.export.briefing import docx as report
from ui.export.briefing.content import TIMINGS, Briefing, file_name, make
from ui.export.briefing.rows import Gap, Topic
from ui.words import labels

shelf = import_module("ui.data.build")
"""Where the build in force is kept; the package's own `build` is a function."""

HOSTILE = [  # text of a task, what a reader sees of it
    ('=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'),
    ("+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0"),
    ("-2+3", "-2+3"),
    ("@SUM(1)", "@SUM(1)"),
    ("một\x0bhai\x00ba\x1f", "một hai ba"),
    ("<script>alert(1)</script> & <w:p/>", "<script>alert(1)</script> & <w:p/>"),
    ("trái \u202egnohk\u202c phải\u200f", "trái gnohk phải"),
    ("nửa chữ \ud800 còn lại".encode("utf-8", "replace").decode(), "nửa chữ ? còn lại"),
    ("dòng một\ndòng hai\tthụt", "dòng một dòng hai thụt"),
    ("https://example.org/a b", "https://example.org/a b"),
    ("Đ" + "ặ" * 499, "Đ" + "ặ" * 499),
]
TITLE = "=Kế hoạch " + "nâng cao chỉ số " * 31
PAST_ONE = 320
"""Tasks of the long plan."""
LONG_SHEETS = ("Nhiệm vụ", "Nhiệm vụ và cơ quan", "Ô bao phủ")


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan whose texts try to be something else, and one that is long."""
    file = tmp_path_factory.mktemp("office") / "hostile.duckdb"
    with small.database(file) as insert:
        for plan, title in (("xau", TITLE), ("dai", "Dài"), ("trong", "Trống")):
            small.plan(
                insert,
                plan,
                title=title,
                short_vi=f"=Kế hoạch {plan}",
                short_en=f"@Plan {plan}",
                issuer="-UBND <b>",
                year=2021,
                file=f"{plan}.docx",
            )
        small.dimensions(insert, short_vi="ND {}")
        insert(
            "subdimensions",
            {
                "sub": "3.3",
                "dim": 3,
                "name_vi": "=Chỉ số",
                "name_en": "=Indicator",
                "short_vi": "CS",
                "short_en": "I",
                "measured_from": 2011,
            },
        )
        small.agency(insert, "=Sở Ác")
        units = [("xau", text, None) for text, _ in HOSTILE] + [
            (
                "dai",
                f"Việc {at}",
                datetime.date(2021, 1, 1) + datetime.timedelta(days=PAST_ONE - at) if at % 2 else None,
            )
            for at in range(PAST_ONE)
        ]
        for at, (plan, text, day) in enumerate(units, 1):
            unit = small.unit(
                insert,
                plan,
                at,
                section="I.=1",
                text=text,
                dim=at % 9,
                matched_dim=at % 9,
                dim_basis="declared",
                timing="dated" if day else "unspecified",
                timing_raw=text[:60] if not day else None,
                due_to=day,
            )
            small.part(insert, unit, "=Sở Ác", as_written="x")
    return file


@pytest.fixture
def hostile(hostile_file: Path) -> Iterator[None]:
    with small.shown(hostile_file):
        yield


def word_of(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def book_of(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Any, first_heading: str) -> list[dict[str, Any]]:
    """The rows of a sheet's list under their headings."""
    lines = list(sheet.iter_rows(values_only=True))
    at = next(number for number, line in enumerate(lines) if line[0] == first_heading)
    return [dict(zip(lines[at], line)) for line in lines[at + 1 :] if line[0] is not None]


def task_rows(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:]]


def rows_headed(document: Any, heading: str) -> list[list[str]]:
    """The rows of every table that has a column of this name."""
    tables = (
        [
            ["".join(words.text for words in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]
        for table in document.element.body.iter(qn("w:tbl"))
    )
    return [row for head, *rows in tables if heading in head for row in rows]


# The part of a page.


def part_of_a_page() -> None:
    from ui import data
    from ui.export.office import Office
    from ui.page import address
    from ui.topics.briefing import checklists
    from ui.words import labels

    labels.begin()
    data.begin()
    address.enter("checklist")
    checklists.section(Office())


@pytest.mark.parametrize(
    ("query", "says", "downloads"),
    [
        (
            {"ke": "binh-dinh-2022", "noi": "UBND cấp xã"},
            "Có 32 việc: 22 việc chủ trì, 1 việc phối hợp và 9 việc giao chung cho nhóm.",
            7,
        ),
        ({"ke": "binh-dinh-2022"}, "Chọn một cơ quan", 3),
        ({"ke": "binh-dinh-2022"}, "30 công văn; 6 công văn trong đó chưa xác định được nơi nhận", 3),
        ({"ke": "binh-dinh-2022", "noi": "Các địa phương"}, "Có 5 việc", 5),
        ({"ke": "khong-co<b>", "noi": "Sở Y tế"}, "khong-co&lt;b&gt;", 7),
        ({"ke": "binh-dinh-2022", "noi": "Sở Không Có"}, "Chọn một cơ quan", 3),
    ],
)
def test_a_page_offers_the_checklist_of_the_office_that_its_address_names(
    home: None, query: dict[str, str], says: str, downloads: int
) -> None:
    page = AppTest.from_function(part_of_a_page, default_timeout=house.PATIENCE)
    page.query_params.update(query)
    page.run()
    assert not page.exception
    assert (
        says in " ".join(element.proto.body for element in page.get("html"))
        and len(page.get("download_button")) == downloads
    )


# Words that are safe.


@pytest.mark.parametrize(("given", "seen"), HOSTILE)
def test_text_is_what_office_programs_can_show(given: str, seen: str) -> None:
    assert plain.text(given) == seen


def test_what_is_cut_says_how_much_is_left_and_where() -> None:
    with labels.speaking("vi"):
        assert plain.cut("một hai ba bốn", 8, "dòng 3") == "một hai … (còn 7 ký tự; xem dòng 3)"
        assert plain.cut("một hai", 8, "dòng 3") == "một hai"


# The checklist.

OFFICES = [
    ("binh-dinh-2022", "UBND cấp xã"),
    ("bac-kan-2021", "UBND cấp huyện"),
    ("hung-yen-2020", "Sở Nội vụ"),
    ("soc-trang-so-tai-chinh-2022", "Sở Nội vụ"),
]


@pytest.mark.parametrize(("plan_id", "agency"), OFFICES)
def test_a_checklist_holds_every_task_that_names_the_office(
    shipped: None, shown_database: Path, plan_id: str, agency: str
) -> None:
    wanted = (
        shelf.connection_of(str(shown_database))
        .cursor()
        .execute(
            """
        select text, bool_or(role = 'lead') from units join unit_agencies using (unit_id)
        where plan_id = ? and agency = ? and kind in ('action', 'assignment', 'reporting') group by unit_id, text""",
            [plan_id, agency],
        )
        .fetchall()
    )
    found = checklist.read(plan_id, agency)
    named = [item for item in found.items if item.part in checklist.ROLES]
    assert wanted and Counter(item.text for item in named) == Counter(plain.text(text) for text, _ in wanted)
    assert len(checklist.of(found.items, "lead")) == sum(leads for _, leads in wanted)


@pytest.mark.parametrize(
    ("plan_id", "agency", "group", "is_in"),
    [
        ("binh-dinh-2022", "UBND cấp xã", "Các địa phương", True),
        ("binh-dinh-2022", "Sở Y tế", "Các sở, ban, ngành", True),
        ("binh-dinh-2022", "Sở Y tế", "Các địa phương", False),
        ("hung-yen-2020", "Sở Y tế", "Các sở, ban, ngành", True),
        ("binh-dinh-2022", "MTTQ cấp xã", "MTTQ các cấp", True),
    ],
)
def test_an_office_gets_what_its_group_gets_and_the_list_says_so(
    shipped: None, plan_id: str, agency: str, group: str, is_in: bool
) -> None:
    through = [item for item in checklist.read(plan_id, agency).items if group in item.through]
    assert bool(through) == is_in and all(item.part == "grouped" for item in through)


def test_who_is_only_concerned_stands_apart(shipped: None) -> None:
    apart = checklist.of(checklist.read("hung-yen-2020", "Sở Nội vụ").items, "concerned")
    assert apart and all("liên quan" in item.through for item in apart)


@pytest.mark.parametrize("plan_id", ["binh-dinh-2022", "bac-kan-2021", "hung-yen-2020", "nam-khanh-2020"])
def test_the_list_of_offices_counts_what_their_checklists_hold(shipped: None, plan_id: str) -> None:
    offices = [vars(row) for row in data.given_agencies(plan_id)]
    assert offices and "Cá nhân được nêu tên" not in {row["agency"] for row in offices}
    for row in offices[::7]:
        found = Counter(item.part for item in checklist.read(plan_id, row["agency"]).items)
        assert {part: found[part] for part in checklist.PARTS} == {part: row[part] for part in checklist.PARTS}


def test_a_dated_item_comes_before_one_without_a_date(hostile: None) -> None:
    items = checklist.read("dai", "=Sở Ác").items
    ends = [item.end for item in items]
    dated = [end for end in ends if end]
    assert len(dated) == PAST_ONE // 2 and ends == sorted(dated) + [None] * (PAST_ONE // 2)


@pytest.mark.parametrize(
    ("plan_id", "agency", "says"),
    [
        ("bac-kan-2021", "UBND cấp huyện", "không có cơ quan kế thừa duy nhất"),
        ("bac-kan-2021", "Sở Tài nguyên và Môi trường", "do Sở Nông nghiệp và Môi trường đảm nhiệm"),
        ("bac-kan-2021", "Sở Nội vụ", ""),
    ],
)
def test_an_office_that_is_no_more_is_followed_to_today(shipped: None, plan_id: str, agency: str, says: str) -> None:
    with labels.speaking("vi"):
        today = checklist.read(plan_id, agency).today
    assert says in today and bool(today) == bool(says)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize(("plan_id", "agency"), OFFICES[:2])
def test_both_files_hold_the_same_items(shipped: None, plan_id: str, agency: str, lang: str) -> None:
    with labels.speaking(lang):
        wanted = checklist.read(plan_id, agency)
        headings = {name: labels.t(f"checklist.column.{name}") for name in ("number", "text", "lines", "end", "state")}
        state = labels.t("checklist.state.open")
    order = [item for part in checklist.PARTS for item in checklist.of(wanted.items, part)]
    assert order
    written = task_rows(word_of(checklist.make(plan_id, agency, "docx", lang)))
    assert [row[1] for row in written] == [str(at) for at in range(1, len(order) + 1)]
    assert all(item.text in row[2] and item.place in row[2] for row, item in zip(written, order, strict=True))
    listed = rows_of(book_of(checklist.make(plan_id, agency, "xlsx", lang)).worksheets[0], headings["number"])
    assert [(row[headings["text"]], row[headings["lines"]], row[headings["state"]]) for row in listed] == [
        (item.text, item.lines, state) for item in order
    ]
    assert [row[headings["end"]].date() if row[headings["end"]] else None for row in listed] == [
        item.end for item in order
    ]


def test_the_word_checklist_has_boxes_to_tick_and_its_head_on_every_page(shipped: None) -> None:
    document = word_of(checklist.make("binh-dinh-2022", "UBND cấp xã", "docx", "vi"))
    items = task_rows(document)
    assert (
        len(document.element.body.findall(".//{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"))
        == len(items)
        > 20
    )
    assert document.tables
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)


def test_the_excel_checklist_is_frozen_filtered_and_offers_its_states(shipped: None) -> None:
    sheet = book_of(checklist.make("binh-dinh-2022", "UBND cấp xã", "xlsx", "vi")).worksheets[0]
    head = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "STT")
    assert (
        sheet.freeze_panes == f"A{head + 1}"
        and sheet.auto_filter.ref.startswith(f"A{head}:")
        and sheet.print_title_rows == f"${head}:${head}"
    )
    assert (
        sheet.page_setup.orientation,
        sheet.page_setup.paperSize,
        sheet.page_setup.fitToWidth or 1,
        sheet.page_setup.fitToHeight,
    ) == ("landscape", 9, 1, 0)
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert offered == ['"chưa làm,đang làm,đã xong,không thuộc đơn vị"']


@pytest.mark.parametrize("ending", checklist.ENDINGS)
def test_hostile_text_stays_text_in_a_checklist(hostile: None, ending: str) -> None:
    content = checklist.make("xau", "=Sở Ác", ending, "vi")
    if ending == "docx":
        seen = [row[2] for row in task_rows(word_of(content))]
    else:
        sheet = book_of(content).worksheets[0]
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
        seen = [row["Việc"] for row in rows_of(sheet, "STT")]
    assert all(any(line.startswith(wanted) for line in seen) for _, wanted in HOSTILE)


@pytest.mark.parametrize("ending", checklist.ENDINGS)
def test_an_office_without_a_task_gets_a_file_that_says_so(hostile: None, ending: str) -> None:
    content = checklist.make("trong", "Sở Y tế", ending, "en")
    words = (
        "\n".join(paragraph.text for paragraph in word_of(content).paragraphs)
        if ending == "docx"
        else "\n".join(str(cell.value) for row in book_of(content).worksheets[0].iter_rows() for cell in row)
    )
    assert "The plan gives Sở Y tế (Department of Health) nothing to do." in words


def test_file_names_are_stable_and_without_marks() -> None:
    with labels.speaking("vi"):
        assert (
            checklist.file_name("binh-dinh-2022", "Sở Lao động, Thương binh và Xã hội", "docx")
            == "viec-can-lam-so-lao-dong-thuong-binh-va-xa-hoi-binh-dinh-2022.docx"
        )


def test_no_file_is_left_behind(shipped: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for ending in checklist.ENDINGS:
        checklist.make("binh-dinh-2022", "UBND cấp xã", ending, "vi")
    assert list(tmp_path.iterdir()) == []


# The report and the workbook.

ALL = ("hung-yen-2020", "bac-kan-2021", "binh-dinh-2022", "soc-trang-so-tai-chinh-2022", "nam-khanh-2020")


@pytest.fixture(scope="module")
def briefings(shown_database: Path) -> dict[str, Briefing]:
    """All shipped plans in both languages."""
    with data.showing(data.Build(str(shown_database), "papi-test", datetime.datetime(2026, 11, 21), "0")):
        return {lang: make(ALL, lang=lang) for lang in labels.LANGUAGES}


@pytest.fixture(scope="module")
def files(briefings: dict[str, Briefing], shown_database: Path) -> dict[tuple[str, str], bytes]:
    return {
        (lang, ending): maker.make(briefings[lang])
        for lang in labels.LANGUAGES
        for ending, maker in (("docx", report), ("xlsx", xlsx))
    }


def query(file: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    return shelf.connection_of(str(file)).cursor().execute(sql, values).fetchall()


def shown(state: str, n: int, value: int) -> str:
    return {"named": f"({n})", "passing": "•", "weak": f"{n}?", "description": "0*", "none": "0"}.get(state, str(value))


def test_the_matrices_of_the_report_hold_the_numbers_of_the_views(
    files: dict[tuple[str, str], bytes], briefings: dict[str, Briefing], shown_database: Path
) -> None:
    """Two of the dimensions, in the body and in the annex, and one of the sub-dimensions: topics down, plans across."""
    across = ["Nội dung, chỉ số", *(plan.narrow for plan in briefings["vi"].plans)]
    matrices = [
        table for table in word_of(files["vi", "docx"]).tables if [c.text for c in table.rows[0].cells] == across
    ]
    assert [len(table.rows) - 1 for table in matrices] == [9, 9, 29]
    for table in matrices:
        for row in table.rows[1:]:
            topic, *texts = [cell.text for cell in row.cells]
            key = topic.split()[0]
            view, column = ("plan_subdimension", "sub") if "." in key else ("plan_dimension", "dim")
            wanted = query(
                shown_database,
                f"select state, n, tasks from {view} join plan_list using (plan_id) where basis = 'heading' and {column} = ? and status = 'read' order by plan_list.position",
                key if "." in key else int(key) if key.isdecimal() else 0,
            )
            assert texts == [shown(*row) for row in wanted]


def test_the_workbook_holds_the_numbers_of_the_views_cell_by_cell(
    files: dict[tuple[str, str], bytes], shown_database: Path
) -> None:
    book = book_of(files["vi", "xlsx"])
    lines = list(book["Bao phủ"].iter_rows(values_only=True))
    for heading, what in (
        ("Số nhiệm vụ", "tasks"),
        ("Số nhiệm vụ có cơ quan chủ trì", "with_lead"),
        ("Số nhiệm vụ có ghi thời hạn", "with_time"),
    ):
        at = next(number for number, line in enumerate(lines) if line[0] == heading)
        for across, plan in enumerate(ALL, 1):
            wanted = query(
                shown_database,
                f"select state, n, {what} from plan_dimension where basis = 'heading' and plan_id = ? order by dim = 0, dim",
                plan,
            )
            assert [str(line[across]) for line in lines[at + 1 : at + 10]] == [shown(*row) for row in wanted]
    gaps = rows_of(book["Khoảng trống"], "Kế hoạch")
    assert (
        len(gaps)
        == query(
            shown_database,
            "select count(*) from gap where basis = 'heading' and plan_id in (select plan_id from plans where status = 'read')",
        )[0][0]
    )
    agencies = rows_of(book["Ai làm"], "Cơ quan được giao")
    wanted = query(
        shown_database,
        """select agency, sum(tasks) filter (role = 'lead'), sum(tasks) filter (role = 'coop'), sum(tasks) filter (role = 'monitor')
                                from agency_dimension_role where basis = 'heading' group by agency""",
    )
    assert {(row["Cơ quan được giao"], row["Chủ trì"], row["Phối hợp"], row["Theo dõi"]) for row in agencies} == {
        (name, *(int(n or 0) for n in sums)) for name, *sums in wanted
    }
    timings = rows_of(book["Khi nào"], "Kế hoạch")
    with labels.speaking("vi"):
        names = {labels.t(f"common.timing.{timing}"): timing for timing in TIMINGS}
    for row, plan in zip(timings[: len(ALL)], ALL, strict=True):
        wanted = dict(query(shown_database, "select timing, tasks from plan_timing where plan_id = ?", plan))
        assert {names[heading]: n for heading, n in row.items() if heading in names} == {
            timing: n
            for timing, n in wanted.items()
            if timing in {names[heading] for heading in row if heading in names}
        }
        assert sum(n for heading, n in row.items() if heading in names) == sum(wanted.values())
    tasks = rows_of(book["Nhiệm vụ"], "Mã")
    assert Counter(row["Nguyên văn"] for row in tasks) == Counter(
        plain.text(text) for (text,) in query(shown_database, "select text from units where kind = 'action'")
    )
    assert len(rows_of(book["Phát hiện"], "Kế hoạch")) == query(shown_database, "select count(*) from findings")[0][0]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_file_says_its_plans_version_and_guard(
    files: dict[tuple[str, str], bytes], briefings: dict[str, Briefing], lang: str
) -> None:
    in_word = "\n".join(paragraph.text for paragraph in word_of(files[lang, "docx"]).paragraphs)
    in_excel = "\n".join(
        str(cell)
        for sheet in book_of(files[lang, "xlsx"])
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )
    assert briefings[lang].about and briefings[lang].sources
    assert all(line in in_word and line in in_excel for line in briefings[lang].about)
    assert all(source in in_word for source in briefings[lang].sources) and "papi-test" in in_word


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_gap_and_every_task_stands_in_an_annex_with_its_place_in_the_plan(
    files: dict[tuple[str, str], bytes], briefings: dict[str, Briefing], lang: str
) -> None:
    document = word_of(files[lang, "docx"])
    with labels.speaking(lang):
        listed = {name: rows_headed(document, labels.t(f"report.column.{name}")) for name in ("lacks", "task")}
        gaps = Counter((f"{gap.topic.key} {gap.topic.name}", gap.lacks) for gap in briefings[lang].gaps)
    assert gaps and Counter((row[1], row[2]) for row in listed["lacks"]) == gaps
    tasks = Counter((plain.text(task["text"]), task["cited"]) for task in briefings[lang].tasks)
    assert len(briefings[lang].tasks) == 255 and Counter((row[1], row[5]) for row in listed["task"]) == tasks
    words = "\n".join(cell for row in listed["lacks"] for cell in row)
    quotes = [quote for gap in briefings[lang].gaps for quote in gap.elsewhere]
    assert quotes and all(f"({quote.plan}, {quote.cited})" in words for quote in quotes)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_report_names_no_line_of_a_text_file_and_in_its_body_no_file(
    files: dict[tuple[str, str], bytes], lang: str
) -> None:
    document = word_of(files[lang, "docx"])
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    first = next(at for at, words in enumerate(paragraphs) if words in ("Phụ lục I", "Annex I"))
    body = "\n".join(paragraphs[:first])
    assert len(body) > 3000 and not re.search(r"SHA|\.txt|papi-|\b(dòng|lines?) \d", body)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells[-1:])
    assert not re.search(r"\b(dòng|lines?) \d", cells)


def test_the_workbook_draws_its_colours_and_charts_itself(files: dict[tuple[str, str], bytes]) -> None:
    book = book_of(files["vi", "xlsx"])
    assert book.sheetnames == [
        "Tóm tắt",
        "Bao phủ",
        "Chỉ số thành phần",
        "Khoảng trống",
        "Ai làm",
        "Khi nào",
        "Phát hiện",
        *LONG_SHEETS,
        "Từ ngữ",
        "Nguồn",
    ]
    assert {name: len(book[name]._charts) for name in ("Bao phủ", "Ai làm", "Khi nào")} == {
        "Bao phủ": 1,
        "Ai làm": 1,
        "Khi nào": 1,
    }
    assert all(len(book[name].conditional_formatting) for name in ("Bao phủ", "Chỉ số thành phần", "Khi nào"))
    assert all(
        book[name].auto_filter.ref and book[name].freeze_panes for name in ("Khoảng trống", "Phát hiện", *LONG_SHEETS)
    )
    assert all(
        (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        for sheet in book.worksheets[1:]
    )


def test_only_chosen_dimensions_and_parts_are_in_the_files(shipped: None) -> None:
    briefing = make(["binh-dinh-2022"], dims=(3, 7), parts=("coverage", "tasks"), lang="vi")
    assert file_name(briefing, "docx") == "do-phu-binh-dinh-2022-nd-3-7.docx"
    book = book_of(xlsx.make(briefing))
    assert book.sheetnames == ["Tóm tắt", "Bao phủ", "Chỉ số thành phần", *LONG_SHEETS, "Từ ngữ", "Nguồn"]
    assert (
        len(rows_of(book["Nhiệm vụ"], "Mã"))
        == briefing.task_count
        == sum(briefing.cells["binh-dinh-2022", key].tasks for key in "37")
    )
    matrix = next(
        table for table in word_of(report.make(briefing)).tables if len(table.columns) == 2 and len(table.rows) > 2
    )
    assert [row.cells[0].text[0] for row in matrix.rows[1:]] == ["3", "7"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_hostile_plans_make_safe_files(hostile: None, lang: str) -> None:
    briefing = make(["xau", "trong"], lang=lang)
    document, book = word_of(report.make(briefing)), book_of(xlsx.make(briefing))
    assert all(
        cell.data_type != "f" and cell.hyperlink is None for sheet in book for row in sheet.iter_rows() for cell in row
    )
    in_word = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    in_excel = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert all(seen in in_word and seen in in_excel for _, seen in HOSTILE)
    assert plain.text(TITLE) in in_excel


def test_no_task_of_a_long_plan_is_left_out_of_any_file(hostile: None) -> None:
    briefing = make(["dai"], lang="vi")
    rows = [row for row in task_rows(word_of(report.make(briefing))) if len(row) == 6]
    assert [row[1] for row in rows] == [f"Việc {at}" for at in range(PAST_ONE)]
    assert len(rows_of(book_of(xlsx.make(briefing))["Nhiệm vụ"], "Mã")) == PAST_ONE


@pytest.mark.parametrize("n", [0, 1, 400])
def test_the_annex_has_every_gap_and_the_body_some_with_a_word_on_the_rest(
    briefings: dict[str, Briefing], n: int
) -> None:
    gap = Gap("binh-dinh-2022", Topic("3.3", "Tiếp cận", 3), "nhiệm vụ", "nhiệm vụ riêng", 0, 4, ())
    briefing = replace(briefings["vi"], parts=("gaps",), gaps=(gap,) * n)
    document = word_of(report.make(briefing))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert sum(len(row) == 5 for row in task_rows(document)) == n
    assert ("Không tìm thấy khoảng trống nào" in words) == (n == 0) and ("và 394 mục khác" in words) == (n == 400)
    assert len(rows_of(book_of(xlsx.make(briefing))["Khoảng trống"], "Kế hoạch")) == n


def test_thirty_plans_get_as_many_matrices_as_pages_need(briefings: dict[str, Briefing]) -> None:
    plans = tuple(replace(briefings["vi"].plans[at % 5], plan_id=f"p{at}") for at in range(30))
    cells = {
        (plan.plan_id, key): cell
        for plan in plans
        for (of, key), cell in briefings["vi"].cells.items()
        if of == "bac-kan-2021"
    }
    document = word_of(report.make(replace(briefings["vi"], parts=("coverage",), plans=plans, cells=cells)))
    assert [len(table.columns) for table in document.tables[2:]] == [11] * 6


def test_what_is_above_the_most_tasks_is_counted(hostile: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_TASKS", 300)
    briefing = make(["dai"], lang="vi")
    assert (len(briefing.tasks), briefing.task_count) == (300, PAST_ONE)
    assert any(
        "còn 20 hàng nữa" in str(row[0]) for row in book_of(xlsx.make(briefing))["Tóm tắt"].iter_rows(values_only=True)
    )


def test_no_plan_is_nothing_to_show(shipped: None) -> None:
    with pytest.raises(ValueError, match="Chưa chọn kế hoạch nào."):
        make(["khong-co"], lang="vi")


def test_a_report_and_a_workbook_leave_no_file_behind(
    briefings: dict[str, Briefing], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    report.make(briefings["vi"])
    xlsx.make(briefings["vi"])
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def printed(hostile_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where LibreOffice, started once for all, has printed what is hostile."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("printed")
    with small.shown(hostile_file):
        for ending, maker in (("docx", report), ("xlsx", xlsx)):
            (folder / f"checklist-{ending}.{ending}").write_bytes(checklist.make("xau", "=Sở Ác", ending, "vi"))
            (folder / f"briefing-{ending}.{ending}").write_bytes(maker.make(make(["xau", "trong"])))
    profile, files = f"-env:UserInstallation=file://{folder}/profile", map(str, folder.glob("*.*"))
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


@pytest.mark.parametrize("ending", checklist.ENDINGS)
@pytest.mark.parametrize("what", ["checklist", "briefing"])
def test_libreoffice_opens_what_is_hostile(printed: Path, what: str, ending: str) -> None:
    assert (printed / f"{what}-{ending}.pdf").read_bytes().startswith(b"%PDF")


# The order in which the schema of Word wants the parts of a table's properties.
ORDER = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"]


def test_the_properties_of_a_table_stand_in_the_schemas_order(files: dict[tuple[str, str], bytes]) -> None:
    for table in word_of(files["vi", "docx"]).tables:
        names = [part.tag.split("}")[1] for part in table._tbl.tblPr]
        assert names == sorted(names, key=ORDER.index)


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        ("Sở Nội vụ", 0, ""),
        ("so noi vu", 0, ""),
        ("SỞ NỘI VỤ", 0, ""),
        ("UBND xã", 2, "Tên gần nhất trong kế hoạch: UBND cấp xã"),
        ("Phòng Không có", 2, "Tên gần nhất trong kế hoạch: "),
    ],
)
def test_an_office_is_meant_in_any_case_and_without_marks_or_the_nearest_are_named(
    shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: str, code: int, says: str
) -> None:
    file = tmp_path / "viec.xlsx"
    assert main(["checklist", "--plan", "bac-kan-2021", "--agency", asked, "--to", str(file)]) == code
    assert file.exists() is (code == 0) and says in capsys.readouterr().err
    if code == 0:
        assert checklist.make("bac-kan-2021", "Sở Nội vụ", "xlsx", "vi")[:2] == file.read_bytes()[:2]
        assert "Sở Nội vụ" in str(book_of(file.read_bytes()).worksheets[0]["A1"].value)
