"""How often it is right where a page says that nothing in a plan names something: counted at the build against two
readings of the labelled plans.
"""

from __future__ import annotations

from ui import data
from ui.words import labels
from ui.words.remember import remember


@remember
def amendments(plan_ids: tuple[str, ...]) -> str:
    """That some of these plans are amendments, of which what they do not name stands; "" where none is."""
    n = data.amendments(plan_ids)
    return labels.t("absence.amendments", n=n) if n else ""


def sought(lacks: str) -> str:
    """What other plans were asked for where one has a gap: "nhiệm vụ ghi thời hạn" where its own give no time."""
    return labels.t(f"absence.sought.{lacks if lacks in ('lead', 'time', 'lead_time') else 'task'}")


@remember
def how_right() -> str:
    """One sentence, plain text: of so many cells called empty so many are, with the 95 % interval; or that nobody has
    counted in this build.
    """
    found = next(
        (row for row in data.measures() if (row.part, row.measure, row.plan_id) == ("cells", "gaps_right", None)), None
    )
    if found is None or not found.of_count:
        return labels.t("absence.uncounted")
    return labels.t(
        "absence.right",
        right=found.right_count,
        of=found.of_count,
        low=labels.percent(found.low, 1),
        high=labels.percent(found.high, 1),
    )
