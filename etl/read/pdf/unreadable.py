"""Whether the text layer of a page can be used: a scan has none, or only the stamp of a signature, and a broken one says
letters that are no Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.model import Unread
from etl.read import guard, ocr
from etl.read.charset import is_vietnamese
from etl.read.pdf.line import Line
from etl.read.pdf.page import UNKNOWN, Page

_PICTURED, _DRAWN = 0.5, 100
"""Share of a page that pictures cover, and areas on it, from where on it may be a scan, or letters that are drawn."""
_FEW = 40
"""Letters beside a stamp."""
_STAMP = re.compile(
    r"\d{1,2}:\d\d:\d\d|^\s*(?:sao y|ký bởi|người ký|ngày ký|thời gian ký|email|cơ quan|chức vụ|signature|(?:digitally )?signed|date|reason|location)\b",
    re.IGNORECASE,
)
_SENTENCES = {
    "picture": (
        "là bản quét (ảnh), không có lớp chữ để đọc; hãy nộp bản Word hoặc PDF xuất từ Word, hoặc nhận dạng chữ (OCR) rồi kiểm tra lại",
        "a scan (pictures) without text; submit the Word document or a PDF made from it, or recognise the text (OCR) and check it",
    ),
    "no_codes": (
        "phông chữ trong tệp thiếu bảng mã nên lớp chữ không đọc được; hãy nộp bản Word, hoặc xuất lại PDF từ Word",
        "the fonts in the file lack their character codes, so its text cannot be read; submit the Word document, or make the PDF again from it",
    ),
    "no_vietnamese": (
        "lớp chữ trong tệp bị hỏng, các chữ không thành tiếng Việt (thường do nhận dạng một bản quét); hãy nộp bản Word hoặc PDF xuất từ Word, hoặc nhận dạng chữ tiếng Việt (OCR) rồi kiểm tra lại",
        "the text layer of the file is broken and is not Vietnamese (usually a badly recognised scan); submit the Word document or a PDF made from it, or recognise the text as Vietnamese (OCR) and check it",
    ),
}
NOTES = {"picture": "page_without_text", "no_codes": "page_with_broken_text", "no_vietnamese": "page_with_broken_text"}
"""The finding that says so of a page."""


def unreadable(page: Page, lines: Sequence[Line]) -> str | None:
    """Why a page cannot be read by its text layer, given all its lines: "picture", "no_codes" or "no_vietnamese"."""
    letters = sum(len(line.text) for line in lines if not _STAMP.search(line.text))
    if letters < _FEW and (page.pictured > _PICTURED or not lines and (page.pictured or len(page.areas) > _DRAWN)):
        return "picture"
    text = " ".join(line.text for line in lines)
    if text.count(UNKNOWN) > 0.2 * len(text):
        return "no_codes"
    return None if is_vietnamese(text) else "no_vietnamese"


def refusal(reason: str, name: str) -> Unread:
    """The sentence for a document that has nothing but such pages, and where they cannot be recognised, how they could."""
    vi, en = _SENTENCES[reason]
    return guard.unread(name, vi + ocr.remedy()[0], en + ocr.remedy()[1])
