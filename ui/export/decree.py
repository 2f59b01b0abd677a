"""The parts of an administrative paper, in the order and the letters of Nghị định 30/2020/NĐ-CP, Phụ lục I.

In: the office that is worn (`office.worn`), words of ours, a plan to be cited. Out: the parts in a Word document: who
issues it and its number, its title or subject, to whom it goes, points by their letters, the end, the signature, and
annexes. What nobody has filled in stands as a marked blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ui.data.plans import Plan
from ui.export import office, plain, word
from ui.export.office import BLANK
from ui.words import labels

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Points in the order of the Vietnamese alphabet, as decrees count them."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
END = "./."
ROOM = 160.0
"""Millimetres between the margins."""
_LEFT, _RIGHT = 63.0, 97.0
_FIRST_LINE = 10.0
_MOTTO = {"vi": 51.0, "en": 63.0}
"""How long the motto is in its letters, in mm: the line under it is as long."""
_BLANKS = re.compile(r"(…{2,})")
_LONGEST_NAME = 300
_A_LINE = 9
"""So many blanks fill a line."""


# Words.


def marked(words: str, **manner: Any) -> list[word.Run]:
    """Words of ours with what has to be filled in marked: "trước ngày ………" → two runs, the second marked."""
    return [word.Run(piece, marked=bool(_BLANKS.fullmatch(piece)), **manner) for piece in _BLANKS.split(words) if piece]


def say(document: Any, words: str, *, next_too: bool = False, **manner: Any) -> Any:
    """A paragraph of the body."""
    return word.paragraph(document, *marked(words, **manner), indent=_FIRST_LINE, next_too=next_too)


def section(document: Any, words: str) -> None:
    """The heading of a section, in capitals: it numbers itself."""
    word.heading(document, words.upper())


def to_write(document: Any, lines: int = 2) -> None:
    """Some lines for somebody to write in."""
    word.paragraph(document, word.Run(BLANK * (_A_LINE * lines), marked=True), align="left")


def end(document: Any, words: str) -> None:
    """The last sentence, on the page of the signature."""
    say(document, words, next_too=True)


def letter(at: int) -> str:
    """The letters of a point, counted from 0: "a", …, "đ" after "d"; after "y" comes "aa"."""
    around, place = divmod(at, len(LETTERS))
    return LETTERS[place] * (around + 1)


def points(document: Any, said: Sequence[str]) -> None:
    """Points with their letters, a paragraph each: ";" after each, "." after the last; sentences keep their own."""
    for at, words in enumerate(said):
        end = "" if words.endswith((".", ";", ":")) else "." if at == len(said) - 1 else ";"
        say(document, f"{letter(at)}) {words}{end}")


def cited(plan: Plan, *, first: bool = True) -> str:
    """A plan as a paper cites it: the first time with name, number, day, issuer and subject, then by its number alone,
    or by the name that pages give it. A number or day that the plan does not give is a blank: nobody makes one up.
    """
    kind = labels.t(f"common.doc_type.{plan.doc_type}")
    if not first:
        named = labels.t("decree.cited_again", kind=kind, number=plan.number or "")
        return named if plan.number else plain.text(f"{kind} {labels.pick(plan, 'short')}")
    title = labels.lower(plan.title) if labels.lang() == "vi" else plan.title
    said = labels.t(
        "decree.cited", kind=kind, number=plan.number or BLANK, day=_day(plan), issuer=plan.issuer, title=title
    )
    return plain.text(said)


def _day(plan: Plan) -> str:
    day, month = (f"{plan.issued:%d}", _month(plan.issued.month)) if plan.issued else (BLANK, BLANK)
    return labels.t("decree.day", day=day, month=month, year=str(plan.year or BLANK))


def _month(month: int) -> str:
    """ "02", and "10": the first two months are written with a 0."""
    return f"{month:02}" if month < 3 else str(month)


def number(kind: str) -> str:
    """The number of a paper without its number: "Số: ………/BC-UBND", "Số: ………/UBND-NC"."""
    worn = office.worn()
    return labels.t(f"decree.number.{kind}", office=worn.said("short"), unit=worn.said("drafter"))


def named() -> str:
    """The issuing office inside a sentence."""
    return office.worn().said("name")


# The frame of a paper.


def letterhead(document: Any, kind: str, subject: str = "", *, draft: bool = False) -> None:
    """Who issues it, the state's name and motto, the number, place and day; a letter (Công văn) has its subject under its
    number, a report and a submission (Tờ trình) bear their name.
    """
    table, worn = word.grid(document, (_LEFT, _RIGHT), rows=2), office.worn()
    left, right = table.rows[0].cells
    if worn.is_under:
        _add(left, _name(worn.above or labels.t("office.above")), size=12)
    _add(left, _name(worn.name or BLANK * 2), size=12, bold=True)
    word.rule(left, 20, _LEFT - 4)
    _add(right, labels.t("office.state"), size=12, bold=True)
    _add(right, labels.t("office.motto"), size=13, bold=True)
    word.rule(right, _MOTTO[labels.lang()], _RIGHT - 4)
    left, right = table.rows[1].cells
    _add(left, number(kind), size=13)
    if kind == "letter":
        word.paragraph(left, *marked(subject, size=12), align="center", before=6, after=0)
    if draft:
        word.paragraph(left, word.Run(labels.t("office.draft"), bold=True, size=13), align="center", before=4, after=0)
    _add(right, labels.t("decree.place_day", place=worn.said("place")), size=13, italic=True)
    for cell in (*table.rows[0].cells, *table.rows[1].cells):
        _without_first(cell)


def _name(words: str) -> str:
    return plain.cut(words, _LONGEST_NAME, labels.t("decree.in_profile")).upper()


def _add(cell: Any, words: str, **manner: Any) -> None:
    word.paragraph(cell, *marked(words, **manner), align="center", after=0)


def _without_first(cell: Any) -> None:
    """A cell is born with an empty paragraph."""
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)


def title(document: Any, name: str, subject: str) -> None:
    """The name of a paper, what it is about, and the line below."""
    word.paragraph(document, word.Run(name, bold=True, size=14), align="center", before=18, after=0, next_too=True)
    word.paragraph(document, word.Run(subject, bold=True, size=14), align="center", after=0, next_too=True)
    word.rule(document, 45, ROOM, before=3)


def addressed(document: Any, names: Sequence[str]) -> None:
    """To whom it goes: one in the line itself, several each in a line of its own."""
    several = len(names) > 1
    first = labels.t("decree.to") + ("" if several else f" {names[0]}")
    word.paragraph(document, *marked(first, size=14), align="center", before=12, after=0 if several else 12)
    for at, name in enumerate(names if several else ()):
        last = at == len(names) - 1
        end = "." if last else ";"
        after = 12 if last else 0
        word.paragraph(document, *marked(f"- {name}{end}", size=14), align="left", after=after, left=ROOM * 0.3)


def signature(document: Any, kind: str) -> None:
    """Who gets it on the left, who signs on the right; on one page."""
    word.paragraph(document, "", after=0, next_too=True)
    table, worn = word.grid(document, (80.0, 80.0), rows=1), office.worn()
    left, right = table.rows[0].cells
    recipients = worn.recipients or (BLANK,)
    to_above = () if kind == "report" else (labels.t("decree.as_above"),)
    manner: dict[str, Any] = {"align": "left", "after": 0}
    word.paragraph(left, word.Run(labels.t("office.recipients"), bold=True, italic=True, size=12), **manner)
    for line in (*to_above, *recipients):
        word.paragraph(left, *marked(f"- {line.strip('-;. ')};", size=11), **manner)
    word.paragraph(left, *marked(labels.t("decree.archive", unit=worn.said("drafter")), size=11), **manner)
    for line in worn.signature or (labels.t("office.signer"),):
        word.paragraph(
            right,
            word.Run(line.upper(), bold=True, size=13, marked=not worn.signature),
            align="center",
            after=0,
            next_too=True,
        )
    word.paragraph(right, word.Run(labels.t("office.sign_here"), italic=True, size=13), align="center", after=48)
    word.paragraph(right, *marked(worn.said("signer"), bold=True, size=13), align="center", after=0)
    for cell in (left, right):
        _without_first(cell)


def annex_name(roman: str) -> str:
    """How an annex is called: "Phụ lục II"; "Phụ lục" where it is the only one."""
    return f"{labels.t('decree.annex')} {roman}".strip()


def annex(document: Any, roman: str, name: str, kind: str, *, landscape: bool = False) -> None:
    """An annex on a page of its own: its number (none where it is the only one), its title, and to which paper it
    belongs.
    """
    word.part(document, landscape=landscape)
    word.paragraph(document, word.Run(annex_name(roman), bold=True, size=14), align="center", after=0, next_too=True)
    word.paragraph(document, *marked(name.upper(), bold=True, size=13), align="center", after=0, next_too=True)
    belongs = labels.t(
        "decree.belongs",
        kind=labels.t(f"decree.kind.{kind}"),
        number=number(kind).partition(":")[2].strip(),
        office=named(),
    )
    word.paragraph(document, *marked(belongs, italic=True, size=13), align="center", after=0, next_too=True)
    word.rule(document, 45, ROOM if not landscape else 247.0, before=3)
