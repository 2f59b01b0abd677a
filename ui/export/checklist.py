"""One office's checklist: all that a plan gives one agency, to be ticked off with a pen or with a mouse.

In: a plan and an agency by the plan's own name. Out: a Word document (A4 across, boxes to tick, the head on every page)
or an Excel workbook (filters, a list to choose the state from). What names the agency stands before what means it only
as one of a group, and each says where in the plan it stands.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui import data
from ui.data.plans import Plan
from ui.data.units import Unit
from ui.data.who import GivenUnit, Reformed
from ui.draw.palette import DIM
from ui.export import excel, plain, table, word
from ui.export.office import worn
from ui.words import dates, labels, plans, units
from ui.words.letters import slug
from ui.words.offices import office, since, successor

ROLES = ("lead", "coop", "monitor")
PARTS = (*ROLES, "grouped", "concerned")
"""The sections, in their order: named in a role, meant as one of a group, meant as far as concerned."""
BEARINGS = ("dated", "rhythm", "worded", "undated")
STATES = ("open", "begun", "done", "not_ours")
ENDINGS = ("docx", "xlsx")
_ACROSS = (14.0, 12.0, 88.0, 33.0, 39.0, 20.0, 20.0, 21.0)
_LONGEST_TEXT = 3000


@dataclass(frozen=True)
class Item:
    """One thing to do. `agency` is who the plan gives it to; `role` the strongest of its roles in it; `through` the groups
    by which it is meant, "" where it is named; `cited` its place as a paper cites it.
    """

    unit_id: str
    agency: str
    part: str
    role: str
    through: str
    kind: str
    text: str
    topic: str
    when: str
    start: datetime.date | None
    end: datetime.date | None
    bearing: str
    others: tuple[str, ...]
    section: str
    lines: str
    place: str
    cited: str
    uncertain: bool


@dataclass(frozen=True)
class Checklist:
    """What a plan gives one agency; `today` says who holds its work now, "" where nothing is known to have changed."""

    plan: Plan
    agency: str
    today: str
    items: tuple[Item, ...]


def read(plan_id: str, agency: str) -> Checklist:
    """The checklist, earliest date first, then what has no date in the plan's own order."""
    return Checklist(data.plan(plan_id), agency, today(plan_id, agency), items(plan_id, (agency,)))


def items(plan_id: str, agencies: tuple[str, ...]) -> tuple[Item, ...]:
    """All that a plan gives these agencies, which are one office today: each unit once, in the strongest role that one
    of them has in it, in the order of a checklist.
    """
    given = [(agency, row) for agency in agencies for row in data.given_units(plan_id, agency)]
    cards = {unit.unit_id: unit for unit in data.units(tuple({row.unit_id for _, row in given}))}
    strongest: dict[str, Item] = {}
    for agency, row in given:
        item = _item(row, cards[row.unit_id], agency, agencies, plan_id)
        held = strongest.get(item.unit_id)
        if held is None or PARTS.index(item.part) < PARTS.index(held.part):
            strongest[item.unit_id] = item
    found = tuple(strongest.values())
    if len(agencies) == 1:
        return found
    return tuple(sorted(found, key=lambda item: (item.end is None, item.end or item.start or datetime.date.max)))


def of(found: Iterable[Item], part: str) -> list[Item]:
    """The items of one part."""
    return [item for item in found if item.part == part]


def _item(row: GivenUnit, unit: Unit, agency: str, agencies: tuple[str, ...], plan_id: str) -> Item:
    role, through = min(row.roles, key=ROLES.index), row.through or ()
    others = []
    for name, held in (("lead", unit.leads), ("coop", unit.coops), ("monitor", unit.monitors)):
        if names := [other for other in held if other not in agencies and other not in through]:
            others.append(labels.t(f"tasks.{name}", names=", ".join(_beside(plan_id, other) for other in names)))
    return Item(
        unit_id=row.unit_id,
        agency=agency,
        part=role if not through else "grouped" if row.is_meant else "concerned",
        role=role,
        through="; ".join(through),
        kind=unit.kind,
        text=plain.text(unit.text),
        topic=units.topic_name(unit.dim, unit.sub, short=True) if unit.kind == "action" else "",
        when=plain.text(units.timing(unit)),
        start=row.due_from,
        end=row.due_to,
        bearing=row.bearing,
        others=tuple(others),
        section=unit.section,
        lines=units.span(unit),
        place=units.where(unit),
        cited=units.cited(unit),
        uncertain=row.uncertain,
    )


def _beside(plan_id: str, agency: str) -> str:
    """Who else has a part, by the plan's name, and what became of it in the reform of 2025: "Sở Tài nguyên và Môi trường
    (nay là Sở Nông nghiệp và Môi trường)".
    """
    found = data.reformed(plan_id, agency)
    if found is None or found.office == agency:
        return office(agency)
    now = labels.t("checklist.beside_now", office=found.office) if found.office else labels.t("checklist.beside_open")
    return f"{office(agency)} ({now})"


def today(plan_id: str, agency: str) -> str:
    """Who holds the agency's work today, in a sentence; "" where the reform of 2025 did not change it."""
    found = data.reformed(plan_id, agency)
    if found is None or found.office == agency:
        return ""
    day = since(found)
    if found.office:
        said = labels.t("checklist.now", agency=office(agency), office=office(found.office), day=day)
    else:
        said = labels.t("checklist.split", agency=office(agency), day=day, offices="; ".join(choices(found)))
    return f"{said} {labels.t('checklist.to_check')}" if found.to_check else said


def choices(found: Reformed) -> list[str]:
    """Who may hold the work of an agency today: "Sở Y tế (bảo trợ xã hội, trẻ em)", or what became of it."""
    return list(map(successor, found.successors))


def file_name(plan_id: str, agency: str, ending: str) -> str:
    """ "viec-can-lam-ubnd-cap-xa-binh-dinh-2022.docx": the same for the same choice, without marks."""
    return f"{labels.t('checklist.file')}-{slug(agency)[:40].strip('-')}-{slug(plan_id)}.{ending}"


def make(plan_id: str, agency: str, ending: str, lang: str) -> bytes:
    """The checklist as a file; `ending` is one of ENDINGS, `lang` vi or en. An agency that the plan gives nothing gets
    a file that says so.
    """
    with labels.speaking(lang):
        found = read(plan_id, agency)
        return _word(found) if ending == "docx" else _excel(found)


# What both files say.


def _title(found: Checklist) -> str:
    return labels.t("checklist.title", agency=office(found.agency))


def said(parts: Mapping[str, int]) -> str:
    """The parts that are not empty, in words: "22 việc chủ trì và 9 việc giao chung cho nhóm"."""
    return labels.names([labels.t(f"checklist.count_{part}", n=parts[part]) for part in PARTS if parts[part]])


def counts(found: Checklist) -> str:
    """How many in which role, and how many have a date."""
    if not found.items:
        return labels.t("checklist.nothing", agency=office(found.agency))
    counted = labels.t("checklist.counts", n=len(found.items), parts=said(Counter(item.part for item in found.items)))
    return f"{counted} {labels.t('checklist.times', parts=times(found.items))}"


def times(found: Iterable[Item]) -> str:
    """How many have a date, a rhythm, a time that is no day, none: "3 việc có ngày và 2 việc định kỳ hoặc thường xuyên"."""
    counted = Counter(item.bearing for item in found)
    return labels.names([labels.t(f"checklist.time_{name}", n=counted[name]) for name in BEARINGS if counted[name]])


def _about(found: Checklist) -> list[str]:
    plan = found.plan
    source = ", ".join(
        words for words in (plan.issuer, plan.number or "", labels.day(plan.issued) if plan.issued else "") if words
    )
    return [
        labels.t("checklist.source", title=plan.title, source=source, file=plan.file),
        labels.t("checklist.rule"),
        *table.about(filters=(f"{labels.t('who.agency')}: {found.agency}",), plan_names=[plans.plan_name(plan)]),
    ]


def _states() -> list[str]:
    return [labels.t(f"checklist.state.{state}") for state in STATES]


# Word.


def _word(found: Checklist) -> bytes:
    document = word.new(f"{_title(found)} – {plans.plan_name(found.plan)}", landscape=True)
    word.paragraph(
        document, word.Run(_title(found).upper(), bold=True, size=14), align="center", after=2, next_too=True
    )
    word.paragraph(
        document,
        word.Run(
            labels.t("checklist.under", plan=plain.text(found.plan.title), name=plans.plan_name(found.plan)), bold=True
        ),
        align="center",
        next_too=True,
    )
    if issuer := worn().name:
        word.paragraph(document, labels.t("checklist.reports_to", office=issuer))
    for words in (counts(found), found.today):
        if words:
            word.paragraph(document, words)
    tables(document, found.items, found.agency)
    for line in _about(found):
        word.paragraph(document, word.Run(line, italic=True, size=11), after=2)
    return word.save(document)


def tables(document: Any, found: Sequence[Item], agency: str, *, as_paper: bool = False) -> None:
    """The items as tables with boxes to tick, part by part; `as_paper` cites no line of our text and says under which
    name the plan gives an office its task.
    """
    number = 0
    for part in PARTS:
        if inside := of(found, part):
            word.heading(document, labels.t(f"checklist.part.{part}", n=len(inside)))
            if part in ("grouped", "concerned"):
                note = word.Run(labels.t(f"checklist.part_{part}", agency=office(agency)), italic=True)
                word.paragraph(document, note, next_too=True)
            columns = ("box", "number", "text", "when", "with", "done", "by", "note")
            word.table(
                document,
                [labels.t(f"checklist.column.{name}") for name in columns],
                _ACROSS,
                [_row(item, number + at, agency, as_paper) for at, item in enumerate(inside, 1)],
                size=10.5,
                align=("center", "center"),
            )
            number += len(inside)


def _row(item: Item, number: int, agency: str, as_paper: bool) -> list[word.Cell]:
    place = item.cited if as_paper else item.place
    small = [place, item.topic or labels.t(f"common.kind.{item.kind}")]
    if item.agency != agency:
        small.append(labels.t("checklist.given_as", agency=office(item.agency)))
    text: list[word.Line] = [
        plain.cut(item.text, _LONGEST_TEXT, place),
        word.Run(" · ".join(small), italic=True, size=9),
    ]
    when: list[word.Line] = (
        [word.Run(dates.date_words(item.start, item.end), bold=True)] if item.start or item.end else []
    )
    return [word.TickBox(), labels.num(number), text, [*when, item.when], with_whom(item), "", "", ""]


def with_whom(item: Item) -> list[str]:
    """Who else has a part in it, and by which group the agency is meant."""
    group = (
        [labels.t("checklist.through", role=labels.t(f"who.role.{item.role}"), group=item.through)]
        if item.through
        else []
    )
    return [*group, *item.others, *([labels.t("checklist.uncertain")] if item.uncertain else [])]


# Excel.

_COLUMNS = {
    "number": 5,
    "state": 12,
    "role": 10,
    "text": 58,
    "when": 20,
    "end": 11,
    "others": 30,
    "place": 16,
    "done": 11,
    "by": 14,
    "note": 18,
    "through": 24,
    "kind": 14,
    "topic": 28,
    "start": 12,
    "bearing": 16,
    "section": 14,
    "lines": 10,
    "uncertain": 14,
}
_PRINTED = 11
"""The first columns are printed; the rest are there to filter by."""


def _excel(found: Checklist) -> bytes:
    book = excel.Book(_title(found))
    sheet = book.sheet(labels.t("checklist.sheet"))
    top = book.head(
        sheet,
        f"{_title(found)} – {plans.plan_name(found.plan)}",
        [line for line in (counts(found), found.today) if line],
    )
    order = [item for part in PARTS for item in of(found.items, part)]
    book.table(
        sheet,
        {name: labels.t(f"checklist.column.{name}") for name in _COLUMNS},
        list(_COLUMNS.values()),
        [_record(item, at) for at, item in enumerate(order, 1)],
        top=top,
    )
    sheet.print_area(0, 0, top + max(len(order), 1), _PRINTED - 1)
    if order:
        state, done, last = list(_COLUMNS).index("state"), list(_COLUMNS).index("done"), top + len(order)
        sheet.data_validation(
            top + 1,
            state,
            last,
            state,
            {
                "validate": "list",
                "source": _states(),
                "error_title": labels.t("checklist.column.state"),
                "error_message": labels.t("checklist.choose_state"),
            },
        )
        sheet.data_validation(
            top + 1,
            done,
            last,
            done,
            {
                "validate": "date",
                "criteria": ">=",
                "value": datetime.date(2000, 1, 1),
                "ignore_blank": True,
                "error_title": labels.t("checklist.column.done"),
                "error_message": labels.t("checklist.write_day"),
            },
        )
        sheet.conditional_format(
            top + 1,
            0,
            last,
            len(_COLUMNS) - 1,
            {
                "type": "formula",
                "criteria": f'=$B{top + 2}="{_states()[STATES.index("done")]}"',
                "format": book.book.add_format({"font_color": DIM[0], "font_strikeout": True}),
            },
        )
    book.about([_title(found), *_about(found)])
    return book.bytes()


def _record(item: Item, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "state": _states()[0],
        "role": labels.t(f"who.role.{item.role}"),
        "through": item.through,
        "text": item.text,
        "kind": labels.t(f"common.kind.{item.kind}"),
        "topic": item.topic,
        "when": item.when,
        "start": item.start,
        "end": item.end,
        "bearing": labels.t(f"due.bearing.{item.bearing}"),
        "others": " · ".join(with_whom(item)),
        "place": item.place,
        "section": item.section,
        "lines": item.lines,
        "uncertain": item.uncertain,
        "done": "",
        "by": "",
        "note": "",
    }
