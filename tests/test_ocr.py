"""Pages that are pictures: straightened, cut into lines and cells, and read by Tesseract, which says how sure it is.

Where Tesseract with Vietnamese is missing, tests that need it are skipped, and with REQUIRE_TESSERACT=1 they fail.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from etl import about, way
from etl.draft import draft
from etl.load import rows
from etl.match import Matcher
from etl.model import Unread
from etl.read import ocr, pixels, read
from etl.read.repair import repaired

FONT = str(Path(__file__).parent / "data" / "serif.ttf")
DPI = 200
TEXT = (
    "KẾ HOẠCH",
    "Nâng cao Chỉ số PAPI năm 2025",
    "I. NHIỆM VỤ",
    "Các sở, ban, ngành công khai danh sách hộ nghèo trên địa bàn tỉnh.",
)
ROWS = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì"),
    ("1", "Công khai ngân sách cấp xã", "Sở Tài chính"),
    ("2", "Rút ngắn thời gian cấp phép", "Sở Xây dựng"),
)
EDGES = (160, 270, 960, 1400)


@cache
def has_tesseract() -> bool:
    program = ocr.program()
    return bool(program) and b"vie" in subprocess.run([program, "--list-langs"], capture_output=True).stdout.split()


@pytest.fixture
def tesseract() -> None:
    if not has_tesseract():
        if os.environ.get("REQUIRE_TESSERACT") == "1":
            pytest.fail(f"no Tesseract with Vietnamese: {ocr.INSTALL}")
        pytest.skip(f"no Tesseract with Vietnamese: {ocr.INSTALL}")


@cache
def page() -> Image.Image:
    """A page at 200 dots an inch: four lines, and a drawn table of three rows."""
    sheet = Image.new("RGB", (round(8.27 * DPI), round(11.69 * DPI)), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(FONT, 38)
    for number, line in enumerate(TEXT):
        pen.text((160, 160 + 70 * number), line, "black", font)
    for number, cells in enumerate(ROWS):
        top = 500 + 80 * number
        for x0, x1, words in zip(EDGES, EDGES[1:], cells):
            pen.rectangle((x0, top, x1, top + 80), outline="black", width=2)
            pen.text((x0 + 14, top + 16), words, "black", font)
    return sheet


def stamped(sheet: Image.Image) -> Image.Image:
    red = Image.new("RGB", sheet.size, "white")
    ImageDraw.Draw(red).ellipse((800, 270, 1200, 670), outline=(215, 40, 50), width=8)
    return ImageChops.multiply(sheet, red)


def noisy(sheet: Image.Image) -> Image.Image:
    dots = np.asarray(sheet).astype(int) + np.random.default_rng(1).normal(0, 12, (*sheet.size[::-1], 3)).astype(int)
    return Image.fromarray(dots.clip(0, 255).astype(np.uint8))


def slanted(sheet: Image.Image) -> Image.Image:
    return sheet.rotate(1.0, Image.Resampling.BICUBIC, fillcolor="white")


def saved(sheet: Image.Image, form: str) -> bytes:
    content = io.BytesIO()
    sheet.save(content, form, resolution=DPI)
    return content.getvalue()


SCANS: dict[str, tuple[Callable[[Image.Image], Image.Image], str]] = {
    "a photo": (lambda sheet: sheet, "JPEG"),
    "a scan with noise, slanted, under a stamp": (lambda sheet: noisy(slanted(stamped(sheet))), "PDF"),
    "a page that lies on its head": (lambda sheet: sheet.rotate(180), "PNG"),
    "a page that lies on its side": (lambda sheet: sheet.rotate(90, expand=True), "PNG"),
}


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(("made", "form"), SCANS.values(), ids=SCANS)
def test_a_picture_of_a_page_gives_its_paragraphs_and_rows(
    tmp_path: Path, made: Callable[[Image.Image], Image.Image], form: str
) -> None:
    file = tmp_path / "quet"
    file.write_bytes(saved(made(page()), form))
    blocks = read(file)
    assert [block.text for block in blocks if not block.cells] == list(TEXT)
    assert [block.cells for block in blocks if block.cells] == list(ROWS)
    assert blocks[0].note.startswith("read_by_ocr 1 (")
    assert all(block.confidence is not None and block.confidence > 80 for block in blocks)


@pytest.mark.usefixtures("tesseract")
def test_a_picture_without_words_gets_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "anh.png"
    file.write_bytes(saved(Image.new("RGB", (400, 400), "white"), "PNG"))
    with pytest.raises(Unread, match="là ảnh; máy đã thử nhận dạng"):
        read(file)


@pytest.mark.usefixtures("tesseract")
def test_a_draft_says_each_of_its_pages_once_and_another_reading_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "anh.png"
    file.write_bytes(saved(Image.new("RGB", (400, 400), "white"), "PNG"))
    for _ in range(2):
        assert draft(file, tmp_path / "none", tmp_path / "out", None) == 2
        assert capsys.readouterr().out.count('{"step": "page", "page": "1"}') == 1
    with pytest.raises(Unread):
        read(file)
    assert capsys.readouterr().out == ""


def test_without_tesseract_a_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    for form in ("PNG", "PDF"):
        file = tmp_path / f"quet.{form}"
        file.write_bytes(saved(page(), form))
        with pytest.raises(Unread, match="tesseract-ocr-vie"):
            read(file)


def test_a_picture_with_too_many_dots_is_refused_unopened(tmp_path: Path) -> None:
    file = tmp_path / "lon.png"
    file.write_bytes(saved(Image.new("1", (10_000, 10_000)), "PNG"))
    with pytest.raises(Unread, match="điểm ảnh" if ocr.program() else "là ảnh"):
        read(file)


@pytest.mark.usefixtures("tesseract")
def test_a_tesseract_that_hangs_leaves_its_page_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS", 0.01)
    (seen,) = ocr.pages([(1, page(), DPI)])
    assert not seen.words


@pytest.mark.usefixtures("tesseract")
def test_time_that_is_up_ends_the_reading_and_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.UNTIL, "0")
    assert list(ocr.pages([(1, page(), DPI)])) == []
    for form in ("PNG", "PDF"):
        file = tmp_path / f"quet.{form}"
        file.write_bytes(saved(page(), form))
        with pytest.raises(Unread, match="hết giờ nhận dạng"):
            read(file)


@pytest.mark.usefixtures("tesseract")
def test_a_page_that_is_not_done_when_time_is_up_was_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.UNTIL, str(time.monotonic() + 0.01))
    assert list(ocr.pages([(1, page(), DPI)])) == []


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("form", ["PDF", "TIFF"])
def test_what_was_read_is_kept_and_pages_that_were_not_are_named(
    tmp_path: Path, matcher: Matcher, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(ocr, "MOST_PAGES", 2)
    file, content = tmp_path / "quet", io.BytesIO()
    page().save(content, form, save_all=True, append_images=[scribbled(), page(), page(), page()], resolution=DPI)
    file.write_bytes(content.getvalue())
    one = way.reading(about.unlisted(file), matcher, is_any=True)
    assert {finding.code: finding.detail for finding in one.findings if finding.code.startswith("page_")} == {
        "page_not_recognised": "2",
        "page_not_tried": "3–5",
    }
    assert [unit.text for unit in one.units][-2:] == [row[1] for row in ROWS[1:]]
    (row,) = rows.document(one)["plans"]
    assert row["partly_read"] and row["read_by"] == "ocr"


def scribbled() -> Image.Image:
    """A page of handwriting, as far as a machine can tell."""
    sheet, chance = Image.new("RGB", page().size, "white"), np.random.default_rng(3)
    pen = ImageDraw.Draw(sheet)
    for y in range(150, 700, 70):
        for x in range(150, 1400, 140):
            across = np.arange(0, 110, 3)
            up = 18 * np.sin(across / 6 + chance.random()) + chance.uniform(-6, 6, len(across))
            pen.line([*zip(x + across, y + up)], (30, 30, 90), 4)
    return sheet


def test_a_slanted_page_is_straightened() -> None:
    level = pixels.straightened(pixels.clean(pixels.grey(slanted(page()))))
    assert [stroke.width > 400 for stroke in pixels.strokes(level, DPI) if stroke.width > 300] == [True] * 4


def test_each_line_is_found_once() -> None:
    assert len(pixels.lines(pixels.grey(page()).crop((0, 0, 1600, 480)))) == len(TEXT)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Sờ Tư pháp", "Sở Tư pháp"),
        ("Sở Tư pháp", "Sở Tư pháp"),
        ("SởY tế", "Sở Y tế"),
        ("danh sách hộ nghẻo.", "danh sách hộ nghèo."),
        ("HI. NỘI DUNG", "III. NỘI DUNG"),
        ("L. MỤC ĐÍCH", "I. MỤC ĐÍCH"),
        ("HH, TỔ CHỨC", "III. TỔ CHỨC"),
        ("II. NỘI DUNG", "II. NỘI DUNG"),
        ("xã Nậm Khánh", "xã Nậm Khánh"),
    ],
)
def test_a_blurred_word_is_what_stands_beside_its_neighbours(said: str, meant: str) -> None:
    words = said.split()
    mended = repaired(words)
    assert " ".join(mended.get(at, word) for at, word in enumerate(words)) == meant


def test_a_word_that_is_sure_stays() -> None:
    assert repaired(["Sờ", "Tư", "pháp"], [99, 99, 99]) == {}


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    ("command", "is_allowed"),
    [
        (["tesseract", "stdin", "stdout"], True),
        (["tesseract", "/etc/passwd", "stdout"], False),
        (["true", "stdin", "stdout"], False),
    ],
)
def test_a_process_that_is_shut_in_starts_tesseract_alone(tmp_path: Path, command: list[str], is_allowed: bool) -> None:
    code = (
        "import os, shutil, subprocess, sys; from pathlib import Path; from etl.cage import walls;"
        "home = Path(sys.argv[1]); words = [shutil.which(sys.argv[2], path=walls.PROGRAMS), *sys.argv[3:]];"
        "walls.enter([home / 'x'], home, 60, 60, 1 << 30, 0, pictures=True);"
        "subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path), *command], capture_output=True, text=True)
    assert (done.returncode == 0) is is_allowed, done.stderr
    assert is_allowed or "not allowed" in done.stderr
