"""What the page shows of one plan: its lines, its units, and all that was read from them, gathered once.

In: rows of `ui.data`. Out: `View`, which the document, its strip and the unit beside it are made from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ui import data
from ui.data.document import Line, UnitEvidence, UnitFinding, UnitPart
from ui.data.plans import Plan
from ui.data.review import decided_ids, decided_units
from ui.data.topic import Basis, Topic
from ui.data.units import UnitRow
from ui.words.remember import remember

_FEW, _AT_ONCE = 300, 100
"""Of a plan of so few units is asked at once what is known of them, of a longer one for so many units; agencies, which
stand beside one unit alone, for that one.
"""
Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True, eq=False)
class View:
    """A plan, and how its units are counted. Units, what speaks for their dimensions, and the parts of agencies, by their
    place in the plan; `decided` names those that a person decided otherwise than they
    were read, `reviewed` tells how many people have looked at.
    """

    basis: Basis
    plan: Plan
    lines: Sequence[Line]
    units: Mapping[int, UnitRow]
    evidence: Mapping[int, Sequence[UnitEvidence]]
    parts: Mapping[int, Sequence[UnitPart]]
    findings: Sequence[UnitFinding]
    decided: frozenset[str] = frozenset()
    reviewed: int = 0

    @property
    def plan_id(self) -> str:
        return self.plan.plan_id

    @property
    def flagged(self) -> frozenset[int]:
        """The units at which something is to be looked at."""
        return frozenset(one.ordinal for one in self.findings if one.ordinal is not None)

    def topic(self, unit: UnitRow) -> Topic:
        """Where a unit counts."""
        if self.basis is Basis.HEADING:
            return Topic(unit.dim, unit.sub)
        return Topic(unit.matched_dim, unit.matched_sub)

    def phrases(self, ordinal: int) -> list[UnitEvidence]:
        """The phrases that spoke for a dimension of a unit, the heaviest first."""
        return [one for one in self.evidence.get(ordinal, ()) if one.kind != "unit"]

    def roles(self) -> Counter[str]:
        """How many lines are in units, headings, table headers, front and back matter."""
        return Counter(line.role for line in self.lines)


@remember
def view(basis: Basis, plan_id: str) -> View:
    """All that the page says of a plan."""
    units = {unit.ordinal: unit for unit in data.plan_units(plan_id)}
    is_short = len(units) <= _FEW
    return View(
        basis,
        data.plan(plan_id),
        data.document(plan_id),
        units,
        _Asked(
            lambda places: _by(data.plan_evidence(plan_id, places), lambda one: one.ordinal),
            None if is_short else _AT_ONCE,
        ),
        _Asked(lambda places: _by(data.plan_parts(plan_id, places), _place), None if is_short else 1),
        data.plan_findings(plan_id),
        frozenset(unit.unit_id for unit in units.values() if unit.unit_id in decided_ids()),
        len(decided_units(plan_id)),
    )


def _place(part: UnitPart) -> int:
    """The place of a part's unit in its plan."""
    return int(part.unit_id.rpartition(":")[2])


class _Asked(Mapping[int, Sequence[Row]]):
    """What is known of units by their place in the plan, asked for so many at once (None: all), and only where they are
    shown.
    """

    def __init__(self, ask: Callable[[range | None], Mapping[int, Sequence[Row]]], at_once: int | None) -> None:
        self._ask, self._at_once = ask, at_once
        self._held: dict[int, Mapping[int, Sequence[Row]]] = {}

    def __getitem__(self, place: int) -> Sequence[Row]:
        block = (place - 1) // self._at_once if self._at_once else 0
        if block not in self._held:
            first = block * (self._at_once or 0) + 1
            self._held[block] = self._ask(range(first, first + self._at_once) if self._at_once else None)
        return self._held[block][place]

    def __iter__(self) -> Iterator[int]:
        return (place for block in sorted(self._held) for place in self._held[block])

    def __len__(self) -> int:
        return sum(map(len, self._held.values()))


def _by(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)
