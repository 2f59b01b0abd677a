"""The comparison's own filters, and its pairs and lists as markup.

In: a `Comparison`. Out: which plans and which bar the reader chose; each task beside its counterparts, the matter that
both name marked and words that stand in both underlined; the tasks that only one plan has, in lists that open. Text of
documents is escaped here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data.compare import ComparedTask, Named
from ui.export.table import Table, file_name
from ui.page import address, files, filters, own, pick, write
from ui.page.select import findable, offered
from ui.topics.compare import comparison, likeness, tables, words
from ui.topics.compare.comparison import Comparison, Pairs, TaskPair
from ui.topics.compare.tables import Rows
from ui.words import labels
from ui.words.markup import filled, joined
from ui.words.offices import lead
from ui.words.plans import plan_name, plan_names
from ui.words.remember import remember, remember_few

_OPEN = {"pairs": 5, "maybe": 0}
"""So many tasks with their counterparts are open at first; the others are put together when a reader opens them."""
_MOST = {"pairs": 40, "maybe": 15}
"""So many pairs stand on the page, and so many that may be; the downloads have them all."""
MOST_DIFFERENCES = 10
"""So many pairs stand in the table of leads and timings that differ; the download of pairs has them all."""
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
    held, left = plan_names(), [plan.plan_id for plan in filters.shown()]
    chosen = address.values("plans", held, labels.t("common.plan"))
    if not left and not chosen and filters.is_set():
        pick.nothing()
    shared = own.first(left if address.asked("kh") else [])
    asked = max(len(chosen or shared), st.session_state.pop(_ASKED, 0))
    chosen = chosen[: comparison.MOST_PLANS]
    address.put("plans", ",".join(chosen) or None)
    mine = own.chosen()
    shown = chosen or _default(shared, [plan.plan_id for plan in filters.plans()])
    if mine in shown or len(chosen) == 1:
        shown = own.first(shown)
    st.session_state["w.plans"] = shown if chosen or shared else []
    with st.container(width=560):
        offer = offered("plans", left, held, labels.t("compare.plans"), shown=shown)
        st.multiselect(
            labels.t("compare.plans"),
            offer.options,
            key="w.plans",
            on_change=_store,
            **findable(held.__getitem__),
            placeholder=offer.said or labels.t("compare.placeholder"),
            select_all=False,
        )
    notes = [labels.t("compare.too_many", most=comparison.MOST_PLANS, n=asked)] if asked > comparison.MOST_PLANS else []
    if mine and mine not in shown:
        notes.append(labels.t("compare.without_own", plan=held[mine]))
    if not (chosen or shared) and len(shown) > 1:
        notes.append(labels.t("compare.none_chosen", plans=labels.names([held[plan] for plan in shown])))
    return tuple(shown), notes


def _default(asked: Sequence[str], left: Sequence[str]) -> list[str]:
    """The plans asked for; one alone with others of its level that have tasks, else with the first other; where none
    is asked for, the first two of one level, else the first two. Others are of those that the filters leave, or of all
    where a plan was picked by name.
    """
    if len(asked) > 1:
        return list(asked[: comparison.MOST_PLANS])
    with_tasks = {row.plan_id for row in data.plan_summaries(data.Basis.HEADING) if row.tasks}
    others = with_tasks.difference(asked).intersection(left if len(left) > 1 else with_tasks)
    rows = [plan for plan in data.plans() if plan.plan_id in others]
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
    if (address.chosen("o") or "").partition("~")[0] not in chosen:
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

    st.segmented_control(labels.t("compare.bar"), options, key="w.giong", required=True, on_change=store, wrap=True)
    return int(chosen)


def say(notes: Iterable[str]) -> None:
    """What the reader has to know beside the picture, a line each."""
    if lines := joined(write.paragraph("note", note) for note in notes):
        write.markup(filled('<div role="status">{}</div>', lines))


@remember_few
def chosen_matches(found: Comparison, shown: str, dim: int | None) -> Pairs:
    """The pairs that the two filters over the list leave."""
    chosen = found.matches
    if shown == "chu-tri":
        chosen = chosen.where(chosen.lead_differs)
    elif shown == "thoi-gian":
        chosen = chosen.where(chosen.time_differs)
    elif shown == "gan-nhu":
        chosen = chosen.where(chosen.near)
    return chosen if dim is None else chosen.where(chosen.on(str(dim)))


@remember_few
def chosen_maybe(found: Comparison, dim: int | None) -> Pairs:
    """The same of what may correspond."""
    return found.maybe if dim is None else found.maybe.where(found.maybe.on(str(dim)))


def pairs(found: Comparison, matches: Pairs, kind: str, filters: Sequence[str]) -> None:
    """The pairs, each task of the left plan once with its counterparts, the most alike first: a few groups open, the rest
    one click away, and no more than a page can bear; and all of them to be taken away. `kind` is "pairs", or "maybe" for
    what may correspond.
    """
    most, kept = _MOST[kind], address.kept_query()
    groups = comparison.groups(matches.alike, most)
    if first := groups[: _OPEN[kind]]:
        write.markup(_groups(matches, tuple(first), kept))
    if rest := groups[_OPEN[kind] :]:
        name = labels.t(f"compare.more_{kind}", n=len(rest))
        opened = st.expander(name, key=f"more.{kind}", on_change="rerun", type="compact")
        if opened.open:
            with opened:
                write.markup(_groups(matches, tuple(rest), kept))
    if len(matches) > most:
        write.line("small", labels.html("compare.first_pairs", most=most, n=len(matches)))
    said = labels.t(f"compare.download_{kind}", n=len(matches))
    download(f"compare.{kind}", said, found, lambda: tables.matches(matches), filters)


@remember_few
def _groups(matches: Pairs, groups: tuple[tuple[int, ...], ...], kept: str) -> Markup:
    """Some of the pairs, by their places in groups of one left task."""
    shown = [[matches[at] for at in group] for group in groups]
    named = _named([match for group in shown for match in group])
    return filled('<ul class="pairs">{}</ul>', joined(_group(named, group, kept) for group in shown))


def _named(shown: Sequence[TaskPair]) -> dict[str, list[Named]]:
    """By task of these pairs: the matters that its words name."""
    named: dict[str, list[Named]] = defaultdict(list)
    tasks = dict.fromkeys(task.unit_id for match in shown for task in (match.left, match.right))
    for one in data.named_matters(tuple(tasks)):
        named[one.unit_id].append(one)
    return named


def _group(named: Mapping[str, Sequence[Named]], group: Sequence[TaskPair], kept: str) -> Markup:
    """One task beside all that corresponds to it; its own words are marked by its best counterpart."""
    left, best = group[0].left, group[0]
    colour = "var(--rule)" if left.dim == "x" else f"var(--d{left.dim})"
    others = joined(_counterpart(match, _spans(named, match, match.right), kept) for match in group)
    count = labels.html("compare.counterparts", n=len(group)) if len(group) > 1 else ""
    return filled(
        '<li class="two" style="--c:{}"><div>{}<p class="small">{}</p></div><ul>{}</ul></li>',
        colour,
        _side(best, True, _spans(named, best, left), kept),
        count,
        others,
    )


Spans = tuple[tuple[int, int], ...]
"""Where a text names a matter: from character to before character."""


def _spans(named: Mapping[str, Sequence[Named]], match: TaskPair, task: ComparedTask) -> Spans:
    """Where a task of a pair names the matters that both share."""
    return tuple(
        (one.first, one.last)
        for one in named.get(task.unit_id, ())
        if one.matter in match.alike.matters and one.first is not None and one.last is not None
    )


@remember
def _counterpart(match: TaskPair, named: Spans, kept: str) -> Markup:
    near = filled(" · <b>{}</b>", labels.html("compare.near")) if match.near else Markup()
    return filled(
        '<li><p class="alike"><b>{}</b>/100 <span>{}</span></p>{}<p class="small">{} · {}{}</p></li>',
        labels.num(match.points),
        words.shares(match),
        _side(match, False, named, kept),
        words.lead_relation(match),
        words.time_relation(match),
        near,
    )


_MARKS = {"matter": "<mark>{}</mark>", "shared": "<u>{}</u>", "": "{}"}


@remember
def _said(text: str, other: str, named: Spans) -> Markup:
    """A text with what it shares with another marked: the same in every address, as its links are not."""
    return joined(filled(_MARKS[kind], piece) for piece, kind in likeness.parts(text, other, named))


@remember
def _side(match: TaskPair, is_left: bool, named: Spans, kept: str) -> Markup:
    task, other = (match.left, match.right) if is_left else (match.right, match.left)
    time = labels.html("tasks.when", timing=words.when(task))
    return filled(
        '<div class="side"><p class="topic"><span class="chip">{}</span></p><p class="says">{}</p>'
        '<p class="where"><b>{}</b> · {}</p><p class="where">{} · {}</p></div>',
        words.topic(task),
        _said(task.text, other.text, named),
        plan_names()[task.plan_id],
        words.place(task, kept),
        _marked(lead(task.leads), match.lead_differs),
        _marked(time, match.time_differs),
    )


def _marked(said: Markup, differs: bool) -> Markup:
    return filled('<span class="differs">{}</span>', said) if differs else said


def only_lists(found: Comparison, dim: int | None) -> None:
    """Dimension by dimension the tasks that only one of the plans has, a list that opens for each plan."""
    write.markup(_only_lists(found, dim, address.kept_query()))


@remember_few
def _only_lists(found: Comparison, dim: int | None, kept: str) -> Markup:
    markup = []
    for one in found.dims:
        if dim is not None and one != str(dim):
            continue
        colour = "var(--rule)" if one == "x" else f"var(--d{one})"
        lists = joined(_only(plan_name(plan), found.tasks[plan.plan_id, one].only, kept) for plan in found.plans)
        lists = lists or write.paragraph("small", labels.html("compare.only_none"))
        markup.append(
            filled(
                '<section class="only" style="--c:{}"><h3 class="chip">{}</h3>{}</section>',
                colour,
                words.dim_name(one),
                lists,
            )
        )
    return joined(markup)


def _only(plan: str, tasks: Sequence[ComparedTask], kept: str) -> Markup:
    if not tasks:
        return Markup()
    items = joined(_card(task, kept) for task in tasks[:_MOST_ONLY])
    rest = (
        write.paragraph("small", labels.html("compare.first_tasks", most=_MOST_ONLY, n=len(tasks)))
        if len(tasks) > _MOST_ONLY
        else Markup()
    )
    return filled(
        '<details class="more"><summary>{}</summary><ul class="cards">{}</ul>{}</details>',
        labels.html("compare.only_in", plan=plan, n=len(tasks)),
        items,
        rest,
    )


@remember
def _card(task: ComparedTask, kept: str) -> Markup:
    return filled(
        '<li class="card"><p class="says">{}</p><p class="where">{} · {}</p><p class="who">{} · {}</p></li>',
        task.text,
        words.topic(task),
        words.place(task, kept),
        lead(task.leads),
        labels.html("tasks.when", timing=words.when(task)),
    )


def download(key: str, said: str, found: Comparison, make: Callable[[], Rows], filters: Sequence[str]) -> None:
    """Quiet buttons that save a list of the comparison as CSV and for Excel."""
    plans = [plan_name(plan) for plan in found.plans]
    files.save(key, said, file_name(key, len(plans)), lambda: Table(*make(), words.title(found), filters, plans))
