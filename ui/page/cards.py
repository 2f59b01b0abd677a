"""The tasks behind a choice, each on a card with all its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas
import streamlit as st
from markupsafe import Markup, escape

from ui import data
from ui.data.plans import plan_state
from ui.export import table
from ui.export import table as export_table
from ui.export.table import Table, file_name, task_columns, task_row
from ui.page import address, files, pick, picture, write
from ui.words import labels
from ui.words import plans as words_plans
from ui.words.plans import plan_name
from ui.words.units import listed, percent, reason, timing, topic_name, touches_in_words, where_link, whole, written


def show(
    name: str, chosen: str | None, head: str, find: Callable[[], tuple[str, ...]], *, basis: str, choose: str, none: str
) -> None:
    """The units behind the choice `chosen` under its `head`; `choose` where nothing is chosen, `none` where nothing is
    there.
    """
    if chosen is None:
        write.line("small", choose)
        return

    def body() -> None:
        write.head(head)
        found = data.units(find())
        if not len(found):
            write.line("small", none)
            return
        write.line("small", _counted(found))
        tasks(found, basis=basis)

    def clear() -> None:
        address.put(name, None)
        address.redraw()

    body()
    _download(name, head, data.units(find()))
    st.button(labels.t("tasks.clear"), key=f"clear.{name}", type="tertiary", on_click=clear)
    if picture.wants_dialog(name):
        st.dialog(labels.t("tasks.heading"), width="large", position="right")(body)()


def _download(name: str, head: str, units: pandas.DataFrame) -> None:
    records = units.to_dict("records")
    if not records:
        return
    plans = list(dict.fromkeys(plan_name(unit) for unit in records))
    files.save(
        f"tasks.{name}",
        labels.t("who.download", n=len(records)),
        table.file_name("tasks"),
        lambda: table.Table(table.task_columns(), [table.task_row(unit) for unit in records], head, (), plans),
    )


def _counted(units: pandas.DataFrame) -> Markup:
    key = "common.tasks" if (units["kind"] == "action").all() else "who.items"
    return labels.html(key, n=len(units))


_FIRST_CARDS = 6


# The tasks behind a cell.


def tasks(
    units: pandas.DataFrame | Sequence[Mapping[str, Any]],
    *,
    basis: str = "heading",
    name: str | None = None,
    most: int = _FIRST_CARDS,
    marked: Callable[[str], Markup] = escape,
    note: Callable[[Mapping[str, Any]], Markup] | None = None,
) -> None:
    """The units behind a cell, one card each: text, plan with level, section, lines, who, when, and what is in doubt.
    `units` comes from `data.units`. The first six (or `most`) are open, the rest one click away. `name` tells two lists
    of a page apart. `marked` makes markup of a text, `note` of what else is to be said of a unit.
    """
    kept = address.kept_query()
    records = units.to_dict("records") if isinstance(units, pandas.DataFrame) else units
    cards = [_card(unit, basis, kept, marked, note(unit) if note else Markup()) for unit in records]
    more = "tasks.more" if all(unit["kind"] == "action" for unit in records) else "tasks.more_passages"
    # the keyboard must reach what a dialog scrolls
    write.markup(
        Markup('<div class="reach" tabindex="0" role="region" aria-label="{}">{}</div>').format(
            name or labels.t("tasks.heading"), write.folded("cards", cards, most, more)
        )
    )


def _card(
    unit: Mapping[str, Any], basis: str, kept: str, marked: Callable[[str], Markup] = escape, note: Markup = Markup()
) -> Markup:
    dim = whole(unit["dim"] if basis == "heading" else unit["matched_dim"])
    shown = [write.paragraph("says", marked(unit["text"])), write.paragraph("who", note) if note else Markup()]
    plan = Markup("<b>{}</b>").format(words_plans.plan_name(unit))
    kind = Markup() if unit["kind"] == "action" else Markup(" · {}").format(labels.html("common.kind." + unit["kind"]))
    shown.append(Markup('<p class="where">{} · {}{}</p>').format(plan, where_link(unit, kept), kind))
    who = []
    leads = listed(unit["leads"])
    who.append(labels.html("tasks.lead", names=", ".join(leads)) if leads else labels.html("tasks.no_lead"))
    for role, column in (("coop", "coops"), ("monitor", "monitors")):
        if names := listed(unit[column]):
            who.append(labels.html(f"tasks.{role}", names=", ".join(names)))
    shown.append(write.paragraph("who", Markup(" · ").join(who)))
    shown.append(write.paragraph("who", labels.html("tasks.when", timing=timing(unit))))
    declared = whole(unit["declared_dim"])
    matched = whole(unit["matched_dim"])
    declared_name = topic_name(declared, written(unit["declared_sub"]), short=True)
    matched_name = topic_name(matched, written(unit["matched_sub"]), short=True)
    quotes = [] if unit["evidence"] is None or isinstance(unit["evidence"], float) else list(unit["evidence"])
    because = "; ".join(reason(item, unit) for item in quotes)
    if declared is not None:
        shown.append(write.paragraph("why", labels.html("tasks.declared", topic=declared_name)))
    if matched is not None:
        shown.append(
            write.paragraph(
                "why",
                labels.html("tasks.matched" if because else "tasks.matched_bare", topic=matched_name, because=because),
            )
        )
        runner_up = whole(unit["runner_up_dim"])
        rival = topic_name(runner_up, written(unit["runner_up_sub"]), short=True)
        said = labels.html(
            "tasks.score" if runner_up is not None else "tasks.score_alone",
            score=percent(unit["score"]),
            margin=percent(unit["margin"]),
            runner_up=rival,
        )
        shown.append(write.paragraph("why", said))
    if touched := touches_in_words(unit["touches"]):
        shown.append(write.paragraph("why", labels.html("tasks.touches", touches=touched)))
    if declared is not None and matched is not None and declared != matched:
        shown.append(write.paragraph("flag", labels.html("tasks.disagree")))
    if unit["review"]:
        shown.append(write.paragraph("flag", labels.html("tasks.review")))
    if unit["agencies_uncertain"]:
        shown.append(write.paragraph("flag", labels.html("tasks.uncertain")))
    colour = f"var(--d{dim})" if dim is not None else "var(--rule)"
    return Markup('<li class="card" style="--c:{}">{}</li>').format(colour, Markup().join(shown))


def cell(
    name: str,
    plans: Mapping[str, str],
    topics: Mapping[str, str],
    basis: str,
    *,
    offer: Callable[[str, str, str], None] | None = None,
) -> None:
    """The cell in view: its two selects, what it says, and the tasks behind it; also as a dialog when the cell was
    clicked in a picture that has no room beside it. `offer` shows what else belongs to a cell, given the plan, the
    topic and where it is shown (page or dialog); without it a cell without a task shows the tasks of other plans.
    """
    st.header(labels.t("tasks.heading"), anchor=False)
    now = pick.pick_pair(name, plans, topics, labels.t("common.plan_heading"), labels.t("tasks.topic"))
    if now is None:
        write.line("small", labels.html("tasks.choose"))
        return
    _show_cell(*now, plans, topics, basis, alone=offer is None)
    if offer:
        offer(*now, "page")
    _download_tasks(name, *now, plans, topics, basis)
    st.button(labels.t("tasks.clear"), key=f"clear.{name}", type="tertiary", on_click=_clear, args=(name,))
    if picture.wants_dialog(name):

        @st.dialog(labels.t("tasks.heading"), width="small", position="right")
        def opened() -> None:
            _show_cell(*now, plans, topics, basis, alone=offer is None)
            if offer:
                offer(*now, "dialog")

        opened()


def _clear(name: str) -> None:
    address.put(name, None)
    address.redraw()


def _show_cell(
    plan_id: str, topic: str, plans: Mapping[str, str], topics: Mapping[str, str], basis: str, *, alone: bool
) -> None:
    found = data.units(data.cell_unit_ids(basis, plan_id, topic))
    write.markup(Markup('<p class="cell-head"><b>{} · {}</b></p>').format(plans[plan_id], topics[topic]))
    if len(found):
        write.line("small", labels.html("common.tasks", n=len(found)))
        if topic.endswith("+") and (named := data.named_in_general(basis, plan_id, int(topic[:-1]))):
            said = labels.names([labels.t("tasks.named_times", sub=row["sub"], n=row["tasks"]) for row in named])
            write.line("small", labels.html("tasks.general_names", subs=said))
        tasks(found, basis=basis)
    spoken = data.touching_units(basis, plan_id, topic)
    for says in ("named", "passing", "description", "mentioned"):
        ids = tuple(row["unit_id"] for row in spoken if row["says"] == says)
        if ids:
            write.line("small", labels.html(f"tasks.says_{says}", n=len(ids)))
            tasks(data.units(ids), basis=basis)
    if len(found) or spoken:
        return
    state = plan_state(plan_id)
    write.line("small", labels.html("common.state." + ("none" if state == "read" else state)))
    if alone and (elsewhere := data.elsewhere_unit_ids(basis, plan_id, topic)):
        units = data.units(elsewhere)
        write.line("small", labels.html("tasks.elsewhere", n=len(units), plans=units["plan_id"].nunique()))
        tasks(units, basis=basis)


def _download_tasks(
    name: str, plan_id: str, topic: str, plans: Mapping[str, str], topics: Mapping[str, str], basis: str
) -> None:
    unit_ids = data.cell_unit_ids(basis, plan_id, topic)
    if unit_ids:
        files.save(
            f"tasks.{name}",
            labels.t("tasks.download", n=len(unit_ids)),
            file_name("tasks"),
            lambda: Table(
                task_columns(),
                [task_row(unit) for unit in data.units(unit_ids).to_dict("records")],
                f"{plans[plan_id]} · {topics[topic]}",
                export_table.filters(basis),
                [plans[plan_id]],
            ),
        )
