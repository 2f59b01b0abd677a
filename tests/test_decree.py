"""What leaves as a report, a letter and a submission is laid out as Nghị định 30/2020/NĐ-CP says: each point of
tests/data/nd30.csv, with its place in Phụ lục I of the decree, is looked for in the XML.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import small
from docx.oxml.ns import qn

from ui import data
from ui.export import decree, office
from ui.export.briefing import content
from ui.export.briefing import docx as report
from ui.export.letters import pack
from ui.words import labels

with (Path(__file__).parent / "data" / "nd30.csv").open(encoding="utf-8", newline="") as file:
    POINTS = {row["point"]: row for row in csv.DictReader(file)}
OFFICE = office.Office(
    name="Sở Nội vụ",
    above="Ủy ban nhân dân tỉnh An Khê",
    place="An Khê",
    short="SNV",
    drafter="VP",
    signature=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer="Trần Thị Bình",
    recipients=("Ủy ban nhân dân tỉnh", "Các phòng thuộc Sở"),
    submit_to="Ủy ban nhân dân tỉnh An Khê",
)
PAPERS = ("report", "letter", "submission")
ONLY = {
    "name": ("report", "submission"),
    "subject": ("letter",),
    "basis": ("submission",),
    "addressee": ("letter", "submission"),
}
"""Points that the decree makes of some papers only."""


@dataclass(frozen=True)
class Line:
    """A paragraph: its words and how they are set; `cell` is 0 or 1 in a table of two columns, None outside of one."""

    text: str
    align: str
    sizes: frozenset[float]
    bold: bool
    italic: bool
    before: float
    after: float
    first_line: float
    style: str
    cell: int | None
    table: int | None
    has_rule: bool


class Paper:
    """A Word document as a list of lines, down to the paragraphs of tables."""

    def __init__(self, kind: str, lang: str, made: bytes) -> None:
        self.kind, self.lang, self.made = kind, lang, made
        self.document = docx.Document(io.BytesIO(made))
        tables = list(self.document.element.body.iter(qn("w:tbl")))
        self.lines = [self._line(one, tables) for one in self.document.element.body.iter(qn("w:p"))]

    def _line(self, paragraph: Any, tables: list[Any]) -> Line:
        made = docx.text.paragraph.Paragraph(paragraph, self.document)
        shape, style = made.paragraph_format, made.style
        runs = [run for run in made.runs if run.text.strip()]
        cell = next((one for one in paragraph.iterancestors(qn("w:tc"))), None)
        table = next((one for one in paragraph.iterancestors(qn("w:tbl"))), None)
        after = shape.space_after if shape.space_after is not None else style.paragraph_format.space_after
        return Line(
            text=made.text,
            align={0: "left", 1: "center", 3: "both", None: ""}[made.alignment],
            sizes=frozenset(
                (run.font.size or style.font.size or self.document.styles["Normal"].font.size).pt for run in runs
            ),
            bold=bool(runs) and all(run.bold if run.bold is not None else style.font.bold for run in runs),
            italic=bool(runs) and all(run.italic for run in runs),
            before=shape.space_before.pt if shape.space_before is not None else 0,
            after=after.pt if after is not None else 0,
            first_line=shape.first_line_indent.mm if shape.first_line_indent else 0,
            style=style.name,
            cell=None if cell is None else list(cell.getparent().iter(qn("w:tc"))).index(cell),
            table=None if table is None else tables.index(table),
            has_rule=paragraph.find(f".//{qn('w:pBdr')}") is not None,
        )

    def at(self, words: str) -> int:
        """Where the first line is that begins so."""
        return next(at for at, line in enumerate(self.lines) if line.text.startswith(words))

    def line(self, words: str) -> Line:
        return self.lines[self.at(words)]

    def t(self, key: str, **values: Any) -> str:
        with labels.speaking(self.lang):
            return labels.t(key, **values)

    @property
    def annex(self) -> int:
        """Where the first annex begins."""
        return next(at for at, line in enumerate(self.lines) if re.fullmatch(r"(Phụ lục|Annex)( [IVX]+)?", line.text))

    @property
    def body(self) -> list[Line]:
        """The paragraphs of the body that are set as text, without headings."""
        return [line for line in self.lines[: self.annex] if line.align == "both" and line.table is None and line.text]


@pytest.fixture(scope="module", params=labels.LANGUAGES)
def papers(request: pytest.FixtureRequest, shown_database: Path) -> Iterator[dict[str, Paper]]:
    lang = request.param
    with small.shown(shown_database, lang), office.wearing(OFFICE):
        plans = [plan.plan_id for plan in data.plans()]
        made = {
            "report": report.make(content.make(plans, lang=lang)),
            "letter": pack.one("bac-kan-2021", "Sở Tài nguyên và Môi trường", "assign"),
            "submission": pack.submission("bac-kan-2021"),
        }
        yield {kind: Paper(kind, lang, made[kind]) for kind in PAPERS}


Check = Callable[[Paper], None]
CHECKS: dict[str, Check] = {}


def point(check: Check) -> Check:
    CHECKS[check.__name__] = check
    return check


def within(sizes: frozenset[float], least: float, most: float) -> bool:
    return bool(sizes) and least <= min(sizes) and max(sizes) <= most


@point
def paper(one: Paper) -> None:
    for section in one.document.sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}


@point
def orientation(one: Paper) -> None:
    upright = [section.page_height > section.page_width for section in one.document.sections]
    assert upright[0] and len(upright) > 1
    assert upright == ([True, True, False, False] if one.kind == "report" else [True, False])


@point
def margins(one: Paper) -> None:
    for section in one.document.sections:
        top, bottom, left, right = (
            round(length.mm)
            for length in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        )
        assert 20 <= top <= 25 and 20 <= bottom <= 25 and 30 <= left <= 35 and 15 <= right <= 20


@point
def font(one: Paper) -> None:
    fonts = one.document.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    own = {each.get(qn("w:ascii")) for each in one.document.element.body.iter(qn("w:rFonts"))}
    # the box to tick is no letter
    assert own <= {"MS Gothic"}
    colours = {each.get(qn("w:val")) for each in one.document.element.body.iter(qn("w:color"))}
    colours |= {
        each.get(qn("w:val"))
        for name in ("Normal", "Heading 1", "Heading 2")
        for each in one.document.styles[name].element.iter(qn("w:color"))
    }
    assert colours <= {"000000"}


@point
def page_number(one: Paper) -> None:
    number = one.document.sections[0].header.paragraphs[0]
    assert number.alignment == 1 and [part.text.strip() for part in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert {run.font.size.pt for run in number.runs} == {13}
    for section in one.document.sections:
        assert section.different_first_page_header_footer and not section.first_page_header.paragraphs[0].text


@point
def state(one: Paper) -> None:
    line = one.line(one.t("office.state"))
    assert (line.cell, line.bold, line.italic, line.text) == (1, True, False, line.text.upper())
    assert within(line.sizes, 12, 13)


@point
def motto(one: Paper) -> None:
    at = one.at(one.t("office.motto"))
    line = one.lines[at]
    assert (line.cell, line.bold, line.italic, line.align) == (1, True, False, "center") and within(line.sizes, 13, 14)
    assert line.text.count(" - ") == 2 and one.lines[at + 1].has_rule


@point
def above(one: Paper) -> None:
    line = one.lines[0]
    assert line.text == "ỦY BAN NHÂN DÂN TỈNH AN KHÊ" and within(line.sizes, 12, 13)
    assert (line.cell, line.bold, line.italic, line.align) == (0, False, False, "center")


@point
def issuer(one: Paper) -> None:
    line = one.lines[1]
    assert line.text == "SỞ NỘI VỤ" and within(line.sizes, 12, 13)
    assert (line.cell, line.bold, line.italic, line.align) == (0, True, False, "center") and one.lines[2].has_rule


@point
def number(one: Paper) -> None:
    line = one.line(one.t("decree.number.report", office="").partition(" ")[0])
    assert line.text.endswith({"report": "/BC-SNV", "letter": "/SNV-VP", "submission": "/TTr-SNV"}[one.kind])
    assert (line.cell, line.bold, line.italic, line.align, line.sizes) == (0, False, False, "center", {13})


@point
def place_day(one: Paper) -> None:
    line = one.line("An Khê, ")
    assert (line.cell, line.bold, line.italic, line.align) == (1, False, True, "center") and within(line.sizes, 13, 14)
    assert one.at(line.text) > one.at(one.t("office.motto"))


@point
def name(one: Paper) -> None:
    words = one.t({"report": "office.report", "submission": "letters.submission"}[one.kind])
    at = one.at(words)
    for line in one.lines[at : at + 2]:
        assert (line.cell, line.bold, line.italic, line.align) == (None, True, False, "center")
        assert within(line.sizes, 13, 14)
    assert words.isupper() and not one.lines[at + 1].text.isupper() and one.lines[at + 2].has_rule


@point
def subject(one: Paper) -> None:
    at = one.at(one.t("letters.about", subject="").strip())
    line = one.lines[at]
    assert (line.cell, line.bold, line.italic, line.align, line.before) == (0, False, False, "center", 6)
    assert within(line.sizes, 12, 13) and one.lines[at - 1].text.endswith("/SNV-VP")


@point
def basis(one: Paper) -> None:
    found = [line for line in one.body if line.text.startswith(one.t("letters.legal_basis", blank="", end="").strip())]
    found = [line for line in found if line.italic]
    assert [line.text[-1] for line in found] == [";", "."]
    assert all(within(line.sizes, 13, 14) for line in found)


@point
def citation(one: Paper) -> None:
    with labels.speaking(one.lang):
        plan = data.plan("bac-kan-2021")
        first, again = decree.cited(plan), decree.cited(plan, first=False)
    assert all(words in first for words in ("263/KH-UBND", "10", "2021", plan.issuer)) and again in first
    words = "\n".join(line.text for line in one.body)
    assert words.count(first) == 1 and (one.lang == "en" or "ngày 10 tháng 5 năm 2021" in words)


@point
def numbering(one: Paper) -> None:
    levels = [
        (level.find(qn("w:numFmt")).get(qn("w:val")), level.find(qn("w:lvlText")).get(qn("w:val")))
        for level in one.document.part.numbering_part.element.iter(qn("w:lvl"))
    ]
    assert levels == [("upperRoman", "%1."), ("decimal", "%2.")]
    for level, style in enumerate(("Heading 1", "Heading 2")):
        numbered = one.document.styles[style].element.pPr.numPr
        assert (numbered.numId.val, numbered.ilvl.val) == (90, level)
    heads = [line for line in one.lines if line.style.startswith("Heading")]
    assert heads and all(line.bold and not line.italic and within(line.sizes, 13, 14) for line in heads if line.sizes)


@point
def letters(one: Paper) -> None:
    assert "".join(map(decree.letter, range(12))) == "abcdđeghiklm"
    seen = [line.text[0] for line in one.body if re.match(r"\w\) ", line.text)]
    for before, after in pairwise(seen):
        assert after == "a" or decree.LETTERS.index(after) == decree.LETTERS.index(before) + 1
    assert len(seen) > 3 or one.kind == "letter"


@point
def body(one: Paper) -> None:
    assert len(one.body) > 5
    for line in one.body:
        assert within(line.sizes, 13, 14), line.text
    assert one.document.styles["Normal"].font.size.pt in (13, 14)


@point
def paragraphs(one: Paper) -> None:
    assert {round(line.first_line, 1) for line in one.body} == {10.0}
    assert all(line.after >= 6 for line in one.body)
    assert 1 <= one.document.styles["Normal"].paragraph_format.line_spacing <= 1.5


@point
def signature(one: Paper) -> None:
    at = one.at("KT. GIÁM ĐỐC")
    assert [line.text for line in one.lines[at : at + 2]] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    for line in (*one.lines[at : at + 2], one.line("Trần Thị Bình")):
        assert (line.cell, line.bold, line.italic, line.align) == (1, True, False, "center")
        assert within(line.sizes, 13, 14)


@point
def addressee(one: Paper) -> None:
    line = one.line(one.t("decree.to"))
    to = {"letter": "Sở Nông nghiệp và Môi trường", "submission": "Ủy ban nhân dân tỉnh An Khê"}[one.kind]
    assert line.text.startswith(f"{one.t('decree.to')} {to}")
    assert not line.bold and not line.italic and within(line.sizes, 13, 14)


@point
def recipients(one: Paper) -> None:
    at = one.at(one.t("office.recipients"))
    head, end = one.lines[at], one.at(one.t("decree.archive", unit="VP"))
    assert (head.cell, head.bold, head.italic, head.sizes) == (0, True, True, {12}) and head.text.endswith(":")
    listed = one.lines[at + 1 : end]
    assert len(listed) >= 2 and all(line.text.startswith("- ") and line.text.endswith(";") for line in listed)
    assert all(line.sizes == {11} and not line.bold and not line.italic for line in (*listed, one.lines[end]))
    assert one.lines[end].text.endswith("VT, VP.")


@point
def annex_heading(one: Paper) -> None:
    heads = [at for at, line in enumerate(one.lines) if re.fullmatch(r"(Phụ lục|Annex)( [IVX]+)?", line.text)]
    roman = [one.lines[at].text.split()[-1] for at in heads]
    assert roman == ["I", "II", "III"] if one.kind == "report" else len(roman) == 1
    said = "\n".join(line.text for line in one.body)
    for at in heads:
        head, title, belongs = one.lines[at : at + 3]
        assert one.lines[at].text.lower() in said.lower()
        assert head.bold and head.sizes == {14} and title.bold and title.text == title.text.upper()
        assert belongs.italic and within(title.sizes | belongs.sizes, 13, 14)
        assert belongs.text.startswith("(") and one.t(f"decree.kind.{one.kind}") in belongs.text
        assert {line.align for line in (head, title, belongs)} == {"center"}


@point
def annex_pages(one: Paper) -> None:
    first, *others = [section._sectPr.find(qn("w:pgNumType")) for section in one.document.sections]
    assert first is None and others and all(number.get(qn("w:start")) == "1" for number in others)


@point
def order(one: Paper) -> None:
    head = one.t("office.report" if one.kind == "report" else "letters.submission")
    middle = one.t("decree.to") if one.kind == "letter" else head
    ends = [at for at, line in enumerate(one.lines[: one.annex]) if line.text.endswith(decree.END)]
    assert len(ends) == 1
    wanted = [
        one.at(one.t("office.state")),
        one.at("An Khê, "),
        one.at(middle),
        ends[0],
        one.at(one.t("office.recipients")),
        one.at("Trần Thị Bình"),
        one.annex,
    ]
    assert wanted == sorted(wanted) and one.lines[ends[0]] is one.body[-1]


@pytest.mark.parametrize("plans", [["nam-khanh-2020"], ["hung-yen-2020", "bac-kan-2021"], []])
def test_the_body_of_a_report_has_three_to_five_pages(shown_database: Path, tmp_path: Path, plans: list[str]) -> None:
    """As LibreOffice breaks them; none means all plans."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    with small.shown(shown_database), office.wearing(OFFICE):
        made = content.make(plans or [plan.plan_id for plan in data.plans()])
    with labels.speaking("vi"), office.wearing(OFFICE):
        # the annexes begin on a page of their own; the longest would take its time to print
        (tmp_path / "x.docx").write_bytes(report.make(replace(made, tasks=())))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "x.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "x.pdf")]
    body = next(at for at, words in enumerate(pages) if re.search(r"^Phụ lục I\s*$", words, re.MULTILINE))
    assert 3 <= body <= 5


def test_the_list_has_twenty_five_points_each_with_its_check_and_its_article() -> None:
    assert set(POINTS) == set(CHECKS) and len(POINTS) == 25
    assert all(row["article"].startswith("Mục ") and row["says"] for row in POINTS.values())


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in POINTS for kind in ONLY.get(name, PAPERS)])
def test_a_paper_is_laid_out_as_the_decree_says(papers: dict[str, Paper], name: str, kind: str) -> None:
    CHECKS[name](papers[kind])
