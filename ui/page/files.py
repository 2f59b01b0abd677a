"""Downloads: a file is made when somebody asks for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from ui import data
from ui.data.plans import Plan
from ui.export import excel, origin, table
from ui.export import table as export_table
from ui.page import address, filters, write
from ui.words import labels
from ui.words.plans import names_of

Title = str | Callable[[], str]
"""What a file shows, or what says it once the file is asked for."""


def download(
    name: str,
    label: str,
    make: Callable[[], tuple[Mapping[str, str], Sequence[Mapping[str, Any]]]],
    *,
    title: Title,
    plans: Sequence[Plan],
    filters: Sequence[str] = (),
) -> None:
    """A list that may be long, as a CSV and for Excel, made only when asked for; `make` gives its columns and its
    rows.
    """
    save(
        name,
        label,
        table.file_name(name, len(plans)),
        lambda: table.Table(*make(), _said(title), filters, names_of(plans)),
    )


def _said(title: Title) -> str:
    return title if isinstance(title, str) else title()


def later(make: Callable[[], bytes], sorry: Callable[[str], bytes] = str.encode) -> Callable[[], bytes]:
    """A file that is made only when it is asked for: in the language and from the build of the page it was on, since no
    page runs by then, leading back to that page. Where it cannot be made the file says so: `sorry` makes it of a sentence.
    """
    language, shown, here = labels.lang(), data.build(), address.here()

    def content() -> bytes:
        with labels.speaking(language), data.showing(shown), origin.asked_at(here):
            try:
                return make()
            except data.NoDatabase as trouble:
                return sorry(labels.t(f"common.database_{trouble.reason}"))
            except Exception:
                # Streamlit would answer with a sentence in English, and nobody would read the reason
                logging.getLogger(__name__).exception("a file could not be made")
                return sorry(labels.t("common.not_made"))

    return content


def save(key: str, words: str, file: str, make: Callable[[], export_table.Table]) -> None:
    """Two quiet buttons, for a CSV and for a workbook of the same table; `file` is their name without ending, `words`
    are on the first. The file says which plans the page counts, before its own filters.
    """
    said = filters.said()

    def content() -> export_table.Table:
        made = make()
        return replace(made, filters=[*said, *made.filters])

    with st.container(horizontal=True, gap="medium", vertical_alignment="center", width="content"):
        st.download_button(
            words,
            later(lambda: export_table.csv_bytes(content())),
            file + ".csv",
            "text/csv",
            key=f"csv.{key}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
        st.download_button(
            labels.t("common.download_xlsx"),
            later(lambda: export_table.xlsx_bytes(content()), excel.sorry),
            file + ".xlsx",
            export_table.XLSX,
            key=f"xlsx.{key}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def downloads(
    name: str,
    make: Callable[[], tuple[Mapping[str, str], Sequence[Mapping[str, Any]]]],
    *,
    title: Title,
    filters: Sequence[str],
    plans: Sequence[Plan],
) -> None:
    """The quiet row under a picture: its numbers as CSV and for Excel, and a button that copies the address."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        download(name, labels.t("common.download_csv"), make, title=title, plans=plans, filters=filters)
        write.copy_link()
