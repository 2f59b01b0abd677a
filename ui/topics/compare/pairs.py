"""The comparison's own filters, and its pairs and lists as markup.

In: a `Comparison`. Out: which plans and which bar the reader chose; pairs in two columns, words
that the other side lacks underlined; the tasks that only one plan has, in lists that open. Text of documents is escaped
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data.compare import ComparedTask
from ui.export.table import Table, file_name
from ui.page import address, files, own, write
from ui.page.select import findable
from ui.topics.compare import comparison, likeness, words
from ui.topics.compare.comparison import Comparison, TaskPair
from ui.topics.compare.tables import Rows
from ui.words import labels
from ui.words.plans import plan_name, plan_names

_FIRST_PAIRS = 8
MOST_PAIRS = 80
"""So many pairs stand on the page; the download has them all."""
_MOST_ONLY = 60
"""So many tasks of one plan and dimension stand in a list; the download has them all."""
_ASKED = "plans-asked"
SHOWN = ("tat-ca", "chu-tri", "thoi-gian", "gan-nhu")
"""What `loc` may say: all pairs, those that differ in lead, in timing, those alike nearly word for word."""


def pick_plans() -> tuple[tuple[str, ...], list[str]]:
    """Two to four plans, the reader's own in front; one where the reader has to choose another. In the address:
    `plans=a,b`.
    Where none is chosen: the reader's own and those of the filter that pages share, with others to set them against
    where that is one alone (`_default`). Gives back with them what the reader has to know about this choice.
    """
    held = plan_names()
    chosen = address.values("plans", list(held), labels.t("common.plan"))
    shared = own.first(address.values("kh", list(held), labels.t("common.plan")))
    asked = max(len(chosen or shared), st.session_state.pop(_ASKED, 0))
    chosen = chosen[: comparison.MOST_PLANS]
    address.put("plans", ",".join(chosen) or None)
    mine = own.chosen()
    shown = chosen or _default(shared)
    if mine in shown or len(chosen) == 1:
        shown = own.first(shown)
    st.session_state["w.plans"] = shown if chosen or shared else []
    with st.container(width=560):
        st.multiselect(
            labels.t("compare.plans"),
            list(held),
            key="w.plans",
            on_change=_store,
            **findable(held.__getitem__),
            placeholder=labels.t("compare.placeholder"),
            select_all=False,
        )
    notes = [labels.t("compare.too_many", most=comparison.MOST_PLANS, n=asked)] if asked > comparison.MOST_PLANS else []
    if mine and mine not in shown:
        notes.append(labels.t("compare.without_own", plan=held[mine]))
    if not (chosen or shared) and len(shown) > 1:
        notes.append(labels.t("compare.none_chosen", plans=labels.names([held[plan] for plan in shown])))
    return tuple(shown), notes


def _default(asked: Sequence[str]) -> list[str]:
    """The plans asked for; one alone with others of its level that have tasks, else with the first other; where none
    is asked for, the first two of one level, else the first two.
    """
    if len(asked) > 1:
        return list(asked[: comparison.MOST_PLANS])
    with_tasks = {row.plan_id for row in data.plan_summaries(data.Basis.HEADING) if row.tasks}
    rows = [plan for plan in data.plans() if plan.plan_id in with_tasks and plan.plan_id not in asked]
    if asked:
        level = data.plan(asked[0]).level
        alike = [plan.plan_id for plan in rows if plan.level == level] or [plan.plan_id for plan in rows[:1]]
        return [*asked, *alike[: comparison.MOST_PLANS - 1]]
    for level in dict.fromkeys(plan.level for plan in rows):
        alike = [plan.plan_id for plan in rows if plan.level == level]
        if len(alike) > 1:
            return alike[:2]
    return [plan.plan_id for plan in rows[:2]]


def _store() -> None:
    chosen = st.session_state["w.plans"]
    st.session_state[_ASKED] = len(chosen)
    chosen = chosen[: comparison.MOST_PLANS]
    address.put("plans", ",".join(chosen) or None)
    # the segment in view goes with its plan
    if (st.session_state.get("o") or "").partition("~")[0] not in chosen:
        address.put("o", None)
    address.redraw()


def pick_bar() -> int:
    """The least score of a pair. In the address: `giong=80`."""
    options = [str(bar) for bar in comparison.BARS]
    chosen = address.value("giong", options, labels.t("compare.bar_filter")) or str(comparison.BAR)
    st.session_state["w.giong"] = chosen

    def store() -> None:
        now = st.session_state["w.giong"]
        address.put("giong", None if now == str(comparison.BAR) else now)
        address.redraw()

    st.segmented_control(labels.t("compare.bar"), options, key="w.giong", required=True, on_change=store)
    return int(chosen)


def say(notes: Iterable[str]) -> None:
    """What the reader has to know beside the picture, a line each."""
    if lines := Markup().join(write.paragraph("note", note) for note in notes):
        write.markup(Markup('<div role="status">{}</div>').format(lines))


def chosen_matches(found: Comparison, shown: str, dim: int | None) -> tuple[TaskPair, ...]:
    """The pairs that the two filters over the list leave."""
    keep = {
        "tat-ca": lambda match: True,
        "chu-tri": lambda match: match.lead_differs,
        "thoi-gian": lambda match: match.time_differs,
        "gan-nhu": lambda match: match.pair.near,
    }[shown]
    return tuple(match for match in found.matches if keep(match) and (dim is None or match.left.dim == str(dim)))


def pairs(matches: Sequence[TaskPair]) -> None:
    """The pairs in two columns, the most alike first: eight open, the rest one click away, at most eighty."""
    names, kept = plan_names(), address.kept_query()
    items = [_pair(match, names, kept) for match in matches[:MOST_PAIRS]]
    markup = write.folded("pairs", items, _FIRST_PAIRS, "compare.more_pairs")
    if len(matches) > MOST_PAIRS:
        markup += write.paragraph("small", labels.html("compare.first_pairs", most=MOST_PAIRS, n=len(matches)))
    write.markup(markup)


def _pair(match: TaskPair, names: dict[str, str], kept: str) -> Markup:
    said = Markup("{} · {}").format(words.lead_relation(match), words.time_relation(match))
    near = Markup(" · <b>{}</b>").format(labels.html("compare.near")) if match.pair.near else Markup()
    middle = Markup('<div class="alike"><b>{}</b><span>/100</span><p>{}</p></div>').format(
        labels.num(match.pair.score),
        labels.html("compare.shared", left=_share(match.pair.left_shared), right=_share(match.pair.right_shared)),
    )
    colour = "var(--rule)" if match.left.dim == "x" else f"var(--d{match.left.dim})"
    left = _side(match, match.left, match.right, names, kept)
    right = _side(match, match.right, match.left, names, kept)
    return Markup('<li class="two" style="--c:{}">{}{}{}<p class="small verdict">{}{}</p></li>').format(
        colour, left, middle, right, said, near
    )


def _share(part: float) -> str:
    return labels.percent(round(1000 * part), 1000)


def _side(match: TaskPair, task: ComparedTask, other: ComparedTask, names: dict[str, str], kept: str) -> Markup:
    text = Markup().join(
        Markup("<u>{}</u>").format(piece) if lacking else piece
        for piece, lacking in likeness.parts(task.text, other.text)
    )
    lead = labels.html("tasks.lead", names=", ".join(task.leads)) if task.leads else labels.html("tasks.no_lead")
    time = labels.html("tasks.when", timing=words.when(task))
    return Markup(
        '<div class="side"><p class="topic"><span class="chip">{}</span></p><p class="says">{}</p>'
        '<p class="where"><b>{}</b> · {}</p><p class="where">{} · {}</p></div>'
    ).format(
        words.topic(task),
        text,
        names[task.plan_id],
        words.place(task, kept),
        _marked(lead, match.lead_differs),
        _marked(time, match.time_differs),
    )


def _marked(said: Markup, differs: bool) -> Markup:
    return Markup('<span class="differs">{}</span>').format(said) if differs else said


def only_lists(found: Comparison, dim: int | None) -> None:
    """Dimension by dimension the tasks that only one of the plans has, a list that opens for each plan."""
    kept = address.kept_query()
    markup = []
    for one in found.dims:
        if dim is not None and one != str(dim):
            continue
        colour = "var(--rule)" if one == "x" else f"var(--d{one})"
        lists = Markup().join(_only(plan_name(plan), found.tasks[plan.plan_id, one].only, kept) for plan in found.plans)
        lists = lists or write.paragraph("small", labels.html("compare.only_none"))
        markup.append(
            Markup('<section class="only" style="--c:{}"><h3 class="chip">{}</h3>{}</section>').format(
                colour, words.dim_name(one), lists
            )
        )
    write.markup(Markup().join(markup))


def _only(plan: str, tasks: Sequence[ComparedTask], kept: str) -> Markup:
    if not tasks:
        return Markup()
    items = Markup().join(
        Markup(
            '<li class="card"><p class="says">{}</p><p class="where">{} · {}</p><p class="who">{} · {}</p></li>'
        ).format(
            task.text,
            words.topic(task),
            words.place(task, kept),
            labels.html("tasks.lead", names=", ".join(task.leads)) if task.leads else labels.html("tasks.no_lead"),
            labels.html("tasks.when", timing=words.when(task)),
        )
        for task in tasks[:_MOST_ONLY]
    )
    rest = (
        write.paragraph("small", labels.html("compare.first_tasks", most=_MOST_ONLY, n=len(tasks)))
        if len(tasks) > _MOST_ONLY
        else Markup()
    )
    return Markup('<details class="more"><summary>{}</summary><ul class="cards">{}</ul>{}</details>').format(
        labels.html("compare.only_in", plan=plan, n=len(tasks)), items, rest
    )


def download(
    key: str, said: str, found: Comparison, make: Callable[[], Rows], title: str, filters: Sequence[str]
) -> None:
    """Quiet buttons that save a list of the comparison as CSV and for Excel."""
    plans = [plan_name(plan) for plan in found.plans]
    files.save(key, said, file_name(key, len(plans)), lambda: Table(*make(), title, filters, plans))
