"""The words of the interface, in both languages.

In: data/reference/labels.csv (`key,vi,en`), which an official may edit while the dashboard runs, and beside it
streamlit-words.csv (`en,vi`). Out: text, numbers and
dates in the reader's language. `{name}` in a label is filled in; `**…**` is bold; English writes "one|many" and `n`
decides.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import streamlit as st
from markupsafe import Markup, escape

import tables
from ui import ROOT, data
from ui.words.markup import filled

LABELS = ROOT / "data" / "reference" / "labels.csv"
STREAMLIT = LABELS.with_name("streamlit-words.csv")
LANGUAGES = ("vi", "en")
_SPOKEN: ContextVar[str | None] = ContextVar("language", default=None)
_RUN: ContextVar[tuple[str, int] | None] = ContextVar("run", default=None)
_TURNED = str.maketrans(",.", ".,")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=2)
def _read(changed: int) -> dict[str, Mapping[str, str]]:
    return {row["key"]: row for row in tables.last_good(LABELS, data.kept_table, whole="key")}


@lru_cache(maxsize=1)
def streamlit_words() -> list[tuple[str, str]]:
    """What Streamlit itself says in English, as a pattern, and how a Vietnamese reader is told: ("^No results$", "Không
    tìm thấy"); `{}` stands for what is filled in.
    """
    words = ((row["en"].strip(), row["vi"]) for row in tables.last_good(STREAMLIT, data.kept_table))
    return [("^" + re.escape(english).replace(r"\{\}", "(.+)") + "$", said) for english, said in words]


def changed() -> int:
    """When the labels' file was written last."""
    run = _RUN.get()
    return run[1] if run else tables.changed(LABELS)


def begin() -> None:
    """A page begins: its language and its labels are looked at once, since it asks for them some thousand times. Each
    run of a page has a thread, and with it a context, of its own, or is the next run of the same reader and begins
    anew.
    """
    _RUN.set(None)
    _RUN.set((lang(), changed()))


def table() -> Mapping[str, Mapping[str, str]]:
    """Every label by its key; read anew when the file has changed."""
    return _read(changed())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """The language for what runs when no page does: a file that is made only when it is asked for knows no address."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def lang() -> str:
    """The reader's language, from the address: `vi` unless it says `?lang=en`."""
    if spoken := _SPOKEN.get():
        return spoken
    if run := _RUN.get():
        return run[0]
    return "en" if st.query_params.get("lang") == "en" else "vi"


@lru_cache(maxsize=8192)
def _said(changed: int, language: str, key: str, is_one: bool) -> tuple[str, str]:
    """A label as plain text and as markup, before anything is filled in."""
    row = _read(changed).get(key)
    if row is None:
        raise tables.lacking(LABELS, "key", key)
    one, _, many = row[language].partition("|")
    said = one if is_one or not many else many
    return said.replace("**", ""), re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", str(escape(said)))


def _template(key: str, values: Mapping[str, Any]) -> tuple[str, str]:
    return _said(changed(), lang(), key, values.get("n") == 1)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, bool) or not isinstance(value, (int, float)) else num(value)


def t(key: str, **values: Any) -> str:
    """A label as plain text: `t("common.tasks", n=4)` → "4 nhiệm vụ". Numbers are written the reader's way, so give
    a year as text. For a widget's label, which Streamlit reads as markdown, wrap what comes from documents in `md`."""
    text, _ = _template(key, values)
    return text.format(**{name: _shown(value) for name, value in values.items()})


def html(key: str, **values: Any) -> Markup:
    """A label as markup: everything filled in is escaped, `**…**` of the label itself becomes bold."""
    _, shape = _template(key, values)
    return filled(shape, **{name: _shown(value) for name, value in values.items()})


def md(text: str) -> str:
    """Text of a document inside a markdown label, shown as it is: `*`, `_`, `$`, `[`, `:` keep no meaning."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|$~:])", r"\\\1", text)


def pick(row: Mapping[str, Any], stem: str) -> str:
    """The column of a row in the reader's language: `pick(plan, "short")` → `short_vi` or `short_en`."""
    return str(row[f"{stem}_{lang()}"])


def num(n: float, digits: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    text = f"{n:,.{digits}f}"
    return text if lang() == "en" else text.translate(_TURNED)


def compact(n: int) -> str:
    """A count that fits a cell: as it is up to 999, then "1,2 nghìn" or "1.2k"."""
    return num(n) if n < 1000 else t("common.thousands", x=num(n / 1000, 1))


def percent(part: float, whole: int) -> str:
    """A whole percentage, halves up, never 0 % for something and never 100 % for less than all; "–" of nothing."""
    if not whole:
        return "–"
    share = math.floor(100 * part / whole + 0.5)
    if 0 < part < whole:
        share = min(max(share, 1), 99)
    return f"{share}%"


def day(date: datetime.date | None) -> str:
    """31/03/2020 in Vietnamese, 31 March 2020 in English; "–" where there is none."""
    if date is None or date != date:
        return "–"
    return f"{date:%d/%m/%Y}" if lang() == "vi" else f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def word(n: int, *, capital: bool = False) -> str:
    """A small number as a sentence begins with it: "five"; Vietnamese five is "5", since "năm" is also "year". From
    eleven on in digits.
    """
    words = t("common.number_words").split(" ")
    text = words[n] if 0 <= n < len(words) else num(n)
    return text[:1].upper() + text[1:] if capital else text


def names(items: Sequence[str]) -> str:
    """ "A", "A và B", "A, B và C"."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    return t("common.and", first=", ".join(items[:-1]), last=items[-1])


def lower(text: str) -> str:
    """The same name inside a sentence: "Quản trị điện tử" → "quản trị điện tử"."""
    return text[:1].lower() + text[1:]
