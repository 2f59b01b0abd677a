"""Markup with something in it: what is put in is escaped, unless it is markup itself.

In: a shape, `<li>{}</li>` or `<b>{name}</b>`, written by us. Out: markup. The same as `Markup(shape).format(…)` and
`Markup().join(…)`, which parse a shape anew each time and make an object of each piece, and a page has some thousand;
numbers come as text already.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from string import Formatter
from typing import Any

from markupsafe import Markup


def filled(shape: str, /, *values: Any, **named: Any) -> Markup:
    """`filled("<b>{}</b> · {n}", "a < b", n=4)` → `<b>a &lt; b</b> · 4`."""
    pieces = []
    for words, name in _parsed(shape):
        pieces.append(words)
        if name is not None:
            pieces.append(_safe(values[name] if isinstance(name, int) else named[name]))
    return Markup("".join(pieces))


def joined(items: Iterable[Any]) -> Markup:
    """One after the other."""
    return Markup("".join(map(_safe, items)))


def _safe(value: Any) -> str:
    return value if isinstance(value, Markup) else escape(str(value))


@lru_cache(maxsize=4096)
def _parsed(shape: str) -> tuple[tuple[str, str | int | None], ...]:
    """A shape as words of its own and the name, or the place, of what is filled in after them."""
    found: list[tuple[str, str | int | None]] = []
    place = 0
    for words, name, form, conversion in Formatter().parse(shape):
        if form or conversion:
            raise ValueError(f"{shape}: only names and {{}} are filled in")
        found.append((words, place if name == "" else int(name) if name and name.isdecimal() else name))
        place += name == ""
    return tuple(found)
