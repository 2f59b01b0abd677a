"""A picture on a page: in the form that fits the window, clickable, and saved as PNG or SVG."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from ui.draw import sheet
from ui.draw.palette import SOFT
from ui.export.table import file_name
from ui.page import address, filters, screen, write
from ui.words import labels
from ui.words.markup import filled, joined
from ui.words.remember import remember

_SCREEN = 960
"""A picture taller than this is more than a phone shows: it is cut, and whole when it is asked for."""
_SHEETS = {"portrait": (700, 970), "landscape": (1030, 640)}
"""The room for a picture on a sheet of A4, in pixels, with a heading above it."""
_LEGIBLE = 0.5
"""A narrow picture is not made smaller than this for a sheet."""
PAPER = "paper"
"""Where the session holds how the sheets of a page lie when it is printed; a new page begins without."""

# Pictures.


def chart(
    name: str,
    wide: Callable[[], sheet.Drawing],
    narrow: Callable[[], sheet.Drawing],
    *,
    alt: str,
    picks: str | None = None,
    beside: bool = False,
    part: str = "",
) -> None:
    """A picture in the form that the reader's window has room for (`ui.page.screen`). `wide` and `narrow` give the cached
    figure. A click on a cell puts its key into the address under `picks`, the cell wears a frame, and the page is told
    to open a dialog (`wants_dialog`), unless the cell in view stands `beside` the wide form. `part` says which of the
    plans it sets side by side; it stands at its foot with the filters.
    """
    form = screen.form(beside)
    figure = wide() if form == "wide" else narrow()
    said = "; ".join(filters.said())
    note = " ".join(filter(None, (part, labels.t("common.picture_filters", said=said) if said else "")))
    if note:
        figure = figure.noted(note)
    box = f"{form}-{'beside-' if beside else ''}{name}"
    key = f"{name}.{form}.{address.generation()}.{labels.lang()}"
    with st.container(key=box):
        if picks is None:
            st.plotly_chart(figure, theme=None, key=key, config=sheet.CONFIG, alt=alt)
        else:
            chosen = address.chosen(picks)
            st.plotly_chart(
                (figure.framed(chosen) if chosen else figure).picking(),
                theme=None,
                key=key,
                config=sheet.CONFIG,
                alt=alt,
                selection_mode="points",
                on_select=lambda: _clicked(key, picks, form == "narrow" or not beside),
            )
        is_narrow = form == "narrow"
        cut = _whole(box, figure) if is_narrow else Markup()
        write.markup(_on_paper(box, figure, is_narrow) + cut + _save_picture(file_name(name)))


def _whole(box: str, figure: sheet.Drawing) -> Markup:
    """What shows the whole of a tall picture on a phone; nothing where it is not tall. Plotly squeezes a picture into the
    room it is given, so the style says how tall it stays behind its cut.
    """
    if (height := figure.size[1]) <= _SCREEN:
        return Markup()
    style = filled("<style>.st-key-{}{{--tall:{}px}}</style>", box, height)
    return style + write.whole(labels.t("common.whole_picture"))


def _on_paper(box: str, figure: sheet.Drawing, is_narrow: bool) -> Markup:
    """The style that prints a picture on a sheet of A4 of its own, as large as that allows; a narrow one that nobody
    could read then goes over several. The first picture of a page says whether its sheets lie upright or across: a
    browser gives all of them the width of the first.
    """
    width, height = figure.size
    zooms = {way: min(1.0, room[0] / width, room[1] / height) for way, room in _SHEETS.items()}
    way = st.session_state.setdefault(PAPER, max(zooms, key=zooms.__getitem__))
    zoom, parts = (1.0, "auto") if is_narrow and zooms[way] < _LEGIBLE else (zooms[way], "avoid")
    drawn = Markup("width:{}px!important;height:{}px!important;zoom:{:.3f}").format(width, height, zoom)
    return filled(
        "<style>@page{{size:A4 {}}}@media print{{.st-key-{box}{{break-inside:{}}}.st-key-{box} .stPlotlyChart{{{}}}}}</style>",
        way,
        parts,
        drawn,
        box=box,
    )


@remember
def _save_picture(file: str) -> Markup:
    """Buttons that save the picture above them, for a finger and the keyboard too; the browser makes the file
    (`scripts/picture.js`), so it needs no server.
    """
    about = {"file": file, "back": labels.t("common.back_here"), "soft": SOFT}
    buttons = joined(
        filled(
            '<button class="picture" type="button"{}>{}</button>',
            joined(filled(' data-{}="{}"', *one) for one in {**about, "format": form}.items()),
            labels.html("common.save_picture", form=form.upper()),
        )
        for form in ("png", "svg")
    )
    return filled('<p class="pictures">{}</p>', buttons)


def _clicked(key: str, picks: str, dialog: bool) -> None:
    points = st.session_state[key].selection.points
    if points:
        address.put(picks, points[0]["customdata"][0])
    # a second click on the cell in view takes its frame away in the browser, and is a click all the same
    if dialog and address.chosen(picks):
        st.session_state[f"dialog.{picks}"] = True


def wants_dialog(picks: str) -> bool:
    """Whether a picture without room beside it was clicked just now; true once a click."""
    return bool(st.session_state.pop(f"dialog.{picks}", False))
