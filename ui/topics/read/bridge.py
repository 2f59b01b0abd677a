"""A click on a unit of the document, told to the page without loading it anew; and the unit in view, shown in the
browser.

In: which unit is chosen. Out: which unit the reader asked for. The script is constant: it gets numbers only, and puts
no text into the page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_JS = Path(__file__).with_name("bridge.js").read_text(encoding="utf-8")
_KEY = "reading.unit"
_MOUNT = st.components.v2.component("papi_reading", js=_JS)


def unit(chosen: int | None, asked: Callable[[str], None]) -> None:
    """Mark the chosen unit and bring it into view; `asked` gets the number in the link that the reader follows,
    unchecked; "0" from the Escape key.
    """

    def told() -> None:
        value = st.session_state[_KEY].unit
        if isinstance(value, str):
            asked(value)

    _MOUNT(key=_KEY, data={"unit": chosen}, on_unit_change=told, height=1)
