"""chair: ten slides and one page say what the pages say, whatever the plans hold and whatever template they wear."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openxml_audit
import pypdfium2
import pytest
from decks import EMU, charts, notes, opened, sizes, stands, tables, titled
from docx.oxml.ns import qn as written
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches
from rapidfuzz import fuzz

from ui import data
from ui.data.topic import Basis
from ui.export import deck, office
from ui.export.__main__ import main
from ui.export.briefing import brief, chair, content, summary
from ui.export.briefing.formats import FORMATS
from ui.export.briefing.rows import Quote
from ui.export.office import BLANK, Office
from ui.export.preview import pages, show
from ui.topics.coverage.view import view as coverage
from ui.topics.who.rows import view as who
from ui.words import handed, labels

OFFICE = Office(name="Văn phòng UBND tỉnh Thử", above="UBND tỉnh Thử", place="Thử")
OWN = "hung-yen-2020"
LONG = "Sở Rất Dài " + "và Rất Dài " * 27
"""A name of 300 letters."""


@pytest.fixture(scope="module", params=labels.LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module", params=["all", OWN, "nam-khanh-2020"])
def briefing(request: pytest.FixtureRequest, shipped: None, lang: str) -> content.Briefing:
    """All plans against one another, and one plan against those of its level, of which a commune has none."""
    plans = [plan.plan_id for plan in data.plans()] if request.param == "all" else [request.param]
    return content.make(plans, (), chair.PARTS, lang)


@pytest.fixture(scope="module")
def made(briefing: content.Briefing) -> bytes:
    with office.wearing(OFFICE):
        return FORMATS["pptx"].make(briefing)


@pytest.fixture(scope="module")
def slides(made: bytes) -> list:
    return opened(made)


@pytest.fixture(autouse=True)
def spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test asks of labels is asked in the language of its slides."""
    language = request.getfixturevalue("lang") if "lang" in request.fixturenames else "vi"
    with labels.speaking(language):
        yield


# What they are.


def test_there_are_ten_and_each_title_is_another_finding_with_its_figure(slides: list) -> None:
    titles = [titled(one) for one in slides]
    assert len(titles) == len(set(titles)) == 10 and all(re.search(r"\d", title) for title in titles[1:])


def test_the_body_is_never_smaller_than_sixteen_points_and_everything_stands_in_its_place(slides: list) -> None:
    found = [(size, words) for one in slides for size, words in sizes(one)]
    assert len(found) > 50 and min(found)[0] >= 16
    stands(slides)


def test_no_title_ends_in_a_word_that_stands_alone(slides: list) -> None:
    for one in slides:
        head = one.shapes.title
        run = head.text_frame.paragraphs[0].runs[0]
        size = run.font.size.pt if run.font.size else deck.size_of(head)
        shown = deck.lines(head.text_frame.text, head.width / EMU - 0.3, size, bold=True)
        assert len(shown) == 1 or len(shown[-1]) >= 12


def test_every_slide_but_the_first_bears_its_number_and_all_have_their_sources_in_the_notes(
    slides: list, briefing: content.Briefing
) -> None:
    for at, one in enumerate(slides, 1):
        fields = [field for field in one.shapes._spTree.iter(qn("a:fld")) if field.get("type") == "slidenum"]
        assert [field.findtext(qn("a:t")) for field in fields] == ([str(at)] if at > 1 else [])
        assert all(source in notes(one) for source in briefing.sources)


def test_the_cover_says_whose_it_is_and_the_file_says_nothing_of_another(slides: list, made: bytes) -> None:
    cover = " ".join(shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)
    assert "VĂN PHÒNG UBND TỈNH THỬ" in cover and "UBND TỈNH THỬ" in cover
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        said = b" ".join(parts.read(name) for name in parts.namelist() if name.startswith("docProps"))
        assert not [name for name in parts.namelist() if "thumbnail" in name or "printer" in name]
    assert "Văn phòng UBND tỉnh Thử".encode() in said
    assert not re.search(rb"Steve|python-pptx|Macintosh|2013", said)


def test_the_schema_finds_nothing_wrong(made: bytes, briefing: content.Briefing, tmp_path: Path) -> None:
    for ending, content_ in (("pptx", made), ("docx", summary.make(briefing))):
        file = tmp_path / f"x.{ending}"
        file.write_bytes(content_)
        assert [str(error) for error in openxml_audit.OpenXmlValidator().validate(file).errors] == []


# What they say is what the pages say.


def test_the_slide_of_tasks_without_a_lead_tells_where_the_plan_hands_them_over(shipped: None, lang: str) -> None:
    with labels.speaking(lang):
        made = FORMATS["pptx"].make(content.make(["soc-trang-so-tai-chinh-2022"], (), chair.PARTS, lang))
        (general,) = data.handed(("soc-trang-so-tai-chinh-2022",), 9)
        title = labels.t("chair.lead_title", m=26, n=28)
        (one,) = [one for one in opened(made) if titled(one) == title]
        shown = " ".join(shape.text_frame.text for shape in one.shapes if shape.has_text_frame)
        assert handed.places((general.plan_id,), True) in shown
        assert general.quote in notes(one)


@pytest.mark.parametrize(
    ("states", "vi", "en"),
    [
        ({}, "không nhiệm vụ riêng nào ở nội dung 2 và 5", "without one of their own: 2 and 5"),
        (
            {"5": "weak"},
            "không nhiệm vụ riêng nào ở nội dung 2; nội dung 5 chỉ có nhiệm vụ nên xem lại",
            "without one of their own: 2; with weak matches only: 5",
        ),
        (
            {"2": "weak", "5": "weak"},
            "; nội dung 2 và 5 chỉ có nhiệm vụ nên xem lại",
            "with weak matches only: 2 and 5",
        ),
    ],
)
def test_a_title_calls_no_dimension_empty_whose_tasks_are_only_to_be_checked(
    briefing: content.Briefing, states: dict[str, str], vi: str, en: str
) -> None:
    plan_id = briefing.read()[0].plan_id
    said = {topic.key: (1, "own") for topic in briefing.dimensions}
    said |= {key: (0, states.get(key, "none")) for key in ("2", "5")}
    cells = {
        (plan_id, key): replace(briefing.cells[plan_id, key], tasks=tasks, state=state)
        for key, (tasks, state) in said.items()
    }
    one = replace(briefing, plans=briefing.read()[:1], cells={**briefing.cells, **cells})
    assert {"vi": vi, "en": en}[briefing.lang] in chair.most_and_least(one)


@pytest.mark.parametrize("basis", tuple(Basis))
def test_the_gaps_are_the_empty_cells_of_the_matrix_cell_by_cell(shipped: None, basis: Basis) -> None:
    ids = tuple(plan.plan_id for plan in data.plans())
    briefing = content.make(ids, (), chair.PARTS, basis=basis)
    cells = coverage(basis, ids, None).cells
    wanted = {(plan, sub) for (plan, sub), cell in cells.items() if cell.state == "none" and cell.measured}
    found = {(plan, gap.topic.key) for gap in chair.true_gaps(briefing) for plan in gap.plan_ids}
    assert found == wanted and len(found) > 5
    grid = next(one for one in tables(opened(FORMATS["pptx"].make(briefing))) if one[0][0] == "Chỉ số thành phần")
    across = {plan.narrow: plan.plan_id for plan in briefing.plans}
    for row in grid[1:]:
        for name, shown in zip(grid[0][1:], row[1:]):
            cell = briefing.cells[across[name], row[0].split()[0]]
            assert shown == content.mark(cell) and cell.says
            assert (shown == "0") == ((across[name], row[0].split()[0]) in wanted)
    assert sum(row.count("0") for row in grid[1:]) == len(wanted)


def test_leads_and_times_are_those_of_the_pages(slides: list, briefing: content.Briefing) -> None:
    ids = briefing.plan_ids
    sums, of_plans = who(Basis.HEADING, ids).sums["lead"], data.plan_summaries(Basis.HEADING, ids)
    tasks, leaderless, undated = chair.sums(briefing)
    assert (tasks, leaderless) == (sums.tasks, sums.tasks - sums.named)
    assert undated == sum(row.tasks - row.with_time for row in of_plans)
    titles = " ".join(map(titled, slides))
    for what, n in (("lead", leaderless), ("time", undated)):
        key = f"chair.{what}_title" if n else f"chair.{what}_title_none"
        assert labels.t(key, m=n, n=tasks) in titles
    units = data.units(data.task_ids(Basis.HEADING, ids, None, 10_000))
    both = [unit for unit in units if unit.leads and unit.timing != "unspecified"]
    assert sum(briefing.brief.complete.values()) == len(both)


def test_the_tasks_that_are_shown_lack_what_is_said(briefing: content.Briefing) -> None:
    units = {
        (unit.plan_id, " ".join(unit.text.split())): unit
        for unit in data.units(data.task_ids(Basis.HEADING, briefing.plan_ids, None, 10_000))
    }
    shown = 0
    for lacks, found in (("lead", briefing.brief.leaderless), ("time", briefing.brief.undated)):
        for plan_id, quotes in found.items():
            shown += len(quotes)
            tasks, led, timed = briefing.totals[plan_id]
            assert len(quotes) == min(brief.MOST_SHOWN, tasks - (led if lacks == "lead" else timed))
            for quote in quotes:
                unit = units[plan_id, quote.text]
                assert not unit.leads if lacks == "lead" else unit.timing == "unspecified"
    assert shown > 5


def test_the_tasks_that_a_slide_has_no_room_for_are_where_it_says(shipped: None) -> None:
    made = FORMATS["pptx"].make(content.make(["binh-dinh-2022"], (), chair.PARTS, "vi"))
    said = [" ".join(one.text_frame.text for one in slide.shapes if one.has_text_frame) for slide in opened(made)]
    assert sum(labels.t("office.in_task_sheet") in words for words in said) == 2
    sheets = content.make(["binh-dinh-2022"], (), FORMATS["xlsx"].parts, "vi").sheets
    columns = next(sheet.columns() for sheet in sheets if sheet.name == "tasks")
    assert {"has_lead", "has_time"} <= set(columns)


def test_who_carries_most_is_counted_by_today_s_names_as_on_the_page(slides: list, briefing: content.Briefing) -> None:
    rows = {(row.agency, row.group): row.totals for row in who(Basis.HEADING, briefing.plan_ids, "lead", True).rows}
    rows.pop(("-", "nobody"), None)
    groups = {"group": "groups"}
    counted = {
        (one.name, groups.get(one.standing, one.standing)): {role: one.roles.get(role, 0) for role in content.ROLES}
        for one in briefing.brief.offices
    }
    assert counted == rows and counted
    chart = charts(slides)[-1]
    leads = [one.roles["lead"] for one in briefing.brief.offices if one.roles.get("lead")]
    assert [int(n) for n in chart.plots[0].series[0].values] == leads[:8]
    ranked = [one.roles.get("lead", 0) for one in briefing.brief.offices if one.standing != "group"]
    assert ranked == sorted(ranked, reverse=True)


def test_no_sentence_is_lent_twice_and_each_is_another_plan_s_for_something_that_is_missing(
    briefing: content.Briefing,
) -> None:
    lent = briefing.brief.borrowed
    assert 0 < len(lent) <= brief.MOST_BORROWED and len({one.topic for one in lent}) == len(lent)
    assert all(
        fuzz.ratio(one.quote.text.casefold(), other.quote.text.casefold()) < 90
        for one in lent
        for other in lent
        if one is not other
    )
    lacking = {(gap.plan_id, gap.topic.key) for gap in briefing.gaps}
    sources = {plan.plan_id for plan in briefing.brief.against} or set(briefing.plan_ids)
    texts = {
        (" ".join(unit.text.split())): unit.plan_id
        for unit in data.units(data.task_ids(Basis.HEADING, tuple(sources), None, 10_000))
    }
    for one in lent:
        assert (one.plan_id, one.topic.key) in lacking and texts[one.quote.text] in sources - {one.plan_id}


def test_of_one_plan_the_deck_is_about_that_plan_and_the_others_are_only_sources(shipped: None) -> None:
    briefing = content.make([OWN], (), chair.PARTS)
    assert [plan.plan_id for plan in briefing.brief.against] == ["bac-kan-2021", "binh-dinh-2022"]
    assert briefing.task_count == 45 and briefing.plan_ids == (OWN,)
    listed = opened(FORMATS["pptx"].make(briefing))[-1]
    words = "\n".join(shape.text_frame.text for shape in listed.shapes if shape.has_text_frame)
    assert words.count("chỉ để đối chiếu") == 2 and "29/KH-UBND" in words
    told = content.make([OWN], (), chair.PARTS, against=["bac-kan-2021"])
    assert [plan.plan_id for plan in told.brief.against] == ["bac-kan-2021"]
    assert {one.quote.plan for one in told.brief.borrowed} == {"Bắc Kạn 2021 (cấp tỉnh)"}


def test_one_plan_keeps_its_column_beside_however_many_others(shipped: None) -> None:
    one = content.make([OWN], (), chair.PARTS)
    others = tuple(replace(one.brief.against[at % 2], plan_id=f"p{at}", narrow=f"P{at}") for at in range(20))
    cells = {
        (plan.plan_id, topic.key): one.cells["bac-kan-2021", topic.key]
        for plan in others
        for topic in (*one.dimensions, *one.subdimensions)
    }
    many = replace(one, cells={**one.cells, **cells}, brief=replace(one.brief, against=others))
    found = opened(FORMATS["pptx"].make(many))
    (grid,) = [table for table in tables(found) if table[0][0] == "Chỉ số thành phần"]
    assert grid[0][1:] == ["H.Yên", "P0", "P1", "P2", "P3", "P4"] and all(row[1] == "0" for row in grid[1:])
    said = " ".join(shape.text_frame.text for shape in found[3].shapes if shape.has_text_frame)
    assert "Còn 15 mục nữa: xem phần ghi chú" in said and notes(found[3]).count(": 2 nhiệm vụ") > 20
    stands(found)


def test_what_shares_the_first_place_is_named_together_or_not_at_all(shipped: None) -> None:
    some = content.make([plan.plan_id for plan in data.plans()], (), chair.PARTS)
    two = dict.fromkeys(some.plan_ids, (10, 10, 10)) | dict.fromkeys(some.plan_ids[:2], (10, 4, 10))
    said = chair.findings(replace(some, totals=two))[1]
    assert said == ("12/50", "nhiệm vụ chưa xác định cơ quan chủ trì, nhiều nhất ở Hưng Yên 2020 và Bắc Kạn 2021 (6).")
    all_alike = replace(some, totals=dict.fromkeys(some.plan_ids, (10, 4, 10)))
    assert chair.findings(all_alike)[1] == ("30/50", "nhiệm vụ chưa xác định cơ quan chủ trì.")


def test_what_has_to_be_decided_is_left_blank(slides: list, briefing: content.Briefing) -> None:
    asked = chair.decisions(briefing)
    grid = tables(slides)[-1]
    assert [row[0] for row in grid[1:-1]] == asked and asked
    assert all(row[1:] == [BLANK] * 3 for row in grid[1:])


def test_parts_and_dimensions_that_were_not_asked_for_are_left_out(shipped: None) -> None:
    briefing = content.make([OWN], (3,), ("gaps",))
    made = opened(FORMATS["pptx"].make(briefing))
    assert len(made) == 6 and {gap.topic.dim for gap in chair.true_gaps(briefing)} == {3}
    assert all(one.topic.dim == 3 for one in briefing.brief.borrowed)


# The page.


def words_of(document: bytes) -> str:
    body = docx.Document(io.BytesIO(document)).element.body
    return "\n".join(
        "".join(text.text or "" for text in line.iter(written("w:t"))) for line in body.iter(written("w:p"))
    )


def test_the_page_says_the_same_figures_and_where_the_rest_is(briefing: content.Briefing) -> None:
    said = words_of(summary.make(briefing))
    for figure, sentence in chair.findings(briefing):
        assert figure in said and sentence[:40] in said
    for words in chair.decisions(briefing):
        assert f"{words}: {BLANK}" in said
    assert labels.t("summary.foot", sources="").split(".")[-2].strip() in said
    rows = [row for table in docx.Document(io.BytesIO(summary.make(briefing))).tables[1:] for row in table.rows[1:]]
    columns = [[int(row.cells[at].text) for row in rows] for at in range(1, 5)]
    tasks, leaderless, undated = chair.sums(briefing)
    # what fits no dimension is in the sums of one plan and in no row
    slack = tasks - sum(columns[0])
    assert slack == (
        0
        if len(briefing.plans) > 1
        else tasks - sum(briefing.cells[briefing.plan_ids[0], topic.key].tasks for topic in briefing.dimensions)
    )
    assert 0 <= leaderless - sum(columns[1]) <= slack and 0 <= undated - sum(columns[2]) <= slack
    assert sum(columns[3]) == sum(len(gap.plan_ids) for gap in chair.true_gaps(briefing))


# When things are bad.


EMPTY = {"state": "none", "measured": True, "tasks": 0, "with_lead": 0, "with_time": 0}


def bad(shipped_ids: list[str]) -> dict[str, content.Briefing]:
    """No gap; 400 of them and more plans than stand side by side; names of 300 letters; nothing read; no task."""
    some = content.make(shipped_ids, (), chair.PARTS)
    full = {key: replace(cell, state="own", n=1) for key, cell in some.cells.items()}
    plans = tuple(replace(some.plans[at % 5], plan_id=f"p{at}", short_vi=LONG) for at in range(30))
    cells = {
        (plan.plan_id, topic.key): replace(some.cells[OWN, topic.key], **EMPTY)
        for plan in plans
        for topic in (*some.dimensions, *some.subdimensions)
    }
    quote = Quote(LONG * 3, LONG, "dòng 1", LONG)
    lent = tuple(replace(one, quote=quote, plan_id="p1") for one in some.brief.borrowed)
    named = tuple(replace(one, name=LONG, roles={"lead": 300}) for one in some.brief.offices)
    plan_ids = tuple(plan.plan_id for plan in plans)
    brief_ = replace(
        some.brief,
        offices=named,
        borrowed=lent,
        complete=dict.fromkeys(plan_ids, 1),
        leaderless=dict.fromkeys(plan_ids, (quote,)),
        undated=dict.fromkeys(plan_ids, (quote,)),
    )
    many = replace(
        some,
        title=LONG,
        plans=plans,
        plan_ids=plan_ids,
        cells=cells,
        totals=dict.fromkeys(plan_ids, (300, 1, 1)),
        brief=brief_,
    )
    one = content.make([OWN], (), chair.PARTS)
    lone = replace(
        one,
        title=LONG,
        plans=(replace(one.plans[0], short_vi=LONG, title=LONG * 2, issuer=LONG),),
        cells={key: replace(cell, **EMPTY) for key, cell in one.cells.items()},
        brief=replace(brief_, leaderless={OWN: (quote,) * 6}, undated={OWN: (quote,) * 6}, complete={OWN: 1}),
        totals={OWN: (300, 0, 0)},
    )
    idle = replace(
        one,
        totals={OWN: (0, 0, 0)},
        cells={key: replace(cell, tasks=0, with_lead=0, with_time=0) for key, cell in one.cells.items()},
        brief=replace(one.brief, offices=(), borrowed=(), complete={OWN: 0}, leaderless={}, undated={}),
    )
    return {
        "no gap": replace(some, cells=full),
        "400 gaps": many,
        "one plan of nothing but gaps and long names": lone,
        "no task": idle,
        "nothing read": content.make(["bac-ha-2020"], (), chair.PARTS),
    }


BAD = ("no gap", "400 gaps", "one plan of nothing but gaps and long names", "no task", "nothing read")


@pytest.fixture(scope="module")
def bads(shipped: None) -> dict[str, content.Briefing]:
    found = bad([plan.plan_id for plan in data.plans()])
    assert tuple(found) == BAD
    return found


@pytest.mark.parametrize("name", BAD)
def test_whatever_the_plans_hold_the_slides_open_stand_and_say_what_is_left(
    bads: dict[str, content.Briefing], name: str, tmp_path: Path
) -> None:
    with office.wearing(Office(name=LONG)):
        made = FORMATS["pptx"].make(bads[name])
    found = opened(made)
    stands(found)
    titles = [titled(one) for one in found]
    assert len(set(titles)) == len(titles) == (3 if name == "nothing read" else 10)
    said = "\n".join(shape.text_frame.text for one in found[:-1] for shape in one.shapes if shape.has_text_frame)
    assert ("mục nữa: xem phần Phụ lục" in said) == (name in BAD[:3])
    assert ("\n0 khoảng trống thật" in said) == (name == "no gap")
    file = tmp_path / "x.pptx"
    file.write_bytes(made)
    assert [str(error) for error in openxml_audit.OpenXmlValidator().validate(file).errors] == []


def test_the_page_is_one_page_and_our_pages_are_near_libreoffice_s(
    bads: dict[str, content.Briefing], shipped: None, tmp_path: Path
) -> None:
    """As LibreOffice breaks them: nothing, everything, names of 300 letters; and a whole report, as long as we draw it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    plain = {plan: content.make([plan], (), chair.PARTS) for plan in (OWN, "bac-kan-2021")}
    with office.wearing(Office(name=LONG, place="Thử")):
        for at, one in enumerate((*bads.values(), *plain.values())):
            (tmp_path / f"trang-{at}.docx").write_bytes(summary.make(one))
    (tmp_path / "bao-cao.docx").write_bytes(FORMATS["docx"].make(content.make([OWN])))
    files = sorted(map(str, tmp_path.glob("*.docx")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True,
        capture_output=True,
        timeout=240,
    )
    counted = {file.stem: len(pypdfium2.PdfDocument(file)) for file in tmp_path.glob("*.pdf")}
    report = counted.pop("bao-cao")
    assert len(counted) == len(BAD) + 2 and set(counted.values()) == {1}
    drawn = len(show.pictures((tmp_path / "bao-cao.docx").read_bytes(), "docx"))
    assert abs(drawn - report) <= 1 + report // 10


def test_what_the_profile_leaves_blank_is_a_blank_on_the_cover(shipped: None) -> None:
    one = content.make([OWN], (), chair.PARTS)
    cover = opened(FORMATS["pptx"].make(one))[0]
    assert f"Tên cơ quan ban hành: {BLANK}" in " ".join(
        shape.text_frame.text for shape in cover.shapes if shape.has_text_frame
    )


# The office's own clothes.


def a_template(file: Path, lacking: tuple[str, ...] = (), numbered: bool = True) -> Path:
    """PowerPoint's own of 4:3, with a slide that is nobody's business, without some layouts."""
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "Bí mật của cơ quan"
    for layout in list(made.slide_layouts):
        if layout._element.get("type") in lacking:
            if layout.used_by_slides:
                made.part.drop_rel(made.slides._sldIdLst[0].rId)
                made.slides._sldIdLst.remove(made.slides._sldIdLst[0])
            made.slide_layouts.remove(layout)
        elif not numbered:
            for one in list(layout.placeholders):
                if deck.kind_of(one) == "number":
                    one._element.getparent().remove(one._element)
    made.save(str(file))
    return file


@pytest.mark.parametrize(
    ("lacking", "numbered", "told"),
    [
        ((), True, ""),
        (("titleOnly",), True, "Title Only"),
        (("title", "titleOnly", "obj", "secHead", "twoObj", "twoTxTwoObj"), True, "Title Slide, Title Only"),
        ((), False, "Slide Number"),
    ],
)
def test_a_template_gives_its_layouts_and_what_it_lacks_is_told(
    shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture, lacking: tuple[str, ...], numbered: bool, told: str
) -> None:
    template, file = a_template(tmp_path / "mau.pptx", lacking, numbered), tmp_path / "x.pptx"
    asked = ["briefing", "--own", OWN, "--to", str(file), "--template", str(template)]
    assert main(asked) == 0
    err = capsys.readouterr().err
    assert (f"không có trang mẫu {told};" in err) if told else ("trang mẫu" not in err)
    found = opened(file.read_bytes())
    assert len(found) == 10 and not any("Bí mật" in (titled(one) if one.shapes.title else "") for one in found)
    names = {one.slide_layout.name for one in found}
    assert names == {"Title Slide", "Title Only"} if not lacking else "Title Only" not in names
    with office.wearing(Office(), template):
        stands(found, 10.0, 7.5)
    with zipfile.ZipFile(file) as parts:
        words = b" ".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert "Bí mật".encode() not in words
    numbers = [
        one for one in found[1:] if any(field.get("type") == "slidenum" for field in one._element.iter(qn("a:fld")))
    ]
    assert len(numbers) == 9
    assert [str(error) for error in openxml_audit.OpenXmlValidator().validate(file).errors] == []


def test_a_logo_stands_on_the_cover(shipped: None, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (600, 200), "red").save(logo)
    with office.wearing(replace(OFFICE, logo=logo)):
        made = FORMATS["pptx"].make(content.make([OWN], (), chair.PARTS))
    found = opened(made)
    (picture,) = [shape for shape in found[0].shapes if hasattr(shape, "image")]
    assert picture.height <= Inches(0.9) and picture.width == pytest.approx(3 * picture.height, rel=0.01)
    stands(found)
    assert "data:image/png;base64," in show.pictures(made, "pptx")[0].svg


# What is shown before it is made.


def test_the_small_pictures_hold_every_word_of_the_slides(slides: list, made: bytes) -> None:
    shown = show.pictures(made, "pptx")
    assert [one.title for one in shown] == [titled(one) for one in slides]
    for one, picture in zip(slides, shown):
        drawn = " ".join(" ".join(etree.fromstring(picture.svg).itertext()).split())
        wanted = [shape.text_frame.text for shape in one.shapes if shape.has_text_frame]
        wanted += [
            cell.text for shape in one.shapes if shape.has_table for row in shape.table.rows for cell in row.cells
        ]
        counts = Counter(drawn.split())
        for word in " ".join(wanted).replace("\u00a0", " ").split():
            counts[word] -= 1
        assert min(counts.values()) >= 0


def test_the_small_page_holds_every_word_of_the_page(briefing: content.Briefing) -> None:
    made = summary.make(briefing)
    (shown,) = show.pictures(made, "docx")
    drawn = "".join("".join(etree.fromstring(shown.svg).itertext()).split())
    assert all("".join(line.split()) in drawn for line in words_of(made).split("\n"))
    assert pages.filled(made) < 1


def test_hostile_words_are_drawn_as_words(shipped: None) -> None:
    one = content.make([OWN], (), chair.PARTS)
    hostile = replace(one, title='<script>alert(1)</script> & "x"')
    for name in ("pptx", "summary"):
        form = FORMATS[name]
        for picture in show.pictures(form.make(hostile), form.ending):
            assert "<script" not in picture.svg and etree.fromstring(picture.svg) is not None


# The command.


def test_the_command_shows_the_slides_before_they_are_made(
    shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "x.pptx"
    assert main(["briefing", "--own", OWN, "--to", str(file), "--preview"]) == 0
    out, err = capsys.readouterr()
    assert out == f"{file}.html\n" and "10 trang chiếu" in err and "\n10. Số liệu đếm từ 3 văn bản" in err
    assert [one.name for one in tmp_path.iterdir()] == ["x.pptx.html"]
    page = (tmp_path / "x.pptx.html").read_text(encoding="utf-8")
    assert page.count("<img ") == 10 and "<script" not in page and "http" not in page.replace("http://www.w3", "")


@pytest.mark.parametrize(
    ("reader", "n"), [([], 10), (["--for", "chair"], 10), (["--for", "all", "--parts", "timing"], 9)]
)
def test_the_chair_is_the_default_and_all_brings_the_annex(
    shipped: None, tmp_path: Path, reader: list[str], n: int
) -> None:
    file = tmp_path / "x.pptx"
    assert main(["briefing", "--own", OWN, "--to", str(file), *reader]) == 0
    assert len(opened(file.read_bytes())) == n


def test_the_summary_is_a_command(shipped: None, tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    assert main(["summary", "--plans", "all", "--lang", "en", "--to", str(file)]) == 0
    assert "ONE-PAGE SUMMARY" in words_of(file.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["briefing", "--own", OWN, "--against", "nam-khanh-2020", "--to", "x.pptx"], "cùng cấp: không có nam-khanh"),
        (["briefing", "--plans", OWN, "--against", "bac-kan-2021", "--to", "x.pptx"], "--against cần --own"),
        (["briefing", "--own", "khong-co", "--to", "x.pptx"], "không có khong-co"),
        (["summary", "--own", OWN, "--to", "x.pptx"], "cần đuôi tệp docx"),
        (["briefing", "--own", OWN, "--to", "x.html", "--preview"], "chỉ xem trước được"),
        (["summary", "--own", OWN, "--to", "khong/x.docx", "--preview"], "Không ghi được vào khong"),
        (["letters", "--plan", OWN, "--kind", "assign", "--all", "--to", "x.zip", "--preview"], "chỉ xem trước được"),
    ],
)
def test_what_cannot_be_made_is_told_before_the_work(
    refused: Callable[[list[str]], str], arguments: list[str], said: str
) -> None:
    err = refused(arguments)
    assert said in err and "Đang" not in err


def test_a_template_for_another_kind_of_file_is_told_before_the_work(
    shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    template = a_template(tmp_path / "mau.pptx")
    asked = ["summary", "--own", OWN, "--to", str(tmp_path / "x.docx"), "--template", str(template)]
    assert main(asked) == 2
    err = capsys.readouterr().err
    assert "mau.pptx" in err and "Đang" not in err and not (tmp_path / "x.docx").exists()


def test_ten_slides_take_at_most_five_times_what_an_empty_file_takes(shipped: None) -> None:
    empty = "import time; t = time.process_time(); import pptx, io; pptx.Presentation().save(io.BytesIO()); print(time.process_time() - t)"
    least = min(
        float(subprocess.run([sys.executable, "-c", empty], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    ids, form = [plan.plan_id for plan in data.plans()], FORMATS["pptx"]
    took = []
    for _ in range(3):
        before = time.process_time()
        assert len(opened(form.make(content.make(ids, (), form.parts)))) == 10
        took.append(time.process_time() - before)
    assert min(took) <= 5 * least
