"""Markup with something filled in: what is filled in is escaped, unless it is markup itself.

In: a shape, `<li>{}</li>` or `<b>{name}</b>`, written by us. Out: markup. The same as `Markup(shape).format(…)`, which
parses its shape anew each time, and a page fills in some thousand; numbers come as text already.
"""

from __future__ import annotations

from functools import lru_cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape


def filled(shape: str, *values: Any, **named: Any) -> Markup:
    """`filled("<b>{}</b> · {n}", "a < b", n=4)` → `<b>a &lt; b</b> · 4`."""
    made = ""
    for words, name in _parsed(shape):
        made += words
        if name is not None:
            made += str(escape(values[name] if isinstance(name, int) else named[name]))
    return Markup(made)


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
