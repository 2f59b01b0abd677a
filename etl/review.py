"""review: what people decided of a plan's units counts over what the program read of them.

In: the units of a plan, matched, and its decisions. Out: the same units, those that were decided as people said; and a
finding for each decision whose unit is there no longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from decided import Said, as_read, fingerprint
from etl.model import Finding, Plan, Touch, Unit, in_order

_SHOWN = 80
"""So many letters of a passage are quoted, where no words of it are known to say what a person decided."""


def decided_kinds(plan: Plan, units: Iterable[Unit]) -> list[str | None]:
    """The kind of each unit that a person decided, before it is asked who and when: that hangs on the kind."""
    kinds = {one.fingerprint: one.says.kind for one in plan.decided if one.says}
    return [kinds.get(_known_by(plan, unit)) if kinds else None for unit in units]


def reviewed(plan: Plan, units: Iterable[Unit]) -> Iterator[Unit]:
    """The units of a plan in their order, each as the program read it or as a person decided."""
    decided = {one.fingerprint: one.says for one in plan.decided}
    for unit in units:
        says = decided.get(_known_by(plan, unit)) if decided else None
        yield _as_decided(unit, says) if says else unit


def gone(plan: Plan, units: Iterable[Unit]) -> tuple[Finding, ...]:
    """One finding a decision that no unit of the plan is known by any more: its words, or their number, have changed."""
    there = {_known_by(plan, unit) for unit in units} if plan.decided else set()
    return tuple(
        Finding("decision_without_unit", 1, _beginning(one.text))
        for one in plan.decided
        if one.fingerprint not in there
    )


def _known_by(plan: Plan, unit: Unit) -> str:
    return fingerprint(plan.plan_id, unit.section, unit.text)


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0]


def _as_decided(unit: Unit, says: Said) -> Unit:
    """A unit that a person has looked at. Where that person found it read right nothing changes but how sure it is."""
    if says == as_read(unit.kind, unit.dim, unit.sub, ((touch.sub, touch.how) for touch in unit.touches)):
        touches = tuple(replace(touch, sure=True) for touch in unit.touches)
        return replace(unit, kind_sure=True, touches=touches, reviewed=True)
    known = {touch.sub: touch for touch in unit.touches}
    how = {**dict.fromkeys(says.passing, "passing"), **dict.fromkeys(says.named, "names")}
    if says.sub:
        how[says.sub] = "main"
    quote = _beginning(unit.text)
    touches = in_order(
        replace(known.get(sub) or Touch(sub, one, quote, 0, len(quote)), how=one, sure=True) for sub, one in how.items()
    )
    match = replace(unit.match, dim=says.dim, sub=says.sub, review=False, touches=touches)
    return replace(unit, kind=says.kind, kind_sure=True, match=match, touches=touches, reviewed=True, decided=True)
