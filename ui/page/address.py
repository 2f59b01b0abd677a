"""What the reader has chosen lives in the address, so that a copied link shows the same page.

In: the query of the address. Out: checked values in the session, and the address kept in step with them. A value
that cannot be used is dropped, and the page says so. Parameters (the same in both languages): `lang` language, `dem`
way of counting, `nd` dimension, `kh` plans, `hinh` which of them a picture sets side by side, `o` the cell in view;
on the comparison also `plans` (two to four), `giong` the least likeness, `loc` which pairs are shown; where a plan is
read `ke` the plan, `doan` the unit in view, `xem` what is shown, `phan` which part of it; beside an earlier plan `truoc` that plan, `ket`
which units are shown, `khac` also what is no task; `noi` the office of a checklist; `diem` the province whose scores
are shown; of a briefing `nds` dimensions, `phan` parts, `tep` the file; of many plans `bieu` the picture, `theo` how
plans are grouped, `hang` and `cot` rows and columns, `xep` their order, `ve` and `do` what is counted, `luoi` the
map, `trang` the page of a long picture; `own` the reader's own plan (`ui.page.own`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from ui.page import write
from ui.words import labels

FILTERS = ("cap", "vung", "tinh", "tinhnay", "vb", "tu", "den", "cungcap", "thay", "nhom")
"""The parameters that say which plans are counted, beside `kh` (`ui.page.filters`)."""
SHARED = ("lang", "own", "dem", "kh", *FILTERS)
"""The parameters that a link of the menu keeps."""
COUNTING = ("de-muc", "noi-dung")
"""What `dem` may say: under the plan's headings (default), or by what the words say."""
_GENERATION = "address.generation"
_PAGE = "address.page"
_SEEN = "address.seen"
_CHOSEN = "address.chosen"
"""Where the session holds every choice by its parameter: one dictionary, since Streamlit takes its time over each thing that a
session holds."""
_NUMBERED = "address.numbered"
_NOTES = "address.notes"
"""What the last run of this session told the reader of the link."""
_AGAIN = "address.again"


@dataclass
class _Run:
    """The address of one run of a page, and its choices, for it asks some hundred times."""

    query: Mapping[str, str]
    chosen: dict[str, str | None]


_RUN: ContextVar[_Run | None] = ContextVar("address", default=None)
"""Of the run that is on, from `enter` to `leave`; what runs at another time asks the session."""


def enter(page: str) -> None:
    """Forget the choices of another page, or of another link to this one: they are read from the address again."""
    _RUN.set(None)  # of a run that did not come to its end
    if st.session_state.get(_PAGE) != page or st.session_state.get(_SEEN) != st.query_params.to_dict():
        _chosen().clear()
        redraw()
        if st.session_state.get(_PAGE) == page:
            # a link to the page one is on hands its query to the server, and forgets to write it into the address; of
            # another page it is there, and written again it might be taken for the page that is left
            st.query_params.from_dict(st.query_params.to_dict())
    st.session_state[_PAGE] = page
    st.session_state[_NUMBERED] = 0
    if not st.session_state.get(_AGAIN):
        st.session_state[_NOTES] = []
    st.session_state[_SEEN] = now = st.query_params.to_dict()
    _RUN.set(_Run(now, _chosen()))


def leave() -> None:
    """A page has come to its end."""
    _RUN.set(None)


def query() -> Mapping[str, str]:
    """What the address says, by parameter."""
    return run.query if (run := _RUN.get()) else st.query_params.to_dict()


def _chosen() -> dict[str, str | None]:
    """The choices of this session, by parameter; to be changed by `put` alone."""
    return run.chosen if (run := _RUN.get()) else st.session_state.setdefault(_CHOSEN, {})


def page() -> str:
    """The page that was entered last; "" where there is none."""
    return st.session_state.get(_PAGE, "")


def asked(name: str) -> str | None:
    """What the address says of one parameter, unchecked; from the session once the page is open."""
    held = _chosen()
    if name not in held:
        held[name] = query().get(name)
    return held[name]


def chosen(name: str) -> str | None:
    """What was chosen under a name, or None; a parameter that no page has asked for yet is none."""
    return _chosen().get(name)


def note(words: Markup) -> None:
    """A line on what a link asked for and does not get."""
    st.session_state.setdefault(_NOTES, []).append(words)
    write.line("note", words, role="status")


def again() -> None:
    """The page is about to be drawn once more without the reader's doing: what it told of the link stays (`say_again`)."""
    st.session_state[_AGAIN] = True


def say_again() -> None:
    """The notes of the last run, where this one is not of the reader's doing."""
    if st.session_state.pop(_AGAIN, False):
        for words in st.session_state.pop(_NOTES, []):
            note(words)


_FEW_DROPPED = 3
"""So many values of one parameter are named, the others counted."""


def say_dropped(what: str, *values: str) -> None:
    """One line that tells the reader which values of the link were dropped."""
    shown = [value[:60] for value in values[:_FEW_DROPPED]]
    if more := len(values) - len(shown):
        shown.append(labels.t("common.more_dropped", n=more))
    note(labels.html("common.bad_address", what=what, value=", ".join(shown)))


def value(name: str, allowed: Collection[str], what: str) -> str | None:
    """The checked value of one parameter; None where there is none. Read from the address when the page is opened,
    from the session afterwards. `what` names it in the note that a bad value gets ("nội dung")."""
    chosen = asked(name)
    if chosen is None or chosen in allowed:
        put(name, chosen)
        return chosen
    say_dropped(what, chosen)
    put(name, None)
    return None


def values(name: str, allowed: Collection[str], what: str) -> list[str]:
    """The same for a parameter that holds several values, with commas between; in the order of `allowed`."""
    parts = dict.fromkeys(part for part in (asked(name) or "").split(",") if part)
    good = [part for part in allowed if part in parts] if parts else []
    if dropped := parts.keys() - good:
        say_dropped(what, *(part for part in parts if part in dropped))
    put(name, ",".join(good) or None)
    return good


def number(name: str, last: int, what: str) -> int | None:
    """The same for a number from 1 to `last`; one beyond it, which another filter has made too large, is the last."""
    text = asked(name)
    if text and text.isdecimal() and len(text) < 12 and int(text) > last:
        put(name, str(last))
    chosen = value(name, tuple(map(str, range(1, last + 1))), what)
    return int(chosen) if chosen else None


def numbered(name: str) -> str:
    """The name of the next of several choices of one kind on a page: "bang1", then "bang2"."""
    st.session_state[_NUMBERED] = at = st.session_state.get(_NUMBERED, 0) + 1
    return f"{name}{at}"


def forget(*kinds: str) -> None:
    """Drop the choices whose names begin so."""
    for name in [name for name in _chosen() if name.startswith(kinds)]:
        put(name, None)


def put(name: str, chosen: str | None) -> None:
    """Write a choice into the session and the address; None takes it out."""
    run, held = _RUN.get(), _chosen()
    if run and name in held and held[name] == chosen == run.query.get(name):
        return
    if chosen is not None or name in held:
        held[name] = chosen
    if chosen is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != chosen:
        st.query_params[name] = chosen
    st.session_state[_SEEN] = now = st.query_params.to_dict()
    if run:
        run.query = now


def redraw() -> None:
    """Ask every chart to be drawn anew: its cell in view was chosen elsewhere than by a click on it."""
    st.session_state[_GENERATION] = generation() + 1


def generation() -> int:
    """Part of every chart's key; see `redraw`."""
    return st.session_state.get(_GENERATION, 0)


def link(**values: str | None) -> str:
    """The address of this page with these values, the reader's language, own plan and filters: "?lang=en&own=a&o=a~3.3"."""
    now = query()
    held = {name: now[name] for name in ("lang", "own", *FILTERS) if name in now}
    return "?" + written({**held, **values})


def here() -> str:
    """The whole address that the reader sees, or "" where there is no browser."""
    url = st.context.url
    return "?".join(filter(None, (url, written(query())))) if url else ""


def written(said: Mapping[str, str | None]) -> str:
    """Parameters as a query: "lang=en&kh=a,b", or nothing."""
    return urlencode({name: text for name, text in said.items() if text}, safe="~,")


def kept(**changes: str) -> dict[str, str]:
    """The parameters for a link to another page: those that every page shares, with these changes."""
    now = query()
    said = {**{name: now[name] for name in SHARED if name in now}, **changes}
    return {name: text for name, text in said.items() if text}


def kept_query(**changes: str) -> str:
    """The same as the beginning of a query: "lang=en&kh=a,b", or nothing."""
    return written(kept(**changes))
