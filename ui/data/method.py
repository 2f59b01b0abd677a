"""Questions about how far the numbers can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from ui.data.ask import column, columns, mapped, typed


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of one plan, of two (with `other_plan_id`), or of all together (None): right of how many, with its 95 %
    interval.
    """

    part: str
    measure: str
    plan_id: str | None
    other_plan_id: str | None
    right_count: int
    of_count: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ClassMeasure:
    """How right a dimension is read, and how much of it is found, each with its 95 % interval; f1 is None where no unit
    has the label.
    """

    part: str
    dim: int
    right_count: int
    read_count: int
    precision_low: float
    precision_high: float
    labelled_count: int
    recall_low: float
    recall_high: float
    f1: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """So many units of a labelled dimension or kind (None: no label) were read as another, or as none (None)."""

    labelled: str | None
    read_as: str | None
    units: int


@dataclass(frozen=True, slots=True)
class LineRole:
    """So many lines of a plan have a role."""

    plan_id: str
    role: str
    lines: int


@dataclass(frozen=True, slots=True)
class PlanDoubt:
    """What a person should look at in a plan."""

    plan_id: str
    units: int
    tasks: int
    to_review: int
    uncertain: int


@dataclass(frozen=True, slots=True)
class DoubtSum:
    """The same of plans together."""

    units: int
    tasks: int
    to_review: int
    uncertain: int


@dataclass(frozen=True, slots=True)
class AgencyDoubt:
    """How many agencies the units of a plan name, or of all together (None), and how many of these no table knows."""

    plan_id: str | None
    agencies: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _KindCount:
    kind: str
    units: int


# How sure we are.


def measures() -> tuple[Measure, ...]:
    """Those over all plans together first; empty where no plan of this build is labelled."""
    return typed(
        Measure,
        f"select {columns(Measure)} from measure_total order by part, measure, plan_id is not null, position, plan_id",
    )


def class_measures() -> tuple[ClassMeasure, ...]:
    """Every part and dimension, 0 last."""
    return typed(ClassMeasure, f"select {columns(ClassMeasure)} from measure_class order by part, dim = 0, dim")


def confusion_cells(part: str) -> tuple[Confusion, ...]:
    """What was read as what, the most units first."""
    return typed(
        Confusion,
        f"select {columns(Confusion)} from confusion_cell where part = ? order by units desc, labelled = '0', labelled, read_as",
        part,
    )


def line_roles(plan_ids: tuple[str, ...]) -> tuple[LineRole, ...]:
    """Each of these plans and role of its lines."""
    return typed(
        LineRole, f"select {columns(LineRole)} from line_role where plan_id = any(?) order by plan_id, role", plan_ids
    )


def role_lines(plan_ids: tuple[str, ...]) -> tuple[dict[str, int], int]:
    """By role the lines of these plans, and how many plans have any."""
    roles = mapped("select role, sum(lines)::int from line_role where plan_id = any(?) group by role", plan_ids)
    (plans,) = column("select count(distinct plan_id)::int from line_role where plan_id = any(?)", plan_ids)
    return roles, plans


def plan_doubts(plan_ids: tuple[str, ...]) -> tuple[PlanDoubt, ...]:
    """Each of these plans."""
    return typed(
        PlanDoubt,
        f"select {columns(PlanDoubt)} from plan_doubt join plan_list using (plan_id) where plan_id = any(?) order by position",
        plan_ids,
    )


def doubt_sum(plan_ids: tuple[str, ...]) -> DoubtSum:
    """These plans together."""
    return typed(
        DoubtSum,
        """
        select
            coalesce(sum(units), 0)::int as units, coalesce(sum(tasks), 0)::int as tasks,
            coalesce(sum(to_review), 0)::int as to_review, coalesce(sum(uncertain), 0)::int as uncertain
        from plan_doubt where plan_id = any(?)
        """,
        plan_ids,
    )[0]


def agency_doubts(plan_ids: tuple[str, ...], shown: tuple[str, ...]) -> tuple[AgencyDoubt, ...]:
    """These plans together, then each of those that are shown."""
    counted = (
        "count(distinct agency)::int as agencies, (count(distinct agency) filter (where not is_known))::int as unknown"
    )
    return typed(
        AgencyDoubt,
        f"""
        select null as plan_id, {counted} from plan_agency where plan_id = any(?) having count(*) > 0
        union all
        select plan_id, {counted} from plan_agency where plan_id = any(?) group by plan_id order by plan_id nulls first
        """,
        plan_ids,
        shown,
    )


def kind_counts(plan_ids: tuple[str, ...]) -> dict[str, int]:
    """How many units of each kind these plans hold."""
    found = typed(
        _KindCount,
        "select kind, sum(units)::int as units from unit_kind where plan_id = any(?) group by kind",
        plan_ids,
    )
    return {row.kind: row.units for row in found}


def least_sure_unit_ids(dim: int, most: int) -> tuple[str, ...]:
    """The tasks matched with a dimension of which the matcher is least sure, at most so many: those to be reviewed,
    then those whose runner-up is nearest.
    """
    return column(
        "select unit_id from matched_task where matched_dim = ? order by not review, margin, unit_id limit ?", dim, most
    )
