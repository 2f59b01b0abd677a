"""A map of squares: every province at its place, of the 34 of today or of the 63 as then, in a tint that says how much; a
province without a plan is shown as such, and never as zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st
from markupsafe import Markup

from ui.data import country
from ui.data.country import GroupFigure, Grouping, Share, Tile
from ui.draw.measure import width_of, wrap
from ui.draw.palette import INK, PAGE, RULE, SOFT, VAGUE
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick, write
from ui.topics.country import behind as panel
from ui.topics.country.view import Asked, Columns, Rows, asides, decimal, groups, long, sentences, short
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

NAME = "tiles"


class Measure(StrEnum):
    """What a tile says."""

    COVERAGE = "coverage"
    GAPS = "gaps"
    LEADS = "leads"
    SCORES = "scores"


_MEASURES = {"bao-phu": Measure.COVERAGE, "trong": Measure.GAPS, "chu-tri": Measure.LEADS, "diem": Measure.SCORES}
_STEPS = ((VAGUE[0], INK), (VAGUE[1], INK), (VAGUE[3], INK), (VAGUE[7], PAGE), (VAGUE[9], PAGE))
"""Five tints, each with the colour of what is written on it."""


@dataclass(frozen=True)
class Told:
    """What a tile says: its plans, how many of them were read, and of the measure what is written, how far along the scale
    it lies (0 to 1), and the same in words; None where there is nothing to say.
    """

    plans: int
    read: int
    written: str
    part: float | None
    words: str
    value: float | None


@dataclass(frozen=True)
class View:
    """A map, a measure, and the dimension that it is of (None: all)."""

    asked: Asked
    today: bool
    measure: Measure
    dim: int | None

    @property
    def grouping(self) -> Grouping:
        return Grouping.PROVINCE_NOW if self.today else Grouping.PROVINCE


def choose(asked: Asked) -> View:
    """Which map, what its tiles say, and of which dimension, where the measure has dimensions."""
    maps = {key: labels.t(f"country.tiles.map_{key}") for key in ("34", "63")}
    today = pick.pick_one("luoi", maps, labels.t("country.tiles.map"), labels.t("country.tiles.map")) == "34"
    said = {key: labels.t(f"country.tiles.{one}") for key, one in _MEASURES.items()}
    measure = _MEASURES[pick.pick_one("do", said, labels.t("country.counted"), labels.t("country.counted_what"))]
    return View(asked, today, measure, None if measure is Measure.LEADS else pick.pick_dimension())


def nothing(view: View) -> str:
    """A map without any plan still shows where there is none; only one of scores says nothing without them."""
    return labels.t("country.tiles.scores_none") if view.measure is Measure.SCORES and not _scores(view) else ""


@remember
def _figures(view: View) -> Mapping[str, GroupFigure]:
    """By province, with the sums of one dimension where one is asked for."""
    found = {group.name: group for group in groups(view.asked, view.grouping) if group.name is not None}
    if view.dim is None:
        return found
    sums: dict[str, list[int]] = {name: [0, 0, 0] for name in found}
    for cell in country.group_cells(view.asked.basis, view.asked.plan_ids, view.grouping):
        if cell.sub and cell.dim == view.dim and cell.name is not None:
            sums[cell.name] = [sum(both) for both in zip(sums[cell.name], (cell.plans, cell.own, cell.gaps))]
    return {
        name: GroupFigure(name, group.plans, group.read_plans, group.tasks, group.with_lead, *sums[name])
        for name, group in found.items()
    }


@remember
def _scores(view: View) -> Mapping[str, country.ProvinceScore]:
    return {row.province: row for row in country.province_scores(view.dim or 0, view.today)}


@remember
def _told(view: View) -> Mapping[str, Told]:
    """What each province's tile says."""
    figures, scores = _figures(view), _scores(view)
    low, high = (end([row.score for row in scores.values()] or [0]) for end in (min, max))
    found = {}
    for tile in country.tiles(view.today):
        group = figures.get(tile.province)
        plans, read = (group.plans, group.read_plans) if group else (0, 0)
        if view.measure is Measure.SCORES:
            row = scores.get(tile.province)
            words = labels.num(row.score, 2) if row else _no_score(view, tile.province)
            part = (row.score - low) / (high - low or 1) if row else None
            found[tile.province] = Told(plans, read, words if row else "–", part, words, row.score if row else None)
        else:
            found[tile.province] = _share_told(group, plans, read, view.measure)
    return found


def _no_score(view: View, province: str) -> str:
    """Why a province has no score: made by a merger that PAPI has not measured yet, or not measured in that year."""
    if view.today and province in country.merged_provinces():
        return labels.t("country.tiles.no_score_merged")
    return labels.t("country.tiles.no_score_year", year=_year(view))


def _year(view: View) -> str:
    return str(next(iter(_scores(view).values())).year)


def _share_told(group: GroupFigure | None, plans: int, read: int, measure: Measure) -> Told:
    if group is None or not read:
        words = labels.t("common.state.not_read" if plans else "common.state.no_plan")
        return Told(plans, read, "–", None, words, None)
    share = {
        Measure.COVERAGE: Share(group.own, group.cells),
        Measure.GAPS: Share(group.gaps, group.cells),
        Measure.LEADS: Share(group.with_lead, group.tasks),
    }[measure]
    if not share.whole:
        return Told(plans, read, "–", None, labels.t("country.tiles.no_task"), None)
    # a province of few plans is no group to tell a share of
    written = short(share) if read >= country.LEAST else f"{share.part}/{share.whole}"
    return Told(plans, read, written, share.value, long(share), share.value)


def _without(view: View) -> list[str]:
    """The provinces of which no plan is held."""
    return [tile.province for tile in country.tiles(view.today) if not _told(view)[tile.province].plans]


@remember
def answer(view: View) -> Markup:
    """How many provinces have plans and how many have none; how provinces with several are summed; which plans have no tile."""
    told = _told(view)
    without = _without(view)
    n = len(told)
    said = [labels.html("country.tiles.answer", n=n - len(without), of=n)]
    if view.measure is Measure.SCORES:
        said.append(_scored(view))
    else:
        values = [
            (one.value, name) for name, one in told.items() if one.value is not None and one.read >= country.LEAST
        ]
        if len(values) > 1:
            (_, low), (_, high) = min(values), max(values)
            said.append(
                labels.html(
                    f"country.tiles.span_{view.measure}",
                    low=low,
                    low_share=told[low].words,
                    high=high,
                    high_share=told[high].words,
                )
            )
        several = sum(one.read > 1 for one in told.values())
        if several:
            said.append(labels.html("country.tiles.several", n=several))
    if aside := sum(group.plans for group in groups(view.asked, view.grouping) if group.name not in told):
        said.append(labels.html("country.tiles.aside", n=aside))
    return sentences(*said, asides(view.asked))


def _scored(view: View) -> Markup:
    """Of how many provinces scores are held, and why the others have none."""
    scores, told = _scores(view), _told(view)
    said = [labels.html("country.tiles.scores_said", year=_year(view), n=len(scores))]
    without = told.keys() - scores.keys()
    merged = without & country.merged_provinces() if view.today else set()
    for key, some in (("merged", merged), ("missing", without - merged)):
        if some:
            said.append(labels.html(f"country.tiles.scores_{key}", year=_year(view), n=len(some)))
    return Markup(" ").join(said)


@remember
def title(view: View) -> str:
    """What the tiles say, and in how many provinces there is something to say."""
    told = [one for one in _told(view).values() if one.part is not None]
    scope = labels.t("coverage.finding_scope", dim=str(view.dim)) if view.dim else ""
    return labels.t(f"country.tiles.title_{view.measure}", n=len(told), of=len(_told(view)), scope=scope)


def part(view: View) -> str:
    return ""


def rule(view: View) -> str:
    if view.measure is Measure.SCORES:
        return labels.t("scores.source")
    return labels.t("country.tiles.rule" if view.today else "country.tiles.rule_then", least=country.LEAST)


def filters(view: View) -> list[str]:
    key = "34" if view.today else "63"
    said = [labels.t(f"country.tiles.map_{key}"), labels.t(f"country.tiles.{view.measure}")]
    if view.measure is Measure.SCORES:
        said.append(labels.t("scores.source"))
    return [*said, f"{labels.t('common.only_dimension')}: {view.dim}"] if view.dim else said


def _sheet(view: View, width: int) -> Sheet:
    kind = "scores" if view.measure is Measure.SCORES else "shares"
    foot = source()
    if view.measure is Measure.SCORES:
        foot = f"{labels.t('scores.source')} {labels.t('common.guard')}"
    return Sheet(width, title=title(view), subtitle=labels.t(f"country.tiles.subtitle_{kind}"), source=foot)


def _step(part: float) -> tuple[str, str]:
    return _STEPS[min(int(part * len(_STEPS)), len(_STEPS) - 1)]


@remember
def wide(view: View) -> Drawing:
    sheet = _sheet(view, WIDE)
    tiles, y = country.tiles(view.today), sheet.top + 4
    step = 112.0
    end = _map(sheet, view, tiles, y, step, 56)
    left = max(tile.across for tile in tiles) * step + 56
    return sheet.figure(max(end, _key(sheet, view, left, y)))


@remember
def narrow(view: View) -> Drawing:
    sheet = _sheet(view, NARROW)
    y = _key(sheet, view, 0, sheet.top)
    tiles = country.tiles(view.today)
    return sheet.figure(_map(sheet, view, tiles, y + 14, NARROW / max(tile.across for tile in tiles), 50))


def _map(sheet: Sheet, view: View, tiles: tuple[Tile, ...], y: float, across: float, down: float) -> float:
    """The tiles from a height on; gives back where they end."""
    for tile in tiles:
        x0, y0 = (tile.across - 1) * across, y + (tile.down - 1) * down
        box = (x0, y0, x0 + across - 3, y0 + down - 3)
        told = _told(view)[tile.province]
        _tile(sheet, box, tile.short, told)
        words = (tile.province, labels.t("country.plans_n", n=told.plans), told.words, labels.t("common.click"))
        sheet.hit(*box, tile.province, "\n".join(words))
    return y + max(tile.down for tile in tiles) * down


def _tile(sheet: Sheet, box: tuple[float, float, float, float], name: str, told: Told) -> None:
    """A tint with what it says; a dash where there is nothing to say. A dotted edge where no plan is held, hatching where none
    could be read, a plain edge where only the figure is not there.
    """
    x0, y0, x1, y1 = box
    fill, ink = (PAGE, SOFT) if told.part is None else _step(told.part)
    sheet.box(*box, fill)
    if not told.plans:
        sheet.dotted(*box, SOFT)
    elif not told.read:
        sheet.hatched(x0, y1 - 12, x1, y1)
    elif told.part is None:
        sheet.frame(*box, RULE)
    roomy, middle = x1 - x0 > 80, (x0 + x1) / 2
    size = 14 if roomy else 12
    lines = [name] if width_of(name, size) < x1 - x0 - 8 else wrap(name, x1 - x0 - 6, size)
    y = sheet.lines(middle, y0 + (14 if roomy else 10), lines[:2], size, size=size, color=ink, anchor="center")
    sheet.text(middle, y + (4 if roomy else 1), told.written, size=size, color=ink, bold=True, anchor="center")


def _key(sheet: Sheet, view: View, left: float, y: float) -> float:
    """The five tints with what they stand for, and the edges of what has none; gives back where the key ends."""
    scores = [row.score for row in _scores(view).values()]
    told = _told(view).values()

    def entry(words: str) -> None:
        nonlocal y
        sheet.text(left + 44, y + 9, words, size=13)
        y += 24

    for at, (fill, _) in enumerate(_STEPS):
        ends = [at / len(_STEPS), (at + 1) / len(_STEPS)]
        sheet.box(left, y, left + 34, y + 18, fill)
        sheet.frame(left, y, left + 34, y + 18, RULE, width=1)
        if view.measure is Measure.SCORES:
            entry("–".join(labels.num(min(scores) + (max(scores) - min(scores)) * end, 1) for end in ends))
        else:
            entry(f"{round(100 * ends[0])}–{round(100 * ends[1])}%")
    if not all(one.plans for one in told):
        sheet.dotted(left, y, left + 34, y + 18)
        entry(labels.t("country.tiles.no_plan"))
    if any(one.plans and not one.read for one in told):
        sheet.hatched(left, y, left + 34, y + 18)
        entry(labels.t("common.state.not_read"))
    if view.measure is Measure.SCORES and any(one.part is None for one in told):
        sheet.text(left + 17, y + 9, "–", size=14, color=SOFT, anchor="center")
        entry(labels.t("country.tiles.no_score"))
    return y


def rows(view: View) -> tuple[Columns, Rows]:
    """Every province, with or without a plan."""
    columns = {"province": labels.t("country.column.province"), "plans": labels.t("country.plans_heading")}
    columns |= {"read": labels.t("country.column.read"), "value": labels.t(f"country.tiles.{view.measure}")}
    columns |= {"says": labels.t("common.says")}
    return columns, [
        {"province": name, "plans": told.plans, "read": told.read, "value": decimal(told.value), "says": told.words}
        for name, told in _told(view).items()
    ]


def behind(view: View) -> None:
    """The plans of the province in view."""
    st.header(labels.t("country.behind"), anchor=False)
    provinces = {tile.province: tile.province for tile in country.tiles(view.today)}
    chosen = pick.pick_item("o", provinces, labels.t("country.column.province"))
    if chosen is None:
        write.line("small choose", labels.html("country.tiles.choose"))
        return
    asked = view.asked
    found = country.province_plans(asked.basis, asked.plan_ids, view.grouping, chosen)
    panel.listed(
        chosen,
        labels.html("country.plans_n", n=len(found))
        if found
        else labels.html("country.tiles.without", province=chosen),
        len(found),
        lambda first, most: [panel.item(one.plan_id, _plan_words(one), "") for one in found[first : first + most]],
        lambda: _plan_rows(found),
    )


def _plan_words(one: country.ProvincePlan) -> str:
    if one.cells is None:
        return labels.t("common.state.not_read")
    return labels.t("country.tiles.plan", own=one.own, cells=one.cells, gaps=one.gaps)


def _plan_rows(found: tuple[country.ProvincePlan, ...]) -> tuple[Columns, Rows]:
    columns = {key: labels.t(f"country.column.{key}") for key in ("plan", "level", "year", "province", "own", "cells")}
    columns |= {"gaps": labels.t("country.state.gaps")}
    return columns, [
        panel.about(one.plan_id)
        | {
            key: "" if value is None else value
            for key, value in (("own", one.own), ("cells", one.cells), ("gaps", one.gaps))
        }
        for one in found
    ]


def table(view: View) -> tuple[Columns, Rows]:
    columns = {"province": labels.t("country.column.province"), "plans": labels.t("country.plans_heading")}
    columns |= {"says": labels.t(f"country.tiles.{view.measure}")}
    return columns, [{"province": name, "plans": told.plans, "says": told.words} for name, told in _told(view).items()]
