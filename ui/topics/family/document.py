"""A plan beside the one before as a Word document, for whoever has to say what was carried over, and prove it.

In: a plan, the earlier one (None where none is held), the way of counting. Out: the answer, what has to be known of both, and
every unit of both with its words and its place, what is not found again first. Where two plans cannot be compared the document
says why, and which plan is meant but not held.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from carried import MOST_UNITS
from ui.data.family import KinUnit
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.export import decree, plain, table, word
from ui.topics.family import comparison, words
from ui.topics.family.comparison import Family, Fate
from ui.words import labels, units
from ui.words.letters import slug
from ui.words.offices import offices
from ui.words.plans import plan_name

_ORDER = ("gone", "changed", "new", "same")
"""What a leader asks first stands first."""
_WIDTHS = (11.0, 96.0, 96.0, 44.0)
"""Of the number, both texts and what changed, in millimetres of a page that lies across."""
_LONGEST = 3000


def file_name(plan: Plan) -> str:
    """What the file is called: "nam-truoc-bac-kan-2021.docx"."""
    return f"{labels.t('family.file')}-{slug(plan.plan_id)}.docx"


def make(plan: Plan, earlier: Plan | None, basis: Basis) -> bytes:
    """The document in the reader's language."""
    document = word.new(labels.t("family.paper_title", plan=plan_name(plan)), landscape=True)
    name = labels.t("family.paper_title", plan=plan_name(plan)).upper()
    word.paragraph(document, word.Run(name, bold=True, size=14), align="center", after=2, next_too=True)
    under = labels.t("family.paper_under", earlier=plan_name(earlier)) if earlier else labels.t("family.paper_alone")
    word.paragraph(document, word.Run(under, bold=True), align="center", next_too=True)
    decree.points(document, [decree.cited(one) for one in (earlier, plan) if one])
    lacking = words.missing(plan, earlier)
    found = None if lacking or earlier is None else comparison.family(basis, plan.plan_id, earlier.plan_id)
    if found:
        _say(document, [words.answer(found).striptags(), *words.cautions(found), labels.t("family.paper_bold")])
    else:
        _say(document, [lacking or labels.t("family.too_long", most=MOST_UNITS)])
    _say(document, [f"{said} {quote}" if quote else said for said, quote, _ in words.relations(plan)])
    if found:
        _parts(document, found)
        _say(document, [labels.t("family.rule")])
    plans = [plan_name(one) for one in (plan, earlier) if one]
    for line in table.about(table.filters(basis), plans):
        word.paragraph(document, word.Run(line, italic=True, size=word.SMALL), after=2)
    return word.save(document)


def _say(document: Any, said: Iterable[str]) -> None:
    for sentence in said:
        word.paragraph(document, sentence)


def _parts(document: Any, found: Family) -> None:
    """A table for each state that is not empty: tasks before other passages, each in the order of the later plan."""
    for state in _ORDER:
        fates = sorted((fate for fate in found.fates if fate.state == state), key=lambda fate: not fate.is_task)
        if not fates:
            continue
        tasks = found.count(state)
        others = len({fate.unit.unit_id for fate in fates if not fate.is_task})
        counts = {"common.tasks": tasks, "family.paper_others": others}
        counted = labels.names([labels.t(key, n=n) for key, n in counts.items() if n])
        word.heading(document, f"{words.state_name(found, state)}: {counted}")
        headings = [
            labels.t("report.column.number"),
            words.name(found.earlier),
            words.name(found.plan),
            labels.t("family.changes_heading"),
        ]
        rows = [_row(at, fate) for at, fate in enumerate(fates, 1)]
        word.table(document, headings, _WIDTHS, rows, size=10, align=("center",))


def _row(at: int, fate: Fate) -> list[word.Cell]:
    before, after = fate.earlier, fate.later
    marked = words.pieces(before.text, after.text) if before and after else None
    sides = [_side(one, said) for one, said in zip((before, after), marked or (None, None))]
    told: list[word.Line] = [words.changes(fate)]
    if fate.nearest:
        where = units.where(fate.nearest)
        text = labels.t("family.quoted", text=plain.cut(fate.nearest.text, _LONGEST, where))
        told += [word.Run(text, italic=True, size=9), word.Run(where, italic=True, size=9)]
    return [labels.num(at), *sides, told]


def _side(unit: KinUnit | None, marked: list[tuple[str, bool]] | None) -> list[word.Line]:
    """What one of the plans says: its words, in bold where only it has them; where they stand, who leads, and when."""
    if unit is None:
        return ["–"]
    text: word.Line = (
        [word.Run(piece, bold=differs) for piece, differs in marked]
        if marked and len(unit.text) <= _LONGEST
        else plain.cut(unit.text, _LONGEST, units.where(unit))
    )
    small = [units.where(unit), offices(unit.leads) or labels.t("office.nobody"), units.timing(unit)]
    if unit.kind != "action":
        small = [labels.t(f"common.kind.{unit.kind}"), *small]
    return [text, word.Run(" · ".join(map(plain.text, small)), italic=True, size=9)]
