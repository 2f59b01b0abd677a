"""Documents that nobody wrote: plans of the tests in every format, cut, doubled and filled with what readers stumble over,
read in the cage as any other. `python -m benchmarks fuzz [MINUTES]` gives each format so many minutes (a tenth, where
nothing is said).

A document may be read or refused with a sentence of its reader; a reader that runs into an exception, hangs, takes too
much or loses a word without naming it is a fault. Hypothesis chooses what is done to a document, and makes what it found
as small as it can.
"""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from benchmarks.formats import WRITERS
from etl import cage, way
from etl.about import unlisted
from etl.match import Matcher
from etl.model import Unread
from etl.read import prepare, read_counted

DATA = Path(__file__).parent.parent / "tests" / "data"
FORMATS = ("docx", "xlsx", "pdf", "html", "txt", "rtf", "doc")
MARK = "zqmarkqz"
"""A word that is put into the text of some: it must be read, or be part of what is named as left or lost."""
_FAULTS = tuple(en for name, (_, en) in cage._SENTENCES.items())
_PLAN = """KẾ HOẠCH
Nâng cao Chỉ số PAPI năm 2024
I. MỤC ĐÍCH
1. Nâng cao hiệu quả quản trị.
II. NHIỆM VỤ
1. Kiểm soát tham nhũng
- Sở Nội vụ chủ trì, phối hợp với Sở Tài chính công khai danh sách hộ nghèo trước ngày 15/12.
STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian
1\tNiêm yết thủ tục hành chính tại bộ phận một cửa\tUBND các xã\tThường xuyên
2\tKhám bệnh lưu động\tSở Y tế\tQuý II/2024
"""
_ANY = (b"\0", b"\xff\xfe", b"999999999999", b"-1", b"\xed\xa0\x80", b"%s%n", b"\r", "ổ".encode() * 50)
_WORDS: Mapping[str, tuple[bytes, ...]] = {
    "docx": (
        b'<w:gridSpan w:val="9999999"/>',
        b"<w:vMerge/>",
        b'<w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr>',
        b"<w:tbl><w:tr><w:tc>",
        b"</w:tc></w:tr></w:tbl>",
        b"<w:p>",
        b"</w:p>",
        b"<w:del>",
        b"<w:sdt><w:sdtContent>",
        b'<w:pStyle w:val="x"/>',
        b"<w:tr/>",
        b"<w:tbl/>",
        b'<w:outlineLvl w:val="99"/>',
        b"&amp;#0;",
    ),
    "xlsx": (
        b'<mergeCell ref="A1:C3"/>',
        b'<mergeCell ref="C3:A1"/>',
        b'<row r="1048576" hidden="1"/>',
        b'<c r="XFD9"><v>1</v></c>',
        b't="s"',
        b"<v>99999</v>",
        b't="d"',
        b's="77"',
        b"<f/>",
        b"1e400",
    ),
    "html": (
        b"<table>",
        b"</table>",
        b"<tr><td rowspan=9999 colspan=9999>",
        b"<!--",
        b"<script>",
        b"<ol start=99999 type=a><li>",
        b"<td rowspan=0>",
        b"&#xD800;",
        b"</html>",
        b"<p style='display:none'>",
        b"<font face='.VnTime'>",
        b"<textarea>",
        b"<caption>",
        b"<pre>\n",
    ),
    "pdf": (
        b"/Rotate 90",
        b"/Rotate 45",
        b" Tr ",
        b" 0 Tf ",
        b" 1e9 0 0 1e9 0 0 cm ",
        b" nan ",
        b"[0 0 0 0]",
        b"/Kids",
        b"null",
    ),
    "rtf": (
        b"\\cell",
        b"\\row",
        b"\\trowd",
        b"\\cellx9999999999",
        b"\\u-1 ?",
        b"\\u55296 ?",
        b"{",
        b"}",
        b"\\'",
        b"\\bin9",
        b"\\v",
    ),
    "txt": (b"\t" * 80, b"|a|b|\n", b"# ", b"<p>", b"**", b"I. ", b"\n\t\n", "đ)".encode(), "Đ".encode(), b"x" * 9000),
    "doc": (),
}


@dataclass(frozen=True)
class Outcome:
    """Whether the word that was put in is in what was read, and how many letters were left aside or lost by name."""

    has_mark: bool
    unread: int


@cache
def original(ending: str) -> bytes:
    """The plan in one format."""
    if ending in ("doc", "rtf"):
        return (DATA / {"doc": "old.doc", "rtf": "rich.rtf"}[ending]).read_bytes()
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"plan.{ending}"
        WRITERS[ending](_PLAN.encode(), file)
        return file.read_bytes()


@cache
def _parts(ending: str) -> dict[str, bytes]:
    """The parts of a package that say something; of any other file itself."""
    if ending not in ("docx", "xlsx"):
        return {"": original(ending)}
    with zipfile.ZipFile(io.BytesIO(original(ending))) as package:
        return {name: package.read(name) for name in package.namelist()}


def _whole(parts: Mapping[str, bytes]) -> bytes:
    if "" in parts:
        return parts[""]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def changed(ending: str) -> some.SearchStrategy[tuple[bytes, bool]]:
    """A strategy for a document that some things were done to, and whether the mark stands in a text of it."""
    telling = [
        name for name in _parts(ending) if not name.startswith(("docProps", "word/theme", "word/fontTable", "xl/theme"))
    ]

    @some.composite
    def made(draw: some.DrawFn) -> tuple[bytes, bool]:
        parts = dict(_parts(ending))
        is_marked = draw(some.booleans()) and ending in ("docx", "html", "txt")
        if is_marked:
            name = "word/document.xml" if ending == "docx" else ""
            parts[name] = parts[name].replace("danh sách".encode(), f"danh {MARK} sách".encode())
        for _ in range(draw(some.integers(1, 4))):
            name = draw(some.sampled_from(telling))
            content = parts[name]
            at, size = draw(some.integers(0, len(content))), draw(some.integers(0, 400))
            word = draw(some.sampled_from((*_ANY, *_WORDS[ending])) | some.binary(max_size=8))
            kind = draw(some.sampled_from(("put", "put between tags", "cut", "double", "end", "over")))
            if kind == "put between tags":
                at = max(content.rfind(b">", 0, at), content.rfind(b" ", 0, at)) + 1
            parts[name] = (
                content[:at]
                + {
                    "put": word + content[at:],
                    "put between tags": word * max(size // 100, 1) + content[at:],
                    "cut": content[at + size :],
                    "double": content[at : at + size] * 5 + content[at:],
                    "end": b"",
                    "over": word + content[at + len(word) :],
                }[kind]
            )
        return _whole(parts), is_marked and any(MARK.encode() in part for part in parts.values())

    return made()


@cache
def _matcher() -> Matcher:
    return Matcher.shipped()


def _seen(file: Path, matcher: Matcher) -> Outcome:
    blocks, (counted, lost) = read_counted(file)
    way.read_as(unlisted(file), blocks, matcher, (counted, lost), is_any=True)
    said = " ".join(block.text for block in blocks)
    return Outcome(MARK in said, (counted.left if counted else 0) + sum(one.letters for one in lost))


def fault(content: bytes, is_marked: bool, file: Path) -> str:
    """What went wrong as a document was read; "" where nothing did."""
    file.write_bytes(content)
    try:
        seen = cage.one(cage.Job(file, partial(_seen, file, _matcher()), Outcome, prepare))
    except Unread as reason:
        return reason.en if any(words in reason.en for words in _FAULTS) else ""
    return "" if seen.has_mark or not is_marked or seen.unread >= len(MARK) else "a word is lost and nobody says so"


def look(ending: str, examples: int, at: int = 0) -> None:
    """Read so many documents of one format. Raises AssertionError with the smallest of those that do harm."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "van-ban"

        @seed(at)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        @given(changed(ending))
        def every(made: tuple[bytes, bool]) -> None:
            assert not (said := fault(*made, file)), said

        every()


def _until(seconds: float) -> Iterator[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield random.SystemRandom().randrange(1 << 30)


def main(minutes: float = 0.1, endings: tuple[str, ...] = FORMATS) -> None:
    """Print a line a format: how many documents were read, and each fault with the seed that finds it again."""
    for ending in endings:
        done, faults = 0, 0
        for at in _until(60 * minutes):
            try:
                look(ending, 50, at)
            except AssertionError as error:
                faults += 1
                print(f"{ending}, seed {at}: {str(error).splitlines()[0]}", flush=True)
            done += 50
        print(f"{ending:<6}{done:>7} documents in {minutes:g} minutes, faults: {faults}", flush=True)


if __name__ == "__main__":
    main(float((sys.argv[1:] or ["0.1"])[0]), tuple(sys.argv[2:]) or FORMATS)
