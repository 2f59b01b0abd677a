"""How well the same plan is read in every format: the plans of tests/strangers, written as offices write them, against
their labels.

Tables are drawn with the merged cells that stand empty in plain text: a number and an indicator over the rows of their
tasks, a heading across its row. What plain text says is what every other format is measured against.
"""

from __future__ import annotations

import html
import re
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from openpyxl import Workbook
from openpyxl.styles import Font

import tables
from etl import about, way
from etl.match import Matcher
from etl.measure import reading
from etl.model import Block
from etl.read import txt
from etl.reference import DATA, ROOT, column_role

STRANGERS = ROOT / "tests" / "strangers"
FONTS = ROOT / "tests" / "data"
MEASURES = ("f1", "kind", "declared_dim", "declared_sub", "lead", "coop", "timing", "timing_cells")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
Rows = list[tuple[str, ...]]


def parts(source: bytes) -> Iterator[Block | Rows]:
    """A plain text's paragraphs, and its tables as rows of equal length."""
    rows: Rows = []
    for block in txt.blocks(source, "ke-hoach.txt"):
        if rows and (not block.cells or len(block.cells) != len(rows[0])):
            yield rows
            rows = []
        if block.cells:
            rows.append(block.cells)
        else:
            yield block
    if rows:
        yield rows


def merged(rows: Rows) -> list[list[tuple[int, int] | None]]:
    """How far each cell reaches down and across; None where another reaches over it.

    A cell of a number or an indicator reaches over the empty ones below it, a heading's over all to its right.
    """
    roles = [column_role(name) for name in rows[0]]
    is_table = len(set(roles) - {"unknown", "number"}) > 1
    spans: list[list[tuple[int, int] | None]] = [[(1, 1) for _ in row] for row in rows]
    if not is_table:
        return spans
    for at, row in enumerate(rows[1:], 1):
        said = [column for column, cell in enumerate(row) if cell]
        if said and said[-1] < 2 and len(said) == said[-1] + 1:
            spans[at][said[-1]] = (1, len(row) - said[-1])
            spans[at][said[-1] + 1 :] = [None] * (len(row) - said[-1] - 1)
    for column, role in enumerate(roles):
        if role not in ("number", "indicator"):
            continue
        top = None
        for at, row in enumerate(rows):
            is_heading = None in spans[at]
            if row[column] or is_heading or not any(row):
                top = None if is_heading else at
            elif top:
                reach = spans[top][column]
                assert reach is not None  # no cell of the row at `top` is reached over
                spans[top][column] = (reach[0] + 1, 1)
                spans[at][column] = None
    return spans


_LISTS = (
    ("upperRoman", "%1.", re.compile(r"([IVX]+)\.\s+")),
    ("decimal", "%1.", re.compile(r"(\d+)\.\s+")),
    ("lowerLetter", "%1)", re.compile(r"([a-z])\)\s+")),
    ("bullet", "-", re.compile(r"(-) ")),
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class Numbers:
    """Lists that number themselves, as Word makes them: a document's labels are taken off wherever Word would draw the
    same again.
    """

    def __init__(self, document: DocxDocument):
        self.part = document.part.numbering_part.element
        self.lists: dict[str, tuple[str, int]] = {}
        for at, (shape, text, _) in enumerate(_LISTS, 100):
            self.part.insert(
                0,
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
                    f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
                ),
            )

    def take(self, text: str) -> tuple[str, str | None]:
        """The words without their label and the list that draws it; the words as they are where no list would."""
        for at, (shape, _, form) in enumerate(_LISTS, 100):
            if not (found := form.match(text)):
                continue
            name = found[1]
            value = (
                1
                if shape == "bullet"
                else int(name)
                if shape == "decimal"
                else ord(name) - ord("a") + 1
                if shape == "lowerLetter"
                else _ROMAN.index(name) + 1
                if name in _ROMAN
                else 0
            )
            number, last = self.lists.get(shape, ("", 0))
            if value == 1 and shape != "bullet" or not number:
                if value != 1:
                    return text, None
                number = str(100 + len(self.part))
                self.part.append(
                    parse_xml(
                        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{at}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                    )
                )
            elif shape != "bullet" and value != last + 1:
                return text, None
            self.lists[shape] = number, value
            return text[found.end() :], number
        return text, None


def as_docx(source: bytes, file: Path) -> None:
    """A Word document: headings by style or in bold, lists that number themselves, tables with merged cells, an
    insertion and a deletion in each third paragraph, still to be accepted.
    """
    document = Document()
    numbers = Numbers(document)
    for part in parts(source):
        if isinstance(part, Block):
            if part.level:
                document.add_heading(part.text, part.level)
                continue
            words, number = numbers.take(part.text)
            paragraph = document.add_paragraph()
            if number:
                paragraph._p.get_or_add_pPr().append(
                    parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
                )
            half = words.rfind(" ", 0, len(words) // 2) + 1
            run = paragraph.add_run(words[:half] or words)
            run.bold = part.bold or None
            if half:
                later = paragraph.add_run(words[half:])
                later.bold = part.bold or None
                if part.first_line % 3 == 0:
                    later._r.addprevious(
                        parse_xml(
                            f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>điều đã bỏ</w:delText></w:r></w:del>'
                        )
                    )
                    inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="a"/>')
                    later._r.addprevious(inserted)
                    inserted.append(later._r)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]), style="Table Grid")
        grid = [list(row.cells) for row in table.rows]
        for at, (row, spans) in enumerate(zip(part, merged(part))):
            for column, (words, span) in enumerate(zip(row, spans)):
                if span is None:
                    continue
                cell = grid[at][column]
                if span != (1, 1):
                    cell = cell.merge(grid[at + span[0] - 1][column + span[1] - 1])
                first, *rest = words.split("\n")
                cell.paragraphs[0].text = first
                for line in rest:
                    cell.add_paragraph(line)
    document.save(str(file))


def as_xlsx(source: bytes, file: Path) -> None:
    """A workbook: prose across merged cells, tables with merged cells on sheets of their own, and numbers that are
    numbers.
    """
    book = Workbook()
    sheet = book.active
    row, tables = 1, 0
    for part in parts(source):
        if isinstance(part, Block):
            if sheet.title.startswith("Bảng"):
                row += 1
            cell = sheet.cell(row, 1, part.text)
            cell.font = Font(bold=part.bold or bool(part.level))
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
            row += 1
            continue
        if len(part) > 3:
            tables += 1
            sheet, row = book.create_sheet(f"Bảng {tables}"), 1
        for words, spans in zip(part, merged(part)):
            for column, (said, span) in enumerate(zip(words, spans), 1):
                if span is None:
                    continue
                if re.fullmatch(r"\d+", said):
                    sheet.cell(row, column, int(said))
                elif re.fullmatch(r"\d\.\d\d?", said):
                    sheet.cell(row, column, float(said)).number_format = "0.00" if len(said) == 4 else "General"
                else:
                    sheet.cell(row, column, said or None)
                if span != (1, 1):
                    sheet.merge_cells(
                        start_row=row, start_column=column, end_row=row + span[0] - 1, end_column=column + span[1] - 1
                    )
            row += 1
    book.save(file)


class Paper(FPDF):
    """A4 as offices print it: a running head, page numbers, a serif that has every Vietnamese letter."""

    def __init__(self, is_plain: bool = False) -> None:
        super().__init__(format="A4")
        self.is_plain = is_plain
        for style, file in (("", "serif"), ("B", "serif-bold")):
            self.add_font("serif", style, FONTS / f"{file}.ttf")
        self.set_margins(30, 22, 18)
        self.set_auto_page_break(True, 22)
        self.set_font("serif", size=12)
        self.add_page()

    def header(self) -> None:
        if self.page_no() > 1 and not self.is_plain:
            self.set_font("serif", size=9)
            self.set_y(10)
            self.cell(0, 5, "Kế hoạch nâng cao Chỉ số PAPI", align="R")
            self.set_y(22)
            self.set_font("serif", size=12)

    def footer(self) -> None:
        if self.is_plain:
            return
        self.set_y(-14)
        self.cell(0, 6, str(self.page_no()), align="C")


def as_pdf(source: bytes, file: Path) -> None:
    """A printed plan: justified paragraphs over line and page ends, tables with merged cells and the head again on each
    page.
    """
    paper = Paper()
    for part in parts(source):
        if isinstance(part, Block):
            paper.set_font("serif", "B" if part.bold or part.level else "", 12)
            paper.multi_cell(
                0,
                6.5,
                f"{'' if part.bold or part.level else '      '}{part.text}",
                align="L" if part.bold else "J",
                new_x="LMARGIN",
                new_y="NEXT",
            )
            paper.ln(1.5)
            continue
        paper.set_font("serif", size=9)
        widths = [8 + min(max(len(row[column]) for row in part), 50) for column in range(len(part[0]))]
        with paper.table(
            col_widths=widths, text_align="LEFT", first_row_as_headings=len(part) > 3, line_height=4.6, padding=1
        ) as table:
            for words, spans in zip(part, merged(part)):
                row = table.row()
                for said, span in zip(words, spans):
                    if span:
                        row.cell(said, rowspan=span[0], colspan=span[1])
        paper.ln(3)
    paper.output(file)


def as_html(source: bytes, file: Path) -> None:
    """A portal's page: a frame of tables, a menu, a footer, paragraphs in bold for headings, entities."""
    out = []
    for part in parts(source):
        if isinstance(part, Block):
            words = html.escape(part.text)
            out.append(
                f"<h{part.level}>{words}</h{part.level}>"
                if part.level
                else f"<p><strong>{words}</strong></p>"
                if part.bold
                else f"<p>&nbsp; {words}</p>"
            )
            continue
        out.append('<table border="1">')
        for row, spans in zip(part, merged(part)):
            cells = (
                f'<td rowspan="{span[0]}" colspan="{span[1]}">{html.escape(words).replace(chr(10), "<br/>")}</td>'
                for words, span in zip(row, spans)
                if span
            )
            out.append(f"<tr>{''.join(cells)}</tr>")
        out.append("</table>")
    links = "".join(
        f'<li><a href="/{n}">{name}</a></li>'
        for n, name in enumerate(("Trang chủ", "Giới thiệu", "I. Tin tức", "Văn bản"))
    )
    file.write_text(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Văn bản</title><style>p {{ margin: 0 }}</style></head><body>
<table width="100%"><tr><td colspan="2"><div class="main-menu"><ul>{links}</ul></div></td></tr><tr><td><ul>{links}</ul></td><td>
{chr(10).join(out)}
</td></tr></table><div id="footer">1. Cổng thông tin điện tử<br>Địa chỉ: số 1</div><script>document.write("<p>I. KHÔNG PHẢI</p>")</script></body></html>""",
        encoding="utf-8",
    )


def in_code(code: str) -> Callable[[bytes, Path], None]:
    """Plain text in another code: "utf-16", "cp1258", or "tcvn3", which has no codec and no capitals with a tone."""

    def write(source: bytes, file: Path) -> None:
        text = unicodedata.normalize("NFC", source.decode("utf-8-sig"))
        if code == "nfd":
            file.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
        elif code == "tcvn3":
            file.write_bytes(to_tcvn3(text))
        elif code == "cp1258":
            file.write_bytes(to_cp1258(text))
        else:
            file.write_text(text, encoding=code)

    return write


def to_tcvn3(text: str) -> bytes:
    listed = tables.rows(DATA / "reference" / "old-codes.csv")
    code = {row["letter"]: ord(row["written"]) for row in listed if row["code"] == "TCVN3"}
    return bytes(
        code.get(sign)
        or code.get(sign.lower())
        or (ord(sign) if ord(sign) < 128 else ord({"“": '"', "”": '"', "–": "-"}.get(sign, "?")))
        for sign in text
    )


def to_cp1258(text: str) -> bytes:
    """Windows-1258: a letter with its hat, then the tone."""
    out = b""
    for sign in text:
        apart = unicodedata.normalize("NFD", sign)
        letter = unicodedata.normalize("NFC", "".join(part for part in apart if part not in _TONES))
        try:
            out += sign.encode("cp1258")
        except UnicodeEncodeError:
            out += (letter + "".join(part for part in apart if part in _TONES)).encode("cp1258", errors="replace")
    return out


def as_txt(source: bytes, file: Path) -> None:
    """The plan's text as it is."""
    file.write_bytes(source)


WRITERS: dict[str, Callable[[bytes, Path], None]] = {
    "txt": as_txt,
    "utf-16.txt": in_code("utf-16"),
    "nfd.txt": in_code("nfd"),
    "cp1258.txt": in_code("cp1258"),
    "tcvn3.txt": in_code("tcvn3"),
    "docx": as_docx,
    "xlsx": as_xlsx,
    "pdf": as_pdf,
    "html": as_html,
}


def measure(file: Path, plan: Path, matcher: Matcher) -> dict[str, reading.Share]:
    """What is read of a file that holds this plan, beside the plan's labels."""
    one = way.reading(about.unlisted(file), matcher)
    return reading.measure(reading.labelled(plan.with_suffix(".jsonl")), one.units, (len(one.lines), len(one.lines)))


def measured(
    writer: Callable[[bytes, Path], None], ending: str, plans: Sequence[Path], matcher: Matcher
) -> tuple[dict[str, reading.Share], float]:
    """The measures of all plans written by one writer, and the seconds of reading one."""
    found, seconds = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for plan in plans:
            file = Path(folder) / f"{plan.stem}.{ending}"
            writer(plan.read_bytes(), file)
            begun = time.perf_counter()
            found.append(measure(file, plan, matcher))
            seconds += time.perf_counter() - begun
    return reading.total(found), seconds / len(plans)


def main() -> None:
    plans = sorted(STRANGERS.glob("*.txt"))
    matcher = Matcher.shipped()
    print(f"Cùng một kế hoạch trong mọi định dạng: {len(plans)} kế hoạch của tests/strangers\n")
    print(f"{'':<14}" + "".join(f"{name:>14}" for name in (*MEASURES, "giây/văn bản")))
    for ending, writer in WRITERS.items():
        total, seconds = measured(writer, ending, plans, matcher)
        figures = reading.figures(total)
        print(f"{ending:<14}" + "".join(f"{figures[name]:>14.3f}" for name in MEASURES) + f"{seconds:>14.2f}")


if __name__ == "__main__":
    main()
