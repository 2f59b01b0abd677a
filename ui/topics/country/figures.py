"""How a figure of plans is spread in each group: the median with the half of the plans around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from ui.data import country
from ui.data import figures as asked_of
from ui.data.country import Grouping
from ui.data.figures import Figure, PlanAmount, Spread
from ui.draw.palette import INK
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick, write
from ui.page.paging import Page
from ui.topics.country import behind as panel
from ui.topics.country import choices, lanes
from ui.topics.country.view import UNKNOWN, Asked, Columns, Rows, asides, group_name, groups, read, sentences
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

NAME = "figures"
_MOST, _SAID = 34, 6
"""So many groups stand on a page, and so many are told in the answer."""
_FIGURES = {
    "nhiem-vu": Figure.TASKS,
    "chu-tri": Figure.LED,
    "thoi-gian": Figure.TIMED,
    "ngay": Figure.DATED,
    "chi-so": Figure.OWN,
    "trong": Figure.GAPS,
}


@dataclass(frozen=True)
class View:
    """A figure, the way of grouping, and the page of groups."""

    asked: Asked
    grouping: Grouping
    figure: Figure
    page: Page


def choose(asked: Asked) -> View:
    """Which figure, and by what plans are put together."""
    grouping = choices.grouping()
    asked = asked.by(grouping)
    said = {key: labels.t(f"country.figures.{one}") for key, one in _FIGURES.items()}
    figure = _FIGURES[pick.pick_one("so", said, labels.t("country.counted"), labels.t("country.counted_what"))]
    return View(asked, grouping, figure, choices.page(len(_names(asked, grouping)), _MOST))


@remember
def _names(asked: Asked, grouping: Grouping) -> tuple[str | None, ...]:
    """The groups of which some plan was read."""
    return tuple(group.name for group in groups(asked, grouping) if group.read_plans)


@remember
def _spreads(asked: Asked, grouping: Grouping) -> Mapping[tuple[str | None, str], Spread]:
    return {(one.name, one.figure): one for one in asked_of.spreads(asked.basis, asked.plan_ids, grouping)}


def _of(view: View) -> list[Spread]:
    """The figure of every group, whatever page is shown."""
    spreads = _spreads(view.asked, view.grouping)
    return [spreads[name, view.figure] for name in _names(view.asked, view.grouping)]


def _told(view: View) -> list[Spread]:
    """The same of those groups that have enough plans."""
    return [one for one in _of(view) if one.plans >= country.LEAST]


def nothing(view: View) -> str:
    return "" if view.page.of else labels.t("country.none_read")


def _number(value: float) -> str:
    """A count as it is, a median between two counts with its half, a quartile with its quarter."""
    return labels.num(value, 0 if value == int(value) else 1 if 2 * value == int(2 * value) else 2)


def _figure(view: View) -> str:
    return labels.t(f"country.figures.{view.figure}")


def _name(view: View, one: Spread) -> str:
    return group_name(view.grouping, one.name)


def _long(one: Spread) -> str:
    """ "12 (8–20)": the median, and the two quartiles."""
    return labels.t("country.figures.spread", median=_number(one.median), low=_number(one.low), high=_number(one.high))


@remember
def answer(view: View) -> Markup:
    """The median of each group, or of many the least and the most; which groups have too few plans."""
    told = _told(view)
    shown = sorted(told, key=lambda one: one.median)
    shown = told if len(told) <= _SAID else [shown[0], shown[-1]]
    said = [labels.html("country.figures.of", n=read(view.asked))]
    if told:
        key = "country.figures.said" if len(shown) == len(told) else "country.figures.said_ends"
        medians = "; ".join(
            labels.t("country.figures.group", group=_name(view, one), spread=_long(one), n=one.plans) for one in shown
        )
        said.append(labels.html(key, figure=labels.lower(_figure(view)), said=medians))
        said.append(labels.html("country.figures.how"))
    if few := len(_of(view)) - len(told):
        said.append(labels.html("country.figures.few", n=few, least=country.LEAST))
    return sentences(*said, asides(view.asked, view.grouping))


@remember
def title(view: View) -> str:
    """The finding. Rule: between which medians the groups lie, or the one median. Fallback: what is shown."""
    told = sorted(_told(view), key=lambda one: one.median)
    if not told:
        return _figure(view)
    low, high = told[0], told[-1]
    if low.median == high.median:
        return labels.t("country.figures.title_one", figure=_figure(view), median=_number(low.median))
    return labels.t(
        "country.figures.title",
        figure=_figure(view),
        low=_number(low.median),
        low_group=_name(view, low),
        high=_number(high.median),
        high_group=_name(view, high),
    )


def part(view: View) -> str:
    return choices.part(view.page)


def rule(view: View) -> str:
    return labels.t("country.figures.rule", least=country.LEAST)


def filters(view: View) -> list[str]:
    return [_figure(view), f"{labels.t('country.group')}: {labels.t(f'country.by.{view.grouping}')}"]


def _lines(view: View) -> list[lanes.Line]:
    """The groups of this page, all on one scale from 0 to the highest quartile of any."""
    most = max((one.high for one in _told(view)), default=0) or 1
    return [
        lanes.Line(
            UNKNOWN if one.name is None else one.name,
            _name(view, one),
            f"{_short(one)} · {labels.t('country.n', n=one.plans)}",
            _hover(one),
            (one.low / most, one.median / most, one.high / most) if one.plans >= country.LEAST else None,
        )
        for one in _of(view)[view.page.here]
    ]


def _short(one: Spread) -> str:
    return _long(one) if one.plans >= country.LEAST else "–"


def _hover(one: Spread) -> str:
    if one.plans < country.LEAST:
        return labels.t("country.figures.too_few", n=one.plans)
    return labels.t("country.figures.hover", spread=_long(one), least=_number(one.least), most=_number(one.most))


def _sheet(view: View, width: int) -> Sheet:
    return Sheet(width, title=title(view), subtitle=labels.t("country.figures.subtitle"), source=source())


@remember
def wide(view: View) -> Drawing:
    return lanes.listed(_sheet(view, WIDE), _lines(view), INK)


@remember
def narrow(view: View) -> Drawing:
    return lanes.listed(_sheet(view, NARROW), _lines(view), INK)


def rows(view: View) -> tuple[Columns, Rows]:
    """Every group and figure, whatever page is shown; of too few plans only how many they are."""
    columns = {"group": labels.t("country.group"), "figure": labels.t("country.column.figure")}
    columns |= {key: labels.t(f"country.column.{key}") for key in ("plans", "least")}
    columns |= {"low": labels.t("country.figures.low"), "median": labels.t("country.column.median")}
    columns |= {"high": labels.t("country.figures.high"), "most": labels.t("country.column.most")}
    return columns, [
        {"group": _name(view, one), "figure": labels.t(f"country.figures.{one.figure}"), "plans": one.plans}
        | {
            key: getattr(one, key) if one.plans >= country.LEAST else ""
            for key in ("least", "low", "median", "high", "most")
        }
        for name in _names(view.asked, view.grouping)
        for figure in Figure
        for one in [_spreads(view.asked, view.grouping)[name, figure]]
    ]


def behind(view: View) -> None:
    """The plans of a group, those with most first."""
    st.header(labels.t("country.behind"), anchor=False)
    names = {UNKNOWN if one.name is None else one.name: _name(view, one) for one in _of(view)}
    chosen = pick.pick_item("o", names, labels.t("country.group"))
    if chosen is None:
        write.line("small choose", labels.html("country.figures.choose"))
        return
    name = None if chosen == UNKNOWN else chosen
    found = asked_of.amounts(view.asked.basis, view.asked.plan_ids, view.grouping, name, view.figure)
    amounts(f"{names[chosen]} · {_figure(view)}", found, "", f"country.figures.n_{view.figure}", _figure(view))


def amounts(head: str, found: tuple[PlanAmount, ...], topic: str, says: str, column: str) -> None:
    """Plans with how much each has, under a head: `says` is the label of a plan's amount, `column` its head in a file."""

    def rows() -> tuple[Columns, Rows]:
        columns = {key: labels.t(f"country.column.{key}") for key in ("plan", "level", "year", "province")}
        return columns | {"amount": column}, [panel.about(one.plan_id) | {"amount": one.amount} for one in found]

    panel.listed(
        head,
        labels.html("country.plans_n", n=len(found)),
        len(found),
        lambda first, most: [
            panel.item(one.plan_id, labels.t(says, n=one.amount), topic) for one in found[first : first + most]
        ],
        rows,
    )


def table(view: View) -> tuple[Columns, Rows]:
    """A group a row, a figure a column."""
    spreads = _spreads(view.asked, view.grouping)
    columns = {"group": labels.t("country.group"), "plans": labels.t("country.plans_heading")}
    return columns | {str(figure): labels.t(f"country.figures.{figure}") for figure in Figure}, [
        {"group": group_name(view.grouping, name), "plans": spreads[name, Figure.TASKS].plans}
        | {str(figure): _short(spreads[name, figure]) for figure in Figure}
        for name in _names(view.asked, view.grouping)
    ]
