"""What an office is called: by the plans' own Vietnamese name, in English with a gloss.

In: a name, and data/reference/agencies-english.csv (`agency,english`). Out: "Sở Y tế", for an English reader "Sở Y tế
(Department of Health)"; a name that the table does not hold keeps its Vietnamese alone. And whether it is asked or
ordered, and whether the name is of one
office.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup

import tables
from ui import ROOT, data
from ui.data.who import OpenLead, Reformed, Successor
from ui.words import labels

_ENGLISH = ROOT / "data" / "reference" / "agencies-english.csv"
_WORDS = ROOT / "data" / "reference" / "agency-words.csv"


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    return {row["agency"]: row["english"] for row in tables.last_good(_ENGLISH, data.kept_table)}


def is_asked(name: str) -> bool:
    """Whether an office stands outside the People's Committees, which ask it and cannot give it orders: a body of the
    Party, the elected, a court, the Front; by the words of agency-words.csv in its name. "Văn phòng HĐND và UBND" is the
    Committee's own as well, and is ordered.
    """
    return _holds(name, "asked") and not _holds(name, "ordered")


def _holds(name: str, use: str) -> bool:
    """Whether a name has words of a use of agency-words.csv in it."""
    return any(f" {one.lower()} " in f" {name.lower()} " for one in _words(use))


def _words(use: str) -> list[str]:
    return [row["words"] for row in tables.last_good(_WORDS, data.kept_table) if row["use"] == use]


def is_kind(name: str) -> bool:
    """Whether a name says what kind of body is meant and not which: "Đơn vị khảo sát", "MTTQ các cấp", by the words of
    agency-words.csv in it where no name follows them ("Điện lực" is a kind, "Điện lực Bình Định" an office); and
    whatever begins with "Các" ("Các đơn vị được UBND tỉnh giao làm đầu mối").
    """
    if name.lower().startswith(tuple(f"{words} " for words in _words("each"))):
        return True
    for words in _words("kind"):
        _, found, rest = f" {name} ".partition(f" {_as_in(name, words)} ")
        if found and rest == rest.lower():
            return True
    return False


def _as_in(name: str, words: str) -> str:
    """Words as a name writes them: at its beginning with a capital."""
    return words[:1].upper() + words[1:] if name.lower().startswith(words) else words


def office(name: str) -> str:
    """An office as a reader is told of it."""
    gloss = _english().get(name) if labels.lang() == "en" else None
    return f"{name} ({gloss})" if gloss else name


def english(names: Iterable[str]) -> str:
    """Their glosses alone; "?" stands for a name that the table does not hold."""
    return "; ".join(_english().get(name, "?") for name in names)


def in_english(**columns: str) -> dict[str, str]:
    """Columns of glosses, or heads of such columns, of a file that leaves the dashboard: only an English one has them."""
    return columns if labels.lang() == "en" else {}


def offices(names: Iterable[str]) -> str:
    """Several of them with commas between."""
    return ", ".join(map(office, names))


def lead(names: Sequence[str]) -> Markup:
    """Who leads, as markup: "Chủ trì: **Sở Y tế**", or that nobody is named."""
    return labels.html("tasks.lead", names=offices(names)) if names else labels.html("tasks.no_lead")


def successor(one: Successor) -> str:
    """An office that holds some of an agency's work today, and which: "Sở Y tế (bảo trợ xã hội, trẻ em)", "ở cấp xã: Phòng
    Văn hóa - Xã hội cấp xã (y tế)" where it is no successor; where nobody does, what became of it.
    """
    scope = labels.pick(one, "scope")
    said = f"{office(one['office'])} ({scope})" if one["office"] else scope
    level = one.get("level")
    return labels.t(f"offices.at.{level}", held=said) if level else said


def since(found: Reformed | OpenLead) -> str:
    """Since when an agency is changed, as far as it is known: "01/03/2025", "tháng 02/2025", "năm 2025"."""
    if found.from_date is None:
        return labels.t("offices.no_day")
    if found.from_part == "day":
        return labels.day(found.from_date)
    return labels.t(f"offices.{found.from_part}", month=f"{found.from_date:%m}", year=str(found.from_date.year))


_CLOSE = 1.1
"""An office stands out when it has this many times the tasks of the next."""


def busiest(role: str, ranked: Sequence[tuple[str, int, bool]], acting: int, named: int, tasks: int) -> str:
    """The finding on who has most tasks in a role. In: the named offices with their tasks, and whether they have no
    single successor today, the busiest first; how many act, groups among them; how many tasks name somebody, of how
    many. Rule: one without a single successor that stands first; else the first, where it has at least a tenth more than
    the next; else the first two, where they have that over the third. Fallback: how many offices share how many tasks.
    Groups that name nobody in particular never carry the finding.
    """
    if not named:
        return labels.t(f"who.finding_none.{role}", n=tasks)
    if ranked and ranked[0][2]:
        return labels.t(f"who.finding_open.{role}", agency=office(ranked[0][0]), n=ranked[0][1])
    counts = [n for _, n, _ in ranked] + [0, 0, 0]
    if counts[0] > 1 and counts[0] >= _CLOSE * counts[1]:
        return labels.t(f"who.finding_one.{role}", agency=office(ranked[0][0]), n=counts[0], tasks=tasks)
    if counts[1] > 1 and counts[1] >= _CLOSE * counts[2]:
        first, second = ranked[:2]
        return labels.t(
            f"who.finding_two.{role}", first=office(first[0]), n=counts[0], second=office(second[0]), m=counts[1]
        )
    return labels.t(f"who.finding_total.{role}", n=acting, named=named, tasks=tasks)
