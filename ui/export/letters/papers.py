"""What the letters say: a letter that assigns or, outside the People's Committees, asks; one that urges, and a submission to the higher office.

In: a plan, an addressee with its items, the office that is worn. Out: a Word document each, by Nghị định 30/2020/NĐ-CP:
a letter has its office's checklist as its annex. Deadlines for answers, who is in charge and what is asked of the
higher office are nobody's to make up: marked blanks.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from ui import data
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.export import checklist, decree, plain, word
from ui.export.checklist import Item
from ui.export.decree import END, points, say
from ui.export.letters.addressees import Addressee, Left
from ui.export.office import BLANK, worn
from ui.words import dates, handed, labels
from ui.words.offices import office

KINDS = ("assign", "remind", "submit")
SOON = datetime.timedelta(days=30)
"""What ends within so many days from now is said apart."""
WHEN = ("passed", "soon", "later", "rhythm", "worded", "undated")
_BASES = 2
"""So many lines for the legal basis of a submission."""


def letter(plan: Plan, to: Addressee, kind: str, today: datetime.date) -> bytes:
    """A letter to one office, with its checklist."""
    subject = labels.t(to.wording(f"letters.subject.{kind}"))
    document = word.new(f"{subject}: {to.name}")
    decree.letterhead(document, "letter", labels.t("letters.about", subject=subject))
    decree.addressed(document, [to.said])
    if not to.office:
        say(
            document,
            labels.t("letters.decide", agency=office(to.agencies[0]), choices="; ".join(to.choices), blank=BLANK),
        )
    if to.to_check:
        say(document, labels.t("letters.check", agency=to.said))
    if to.basis:
        say(document, to.basis)
    _assign(document, plan, to) if kind == "assign" else _remind(document, plan, to, today)
    decree.signature(document, "letter")
    decree.annex(document, "", labels.t(to.wording("letters.annex"), office=to.said), "letter", landscape=True)
    checklist.tables(document, to.items, to.name, as_paper=True)
    return word.save(document)


def _assign(document: Any, plan: Plan, to: Addressee) -> None:
    parts = checklist.said(Counter(item.part for item in to.items))
    say(
        document,
        labels.t(
            to.wording("letters.assign"),
            plan=decree.cited(plan),
            office=decree.named(),
            to=to.said,
            n=len(to.items),
            parts=parts,
        ),
    )
    undated = sum(item.bearing == "undated" for item in to.items)
    asked = [
        labels.t(to.wording("letters.carry_out"), to=to.said, times=checklist.times(to.items)),
        *([labels.t("letters.set_dates", n=undated, office=decree.named(), blank=BLANK)] if undated else []),
        labels.t(to.wording("letters.report_back"), office=decree.named(), blank=BLANK),
        labels.t("letters.contact", blank=BLANK),
    ]
    for at, words in enumerate(asked, 1):
        say(document, f"{at}. {words}")
    decree.end(document, labels.t(to.wording("letters.assign_end"), to=to.said, office=decree.named(), end=END))


def _remind(document: Any, plan: Plan, to: Addressee, today: datetime.date) -> None:
    say(
        document,
        labels.t(
            to.wording("letters.remind"), plan=decree.cited(plan), to=to.said, n=len(to.items), day=labels.day(today)
        ),
    )
    counted = Counter(when(item, today) for item in to.items)
    points(
        document, [labels.t(f"letters.when.{name}", n=counted[name], days=SOON.days) for name in WHEN if counted[name]]
    )
    say(document, labels.t("letters.not_known"))
    say(document, labels.t(to.wording("letters.remind_ask"), to=to.said, office=decree.named(), blank=BLANK))
    decree.end(document, labels.t("letters.remind_end", to=to.said, end=END))


def when(item: Item, today: datetime.date) -> str:
    """Where the time that a plan names stands today: passed, soon, later; a rhythm, a time that is no
    day, or none as the plan says."""
    if item.bearing != "dated":
        return item.bearing
    if item.end is None or item.end > today + SOON:
        return "later"
    return "passed" if item.end < today else "soon"


def submission(plan: Plan, to: Sequence[Addressee], left: Sequence[Left]) -> bytes:
    """The submission of the whole: who is to get what, what has to be decided, and the list of offices as its annex."""
    subject = labels.t("letters.submit_subject", plan=decree.cited(plan, first=False))
    document = word.new(subject)
    decree.letterhead(document, "submission")
    decree.title(document, labels.t("letters.submission"), subject)
    decree.addressed(document, [worn().said("submit_to")])
    for at in range(_BASES):
        end = "." if at == _BASES - 1 else ";"
        say(document, labels.t("letters.legal_basis", blank=BLANK, end=end), italic=True)
    say(document, labels.t("letters.submits", office=decree.named(), plan=decree.cited(plan)))
    decree.section(document, labels.t("letters.need"))
    decree.to_write(document)
    decree.section(document, labels.t("letters.content"))
    sure, open_ = [one for one in to if one.office], [one for one in to if not one.office]
    units = {item.unit_id for one in to for item in one.items}
    say(document, labels.t("letters.gives", n=len(units), offices=len(sure)))
    _without_lead(document, plan, units)
    if moved := [one for one in sure if one.basis]:
        say(document, labels.t("letters.successors", n=len(moved)))
        points(document, [one.basis for one in moved])
    if open_:
        say(document, labels.t("letters.open", n=len(open_)))
        points(
            document,
            [
                labels.t(
                    "letters.open_one", agency=office(one.agencies[0]), n=len(one.items), choices="; ".join(one.choices)
                )
                for one in open_
            ],
        )
    for why in ("group", "loose", "own"):
        if names := [office(one.agency) for one in left if one.why == why]:
            n = sum(one.n for one in left if one.why == why)
            say(document, labels.t(f"letters.of_{why}", names=labels.names(names), n=n))
    decree.section(document, labels.t("report.proposals"))
    decree.to_write(document)
    decree.end(document, labels.t("letters.submit_end", to=worn().said("submit_to"), end=END))
    decree.signature(document, "submission")
    decree.annex(document, "", labels.t("letters.list"), "submission", landscape=True)
    _list(document, to)
    return word.save(document)


def _without_lead(document: Any, plan: Plan, listed: Collection[str]) -> None:
    """What the lists leave open: the tasks that name no lead, and those of them that stand in nobody's list."""
    said = handed.without_lead(plan.plan_id, as_paper=True)
    if not said:
        return
    unlisted = set(data.leaderless_unit_ids(Basis.HEADING, (plan.plan_id,))).difference(listed)
    if unlisted:
        said.insert(1, labels.t("letters.unlisted", n=len(unlisted)))
    say(document, plain.text(" ".join(said)))


def _list(document: Any, to: Sequence[Addressee]) -> None:
    parts = checklist.PARTS
    headings = [labels.t(f"letters.column.{name}") for name in ("number", "to", "named", "n", *parts, "last")]
    word.table(
        document,
        headings,
        (11.0, 60.0, 60.0, 16.0, *[17.0] * len(parts), 15.0),
        [
            [
                labels.num(at),
                office(one.office) if one.office else word.Run(BLANK, marked=True),
                "; ".join(map(office, one.agencies)),
                labels.num(len(one.items)),
                *(labels.num(len(checklist.of(one.items, part))) for part in parts),
                dates.date_words(None, latest(one.items)),
            ]
            for at, one in enumerate(to, 1)
        ],
        size=10,
        align=("center", "left", "left", *["center"] * (len(parts) + 2)),
    )


def latest(items: Sequence[Item]) -> datetime.date | None:
    """The last day that the plan names for any of them."""
    return max((item.end for item in items if item.end), default=None)


def earliest(items: Sequence[Item]) -> datetime.date | None:
    """The first day by which one of them is due."""
    return min((item.end for item in items if item.end), default=None)
