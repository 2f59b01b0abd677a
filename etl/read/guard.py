"""What a file is by its first bytes, whatever it is called, and whether it may be opened at all.

In: the bytes of a stranger's file. Out: the name of its format, or `Unread` with one sentence that says what to do
instead. Nothing is unpacked here but the beginnings of a package's parts; sizes come from its directory, and a
directory that lies ends in the zip reader's own refusal.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib

from etl.model import Unread

LARGEST_FILE, LARGEST_TEXT = 60_000_000, 5_000_000
"""Bytes of a file, and signs of its text: a hundred times the longest plan we know."""
BEGINNING = 4096
"""So many bytes say what a file is."""
MOST_PAGES, MOST_PARAGRAPHS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 400, 20_000, 20_000, 60, 200_000
_MOST_PARTS, _LARGEST_PACKAGE, _HIGHEST_RATIO, _MOST_TAGS = 5_000, 200_000_000, 200, 600_000

codecs.lookup("cp437")  # in which packages name their parts: each process of a document would load it for itself
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_OTHER_PICTURES = (b"GIF8", b"BM", b"RIFF")
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|table|p|h1|center|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
_DECLARED = re.compile(rb"<!entity|<!doctype(?!\s+html\b[^\[<>]*>)", re.IGNORECASE)
"""A page put into a Word file declares itself too, and no entities with that."""
_CODE = re.compile(rb"^[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{1,40})[\"']")
_CODES = (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"windows-1258")
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c[ />]")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})"
)
_SAVE_AS_DOCX_VI = "hãy mở bằng Word (hoặc LibreOffice), chọn “Lưu thành” (Save As) .docx rồi nộp lại"
_SAVE_AS_DOCX_EN = "open it in Word (or LibreOffice), save it as .docx and try again"


def unread(name: str, vi: str, en: str) -> Unread:
    """One sentence in both languages, with the file's name before it."""
    return Unread(f"{name}: {vi}.", f"{name}: {en}.")


def empty(name: str) -> Unread:
    """The sentence for a document without a letter."""
    return unread(
        name,
        "tệp trống, không có chữ nào; hãy chép lại văn bản kế hoạch vào tệp",
        "the file is empty and holds no text; copy the plan's text into it",
    )


def too_much(name: str, vi: str, en: str, most: int) -> Unread:
    """The sentence for more of something than is read: too_much("a.pdf", "trang", "pages", 400)."""
    return unread(
        name,
        f"có hơn {most:_} {vi}, quá lớn với một kế hoạch; hãy tách riêng phần kế hoạch và bỏ phần trống rồi nộp lại".replace(
            "_", "."
        ),
        f"more than {most:,} {en}, too large for a plan; extract the plan itself, remove empty parts and try again",
    )


def damaged(name: str) -> Unread:
    return unread(
        name,
        "tệp bị hỏng hoặc thiếu một phần nên không mở được; hãy tải hoặc chép lại từ bản gốc",
        "the file is damaged or incomplete and cannot be opened; download or copy it again from the original",
    )


def encrypted(name: str) -> Unread:
    return unread(
        name,
        "tệp được đặt mật khẩu nên không mở được; hãy bỏ mật khẩu rồi nộp lại",
        "the file is protected by a password and cannot be opened; remove the password and try again",
    )


def save_as_docx(name: str, vi: str, en: str) -> Unread:
    """The sentence for a file that Word can read and we cannot: what it is."""
    return unread(name, f"{vi}, chưa đọc được; {_SAVE_AS_DOCX_VI}", f"{en}, which cannot be read; {_SAVE_AS_DOCX_EN}")


def format_of(content: bytes, name: str) -> str:
    """ "docx", "doc", "rtf", "xlsx", "pdf", "image", "html" or "txt". Raises Unread for all that is none of them."""
    if len(content) > LARGEST_FILE:
        raise unread(
            name,
            f"tệp lớn hơn {LARGEST_FILE // 1_000_000} MB, quá lớn với một kế hoạch; hãy bỏ bớt ảnh hoặc tách riêng phần kế hoạch",
            f"the file is larger than {LARGEST_FILE // 1_000_000} MB, too large for a plan; remove pictures or extract the plan itself",
        )
    if content[:4] in (b"PK\3\4", b"PK\5\6"):
        return _package(content, name)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office(content, name)
    if content.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if content.startswith(_PICTURES):
        return "image"
    if content.startswith(_OTHER_PICTURES) or content[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        raise unread(
            name,
            "là ảnh ở dạng chưa đọc được; hãy nộp ảnh dạng .jpg hoặc .png, hoặc tốt hơn là bản văn bản (.docx, .xlsx, .pdf)",
            "a picture of a kind that cannot be read; submit it as .jpg or .png, or better the document itself (.docx, .xlsx, .pdf)",
        )
    if content.startswith(_ARCHIVES):
        raise unread(
            name,
            "là tệp nén; hãy giải nén rồi nộp riêng tệp kế hoạch",
            "an archive; unpack it and submit the plan alone",
        )
    if (
        b"schemas.microsoft.com/office/word/2003" in content[:BEGINNING]
        or b"schemas.microsoft.com/office/2006/xmlPackage" in content[:BEGINNING]
        or content[:300].lower().lstrip().startswith(b"mime-version:")
    ):
        raise save_as_docx(
            name, "là tệp Word lưu dạng XML hoặc trang web lưu trữ (.mht)", "a Word XML or web archive (.mht) file"
        )
    bare = (
        content[:BEGINNING].lstrip(b"\xef\xbb\xbf").replace(b"\0", b"")
        if content[:2] in (b"\xff\xfe", b"\xfe\xff")
        else content[:BEGINNING].lstrip(b"\xef\xbb\xbf")
    )
    is_page = _HTML.match(bare.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")) and (
        b"</" in content or b"<p" in content.lower()
    )
    if len(content) > 3 * LARGEST_TEXT:
        # a Vietnamese letter takes up to three bytes: so many are too long before anybody decodes them
        raise too_much(name, "chữ", "letters", LARGEST_TEXT)
    return "html" if is_page and _is_markup(bare) else "txt"


def _is_markup(beginning: bytes) -> bool:
    """Whether text is a web page, and no plain text in which a scanning program left a tag or two."""
    said = beginning.lower()
    return (
        any(tag in said for tag in (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta")) or said.count(b"<") > 20
    )


def _old_office(content: bytes, name: str) -> str:
    """ "doc" for a file in the container of Office 97 that holds a Word document. Raises Unread for any other."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise encrypted(name)
    if has("WordDocument"):
        return "doc"
    if has("Workbook") or has("Book"):
        raise unread(
            name,
            "là tệp Excel kiểu cũ (.xls), chưa đọc được; hãy mở bằng Excel, chọn “Lưu thành” (Save As) .xlsx rồi nộp lại",
            "an old Excel file (.xls), which cannot be read; open it in Excel, save it as .xlsx and try again",
        )
    raise damaged(name)


def _package(content: bytes, name: str) -> str:
    """The format of a zip package, once its directory and its parts' beginnings are known to be harmless."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if (
                len(parts) > _MOST_PARTS
                or sum(part.file_size for part in parts) > _LARGEST_PACKAGE
                or any(
                    part.file_size > 10_000_000 and part.file_size > _HIGHEST_RATIO * max(part.compress_size, 1)
                    for part in parts
                )
            ):
                raise unread(
                    name,
                    "tệp bung ra quá lớn so với một kế hoạch nên không được mở; hãy lưu lại tệp từ bản gốc, bỏ ảnh và phần trống",
                    "the file unpacks to far more than a plan, so it is not opened; save it again from the original without pictures and empty parts",
                )
            if any(part.flag_bits & 1 for part in parts):
                raise encrypted(name)
            names = {part.filename for part in parts}
            kind = (
                "docx"
                if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", one) for one in names)
                else "xlsx"
                if "xl/workbook.xml" in names
                else ""
            )
            if not kind:
                raise _other_package(names, name)
            # what a part is, its content says: a library reads as XML whatever a package calls so
            for part in parts:
                with package.open(part) as opened:
                    beginning = opened.read(1024)
                    if _MARKUP.match(beginning) or beginning and not beginning.strip(b"\0 \t\r\n"):
                        _harmless(beginning + opened.read(), name, kind)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, Unread):
            raise
        raise damaged(name) from None


def left_shut(content: bytes) -> str:
    """The parts of a package that nobody opens, by name: macros, and names that lead out of it; "" where there are
    none.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [
            name
            for name in package.namelist()
            if name.endswith("vbaProject.bin") or ".." in name.split("/") or name.startswith("/")
        ]
    return ", ".join([*(name[:60] for name in names[:3]), *(["…"] if len(names) > 3 else [])])


def _other_package(names: set[str], name: str) -> Unread:
    if "xl/workbook.bin" in names:
        return unread(
            name,
            "là tệp Excel dạng .xlsb, chưa đọc được; hãy lưu thành .xlsx rồi nộp lại",
            "an .xlsb workbook, which cannot be read; save it as .xlsx and try again",
        )
    if any(one.startswith("ppt/") for one in names):
        return unread(
            name,
            "là tệp trình chiếu, không phải kế hoạch; hãy nộp văn bản kế hoạch",
            "a slide show, not a plan; submit the plan's document",
        )
    if "content.xml" in names:
        return unread(
            name,
            "là tệp của LibreOffice (.odt, .ods), chưa đọc được; hãy lưu thành .docx hoặc .xlsx rồi nộp lại",
            "a LibreOffice file (.odt, .ods), which cannot be read; save it as .docx or .xlsx and try again",
        )
    return unread(
        name,
        "là tệp nén (.zip) hoặc tệp Word, Excel bị hỏng; hãy giải nén rồi nộp riêng tệp kế hoạch",
        "an archive (.zip) or a damaged Word or Excel file; unpack it and submit the plan alone",
    )


def _harmless(part: bytes, name: str, kind: str) -> None:
    """Refuse a part that declares a document type (entities live there) or is in a code that could hide one, and one that
    holds more tags, rows, cells or merged cells than any plan.
    """
    said = part.replace(b"\0", b"")
    code = _CODE.search(said[:300])
    if b"<!" in said and _DECLARED.search(said) or code and code[1].lower() not in _CODES:
        raise unread(
            name,
            "tệp có khai báo kiểu tài liệu (DOCTYPE) bên trong, Word và Excel không bao giờ ghi như vậy, nên không được mở; hãy lưu lại từ bản gốc",
            "the file declares a document type (DOCTYPE) inside, which Word and Excel never write, so it is not opened; save it again from the original",
        )
    if said.count(b"<") > 2 * _MOST_TAGS:
        raise too_much(name, "thẻ định dạng", "marks of format", _MOST_TAGS)
    if kind == "xlsx":
        # formatting drawn over a whole sheet leaves rows and cells without a word: five times as many are let through
        if sum(1 for _ in _ROW.finditer(said)) > 5 * MOST_ROWS:
            raise too_much(name, "hàng", "rows", 5 * MOST_ROWS)
        if sum(1 for _ in _CELL.finditer(said)) > 2 * MOST_CELLS:
            raise too_much(name, "ô", "cells", 2 * MOST_CELLS)
        # the library makes a cell of each that is merged
        if sum(map(_size, _MERGED.findall(said))) > 2 * MOST_CELLS:
            raise too_much(name, "ô được gộp", "merged cells", 2 * MOST_CELLS)


def _size(corners: tuple[bytes, bytes, bytes, bytes]) -> int:
    """How many cells a range holds: (b"A", b"1", b"B", b"3") is 6."""

    def column(letters: bytes) -> int:
        return sum((sign - 64) * 26**at for at, sign in enumerate(reversed(letters.upper())))

    first, top, last, bottom = corners
    return (abs(column(last) - column(first)) + 1) * (abs(int(bottom) - int(top)) + 1)


class Budget:
    """What one document may still hold: text, rows, cells. Raises Unread where it runs out."""

    def __init__(self, name: str):
        self.name, self.signs, self.rows, self.cells = name, 0, 0, 0

    def text(self, words: str) -> None:
        self.signs += len(words)
        if self.signs > LARGEST_TEXT:
            raise too_much(self.name, "chữ", "letters", LARGEST_TEXT)

    def row(self, cells: int) -> None:
        self.rows, self.cells = self.rows + 1, self.cells + cells
        if cells > MOST_COLUMNS:
            raise too_much(self.name, "cột trong một bảng", "columns in a table", MOST_COLUMNS)
        if self.rows > MOST_ROWS:
            raise too_much(self.name, "hàng", "rows", MOST_ROWS)
        if self.cells > MOST_CELLS:
            raise too_much(self.name, "ô", "cells", MOST_CELLS)
