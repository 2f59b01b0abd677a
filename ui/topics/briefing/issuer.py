"""The part of a page where the office that issues the papers is filled in, for as long as the page is open.

In: the office's own file, and what the reader writes. Out: the `Office` that files of this page wear. A template of
styles is not taken here, nor a picture: the command takes them, from whoever runs the program.
"""

from __future__ import annotations

import streamlit as st

from ui.export import office
from ui.export.office import Office
from ui.page import tables, write
from ui.words import labels

_HELD = "office"
_MOST_LETTERS = 400


def section() -> Office:
    """A folded form; the office as it stands."""
    held = of_session()
    with st.expander(labels.t("profile.heading")):
        write.line("note", labels.html("profile.note"))
        for field in office.FIELDS:
            _ask(field, held)
        st.download_button(
            labels.t("profile.keep"),
            office.toml(held),
            office.FILE.name,
            "application/toml",
            key="keep-profile",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    return held


def of_session() -> Office:
    """The office of this reader: the file's, until something else is filled in."""
    if _HELD not in st.session_state:
        st.session_state[_HELD] = _own()
    found: Office = st.session_state[_HELD]
    return found


def _own() -> Office:
    """The office of the file beside the program; nobody, with a word why, where it cannot be read."""
    try:
        return office.read(office.FILE) if office.FILE.exists() else Office()
    except ValueError as trouble:
        tables.note(str(trouble))
        return Office()


def _ask(field: str, held: Office) -> None:
    widget, has_lines = f"office.{field}", field in office.LISTS
    value = getattr(held, field)
    st.session_state[widget] = "\n".join(value) if has_lines else value
    ask = st.text_area if has_lines else st.text_input
    ask(
        labels.t(f"profile.{field}"),
        key=widget,
        help=labels.md(labels.t(f"profile.{field}.help")),
        max_chars=_MOST_LETTERS,
        on_change=_store,
    )


def _store() -> None:
    """What is written becomes the office of this reader's session; nothing of it goes into the address."""
    written = {field: st.session_state[f"office.{field}"] or "" for field in office.FIELDS}
    said = {field: words.splitlines() if field in office.LISTS else words for field, words in written.items()}
    st.session_state[_HELD] = office.of(said, office.FILE)
