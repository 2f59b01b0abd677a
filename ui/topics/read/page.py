"""The page that shows a plan: which plan, its title and answer, the strip, the document, and beside it the unit in
view.

In the address: `ke` the plan, `doan` the unit in view (its place in the plan), `xem` whether only what was left is
shown, `phan` the part of a long document, or that all of it stands on the page (`het`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data.document import Line
from ui.data.plans import Plan
from ui.export import table
from ui.page import address, files, paging, pick, write
from ui.topics.read import bridge, document, review
from ui.topics.read.unit import markup
from ui.topics.read.view import View
from ui.words import labels, places
from ui.words.markup import filled, joined
from ui.words.plans import how_sure
from ui.words.remember import remember
from ui.words.units import place

_WHOLE = "het"
_STYLE = Markup(f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>")
# Streamlit takes drawings (svg) out of markup, so the marks of the key are boxes and borders.
_MARKS = {
    "solid": Markup('<i class="mark solid" aria-hidden="true"></i>'),
    "hollow": Markup('<i class="mark hollow" aria-hidden="true"></i>'),
    "spoke": Markup('<mark class="d2" aria-hidden="true">Aa</mark>'),
    "other": Markup('<mark class="d6 o" aria-hidden="true">Aa</mark>'),
    "flag": Markup('<i class="mark" aria-hidden="true">⚑</i>'),
}


def title() -> str:
    """The page's question as markdown, with the number of the plan and whose it is."""
    chosen = pick.shown_plan()
    if chosen is None:
        return labels.t("read.title_none")
    plan = data.plan(chosen)
    whose, number = labels.md(labels.pick(plan, "short").removesuffix(f" {_year(plan)}")), plan.number
    if number:
        return labels.t("read.title", number=labels.md(number), whose=whose)
    return " ".join(labels.t("read.title_bare", whose=whose, year=_year(plan)).split())


def _year(plan: Plan) -> str:
    return str(plan.year or "")


def pick_plan() -> Plan | None:
    """The plan that is read; where the address names one that is not there, its unit is none of this one."""
    asked = address.asked("ke")
    plan = pick.pick_plan("doan", "phan")
    if asked and plan and asked != plan.plan_id:
        no_unit()
    return plan


def no_unit() -> None:
    """The unit that a link names is none of the plan that is shown."""
    address.value("doan", (), labels.t("read.one"))


def unread(plan: Plan) -> str:
    """Why a plan could not be read, and what to do."""
    return str(labels.pick(plan, "unread")) if plan.status == "not_read" else labels.t("common.state.no_plan")


@remember
def answer(view: View) -> Markup:
    """The answer as markup: whose and when, so many lines, units, tasks, and what a person should look at."""
    issued = view.plan.issued
    whose = labels.html(
        "read.answer_of" if issued else "read.answer_undated",
        issuer=view.plan.issuer,
        day=labels.day(issued),
        now=f" ({places.now(view.plan)})" if places.has_moved(view.plan) else "",
    )
    if view.plan.doc_type != "plan":
        whose = filled("{} · {}", labels.html("common.doc_type." + view.plan.doc_type), whose)
    if view.plan.is_recognised:
        whose = Markup(" ").join((whose, labels.html("read.by_ocr", sure=how_sure(view.plan))))
    if not view.units:
        return Markup(" ").join((whose, labels.html("read.answer_empty", n=len(view.lines))))
    tasks, doubts = sum(unit.kind == "action" for unit in view.units.values()), len(view.findings)
    read = labels.html("read.answer", lines=len(view.lines), n=len(view.units), tasks=tasks)
    sure = labels.html("read.answer_doubts", n=doubts) if doubts else labels.html("read.answer_sure")
    seen = labels.html("read.answer_reviewed", n=view.reviewed) if view.reviewed else Markup()
    return Markup(" ").join(filter(None, (whose, read, sure, seen, letters(view.plan))))


def letters(plan: Plan) -> Markup:
    """How many of the file's letters were read, as markup; nothing where nobody can count them."""
    if not plan.letters:
        return Markup()
    key = "read.letters_lost" if plan.letters_lost else "read.letters"
    return labels.html(key, n=plan.letters, lost=plan.letters_lost or 0)


def strip(view: View) -> None:
    """The plan's own order, over the document."""
    write.markup(_STYLE + document.strip(view))
    with st.container(key="screen"):
        write.markup(_key())
        write.line("small", labels.html("read.strip"))


def _key() -> Markup:
    """One line that explains the marks of the strip and of the document, as markup."""
    shown = joined(
        filled("<li>{}<span>{}</span></li>", drawing, labels.html(f"read.key.{mark}"))
        for mark, drawing in _MARKS.items()
    )
    return filled('<ul class="key">{}</ul>', shown)


def part(view: View, *, left: bool) -> Part:
    """Which lines stand on the page: all; of a long document the part in which the unit in view begins, else the one that the
    address names, unless the reader wants the whole.
    """
    lines = document.shown_lines(view, left=left)
    if len(lines) <= document.MOST_LINES:
        return Part(lines)
    if address.asked("phan") == _WHOLE:
        return Part(lines, is_long=True)
    last = -(-len(lines) // document.PART_LINES)
    unit = address.asked("doan") or ""
    place = next((at for at, line in enumerate(lines) if unit in map(str, line.ordinals or ())), None)
    if place is not None:
        address.put("phan", str(place // document.PART_LINES + 1))
    return Part(lines, address.number("phan", last, labels.t("read.part")) or 1, last, is_long=True)


@dataclass(frozen=True)
class Part:
    """A part of the lines that are shown, of so many parts; 0 of 0 where all stand on the page."""

    lines: Sequence[Line]
    at: int = 0
    last: int = 0
    is_long: bool = False

    @property
    def here(self) -> slice:
        """Which of the lines."""
        first = (self.at - 1) * document.PART_LINES
        return slice(first, first + document.PART_LINES) if self.at else slice(None)

    @property
    def span(self) -> tuple[int, int] | None:
        """The numbers of its first and its last line; None where all stand on the page."""
        return (self.lines[self.here][0].line, self.lines[self.here][-1].line) if self.at else None

    def holds(self, ordinal: int) -> bool:
        """Whether a unit can be shown in it: it has a line of the unit, or no part has."""
        own = {at for at, line in enumerate(self.lines) if ordinal in (line.ordinals or ())}
        return not self.at or not own or not own.isdisjoint(range(*self.here.indices(len(self.lines))))

    def of_line(self, number: int) -> int:
        """The part that has a line, or the next that is shown."""
        before = sum(line.line < number for line in self.lines)
        return min(before // document.PART_LINES + 1, self.last)


def text(view: View, shown: Part, *, left: bool) -> None:
    """The document."""
    st.header(labels.t("read.document"), anchor=False)
    if left:
        roles = view.roles()
        said = labels.names([labels.t(f"read.lines.{role}", n=roles[role]) for role in document.ROLES if roles[role]])
        note = labels.html("read.left_note", n=roles.total() - roles["unit"], lines=roles.total(), roles=said)
        write.line("small", note)
    if shown.is_long:
        _whole_or_part(view, shown)
    _turn(shown, "above")
    write.markup(document.markup(view, left=left, part=shown.here))
    _turn(shown, "below")


def _whole_or_part(view: View, shown: Part) -> None:
    """What a reader of a long document has to know, a button for all of it or for parts again, and the way to its search."""
    whole = not shown.at
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="document-parts"):
        write.line("small", labels.html("read.whole_note" if whole else "read.part_note", parts=shown.last))
        st.button(
            labels.t("read.by_parts" if whole else "read.whole"),
            key="read.whole",
            type="tertiary",
            on_click=_go,
            args=(None if whole else _WHOLE,),
        )
        search = f"tim-viec?{urlencode(address.kept(kh=view.plan_id), safe='~,')}"
        write.markup(filled('<p class="small"><a href="{}">{}</a></p>', search, labels.html("read.search")))


def _turn(shown: Part, place: str) -> None:
    """Which lines these are, and the ways to the part before and the next."""
    if not shown.at:
        return
    here = shown.here.indices(len(shown.lines))
    said = labels.html(
        "read.part_range", first=here[0] + 1, last=here[1], n=len(shown.lines), at=shown.at, of=shown.last
    )
    paging.steps(f"document-{place}", shown.at, shown.last, said, lambda at: _go(str(at)))


def _go(part: str | None) -> None:
    """To a part, or the whole; the unit in view stands in another."""
    address.put("phan", part)
    address.put("doan", None)


def downloads(plan: Plan) -> None:
    """What was read of the plan, unit by unit and line by line, as files."""
    plans = [plan]
    with st.container(horizontal=True, gap="medium", key="files"):
        files.download(
            "read.download_units",
            labels.t("read.download_units"),
            lambda: _unit_rows(plan.plan_id),
            title=labels.t("read.download_units"),
            plans=plans,
        )
        files.download(
            "read.download_lines",
            labels.t("read.download_lines"),
            lambda: _line_rows(plan.plan_id),
            title=labels.t("read.download_lines"),
            plans=plans,
        )


def _unit_rows(plan_id: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    units = data.units(tuple(unit.unit_id for unit in data.plan_units(plan_id)))
    return table.task_columns(), [table.task_row(unit) for unit in units]


def _line_rows(plan_id: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    columns = {name: labels.t(f"read.column_{name}") for name in ("line", "role", "units", "text")}
    return columns, [
        {
            "line": place(line.place) or line.line,
            "role": labels.t(f"method.role.{line.role}"),
            "units": ", ".join(map(str, line.ordinals or ())),
            "text": line.text,
        }
        for line in data.document(plan_id)
    ]


def _put(ordinal: int | None) -> None:
    address.put("doan", None if ordinal is None else str(ordinal))


@st.fragment
def beside(view: View, shown: Part) -> None:
    """The unit in view, or the table of contents. Runs alone when a unit is chosen: the document stays as it is, unless the
    unit, or the line that the reader asks for, is in another part of it.
    """
    ordinals = list(view.units)
    asked = address.value("doan", {str(ordinal) for ordinal in ordinals}, labels.t("read.one"))
    chosen = int(asked) if asked else None
    if (chosen and not shown.holds(chosen)) or (shown.at and address.asked("phan") not in (None, str(shown.at))):
        st.rerun(scope="app")

    def line(value: str) -> None:
        if value.isdecimal() and shown.at:
            _go(str(shown.of_line(int(value))))

    # always in one place: elsewhere it would be another, and forget what it showed
    bridge.unit(
        chosen,
        shown.span,
        lambda value: _put(int(value) if value.isdecimal() and int(value) in ordinals else None),
        line,
    )
    with st.container(key="beside-unit" if chosen else "beside-contents"):
        if chosen is None:
            write.markup(write.paragraph("small", labels.html("read.choose")) + _contents(view))
            review.listed(view)
            return
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            at = ordinals.index(chosen)
            for key, there, label in (
                ("before", ordinals[at - 1] if at else None, "‹"),
                ("after", ordinals[at + 1] if at + 1 < len(ordinals) else None, "›"),
            ):
                words = labels.t(f"read.{key}", ordinal=str(there)) if there else label
                st.button(words, key=f"read.{key}", disabled=there is None, on_click=_put, args=(there,))
            st.button(labels.t("read.close"), key="read.close", type="tertiary", on_click=_put, args=(None,))
            write.copy_link()
        write.markup(markup(view, chosen, address.kept_query()))
        review.offer(view, view.units[chosen])


@remember
def _contents(view: View) -> Markup:
    """The headings as a list of links to their lines."""
    items = joined(
        filled(
            '<li><a href="#dong-{}">{}</a> <small>{}</small></li>',
            line,
            words,
            labels.html("read.units", n=units) if units else Markup(),
        )
        for line, words, units in document.contents(view)
    )
    return (
        filled(
            '<nav class="toc" aria-label="{}"><h2 class="unit-head">{}</h2><ul>{}</ul></nav>',
            labels.html("read.contents"),
            labels.html("read.contents"),
            items,
        )
        if items
        else Markup()
    )
