"""Scores beside coverage: each province's plan as a point, to the right by how much it covers, upwards by where its province's
score of that year stood. The two stand side by side, and neither says that it causes the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data import country, figures
from ui.data.figures import Beside
from ui.draw.measure import wrap
from ui.draw.palette import DIM, INK, SOFT, VAGUE
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick, write
from ui.topics.country import behind as panel
from ui.topics.country.view import Asked, Columns, Rows, asides, decimal, sentences
from ui.words import labels
from ui.words.plans import plan_names, source
from ui.words.remember import remember

NAME = "beside"
_NAMED = 5
"""So many plans are named, those where the two part most."""


@dataclass(frozen=True)
class View:
    """The plans, and the dimension (None: all, beside the total score)."""

    asked: Asked
    dim: int | None

    @property
    def points(self) -> tuple[Beside, ...]:
        """Those where the two part most first."""
        return figures.beside(self.asked.basis, self.asked.plan_ids, self.dim or 0)

    @property
    def apart(self) -> Sequence[Beside]:
        """The plans that are named: of enough plans those where the two part at all."""
        return [one for one in self.points if one.apart][:_NAMED] if len(self.points) >= country.LEAST else []


def choose(asked: Asked) -> View:
    """On which dimension."""
    return View(asked, pick.pick_dimension())


def nothing(view: View) -> str:
    return "" if view.points else labels.t("country.beside.none")


def _said(one: Beside) -> dict[str, str]:
    """What is written of a plan: its coverage, its province's score, and the score's rank."""
    return {
        "plan": labels.pick(data.plan(one.plan_id), "short"),
        "covered": labels.percent(one.own, one.cells),
        "of": labels.t("country.of", part=one.own, whole=one.cells),
        "score": labels.num(one.score, 2),
        "rank": labels.t("country.of", part=one.rank, whole=one.provinces_ranked),
        "year": str(one.year),
    }


def _words(one: Beside) -> str:
    return labels.t("country.beside.plan", **_said(one))


def _scope(view: View) -> str:
    return labels.t("coverage.finding_scope", dim=str(view.dim)) if view.dim else ""


@remember
def answer(view: View) -> Markup:
    """How many plans have a score beside them and how many have none; where the two part most; that neither causes the
    other.
    """
    provincial = [data.plan(plan_id) for plan_id in view.asked.plan_ids]
    without = sum(plan.level == "province" and plan.is_read for plan in provincial) - len(view.points)
    said = [labels.html("country.beside.of", n=len(view.points), scope=_scope(view))]
    if without:
        said.append(labels.html("country.beside.without", n=without))
    if view.apart:
        said.append(labels.html("country.beside.apart", said="; ".join(map(_words, view.apart[:3]))))
    elif len(view.points) < country.LEAST:
        said.append(labels.html("country.beside.few", least=country.LEAST))
    return sentences(*said, labels.html("country.beside.guard"), asides(view.asked))


@remember
def title(view: View) -> str:
    """The finding. Rule: the plan where the two part most. Fallback: what is shown."""
    if view.apart:
        return labels.t("country.beside.title", scope=_scope(view), **_said(view.apart[0]))
    return labels.t("country.beside.title_plain", scope=_scope(view))


def part(view: View) -> str:
    return ""


def rule(view: View) -> str:
    return f"{labels.t('country.beside.rule')} {labels.t('scores.source')}"


def filters(view: View) -> list[str]:
    said = [f"{labels.t('common.only_dimension')}: {view.dim}"] if view.dim else []
    return [*said, labels.t("scores.source")]


@remember
def wide(view: View) -> Drawing:
    return _drawn(view, WIDE, 560)


@remember
def narrow(view: View) -> Drawing:
    return _drawn(view, NARROW, 330)


def _drawn(view: View, width: int, tall: float) -> Drawing:
    """The field with its points; those that are named have a number, whose names stand beside it or under it."""
    foot = f"{source()} {labels.t('scores.source')}"
    sheet = Sheet(width, title=title(view), subtitle=labels.t("country.beside.subtitle"), source=foot)
    is_wide = width > NARROW
    left, right = 46.0, width - 360.0 if is_wide else width - 18.0
    y = sheet.lines(0, sheet.top + 6, wrap(labels.t("country.beside.up"), right, 13), 16, size=13, color=SOFT) + 4
    _axes(sheet, left, right, y, y + tall)
    color = DIM[view.dim] if view.dim else VAGUE[5]
    numbers = {one.plan_id: at for at, one in enumerate(view.apart, 1)}
    for one in reversed(view.points):
        x, at = left + (right - left) * one.own / one.cells, y + tall * (1 - one.height)
        if one.plan_id in numbers:
            sheet.circle(x, at, 18, INK, hollow=True, width=1.5)
            sheet.text(x, at, str(numbers[one.plan_id]), size=12, bold=True, anchor="center")
        else:
            sheet.circle(x, at, 8, color)
        sheet.hit(x - 7, at - 7, x + 7, at + 7, one.plan_id, f"{_words(one)}\n{labels.t('common.click')}")
    end = y + tall + 30
    end = sheet.lines(left, end, wrap(labels.t("country.beside.across"), right - left, 13), 16, size=13, color=SOFT)
    if is_wide:
        _key(sheet, view, numbers, right + 30, width - right - 30, y)
        return sheet.figure(end)
    return sheet.figure(_key(sheet, view, numbers, 0, width, end + 12))


def _axes(sheet: Sheet, left: float, right: float, top: float, bottom: float) -> None:
    """Coverage from 0 to 100 % below, the best rank above and the last one below at the left."""
    for part in (0, 0.25, 0.5, 0.75, 1):
        x = left + (right - left) * part
        sheet.line(x, top, x, bottom)
        sheet.text(x, bottom + 12, f"{round(100 * part)}%", size=12, color=SOFT, anchor="center")
        sheet.line(left, top + (bottom - top) * part, right, top + (bottom - top) * part)
    for key, y in (("first", top), ("middle", (top + bottom) / 2), ("last", bottom)):
        sheet.text(left - 10, y, labels.t(f"country.beside.{key}"), size=12, color=SOFT, anchor="right")


def _key(sheet: Sheet, view: View, numbers: Mapping[str, int], left: float, width: float, y: float) -> float:
    """The plans that are named, each by its number; gives back where they end."""
    for one in view.apart:
        sheet.text(left, y + 8, str(numbers[one.plan_id]), size=13, bold=True)
        y = sheet.lines(left + 22, y + 8, wrap(_words(one), width - 26, 13), 17, size=13) + 4
    return y


def rows(view: View) -> tuple[Columns, Rows]:
    """Every plan, those where the two part most first."""
    columns = {key: labels.t(f"country.column.{key}") for key in ("plan", "level", "year", "province", "own", "cells")}
    columns |= {key: labels.t(f"country.beside.{key}") for key in ("score", "rank", "ranked", "apart_column")}
    return columns, [
        panel.about(one.plan_id)
        | {"own": one.own, "cells": one.cells, "score": decimal(one.score), "rank": one.rank}
        | {"ranked": one.provinces_ranked, "apart_column": decimal(one.apart)}
        for one in view.points
    ]


def behind(view: View) -> None:
    """The plan in view, with the ways to its coverage and its words."""
    every = plan_names()
    names = {one.plan_id: every[one.plan_id] for one in view.points}
    st.header(labels.t("common.plan_heading"), anchor=False)
    chosen = pick.pick_item("o", names, labels.t("common.plan_heading"))
    if chosen is None:
        write.line("small choose", labels.html("country.beside.choose"))
        return
    one = next(point for point in view.points if point.plan_id == chosen)
    topic = str(view.dim) if view.dim else ""
    panel.listed(
        names[chosen],
        labels.html("country.plans_n", n=1),
        1,
        lambda first, most: [panel.item(chosen, _words(one), topic)],
        lambda: (rows(view)[0], [row for row, point in zip(rows(view)[1], view.points) if point is one]),
    )


def table(view: View) -> tuple[Columns, Rows]:
    columns = {"plan": labels.t("common.plan_heading"), "covered": labels.t("country.tiles.coverage")}
    columns |= {key: labels.t(f"country.beside.{key}") for key in ("score", "rank")}
    names = plan_names()
    return columns, [
        {
            "plan": names[one.plan_id],
            "covered": f"{said['covered']} ({said['of']})",
            "score": said["score"],
            "rank": said["rank"],
        }
        for one in view.points
        for said in [_said(one)]
    ]
