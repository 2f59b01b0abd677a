"""To whom the letters of a plan go: each office of today once, with all that the plan gives it under any name.

In: a plan, the office that is worn. Out: addressees with their items. An office that the reform of 2025 left with one
successor is addressed as that one, with the basis; one with several, or none, is kept for somebody to decide. The
office that sends gets no letter from itself, and a group none: its members have its items in theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from ui import data
from ui.data.who import GivenAgency, Reformed
from ui.export import checklist, office
from ui.export.checklist import Item
from ui.words import labels
from ui.words.letters import slug
from ui.words.offices import is_asked, is_kind, since
from ui.words.offices import office as name_of


@dataclass(frozen=True)
class Addressee:
    """Who gets a letter. `office` is its name today, "" where somebody has to decide; `agencies` its names in the plan;
    `basis` why the letter goes to another name, `choices` who may hold the work, each in words.
    """

    office: str
    agencies: tuple[str, ...]
    basis: str
    choices: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """What lists call it: the old name where nobody has decided yet."""
        return self.office or self.agencies[0]

    @property
    def said(self) -> str:
        """What its letter calls it, a blank where nobody has decided yet."""
        return name_of(self.office) if self.office else office.BLANK

    @property
    def to_check(self) -> bool:
        """Whether its name is no single office's, so that somebody has to write which is meant."""
        return is_kind(self.office)

    def wording(self, key: str) -> str:
        """The label of a sentence to it: another one where it is asked and not ordered."""
        return f"{key}.asked" if is_asked(self.name) else key


@dataclass(frozen=True)
class Left:
    """An agency of the plan that gets no letter, how many units name it, and why: "own" is the sender itself, "group" a
    group whose items stand in its members' lists, "loose" one of which no table says who is in it.
    """

    agency: str
    why: str
    n: int


@dataclass(frozen=True)
class _Named:
    """The agencies of a plan by their office of today ("" with the old name where somebody has to decide), what became
    of those that were changed, the groups, and what is the sender itself.
    """

    today: dict[tuple[str, str], list[str]]
    changed: dict[str, Reformed]
    groups: list[GivenAgency]
    own: list[GivenAgency]


def _named(plan_id: str) -> _Named:
    sender = office.worn().name or data.plan(plan_id).issuer
    named = _Named(defaultdict(list), {}, [], [])
    for row in data.given_agencies(plan_id):
        found = data.reformed(plan_id, row.agency)
        if found and found.office != row.agency:
            named.changed[row.agency] = found
        now = (found.office or "") if found else row.agency
        if row.is_group:
            named.groups.append(row)
        elif _is_own(now or row.agency, sender, data.plan(plan_id).level):
            named.own.append(row)
        else:
            named.today[now, now or row.agency].append(row.agency)
    _as_one(named.today, data.plan(plan_id).level)
    return named


def _as_one(today: dict[tuple[str, str], list[str]], level: str) -> None:
    """Brings together what one plan calls in two ways: "Trạm Y tế" is "Trạm Y tế xã" in the plan of a commune."""
    keys = {_key(now): (now, name) for now, name in today if now}
    for full, long in keys.items():
        ours = re.fullmatch(rf"(.+?)-({_PLACES[level]})(-.+)?", full)
        if ours and (short := keys.get(ours[1])):
            today[long] = [*today[long], *today.pop(short)]


def how_many(plan_id: str) -> tuple[int, int, int]:
    """How many letters a plan makes, of how many the addressee is for somebody to decide, and of how many to check."""
    today = _named(plan_id).today
    return len(today), sum(not now for now, _ in today), sum(is_kind(now) for now, _ in today)


def gets_one(plan_id: str, agency: str) -> bool:
    """Whether the work of an agency goes into a letter: a group gets none, nor does the sender itself."""
    return any(agency in agencies for agencies in _named(plan_id).today.values())


def addressees(plan_id: str, agency: str | None = None) -> tuple[tuple[Addressee, ...], tuple[Left, ...]]:
    """All who get a letter by this plan, those somebody has to decide on last, and who gets none; or only the one that
    holds the work of `agency`.
    """
    named = _named(plan_id)
    made = tuple(
        _addressee(plan_id, now, tuple(agencies), named.changed)
        for (now, _), agencies in sorted(named.today.items(), key=lambda one: not one[0][0])
        if agency is None or agency in agencies
    )
    meant = {group for one in made for item in one.items for group in item.through.split("; ")}
    groups = (Left(row.agency, "group" if row.agency in meant else "loose", _units(row)) for row in named.groups)
    return made, (*(Left(row.agency, "own", _units(row)) for row in named.own), *groups)


def _addressee(plan_id: str, now: str, agencies: tuple[str, ...], changed: dict[str, Reformed]) -> Addressee:
    moved = [_moved(changed[name]) for name in agencies if name in changed] if now else []
    choices = () if now else tuple(checklist.choices(changed[agencies[0]]))
    return Addressee(now, agencies, " ".join(moved), choices, checklist.items(plan_id, agencies))


def _moved(found: Reformed) -> str:
    """Why a letter goes to another name, with the law; a blank where nobody has named one."""
    return labels.t(
        "letters.moved",
        agency=name_of(found.agency),
        office=name_of(found.office or ""),
        day=since(found),
        basis=data.reform_basis(found.agency) or office.BLANK,
    )


def _units(row: GivenAgency) -> int:
    return row.lead + row.coop + row.monitor + row.grouped + row.concerned


_PLACES = {
    "province": "tinh|thanh-pho",
    "department": "so",
    "district": "huyen|quan|thi-xa|thanh-pho",
    "commune": "xa|phuong|thi-tran|dac-khu",
}
"""What an office of each level may have behind its name, as a file is called."""
_COMMITTEES = {"ubnd-tinh": "province", "ubnd-cap-huyen": "district", "ubnd-cap-xa": "commune"}


def _is_own(agency: str, sender: str, level: str) -> bool:
    """Whether an agency of the plan is the office that sends: "Sở Nội vụ" is "Sở Nội vụ tỉnh X", "Văn phòng" is not
    "Văn phòng UBND tỉnh"; "UBND cấp xã" is "UBND phường X". `level` is the plan's, which tells what a city is.
    """
    own, other = _key(sender), _key(agency)
    if own == other or re.match(rf"{other}-({'|'.join(_PLACES.values())})(-|$)", own):
        return True
    of = _COMMITTEES.get(other)
    return (
        of is not None
        and (of == level or "thanh-pho" not in own)
        and bool(re.match(rf"ubnd-({_PLACES[of]})(-|$)", own))
    )


def _key(name: str) -> str:
    return slug(name).replace("uy-ban-nhan-dan", "ubnd")
