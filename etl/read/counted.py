"""No text is lost without a word: the letters that a file holds, counted in a second, simpler way, beside those that were
read.

In: the bytes of a document, its format and its blocks. Out: how many letters it holds, how many were left aside by rule
(deleted, hidden, scripts), and each stretch that is in no block, with its place. The second way knows nothing of tables,
styles or order: it takes the words out of the file as they lie there and looks for them, three in a row, in what was
read.
"""

from __future__ import annotations

import html
import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from etl.model import Block, Letters, Lost
from etl.read.charset import decode, from_font, meant
from etl.read.guard import BEGINNING
from etl.text import nfc

LEAST = 20
"""Letters that a stretch must have lost to be named: a label or a page number is none."""
Counted = tuple[Letters | None, Sequence[Lost]]
"""The letters of a document, None where there is no second way to count them, and what was lost of them."""
_DEEPEST = 9
"""Steps of a part's name, documents within documents counted."""
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks of letters, and signs that nobody sees."""
_WRITTEN = re.compile(rf"(?:[^\W_]|{_MARKS.pattern})+")
_TAG = re.compile(r"<[^<>]{0,4000}>")


@dataclass(frozen=True)
class Stretch:
    """Words as they lie in a file, and where: "page:3", "part:word/comments.xml". `left` is what is not to be read."""

    text: str
    place: str = ""
    left: bool = False


def count(content: bytes, kind: str, blocks: Sequence[Block]) -> Counted:
    """The letters of a document beside those of its blocks; of pictures there is no second way to count."""
    if kind not in _WAYS or any(block.confidence is not None for block in blocks):
        return None, []
    code = next(
        (code for code in ("TCVN3", "VNI") if any(f"charset_assumed {code}" in block.note for block in blocks)), ""
    )
    hidden = any("text_hidden" in block.note for block in blocks)
    words = [word for block in blocks for word in _words(block.text)]
    known, together = set(words), set(_three(words))
    held = left = 0
    lost: list[Lost] = []
    for stretch in _WAYS[kind](content, blocks):
        said = _words("\n".join(meant(line, code) for line in stretch.text.split("\n")) if code else stretch.text)
        size = sum(map(len, said))
        held += size
        if stretch.left:
            left += size
        elif missing := _missing(said, known, together):
            if hidden:
                left += missing
            else:
                lost.append(Lost(missing, stretch.place, stretch.text.strip()[:80]))
    named = [one for one in _by_place(lost) if one.letters >= LEAST]
    return Letters(held, left, sum(one.letters for one in named)), named


def _words(text: str) -> list[str]:
    """The words of a text without marks and case: a font's own code or a tone put elsewhere makes no other word."""
    return list(chain.from_iterable(map(_bare, _WRITTEN.findall(text))))


@lru_cache(maxsize=10_000)
def _bare(written: str) -> tuple[str, ...]:
    """A word as it is written, marks and all, without them: most stand in a document many times."""
    return tuple(_WORD.findall(_MARKS.sub("", unicodedata.normalize("NFD", written.lower())).replace("đ", "d")))


def _three(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    return zip(words, words[1:], words[2:])


def _missing(said: Sequence[str], known: set[str], together: set[tuple[str, str, str]]) -> int:
    """How many letters of a stretch are in no block: those of words that stand in no three that were read."""
    if len(said) < 3:
        return sum(len(word) for word in said if word not in known)
    if together.issuperset(_three(said)):
        return 0
    found = [False] * len(said)
    for at, three in enumerate(_three(said)):
        if three in together:
            found[at] = found[at + 1] = found[at + 2] = True
    # a word or two may stand beside others in another cell or line
    runs = ([word for word, _ in run] for is_found, run in groupby(zip(said, found), itemgetter(1)) if not is_found)
    return sum(sum(map(len, run)) for run in runs if len(run) > 2 or not known.issuperset(run))


def _by_place(lost: Iterable[Lost]) -> list[Lost]:
    """What was lost, stretches of one place together, the largest first."""
    found: dict[str, Lost] = {}
    for one in lost:
        before = found.get(one.place)
        found[one.place] = Lost(before.letters + one.letters, one.place, before.beginning) if before else one
    return sorted(found.values(), key=lambda one: -one.letters)


# Packages.

_TEXT = re.compile(
    r"<(?:\w+:)?(?:(t|delText|instrText|oddHeader|evenHeader|oddFooter|evenFooter)(?:\s[^<>]*)?>([^<]*)</|(?:br|cr|tab)(?:\s[^<>]*)?/>)"
)
"""Words, by the tag that holds them, or a break that parts those before it from those behind it."""
_SAID = re.compile(rb">\s*+[^<\s]")
_PARAGRAPH = re.compile(r"<(?:\w+:)?p(?=[\s>])")
_FONT = re.compile(r"<w:rFonts\s[^>]*?w:ascii=\"([^\"]*)\"")
_PHONETIC = re.compile(r"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_SHARED = re.compile(r"<(?:\w+:)?si\b(?:[^>]*/>|.*?</(?:\w+:)?si>)", re.DOTALL)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if not part.is_dir():
                yield part.filename, package.read(part)


def _xml(part: bytes) -> str | None:
    """A part's text where it is XML; "" where nothing stands between its tags (styles, lists, settings)."""
    beginning = part[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not beginning.startswith(b"<"):
        return None
    has_words = _SAID.search(part) or b"\0" in part or b"<html" in beginning
    return (decode(part) or ("", ""))[0] if has_words else ""


def _word(content: bytes, blocks: Sequence[Block], inside: str = "") -> Iterator[Stretch]:
    """A paragraph a stretch, of every part that has any; other documents that lie inside by their own parts."""
    for name, part in _parts(content):
        place = "" if name == "word/document.xml" and not inside else _part(inside + name)
        text = _xml(part)
        if text is None or "<html" in text[:2000].lower():
            yield from _inside(part, inside + name, blocks)
        elif not name.startswith(("docProps/", "word/glossary/")):
            for at, paragraph in enumerate(_PARAGRAPH.split(text) if text else ()):
                found = _TEXT.findall(paragraph)
                font = _FONT.search(paragraph) if found else None
                said: dict[bool, list[str]] = {True: [], False: []}
                for kind, words in found:
                    words = html.unescape(words) if kind else "\n"
                    said[kind not in ("t", "")].append(from_font(words, font[1]) if font else words)
                for is_left, words in said.items():
                    if words:
                        yield Stretch("".join(words), place or f"paragraph:{at}", is_left)


def _part(name: str) -> str:
    """The place that a part of a package is, whose own name holds what parts the steps of a place."""
    return f"part:{name.replace('/', ' › ').replace(':', ' ')[-80:]}"


def _inside(part: bytes, name: str, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """What a part that is a document of its own holds: Word's `altChunk`, a document put in as an object."""
    place = _part(name)
    if part.startswith(b"PK\3\4"):
        with suppress(zipfile.BadZipFile, RuntimeError, NotImplementedError):
            yield from _word(part, blocks, f"{name}/") if name.count("/") < _DEEPEST else ()
    elif part.startswith(b"{\\rtf"):
        yield Stretch(" ".join(one.text for one in _rich(part, blocks)), place)
    elif _may_be_page(part[:BEGINNING]) and (found := decode(part)):
        yield Stretch(" ".join(one.text for one in _page(found[0]) if not one.left), place)


def _may_be_page(beginning: bytes) -> bool:
    """Whether a part may be a page: text with a tag, and no picture that happens to hold the sign."""
    return b"<" in beginning and (b"\0" not in beginning or beginning.startswith((b"\xff\xfe", b"\xfe\xff", b"<")))


def _sheets(content: bytes, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """A shared text or a cell of its own a stretch; comments, drawings and running heads by their part."""
    for name, part in _parts(content):
        text = _xml(part) if name.startswith("xl/") else None
        if text is None:
            continue
        text = _PHONETIC.sub("", text)
        whole = _SHARED.findall(text) if "sharedStrings" in name else _PARAGRAPH.split(text)
        if name.startswith("xl/worksheets/"):
            whole = text.split("</row>")
        for one in whole:
            if said := [html.unescape(words) for _, words in _TEXT.findall(one)]:
                yield Stretch((" " if name.startswith("xl/worksheets/") else "").join(said), _part(name))


# Pages.

_ASIDE = re.compile(
    r"<!--(.*?)(-->|\Z)|<(script|style|head|title|svg|select|button|noscript|iframe|object|template|audio|video|textarea)\b(?:[^<>]*)>(.*?)(</\3\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_CODE = {"script", "style", "head", "title", "svg", "select", "button"}


def _page(text: str) -> Iterator[Stretch]:
    """The words between tags; what browsers do not show apart: code and menus are left, a comment or a script that nobody
    closed, a field with a text and the like are named.
    """
    at = 0
    for found in _ASIDE.finditer(text):
        yield from _between(text[at : found.start()])
        at = found.end()
        kind = (found[3] or "comment").lower()
        is_open = not (found[5] if found[3] else found[2])
        words = _TAG.sub(" ", (found[4] if found[3] else found[1]) or "")
        is_left = not is_open and (kind in _CODE or kind == "comment" or len(words) < 5 * LEAST)
        yield Stretch(html.unescape(words), f"tag:{kind}", is_left)
    yield from _between(text[at:])


_LINE = re.compile(
    r"</?(?:p|div|li|td|th|tr|h[1-6]|br|table|ul|ol|body|html|section|article|center|pre|dd|dt)\b[^<>]*>", re.IGNORECASE
)


def _between(text: str) -> Iterator[Stretch]:
    for line in _LINE.split(text):
        if words := html.unescape(_TAG.sub("", line)).strip():
            yield Stretch(words, "text")


def _web(content: bytes, blocks: Sequence[Block]) -> Iterator[Stretch]:
    yield from _page((decode(content) or (content.decode("utf-8", "replace"), ""))[0])


def _plain(content: bytes, blocks: Sequence[Block]) -> Iterator[Stretch]:
    for number, line in enumerate((decode(content) or ("", ""))[0].split("\n"), 1):
        yield Stretch(_TAG.sub(" ", line), f"line:{number}")


# Rich text and old Word: counted only, for their letters are in many codes.

_RICH = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)", re.DOTALL)
_NOT_TEXT = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"generator", b"listtable", b"themedata"}
_NOT_TEXT |= {b"object", b"objdata", b"datastore", b"xmlnstbl", b"rsidtbl", b"latentstyles", b"fldinst", b"mmathPr"}
_NOTES = {b"footnote", b"annotation", b"header", b"footer", b"headerl", b"headerr", b"footerl", b"footerr"}


def _rich(content: bytes, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """The words of each group that is text."""
    groups: list[str | None] = [""]
    said: dict[str, list[str]] = {}
    skipped = 0
    for word, number, code, sign, brace, text in _RICH.findall(content):
        if brace == b"{":
            groups.append(groups[-1])
        elif brace and len(groups) > 1:
            groups.pop()
        elif sign == b"*" or word in _NOT_TEXT:
            groups[-1] = None
        elif word in _NOTES:
            groups[-1] = f"part:{word.decode()}"
        elif groups[-1] is not None:
            held = said.setdefault(groups[-1], [])
            if word == b"u" and number:
                held.append(chr(int(number) % 65536))
                skipped = 1
            elif word in (b"par", b"cell", b"row", b"line", b"tab", b"nestcell"):
                held.append("\n")
            elif code:
                held.append("" if skipped else bytes.fromhex(code.decode()).decode("cp1258", "replace"))
                skipped = 0
            elif text:
                held.append(text.decode("latin-1").replace("\r", "").replace("\n", "")[skipped:])
                skipped = 0
    for place, held in said.items():
        for line in nfc("".join(held)).split("\n"):
            yield Stretch(line, place or "text")


def _old(content: bytes, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """The signs that an old Word document says that its parts have, against all that was read of it."""
    at = content.find(b"\xec\xa5")
    if at < 0 or len(content) < at + 0x70:
        return
    main, notes, _heads, _macros, remarks, ends, boxes = struct.unpack_from("<7i", content, at + 0x4C)
    read = sum(len(block.text) for block in blocks)
    for place, signs in (("text", main + notes + ends + boxes - read - len(blocks)), ("part:annotation", remarks)):
        if 200 < signs < len(content) and signs > 0.1 * read:
            yield Stretch("x" * signs, place)


# PDF.

_FREE_TEXT, _NOTE, _FIELD = 3, 1, 20


def _sheets_of_paper(content: bytes, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """The lines of each page as the library writes them; notes and fields on it; files that are attached."""
    import pypdfium2  # a build of plain text waits for no library
    from pypdfium2 import raw

    file = pypdfium2.PdfDocument(content)
    skipped = any(code in block.note for block in blocks for code in ("page_without_text", "page_with_broken_text"))
    for number in range(1, len(file) + 1):
        page = file[number - 1]
        text = page.get_textpage()
        for line in re.split(r"[\r\n]+", text.get_text_range().replace("\ufffe\r\n", "").replace("\x02\r\n", "")):
            yield Stretch(line, f"page:{number}", skipped)
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            note = raw.FPDFPage_GetAnnot(page, at)
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind in (_FREE_TEXT, _NOTE, _FIELD):
                yield Stretch(_said(raw, note, b"V" if kind == _FIELD else b"Contents"), f"page:{number}/note:{at + 1}")
            raw.FPDFPage_CloseAnnot(note)
        text.close()
        page.close()
    file.close()


def _said(raw: Any, note: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < length < 1_000_000:
        return ""
    buffer = (raw.FPDF_WCHAR * (length // 2))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


_WAYS: dict[str, Callable[[bytes, Sequence[Block]], Iterator[Stretch]]] = {
    "docx": _word,
    "xlsx": _sheets,
    "html": _web,
    "txt": _plain,
    "rtf": _rich,
    "doc": _old,
    "pdf": _sheets_of_paper,
}
