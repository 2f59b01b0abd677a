"""The tasks behind a choice, each on a card: what a reader needs first, how sure it is, and the evidence folded away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup, escape

from ui import data
from ui.data.plans import plan_state
from ui.data.review import decided_ids
from ui.data.topic import Basis, Topic
from ui.data.units import Unit
from ui.export import table
from ui.page import address, files, paging, pick, picture, write
from ui.words import labels
from ui.words.markup import filled, joined
from ui.words.offices import lead, offices
from ui.words.plans import plan_name
from ui.words.units import (
    briefly,
    certainty,
    decided,
    doubts,
    second,
    timing,
    topic_name,
    touched_names,
    touches_in_words,
    where_link,
)


def show(
    name: str,
    chosen: str | None,
    head: str,
    find: Callable[[], tuple[str, ...]],
    *,
    basis: Basis,
    choose: str,
    none: str,
) -> None:
    """The units behind the choice `chosen` under its `head`; `choose` where nothing is chosen, `none` where nothing is
    there.
    """
    if chosen is None:
        write.line("small choose", choose)
        return

    found = data.units(find())
    page = paging.page(len(found))

    def body() -> None:
        write.head(head)
        if not found:
            write.line("small", none)
            return
        write.line("small", _counted(found))
        tasks(found[page.here], basis=basis)

    def clear() -> None:
        address.put(name, None)
        address.redraw()

    body()
    paging.turn(page)
    _download(name, head, found)
    st.button(labels.t("tasks.clear"), key=f"clear.{name}", type="tertiary", on_click=clear)
    if picture.wants_dialog(name):
        st.dialog(labels.t("tasks.heading"), width="large", position="right")(body)()


def _download(name: str, head: str, units: Sequence[Unit]) -> None:
    if not units:
        return
    plans = list(dict.fromkeys(plan_name(unit) for unit in units))
    files.save(
        f"tasks.{name}",
        labels.t("who.download", n=len(units)),
        table.file_name("tasks"),
        lambda: table.Table(table.task_columns(), [table.task_row(unit) for unit in units], head, (), plans),
    )


def _counted(units: Sequence[Unit]) -> Markup:
    key = "common.tasks" if all(unit.kind == "action" for unit in units) else "who.items"
    return labels.html(key, n=len(units))


_FIRST_CARDS = 6
_REASONS = 3


# The tasks behind a cell.


def tasks(
    units: Sequence[Unit],
    *,
    basis: Basis = Basis.HEADING,
    name: str | None = None,
    most: int = _FIRST_CARDS,
    marked: Callable[[str], Markup] = escape,
    note: Callable[[Unit], Markup] | None = None,
) -> None:
    """The units behind a cell, one card each: text, plan with level, section, lines, who, when, what it touches, and
    how sure that is; evidence one click away.
    The first six (or `most`) are open, the rest one click away. `name` tells two lists of a page apart. `marked` makes
    markup of a text, `note` of what else is to be said of a unit.
    """
    kept = address.kept_query()
    cards = [_card(unit, basis, kept, marked, note(unit) if note else Markup()) for unit in units]
    more = "tasks.more" if all(unit.kind == "action" for unit in units) else "tasks.more_passages"
    # the keyboard must reach what a dialog scrolls
    write.markup(
        filled(
            '<div class="reach" tabindex="0" role="region" aria-label="{}">{}</div>',
            name or labels.t("tasks.heading"),
            write.folded("cards", cards, most, more),
        )
    )


def _card(
    unit: Unit, basis: Basis, kept: str, marked: Callable[[str], Markup] = escape, note: Markup = Markup()
) -> Markup:
    plan = filled("<b>{}</b>", plan_name(unit))
    kind = Markup() if unit.kind == "action" else filled(" · {}", labels.html("common.kind." + unit.kind))
    shown = [
        write.paragraph("says", marked(unit.text)),
        write.paragraph("who", note) if note else Markup(),
        filled('<p class="where">{} · {}{}</p>', plan, where_link(unit, kept), kind),
        write.paragraph("who", _who(unit)),
        write.paragraph("who", labels.html("tasks.when", timing=timing(unit))),
        write.paragraph("who", _about(unit, basis)),
        write.paragraph("who", certainty(unit)),
        *(write.paragraph("flag", words) for words in doubts(unit)),
        write.hidden("why", labels.html("tasks.why"), [write.paragraph("why", words) for words in _why(unit)]),
    ]
    dim, _ = unit.topic(basis)
    colour = f"var(--d{dim})" if dim is not None else "var(--rule)"
    return filled('<li class="card" style="--c:{}">{}</li>', colour, joined(shown))


def _who(unit: Unit) -> Markup:
    """Who leads, works with and watches, as markup."""
    said = [lead(unit.leads)]
    for role, names in (("coop", unit.coops), ("monitor", unit.monitors)):
        if names:
            said.append(labels.html(f"tasks.{role}", names=offices(names)))
    return Markup(" · ").join(said)


def _about(unit: Unit, basis: Basis) -> Markup:
    """What it counts for, and the other sub-dimensions that it touches, as markup."""
    topic = topic_name(*unit.topic(basis), short=True)
    touched = touched_names(unit.touches)
    return labels.html("tasks.about_also" if touched else "tasks.about", topic=topic, touched=touched)


def _why(unit: Unit) -> list[Markup]:
    """What the plan declares, what its words say and why, and which words name what else they touch, as markup."""
    said = []
    if unit.declared_dim is not None:
        topic = topic_name(unit.declared_dim, unit.declared_sub, short=True)
        said.append(labels.html("tasks.declared", topic=topic))
    if unit.unit_id in decided_ids():
        said.append(labels.html("tasks.reviewed", topic=topic_name(unit.matched_dim, unit.matched_sub, short=True)))
    elif unit.matched_dim is not None:
        because = "; ".join(briefly(item) for item in unit.evidence[:_REASONS])
        topic = topic_name(unit.matched_dim, unit.matched_sub, short=True)
        said.append(labels.html("tasks.matched" if because else "tasks.matched_bare", topic=topic, because=because))
        said += filter(None, [decided(unit, unit.evidence, unit.touches, unit.plan_id), second(unit, unit.evidence)])
    if touched := touches_in_words(unit.touches):
        said.append(labels.html("tasks.touches", touches=touched))
    return said


def cell(
    name: str,
    plans: Mapping[str, str],
    topics: Mapping[str, str],
    basis: Basis,
    *,
    offer: Callable[[str, Topic, str], None] | None = None,
) -> None:
    """The cell in view: its two selects, what it says, and the tasks behind it; also as a dialog when the cell was
    clicked in a picture that has no room beside it. `offer` shows what else belongs to a cell, given the plan, the
    topic and where it is shown (page or dialog); without it a cell without a task shows the tasks of other plans.
    """
    st.header(labels.t("tasks.heading"), anchor=False)
    chosen = pick.pick_pair(name, plans, topics, labels.t("common.plan_heading"), labels.t("tasks.topic"))
    if chosen is None:
        write.line("small choose", labels.html("tasks.choose"))
        return
    plan_id, topic = chosen[0], Topic.of(chosen[1])
    head = f"{plans[plan_id]} · {topics[chosen[1]]}"

    def body(where: str) -> None:
        _show_cell(plan_id, topic, head, basis, alone=offer is None)
        if offer:
            offer(plan_id, topic, where)

    body("page")
    _download_tasks(name, plan_id, topic, head, basis)
    st.button(labels.t("tasks.clear"), key=f"clear.{name}", type="tertiary", on_click=_clear, args=(name,))
    if picture.wants_dialog(name):
        st.dialog(labels.t("tasks.heading"), width="small", position="right")(body)("dialog")


def _clear(name: str) -> None:
    address.put(name, None)
    address.redraw()


def _show_cell(plan_id: str, topic: Topic, head: str, basis: Basis, *, alone: bool) -> None:
    found = data.units(data.cell_unit_ids(basis, plan_id, topic))
    write.head(head)
    if found:
        write.line("small", labels.html("common.tasks", n=len(found)))
        if topic.general and topic.dim and (named := data.named_in_general(basis, plan_id, topic.dim)):
            said = labels.names([labels.t("tasks.named_times", sub=one.sub, n=one.tasks) for one in named])
            write.line("small", labels.html("tasks.general_names", subs=said))
        tasks(found, basis=basis)
    spoken = data.touching_units(basis, plan_id, topic)
    for says in ("named", "passing", "description", "mentioned"):
        if ids := tuple(one.unit_id for one in spoken if one.says == says):
            key = "tasks.also_named" if says == "named" and found else f"tasks.says_{says}"
            write.line("small", labels.html(key, n=len(ids)))
            tasks(data.units(ids), basis=basis)
    added = data.amending_unit_ids(basis, plan_id, topic)
    if added:
        write.line("small", labels.html("tasks.amending", n=len(added)))
        tasks(data.units(added), basis=basis)
    if found or spoken or added:
        return
    state = plan_state(plan_id)
    write.line("small", labels.html("common.state." + ("none" if state == "read" else state)))
    if alone and (units := data.units(data.elsewhere_unit_ids(basis, plan_id, topic))):
        plans = len({unit.plan_id for unit in units})
        write.line("small", labels.html("tasks.elsewhere", n=len(units), plans=plans))
        tasks(units, basis=basis)


def _download_tasks(name: str, plan_id: str, topic: Topic, head: str, basis: Basis) -> None:
    unit_ids = data.cell_unit_ids(basis, plan_id, topic)
    if unit_ids:
        files.save(
            f"tasks.{name}",
            labels.t("tasks.download", n=len(unit_ids)),
            table.file_name("tasks"),
            lambda: table.Table(
                table.task_columns(),
                [table.task_row(unit) for unit in data.units(unit_ids)],
                head,
                table.filters(basis),
                [plan_name(data.plan(plan_id))],
            ),
        )
