"""The question of the page that sets plans side by side: their tasks, dimension by dimension."""

from __future__ import annotations

from dataclasses import dataclass

from ui.data.ask import typed
from ui.data.topic import Basis


@dataclass(frozen=True)
class ComparedTask:
    """What a comparison needs of a task. `dim` is its dimension as text, "x" for what fits none; `section`, the lines and
    `place` say where it stands.
    """

    unit_id: str
    plan_id: str
    dim: str
    sub: str | None
    text: str
    section: str
    first_line: int
    last_line: int
    leads: tuple[str, ...]
    timing: str
    timing_raw: str | None
    place: str | None = None


def compared_tasks(basis: Basis, plan_ids: tuple[str, ...], most: int) -> tuple[ComparedTask, ...]:
    """One row per task of these plans with its leads, at most so many per plan and dimension, in the plan's own order.
    `plan_dimensions` says how many there are.
    """
    return typed(
        ComparedTask,
        """
        with tasks as (
            select * from compared_task where basis = ? and plan_id = any(?)
            qualify row_number() over (partition by plan_id, dim order by ordinal) <= ?
        )
        select unit_id, plan_id, coalesce(dim::text, 'x') as dim, sub, text, section, first_line, last_line, coalesce(leads, []) as leads, timing, timing_raw, place
        from tasks left join (select unit_id, leads from unit_named where plan_id = any(?)) as named using (unit_id) order by plan_id, ordinal
    """,
        basis,
        plan_ids,
        most,
        plan_ids,
    )
