"""What the page of the briefing asks and shows: plans, dimensions and parts to choose, a look at the result, the files.

In: the reader's choices, kept in the address (`kh` plans, `nds` dimensions, `phan` parts). Out: widgets; each file is
made when it is asked for.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.export.briefing import content, picture
from ui.export.briefing import html as page
from ui.export.briefing.formats import FORMATS, Format
from ui.export.office import Office, wearing
from ui.page import address, own, pick, tables, write
from ui.page.files import later
from ui.words import labels
from ui.words.remember import remember

_HEIGHT = 720

# A button of class "png" draws the SVG that it holds at twice the size of a slide and saves it: in the browser, without
# a server. What the SVG holds is only ever the source of a picture, where no script runs. Constant text.
_SAVE = Markup(f"<script>{Path(__file__).with_name('save.js').read_text(encoding='utf-8')}</script>")


def pick_plans() -> tuple[Plan, ...]:
    """The plans the reader picked. None until then: which plans a document speaks of is not for us to guess; the page
    says what to choose, and one button takes all. The reader's own plan is one.
    """
    plans = pick.pick_plans(alone=True, placeholder=labels.t("briefing.plans_placeholder"))
    return plans if own.chosen() or "kh" in address.kept() else ()


def choose() -> None:
    """Words where no plan is chosen yet, and all plans one click away, or as many as the page shows side by side."""
    tables.nothing(labels.t("briefing.choose"))
    held = [plan.plan_id for plan in data.plans()]
    plan_ids = held[: pick.MOST_PLANS]
    if plan_ids:
        st.button(
            labels.t("briefing.take_all" if plan_ids == held else "briefing.take_first", n=len(plan_ids)),
            key="briefing-all",
            on_click=address.put,
            args=("kh", ",".join(plan_ids)),
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


def files(
    plan_ids: Sequence[str], dims: tuple[int, ...], parts: tuple[str, ...], basis: Basis, look: Look, issuer: Office
) -> None:
    """One button a format; the file is made in the language of the page when its button is pressed, in the name of the
    office that issues it. The chart's PNG is made by the browser itself.
    """
    language = labels.lang()
    with st.container(horizontal=True, gap="medium", key="briefing-files"):
        for ending, form in FORMATS.items():

            @wearing(issuer)
            def made(form: Format = form) -> bytes:
                return form.make(content.make(plan_ids, dims, parts, language, basis))

            st.download_button(
                labels.t(f"briefing.take.{ending}"),
                later(made, form.sorry),
                look.names[ending],
                form.mime,
                key=f"briefing.{ending}",
                on_click="ignore",
                icon=":material/download:",
            )
        button = Markup().join(
            Markup(' data-{}="{}"').format(name, words)
            for name, words in {
                "svg": look.svg,
                "file": look.names["svg"].removesuffix("svg") + "png",
                "failed": labels.t("common.not_saved_picture"),
            }.items()
        )
        write.markup(
            Markup('<button class="png" type="button"{}>{}</button>{}').format(
                button, labels.html("briefing.take.png"), _SAVE
            ),
            width="content",
            javascript=True,
        )


@dataclass(frozen=True)
class Look:
    """How a briefing will look: as a printable page and, in base64, as its chart alone; what its files are called; and
    what it holds, as markup.
    """

    printable: str
    svg: str
    names: Mapping[str, str]
    holds: str


def look(plan_ids: tuple[str, ...], dims: tuple[int, ...], parts: tuple[str, ...], basis: Basis) -> Look | None:
    """The look of a briefing; a bar tells meanwhile what is being read. None where it could not be made: the page says
    so.
    """
    place = st.empty()
    steps = len(parts) + 1
    told: list[str] = []

    def tell(words: str) -> None:
        told.append(words)
        place.progress(min(len(told) / steps, 1.0), labels.md(words))

    try:
        with content.telling(tell):
            return _look(plan_ids, dims, parts, basis)
    except data.NoDatabase:
        raise
    except Exception:
        # a reader has no use for a traceback; whoever runs this finds it in the log
        logging.getLogger(__name__).exception("a briefing could not be made")
        tables.nothing(labels.t("common.not_made"))
        return None
    finally:
        place.empty()


@remember
def _look(plan_ids: tuple[str, ...], dims: tuple[int, ...], parts: tuple[str, ...], basis: Basis) -> Look:
    made = content.make(plan_ids, dims, parts, labels.lang(), basis)
    return Look(
        page.make(made).decode(),
        base64.b64encode(picture.make(made)).decode(),
        {ending: content.file_name(made, ending) for ending in FORMATS},
        labels.html(
            "briefing.holds",
            tasks=labels.t("common.tasks", n=made.task_count),
            plans=labels.t("find.plans", n=len(made.plans), plans=labels.word(len(made.plans))),
        ),
    )


def show(look: Look) -> None:
    """The printable page in a frame of its own: as a data address, which has no origin, nothing of it can reach the
    dashboard.
    """
    st.iframe(
        "data:text/html;charset=utf-8;base64," + base64.b64encode(look.printable.encode()).decode(),
        height=_HEIGHT,
        alt=labels.t("briefing.look"),
    )
