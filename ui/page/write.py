"""Markup on a page: the one door to `st.html`, which takes no plain text, so that what a document says enters
escaped.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st
from markupsafe import Markup

from ui.words import labels


def markup(made: Markup, *, width: Literal["stretch", "content"] = "stretch", javascript: bool = False) -> None:
    """Show markup; plain text has no `__html__` and is refused."""
    st.html(made.__html__(), width=width, unsafe_allow_javascript=javascript)


def line(kind: str, words: str, *, role: str = "", width: Literal["stretch", "content"] = "stretch") -> None:
    """One line of a kind that the style sheet knows (`small`, `note`, `answer`); `role` tells a screen reader what it
    is. Plain text is escaped, markup stays.
    """
    said = Markup(' role="{}"').format(role) if role else ""
    markup(Markup('<p class="{}"{}>{}</p>').format(kind, said, words), width=width)


def head(words: str) -> None:
    """The heading of what is shown for a choice."""
    line("cell-head", Markup("<b>{}</b>").format(words))


def copy_link() -> None:
    """A button that copies the address (`frame.js`)."""
    button = Markup('<button class="copy" type="button" data-done="{}">{}</button>')
    markup(button.format(labels.html("common.copied"), labels.html("common.copy_link")), width="content")
