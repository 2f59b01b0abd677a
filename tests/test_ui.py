"""What leaves the dashboard is safe and says the same as the page: spreadsheets, markdown, widths, colours."""

from __future__ import annotations

import csv
import io
import tomllib
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import small
from markupsafe import Markup

from ui import data
from ui.draw import marks, measure, palette
from ui.draw.measure import width_of
from ui.draw.palette import DIM, INK
from ui.draw.sheet import NARROW, WIDE_BESIDE, Drawing, Sheet
from ui.export import origin, word
from ui.export.table import Table, _number, csv_bytes, safe, xlsx_bytes
from ui.page import files, write
from ui.words import labels, units
from ui.words.letters import slug

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+84 24", "'+84 24"),
        ("- Tuyên truyền", "'- Tuyên truyền"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1+1", "' =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("Sở Y tế", "Sở Y tế"),
        ("3.3", "3.3"),
        (4, 4),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_no_spreadsheet_runs_what_a_plan_wrote(value, written):
    assert safe(value) == written


def test_a_csv_opens_right_in_excel_and_says_what_it_is():
    with small.shown(Path("f"), build_id="papi-1"):
        content = csv_bytes(
            Table(
                {"a": "Nhiệm vụ"},
                [{"a": "=1+1"}, {"a": "Khám, chữa bệnh"}],
                title="Bao phủ",
                filters=["Đếm theo: đề mục"],
                plan_names=["Hưng Yên 2020"],
            )
        )
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    about = [row[0] for row in rows if row[0].startswith("#")]
    assert all(
        any(words in line for line in about) for words in ("Bao phủ", "đề mục", "papi-1", "Hưng Yên 2020", "21/11/2026")
    )
    assert rows[len(about) :] == [["Nhiệm vụ"], ["'=1+1"], ["Khám, chữa bệnh"]]


@pytest.mark.parametrize(("dim", "sub", "said"), [(3, None, "3"), (3, "3.1", "3.1"), (0, None, "0"), (None, None, "")])
def test_numbers_of_dimensions_and_of_their_parts_are_of_one_kind(dim, sub, said):
    assert _number(dim, sub) == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*sao* và _gạch_", r"\*sao\* và \_gạch\_"),
        ("giá $5$ [a](b)", r"giá \$5\$ \[a\]\(b\)"),
        (":red[đỏ] <b>", r"\:red\[đỏ\] \<b\>"),
    ],
)
def test_words_of_a_plan_stay_words_in_a_markdown_label(text, shown):
    assert labels.md(text) == shown


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (0, 0, "–"),
        (0, 45, "0%"),
        (1, 999, "1%"),
        (998, 999, "99%"),
        (45, 45, "100%"),
        (9, 45, "20%"),
        (18, 33, "55%"),
        (1, 8, "13%"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(part, whole, written):
    assert labels.percent(part, whole) == written


def test_lines_keep_their_words_and_their_width():
    text = "Công khai, minh bạch quy hoạch, kế hoạch sử dụng đất, khung giá đất"
    lines = measure.wrap(text, 150, 14)
    assert " ".join(lines) == text and all(measure.width_of(line, 14) <= 150 for line in lines)


def test_a_sheet_takes_nothing_as_markup():
    sheet = Sheet(300, title="<b>a</b>", subtitle="b & c", source="<a href='x'>")
    sheet.hit(0, 0, 10, 10, "k", "<i>x</i>\ny")
    figure = sheet.figure(100)
    texts = [text for trace in figure.data if trace.type == "scatter" and trace.text for text in trace.text]
    assert "&lt;b&gt;a&lt;/b&gt;" in texts and figure.data[-1].text == ("&lt;i&gt;x&lt;/i&gt;<br>y",)


def test_what_is_put_into_markup_enters_escaped_and_plain_text_is_not_shown_as_markup():
    said = labels.html("common.and", first="<b>", last=Markup("<i>x</i>"))
    assert said == "&lt;b&gt; và <i>x</i>" and labels.html("common.and", first=said, last="&") == f"{said} và &amp;"
    assert write.paragraph("small", "<b>") == '<p class="small">&lt;b&gt;</p>'
    with pytest.raises(AttributeError):
        write.markup("<b>x</b>")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Từng chỉ số trong một dòng", "tung-chi-so-trong-mot-dong"),
        ("Đọc văn bản, từng kế hoạch", "doc-van-ban-tung-ke-hoach"),
        ("Each plan in one line", "each-plan-in-one-line"),
    ],
)
def test_a_saved_table_is_named_after_what_it_shows(name, file):
    assert slug(name) == file


def test_the_cell_in_view_wears_a_frame_that_takes_no_click_from_it():
    sheet = Sheet(300, title="a", subtitle="b", source="c")
    for at, key in enumerate("kl"):
        sheet.hit(10 * at, 0, 10 * at + 10, 10, key, key)
    plain = sheet.figure(100)
    framed = plain.framed("l")
    frame, hits = framed.data[-2:]
    assert (frame.base, frame.x, frame.hoverinfo, frame.marker.opacity) == (
        (10,),
        (10,),
        "skip",
        1,
    ) and hits == plain.data[-1]
    assert plain.framed("m") is plain


def test_pictures_that_differ_say_so_to_plotly_which_else_keeps_what_stands():
    def drawn(width: int) -> Drawing:
        sheet = Sheet(300, title="a", subtitle="b", source="c")
        sheet.box(0, 0, width, 10, INK)
        for at, key in enumerate("kl"):
            sheet.hit(10 * at, 0, 10 * at + 10, 10, key, key)
        return sheet.figure(100)

    def revision(one: Drawing) -> str:
        return one.to_dict()["layout"]["datarevision"]

    plain = drawn(10)
    others = [drawn(20), plain.framed("k"), plain.framed("l"), plain.noted("x"), plain.noted("y")]
    assert len({revision(one) for one in [plain, *others]}) == 6
    assert revision(plain) == revision(drawn(10)) == revision(plain.picking())


def test_a_picture_is_few_traces_and_gives_no_reason_to_be_drawn_twice():
    sheet = Sheet(300, title="a", subtitle="b", source="c")
    for at, color in enumerate(DIM):
        sheet.box(0, at, 9, at + 1, color)
        sheet.circle(20, at, at + 3, color, hollow=at % 2 == 1)
        sheet.text(30, at, str(at), size=12 + at, bold=at % 2 == 0)
    plain = sheet.figure(100)
    bars, marks, *texts = plain.to_dict()["data"]
    assert bars["marker"]["color"] == list(DIM) and marks["marker"]["size"] == list(range(3, 12))
    assert [len(trace["x"]) for trace in texts] == [10, 2]  # in ink the title and the numbers, then what is soft
    # Streamlit would set these itself, once the picture stands
    picking = plain.picking().to_dict()["layout"]
    assert (picking["clickmode"], picking["dragmode"]) == ("event+select", "pan")
    assert picking["datarevision"] == plain.to_dict()["layout"]["datarevision"] and "template" not in picking
    # nor does plotly's own look come in where somebody asks for the parts
    assert plain.layout.template.layout.colorway is None


@pytest.mark.parametrize("width", [NARROW, WIDE_BESIDE])
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "states",
    [
        ("own",),
        ("own", "none"),
        ("own", "named", "passing", "weak", "description", "none", "unmeasured", "not_read", "no_plan", "hangs"),
    ],
)
def test_a_picture_says_what_the_marks_on_it_are_and_no_words_stand_on_others(states, lang, width):
    with small.shown(Path("f")), labels.speaking(lang):
        sheet = Sheet(width, title="", subtitle="", source="")
        marks.key(sheet, states)
        texts = sorted(
            (y, x, text)
            for trace in sheet.figure(sheet.top).data
            if trace.type == "scatter" and trace.mode == "text"
            for x, y, text in zip(trace.x, trace.y, trace.text)
        )
        told = " ".join(text for _, _, text in texts)
        for state in marks._KEY:
            begins = " ".join(labels.t(f"coverage.key_{state}").split(" ")[:2])
            assert (begins in told) == (state in states)
        ends = [(y, x, x + width_of(text, 13)) for y, x, text in texts]
    assert all(end <= width for _, _, end in ends)
    assert all(here[0] < there[0] or here[2] < there[1] for here, there in pairwise(ends))


def test_the_theme_of_streamlit_and_our_palette_are_one():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["light"]["chartCategoricalColors"] == [*palette.DIM[1:], palette.DIM[0], palette.INK]
    assert theme["light"]["chartSequentialColors"] == list(palette.VAGUE)
    sheet = palette.css()
    for light, dark in zip(
        theme["light"]["chartCategoricalColors"] + theme["light"]["chartSequentialColors"],
        theme["dark"]["chartCategoricalColors"] + theme["dark"]["chartSequentialColors"],
    ):
        assert f"light-dark({light},{dark})" in sheet


def test_no_two_tones_share_their_light_colour():
    lights = [tone.light for tone in palette._TONES.values()]
    assert len(set(lights)) == len(lights)


@pytest.mark.parametrize(
    "written", ["=1+1", "- Tuyên truyền", "@SUM(A1)", "+84 24", "https://example.org", "Khám, chữa bệnh", "3.3", "{=1}"]
)
def test_a_workbook_holds_what_the_csv_holds_and_words_stay_words(written):
    columns, held = {"a": "Nhiệm vụ", "b": "Số việc"}, [{"a": written, "b": 4}, {"a": "", "b": None}]
    table = Table(columns, held, title="Bao phủ", filters=["Đếm theo: đề mục"], plan_names=["Hưng Yên 2020"])
    with small.shown(Path("f"), build_id="papi-1"):
        sheet, about = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table))).worksheets
        lines = csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig")))
    rows = [row for row in lines if not row[0].startswith("#")]
    cells = [[str(safe(cell.value)) for cell in row] for row in sheet.iter_rows()]
    assert cells == rows
    assert sheet["A2"].data_type == "s" and sheet["A2"].hyperlink is None and sheet["B2"].value == 4
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:B3"
    told = "\n".join(str(row[0].value) for row in about.iter_rows())
    assert all(words in told for words in ("Bao phủ", "đề mục", "papi-1", "Hưng Yên 2020", "21/11/2026"))


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("http://10.0.0.5:8501/so-sanh?plans=a,b&lang=en", True),
        ("https://papi.example.vn/bao-phu?o=a~1%2B", True),
        ("", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_file_leads_back_to_the_view_that_it_was_asked_for_on(address, leads):
    table = Table({"a": "Nhiệm vụ"}, [{"a": address}], title="Bao phủ", filters=(), plan_names=["Hưng Yên 2020"])
    with small.shown(Path("f")), origin.asked_at(address):
        sheet, about = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table))).worksheets
        notes = [row[0] for row in csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig")))]
        document = word.new("Bao phủ")
        for line in origin.said():
            word.paragraph(document, line)
    links = [cell.hyperlink.target for (cell,) in about.iter_rows() if cell.hyperlink]
    in_word = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert links == in_word == ([address] if leads else [])
    assert (f"# Xem lại tại {address}" in notes) == leads
    # what a document says is no link
    assert sheet["A2"].hyperlink is None


@pytest.mark.parametrize(
    ("trouble", "says"), [(ValueError("bad"), "Không tạo được tệp này"), (data.NoDatabase("missing", "x"), None)]
)
def test_a_file_that_cannot_be_made_says_so_in_the_readers_language(trouble, says):
    def make() -> bytes:
        raise trouble

    with small.shown(Path("f")):
        content = files.later(make)
        said = content().decode("utf-8")
        assert (says or labels.t("common.database_missing")) in said and "bad" not in said


@pytest.mark.parametrize(
    ("lang", "kind", "source", "said"),
    [
        ("vi", "unit", "x-2026, dòng 12", "câu gần giống (x-2026, trang 3, bảng 1, hàng 5), 20%"),
        ("en", "unit", "x-2026, dòng 12", "a similar sentence (x-2026, page 3, table 1, row 5), 20%"),
        ("en", "unit", "x-2026, dòng 13", "a similar sentence (x-2026, line 13), 20%"),
        ("en", "unit", "examples.csv, dòng 12", "a similar sentence (examples.csv, line 12), 20%"),
        ("en", "phrase", "phrases.csv, dòng 12", "“trạm y tế” (phrases.csv, line 12), 20%"),
    ],
)
def test_evidence_names_page_and_row_where_its_plan_has_no_lines(monkeypatch, lang, kind, source, said):
    monkeypatch.setattr(
        data, "line_place", lambda plan_id, line: {("x-2026", 12): "page:3/table:1/row:5"}.get((plan_id, line))
    )
    with labels.speaking(lang):
        assert units.reason(SimpleNamespace(kind=kind, source=source, quote="trạm y tế", weight=0.2)) == said
