"""How often it is right where a page says that nothing in a plan names something: counted at the build against two
readings of the labelled plans.
"""

from __future__ import annotations

from ui import data
from ui.words import labels
from ui.words.remember import remember


@remember
def how_right() -> str:
    """One sentence, plain text: of so many cells called empty so many are, with the 95 % interval; or that nobody has
    counted in this build.
    """
    rows = data.measures()
    found = rows[(rows["part"] == "cells") & (rows["measure"] == "gaps_right") & rows["plan_id"].isna()].to_dict(
        "records"
    )
    if not found or not found[0]["of_count"]:
        return labels.t("absence.uncounted")
    row = found[0]
    return labels.t(
        "absence.right",
        right=int(row["right_count"]),
        of=int(row["of_count"]),
        low=labels.percent(row["low"], 1),
        high=labels.percent(row["high"], 1),
    )
