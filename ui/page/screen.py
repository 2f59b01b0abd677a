"""Which of a picture's two forms the reader's window has room for; only that one is drawn.

In: how wide the window is, as the browser said it last (`scripts/screen.js`): in this session by a button that no reader sees,
on an earlier visit by a cookie; before that, whether the browser calls itself a phone's. Out: "wide" or "narrow". A
window that has changed is told in the same way, and the page is drawn once more.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ui.page import address

SCREENS = ("wide", "middle", "narrow")
"""How wide a window is: room for every picture, for those that have a column beside them, for none in its wide form.
Where one begins stands in the script, and for what lies around pictures in `frame.css`.
"""
_NAME = "screen"
_COOKIE = "papi-screen"
_PHONE = "Mobi"
"""What every phone's browser says of itself, and no other."""


def form(beside: bool) -> Literal["wide", "narrow"]:
    """The form of a picture, with a column beside it or without."""
    return "wide" if _now() == "wide" or beside and _now() == "middle" else "narrow"


def _now() -> str:
    if _NAME not in st.session_state:
        _put(_guess())
    return st.session_state[_NAME]


def _guess() -> str:
    said = st.context.cookies.get(_COOKIE)
    if said in SCREENS:
        return said
    return "narrow" if _PHONE in st.context.headers.get("User-Agent", "") else "wide"


def _put(screen: str) -> None:
    st.session_state[_NAME] = screen


def _told(screen: str) -> None:
    _put(screen)
    address.again()


def ask() -> None:
    """The buttons by which the browser says that its window is another."""
    for other in SCREENS:
        if other != _now():
            st.button(other, key=f"screen-{other}", on_click=_told, args=(other,))
