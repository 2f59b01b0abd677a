"""What the search's page shows around its results: the field, how the question was read, the answer, why a passage was
found, the pages, and what to do when nothing was found.

In: a question read by `ui.topics.find.question`, what `ui.data.search` found. Out: widgets and words; what was typed stays text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data import search
from ui.data.plans import Plan
from ui.data.units import Unit
from ui.export import table
from ui.page import address, files, pick, picture, tables, write
from ui.page.cards import tasks
from ui.topics.find import facets, question
from ui.topics.find import picture as charts
from ui.words import labels
from ui.words.letters import unmarked
from ui.words.markup import filled
from ui.words.plans import plan_name

ORDERS = {"gan": "nearness", "ke-hoach": "reading"}
"""What `xep` says in the address: words near each other first (default), or as plans have them."""
MOST_LETTERS = 400
"""So long a question may be."""
MOST_ROWS = 10_000
"""So many passages go into one file."""
_MOST_DROPPED = 8


class _Any(Collection[str]):
    """What was typed may be anything."""

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Numbers(_Any):
    """The numbers of the pages there are."""

    def __init__(self, last: int) -> None:
        self.last = last

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and text.isdecimal() and len(text) < 12 and 1 <= int(text) <= self.last


def _ask(text: str) -> None:
    address.put("q", text or None)
    address.put("trang", None)


def pick_words() -> str:
    """The field, first on the page; in the address: `q`."""
    text = (address.value("q", _Any(), "") or "").strip()
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rpartition(" ")[0] or text[:MOST_LETTERS]
        address.put("q", text)
        write.line("note", labels.html("find.too_long", n=MOST_LETTERS), role="status")
    st.session_state["w.q"] = text
    st.text_input(
        labels.t("find.field"),
        key="w.q",
        type="search",
        on_change=lambda: _ask(st.session_state["w.q"].strip()),
        max_chars=MOST_LETTERS,
        placeholder=labels.t("find.placeholder"),
        autocomplete="off",
    )
    write.line("small", labels.html("find.how"))
    return text


def _quoted(query: question.Query) -> str:
    return " ".join(dict.fromkeys(word.read_as or word.typed for word in query.words))


def answer(query: question.Query, spread: charts.Spread) -> Markup:
    """The answer to the title: how many passages, in how many plans, most of them where."""
    plans = charts.in_plans(spread)
    if not spread.total:
        return (
            labels.html("find.answer_none", words=_quoted(query))
            if query.words
            else labels.html("find.answer_none_chosen")
        )
    said = [
        labels.html("find.answer_words", n=spread.total, words=_quoted(query), plans=plans)
        if query.words
        else labels.html("find.answer_all", n=spread.total, plans=plans)
    ]
    most = [(sum(row[at] for row in spread.cells.values()), plan) for at, plan in enumerate(spread.columns) if plan]
    top = max(most, key=lambda pair: pair[0])
    if spread.plans > 1 and [n for n, _ in most].count(top[0]) == 1:
        said.append(labels.html("find.answer_most", plan=plan_name(top[1]), m=top[0]))
    return Markup(" ").join(said)


def say_readings(text: str, query: question.Query) -> None:
    """As which words a misspelt one was read, with a button that asks for it as typed; words that no plan has; how the
    results are ordered.
    """
    if query.left_out:
        write.line("note", labels.html("find.left_out", n=question.MOST_WORDS), role="status")
    read = [word for word in query.words if word.read_as and word.typed]
    if read:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="readings"):
            said = Markup("; ").join(labels.html("find.read_as", word=word.read_as, typed=word.typed) for word in read)
            write.line("note", said, role="status", width="content")
            literal = text
            for word in read:
                literal = question.quoted(literal, word.typed)
            st.button(labels.t("find.as_typed"), key="as-typed", type="tertiary", on_click=_ask, args=(literal,))
    for word in query.unknown:
        write.line("note", labels.html("find.unknown", word=word.typed[:60]), role="status")


def why(unit: Mapping[str, Any], query: question.Query) -> Markup:
    """Why a passage stands here, as markup: how its words stand together, or in which agency's name they are."""
    if not query.words:
        return Markup()
    met = question.window(unit["text"], query)
    if met is None:
        hit = {
            name: question.hit_count(name, query)
            for name in dict.fromkeys([*unit["written"], *unit["leads"], *unit["coops"], *unit["monitors"]])
        }
        names = [question.marked(name, query) for name, n in hit.items() if n and n == max(hit.values())]
        return filled("{} {}", labels.html("find.why_agency"), Markup("; ").join(names))
    size, in_order = met
    if len(query.words) == 1:
        return Markup()
    return (
        labels.html("find.why_together") if in_order else labels.html("find.why_window", n=len(query.words), size=size)
    )


def cards(units: Sequence[Unit], query: question.Query, basis: data.Basis) -> None:
    """The passages of one page, what was hit marked, and why each stands there; first whether all of them hold the words
    apart from each other.
    """
    met = [question.window(unit.text, query) for unit in units] if len(query.words) > 1 else []
    if met and not any(one is None or one[1] for one in met):
        write.line("note", labels.html("find.apart"), role="status")
    tasks(
        units,
        basis=basis,
        name=labels.t("find.results"),
        most=search.PAGE,
        marked=lambda text: question.marked(text, query),
        note=lambda unit: why(unit, query),
    )


def pick_page(total: int, place: str, *, with_order: bool = False) -> int:
    """Which page of the results; in the address: `trang`. Also their order, `xep`."""
    last = -(-total // search.PAGE)
    at = int(address.value("trang", _Numbers(last), labels.t("find.page")) or 1)

    def go(page: int) -> None:
        address.put("trang", str(page) if page > 1 else None)

    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"pages-{place}"):
        first = (at - 1) * search.PAGE + 1
        write.line(
            "small",
            labels.html("find.range", first=first, last=min(total, first + search.PAGE - 1), n=total),
            width="content",
        )
        if last > 1:
            st.button(
                labels.t("find.previous"),
                key=f"previous.{place}",
                type="tertiary",
                disabled=at == 1,
                on_click=go,
                args=(at - 1,),
            )
            st.button(
                labels.t("find.next"),
                key=f"next.{place}",
                type="tertiary",
                disabled=at == last,
                on_click=go,
                args=(at + 1,),
            )
        if with_order:
            _pick_order()
        if place == "bottom" and last > 2:
            st.session_state["w.trang"] = at
            st.number_input(
                labels.t("find.page_of", n=last),
                1,
                last,
                key="w.trang",
                width=160,
                on_change=lambda: go(int(st.session_state["w.trang"])),
            )
    return at


def _pick_order() -> None:
    now = address.value("xep", tuple(ORDERS), labels.t("find.order")) or "gan"
    st.session_state["w.xep"] = now

    def store() -> None:
        address.put("xep", None if st.session_state["w.xep"] == "gan" else st.session_state["w.xep"])
        address.put("trang", None)

    st.selectbox(
        labels.t("find.order"),
        list(ORDERS),
        key="w.xep",
        on_change=store,
        width=300,
        label_visibility="collapsed",
        format_func=lambda one: labels.t(f"find.order_{ORDERS[one]}"),
    )


def take_cell() -> bool:
    """A click on a bar of the picture chooses its plan and its dimension; whether the picture stood below the results,
    so that they are to be shown on top.
    """
    cells = pick.Pairs(facets.options("plan"), facets.options("dim"))
    cell = address.value("o", cells, labels.t("common.cell"))
    if not cell:
        return False
    plan, _, dim = cell.partition("~")
    address.put("o", None)
    address.redraw()
    facets.put("plan", (plan,))
    facets.put("dim", (dim,))
    return picture.wants_dialog("o")


def nothing(query: question.Query, asked: search.Asked) -> None:
    """When nothing was found: each condition that could fall, and how many passages that would give back, the most
    first.
    """
    left = search.regained(asked)
    offers: list[tuple[int, str, Any, tuple[Any, ...]]] = []
    for facet, n in left.facets.items():
        names = ", ".join(facets.options(facet)[value] for value in getattr(asked.chosen, facet))
        offers.append((n, f"{facets.title(facet)}: {names}", facets.put, (facet, ())))
    if len(query.words) > 1:
        for at, (word, n) in enumerate(zip(query.words[:_MOST_DROPPED], left.words)):
            others = query.without(at)
            if not others.unknown and word.typed:
                said = " ".join(one.read_as or one.typed for one in others.words if one.typed)
                offers.append((n, labels.t("find.word", word=word.typed), _ask, (said,)))
    if query.words:
        offers.append((left.all_words, labels.t("find.all_words"), _ask, ("",)))
    bare = unmarked(" ".join(word.typed for word in query.words))
    if query.words and bare != " ".join(word.typed for word in query.words):
        unmarked_too = question.asked(question.read(bare), asked.chosen, asked.basis, asked.by_nearness, asked.plans)
        n = search.count(unmarked_too)
        offers.append((n, labels.t("find.marks"), _ask, (bare,)))
    offers = sorted((offer for offer in offers if offer[0]), key=lambda offer: -offer[0])
    if offers:
        tables.nothing(labels.t("find.nothing_drop"))
        with st.container(key="offers", gap="small"):
            for place, (n, what, act, args) in enumerate(offers):
                st.button(
                    labels.t("find.offer", what=labels.md(what), n=n), key=f"offer.{place}", on_click=act, args=args
                )
    else:
        tables.nothing(labels.t("find.nothing_clear"))
    st.button(labels.t("find.anew"), key="anew", type="tertiary", on_click=_anew)


def _anew() -> None:
    facets.clear()
    _ask("")


def download(results: search.Found, query: question.Query, total: int) -> None:
    """The passages found as a CSV and for Excel, made when asked for."""

    def content() -> table.Table:
        units = data.cards(search.page(results, 0, MOST_ROWS))
        plans = list(dict.fromkeys(plan_name(unit) for unit in units))
        said = [
            *(
                [labels.t("find.csv_words", words=" ".join(word.typed for word in query.words if word.typed))]
                if query.words
                else []
            ),
            *table.filters(results.asked.basis),
            *facets.said(results.asked.chosen),
            *([labels.t("find.csv_first", n=MOST_ROWS, of=total)] if total > MOST_ROWS else []),
        ]
        return table.Table(
            table.task_columns(), [table.task_row(unit) for unit in units], labels.t("find.results"), said, plans
        )

    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        label = (
            labels.t("find.download", n=total)
            if total <= MOST_ROWS
            else labels.t("find.download_first", n=MOST_ROWS, of=total)
        )
        files.save("found", label, table.file_name("find"), content)
        write.copy_link()


def plans_of(spread: charts.Spread) -> list[Plan]:
    """The plans that have a column of the picture, for the file of its numbers."""
    shown = [plan.plan_id for plan in spread.columns if plan]
    return [plan for plan in data.plans() if plan.plan_id in shown]
