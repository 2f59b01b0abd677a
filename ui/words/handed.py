"""What is said beside tasks that name no lead: the sentence by which their plan hands its work to somebody as a whole."""

from __future__ import annotations

from ui import data
from ui.words import labels, units
from ui.words.remember import remember

_MOST = 2
"""So many sentences are quoted; of more it is said how many there are."""


@remember
def said(plan_ids: tuple[str, ...], as_paper: bool = False) -> str:
    """Those of these plans, each with its place (`as_paper`: as a paper cites it), plain text; "" where there is none."""
    found = data.handed_count(plan_ids)
    if not found:
        return ""
    quoted = [
        labels.t(
            "handed.one",
            plan=labels.pick(data.plan(one.plan_id), "short"),
            words=units.around(one.text, one.quote),
            where=units.cited(one) if as_paper else units.where(one),
        )
        for one in data.handed(plan_ids, _MOST)
    ]
    if left := found - len(quoted):
        quoted.append(labels.t("handed.more", n=left))
    return " ".join(quoted)


def without_lead(plan_id: str, *, as_paper: bool = False) -> list[str]:
    """How many tasks of a plan name no lead, and by which sentence it hands them over all the same; [] where each names one."""
    found = data.role_sums((plan_id,)).get("lead")
    if found is None or found.named == found.tasks:
        return []
    n = labels.t("letters.leaderless", n=found.tasks - found.named, tasks=found.tasks)
    return [*filter(None, [n, said((plan_id,), as_paper)])]
