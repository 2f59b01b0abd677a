"""Do two versions of the program say the same? `python -m benchmarks same A B`, where A and B are checkouts.

Each builds its own database from its own plans; then every table and view is compared row by row, and what every page
sends to a browser word by word: each page as it opens and under other filters, in both languages, asked of a real
server; and the letters of the files that `python -m ui.export` writes. What differs by nature is left out: names of
builds, moments, versions, identifiers, and the style sheets and scripts that stand between the words.
"""

from __future__ import annotations

import base64
import difflib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import duckdb
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

from benchmarks.pages import plans_of, questions, server

FILTERS = 4
"""So many other filters each page is asked for, in turn in one language and the other."""
FILES = ("docx", "pptx", "xlsx", "html", "zip")
_INLINE = "data:text/html;charset=utf-8;base64,"
_MOST_SHOWN = 6
_UNSEEN = {
    *("id", "element_id", "url", "hash", "form_id", "key", "user_key", "height", "width"),
    *("main_script_hash", "active_script_hash", "figure_hash"),
}
_ALIKE = (
    (re.compile(r"<(style|script)\b.*?</\1>", re.S), ""),
    (re.compile(r"papi-\d{8}T\d{6}Z-\d+(\.duckdb)?"), "BUILD"),
    (re.compile(r"\d{2}[:.]\d{2}(:\d{2})?,? (ngày )?\d{1,2}/\d{1,2}/\d{4}"), "MOMENT"),
    (re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?Z?"), "MOMENT"),
    (re.compile(r"datetime\.datetime\([\d, ]+\)"), "MOMENT"),
    (re.compile(r"/media/\w+\.\w+"), "FILE"),
    (re.compile(r'data-svg="[^"]*"'), ""),
    (re.compile(r"\b[0-9a-f]{32}\b"), "ID"),
    (re.compile("&#34;|&quot;"), '"'),
    (re.compile("&#39;|&#x27;"), "'"),
)


def alike(words: str) -> str:
    """The words without what no two builds share."""
    for pattern, name in _ALIKE:
        words = pattern.sub(name, words)
    return words


def _build(home: Path, folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "etl", "build"],
        cwd=home,
        env={**os.environ, "PAPI_BUILD": str(folder)},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder / (folder / "current").read_text(encoding="utf-8").strip()


def tables(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Every table and view by name, with its columns and its rows as lines in an order of their own."""
    with duckdb.connect(str(file), read_only=True) as con:
        names = con.execute(
            "select table_name from information_schema.tables where table_schema = 'main' order by 1"
        ).fetchall()
        for (name,) in names:
            if name == "build_log":  # how it was read, and not what
                continue
            asked = con.execute(f'select * from "{name}"')
            columns = [one[0] for one in asked.description]
            yield f"table {name}", [" | ".join(columns), *sorted(alike(repr(row)) for row in asked.fetchall())]


def _words(value: object) -> Iterator[str]:
    """Every string and number that a reader may see in a message, in its order; what is JSON within it (a figure) is
    opened.
    """
    if hasattr(value, "ListFields"):
        value = {field.name: one for field, one in value.ListFields()}
    if isinstance(value, Mapping):
        for name, one in value.items():
            if name not in _UNSEEN:
                yield from _words(one)
    elif isinstance(value, str):
        if value.startswith(_INLINE):
            yield from alike(base64.b64decode(value.removeprefix(_INLINE)).decode("utf-8")).splitlines()
        elif value.startswith("{") and '"data"' in value[:200]:
            yield from _words(json.loads(value))
        elif words := alike(value).strip():
            yield words
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for one in value:
            yield from _words(one)
    elif value is not None and not isinstance(value, bool | bytes):
        yield str(value)


def page(session: ClientConnection, name: str, query: str) -> list[str]:
    """What the server sends for one address: the words of every element, in the order of their places."""
    session.send(BackMsg(rerun_script=ClientState(query_string=query, page_name=name)).SerializeToString())
    held: dict[tuple[int, ...], list[str]] = {}
    while True:
        message = ForwardMsg.FromString(session.recv())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            held[tuple(message.metadata.delta_path)] = list(_words(message.delta.new_element))
        if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return [line for place in sorted(held) for words in held[place] for line in words.splitlines()]


def pages(home: Path, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Every page as it opens and under other filters, in both languages."""
    plans = plans_of(folder)
    names = [
        "",
        *(
            file.stem.partition("_")[2]
            for file in sorted((home / "pages").glob("[0-9]*_*.py"), key=lambda file: int(file.stem.partition("_")[0]))
        ),
    ]
    with server(home / "app.py", folder) as address:
        for name in names:
            others = questions(name, plans, FILTERS)
            with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as session:
                for at, query in enumerate(["", "lang=en", *others]):
                    asked = f"lang=en&{query}" if at % 2 and query != "lang=en" else query
                    yield f"page /{name}?{asked}", page(session, name, asked)


def files(home: Path, folder: Path, place: Path) -> Iterator[tuple[str, list[str]]]:
    """The letters of the briefing in every format: of Office files, the text of their parts."""
    for ending in FILES:
        file = place / f"briefing.{ending}"
        done = subprocess.run(
            [sys.executable, "-m", "ui.export", "briefing", "--plans", "all", "--to", str(file)],
            cwd=home,
            env={**os.environ, "PAPI_BUILD": str(folder)},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            yield f"file {ending}", [done.stderr.strip().splitlines()[-1]]
        elif ending == "html":
            yield f"file {ending}", alike(file.read_text(encoding="utf-8")).splitlines()
        else:
            yield from ((f"file {ending} {name}", lines) for name, lines in _parts(file.read_bytes()))


def _parts(held: bytes) -> Iterator[tuple[str, list[str]]]:
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        for name in sorted(archive.namelist()):
            part = archive.read(name)
            if name.endswith((".docx", ".pptx", ".xlsx")):
                yield from ((f"{name} {inner}", lines) for inner, lines in _parts(part))
            elif name.endswith((".xml", ".csv", ".json", ".html", ".md", ".txt", ".svg", ".ics")):
                words = alike(part.decode("utf-8", "replace"))
                yield name, re.sub(r"<[^>]*>", "\n", words).split("\n") if name.endswith(".xml") else words.splitlines()


def said(home: Path, place: Path) -> dict[str, list[str]]:
    """Everything that one checkout says, by name."""
    folder = place / "build"
    folder.mkdir(parents=True)
    file = _build(home, folder)
    return {**dict(tables(file)), **dict(pages(home, folder)), **dict(files(home, folder, place))}


def compare(one: Path, two: Path) -> int:
    """Prints what differs between two checkouts; the number of tables, pages and files in which something does."""
    with tempfile.TemporaryDirectory() as place:
        first, second = said(one.resolve(), Path(place) / "a"), said(two.resolve(), Path(place) / "b")
    different = 0
    for name in dict.fromkeys([*first, *second]):
        left, right = first.get(name), second.get(name)
        if left == right:
            continue
        different += 1
        print(f"≠ {name}: {'chỉ có ở bản trước' if right is None else 'chỉ có ở bản sau' if left is None else ''}")
        if left is not None and right is not None:
            changed = (
                line
                for line in difflib.unified_diff(left, right, lineterm="", n=0)
                if not line.startswith(("---", "+++", "@@"))
            )
            for line in islice(changed, _MOST_SHOWN):
                print("   ", line[:300])
    kinds = {kind: sum(name.startswith(kind) for name in first) for kind in ("table", "page", "file")}
    print(f"{kinds['table']} bảng, {kinds['page']} trang, {kinds['file']} phần của tệp; khác nhau: {different}")
    return different
