"""Sections that are each an office's: "A. VĂN PHÒNG SỞ", "2. PHẦN VIỆC CỦA PHÒNG TỔ CHỨC", over the tasks of that office.

In: the units of one plan as cut. Out: the same units, such headings written as names are. What is in capitals names an
office, or only what the section is about ("CƠ QUAN ĐƯỢC GIÁM SÁT"): the headings beside it tell, which are offices too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from etl.model import Heading, Unit
from etl.reference import unopened
from etl.tag import agencies
from etl.text import capital, is_upper, key

_SIGN = re.compile(r"([,;]\s*|\s+và\s+|\s+[-–]\s+)")
_STYLES = {"roman": re.compile("[IVX]+$"), "figure": re.compile(r"\d"), "letter": re.compile(r"[^\W\d_]$")}


def named_by_offices(units: Sequence[Unit]) -> list[Unit]:
    """The units, with the name in place of each heading in capitals that stands among offices' names alone, or says whose
    part it is.
    """
    beside: dict[tuple[tuple[Heading, ...], str], set[Heading]] = defaultdict(set)
    for unit in units:
        for at, heading in enumerate(unit.headings):
            beside[unit.headings[:at], _style(heading.label)].add(heading)
    spelt = {
        heading: heading if _is_known(_title(heading)) else replace(heading, text=_spelt(heading))
        for headings in beside.values()
        if len(headings) > 1 and all(_is_whose(one) or _is_office(one.text) for one in headings)
        for heading in headings
    }
    return [replace(unit, headings=tuple(spelt.get(one, one) for one in unit.headings)) for unit in units]


def _style(label: str) -> str:
    """How a heading is counted: "II" by Roman numbers, "3" by figures, "B" by letters."""
    return next((style for style, form in _STYLES.items() if form.match(label)), "")


def _title(heading: Heading) -> str:
    """What a heading names, without the words that only say that it is somebody's: "PHẦN VIỆC CỦA"."""
    return unopened(heading.text)


def _is_whose(heading: Heading) -> bool:
    return _title(heading) != heading.text and is_upper(_title(heading))


def _spelt(heading: Heading) -> str:
    title = _title(heading)
    return heading.text.removesuffix(title) + _as_name(title)


def _is_office(title: str) -> bool:
    """Whether a heading in capitals begins as the name of an office, and ends as one."""
    said = key(title).split()
    body = agencies.leading(said, "bodies")
    begins = len(said) > body > agencies.leading(said, "verbs") or bool(agencies.scan(title))
    return begins and is_upper(title) and not agencies.chain(_as_name(title), unknown=True)[1]


def _is_known(title: str) -> bool:
    """Whether tables know every office that a heading names, and under which name."""
    found, rest = agencies.chain(title, unknown=False)
    return bool(found) and not rest and not any(is_upper(name) for name, _ in found if " " in name)


def _as_name(title: str) -> str:
    """Capitals as a name is written: "PHÒNG KẾ HOẠCH - TÀI CHÍNH" → "Phòng Kế hoạch - Tài chính"."""
    return "".join(map(_part_as_name, _SIGN.split(title.lower())))


def _part_as_name(part: str) -> str:
    words = part.split(" ")
    body = agencies.leading(words, "bodies")
    if body:
        words[body:] = [*map(capital, words[body : body + 1]), *words[body + 1 :]]
    return part if _SIGN.fullmatch(part) else capital(" ".join(words))
