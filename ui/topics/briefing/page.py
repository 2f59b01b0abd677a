"""What the page of the briefing asks and shows: plans, dimensions, parts and a file to choose, small pictures of what
will come, and one button that takes it away.

In: the reader's choices, kept in the address (`kh` plans, `nds` dimensions, `phan` parts, `tep` the file). Out: widgets;
the file is made once, shown, and taken as it was shown; of many plans once it is asked for.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.export import origin
from ui.export.briefing import content
from ui.export.briefing.formats import FORMATS, Format
from ui.export.office import Office, wearing
from ui.export.preview import show
from ui.export.preview.sheet import Picture
from ui.page import address, filters, own, pick, tables, write
from ui.words import labels
from ui.words.markup import filled, joined

_HEIGHT = 720
_HELD, _WANTED = "briefing.look", "wanted-briefing"
_ALL = "ca"
_MOST_PICTURES = 12
"""So many pages are shown; of more it is said how many."""

# A button of class "png" draws the SVG that it holds at twice the size of a slide and saves it: in the browser, without
# a server. What the SVG holds is only ever the source of a picture, where no script runs. Constant text.
_SAVE = Markup(f"<script>{Path(__file__).with_name('save.js').read_text(encoding='utf-8')}</script>")


def pick_plans() -> tuple[Plan, ...]:
    """The plans the reader picked. None until then: which plans a document speaks of is not for us to guess; the page
    says what to choose, and one button takes all (in the address, where they are many, `ca=1`). The reader's own plan is one.
    """
    takes_all = address.value(_ALL, ("1",), labels.t("briefing.all")) == "1"
    plans = pick.pick_plans(alone=not takes_all, placeholder=labels.t("briefing.plans_placeholder"))
    return plans if own.chosen() or filters.is_set() or takes_all else ()


def choose() -> None:
    """Words where no plan is chosen yet, and all plans one click away."""
    tables.nothing(labels.t("briefing.choose"))
    held = [plan.plan_id for plan in data.plans()]
    if held:
        st.button(
            labels.t("briefing.take_all", n=len(held)),
            key="briefing-all",
            on_click=address.put,
            args=(_ALL, "1") if len(held) > pick.MOST_PLANS else ("kh", ",".join(held)),
        )


def pick_dimensions() -> tuple[int, ...]:
    """The dimensions to show; none means all eight and the cross-cutting tasks. In the address: `nds=1,3`."""
    names = {
        str(row.dim): f"{row.dim} {labels.pick(row, 'short')}" if row.dim else labels.pick(row, "short")
        for row in data.dimensions()
    }
    return tuple(
        int(dim) for dim in _several("nds", names, labels.t("briefing.dimensions"), labels.t("common.dimension"))
    )


def pick_parts() -> tuple[str, ...]:
    """What to include; none means everything. In the address: `phan=gaps,tasks`."""
    names = {part: labels.t(f"office.section.{part}") for part in content.PARTS}
    return tuple(_several("phan", names, labels.t("briefing.parts"), labels.t("briefing.part"))) or content.PARTS


def _several(name: str, options: Mapping[str, str], label: str, what: str) -> list[str]:
    chosen = address.values(name, list(options), what)
    widget = f"w.{name}"
    st.session_state[widget] = chosen
    st.pills(
        label,
        list(options),
        selection_mode="multi",
        key=widget,
        format_func=options.__getitem__,
        wrap=True,
        on_change=lambda: address.put(
            name, ",".join(option for option in options if option in st.session_state[widget]) or None
        ),
    )
    return chosen


def pick_format() -> str:
    """Which file: by its name in `FORMATS`. In the address: `tep=summary`; the ten slides unless it says so."""
    names = {name: labels.t(f"briefing.take.{name}") for name in FORMATS}
    return pick.pick_one("tep", names, labels.t("briefing.files"), labels.lower(labels.t("briefing.files")))


@dataclass(frozen=True)
class Choice:
    """What a file is made of, and in whose name; `address` is the page that it leads back to."""

    plan_ids: tuple[str, ...]
    dims: tuple[int, ...]
    parts: tuple[str, ...]
    basis: Basis
    name: str
    issuer: Office
    address: str

    @property
    def form(self) -> Format:
        return FORMATS[self.name]


@dataclass(frozen=True)
class Look:
    """A file as it was made, what it is called and holds (as markup), and its slides or pages as small pictures."""

    made: bytes
    file: str
    holds: Markup
    pictures: tuple[Picture, ...]


def is_wanted(choice: Choice) -> bool:
    """Whether a file is made at once: of so many plans as a picture sets side by side it is; of more once it is asked for."""
    return len(choice.plan_ids) <= pick.MOST_PLANS or st.session_state.get(_WANTED) == choice


def ask(choice: Choice) -> Markup:
    """The button that has a file made which takes its time; gives back how much it will hold, as markup."""

    def want() -> None:
        st.session_state[_WANTED] = choice

    st.button(
        labels.t("briefing.make", name=labels.t(f"briefing.take.{choice.name}")),
        key="briefing-make",
        on_click=want,
        type="primary",
        icon=":material/draft:",
    )
    write.line("note", labels.html("briefing.make_note"))
    tasks = data.task_count(choice.basis, choice.plan_ids, choice.dims or None)
    return _holds(tasks, len(choice.plan_ids))


def _holds(tasks: int, plans: int) -> Markup:
    return labels.html(
        "briefing.holds",
        tasks=labels.t("common.tasks", n=tasks),
        plans=labels.t("find.plans", n=plans, plans=labels.word(plans)),
    )


def look(choice: Choice) -> Look | None:
    """The file that is chosen, made at once, so that what is shown is what is taken away; a bar tells meanwhile what is
    done. A reader's last one is kept for the session. None where it could not be made: the page says so.
    """
    key = (data.build().path, labels.lang(), labels.changed(), choice)
    held: tuple[object, Look] | None = st.session_state.get(_HELD)
    if held and held[0] == key:
        return held[1]
    place = st.empty()
    told: list[str] = []

    def tell(words: str) -> None:
        told.append(words)
        # what is read, then the file, then its pictures
        place.progress(min(len(told) / (len(choice.parts) + 3), 1.0), labels.md(words))

    try:
        with content.telling(tell), wearing(choice.issuer), origin.asked_at(choice.address):
            found = _look(choice, tell)
    except data.NoDatabase:
        raise
    except Exception:
        # a reader has no use for a traceback; whoever runs this finds it in the log
        logging.getLogger(__name__).exception("a briefing could not be made")
        tables.nothing(labels.t("common.not_made"))
        return None
    finally:
        place.empty()
    st.session_state[_HELD] = (key, found)
    return found


def _look(choice: Choice, tell: Callable[[str], None]) -> Look:
    form = choice.form
    shown = [part for part in form.parts if part in choice.parts]
    briefing = content.make(choice.plan_ids, choice.dims, shown, labels.lang(), choice.basis)
    file = content.file_name(briefing, form.ending, form.called)
    tell(labels.t("export.writing", file=file))
    made = form.make(briefing)
    tell(labels.t("briefing.drawing"))
    pictures = show.pictures(made, form.ending)
    holds = _holds(briefing.task_count, len(briefing.plans))
    if pictures:
        holds += filled(" {}", labels.html("briefing.counted", pages=show.counted(form.ending, len(pictures))))
    return Look(made, file, holds, pictures)


def take(choice: Choice, look: Look) -> None:
    """The one button. The PNG of a chart is made by the browser itself."""
    with st.container(horizontal=True, gap="medium", key="briefing-files"):
        st.download_button(
            labels.t("briefing.take", file=look.file),
            look.made,
            look.file,
            choice.form.mime,
            key=f"briefing.{choice.name}",
            on_click="ignore",
            type="primary",
            icon=":material/download:",
        )
        if choice.name == "svg":
            _png(look)


def _png(look: Look) -> None:
    said = {
        "svg": base64.b64encode(look.made).decode(),
        "file": look.file.removesuffix("svg") + "png",
        "failed": labels.t("common.not_saved_picture"),
    }
    button = joined(filled(' data-{}="{}"', name, words) for name, words in said.items())
    write.markup(
        filled('<button class="png" type="button"{}>{}</button>{}', button, labels.html("briefing.take.png"), _SAVE),
        width="content",
        javascript=True,
    )


def preview(choice: Choice, look: Look) -> None:
    """The slides, pages or sheets, small; a printable page and a chart as they are."""
    if choice.form.ending == "html":
        # in a frame of its own: as a data address, which has no origin, nothing of it can reach the dashboard
        st.iframe(
            "data:text/html;charset=utf-8;base64," + base64.b64encode(look.made).decode(),
            height=_HEIGHT,
            alt=labels.t("briefing.look"),
        )
    elif choice.form.ending == "svg":
        chart = Picture(labels.t("briefing.take.svg"), look.made.decode())
        write.markup(filled('<div class="papers">{}</div>', _small(chart)))
    elif look.pictures:
        shown, left = look.pictures[:_MOST_PICTURES], len(look.pictures) - _MOST_PICTURES
        write.markup(filled('<div class="papers">{}</div>', joined(map(_small, shown))))
        if left > 0:
            write.line("note", labels.html("briefing.more_pages", n=left))


def _small(picture: Picture) -> Markup:
    return filled('<img src="{}" alt="{}">', picture.address, picture.title)
