"""check: is everything accounted for, and what should a person look at?

In: the blocks, the cut and the tagged units of one plan. Out: findings, each with a code and a line. A line that no
role was found for stops the build, by its number; a text that is no plan is refused with the reason.

    account    every line has its place, and the text is a plan at all
    doubts     what the program could not place or understand
    content    what a unit says against its heading, its cells, its date, and the other units
    form       what the plan's own order says against itself: names, numbers, lists, blanks
    gaps       dimensions and indicators that nobody is given

Every code is explained in data/reference/findings.csv, with how often its rule was right.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.check import content, doubts, form, gaps
from etl.check.account import Unaccounted, account, is_plan
from etl.model import Block, Column, Finding, Line, Lost, Plan, Unit

__all__ = ["Unaccounted", "check", "is_plan"]


def check(
    plan: Plan,
    blocks: Sequence[Block],
    units: Sequence[Unit],
    lines: Sequence[Line],
    columns: Sequence[Column],
    lost: Sequence[Lost] = (),
    *,
    is_any: bool = False,
) -> tuple[Finding, ...]:
    """The findings of one plan, in its own order. Raises Unaccounted for a lost line and, unless any text will do,
    Unread for one that is no plan.
    """
    account(plan, blocks, units, lines)
    if not is_any:
        is_plan(plan, blocks, units)
    found = [
        *doubts.assumptions(blocks),
        *doubts.not_read(lost),
        *doubts.findings(units, columns),
        *content.findings(plan, units),
        *form.findings(plan, blocks, units, lines, columns),
        *gaps.findings(plan, units),
    ]
    return tuple(sorted(found, key=lambda finding: finding.line))
