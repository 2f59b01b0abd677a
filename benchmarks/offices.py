"""How well plans are read that an office program wrote: `python -m benchmarks.offices`, where LibreOffice is installed.

The plans of tests/strangers as Word and Excel files, in the layout of official letters (Times New Roman 14, justified,
first lines indented, a page number on top) or with lists that hang, are opened by LibreOffice and saved again as PDF,
HTML, Word and Excel: files as an office program writes them, not as we do. A workbook is not printed: how high its rows
are only Excel knows.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from openpyxl import load_workbook
from openpyxl.styles import Border, Side

from benchmarks import formats
from etl.match import Matcher
from etl.measure import reading
from etl.read import pdf

LAYOUTS = {"công văn": "docx", "danh sách": "docx", "trải ngang": "docx", "bảng tính": "xlsx"}
"""The layouts, and the format each begins as."""
_WAYS = {"docx": ("pdf", "html", "docx", "doc", "rtf"), "xlsx": ("html", "xlsx")}
_BETWEEN = {"docx": "odt", "xlsx": "ods"}
"""A file that is saved in the format it came in goes through LibreOffice's own."""


def letter(file: Path, *, hangs: bool, is_wide: bool) -> None:
    """Lay a Word document out as offices do: changes accepted, margins, fonts, indents, table heads again on each
    page.
    """
    document = Document(str(file))
    _accept(document)
    for section in document.sections:
        section.page_width, section.page_height = (Cm(29.7), Cm(21)) if is_wide else (Cm(21), Cm(29.7))
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
        section.left_margin = Cm(3)
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run()._r.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Times New Roman", Pt(14)
    for paragraph in document.paragraphs:
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(3), Pt(3)
        style = paragraph.style
        assert style is not None  # python-docx gives the default one where none is named
        if not (style.name or "").startswith("Heading") and len(paragraph.text) > 60:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if paragraph._p.find(f".//{qn('w:numPr')}") is None:
            form.first_line_indent = Cm(1.27)
        elif hangs:
            form.left_indent, form.first_line_indent = Cm(1.27), Cm(-0.63)
        else:
            form.left_indent, form.first_line_indent = Cm(0), Cm(1.27)
    for table in document.tables:
        _widths(table)
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(12)
    document.save(str(file))


def _accept(document: DocxDocument) -> None:
    body = document.element.body
    for gone in list(body.iter(qn("w:del"))):
        gone.getparent().remove(gone)
    for inserted in list(body.iter(qn("w:ins"))):
        for run in list(inserted):
            inserted.addprevious(run)
        inserted.getparent().remove(inserted)


def _widths(table) -> None:
    """Columns as wide as their longest cell asks for, within limits."""
    longest = [min(max((len(cell.text) for cell in column.cells), default=1), 60) + 6 for column in table.columns]
    table.autofit = False
    for column, letters in zip(table.columns, longest):
        for cell in column.cells:
            cell.width = Cm(16 * letters / sum(longest))


def sheet(file: Path) -> None:
    """A workbook that prints one page wide, its words wrapped, its tables drawn."""
    book = load_workbook(file)
    for one in book.worksheets:
        one.page_setup.fitToHeight = 0
        one.sheet_properties.pageSetUpPr = one.sheet_properties.pageSetUpPr or type("", (), {})
        one.page_setup.orientation, one.sheet_properties.pageSetUpPr.fitToPage = "landscape", True
        for column in "ABCDEFGH":
            one.column_dimensions[column].width = 28
        for row in one.iter_rows():
            for cell in row:
                cell.alignment = cell.alignment.copy(wrap_text=True, vertical="top")
                if one.title.startswith("Bảng"):
                    cell.border = Border(*[Side(style="thin")] * 4)
    book.save(file)


def converted(files: Sequence[Path], to: str, folder: Path, profile: Path) -> Path:
    """Files as LibreOffice saves them in another format, in a folder."""
    folder.mkdir(parents=True)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=900,
    )
    return folder


def seconds_a_page(files: Sequence[Path]) -> float:
    """Processor time in which PDF files are read, a page."""
    contents = [file.read_bytes() for file in files]
    pages = sum(len(pypdfium2.PdfDocument(content)) for content in contents)
    start = time.process_time()
    for content in contents:
        list(pdf.blocks(content, "ke-hoach.pdf"))
    return (time.process_time() - start) / pages


def main(args: Sequence[str] | None = None) -> int:
    """Print how well each is read. Out: 1 where there is no LibreOffice."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.offices", description=__doc__.partition("\n")[0])
    ask.add_argument("--keep", type=Path, help="folder in which the files stay")
    ask.add_argument("--layout", choices=LAYOUTS)
    asked = ask.parse_args(args)
    if not shutil.which("soffice"):
        print("Không có LibreOffice (soffice) trên máy này; phần đo này được bỏ qua.", file=sys.stderr)
        return 1
    matcher, plans = Matcher.shipped(), sorted(formats.STRANGERS.glob("*.txt"))
    print(f"Kế hoạch do LibreOffice ghi ra: {len(plans)} kế hoạch của tests/strangers\n")
    print(f"{'':<22}" + "".join(f"{name:>14}" for name in (*formats.MEASURES, "s a PDF page")))
    with tempfile.TemporaryDirectory() as temporary:
        home = asked.keep or Path(temporary)
        for layout in [asked.layout] if asked.layout else LAYOUTS:
            ending = LAYOUTS[layout]
            begun = home / layout / "begun"
            begun.mkdir(parents=True)
            for plan in plans:
                file = begun / f"{plan.stem}.{ending}"
                formats.WRITERS[ending](plan.read_bytes(), file)
                sheet(file) if ending == "xlsx" else letter(
                    file, hangs=layout == "danh sách", is_wide=layout == "trải ngang"
                )
            files = sorted(begun.iterdir())
            for to in _WAYS[ending]:
                source = (
                    files
                    if to != ending
                    else sorted(
                        converted(files, _BETWEEN[ending], home / layout / "between", home / "profile").iterdir()
                    )
                )
                made = converted(source, to, home / layout / to, home / "profile")
                total = reading.total([formats.measure(made / f"{plan.stem}.{to}", plan, matcher) for plan in plans])
                figures = reading.figures(total)
                said = "".join(f"{figures[name]:>14.3f}" for name in formats.MEASURES)
                if to == "pdf":
                    said += f"{seconds_a_page(sorted(made.iterdir())):>14.3f}"
                print(f"{f'{layout} → {to}':<22}{said}", flush=True)
    return 0


def shipped() -> int:
    """What `make bench` prints: every layout."""
    return main([])


if __name__ == "__main__":
    sys.exit(main())
