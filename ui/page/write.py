"""Markup on a page: the one door to `st.html`, which takes no plain text, so that what a document says enters
escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st
from markupsafe import Markup

from ui.words import labels
from ui.words.markup import filled, joined


@dataclass(frozen=True)
class _Made:
    """Markup that Streamlit takes as it is: a text it would look through for a margin of spaces, a millisecond for every
    hundred kilobytes.
    """

    html: str

    def _repr_html_(self) -> str:
        return self.html


def markup(made: Markup, *, width: Literal["stretch", "content"] = "stretch", javascript: bool = False) -> None:
    """Show markup; plain text has no `__html__` and is refused."""
    st.html(_Made(made.__html__()), width=width, unsafe_allow_javascript=javascript)


def paragraph(kind: str, words: str, role: str = "") -> Markup:
    """Words of a kind that the style sheet knows (`small`, `note`, `answer`); `role` tells a screen reader what they
    are. Plain text is escaped, markup stays.
    """
    said = filled(' role="{}"', role) if role else ""
    return filled('<p class="{}"{}>{}</p>', kind, said, words)


def folded(kind: str, items: Sequence[Markup], most: int, more: str) -> Markup:
    """A list of a kind that the style sheet knows: the first `most` items open, the rest one click away, on the label
    `more` that says how many they are.
    """
    shape = '<ul class="{}">{}</ul>'
    first = filled(shape, kind, joined(items[:most]))
    if len(items) <= most:
        return first
    rest = f'<details class="more"><summary>{{}}</summary>{shape}</details>'
    return first + filled(rest, labels.html(more, n=len(items) - most), kind, joined(items[most:]))


def hidden(kind: str, summary: str, items: Sequence[Markup]) -> Markup:
    """What is one click away; nothing where there are no items."""
    shape = '<details class="{}"><summary>{}</summary>{}</details>'
    return filled(shape, kind, summary, joined(items)) if items else Markup()


def whole(words: str) -> Markup:
    """What stands under something tall: a phone shows its beginning, and the whole where these words are tapped."""
    return filled('<details class="whole"><summary>{}</summary></details>', words)


def line(kind: str, words: str, *, role: str = "", width: Literal["stretch", "content"] = "stretch") -> None:
    """A paragraph alone."""
    markup(paragraph(kind, words, role), width=width)


def head(words: str) -> None:
    """The heading of what is shown for a choice."""
    line("cell-head", filled("<b>{}</b>", words))


def copy_link() -> None:
    """A button that copies the address (`scripts/copy.js`)."""
    button = '<button class="copy" type="button" data-done="{}">{}</button>'
    markup(filled(button, labels.html("common.copied"), labels.html("common.copy_link")), width="content")
