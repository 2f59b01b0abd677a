"""Scores beside coverage: each province's plan as a point, to the right by how much it covers, upwards by where its province's
score of that year stood. The two stand side by side, and neither says that it causes the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

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
_MOST = 300
"""So many plans are a point each; of more those that lie near to each other are one."""
_ACROSS, _UP = 24, 16
"""The field is then cut into so many parts each way."""


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


@dataclass(frozen=True)
class _Mark:
    """Plans that one point stands for, how far to the right it lies and how far up, from 0 to 1."""

    points: tuple[Beside, ...]
    x: float
    y: float

    @property
    def key(self) -> str:
        return self.points[0].plan_id


@remember
def _marks(view: View) -> tuple[_Mark, ...]:
    """The points: a plan each, or of many plans those of one part of the field together, where they lie on average. Those
    that are named stand alone.
    """
    named = set(view.apart)
    cells: dict[tuple[object, ...], list[Beside]] = {}
    for one in view.points:
        is_alone = one in named or len(view.points) <= _MOST
        part = (min(int(_ACROSS * one.own / one.cells), _ACROSS - 1), min(int(_UP * one.height), _UP - 1))
        cells.setdefault((one.plan_id,) if is_alone else part, []).append(one)
    return tuple(
        _Mark(
            tuple(some),
            sum(one.own / one.cells for one in some) / len(some),
            sum(one.height for one in some) / len(some),
        )
        for some in cells.values()
    )


def _mark_words(mark: _Mark) -> str:
    """What a point says: its plan, or how many they are and between which ends they lie."""
    if len(mark.points) == 1:
        return _words(mark.points[0])
    shares, ranks = [round(100 * one.own / one.cells) for one in mark.points], [one.rank for one in mark.points]
    return labels.t(
        "country.beside.plans", n=len(mark.points), low=min(shares), high=max(shares), first=min(ranks), last=max(ranks)
    )


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
    marks, many = _marks(view), len(view.points) > _MOST
    subtitle = labels.t("country.beside.subtitle_many" if many else "country.beside.subtitle")
    sheet = Sheet(width, title=title(view), subtitle=subtitle, source=foot)
    is_wide = width > NARROW
    left, right = 46.0, width - 360.0 if is_wide else width - 18.0
    y = sheet.lines(0, sheet.top + 6, wrap(labels.t("country.beside.up"), right, 13), 16, size=13, color=SOFT) + 4
    _axes(sheet, left, right, y, y + tall)
    color = DIM[view.dim] if view.dim else VAGUE[5]
    numbers = {one.plan_id: at for at, one in enumerate(view.apart, 1)}
    most, widest = max(len(mark.points) for mark in marks), min((right - left) / _ACROSS, tall / _UP)
    rings: list[tuple[float, float, int]] = []
    # what is named lies over the others
    for mark in sorted(marks, key=lambda mark: mark.key in numbers):
        x, at = left + (right - left) * mark.x, y + tall * (1 - mark.y)
        if mark.key in numbers:
            sheet.circle(x, at, 18, INK, hollow=True, width=1.5)
            rings.append((x, at, numbers[mark.key]))
        else:
            sheet.circle(x, at, max(4, widest * sqrt(len(mark.points) / most)) if many else 8, color)
        sheet.hit(x - 7, at - 7, x + 7, at + 7, mark.key, f"{_mark_words(mark)}\n{labels.t('common.click')}")
    for x, at, said in _joined(rings):
        sheet.text(x, at, said, size=12, bold=True, anchor="center" if len(said) == 1 else "left")
    end = y + tall + 30
    end = sheet.lines(left, end, wrap(labels.t("country.beside.across"), right - left, 13), 16, size=13, color=SOFT)
    if is_wide:
        _key(sheet, view, numbers, right + 30, width - right - 30, y)
        return sheet.figure(end)
    return sheet.figure(_key(sheet, view, numbers, 0, width, end + 12))


def _joined(rings: Sequence[tuple[float, float, int]]) -> list[tuple[float, float, str]]:
    """Where the numbers of rings stand: in the ring, or of rings that lie over each other together at the right of them."""
    left, found = sorted(rings), []
    while left:
        some = [left.pop(0)]
        for one in list(left):
            if any(abs(one[0] - x) < 18 and abs(one[1] - y) < 18 for x, y, _ in some):
                some.append(one)
                left.remove(one)
        right, y = max(x for x, _, _ in some), some[0][1]
        said = ", ".join(map(str, sorted(number for _, _, number in some)))
        found.append((right, y, said) if len(some) == 1 else (right + 12, y, said))
    return found


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
    """The plan in view, with those of its point, each with the ways to its coverage and its words."""
    every = plan_names()
    names = {one.plan_id: every[one.plan_id] for one in view.points}
    st.header(labels.t("common.plan_heading"), anchor=False)
    chosen = pick.pick_item("o", names, labels.t("common.plan_heading"))
    if chosen is None:
        write.line("small choose", labels.html("country.beside.choose"))
        return
    mark = next(mark for mark in _marks(view) if any(one.plan_id == chosen for one in mark.points))
    # the chosen one first
    found = sorted(mark.points, key=lambda one: one.plan_id != chosen)
    topic = str(view.dim) if view.dim else ""
    panel.listed(
        names[chosen] if len(found) == 1 else _mark_words(mark),
        labels.html("country.plans_n", n=len(found)),
        len(found),
        lambda first, most: [panel.item(one.plan_id, _words(one), topic) for one in found[first : first + most]],
        lambda: (rows(view)[0], [row for row, point in zip(rows(view)[1], view.points) if point in mark.points]),
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
