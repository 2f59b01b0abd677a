"""What the page shows of one plan: its lines, its units, and all that was read from them, gathered once.

In: rows of `ui.data`. Out: `View`, which the document, its strip and the unit beside it are made from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ui import data
from ui.data.document import Line, PlanUnit, UnitEvidence, UnitFinding, UnitPart
from ui.data.plans import Plan
from ui.data.topic import Basis, Topic
from ui.words.remember import remember

Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True, eq=False)
class View:
    """A plan, and how its units are counted. Units, and what speaks for their dimensions, by their place in the plan;
    the parts of agencies by the unit's name.
    """

    basis: Basis
    plan: Plan
    lines: Sequence[Line]
    units: Mapping[int, PlanUnit]
    evidence: Mapping[int, Sequence[UnitEvidence]]
    parts: Mapping[str, Sequence[UnitPart]]
    findings: Sequence[UnitFinding]

    @property
    def plan_id(self) -> str:
        return self.plan.plan_id

    @property
    def flagged(self) -> frozenset[int]:
        """The units at which something is to be looked at."""
        return frozenset(one.ordinal for one in self.findings if one.ordinal is not None)

    def topic(self, unit: PlanUnit) -> Topic:
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
    return View(
        basis,
        data.plan(plan_id),
        data.document(plan_id),
        {unit.ordinal: unit for unit in data.plan_units(plan_id)},
        _by(data.plan_evidence(plan_id), lambda one: one.ordinal),
        _by(data.plan_parts(plan_id), lambda part: part.unit_id),
        data.plan_findings(plan_id),
    )


def _by(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)
