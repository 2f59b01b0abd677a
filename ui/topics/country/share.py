"""The share of plans with a task of their own on each sub-dimension, or that name it only, or that nothing names: of all
plans, or group by group; each with its interval, and with how many plans it is of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ui.data import country
from ui.data.country import GroupCell, GroupFigure, Grouping, State
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick
from ui.page.paging import Page
from ui.topics.country import behind as panel
from ui.topics.country import choices, lanes
from ui.topics.country.view import (
    UNKNOWN,
    Asked,
    Columns,
    Rows,
    asides,
    group_name,
    groups,
    hover,
    in_file,
    long,
    named,
    read,
    sentences,
    short,
    topics,
)
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

NAME = "share"
_MOST = 6
"""So many groups stand side by side."""
_FEW = 3
"""So many sub-dimensions are named that share an end of the scale."""


@dataclass(frozen=True)
class Column:
    """One column of the picture: a group of plans, and what is counted of each of its cells."""

    group: GroupFigure
    state: State


@dataclass(frozen=True)
class View:
    """The shares to be seen: those of the columns of this page, on one dimension or on all."""

    asked: Asked
    grouping: Grouping
    state: State
    dim: int | None
    columns: tuple[Column, ...]
    page: Page

    def name(self, column: Column) -> str:
        """What stands over a column: its group, or the state where all plans stand together."""
        if self.grouping is Grouping.ALL:
            return labels.t(f"country.state.{column.state}")
        return group_name(self.grouping, column.group.name)


def choose(asked: Asked) -> View:
    """By what plans are put together, what is counted, and on which dimension."""
    grouping = choices.grouping()
    asked = asked.by(grouping)
    state = State.OWN if grouping is Grouping.ALL else choices.state()
    dim = pick.pick_dimension()
    found = [group for group in groups(asked, grouping) if group.read_plans]
    page = choices.page(len(found), _MOST)
    states = State if grouping is Grouping.ALL else (state,)
    columns = tuple(Column(group, one) for group in found[page.here] for one in states)
    return View(asked, grouping, state, dim, columns, page)


def nothing(view: View) -> str:
    return "" if view.columns else labels.t("country.none_read")


@remember
def _cells(asked: Asked, grouping: Grouping) -> Mapping[tuple[str | None, str], GroupCell]:
    """Every group's cell on every topic."""
    return {(cell.name, cell.topic): cell for cell in country.group_cells(asked.basis, asked.plan_ids, grouping)}


def _told(view: View) -> Iterator[tuple[GroupCell, country.Share]]:
    """The sub-dimensions that enough plans stand behind, with the share that is shown."""
    for (_, topic), cell in _cells(view.asked, view.grouping).items():
        share = cell.share(view.state)
        if topic in topics(view.dim) and share.is_told:
            yield cell, share


def _name(cell: GroupCell) -> str:
    return named(cell.topic, topics(None)[cell.topic])


def _end(told: list[tuple[GroupCell, country.Share]], end: Callable[..., Any]) -> dict[str, Any]:
    """The sub-dimensions with the least (`min`) or the most of all, and the share that they have in common."""
    _, share = end(told, key=lambda pair: pair[1].value)
    names = [_name(cell) for cell, other in told if other == share]
    few = names if len(names) <= _FEW else [*names[: _FEW - 1], labels.t("country.share.more", n=len(names) - _FEW + 1)]
    return {"sub": labels.names(few), "share": long(share), "n": len(names)}


@remember
def answer(view: View) -> Markup:
    """Of all plans: the sub-dimensions with the least and the most of them, and the one that most often nothing names. By
    groups: where two of them lie farthest apart.
    """
    told = list(_told(view))
    said = [labels.html("country.share.of", n=read(view.asked))]
    if not told:
        said.append(labels.html("country.share.few", least=country.LEAST))
    elif view.grouping is Grouping.ALL:
        said += [labels.html(f"country.share.{end.__name__}", **_end(told, end)) for end in (min, max)]
        gaps = [(cell, cell.share(State.GAPS)) for cell, _ in told]
        if any(share.part for _, share in gaps):
            said.append(labels.html("country.share.empty", **_end(gaps, max)))
    elif apart := _farthest(view):
        low, high = apart
        said.append(
            labels.html(
                "country.share.apart",
                sub=_name(low[0]),
                state=labels.lower(labels.t(f"country.state.{view.state}")),
                low=group_name(view.grouping, low[0].name),
                low_share=long(low[1]),
                high=group_name(view.grouping, high[0].name),
                high_share=long(high[1]),
            )
        )
        if low[1].interval[1] >= high[1].interval[0]:
            said.append(labels.html("country.share.overlap"))
    return sentences(*said, asides(view.asked, view.grouping))


@remember
def _farthest(view: View) -> tuple[tuple[GroupCell, country.Share], tuple[GroupCell, country.Share]] | None:
    """The two groups, on one sub-dimension, whose intervals lie farthest apart; None where no two can be compared. Plans of
    which nothing is known are no group to be told from others.
    """
    by_sub: dict[str, list[tuple[GroupCell, country.Share]]] = {}
    for cell, share in _told(view):
        if cell.name is None:
            continue
        by_sub.setdefault(cell.topic, []).append((cell, share))
    pairs = [
        (min(found, key=lambda pair: pair[1].value), max(found, key=lambda pair: pair[1].value))
        for found in by_sub.values()
        if len(found) > 1
    ]
    return max(pairs, key=lambda pair: pair[1][1].interval[0] - pair[0][1].interval[1], default=None)


@remember
def title(view: View) -> str:
    """The finding. Rule: of all plans, the sub-dimension with the fewest; by groups, where two lie farthest apart.
    Fallback: what is shown.
    """
    if view.grouping is Grouping.ALL and (told := list(_told(view))):
        return labels.t("country.share.title", **_end(told, min))
    if view.grouping is not Grouping.ALL and (apart := _farthest(view)):
        (low, low_share), (high, high_share) = apart
        return labels.t(
            "country.share.title_apart",
            sub=_name(low),
            low=group_name(view.grouping, low.name),
            low_share=short(low_share),
            high=group_name(view.grouping, high.name),
            high_share=short(high_share),
        )
    return labels.t("country.share.title_plain")


def part(view: View) -> str:
    return choices.part(view.page)


def rule(view: View) -> str:
    return labels.t("country.share.rule", least=country.LEAST)


def filters(view: View) -> list[str]:
    said = [f"{labels.t('country.group')}: {labels.t(f'country.by.{view.grouping}')}"]
    return [*said, f"{labels.t('common.only_dimension')}: {view.dim}"] if view.dim else said


def _sheet(view: View, width: int) -> Sheet:
    if view.grouping is Grouping.ALL:
        subtitle = labels.t("country.share.subtitle_all")
    else:
        subtitle = labels.t("country.share.subtitle", state=labels.t(f"country.state.{view.state}"))
    return Sheet(width, title=title(view), subtitle=subtitle, source=source())


def _columns(view: View) -> list[lanes.Column]:
    """The columns as they are drawn."""
    cells = _cells(view.asked, view.grouping)
    return [
        lanes.Column(
            UNKNOWN if column.group.name is None else column.group.name,
            view.name(column),
            column.group.read_plans,
            {topic: cells[column.group.name, topic].share(column.state) for topic in topics(view.dim)},
        )
        for column in view.columns
    ]


@remember
def wide(view: View) -> Drawing:
    return lanes.wide(_sheet(view, WIDE), _columns(view), topics(view.dim))


@remember
def narrow(view: View) -> Drawing:
    """The sister for a phone."""
    return lanes.narrow(_sheet(view, NARROW), _columns(view), topics(view.dim))


def rows(view: View) -> tuple[Columns, Rows]:
    """Every group and sub-dimension, whatever page is shown: each share with its interval and what it is of."""
    columns = {
        "group": labels.t("country.group"),
        "topic": labels.t("coverage.sub_number"),
        "name": labels.t("coverage.sub_heading"),
        "plans": labels.t("country.plans_heading"),
        **{
            f"{state}_{part}": f"{labels.t(f'country.state.{state}')}: {labels.t(f'country.column.{part}')}"
            for state in State
            for part in ("n", "share", "low", "high")
        },
    }
    cells = _cells(view.asked, view.grouping)
    return columns, [
        {
            "group": group_name(view.grouping, group.name),
            "topic": topic,
            "name": name,
            "plans": cells[group.name, topic].plans,
            **{key: value for state in State for key, value in _figures(cells[group.name, topic], state).items()},
        }
        for group in groups(view.asked, view.grouping)
        if group.read_plans
        for topic, name in topics(view.dim).items()
    ]


def _figures(cell: GroupCell, state: State) -> dict[str, object]:
    """A share in a file; where too few plans stand behind it only how many they are."""
    share = cell.share(state)
    return {f"{state}_n": share.part, **{f"{state}_{part}": value for part, value in in_file(share).items()}}


def behind(view: View) -> None:
    panel.show(
        view.asked,
        view.grouping,
        {group.name: group_name(view.grouping, group.name) for group in groups(view.asked, view.grouping)},
        {topic: named(topic, name) for topic, name in topics(None).items()},
    )


def table(view: View) -> tuple[Columns, Rows]:
    """The columns of the picture, a sub-dimension a row."""
    cells = _cells(view.asked, view.grouping)
    columns = {"sub": labels.t("coverage.sub_heading")} | {
        str(at): f"{view.name(column)} ({labels.t('country.n', n=column.group.read_plans)})"
        for at, column in enumerate(view.columns)
    }
    return columns, [
        {"sub": named(topic, name)}
        | {
            str(at): hover(cells[column.group.name, topic].share(column.state)).replace(" (", "\n(", 1)
            for at, column in enumerate(view.columns)
        }
        for topic, name in topics(view.dim).items()
    ]
