"""All letters of a plan at once, with a workbook to merge and to follow them by.

In: a plan, a kind of letter, the office that is worn. Out: files by name, made one after the other: a letter for each
office, those whose addressee somebody has to decide named so, and one workbook with a row an office.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ui import data
from ui.data.topic import Basis
from ui.export import checklist, excel, table
from ui.export.letters import papers
from ui.export.letters.addressees import Addressee, Left, addressees
from ui.words import handed, labels, plans
from ui.words.letters import slug
from ui.words.offices import office

_LONGEST = 40
"""Letters of an office's name in the name of its file."""
_WIDTHS = (6, 40, 40, 50, 9, 9, 9, 9, 12, 12, 9, 13, 13, 44)
_LEFT_WIDTHS = (44, 60, 60, 9, 44)


def one(plan_id: str, agency: str, kind: str) -> bytes:
    """The letter to the office that holds the work of one agency. Raises ValueError where it gets none."""
    to, _ = addressees(plan_id, agency)
    if not to:
        raise ValueError(labels.t("letters.no_letter", agency=agency))
    return papers.letter(data.plan(plan_id), to[0], kind, datetime.date.today())


def submission(plan_id: str) -> bytes:
    """The one submission of a plan."""
    return papers.submission(data.plan(plan_id), *addressees(plan_id))


def every(
    plan_id: str, kind: str, tell: Callable[[int, int, str], None] = lambda *_: None
) -> Iterator[tuple[str, bytes]]:
    """Every letter of a plan with its file's name, then the workbook; `tell` hears before each which it is, of how
    many, and to whom.
    """
    to, left = addressees(plan_id)
    plan, today, names = data.plan(plan_id), datetime.date.today(), names_of(to)
    for at, (addressee, name) in enumerate(zip(to, names), 1):
        tell(at, len(to), addressee.name)
        yield name, papers.letter(plan, addressee, kind, today)
    yield f"{labels.t('letters.book_file')}.xlsx", _book(plan_id, to, left, names)


def zipped(plan_id: str, kind: str, tell: Callable[[int, int, str], None] = lambda *_: None) -> bytes:
    """The same as one ZIP."""
    out = io.BytesIO()
    # each file is compressed already
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, made in every(plan_id, kind, tell):
            archive.writestr(name, made)
    return out.getvalue()


def file_name(plan_id: str, kind: str, ending: str, agency: str = "") -> str:
    """ "cong-van-giao-viec_so-noi-vu_bac-kan-2021.docx": the same for the same choice."""
    return "_".join(filter(None, [labels.t(f"letters.file.{kind}"), _short(agency), slug(plan_id)])) + f".{ending}"


def names_of(to: Sequence[Addressee]) -> list[str]:
    """A file's name for each letter: a number, and the office in short; what has to be decided says so."""
    return [
        "_".join(filter(None, [f"{at:02}", "" if one.office else labels.t("letters.file.open"), _short(one.name)]))
        + ".docx"
        for at, one in enumerate(to, 1)
    ]


def _short(name: str) -> str:
    return slug(name)[:_LONGEST].strip("-")


def _book(plan_id: str, to: Sequence[Addressee], left: Sequence[Left], names: Sequence[str]) -> bytes:
    """A row an office under a head in the first row, as a mail merge wants it; then what has to be decided."""
    book = excel.Book(labels.t("letters.book"))
    columns = ("number", "to", "named", "basis", "n", *checklist.PARTS, "dated", "first", "last", "file")
    book.table(
        book.sheet(labels.t("letters.sheet.to")),
        {name: labels.t(f"letters.column.{name}") for name in columns},
        _WIDTHS,
        [_row(at, one, name) for at, (one, name) in enumerate(zip(to, names), 1) if one.office],
    )
    still_open = [
        _unsent(one.agencies[0], "open", len(one.items), "; ".join(one.choices), name)
        for one, name in zip(to, names)
        if not one.office
    ]
    book.table(
        book.sheet(labels.t("letters.sheet.open")),
        {name: labels.t(f"letters.column.{name}") for name in ("named", "why", "choices", "n", "file")},
        _LEFT_WIDTHS,
        [*still_open, *(_unsent(one.agency, one.why, one.n) for one in left), *_unled(plan_id)],
    )
    plan = data.plan(plan_id)
    book.about([labels.t("letters.book"), *table.about((), [plans.plan_name(plan)])])
    return book.bytes()


def _unled(plan_id: str) -> list[dict[str, Any]]:
    """A row for the tasks that name no lead; none where each names one."""
    said = " ".join(handed.without_lead(plan_id, as_paper=True))
    n = len(data.leaderless_unit_ids(Basis.HEADING, (plan_id,)))
    return [{"named": labels.t("who.nobody"), "why": said, "choices": "", "n": n, "file": ""}] if said else []


def _row(at: int, to: Addressee, file: str) -> dict[str, Any]:
    return {
        "number": at,
        "to": office(to.office),
        "named": "; ".join(map(office, to.agencies)),
        "basis": " ".join(filter(None, [to.basis, labels.t("letters.check_short") if to.to_check else ""])),
        "n": len(to.items),
        **{part: len(checklist.of(to.items, part)) for part in checklist.PARTS},
        "dated": sum(item.bearing == "dated" for item in to.items),
        "first": papers.earliest(to.items),
        "last": papers.latest(to.items),
        "file": file,
    }


def _unsent(agency: str, why: str, n: int, choices: str = "", file: str = "") -> dict[str, Any]:
    """An agency of the plan that gets no letter as it stands, and why."""
    return {"named": office(agency), "why": labels.t(f"letters.why.{why}"), "choices": choices, "n": n, "file": file}
