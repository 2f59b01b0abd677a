"""Letters of the older codes: read by their bytes, by their font, or after somebody took them for other letters."""

from __future__ import annotations

from pathlib import Path

import docx
import fpdf
import pytest

from etl.model import Unread
from etl.read import charset, ocr, read
from tables import DATA, rows

PLAN = """ỦY BAN NHÂN DÂN
XÃ PHÚ AN

KẾ HOẠCH
Nâng cao Chỉ số Hiệu quả quản trị và hành chính công (PAPI) năm 2019

1. Công khai, minh bạch

- Niêm yết danh sách hộ nghèo, hộ cận nghèo ở nhà văn hóa thôn; đọc trên loa vào buổi sáng.
- Chủ tịch UBND xã tiếp dân thứ Năm hằng tuần, trả lời đơn thư đúng hẹn, không đùn đẩy.
"""


def coded(text: str, code: str) -> str:
    """A text as its letters look where nobody knows its code."""
    signs = {row["letter"]: row["written"] for row in rows(DATA / "reference" / "old-codes.csv") if row["code"] == code}
    big = {letter.upper(): written.upper() for letter, written in signs.items()} if code == "VNI" else {}
    return "".join((big | signs).get(sign, sign) for sign in text)


SMALL = PLAN.lower()
"""TCVN3 has no capitals with a tone."""


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@pytest.mark.parametrize(("code", "text"), [("VNI", PLAN), ("TCVN3", SMALL)])
@pytest.mark.parametrize("bytes_of", ["utf-8", "latin-1"])
def test_text_of_an_old_code_is_turned_back(name: str, code: str, text: str, bytes_of: str, tmp_path: Path) -> None:
    file = tmp_path / name
    meant, said = text, coded(text, code)
    if name == "a.html":
        said = "<html><body>" + "".join(f"<p>{line}</p>" for line in said.split("\n")) + "</body></html>"
    file.write_bytes(said.encode(bytes_of))
    blocks = read(file)
    assert [block.text for block in blocks] == [line for line in meant.split("\n") if line]
    assert f"charset_assumed {code}" in blocks[0].note


@pytest.mark.parametrize("font", ["VNI-Times", "VNI-Helve-Condense", "Times New Roman"])
def test_vni_in_a_word_file_is_turned_back_whatever_font_it_names(font: str, tmp_path: Path) -> None:
    document = docx.Document()
    for line in filter(None, PLAN.split("\n")):
        document.add_paragraph().add_run(coded(line, "VNI")).font.name = font
    document.save(str(tmp_path / "a.docx"))
    assert [block.text for block in read(tmp_path / "a.docx")] == [line for line in PLAN.split("\n") if line]


def test_unicode_in_a_font_of_vni_stays_as_it_is() -> None:
    assert [charset.from_font(words, "VNI-Times") for words in ("Niêm yết", "thôn", "hôm")] == [
        "Niêm yết",
        "thôn",
        "hôm",
    ]


def test_tcvn3_in_a_word_file_that_names_no_font_of_it_is_refused_with_the_reason(tmp_path: Path) -> None:
    document = docx.Document()
    for line in filter(None, SMALL.split("\n")):
        document.add_paragraph(coded(line, "TCVN3"))
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(Unread, match="TCVN3"):
        read(tmp_path / "a.docx")


@pytest.mark.parametrize(
    "text",
    [
        PLAN,
        "Trụ sở của UNDP ở Genève và café Señor Peña; bài của Björk, Ångström và Đoàn Văn Hậu ngày 5°.",
        "« Công khai » ngân sách xã § 12 ± 3; © UBND tỉnh ® 2024 · mục ½",
        "",
    ],
)
def test_vietnamese_stays_as_it_is(text: str) -> None:
    assert charset.taken_for(text.split("\n")) == ""
    assert [charset.meant(line, "VNI") for line in PLAN.split("\n")] == PLAN.split("\n")


def test_a_pdf_without_letters_and_pictures_is_empty_and_no_scan(tmp_path: Path) -> None:
    paper = fpdf.FPDF()
    paper.add_page()
    for at in range(600):  # areas in white, as a drawing program leaves them
        paper.set_fill_color(255, 255, 255)
        paper.rect(10 + 3 * (at % 60), 10 + 3 * (at // 60), 2, 2, style="F")
    paper.output(str(tmp_path / "a.pdf"))
    with pytest.raises(Unread, match="tệp trống" if ocr.program() else "bản quét"):
        read(tmp_path / "a.pdf")
