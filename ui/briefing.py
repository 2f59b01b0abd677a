"""What the page of the briefing asks and shows: dimensions and parts to choose, a look at the result, the files.

In: the reader's choices, kept in the address (`nds` dimensions, `phan` parts). Out: widgets; each file is made when it is asked for.
"""
from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

import streamlit as st

from ui import address, data, labels, widgets
from ui.export import content
from ui.export import html as page
from ui.export.formats import FORMATS
from ui.remember import remember

_HEIGHT = 720


def pick_dimensions() -> tuple[int, ...]:
    """The dimensions to show; none means all eight and the cross-cutting tasks. In the address: `nds=1,3`."""
    names = {str(row["dim"]): f"{row['dim']} {labels.pick(row, 'short')}" if row["dim"] else labels.pick(row, "short") for row in data.dimensions().to_dict("records")}
    return tuple(int(dim) for dim in _several("nds", names, labels.t("briefing.dimensions"), labels.t("common.dimension")))


def pick_parts() -> tuple[str, ...]:
    """What to include; none means everything. In the address: `phan=gaps,tasks`."""
    names = {part: labels.t(f"office.section.{part}") for part in content.PARTS}
    return tuple(_several("phan", names, labels.t("briefing.parts"), labels.t("briefing.part"))) or content.PARTS


def _several(name: str, options: Mapping[str, str], label: str, what: str) -> list[str]:
    chosen = address.values(name, list(options), what)
    widget = f"w.{name}"
    st.session_state[widget] = chosen
    st.pills(label, list(options), selection_mode="multi", key=widget, format_func=options.__getitem__, wrap=True,
             on_change=lambda: address.put(name, ",".join(option for option in options if option in st.session_state[widget]) or None))
    return chosen


def files(plan_ids: Sequence[str], dims: tuple[int, ...], parts: tuple[str, ...], basis: str, name: Mapping[str, str]) -> None:
    """One button a format; the file is made in the language of the page when its button is pressed. `name` gives each file its name."""
    language = labels.lang()
    with st.container(horizontal=True, gap="medium", key="briefing-files"):
        for ending, form in FORMATS.items():
            make = widgets.later(lambda form=form: form.make(content.make(plan_ids, dims, parts, language, basis)))
            st.download_button(labels.t(f"briefing.take.{ending}"), make, name[ending], form.mime, key=f"briefing.{ending}", on_click="ignore",
                               icon=":material/download:")


@remember
def look(plan_ids: tuple[str, ...], dims: tuple[int, ...], parts: tuple[str, ...], basis: str) -> tuple[str, dict[str, str]]:
    """How the briefing will look, as a printable page, and what its files are called."""
    made = content.make(plan_ids, dims, parts, labels.lang(), basis)
    return page.make(made).decode(), {ending: content.file_name(made, ending) for ending in FORMATS}


def show(printable: str) -> None:
    """The printable page in a frame of its own: as a data address, which has no origin, nothing of it can reach the dashboard."""
    st.iframe("data:text/html;charset=utf-8;base64," + base64.b64encode(printable.encode()).decode(), height=_HEIGHT, alt=labels.t("briefing.look"))
