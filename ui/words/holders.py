"""Who holds in other plans what one lacks, in words, and who holds it today: "Bắc Kạn 2021 giao Sở Tài nguyên và Môi
trường (2 việc), nay là Sở Nông nghiệp và Môi trường (Nghị định 45/2025/NĐ-CP)".
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ui import data
from ui.data.borrow import Holder
from ui.words import labels
from ui.words.markup import filled
from ui.words.offices import office, successor

_MOST_PLANS = 3
"""So many plans are named one by one."""


def said(held: Sequence[Holder], most: int) -> str:
    """The first of these holders, a clause each; "" where there is none. Plain text."""
    return "; ".join(labels.t("borrow.holder", **_parts(one), today=today(one), n=one.tasks) for one in held[:most])


def sentence(held: Sequence[Holder], most: int) -> Markup:
    """The same as a sentence that says in how many plans somebody leads, and another that names the rest; empty where
    there is none.
    """
    if not held:
        return Markup()
    words = labels.html("borrow.holders", n=held[0].plans, holders=said(held, most))
    shown = {one.agency for one in held[:most]}
    left = held[0].agencies - len(shown)
    if not left:
        return words
    names = list(dict.fromkeys(office(one.agency) for one in held[most:] if one.agency not in shown))
    if unnamed := left - len(names):
        names.append(labels.t("borrow.holders_rest", n=unnamed))
    return filled("{} {}", words, labels.html("borrow.holders_more", n=left, names=labels.names(names)))


def _parts(one: Holder) -> dict[str, str]:
    names = [labels.pick(data.plan(plan_id), "short") for plan_id in one.plan_ids]
    if len(names) > _MOST_PLANS:
        names = [*names[:_MOST_PLANS], labels.t("borrow.holder_more", n=len(names) - _MOST_PLANS)]
    return {"plans": labels.names(names), "agency": office(one.agency)}


def today(one: Holder) -> str:
    """Who holds its work since the reform of 2025, with the legal basis, or that the tables know of no change."""
    if not one.is_changed:
        return labels.t("borrow.today_unchanged" if one.is_known else "borrow.today_unknown")
    basis = one.basis or labels.t("borrow.today_no_basis")
    if one.office:
        return labels.t(
            "borrow.today_same" if one.office == one.agency else "borrow.today", office=office(one.office), basis=basis
        )
    parts = one.successors or ()
    if offices := [successor(part) for part in parts if part["office"]]:
        return labels.t("borrow.today_split", offices="; ".join(offices), basis=basis)
    return labels.t("borrow.today_gone", scope="; ".join(map(successor, parts)), basis=basis)
