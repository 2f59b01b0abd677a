"""A reader's own document: read in the cage, shown on every page of this session, kept nowhere, gone with it.

In: the bytes of a file, or pasted text. Out: a database of this session's own in place of the one in force, which holds
all plans and the document, so that every page, chart and download includes it. Its bytes stay in memory, to be read
again with corrections; its database has no name on any disk once it is open, and is closed when the connection to the
page ends.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.mine import cage
from ui.words import labels
from ui.words.markup import filled

PLAN_ID = "du-thao"
"""The draft's id among the plans, the same that etl gives it."""
_LOST = "mine.lost"
# A link inside a card would load the page anew, which is a new session without the draft: while the banner stands, such
# a link goes the way that the browser's own "back" goes. Constant text: nothing of a document and nothing of the
# address ever gets in here.
_STAY = Markup(f"<script>{Path(__file__).with_name('stay.js').read_text(encoding='utf-8')}</script>")
_OUT, _CORRECTIONS = "out.duckdb", "sua.json"
MOST_DRAFTS, MOST_BYTES, IDLE = 20, 1_000_000_000, 900.0
"""So many drafts are held at once, of so many bytes in all; one that nobody has looked at for so many seconds makes room for
another.
"""


@dataclass(frozen=True)
class Draft:
    """What was read: of which bytes, under which name, in which database, and what etl said of it (`plan`, `units`,
    `lines`, `refusal`, `beside` how many plans it stands `of` all that are read, and `named`, the agencies of the
    reform of 2025 that stand anywhere in it).
    """

    content: bytes
    name: str
    path: str
    said: Mapping[str, Any]
    corrections: Mapping[str, Any]


class _Held:
    """The one draft of a session, and whether its reader has gone."""

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.is_over = False
        self.seen = time.monotonic()
        self.size = 0

    def take(self, path: str, draft: Draft) -> bool:
        """Hold a draft in place of the one before; False where the reader has gone meanwhile, and nothing is held."""
        with _lock:
            if self.is_over:
                data.release(path)
                return False
            self.remove()
            self.draft = draft
            _all.add(self)
            return True

    def remove(self) -> None:
        """Let the draft go."""
        with _lock:
            _all.discard(self)
            if self.draft:
                data.release(self.draft.path)
                self.draft = None

    def close(self) -> None:
        """The reader has gone: also what is still being read for this session goes."""
        with _lock:
            self.is_over = True
            self.remove()


_lock = threading.RLock()
_all: set[_Held] = set()
"""Every session that holds a draft."""


def _room(bytes_more: int, but: _Held) -> None:
    """Make room for one draft more: the one that has not been looked at for longest goes, if that is long. Raises
    cage.Refused where all are in use.
    """
    with _lock:
        others = sorted(_all - {but}, key=lambda one: one.seen)
        while others and (len(others) >= MOST_DRAFTS or sum(one.size for one in others) + bytes_more > MOST_BYTES):
            oldest = others.pop(0)
            if time.monotonic() - oldest.seen < IDLE:
                raise cage.Refused("full")
            oldest.remove()


@st.cache_resource(show_spinner=False, scope="session", on_release=_Held.close)
def _held() -> _Held:
    cage.sweep()
    return _Held()


def now() -> Draft | None:
    """This session's draft."""
    return _held().draft


def read(
    content: bytes,
    name: str,
    corrections: Mapping[str, Any] | None = None,
    *,
    step: Callable[[str], None],
    queued: Callable[[int], None],
) -> Draft:
    """Read a document and show it from the next run on, in place of the one before. Raises cage.Refused; then all stays
    as it was.
    """
    base, held = data.published().path, _held()
    _room(0, held)
    files = {cage.DOCUMENT: content, **({_CORRECTIONS: json.dumps(corrections).encode()} if corrections else {})}

    def command(folder: Path) -> list[str | Path]:
        words: list[str | Path] = [
            "draft",
            folder / cage.DOCUMENT,
            "--base",
            base,
            "--out",
            folder / _OUT,
            f"--name={name}",
        ]
        return [*words, "--corrections", folder / _CORRECTIONS] if corrections else words

    def is_left() -> bool:
        return held.is_over

    with cage.opened(command, files, step=step, queued=queued, is_left=is_left) as (said, folder):
        held.size = (folder / _OUT).stat().st_size + len(content)
        _room(held.size, held)
        path = data.adopt(folder / _OUT)
    draft = Draft(content, name, path, said, corrections or {})
    if not held.take(path, draft):
        raise cage.Refused("left")
    st.session_state[_LOST] = True  # until it is taken out: then it is gone because the connection was
    return draft


def remove() -> None:
    """Take the draft out again: nothing of it is left."""
    _held().remove()
    st.session_state.pop(_LOST, None)


def is_lost() -> bool:
    """Whether this session had a draft that went when its connection was interrupted, or to make room for others."""
    return now() is None and bool(st.session_state.get(_LOST))


def banner() -> None:
    """On every page: that a draft is counted, and the way to take it out; once, that it is gone."""
    if is_lost():
        st.html(filled('<p class="note" role="status">{}</p>', labels.html("draft.lost")))
    if data.is_mine():
        draft = now()
        _held().seen = time.monotonic()
        with st.container(key="mine", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(
                filled(
                    '<p class="note" role="status">{} {}</p>',
                    labels.html("draft.banner", name=draft.name if draft else ""),
                    _nearest(),
                ),
                width="content",
            )
            st.html(_STAY, unsafe_allow_javascript=True)
            st.button(labels.t("draft.remove"), key="mine.remove", type="tertiary", on_click=remove)


def _nearest() -> Markup:
    """That a large build is not shown whole beside the draft; "" where it is."""
    draft = now()
    said = draft.said if draft else {}
    return (
        Markup()
        if said.get("beside") == said.get("of")
        else labels.html("draft.nearest", beside=said["beside"], of=said["of"])
    )
