"""What is said beside tasks that name no lead: the sentence by which their plan hands its work to somebody as a whole."""

from __future__ import annotations

from ui import data
from ui.words import labels, units
from ui.words.remember import remember

_MOST = 3
"""So many places are named; of more it is said how many there are."""


@remember
def said(plan_ids: tuple[str, ...], as_paper: bool = False) -> str:
    """The sentence of one plan with its place, of several the places alone (`as_paper`: as a paper cites them), plain text;
    "" where there is none.
    """
    found = data.handed(plan_ids, _MOST)
    if not found:
        return ""
    one, where = found[0], [units.cited(one) if as_paper else units.where(one) for one in found]
    if len(plan_ids) == 1:
        words = units.around(one.text, one.quote)
        rest = [labels.t("handed.more", n=left)] if (left := data.handed_count(plan_ids) - 1) else []
        return labels.t("handed.one", plan=_name(one.plan_id), words=words, where="; ".join([where[0], *rest]))
    places = [labels.t("handed.place", plan=_name(one.plan_id), where=at) for one, at in zip(found, where)]
    if left := data.handed_count(plan_ids) - len(places):
        places.append(labels.t("handed.more", n=left))
    return labels.t("handed.several", places=labels.names(places))


def _name(plan_id: str) -> str:
    return labels.pick(data.plan(plan_id), "short")


def without_lead(plan_id: str, *, as_paper: bool = False) -> list[str]:
    """How many tasks of a plan name no lead, and by which sentence it hands them over all the same; [] where each names one."""
    found = data.role_sums((plan_id,)).get("lead")
    if found is None or found.named == found.tasks:
        return []
    n = labels.t("letters.leaderless", n=found.tasks - found.named, tasks=found.tasks)
    return [*filter(None, [n, said((plan_id,), as_paper)])]
