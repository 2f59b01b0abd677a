"""briefing: the slides, the printable page and the command say what the views say, whatever the plans hold."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import house
import lxml.html
import openpyxl
import openxml_audit
import pytest
import small
from decks import charts, opened, stands, tables, titled
from lxml import etree
from pptx.oxml.ns import qn
from streamlit.testing.v1 import AppTest

from ui import data
from ui.export import __main__ as command
from ui.export.__main__ import main
from ui.export.briefing import content, html, picture, pptx
from ui.export.briefing.formats import FORMATS
from ui.export.briefing.rows import Quote
from ui.export.preview import pages
from ui.words import labels, plans

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module", params=labels.LANGUAGES)
def briefing(request: pytest.FixtureRequest, shipped: None) -> content.Briefing:
    return content.make([plan.plan_id for plan in data.plans()], lang=request.param)


@pytest.fixture(scope="module")
def whole(briefing: content.Briefing) -> bytes:
    """The deck with its annex, made once a language."""
    return FORMATS["all"].make(briefing)


@pytest.fixture(scope="module")
def slides(whole: bytes, briefing: content.Briefing) -> list:
    """The slides of the annex."""
    made = opened(whole)
    with labels.speaking(briefing.lang):
        first = [titled(one) for one in made].index(labels.t("decree.annex"))
    assert first == 10
    return made[first:]


def test_the_chart_by_dimension_holds_the_tasks_of_the_views(slides, briefing: content.Briefing) -> None:
    chart = charts(slides)[0]
    views = {(row.plan_id, row.dim): row.tasks for row in data.plan_dimensions(data.Basis.HEADING, briefing.plan_ids)}
    for topic, series in zip(briefing.dimensions, chart.plots[0].series):
        assert list(series.values) == [views[plan_id, topic.dim] for plan_id in briefing.plan_ids]


def test_the_matrices_hold_every_cell_of_the_views(slides, briefing: content.Briefing) -> None:
    with labels.speaking(briefing.lang):
        expected = [
            [content.mark(briefing.cells[plan_id, topic.key]) for plan_id in briefing.plan_ids]
            for topic in (*briefing.dimensions, *briefing.subdimensions)
        ]
    shown = [
        row[1:]
        for table in tables(slides)
        if len(table[0]) == 1 + len(briefing.plan_ids) and table[0][1] == briefing.plans[0]["narrow"]
        for row in table[1:]
    ]
    assert shown == expected


def test_timings_and_roles_are_those_of_the_views(slides, briefing: content.Briefing) -> None:
    _, roles, timing = charts(slides)
    shown = briefing.agencies[: pptx.MOST_AGENCIES]
    assert [list(series.values) for series in roles.plots[0].series] == [
        [one.roles[role] for one in shown] for role in content.ROLES
    ]
    assert sum(sum(series.values) for series in timing.plots[0].series) == sum(briefing.timings.values())


def test_nothing_stands_outside_its_slide_or_over_another_box(slides) -> None:
    stands(slides)


def test_every_slide_names_its_sources_in_its_notes(slides, briefing: content.Briefing) -> None:
    assert slides and briefing.sources
    for one in slides:
        notes = one.notes_slide.notes_text_frame.text
        assert all(source in notes for source in briefing.sources) and briefing.about[-1] in notes


def test_each_gap_that_others_fill_has_a_slide_with_their_words_whole(slides, briefing: content.Briefing) -> None:
    notes = [one.notes_slide.notes_text_frame.text for one in slides]
    quotes = [quote for gap in briefing.gaps for quote in gap.elsewhere]
    assert quotes
    for quote in quotes:
        assert any(quote.text in note and quote.place in note for note in notes)


HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> \x0b\u202e đường ' + "rấtdàikhôngcáchchữnào" * 25


@pytest.fixture(scope="module")
def hostile(shipped: None) -> content.Briefing:
    """300 gaps, a title of more than 500 signs, and words that a program might run."""
    one = content.make([plan.plan_id for plan in data.plans()][:1])
    gap = replace(
        next(
            gap for gap in content.make([plan.plan_id for plan in data.plans()], parts=["gaps"]).gaps if gap.elsewhere
        ),
        plan_id=one.plan_ids[0],
        lacks=HOSTILE,
        elsewhere=(Quote(HOSTILE, HOSTILE, "dòng 1"),) * 2,
    )
    return replace(
        one,
        title=HOSTILE,
        gaps=(gap,) * 300,
        summary=(HOSTILE,) * 30,
        sources=(HOSTILE,),
        findings=tuple(replace(finding, sentence=HOSTILE) for finding in one.findings),
    )


@pytest.fixture(scope="module")
def hostile_files(hostile: content.Briefing) -> dict[str, bytes]:
    return {ending: FORMATS[ending].make(hostile) for ending in FORMATS}


def test_hostile_words_are_text_that_fits_and_long_lists_say_what_is_left(hostile_files: dict[str, bytes]) -> None:
    made = opened(hostile_files["all"])
    stands(made)
    said = "\n".join(shape.text_frame.text for one in made for shape in one.shapes if shape.has_text_frame)
    assert f"{300 - pptx.MOST_GAP_ROWS} mục nữa" in said and "\u202e" not in said and "\x0b" not in said


def test_the_printable_page_runs_nothing_and_asks_for_nothing(hostile_files: dict[str, bytes]) -> None:
    made = hostile_files["html"].decode()
    assert "<script" not in made and "&lt;script&gt;" in made
    assert not any(word in made for word in ("src=", "href=", "url(", "@import"))
    assert f"{300 - html.MOST_GAPS} mục nữa" in made


def test_the_printable_page_holds_every_cell(briefing: content.Briefing) -> None:
    made = html.make(briefing).decode()
    with labels.speaking(briefing.lang):
        for topic in briefing.subdimensions:
            cells = "".join(content.mark(briefing.cells[plan_id, topic.key]) for plan_id in briefing.plan_ids)
            row = made.split(f"<td>{topic.key} ")[1].split("</tr>")[0]
            assert "".join(cell.split(">")[-1] for cell in row.split("</td>")[1:-1]) == cells


def test_the_picture_holds_the_tasks_of_the_views_and_says_its_source(briefing: content.Briefing) -> None:
    drawn = etree.fromstring(picture.make(briefing))
    bars = [int(title.text.rpartition(": ")[2]) for title in drawn.iter("{http://www.w3.org/2000/svg}title")]
    views = [row.tasks for row in data.plan_dimensions(data.Basis.HEADING, briefing.plan_ids)]
    assert sorted(bars) == sorted(n for n in views if n)
    words = " ".join(drawn.itertext())
    with labels.speaking(briefing.lang):
        assert labels.day(briefing.day) in words and labels.t("common.guard") in words


def test_a_plan_that_nobody_has_read_is_not_drawn_as_one_without_tasks(briefing: content.Briefing) -> None:
    first, *others = briefing.plans
    drawn = etree.fromstring(picture.make(replace(briefing, plans=(replace(first, status="not_read"), *others))))
    with labels.speaking(briefing.lang):
        assert labels.t("common.state.not_read") in [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]


MISSING = ("nam-khanh-2020", "bac-ha-2020")
"""A plan that we take for one that could not be read, and one that others cite and nobody has collected."""
TELLING = ("all", "docx", "xlsx", "html", "svg")
"""The files that show every plan at length."""


@pytest.fixture(scope="module", params=labels.LANGUAGES)
def unread(request: pytest.FixtureRequest, shipped: None) -> content.Briefing:
    """A plan that was read, one that could not be, and one that nobody has."""
    made = content.make(["hung-yen-2020", *MISSING], lang=request.param)
    with labels.speaking(request.param):
        says = {state: labels.t(f"common.state.{state}") for state in ("not_read", "no_plan")}
    cells = {
        key: content.CellFigures(0, 0, 0, True, "not_read", 0, says["not_read"]) if key[0] == MISSING[0] else cell
        for key, cell in made.cells.items()
    }
    return replace(
        made,
        cells=cells,
        plans=tuple(replace(plan, status="not_read") if plan.plan_id == MISSING[0] else plan for plan in made.plans),
        timings={key: n for key, n in made.timings.items() if key[0] != MISSING[0]},
    )


@pytest.fixture(scope="module")
def unread_files(unread: content.Briefing) -> dict[str, bytes]:
    return {ending: FORMATS[ending].make(unread) for ending in TELLING}


def test_only_plans_that_were_read_are_counted(unread: content.Briefing, unread_files: dict[str, bytes]) -> None:
    """An empty cell of a plan that nobody has read is not a cell without a task."""
    read = [plan for plan in unread.plans if plan.plan_id == "hung-yen-2020"]
    assert unread.empty(unread.plans, unread.subdimensions) == unread.empty(read, unread.subdimensions) == (2, 29)
    titles = [titled(one) for one in opened(unread_files["all"])]
    with labels.speaking(unread.lang):
        assert labels.t("slides.matrix_full", what=labels.t("office.by_dimension")) in titles


@pytest.mark.parametrize("ending", TELLING)
def test_a_plan_that_could_not_be_read_and_one_that_nobody_has_are_told_apart_everywhere(
    unread: content.Briefing, unread_files: dict[str, bytes], ending: str
) -> None:
    said = "\n".join(words_of(unread_files[ending], ending))
    with labels.speaking(unread.lang):
        if ending in ("all", "html", "svg"):
            assert all(labels.t(f"common.state.{state}") in said for state in ("not_read", "no_plan"))
        if ending != "svg":
            assert labels.t("office.matrix_key") in said and {"×", "–"} <= set(said.split("\n"))


def words_of(made: bytes, ending: str) -> list[str]:
    """Every piece of text of a file: cells, paragraphs, names of bars."""
    if ending == "svg":
        return [one.text for one in etree.fromstring(made).iter() if one.text]
    if ending == "html":
        return list(lxml.html.fromstring(made.decode()).itertext())
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        roots = [etree.fromstring(parts.read(name)) for name in parts.namelist() if name.endswith(".xml")]
    return [
        "".join(one.itertext())
        for root in roots
        for one in root.iter("{*}p", "{*}si", "{*}v")
        if "".join(one.itertext())
    ]


def test_a_deck_lists_few_tasks_and_counts_many(shipped: None) -> None:
    few, many = (
        tables(opened(pptx.whole(content.make(plans, parts=["tasks"])))[4:])
        for plans in (["nam-khanh-2020"], ["nam-khanh-2020", "bac-kan-2021", "bac-ha-2020"])
    )
    assert sum(len(table) - 1 for table in few) == 8
    assert [row[1:] for row in many[0][1:]] == [["82", "82", "77"], ["8", "6", "1"], ["–", "–", "–"]]


def test_nothing_is_claimed_of_plans_that_nobody_has_read(shipped: None) -> None:
    made = content.make(["bac-ha-2020"])
    assert made.parts == ("coverage",)
    for ending in FORMATS:
        said = " ".join(words_of(FORMATS[ending].make(made), ending))
        assert "Không có" not in said and "0 nhiệm vụ" not in said and "tổng hợp" not in said, ending
        if ending in ("pptx", "all", "svg"):
            assert "Chưa đọc được kế hoạch nào" in said or "chưa đọc được kế hoạch nào" in said


def test_a_number_that_has_no_room_in_its_bar_is_left_to_the_notes(slides, briefing: content.Briefing) -> None:
    chart = charts(slides)[0]
    left_out = {
        (series.name, int(one.get("val")))
        for series in chart.plots[0].series
        for one in series._element.iter(qn("c:idx"))
        if one.getparent().tag == qn("c:dLbl")
    }
    narrow = briefing.plan_ids.index("nam-khanh-2020")
    shown = {
        (series.name, at) for series in chart.plots[0].series for at, value in enumerate(series.values) if value
    } - left_out
    assert len([at for _, at in left_out if at == narrow]) == 4 and sum(at == 0 for _, at in shown) == 9
    notes = next(
        one.notes_slide.notes_text_frame.text for one in slides if any(shape.has_chart for shape in one.shapes)
    )
    assert len(chart.plots[0].series) > 1
    for series in chart.plots[0].series:
        assert all(f"{series.name} {int(value)}" in notes for value in series.values if value)


@pytest.mark.parametrize("name", ["pptx", "all", "summary", "docx", "xlsx"])
def test_the_schema_of_office_files_finds_nothing_wrong(
    hostile_files: dict[str, bytes], name: str, tmp_path: Path
) -> None:
    file = tmp_path / f"x.{FORMATS[name].ending}"
    file.write_bytes(hostile_files[name])
    assert [str(error) for error in openxml_audit.OpenXmlValidator().validate(file).errors] == []


def test_the_picture_shows_hostile_words_as_text(hostile_files: dict[str, bytes]) -> None:
    made = hostile_files["svg"]
    assert b"<script" not in made and not [
        one for one in etree.fromstring(made).iter() if one.tag.endswith(("}script", "}image", "}a"))
    ]


@pytest.mark.parametrize("ending", ["pptx", "docx", "xlsx", "html", "svg"])
def test_the_command_writes_the_file_it_is_asked_for(shipped: None, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"x.{ending}"
    assert (
        main(["briefing", "--plans", "bac-kan-2021", "--dims", "3", "--parts", "coverage,gaps", "--to", str(file)]) == 0
    )
    assert (
        file.stat().st_size > 1500
        and file.stat().st_mode & 0o444
        and [one.name for one in tmp_path.iterdir()] == [file.name]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["briefing", "--to", "x.odp"], "pptx"),
        (["briefing", "--to", "x.pptx"], "hung-yen-2020"),
        (["briefing", "--plans", "bac-kan-2021,khong-co", "--to", "x.pptx"], "không có khong-co. Có: hung-yen-2020"),
        (["briefing", "--plans", "all", "--dims", "ba", "--to", "x.pptx"], "không có ba. Có: 0, 1"),
        (["briefing", "--plans", "all", "--parts", "gaps,gap", "--to", "x.pptx"], "không có gap. Có: coverage, gaps"),
        (["briefing", "--plans", "bac-kan-2021", "--parts", "coverage", "--to", "khong/x.html"], "khong"),
        (
            ["checklist", "--plan", "khong-co", "--agency", "Sở Y tế", "--to", "x.docx"],
            "không có khong-co. Có: hung-yen-2020",
        ),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(
    refused: Callable[[list[str]], str], arguments: list[str], said: str
) -> None:
    assert said in refused(arguments)


def test_the_command_tells_what_it_reads_and_a_failure_in_a_sentence_and_leaves_the_old_file(
    shipped: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "x.html"
    file.write_text("trước")
    asked = ["briefing", "--plans", "bac-kan-2021", "--parts", "coverage,gaps", "--to", str(file)]
    monkeypatch.setattr(command.os, "replace", lambda *_: (_ for _ in ()).throw(RuntimeError("đĩa đầy")))
    assert main(asked) == 2
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "Đang đọc: Mức độ bao phủ 8 nội dung",
        "Đang đọc: Khoảng trống",
        "Đang soạn tệp x.html",
        "Không tạo được tệp (RuntimeError: đĩa đầy).",
    ]
    assert file.read_text() == "trước" and list(tmp_path.iterdir()) == [file]


@pytest.fixture
def page(home: None) -> AppTest:
    """The page without any choice."""
    return house.app("pages/10_bao-cao.py")


def said(page: AppTest) -> str:
    assert not page.exception
    return "".join(element.proto.body for element in page.get("html"))


def takes(page: AppTest) -> list[str]:
    """The formats of a briefing that the page offers."""
    keys = (one.proto.id.split("-")[-1] for one in page.get("download_button"))
    return [key.removeprefix("briefing.") for key in keys if key.startswith("briefing.")]


def test_nothing_chosen_says_what_to_choose_and_one_button_chooses_all(page: AppTest) -> None:
    page.run()
    assert "Chọn ít nhất một kế hoạch" in said(page) and not takes(page) and not page.get("iframe")
    page.button(key="briefing-all").click().run()
    assert (
        page.query_params["kh"]
        == "hung-yen-2020,bac-kan-2021,binh-dinh-2022,soc-trang-so-tai-chinh-2022,nam-khanh-2020"
    )
    assert takes(page) == ["pptx"] and "Chọn ít nhất một kế hoạch" not in said(page)
    assert said(page).count("<img ") == 10 and "<b>10 trang chiếu</b>" in said(page)


PAGES = {
    "summary": lambda made: 1,
    "docx": lambda made: len(list(pages.pictures(made))),
    "xlsx": lambda made: len(openpyxl.load_workbook(io.BytesIO(made)).worksheets),
    "all": lambda made: len(opened(made)),
}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pptx"])
def test_the_file_that_is_chosen_is_shown_before_it_is_taken_and_there_is_one_button(page: AppTest, name: str) -> None:
    page.query_params.update({"kh": "nam-khanh-2020", "tep": name})
    page.run()
    assert takes(page) == [name] and bool(page.get("iframe")) == (name == "html")
    held = page.session_state["briefing.look"][1]
    if name in PAGES:
        n = PAGES[name](held.made)
        told = re.search(r"Tệp đang chọn: <b>(?:khoảng )?(\d+) trang", said(page))
        assert int(told[1]) == n and said(page).count("<img ") == min(n, 12)
        assert (f"Còn {n - 12} trang nữa" in said(page)) == (n > 12)
    else:
        assert "Tệp đang chọn" not in said(page) and said(page).count("<img ") == (name == "svg")


def test_a_file_name_in_the_address_that_is_none_is_told(page: AppTest) -> None:
    page.query_params.update({"kh": "nam-khanh-2020", "tep": "odp<b>"})
    page.run()
    assert takes(page) == ["pptx"] and "odp&lt;b&gt;" in said(page)


def test_a_briefing_that_cannot_be_made_says_so_without_a_traceback(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "make", lambda *_: 1 / 0)
    page.query_params.update({"kh": "bac-kan-2021", "lang": "en", "phan": "timing"})
    page.run()
    assert "This file could not be made" in said(page) and "division" not in said(page) and not takes(page)


@pytest.mark.parametrize("ending", FORMATS)
def test_each_format_can_say_why_there_is_no_other_file(ending: str) -> None:
    made = FORMATS[ending].sorry("Không tạo được <tệp> này.")
    assert any("Không tạo được <tệp> này." in words for words in words_of(made, ending))


@pytest.fixture(scope="module")
def guessed(shown_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build in which one plan was read from pictures."""
    file = tmp_path_factory.mktemp("guessed") / shown_database.name
    shutil.copy(shown_database, file)
    (file.parent / "current").write_text(f"{file.name}\n", encoding="utf-8")
    with duckdb.connect(str(file)) as con:
        for table in ("plans", "plan_list"):
            con.execute(
                f"update {table} set read_by = 'ocr', ocr_confidence = 93.4, partly_read = true where plan_id = 'nam-khanh-2020'"
            )
    return file


@pytest.fixture(scope="module")
def guessed_briefing(guessed: Path) -> content.Briefing:
    with small.shown(guessed):
        return content.make([plan.plan_id for plan in data.plans()])


@pytest.mark.parametrize("ending", FORMATS)
def test_a_briefing_says_in_every_format_which_plan_was_read_by_ocr(
    guessed: Path, guessed_briefing: content.Briefing, ending: str
) -> None:
    with small.shown(guessed):
        said = " ".join(words_of(FORMATS[ending].make(guessed_briefing), ending))
    assert "Xã Nậm Khánh 2020 (cấp xã, đọc bằng OCR 93%, còn trang chưa đọc)" in re.sub(r"\s+", " ", said)
    assert said.count("đọc bằng OCR") == said.count("(cấp xã, đọc bằng OCR")


# the page of a draft counts nothing before there is one, and then shows the pictures of the others
@pytest.mark.parametrize(
    "page",
    ["app.py", *(one.name for one in sorted((ROOT / "pages").glob("[!1]*.py"))), "1_bao-phu.py", "10_bao-cao.py"],
)
def test_every_page_that_counts_plans_says_which_was_read_by_ocr(
    guessed: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("PAPI_BUILD", str(guessed.parent))
    at = house.app(page if page == "app.py" else f"pages/{page}")
    at.query_params.update({"lang": "en", "q": "hộ nghèo", "kh": "nam-khanh-2020,hung-yen-2020"})
    at.run()
    assert "read by OCR" in said(at) + str(at)


def test_the_foot_of_a_picture_says_which_plan_was_read_by_ocr_and_how_surely(guessed: Path) -> None:
    with small.shown(guessed):
        assert plans.source().endswith("Đọc bằng OCR, máy chắc trung bình: Xã Nậm Khánh 2020 (93%).")
    with small.shown(guessed, "en"):
        assert plans.source().endswith("Read by OCR, with a mean confidence of: Nậm Khánh commune 2020 (93%).")


def test_the_command_says_nothing_but_what_it_reads_and_where_the_file_is(shown_database: Path, tmp_path: Path) -> None:
    """In a process of its own, without a page: what Streamlit has to say of that is not for the reader."""
    file = tmp_path / "x.svg"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ui.export",
            "briefing",
            "--plans",
            "all",
            "--parts",
            "coverage",
            "--lang",
            "en",
            "--to",
            str(file),
        ],
        cwd=ROOT,
        env={**os.environ, "PAPI_BUILD": str(shown_database.parent)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"{file}\n",
        "Reading: How far the eight dimensions are covered\nWriting x.svg\n",
    )


def test_the_office_that_is_filled_in_is_kept_for_the_session_and_stands_in_no_address(page: AppTest) -> None:
    page.run()
    page.text_input(key="office.name").input(" Sở <b>Thử</b> ").run()
    page.text_area(key="office.recipients").input("Một\n\nHai").run()
    held = page.session_state["office"]
    assert (held.name, held.recipients, held.place) == ("Sở <b>Thử</b>", ("Một", "Hai"), "")
    assert not page.exception and "Th" not in str(dict(page.query_params))
