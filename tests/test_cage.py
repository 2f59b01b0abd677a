"""A stranger's file harms nobody: each ends in one sentence, what its process may do is limited, and nothing stays
behind.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl.utils import get_column_letter

from benchmarks import fuzz
from etl import cage as inside
from etl.cage import wire
from etl.draft import Drafted, drafted
from etl.model import Unread
from etl.read import is_plain, prepare
from etl.read.guard import format_of
from ui.mine import cage

ROOT = Path(__file__).parent.parent
_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cages of other tests, that may run beside these in another process, are none of ours."""
    monkeypatch.setattr(cage, "_PREFIX", f"papi-cage-{os.getpid()}-")


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: bytes, before: bytes = b"", **more: bytes) -> bytes:
    document = (
        b'<?xml version="1.0"?>' + before + b"<w:document " + _W + b"><w:body>" + body + b"</w:body></w:document>"
    )
    return package({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": document, **more})


def paragraph(text: str) -> bytes:
    return b"<w:p><w:r><w:t>" + text.encode() + b"</w:t></w:r></w:p>"


def xlsx(rows: bytes, after: bytes = b"") -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return package(
        {
            "[Content_Types].xml": _TYPES.replace(b"/word/document.xml", b"/xl/workbook.xml")
            .replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
            .replace(
                b"</Types>",
                b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
            ),
            "_rels/.rels": _RELS.replace(b"word/document.xml", b"xl/workbook.xml"),
            "xl/workbook.xml": b'<workbook xmlns="'
            + main
            + b'" xmlns:r="'
            + office
            + b'"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="'
            + office
            + b'/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="'
            + main
            + b'"><sheetData>'
            + rows
            + b"</sheetData>"
            + after
            + b"</worksheet>",
        }
    )


def cell(span: bytes) -> bytes:
    """A plan with a table that says that a cell is so many columns wide."""
    row = b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="' + span + b'"/></w:tcPr>' + paragraph("PAPI") + b"</w:tc></w:tr>"
    return b"<w:tbl>" + row * 3 + b"</w:tbl>"


def listed() -> tuple[bytes, dict[str, bytes]]:
    """A paragraph of a list, and the part that says where the list begins."""
    number = b'<w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    first = number.replace(b"999999999", b"0")
    body = b"".join(b"<w:p>" + some + b"<w:r><w:t>PAPI</w:t></w:r></w:p>" for some in (number, first, first))
    part = (
        b"<w:numbering "
        + _W
        + b'><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1000000000000"/>'
        b'<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        b'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    return body, _related("numbering", part)


def styled() -> bytes:
    return b'<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>PAPI</w:t></w:r></w:p>' * 200


def styles(n: int) -> dict[str, bytes]:
    """A part of so many styles, each based on the next and the last on the first."""
    one = '<w:style w:type="paragraph" w:styleId="s%d"><w:name w:val="s%d"/><w:basedOn w:val="s%d"/></w:style>'
    part = "".join(one % (at, at, (at + 1) % n) for at in range(n))
    return _related("styles", b"<w:styles " + _W + b">" + part.encode() + b"</w:styles>")


def _related(name: str, part: bytes) -> dict[str, bytes]:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + name.encode()
    target = b'"><Relationship Id="r9" Type="' + kind + b'" Target="' + name.encode() + b'.xml"/></Relationships>'
    beginning = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships'
    return {f"word/{name}.xml": part, "word/_rels/document.xml.rels": beginning + target}


def column_names(n: int) -> list[bytes]:
    return [get_column_letter(at).encode() for at in range(1, n + 1)]


def pdf(
    stream: bytes,
    page: bytes = b"",
    trailer: bytes = b"",
    more: tuple[bytes, ...] = (),
    filters: bytes = b"/FlateDecode",
) -> bytes:
    packed = zlib.compress(stream, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + page + b">>",
        b"<</Filter %s/Length %d>>stream\n" % (filters, len(packed)) + packed + b"\nendstream",
        *more,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    )


def lying() -> bytes:
    """A package whose directory says that its text is ten bytes long."""
    content = docx(b"<w:p/>" * 2_000_000)
    at = content.rindex(b"PK\1\2", 0, content.rindex(b"word/document.xml"))
    return content[: at + 24] + (10).to_bytes(4, "little") + content[at + 28 :]


LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n > 1 else b"&a;") * 10) for n in range(1, 10))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
SCAN = b"/Resources<</XObject<</I 5 0 R>>>>"
PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream"
LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -4>>/ID[(a)(a)]"

HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a package that unpacks to 210 MB": (lambda: docx(b" " * 210_000_000), "bung ra quá lớn", "unpacks to far more"),
    "a package whose directory lies": (lying, "hỏng", "damaged"),
    "entities that grow": (lambda: docx(paragraph("&a9;"), LAUGHS), "DOCTYPE", "DOCTYPE"),
    "an entity that reads another file": (lambda: docx(paragraph("&x;"), OUTSIDE), "DOCTYPE", "DOCTYPE"),
    "three million paragraphs": (lambda: docx(b"<w:p/>" * 3_000_000), "bung ra quá lớn", "unpacks to far more"),
    "an encrypted Word file": (
        lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "mật khẩu",
        "password",
    ),
    "a Word file cut in half": (lambda: docx(paragraph("Kế hoạch PAPI"))[:-200], "hỏng", "damaged"),
    "an old Word file with macros": (
        lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "Macros".encode("utf-16-le") + b"\0" * 600,
        "hỏng",
        "damaged",
    ),
    "a million empty rows": (lambda: xlsx(b"".join(b'<row r="%d"/>' % n for n in range(1, 1_000_001))), "hàng", "rows"),
    "one cell of 60 MB": (
        lambda: xlsx(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 60_000_000 + b"</t></is></c></row>"),
        "bung ra quá lớn",
        "unpacks to far more",
    ),
    "19 MB of text": (
        lambda: ("I. " + "Kế hoạch nâng cao PAPI. " * 640_000).encode()[:19_000_000],
        "chữ, quá lớn",
        "too large",
    ),
    "a picture under a document's name": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "ảnh", "picture"),
    "paths out of the package, and nothing in it": (
        lambda: package({"../../../../tmp/x": b"x", "/etc/passwd": b"x"}),
        "tệp nén",
        "archive",
    ),
    "another archive": (lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 100, "tệp nén", "archive"),
    "a PDF with a password": (lambda: pdf(b"BT ET", trailer=LOCK), "mật khẩu", "password"),
    "a PDF cut in half": (lambda: pdf(b"BT ET")[:120], "hỏng", "damaged"),
    "a PDF whose page unpacks to 250 MB": (
        lambda: pdf(b"0 0 m 1 1 l S\n" * 18_000_000),
        "bung ra quá lớn",
        "unpacks to far more",
    ),
    "a scan": (lambda: pdf(b"q 595 0 0 842 0 0 cm /I Do Q", SCAN, more=(PICTURE,)), "bản quét", "scan"),
    "a page of 200 000 boxes in boxes": (
        lambda: b"<html><body>" + b"<div>" * 200_000 + b"PAPI" + b"</div>" * 200_000,
        "thẻ HTML",
        "HTML tags",
    ),
    "entities in a part that is called otherwise": (
        lambda: docx(b"<w:p/>", **{"word/other.bin": b'<?xml version="1.0"?>' + LAUGHS + b"<a/>"}),
        "DOCTYPE",
        "DOCTYPE",
    ),
    "a part in a code that hides what it declares": (
        lambda: docx(b"<w:p/>", **{"word/x.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'}),
        "DOCTYPE",
        "DOCTYPE",
    ),
    "a cell over two thousand million columns": (lambda: docx(cell(b"2000000000")), "", ""),
    "a cell over a million columns": (lambda: docx(cell(b"1000000")), "cột", "columns"),
    "a list that begins at a million million": (lambda: docx(listed()[0], **listed()[1]), "", ""),
    "a sheet merged into one cell": (
        lambda: xlsx(
            b'<row r="1"><c r="A1"><v>1</v></c></row>', b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "ô được gộp",
        "merged cells",
    ),
    "a row of sixteen thousand columns": (
        lambda: xlsx(
            b'<row r="1">'
            + b"".join(b'<c r="%s1" t="inlineStr"><is><t>x</t></is></c>' % name for name in column_names(16_000))
            + b"</row>"
        ),
        "cột",
        "columns",
    ),
    "thirty thousand styles, each on the next": (lambda: docx(styled(), **styles(30_000)), "", ""),
    "a page of thirty thousand numbered lines": (
        lambda: b"<html><body><ol>" + b"<li>x" * 30_000 + b"</ol>",
        "đoạn",
        "paragraphs",
    ),
    "a stream packed twice under another spelling": (
        lambda: pdf(b"q Q", filters=b"[/#46lateDecode/Fl#61teDecode]"),
        "bung ra quá lớn",
        "unpacks to far more",
    ),
    "a stream whose filters stand elsewhere": (
        lambda: pdf(b"q Q", filters=b"5 0 R", more=(b"[/FlateDecode/LZWDecode]",)),
        "bung ra quá lớn",
        "unpacks to far more",
    ),
    "pages that contain themselves": (lambda: pdf(b"q Q").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "hỏng", "damaged"),
    "bytes without sense": (lambda: bytes(range(256)) * 200, "nhị phân", "binary"),
}


PLAN = "KẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2024\nI. NHIỆM VỤ\n1. Kiểm soát tham nhũng\n- Sở Nội vụ chủ trì, phối hợp với Sở Tài chính công khai danh sách hộ nghèo trước ngày 15/12.\n"


def draft(content: bytes, limits: cage.Limits = cage.Limits(), **heard: Callable) -> tuple[str, str]:
    """What a reader of the page is told of a file, in both languages; empty where it was read. No build is there, so
    nothing is loaded.
    """
    try:
        with cage.opened(
            lambda folder: (
                ["read", folder / cage.DOCUMENT]
                if content == PLAN.encode()
                else ["draft", folder / cage.DOCUMENT, "--base", folder / "none", "--out", folder / "out"]
            ),
            {cage.DOCUMENT: content},
            limits=limits,
            **heard,
        ):
            return "", ""
    except cage.Refused as refused:
        return refused.vi or refused.reason, refused.en or refused.reason


def jobs(folder: Path, contents: dict[str, bytes]) -> Iterator[inside.Job[Drafted]]:
    """Each of these as a draft in a folder of its own, under the name that a draft has."""
    for at, content in enumerate(contents.values()):
        home = folder / f"{at:02}"
        home.mkdir()
        (home / cage.DOCUMENT).write_bytes(content)
        yield inside.Job(home / cage.DOCUMENT, partial(drafted, home / cage.DOCUMENT, {}), Drafted, prepare)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drafted | Unread]:
    """What comes of each hostile file in the cage, and of an honest one after all of them."""
    folder = tmp_path_factory.mktemp("hostile")
    contents = {kind: make() for kind, (make, *_) in HOSTILE.items()} | {"honest": PLAN.encode()}
    said = [one.said for one in inside.results(jobs(folder, contents))]
    return dict(zip(contents, said, strict=True))


@pytest.mark.parametrize("kind", [kind for kind, (_, vi, _) in HOSTILE.items() if vi])
def test_a_hostile_file_ends_in_one_sentence(kind: str, told: dict[str, Drafted | Unread]) -> None:
    _, *wanted = HOSTILE[kind]
    reason = told[kind]
    assert isinstance(reason, Unread)
    for words, said in zip(wanted, map(cage.bare, (reason.vi, reason.en))):
        assert (
            words in said
            and said.endswith(".")
            and said.count(". ") == 0
            and cage.DOCUMENT not in said
            and said[0].isupper()
        )


@pytest.mark.parametrize("kind", [kind for kind, (_, vi, _) in HOSTILE.items() if not vi])
def test_a_file_that_only_says_that_it_is_enormous_is_read(kind: str, told: dict[str, Drafted | Unread]) -> None:
    assert isinstance(told[kind], Drafted)


def test_the_document_after_them_is_read(told: dict[str, Drafted | Unread]) -> None:
    honest = told["honest"]
    assert isinstance(honest, Drafted) and [unit.names("lead") for unit in honest.reading.units] == [["Sở Nội vụ"]]


@pytest.mark.parametrize("kind", ["a package whose directory lies", "a scan"])
def test_it_ends_so_on_the_page_and_its_folder_goes(kind: str, told: dict[str, Drafted | Unread]) -> None:
    before, reason = folders(), told[kind]
    assert isinstance(reason, Unread)
    assert draft(HOSTILE[kind][0]()) == tuple(map(cage.bare, (reason.vi, reason.en)))
    assert folders() == before


def folders() -> set[Path]:
    return {left for home in (Path("/dev/shm"), Path(tempfile.gettempdir())) for left in home.glob(f"{cage._PREFIX}*")}


@pytest.mark.parametrize(
    ("limits", "reason"), [(cage.Limits(seconds=0.1), "time"), (cage.Limits(output=100), "output")]
)
def test_a_file_that_takes_too_much_is_ended_and_its_folder_goes(limits: cage.Limits, reason: str) -> None:
    before = folders()
    assert draft(PLAN.encode(), limits) == (reason, reason)
    assert folders() == before


def test_a_good_file_is_read_in_the_same_cage() -> None:
    assert draft(PLAN.encode()) == ("", "")


def test_a_file_larger_than_the_limit_starts_no_process() -> None:
    assert draft(b"x" * (cage.LARGEST_FILE + 1)) == ("large", "large")
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] * 1_000_000 == cage.LARGEST_FILE


def test_one_who_comes_when_all_cages_are_taken_waits_and_is_told_how_many_are_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cage, "PATIENCE", 1)
    monkeypatch.setattr(cage, "_reading", {name: time.monotonic() for name in range(cage.MOST)})
    heard: list[int] = []
    assert draft(PLAN.encode(), queued=heard.append) == ("busy", "busy")
    assert heard and set(heard) == {0} and not cage._waiting


@pytest.mark.parametrize(
    ("began", "is_taken"),
    [
        ([0.0] * cage.MOST, False),
        ([-cage.TURN - 1, 0.0], True),
        ([-cage.TURN - 1] * (cage.MOST_IN_ALL - 1), True),
        ([-cage.TURN - 1] * cage.MOST_IN_ALL, False),
    ],
)
def test_one_that_takes_long_makes_room_for_the_next(
    monkeypatch: pytest.MonkeyPatch, began: list[float], is_taken: bool
) -> None:
    me = object()
    monkeypatch.setattr(cage, "_reading", {at: time.monotonic() + ago for at, ago in enumerate(began)})
    monkeypatch.setattr(cage, "_waiting", [me])
    assert cage._begins(me) is is_taken


def test_a_document_that_nobody_waits_for_is_read_no_longer() -> None:
    began = time.monotonic()
    assert draft(PLAN.encode(), is_left=lambda: True) == ("left", "left")
    assert time.monotonic() - began < cage.SECONDS / 3


def test_what_a_killed_server_left_is_swept_once_it_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young, other = (tmp_path / name for name in (f"{cage._PREFIX}old", f"{cage._PREFIX}young", "other"))
    for folder in (old, young, other):
        folder.mkdir()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    cage.sweep()
    assert not old.exists() and young.exists() and other.exists()


@dataclass(frozen=True)
class Said:
    """What a piece of code met."""

    words: str


def tried(code: str, folder: Path) -> Said:
    try:
        names: dict[str, object] = {"folder": folder, "outside": folder / "x", "inside": Path(tempfile.gettempdir())}
        exec("import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n" + code, names)
        return Said(str(names.get("said", "done")))
    except MemoryError:
        raise
    except Exception as error:
        return Said(f"{type(error).__name__} {error}")


def trying(code: str, folder: Path, limits: inside.Limits = inside.Limits()) -> str:
    """What code meets that runs where a document is read; its document lies in the folder."""
    document = folder / cage.DOCUMENT
    if not document.exists():
        document.write_text(PLAN, encoding="utf-8")
    try:
        return inside.one(inside.Job(document, partial(tried, code, folder), Said), limits).words
    except Unread as reason:
        return next(why for why, (_, en) in inside._SENTENCES.items() if en in reason.en)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "outside.write_text('x')",
        "open('README.md', 'a')",
        "os.remove('README.md')",
        "os.rename(inside, 'x')",
        "(inside / '..' / 'x').write_text('x')",
    ],
)
def test_python_itself_refuses_what_no_reader_of_documents_does(code: str, tmp_path: Path) -> None:
    assert trying(code, tmp_path).startswith("PermissionError")


@pytest.mark.parametrize(
    "code",
    [
        "(inside / 'x').write_text('x')",
        "said = (folder / 'van-ban').read_text(encoding='utf-8') and 'done'",
        "from etl.reference import DATA; (DATA / 'reference' / 'labels.csv').read_bytes()",
        "os.chmod(inside, 0o777)",
        "import threading; one = threading.Thread(target=print); one.start(); one.join()",
    ],
)
def test_what_a_reader_of_documents_needs_it_has(code: str, tmp_path: Path) -> None:
    assert trying(code, tmp_path) == "done"


KERNEL = {
    "files": [
        "said = libc.open(b'/etc/passwd', 0)",
        "said = libc.open(b'/proc/self/environ', 0)",
        "said = libc.open(os.fsencode('data/plans.csv'), 0)",
        "said = libc.open(os.fsencode(outside), os.O_CREAT | os.O_WRONLY, 0o600)",
        "said = libc.unlink(os.fsencode(folder / 'van-ban'))",
        "said = libc.mkdir(os.fsencode(outside), 0o700)",
        "said = libc.open(os.fsencode(folder / 'van-ban'), os.O_WRONLY)",
    ],
    "processes": [
        "said = libc.fork()",
        "said = libc.execv(b'/bin/true', (ctypes.c_char_p * 2)(b'true', None))",
        "said = libc.ptrace(16, os.getppid(), 0, 0)",
        "said = libc.unshare(0x10000000)",
    ],
    "signals": ["said = libc.kill(os.getppid(), 0)"],
    "network": ["said = libc.socket(2, 1, 0)", "said = libc.socket(1, 1, 0)"],
}
"""What machine code would ask that a stranger's file has put into a library: no hook of Python sees it."""


@pytest.mark.parametrize(("wall", "code"), [(wall, code) for wall, codes in KERNEL.items() for code in codes])
def test_the_kernel_refuses_it_too(wall: str, code: str, tmp_path: Path) -> None:
    if wall not in inside.standing():
        pytest.skip(f"hệ thống này không có bức tường {wall}")
    assert trying(code, tmp_path) == "-1"
    assert [file.name for file in tmp_path.iterdir()] == [cage.DOCUMENT]


def test_a_file_keeps_its_mode_whoever_is_told_otherwise(tmp_path: Path) -> None:
    if "processes" not in inside.standing():
        pytest.skip("hệ thống này không có seccomp")
    trying("said = libc.chmod(os.fsencode(folder / 'van-ban'), 0o777)", tmp_path)
    assert (tmp_path / cage.DOCUMENT).stat().st_mode & 0o777 != 0o777


@pytest.mark.skipif(sys.platform != "linux", reason="giới hạn của hệ điều hành chỉ có trên Linux và Unix")
@pytest.mark.parametrize(
    ("code", "limits", "said"),
    [
        ("(inside / 'y').write_bytes(b'x' * 5000)", inside.Limits(writes=1000), "OSError [Errno 27] File too large"),
        ("bytearray(2 << 30)", inside.Limits(), "memory"),
        ("while True: pass", inside.Limits(cpu=1), "time"),
        ("import time; time.sleep(60)", inside.Limits(seconds=0.5), "time"),
        ("said = 'x' * 5000", inside.Limits(output=1000), "output"),
        ("os._exit(7)", inside.Limits(), "crashed"),
        ("libc.strlen(1)", inside.Limits(), "crashed"),
        ("import logging\nwhile True: logging.getLogger('etl').info('match')", inside.Limits(), "output"),
    ],
)
def test_whatever_happens_inside_is_a_reason(code: str, limits: inside.Limits, said: str, tmp_path: Path) -> None:
    assert trying(code, tmp_path, limits) == said


PLAIN = {
    "a plan's text": ("KẾ HOẠCH\nNâng cao Chỉ số PAPI".encode(), True),
    "nothing": (b"", True),
    "a package": (b"PK\3\4 word/document.xml", False),
    "a PDF behind other bytes": (b"\n\n%PDF-1.7", False),
    "an old Word file": (b"\xd0\xcf\x11\xe0", False),
    "rich text behind spaces": (b"  {\\rtf1", False),
    "a picture": (b"\xff\xd8\xff\xe0", False),
    "a web page": (b"<html><p>PAPI", False),
    "text with a tag": ("1. Công khai <b>ngân sách</b>".encode(), False),
    "text of two bytes a letter": ("KẾ HOẠCH".encode("utf-16"), False),
}


@pytest.mark.parametrize("what", PLAIN)
def test_only_what_python_alone_reads_is_harmless(what: str, tmp_path: Path) -> None:
    content, expected = PLAIN[what]
    (tmp_path / "van-ban").write_bytes(content)
    assert is_plain(tmp_path / "van-ban") is expected
    if expected and content:
        assert format_of(content, "van-ban") == "txt"


@dataclass(frozen=True)
class _Process:
    number: int


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be forked here")
def test_only_harmless_documents_share_a_process(tmp_path: Path) -> None:
    kinds = (True, True, False, False, True, True, True)
    jobs = [inside.Job(tmp_path, lambda: _Process(os.getpid()), _Process, harmless=kind) for kind in kinds]
    numbers = [answer.said.number for answer in inside.results(jobs, several=2)]
    shared = [one == other for one, other in pairwise(numbers)]
    assert shared == [True, False, False, False, True, False]


@dataclass(frozen=True)
class _Given:
    opened_by: int
    does: str


@dataclass(frozen=True)
class _Made:
    opened_by: int
    made_by: int


def _made(matter: str, given: _Given) -> _Made:
    """What the living process makes of a half; what it is given may make it do anything."""
    match given.does:
        case "hang":
            while True:
                pass
        case "take":
            bytearray(2 << 30)
        case "die":
            os._exit(7)
        case "read":
            (ROOT / "data" / "plans.csv").read_bytes()
        case "refuse":
            raise Unread(matter, matter)
    return _Made(given.opened_by, os.getpid())


def _halves(given: Sequence[Callable[[], object]], limits: inside.Limits = inside.Limits(cpu=1)) -> list:
    """What comes of documents whose bytes give this, one after the other."""
    jobs = [
        inside.Job(ROOT / "README.md", lambda: _Made(0, 0), _Made, half=inside.Half(one, _Given, str(at)))
        for at, one in enumerate(given)
    ]
    return list(inside.results(jobs, limits=limits, then=_made))


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be forked here")
def test_bytes_are_looked_at_in_a_process_each_and_the_rest_is_made_in_one() -> None:
    made = [answer.said for answer in _halves([lambda: _Given(os.getpid(), "")] * 4)]
    assert len({one.opened_by for one in made}) == 4 and len({one.made_by for one in made}) == 1
    assert not {one.opened_by for one in made} & {one.made_by for one in made}


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be forked here")
@pytest.mark.parametrize(
    ("does", "stopped"), [("hang", "time"), ("take", "memory"), ("die", "crashed"), ("read", "crashed"), ("refuse", "")]
)
def test_what_breaks_the_living_process_is_its_own_document_and_the_others_go_on(does: str, stopped: str) -> None:
    if does == "read" and "files" not in inside.standing():
        pytest.skip("this kernel shuts no files away")
    before, broken, after = _halves([lambda: _Given(1, ""), lambda: _Given(1, does), lambda: _Given(1, "")])
    assert isinstance(broken.said, Unread) and broken.stopped == stopped
    assert isinstance(before.said, _Made) and isinstance(after.said, _Made)
    assert (before.said.made_by == after.said.made_by) is (does == "refuse")


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be forked here")
@pytest.mark.parametrize("given", [lambda: {"opened_by": "x", "does": ""}, dict, lambda: [1]])
def test_what_a_half_gives_is_held_against_its_types(given: Callable[[], object]) -> None:
    broken, after = _halves([given, lambda: _Given(1, "")])
    assert broken.stopped == "crashed" and isinstance(after.said, _Made)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be forked here")
def test_both_halves_share_the_seconds_of_a_document() -> None:
    def long() -> _Given:
        until = time.process_time() + 2.2
        while time.process_time() < until:
            pass
        return _Given(1, "hang")

    began = os.times()
    (broken,) = _halves([long], inside.Limits(cpu=3))
    ended = os.times()
    used = ended.children_user + ended.children_system - began.children_user - began.children_system
    assert broken.stopped == "time" and used < 5.5  # 3, and what rounds up to whole seconds in each


@pytest.mark.skipif(sys.platform != "linux", reason="mức ưu tiên chỉ đo được trên Linux")
def test_a_draft_gives_way_to_those_who_read_pages() -> None:
    code = "import os; from etl import cage; before = os.nice(0); cage.give_way(); print(os.nice(0) - min(before, 9), open('/proc/self/autogroup').read() if os.path.exists('/proc/self/autogroup') else 'nice 10')"
    for _ in range(10):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, start_new_session=True
        )
        # the kernel refuses a share that is asked for within a tenth of a second of another's, whoever that is
        if "nice 10" in done.stdout:
            break
    assert done.stdout.startswith("10") and "nice 10" in done.stdout, done.stderr


def test_what_comes_out_is_held_against_its_type() -> None:
    assert wire.understood(Said, wire.loaded(wire.written(Said("x")))) == Said("x")
    for value in ({"words": 1}, {"words": None}, {}, [], "x", {"word": "x"}):
        with pytest.raises(wire.Strange):
            wire.understood(Said, value)


def test_where_nothing_can_be_forked_one_process_reads_on_and_is_replaced_once_it_hangs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(inside, "_FORKS", False)
    monkeypatch.setattr(inside, "_CONTEXT", multiprocessing.get_context("spawn"))
    # a process that is spawned runs this anew, which after a test of a page is that page
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    (tmp_path / cage.DOCUMENT).write_text(PLAN, encoding="utf-8")
    codes = [
        "said = os.getpid()",
        "said = os.getpid()",
        "import time; time.sleep(600)",
        "said = os.getpid()",
        "os.fork()",
    ]
    some = [inside.Job(tmp_path / cage.DOCUMENT, partial(tried, code, tmp_path), Said) for code in codes]
    said = [one.said for one in inside.results(some, limits=inside.Limits(seconds=8))]
    first, second, hung, other, refused = said
    assert isinstance(first, Said) and isinstance(other, Said) and isinstance(refused, Said)
    assert first == second != other and isinstance(hung, Unread) and refused.words.startswith("PermissionError")


def test_a_cage_sees_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert not {"SECRET_KEY", "PYTHONPATH"} & set(cage._environment(tmp_path))


@pytest.mark.parametrize("ending", fuzz.FORMATS)
def test_a_document_that_nobody_wrote_does_no_harm_and_loses_no_word(ending: str) -> None:
    fuzz.look(ending, 20)
