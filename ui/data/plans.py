"""Questions about plans, dimensions and sub-dimensions."""

from __future__ import annotations

from typing import Any

import pandas

from ui.data.ask import by, frame, told
from ui.data.build import build, connection_of
from ui.data.kept import kept

# What every page needs.


def plans() -> pandas.DataFrame:
    """One row per plan that is held, in the order that every page keeps: level, then year."""
    return frame("select * from plan_list where status <> 'not_collected' order by position")


def known_plans() -> pandas.DataFrame:
    """One row per plan, those that others only cite last: nobody has collected them."""
    return frame("select * from plan_list order by status = 'not_collected', position")


def dimensions() -> pandas.DataFrame:
    """One row per dimension; 0 is cross-cutting and comes last."""
    return frame("select * from dimensions order by dim = 0, dim")


def subdimensions() -> pandas.DataFrame:
    """One row per sub-dimension."""
    return frame("select * from subdimensions order by dim, sub")


def dimension(dim: int) -> dict[str, Any]:
    """One dimension's row."""
    return by(build().path, dimensions, "dim")[dim]


def subdimension(sub: str) -> dict[str, Any] | None:
    """One sub-dimension's row; None where PAPI has no such."""
    return by(build().path, subdimensions, "sub").get(sub)


def plan(plan_id: str) -> dict[str, Any]:
    """One plan's row, also of one that others only cite."""
    return by(build().path, known_plans, "plan_id")[plan_id]


def plans_of(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of these plans, in reading order, those that nobody has collected last."""
    rows = by(build().path, known_plans, "plan_id")
    return sorted(
        (rows[plan_id] for plan_id in plan_ids if plan_id in rows),
        key=lambda plan: (plan["status"] == "not_collected", plan["position"]),
    )


def plan_state(plan_id: str) -> str:
    """What became of a plan: read, not_read, or no_plan where it is known and nobody has it."""
    status = plan(plan_id)["status"]
    return "no_plan" if status == "not_collected" else str(status)


def line_place(plan_id: str, line: int) -> str | None:
    """Where a line of a plan stands whose format has no lines ("page:3/row:5"); None for one of a text, and for what is
    no plan that is held.
    """
    with told():
        return _line_places(build().path, plan_id).get(line)


@kept(16)
def _line_places(path: str, plan_id: str) -> dict[int, str]:
    return dict(
        connection_of(path)
        .cursor()
        .execute("select distinct line, place from lines where plan_id = ? and place is not null", [plan_id])
        .fetchall()
    )
