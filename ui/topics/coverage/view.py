"""What the coverage page shows, read once: plans against sub-dimensions, and the sentences that say it.

In: the reader's filters. Out: a `View`, which the picture, the tables and the list of gaps are made of; the answer, and
the finding that titles the picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ui import data
from ui.data.coverage import PlansReached, PlanSubdimension, Reached
from ui.data.plans import Dimension, Plan, Subdimension
from ui.data.topic import Basis
from ui.draw import marks
from ui.words import labels
from ui.words.remember import remember

_FEW = 6
"""So many indicators are named one by one."""
_CLEAR_LEAD = 5
"""So many indicators must lie between two plans before the title sets them against each other."""


@dataclass(frozen=True, eq=False)
class View:
    """Plans in the order asked for, on one dimension or on all, counted one way; `own` is the reader's plan. The cells of each
    plan, and how many tasks it has on a dimension as a whole (`general`), where they are asked for one by one.
    """

    basis: Basis
    plan_ids: tuple[str, ...]
    dim: int | None
    own: str | None

    @property
    def dims(self) -> tuple[Dimension, ...]:
        """The dimensions shown."""
        return tuple(one for one in data.dimensions() if one.dim and self.dim in (None, one.dim))

    @property
    def subs(self) -> tuple[Subdimension, ...]:
        """Their sub-dimensions."""
        return data.subdimensions(self.dim)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        return tuple(data.plan(plan_id) for plan_id in self.plan_ids)

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], PlanSubdimension]:
        shown = {sub.sub for sub in self.subs}
        found = data.plan_subdimensions(self.basis, self.plan_ids)
        return {(cell.plan_id, cell.sub): cell for cell in found if cell.sub in shown}

    @cached_property
    def general(self) -> Mapping[tuple[str, int], int]:
        found = data.plan_dimensions(self.basis, self.plan_ids)
        return {(cell.plan_id, cell.dim): cell.general for cell in found}

    @cached_property
    def reached(self) -> PlansReached:
        """How far they reach together, of the reader's own plan, if it was read, it alone."""
        mine = (self.own,) if self.own and data.plan(self.own).is_read else self.plan_ids
        return data.plans_reached(self.basis, mine, self.dim)

    def only(self, *plan_ids: str) -> View:
        """The same of these plans alone."""
        return View(self.basis, plan_ids, self.dim, None)

    def measured(self, plan: Plan) -> list[PlanSubdimension]:
        """The cells of a plan that was read, on what PAPI measured in its years."""
        cells = (self.cells[plan.plan_id, sub.sub] for sub in self.subs)
        return [cell for cell in cells if cell.is_read and cell.measured]

    def of(self, dim: Dimension) -> list[Subdimension]:
        return [sub for sub in self.subs if sub.dim == dim.dim]


@remember
def view(basis: Basis, plan_ids: tuple[str, ...], dim: int | None, own: str | None = None) -> View:
    """What is to be seen of these plans, counted one way, on one dimension or on all."""
    return View(basis, plan_ids, dim, own)


def sub_name(sub: Subdimension, *, short: bool = True) -> str:
    """A sub-dimension's name, with the last year PAPI measured it where it no longer does: "Cấp phép xây dựng (đến
    2020)".
    """
    name = labels.pick(sub, "short" if short else "name")
    return labels.t("coverage.measured_to", name=name, year=str(sub.measured_to)) if sub.measured_to else name


@remember
def topics() -> dict[str, str]:
    """What a cell can be about: each sub-dimension, and what each dimension says on none of them in particular."""
    found: dict[str, str] = {}
    for dim in data.dimensions():
        if dim.dim:
            found |= {sub.sub: f"{sub.sub} {sub_name(sub)}" for sub in data.subdimensions(dim.dim)}
            found[f"{dim.dim}+"] = labels.t("coverage.general_topic", dim=str(dim.dim), name=labels.pick(dim, "short"))
    return found


@remember
def answer(view: View) -> Markup:
    """The answer as markup: what the reader's own plan lacks, how many cells say what, and which indicators all plans or
    no plan has tasks on. What PAPI did not measure in a plan's years is not counted; a task there is a task all the same.
    """
    plans = data.plans_reached(view.basis, view.plan_ids, view.dim).plans
    if not plans:
        return labels.html("coverage.finding_none", n=len(view.plan_ids))
    having, measured, states = Counter[str](), Counter[str](), Counter[str]()
    for row in data.subdimension_states(view.basis, view.plan_ids, view.dim):
        if row.state not in ("not_read", "no_plan"):
            measured[row.sub] += row.measured
            states[row.state] += row.measured
            having[row.sub] += row.plans if row.state == "own" else 0
    cells = measured.total()
    sentences = [labels.html("coverage.answer_cells", cells=cells, plans=plans, n=plans, tasks=states["own"])]
    if view.own:
        return Markup(" ").join([*_own(view.only(view.own), data.plan(view.own)), *sentences])
    parts = [
        labels.t(f"coverage.answer_{state}", n=states[state])
        for state in ("named", "passing", "weak", "description", "none")
        if states[state]
    ]
    if parts:
        sentences.append(labels.html("coverage.answer_rest", parts=labels.names(parts)))
    everywhere = [sub.sub for sub in view.subs if having[sub.sub] == plans]
    nowhere = sorted(sub for sub, n in measured.items() if n and not having[sub])
    if plans > 1 and everywhere:
        sentences.append(_which("everywhere", everywhere, plans))
    if nowhere:
        sentences.append(_which("nowhere", nowhere, plans))
    return Markup(" ").join(sentences)


def _own(view: View, plan: Plan) -> list[Markup]:
    """What the reader's own plan reaches and lacks, as markup; what PAPI did not measure in its years apart."""
    short, cells = labels.pick(plan, "short"), view.measured(plan)
    if not plan.is_read:
        return [labels.html("own.unread", plan=short, state=labels.t("common.state." + data.plan_state(plan.plan_id)))]
    reached = sum(cell.state == "own" for cell in cells)
    sentences = [labels.html("coverage.answer_own", plan=short, part=reached, whole=len(cells))]
    empty = [cell.sub for cell in cells if cell.state == "none"]
    spoken = [cell.sub for cell in cells if cell.state not in ("own", "none")]
    for key, subs in (("none", empty), ("spoken", spoken)):
        if subs:
            sentences.append(labels.html(f"coverage.answer_own_{key}", n=len(subs), subs=labels.names(subs)))
    if aside := [sub.sub for sub in view.subs if not view.cells[plan.plan_id, sub.sub].measured]:
        sentences.append(labels.html("coverage.answer_own_unmeasured", n=len(aside), subs=labels.names(aside)))
    return sentences


def _which(where: str, subs: list[str], plans: int) -> Markup:
    """Indicators by their numbers where these are few, else how many there are."""
    many = "" if len(subs) <= _FEW else "_many"
    key = f"coverage.answer_{where}{many}"
    return labels.html(key, n=len(subs), plans=labels.word(plans), subs=labels.names(subs[:_FEW]))


@remember
def title(view: View) -> str:
    """The finding over the picture. Rule: the reader's own plan → its figure; else, with at least five indicators
    between the plan that reaches fewest and the one that reaches most, the two; closer together, the span. Fallbacks:
    one plan → its figure; no plan read → the plain number. Each of what PAPI measured in the plan's years.
    """
    scope = "" if view.dim is None else labels.t("coverage.finding_scope", dim=str(view.dim))
    found = view.reached
    if found.low is None or found.high is None:
        return labels.t("coverage.finding_none", n=len(view.plan_ids))
    fewest, most, high = found.low.own, found.high.own, _short(found.high)
    if found.read == 1:
        return labels.t("coverage.finding_one", plan=high, most=most, subs=found.high.cells, scope=scope)
    subs = "–".join(labels.num(whole) for whole in dict.fromkeys((found.least, found.most)))
    if most - fewest < min(_CLEAR_LEAD, found.least):
        key = "coverage.finding_same" if most == fewest else "coverage.finding_span"
        return labels.t(key, plans=labels.word(found.read), fewest=fewest, most=most, subs=subs, scope=scope)
    return labels.t(
        "coverage.finding_two",
        low=_short(found.low),
        fewest=fewest,
        of_low=found.low.cells,
        high=high,
        most=most,
        of_high=found.high.cells,
        scope=scope,
    )


def _short(reached: Reached) -> str:
    return labels.pick(data.plan(reached.plan_id), "short")


def alt(view: View) -> str:
    """The picture for those who do not see it."""
    return labels.t("overview.alt", title=title(view))


def said(cell: PlanSubdimension, basis: Basis) -> list[str]:
    """What a cell says in words, and what it would say the other way of counting where that differs."""
    words = [marks.words(cell)]
    if not cell.measured and cell.state != "unmeasured":
        words.append(labels.t("common.state.unmeasured"))
    if cell.other_state != cell.state:
        words.append(
            labels.t(
                "coverage.other_way",
                way=labels.lower(labels.t(f"common.by_{basis.other}")),
                says=labels.t(f"common.state.{cell.other_state}", n=cell.other_n),
            )
        )
    if cell.bar_state == cell.state:
        return words
    if cell.state != "weak":
        return [*words, labels.t("borrow.bar_close", n=cell.tasks)]
    spoken = (
        ("passing", cell.passing),
        ("description", cell.described + cell.descriptions),
        ("passing", cell.mentioned),
    )
    without = next((state for state, n in spoken if n), "none")
    return [*words, labels.t("borrow.bar_weak", says=labels.t(f"common.state.{without}"))]
