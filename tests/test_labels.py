"""The words of the interface: complete in both languages, none missing, none left over."""

from __future__ import annotations

import ast
import csv
import re
import string
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]


def _rows() -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / "labels.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


KEYS = [row["key"] for row in _rows()]
PREFIXES = {key.partition(".")[0] for key in KEYS}


def _texts(node: ast.AST) -> list[str]:
    """Patterns for the keys an expression can name: a text, or a text with gaps (`f"common.kind.{kind}"`, `"a." +
    b`).
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".*" for part in node.values)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = _texts(node.left)
        return [f"{text}.*" for text in left]
    return []


_KEY = re.compile(r"(\.\*|[a-z_]+)(\.([a-z0-9_]|\.\*)+)+")


def _expressions(node: ast.AST) -> Iterator[ast.AST]:
    """The texts of a tree; the pieces of one that is put together are not texts of their own."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Constant, ast.JoinedStr)) or (isinstance(child, ast.BinOp) and _texts(child)):
            yield child
        if isinstance(child, ast.JoinedStr):
            for gap in (part for part in child.values if isinstance(part, ast.FormattedValue)):
                yield from _expressions(gap)
        elif not isinstance(child, ast.BinOp) or not _texts(child):
            yield from _expressions(child)


@cache
def _used() -> dict[str, str]:
    """Every pattern of a label's key in the source, and the file it stands in."""
    found: dict[str, str] = {}
    for path in SOURCES:
        for node in _expressions(ast.parse(path.read_text(encoding="utf-8"))):
            for pattern in _texts(node):
                pattern = re.sub(r"(\.\*)+", ".*", pattern)
                plain = pattern.replace("\\", "")
                if _KEY.fullmatch(plain) and (
                    plain.partition(".")[0] in PREFIXES or re.fullmatch(r"\.\*\.[a-z_]+", plain)
                ):
                    found[pattern] = path.name
    return found


def test_no_key_stands_twice():
    assert [key for key, times in Counter(KEYS).items() if times > 1] == []


def test_a_label_says_the_same_in_both_languages():
    assert len(KEYS) > 1000
    wrong = {
        row["key"]: f"{row['vi']!r} / {row['en']!r}"
        for row in _rows()
        if not (row["vi"].strip() and row["en"].strip()) or _fields(row["vi"]) != _fields(row["en"])
    }
    assert wrong == {}


def _fields(label: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(label) if name}


def test_every_label_that_the_source_names_exists():
    used = _used()
    assert len(used) > 500
    missing = {
        f"{pattern} ({file})" for pattern, file in used.items() if not any(map(re.compile(pattern).fullmatch, KEYS))
    }
    assert missing == set()


def test_every_label_is_used():
    patterns = [re.compile(pattern) for pattern in _used()]
    assert [key for key in KEYS if not any(pattern.fullmatch(key) for pattern in patterns)] == []


def test_english_words_stand_in_no_vietnamese_label():
    english = re.compile(r"\b(the|and|of|task|plan|none|null|N/A)\b")
    assert [
        row["key"] for row in _rows() if english.search(re.sub(r"\{.*?\}|\*\*python -m etl\*\*", "", row["vi"]))
    ] == []


def test_no_word_says_that_people_made_or_checked_a_label():
    rows = [
        row
        for row in _rows()
        if row["key"].partition(".")[0] in ("method", "findings", "absence", "tasks", "package", "tables")
    ]
    people = re.compile(r"người đọc|human|\breaders\b|by hand|bằng tay", re.I)
    assert len(rows) > 200
    assert [row["key"] for row in rows if people.search(f"{row['vi']} {row['en']}")] == []


def test_every_download_is_named_in_words():
    named = {
        name
        for path in SOURCES
        for name in re.findall(
            r'(?:files\.downloads?|picture\.chart|file_name)\(\s*"([^"]+)"', path.read_text(encoding="utf-8")
        )
    }
    files = {row["key"]: (row["vi"], row["en"]) for row in _rows() if row["key"].endswith(".file")}
    assert len(named) > 15 and [name for name in sorted(named) if f"{name}.file" not in files] == []
    downloads = [words for key, words in files.items() if key not in ("office.sheet.file", "letters.column.file")]
    assert [
        words for words in downloads if not all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one) for one in words)
    ] == []
