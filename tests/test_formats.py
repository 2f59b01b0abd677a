"""Every format gives the same blocks: the same plan in each, and what each format alone can hold."""

from __future__ import annotations

import datetime
import io
import json
import random
import zipfile
from pathlib import Path

import duckdb
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from benchmarks.formats import STRANGERS, WRITERS
from etl.__main__ import main
from etl.check.doubts import assumptions
from etl.cut import cut
from etl.model import Block, Unread
from etl.read import docx, guard, html, read, xlsx
from etl.reference import DATA
from ui.words import units as words_units

PLANS = (
    STRANGERS / "hau-giang-so-tu-phap-2024.txt",
    STRANGERS / "phu-yen-2023.txt",
    STRANGERS / "que-phong-2021.txt",
    DATA / "plans" / "bac-kan-2021.txt",
)


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending != "txt"])
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_the_same_plan_gives_the_same_units_in_every_format(plan: Path, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"ke-hoach.{ending}"
    WRITERS[ending](plan.read_bytes(), file)
    assert [told(unit) for unit in cut(read(file)).units] == [told(unit) for unit in cut(read(plan)).units]


def told(unit) -> tuple:
    """What of a unit does not hang on the format. An older code has no “ ” and no capital letters with a tone."""
    plain = str.maketrans({"“": '"', "”": '"', "–": "-", "?": "", "…": ""})
    return (
        unit.channel,
        unit.text.lower().translate(plain),
        unit.declared_dim,
        unit.declared_sub,
        [(cell.role, " ".join(cell.text.lower().translate(plain).split()), cell.basis) for cell in unit.cells],
    )


# Word.


def word(*xml: str) -> list[Block]:
    """The blocks of a document whose body is this XML."""
    document = Document()
    for one in xml:
        document.element.body.insert_element_before(parse_xml(one.replace(">", f" {nsdecls('w')}>", 1)), "w:sectPr")
    return blocks_of(document)


def blocks_of(document) -> list[Block]:
    file = io.BytesIO()
    document.save(file)
    return list(docx.blocks(file.getvalue(), "ke-hoach.docx"))


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (
            f"<w:p>{run('Sở Nội vụ ')}<w:ins w:id='1' w:author='a'>{run('chủ trì')}</w:ins><w:del w:id='2' w:author='a'><w:r><w:delText>phối hợp</w:delText></w:r></w:del></w:p>",
            "Sở Nội vụ chủ trì",
        ),
        (
            f"<w:p><w:moveFrom w:id='1' w:author='a'>{run('cũ')}</w:moveFrom><w:moveTo w:id='2' w:author='a'>{run('đã chuyển đến')}</w:moveTo></w:p>",
            "đã chuyển đến",
        ),
        (
            f"<w:p>{run('Trước ')}<w:sdt><w:sdtContent>{run('trong ô điều khiển')}</w:sdtContent></w:sdt></w:p>",
            "Trước trong ô điều khiển",
        ),
        (f"<w:sdt><w:sdtContent><w:p>{run('cả đoạn')}</w:p></w:sdtContent></w:sdt>", "cả đoạn"),
        (f"<w:p>{run('nhìn thấy')}{run(' ẩn', '<w:vanish/>')}</w:p>", "nhìn thấy"),
        (
            "<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTimeH' w:hAnsi='.VnTimeH'/></w:rPr><w:t>ñy ban nh©n d©n</w:t></w:r></w:p>",
            "ỦY BAN NHÂN DÂN",
        ),
        (
            "<w:p><w:hyperlink><w:r><w:t>Cổng</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>thông tin</w:t></w:r></w:p>",
            "Cổng thông tin",
        ),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>x&lt;b&gt;</w:t></w:r></w:p>", "x<b>"),
    ],
)
def test_a_word_paragraph_is_read_as_it_looks_when_all_changes_are_accepted(xml: str, text: str) -> None:
    assert [block.text for block in word(xml)] == [text]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert [
        b.text
        for b in word(
            f"<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>{run('một ')}</w:p>",
            f"<w:p>{run('câu')}</w:p>",
        )
    ] == ["một câu"]


def test_what_was_accepted_and_what_was_hidden_is_said() -> None:
    assert word(f"<w:p>{run('a')}<w:ins w:id='1' w:author='a'>{run('b')}</w:ins></w:p>")[0].note == "changes_accepted 1"
    assert word(f"<w:p>{run('a')}{run('b', '<w:vanish/>')}</w:p>")[0].note == "text_hidden 1"
    both = word(f"<w:p>{run('a')}{run('b', '<w:vanish/>')}<w:ins w:id='1' w:author='a'>{run('c')}</w:ins></w:p>")
    assert [(one.code, one.detail) for one in assumptions(both)] == [("changes_accepted", "1"), ("text_hidden", "1")]


@pytest.mark.parametrize(
    ("kind", "added", "said"),
    [
        ("docx", {"word/vbaProject.bin": b"Sub AutoOpen"}, "word/vbaProject.bin"),
        ("xlsx", {"xl/vbaProject.bin": b"Sub AutoOpen"}, "xl/vbaProject.bin"),
        ("docx", {"../../../../tmp/x": b"x", "/etc/y": b"y"}, "../../../../tmp/x, /etc/y"),
        ("xlsx", {"xl/../../z.bin": b"z"}, "xl/../../z.bin"),
        ("docx", {"word/media/a..b.png": b"x"}, ""),
    ],
)
def test_macros_and_parts_that_lead_out_are_left_shut_and_said(kind: str, added: dict[str, bytes], said: str) -> None:
    made = io.BytesIO()
    document, book = Document(), Workbook()
    document.add_paragraph("Kế hoạch")
    book.active["A1"] = "Kế hoạch"
    (document if kind == "docx" else book).save(made)
    with zipfile.ZipFile(made, "a") as package:
        for name, content in added.items():
            package.writestr(name, content)
    assert guard.format_of(made.getvalue(), "a") == kind
    found = list((docx if kind == "docx" else xlsx).blocks(made.getvalue(), "a"))
    assert (found[0].text, found[0].note) == ("Kế hoạch", f"parts_left_shut {said}" if said else "")


def numbered(*items: tuple[int, int, str]) -> list[str]:
    """Paragraphs of (list, level, words), under a numbering part like those Word writes."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (shape, text) in enumerate(
            (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"), ("bullet", ""))
        )
    )
    document = Document()
    part = document.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    part.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="7">{levels}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="7"/></w:num>'))
    part.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="3"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for list_id, level, words in items:
        properties = (
            f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
            if list_id
            else ""
        )
        document.element.body.insert_element_before(
            parse_xml(f"<w:p {nsdecls('w')}>{properties}{run(words)}</w:p>"), "w:sectPr"
        )
    return [block.text for block in blocks_of(document)]


def test_lists_have_the_numbers_that_word_shows() -> None:
    assert numbered(
        (1, 0, "Mục đích"),
        (1, 1, "Yêu cầu"),
        (1, 2, "Một"),
        (1, 2, "Hai"),
        (1, 3, "x"),
        (1, 3, "y"),
        (1, 4, "z"),
        (0, 0, "không số"),
        (1, 3, "w"),
        (1, 0, "Nhiệm vụ"),
        (1, 1, "Lại từ đầu"),
        (1, 3, "p"),
        (2, 3, "q"),
    ) == [
        "I. Mục đích",
        "1. Yêu cầu",
        "1.1. Một",
        "1.2. Hai",
        "a) x",
        "b) y",
        "- z",
        "không số",
        "c) w",
        "II. Nhiệm vụ",
        "1. Lại từ đầu",
        "a) p",
        "a) q",
    ]


def test_an_empty_numbered_cell_has_its_number() -> None:
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for words in (("STT", "Nhiệm vụ", "Chủ trì"), ("", "một", "Sở Nội vụ"), ("", "hai", "Sở Y tế")):
        for cell, said in zip(table.add_row().cells, words):
            cell.text = said
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
    assert [block.cells[0] for block in blocks_of(document)] == ["STT", "1.", "2."]


def table_of(*rows: tuple[str, ...]):
    document = Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for words in rows:
        for cell, said in zip(table.add_row().cells, words):
            cell.text = said
    return document, table


def test_cells_merged_down_and_across_stand_where_they_begin() -> None:
    document, table = table_of(
        ("STT", "Nhiệm vụ", "", "Chủ trì"), ("1", "a)", "Rà soát", "Sở Nội vụ"), ("", "b)", "Niêm yết", "")
    )
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 3).merge(table.cell(2, 3))
    assert [block.cells for block in blocks_of(document)] == [
        ("STT", "Nhiệm vụ", "Chủ trì"),
        ("1", "a) Rà soát", "Sở Nội vụ"),
        ("", "b) Niêm yết", ""),
    ]


def test_a_head_of_two_rows_is_one_and_names_each_column() -> None:
    document, table = table_of(
        ("STT", "Nhiệm vụ", "Phân công", "", "Thời gian", ""),
        ("", "", "Chủ trì", "Phối hợp", "Từ", "Đến"),
        ("1", "Rà soát", "Sở Nội vụ", "Sở Y tế", "Quý I", "Quý II"),
    )
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (0, 5))):
        table.cell(*first).merge(table.cell(*last))
    head, beside, row = blocks_of(document)
    assert (beside.text, beside.is_aside) == ("Phân công", True)
    assert (
        head.cells == ("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian: Từ", "Thời gian: Đến")
        and head.place == "table:1/row:1-2"
    )
    assert row.cells == ("1", "Rà soát", "Sở Nội vụ", "Sở Y tế", "Quý I", "Quý II") and row.place == "table:1/row:3"


def test_the_letterhead_in_a_table_without_lines_is_paragraphs() -> None:
    document, _ = table_of(("UBND TỈNH\nSố: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert [(b.text, b.cells) for b in blocks_of(document)] == [
        ("UBND TỈNH", ()),
        ("Số: 12/KH-UBND", ()),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ()),
    ]


def test_a_table_in_a_cell_stays_in_it_and_one_in_a_frame_is_read() -> None:
    document, table = table_of(("STT", "Nhiệm vụ", "Chủ trì"), ("1", "Rà soát:", "Sở Nội vụ"))
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "xã A", "quý I"
    assert blocks_of(document)[1].cells == ("1", "Rà soát:\nxã A quý I", "Sở Nội vụ")
    document, table = table_of(("",))
    inner = table.cell(0, 0).add_table(rows=2, cols=3)
    for at, said in enumerate(("STT", "Nhiệm vụ", "Chủ trì", "1", "Rà soát", "Sở Nội vụ")):
        inner.cell(at // 3, at % 3).text = said
    assert [block.cells for block in blocks_of(document)] == [
        ("STT", "Nhiệm vụ", "Chủ trì"),
        ("1", "Rà soát", "Sở Nội vụ"),
    ]


def test_headers_footers_and_notes_are_kept_aside() -> None:
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    document.sections[0].header.paragraphs[0].text = "UBND TỈNH"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    assert [(b.text, b.is_aside, b.place) for b in blocks_of(document)] == [
        ("UBND TỈNH", True, "header"),
        ("KẾ HOẠCH", False, "paragraph:1"),
        ("Trang 1", True, "footer"),
    ]


def test_headings_by_style_and_paragraphs_in_bold_are_known() -> None:
    document = Document()
    document.add_heading("I. MỤC ĐÍCH", 1)
    document.add_paragraph().add_run("1. Mục tiêu").bold = True
    half = document.add_paragraph()
    half.add_run("2. ").bold = True
    half.add_run("Yêu cầu")
    assert [(b.level, b.bold) for b in blocks_of(document)][1:] == [(0, True), (0, False)] and blocks_of(document)[
        0
    ].level == 1


# Workbooks.


def workbook(rows, prepare=lambda sheet: None, more=None) -> list[Block]:
    """The blocks of a workbook whose first sheet holds these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "Phụ lục"
    prepare(book.active)
    for title in more or ():
        book.create_sheet(title).append([f"trên {title}"])
    file = io.BytesIO()
    book.save(file)
    return list(xlsx.blocks(file.getvalue(), "ke-hoach.xlsx"))


HEAD = ["STT", "Nhiệm vụ", "Chủ trì", "Thời gian"]


def cells_of(blocks: list[Block]) -> list[tuple[str, ...]]:
    return [block.cells for block in blocks if block.cells]


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (1.1, "General", "1.1"),
        (1.1, "0.00", "1.10"),
        ("1.10", "@", "1.10"),
        (3.0, "General", "3"),
        (7, "General", "7"),
        (0.95, "0%", "95%"),
        ("05", "@", "05"),
        (datetime.date(2026, 12, 15), "dd/mm/yyyy", "15/12/2026"),
        (datetime.datetime(2026, 9, 1), "mm/yyyy", "09/2026"),
        ("Quý I", "General", "Quý I"),
        (0.1 + 0.2, "General", "0.3"),
    ],
)
def test_a_cell_says_what_it_shows(value: object, form: str, words: str) -> None:
    def prepare(sheet) -> None:
        sheet["D2"].number_format = form

    assert cells_of(workbook([HEAD, ["1", "Rà soát", "Sở Nội vụ", value]], prepare))[1][3] == words


def test_a_column_of_numbers_counts_on_where_a_number_lost_its_nought() -> None:
    rows = [HEAD] + [
        [number, f"việc {at}", "Sở Nội vụ", "Quý I"]
        for at, number in enumerate((1, 1.1, 1.8, 1.9, 1.1, 1.11, 1.19, 1.2, 2, 2.1, datetime.date(2026, 2, 2)))
    ]
    assert [cells[0] for cells in cells_of(workbook(rows))[1:]] == [
        "1",
        "1.1",
        "1.8",
        "1.9",
        "1.10",
        "1.11",
        "1.19",
        "1.20",
        "2",
        "2.1",
        "2.2",
    ]


def test_merged_ranges_a_head_of_two_rows_and_titles_over_a_table_are_read() -> None:
    def prepare(sheet) -> None:
        for span in ("A1:E1", "C2:D2", "A2:A3", "B2:B3", "E2:E3", "A4:A5", "E4:E5"):
            sheet.merge_cells(span)

    title, *found = workbook(
        [
            ["PHỤ LỤC"],
            ["STT", "Nhiệm vụ", "Phân công", None, "Thời gian"],
            [None, None, "Chủ trì", "Phối hợp"],
            [1, "Rà soát", "Sở Nội vụ", "Sở Y tế", "Quý I"],
            [None, "Niêm yết", "Sở Tư pháp"],
        ],
        prepare,
    )
    rest = [block for block in found if not block.is_aside]
    assert (title.text, title.cells) == ("PHỤ LỤC", ())
    assert [block.cells for block in rest] == [
        ("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"),
        ("1", "Rà soát", "Sở Nội vụ", "Sở Y tế", "Quý I"),
        ("", "Niêm yết", "Sở Tư pháp", "", ""),
    ]
    assert [block.place for block in rest] == ["sheet:Phụ lục/row:2", "sheet:Phụ lục/row:4", "sheet:Phụ lục/row:5"]


def test_hidden_rows_columns_and_sheets_are_kept_aside_and_said() -> None:
    def prepare(sheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet.parent.create_sheet("Cũ", 1).append(["việc cũ"])
        sheet.parent["Cũ"].sheet_state = "hidden"

    found = workbook(
        [HEAD, ["1", "việc ẩn", "Sở Y tế", "Quý I"], ["2", "việc hiện", "Sở Nội vụ", "mật"]], prepare, more=["Sau"]
    )
    assert cells_of(found) == [("STT", "Nhiệm vụ", "Chủ trì"), ("2", "việc hiện", "Sở Nội vụ")]
    assert [(block.text, block.note) for block in found if block.is_aside] == [
        ("Thời gian", "sheet_hidden Phụ lục: 2, D"),
        ("1 việc ẩn Sở Y tế Quý I", ""),
        ("mật", ""),
        ("việc cũ", "sheet_hidden Cũ"),
    ]
    assert found[-1].text == "trên Sau"


def test_prose_around_a_table_and_a_signature_under_it_are_paragraphs() -> None:
    found = workbook(
        [
            ["UBND XÃ", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["I.", "MỤC ĐÍCH"],
            ["1", "Nâng cao Chỉ số PAPI"],
            HEAD,
            ["1", "Rà soát", "Sở Nội vụ", "Quý I"],
            [None],
            ["III. TỔ CHỨC THỰC HIỆN"],
            ["Nơi nhận:", None, None, "CHỦ TỊCH"],
        ]
    )
    assert [block.text for block in found if not block.cells] == [
        "UBND XÃ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "I. MỤC ĐÍCH",
        "1. Nâng cao Chỉ số PAPI",
        "III. TỔ CHỨC THỰC HIỆN",
        "Nơi nhận:",
        "CHỦ TỊCH",
    ]


def test_one_value_in_the_last_corner_makes_no_sheet_longer() -> None:
    def prepare(sheet) -> None:
        sheet["XFD1048576"] = "x"

    assert len(workbook([HEAD, ["1", "Rà soát", "Sở Nội vụ", "Quý I"]], prepare)) == 3


def test_a_formula_that_nobody_has_counted_is_said() -> None:
    assert workbook([HEAD, ["1", "Rà soát", "Sở Nội vụ", "=A1"]])[0].note == "formula_without_value 1"


# Web pages.


def page(body: str) -> list[Block]:
    return list(
        html.blocks(
            f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode(),
            "ke-hoach.html",
        )
    )


FILLER = "<p>" + "Thực hiện Kế hoạch nâng cao Chỉ số PAPI. " * 20 + "</p>"


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>I.&nbsp;MỤC&#272;&Iacute;CH &lt;b&gt;</p>", [("I. MỤCĐÍCH <b>", 0, False)]),
        (
            "<p><b>I. MỤC ĐÍCH</b><br>Nâng cao<br>chất lượng.</p>",
            [("I. MỤC ĐÍCH", 0, True), ("Nâng cao chất lượng.", 0, False)],
        ),
        ("<div>- một;<br>- hai;<br/><br/>ba</div>", [("- một;", 0, False), ("- hai;", 0, False), ("ba", 0, False)]),
        (
            "<h2>II. NHIỆM VỤ</h2><p style='font-weight: bold'>1. Việc</p>",
            [("II. NHIỆM VỤ", 2, False), ("1. Việc", 0, True)],
        ),
        (
            "<ol start='3'><li>ba<li>bốn</ol><ol type=a><li>x</ol><ul><li>y<li>a) z</ul>",
            [(t, 0, False) for t in ("3. ba", "4. bốn", "a) x", "- y", "a) z")],
        ),
        (
            "<script>alert('<p>I. X</p>')</script><style>p{}</style><p>chữ<script>x()</script> còn</p>",
            [("chữ còn", 0, False)],
        ),
        (
            "<p onclick='alert(1)'><img src=x onerror=alert(1)>chữ</p><iframe src='http://x'>z</iframe>",
            [("chữ", 0, False)],
        ),
        ("<p><font face='.VnTime'>ñy ban nh©n d©n</font></p>", [("ủy ban nhân dân", 0, False)]),
        ("<table><tr><td>1.</td><td>việc</td></tr></table>", [("1. việc", 0, False)]),
    ],
)
def test_a_web_page_is_read_as_a_browser_shows_it(body: str, blocks: list[tuple]) -> None:
    assert [(block.text, block.level, block.bold) for block in page(body)] == blocks


@pytest.mark.parametrize(
    "menu",
    [
        "<nav><a href=/>Trang chủ</a> <a href=/t>Tin</a></nav>",
        "<div class='main-menu'>Trang chủ</div>",
        "<div id=footer>1. Bản quyền</div>",
        "<div role=navigation>x</div>",
        "<ul><li><a>Trang chủ</a><li><a>Tin tức</a><li><a>I. Văn bản</a></ul>",
    ],
)
def test_menus_and_footers_are_kept_aside(menu: str) -> None:
    assert [block.is_aside for block in page(menu + FILLER)][-1:] == [False] and all(
        block.is_aside for block in page(menu + FILLER)[:-1]
    )
    assert page(menu)  # a page that is nothing else is still read


def test_a_table_inside_the_frame_of_a_portal_is_a_table_with_its_spans() -> None:
    inner = (
        "<tr><th>STT<th>Nhiệm vụ<th colspan=2>Phân công</tr><tr><td></td><td></td><td>Chủ trì</td><td>Phối hợp</td></tr>"
        "<tr><td rowspan=2>1<td>Rà soát:<table><tr><td>xã A<td>quý I</table><td rowspan=2>Sở Nội vụ<td>Sở Y tế</tr><tr><td>Niêm yết<br>công khai<td></tr>"
    )
    found = page(f"<table><tr><td>menu<td><table><tbody>{inner}</tbody></table>{FILLER}<td>bên phải</table>")
    assert cells_of(found) == [
        ("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp"),
        ("1", "Rà soát:\nxã A quý I", "Sở Nội vụ", "Sở Y tế"),
        ("", "Niêm yết\ncông khai", "", ""),
    ]
    assert next(block.text for block in found if not block.cells) == "menu"


@pytest.mark.parametrize(
    ("over", "below", "names"),
    [
        ("Tiến độ năm 2023", ("Quý III", "Quý IV"), ("Tiến độ năm 2023: Quý III", "Tiến độ năm 2023: Quý IV")),
        ("Thời gian (tháng)", ("7", "8"), ("Thời gian (tháng): 7", "Thời gian (tháng): 8")),
        ("Phân công", ("Chủ trì", "Phối hợp"), ("Chủ trì", "Phối hợp")),
    ],
)
def test_columns_under_one_head_keep_their_own_names(over: str, below: tuple[str, str], names: tuple[str, str]) -> None:
    head = f"<tr><th rowspan=2>TT<th rowspan=2>Nhiệm vụ<th colspan=2>{over}</tr><tr><th>{below[0]}<th>{below[1]}</tr>"
    found = page(f"<table>{head}<tr><td>1<td>Đo nước giếng<td>x<td></tr></table>")
    assert cells_of(found)[0] == ("TT", "Nhiệm vụ", *names)


def test_a_page_nested_beyond_reason_is_refused_in_one_sentence() -> None:
    with pytest.raises(Unread, match="lồng"):
        page("<div>" * 240 + "chữ")


def test_a_page_in_an_older_code_is_read_whatever_it_says_of_itself() -> None:
    content = b"<html><meta charset=utf-8><p>" + b"K\xd5 ho\xb9ch c\xf1a \xf1y ban nh\xa9n d\xa9n" + b"</p></html>"
    (block,) = html.blocks(content, "ke-hoach.html")
    assert (block.text, block.note) == ("Kế hoạch của ủy ban nhân dân", "charset_assumed TCVN3")


# What must not be opened.


def package(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "html"])
def test_a_file_with_wrong_bytes_is_read_or_refused_in_one_sentence_and_nothing_else_is_printed(
    ending: str, tmp_path: Path, capfd: pytest.CaptureFixture
) -> None:
    file = tmp_path / f"ke-hoach.{ending}"
    WRITERS[ending](PLANS[0].read_bytes(), file)
    whole, chance = file.read_bytes(), random.Random(7)
    for _ in range(10):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 5, 40))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        file.write_bytes(content[: chance.randrange(len(content))] if chance.random() < 0.3 else content)
        try:
            assert read(file)
        except Unread as reason:
            assert "\n" not in reason.vi + reason.en
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (package(word__document_xml=b"<w:p/>" + b" " * 60_000_000), "quá lớn"),
        (package(word__document_xml=b'<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]><a/>'), "DOCTYPE"),
        (
            package(word__document_xml='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")),
            "DOCTYPE",
        ),
        (package(word__document_xml=b"<a>" + b"<b/>" * 2_100_000 + b"</a>"), "quá lớn"),
        (package(word__document_xml=b"<a"), "hỏng"),
        (package(**{f"x{n}": b"" for n in range(5_100)}), "quá lớn"),
        (package(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=b"<row/>" * 150_000), "hàng"),
        (package(xl__workbook_xml=b"<a"), "hỏng"),
        (package(a=b"x"), "nén"),
        (package(ppt__presentation_xml=b"<a/>"), "trình chiếu"),
        (package(content_xml=b"<a/>"), "LibreOffice"),
        (b"x" * (guard.LARGEST_FILE + 1), "MB"),
        (b"chu " * 1_500_000, "quá lớn"),
    ],
)
def test_a_file_that_could_do_harm_gets_one_sentence(content: bytes, word: str, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.docx"
    file.write_bytes(content)
    with pytest.raises(Unread, match=word) as reason:
        read(file)
    assert "\n" not in reason.value.vi + reason.value.en


# All the way.


def test_a_folder_of_all_formats_is_built_and_each_unit_knows_its_place(tmp_path: Path) -> None:
    folder, database = tmp_path / "plans", tmp_path / "papi.duckdb"
    folder.mkdir()
    for ending in ("txt", "docx", "xlsx", "pdf", "html"):
        WRITERS[ending](PLANS[0].read_bytes(), folder / f"{ending}.{ending}")
    (folder / "hong.docx").write_bytes(b"PK\3\4x")
    assert main(["build", "--plans", str(folder), "--out", str(database)]) == 0
    with duckdb.connect(str(database), read_only=True) as con:
        units = con.execute("select plan_id, count(*) from units group by all order by all").fetchall()
        places = dict(
            con.execute(
                "select plan_id, any_value(place order by ordinal) from units where text like 'Xây dựng bộ tài liệu%' group by all"
            ).fetchall()
        )
        (unread,) = con.execute("select unread_vi from plans where plan_id = 'hong'").fetchone()
    assert len(units) == 5 and len({count for _, count in units}) == 1
    assert places == {
        "txt": None,
        "docx": "table:1/row:3",
        "xlsx": "sheet:Bảng 1/row:3",
        "pdf": "page:2/table:1/row:3",
        "html": "table:1/row:3",
    }
    assert "hỏng" in unread


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("page:3/table:1/row:5", "trang 3, bảng 1, hàng 5"),
        ("sheet:Phụ lục 1/row:17", "trang tính “Phụ lục 1”, hàng 17"),
        ("paragraph:12", "đoạn văn 12"),
        ("header", "đầu trang"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_place_is_said_in_words(place: str | None, words: str) -> None:
    assert words_units.place(place) == words


def test_one_document_of_any_format_is_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    WRITERS["docx"](PLANS[0].read_bytes(), tmp_path / "ke-hoach.docx")
    assert main(["read", str(tmp_path / "ke-hoach.docx")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["units"][0]["place"].startswith("paragraph:") and said["plan"]["file"] == "ke-hoach.docx"
    (tmp_path / "cu.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600)
    assert main(["read", str(tmp_path / "cu.doc")]) == 2
    assert "hỏng" in (error := capsys.readouterr().err) and error.count("\n") == 1
