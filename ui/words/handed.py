"""What is said beside tasks that name no lead: the sentence by which their plan hands its work to somebody as a whole."""

from __future__ import annotations

from ui import data
from ui.data.who import Handed
from ui.words import labels, units
from ui.words.remember import remember

_MOST = 3
"""So many places are named; of more it is said how many there are."""


@remember
def said(plan_ids: tuple[str, ...], as_paper: bool = False) -> str:
    """The first such sentence of one plan with its place (`as_paper`: as a paper cites it), of several plans the places alone,
    plain text; "" where there is none.
    """
    if len(plan_ids) != 1:
        return places(plan_ids, as_paper)
    found = data.handed(plan_ids, 1)
    if not found:
        return ""
    (one,), left = found, data.handed_count(plan_ids) - 1
    where = [_where(one, as_paper), *([labels.t("handed.more", n=left)] if left else [])]
    words = units.around(one.text, one.quote)
    return labels.t("handed.one", plan=_name(one), words=words, where="; ".join(where))


@remember
def places(plan_ids: tuple[str, ...], as_paper: bool = False) -> str:
    """Where such sentences of these plans stand; "" where there is none."""
    found = data.handed(plan_ids, _MOST)
    if not found:
        return ""
    names = [labels.t("handed.place", plan=_name(one), where=_where(one, as_paper)) for one in found]
    if left := data.handed_count(plan_ids) - len(names):
        names.append(labels.t("handed.more", n=left))
    return labels.t("handed.several", places=labels.names(names))


def _where(one: Handed, as_paper: bool) -> str:
    return units.cited(one) if as_paper else units.where(one)


def _name(one: Handed) -> str:
    return labels.pick(data.plan(one.plan_id), "short")


def without_lead(plan_id: str, *, as_paper: bool = False) -> list[str]:
    """How many tasks of a plan name no lead, and by which sentence it hands them over all the same; [] where each names one."""
    found = data.role_sums((plan_id,)).get("lead")
    if found is None or found.named == found.tasks:
        return []
    n = labels.t("letters.leaderless", n=found.tasks - found.named, tasks=found.tasks)
    return [*filter(None, [n, said((plan_id,), as_paper)])]
