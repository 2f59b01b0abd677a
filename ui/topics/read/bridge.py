"""A click on a unit of the document, told to the page without loading it anew; and the unit in view, shown in the
browser.

In: which unit is chosen. Out: which unit, or line of another part, the reader asked for. The script is constant: it gets numbers only, and puts
no text into the page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_JS = Path(__file__).with_name("bridge.js").read_text(encoding="utf-8")
_KEY = "reading.unit"
_MOUNT = st.components.v2.component("papi_reading", js=_JS)


def unit(
    chosen: int | None, span: tuple[int, int] | None, asked: Callable[[str], None], line: Callable[[str], None]
) -> None:
    """Mark the chosen unit and bring it into view; `asked` gets the number in the link that the reader follows,
    unchecked; "0" from the Escape key. `span` are the first and the last line of the part that is shown (None: all are);
    `line` gets the number of another that the reader asks for, unchecked.
    """

    def told(what: str, tell: Callable[[str], None]) -> None:
        value = getattr(st.session_state[_KEY], what)
        if isinstance(value, str):
            tell(value)

    _MOUNT(
        key=_KEY,
        data={"unit": chosen, "span": span},
        on_unit_change=lambda: told("unit", asked),
        on_line_change=lambda: told("line", line),
        height=1,
    )
