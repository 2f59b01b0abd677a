"""A plan in words: its name with its level, and where the numbers of a picture are from."""

from __future__ import annotations

from collections.abc import Iterable

from ui import data
from ui.data.plans import Plan
from ui.data.units import Unit
from ui.words import labels
from ui.words.remember import remember


@remember
def source(plan_ids: tuple[str, ...] | None = None) -> str:
    """The line at the foot of a picture: what it is drawn from (these plans, or all), when, and the guard."""
    plans = data.plans() if plan_ids is None else [plan for plan in data.plans_of(plan_ids) if plan.is_held]
    day = labels.day(data.build().built_at.date())
    if len(plans) == 1:
        said = labels.t("common.source_one", plan=labels.pick(plans[0], "short"), day=day)
        return " ".join(filter(None, (said, guessed(plans))))
    years = sorted({plan.year for plan in plans if plan.year is not None})
    span = "–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else ""
    said = labels.t("common.source", plans=labels.word(len(plans)), n=len(plans), years=span, day=day)
    return " ".join(filter(None, (said, guessed(plans))))


def guessed(plans: Iterable[Plan]) -> str:
    """Which of these plans were read from pictures, and how sure the machine was; "" where none was."""
    names = [f"{labels.pick(plan, 'short')} ({how_sure(plan)})" for plan in plans if plan.is_recognised]
    return labels.t("common.source_ocr", plans=labels.names(names)) if names else ""


def plan_name(plan: Plan | Unit) -> str:
    """A plan with its level, so that no commune or department passes for a province, and with the mark of one whose
    letters were guessed: "Xã Nậm Khánh 2020 (cấp xã, đọc bằng OCR 93%)".
    """
    whole = plan if isinstance(plan, Plan) else data.plan(plan.plan_id)
    said = [labels.lower(labels.t("common.level." + whole.level))]
    if whole.is_recognised:
        said.append(f"{labels.t('common.by_ocr')} {how_sure(whole)}")
    if whole.partly_read:
        said.append(labels.t("common.partly_read"))
    return f"{labels.pick(whole, 'short')} ({', '.join(said)})"


def how_sure(plan: Plan) -> str:
    """How sure the machine was of the letters that it guessed, on average."""
    return labels.percent(plan.ocr_confidence or 0, 100)


def sort_of(plan: Plan) -> str:
    """A document's level, what it is where it is no plan by name, and that it was read from pictures or in part: "Cấp
    huyện · Chỉ thị · đọc bằng OCR".
    """
    said = [labels.t("common.level." + plan.level)]
    if plan.doc_type != "plan":
        said.append(labels.t("common.doc_type." + plan.doc_type))
    if plan.is_recognised:
        said.append(labels.t("common.by_ocr"))
    if plan.partly_read:
        said.append(labels.t("common.partly_read"))
    return " · ".join(said)


@remember
def plan_names(cited: bool = False) -> dict[str, str]:
    """The names of all plans in reading order, with `cited` also of those that others only cite."""
    return {plan.plan_id: plan_name(plan) for plan in (data.known_plans() if cited else data.plans())}


def names_by_id(plans: Iterable[Plan]) -> dict[str, str]:
    """What these plans are called, by their ids."""
    every = plan_names(True)
    return {plan.plan_id: every[plan.plan_id] for plan in plans}


def names_of(plans: Iterable[Plan]) -> list[str]:
    """What these plans are called, for a file that names them."""
    return [plan_name(plan) for plan in plans]
