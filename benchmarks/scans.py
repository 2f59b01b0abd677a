"""How well scans are read: `python -m benchmarks scans`, where LibreOffice and Tesseract (with Vietnamese) are installed.

The shipped plans are laid out as official letters, printed by LibreOffice, and scanned on paper that does not exist: 200
dots an inch with noise, a degree aslant, under a red stamp. What is read of the pictures is measured against the labels
of data/gold, beside what is read of the same PDF's own letters.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from rapidfuzz.distance import Indel

from benchmarks import formats, offices
from etl import about, way
from etl.match import Matcher
from etl.measure import reading
from etl.read import ocr, read
from etl.reference import DATA

_DPI, _NOISE, _SLANT, _RED = 200, 14, 1.0, (215, 40, 50)
_MEASURES = ("f1", "lead", "coop", "timing", "declared_dim")


def main() -> None:
    """Print a row a plan: words that are right, seconds a page, and the measures of scan / print."""
    if not shutil.which("soffice") or not ocr.program():
        print(f"Cần LibreOffice (soffice) và Tesseract ({ocr.INSTALL}); phần đo này được bỏ qua.", file=sys.stderr)
        return
    matcher = Matcher.shipped()
    print(f"{'':<30}{'chữ đúng':>10}{'giây/trang':>12}" + "".join(f"{name:>16}" for name in _MEASURES))
    totals: list[dict[str, reading.Share]] = []
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        for print_ in _printed(home):
            scan = home / f"quet-{print_.name}"
            pages = list(_scanned(print_))
            pages[0].save(scan, save_all=True, append_images=pages[1:], resolution=_DPI, quality=80)
            begun = time.perf_counter()
            blocks, letters = read(scan), read(print_)
            seconds = (time.perf_counter() - begun) / len(pages)
            said, meant = ([word for block in some for word in block.text.split()] for some in (blocks, letters))
            right = (len(meant) + len(said) - Indel.distance(meant, said)) / 2 / len(meant)
            gold = reading.labelled(DATA / "gold" / f"{print_.stem}.jsonl")
            both = [
                reading.measure(gold, way.read_as(about.unlisted(print_), some, matcher).units, (1, 1))
                for some in (blocks, letters)
            ]
            totals.append(both[0])
            scores = [reading.figures(one) for one in both]
            print(
                f"{print_.stem:<30}{right:>10.3f}{seconds:>12.1f}"
                + "".join(f"{' / '.join(f'{one[name]:.3f}' for one in scores):>16}" for name in _MEASURES),
                flush=True,
            )
    figures = reading.figures(reading.total(totals))
    print(f"{'tất cả':<52}" + "".join(f"{figures[name]:>16.3f}" for name in _MEASURES))


def _printed(home: Path) -> list[Path]:
    """The shipped plans as an office prints them."""
    files = []
    for plan in sorted((DATA / "plans").glob("*.txt")):
        files.append(home / f"{plan.stem}.docx")
        formats.as_docx(plan.read_bytes(), files[-1])
        offices.letter(files[-1], hangs=False, is_wide=False)
    return sorted(offices.converted(files, "pdf", home / "pdf", home / "profile").iterdir())


def _scanned(file: Path) -> Iterator[Image.Image]:
    """The pages of a PDF as a scanner sees them, the same each time."""
    chance = np.random.default_rng(7)
    with pypdfium2.PdfDocument(file) as pages:
        for page in pages:
            paper = page.render(scale=_DPI / 72).to_pil().convert("RGB")
            paper = ImageChops.multiply(paper, _stamp(paper.size, chance))
            paper = paper.rotate(_SLANT, Image.Resampling.BICUBIC, fillcolor="white")
            dots = np.asarray(paper) + chance.normal(0, _NOISE, (paper.height, paper.width, 3))
            yield Image.fromarray(dots.clip(0, 255).astype(np.uint8))


def _stamp(size: tuple[int, int], chance: np.random.Generator) -> Image.Image:
    """A round red stamp, four centimetres wide, somewhere over the right half of the text."""
    red = Image.new("RGB", size, "white")
    pen, half = ImageDraw.Draw(red), round(2 / 2.54 * _DPI)
    x = int(chance.integers(size[0] // 2, size[0] - half))
    y = int(chance.integers(size[1] // 4, size[1] - 2 * half))
    for radius in (half, half - 14):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_RED, width=4)
    pen.regular_polygon((x, y, half // 3), 5, fill=_RED)
    return red


if __name__ == "__main__":
    main()
