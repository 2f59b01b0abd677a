"""Change by year: the share of plans of each year with a task of their own, dimension by dimension or on its sub-dimensions. A
line joins two years only where both have enough plans and none lies between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from ui.data import country
from ui.data.country import Grouping, Share, State
from ui.draw.measure import wrap
from ui.draw.palette import DIM, SOFT
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick
from ui.topics.country import behind as panel
from ui.topics.country import choices
from ui.topics.country.view import (
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
    sentences,
    short,
    topics,
)
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

NAME = "years"
_ACROSS, _GAP = 4, 28
"""So many panels stand side by side, with so much room between them."""
_PANEL = 96
"""So tall is the part of a panel from 0 to 100 %."""
_MOST_LABELS = 7
"""So many years are written under a panel."""


@dataclass(frozen=True)
class View:
    """What is counted, on the eight dimensions or on the sub-dimensions of one."""

    asked: Asked
    state: State
    dim: int | None

    @property
    def topics(self) -> Mapping[str, str]:
        return topics(self.dim, self.dim is not None)


def choose(asked: Asked) -> View:
    """What is counted, and of which dimension the sub-dimensions are shown."""
    return View(asked.by(Grouping.YEAR), choices.state(), pick.pick_dimension())


@remember
def _shares(asked: Asked, state: State) -> Mapping[str, Mapping[int, Share]]:
    """By topic and year; a year in which PAPI did not measure it is left out."""
    found: dict[str, dict[int, Share]] = {}
    for cell in country.group_cells(asked.basis, asked.plan_ids, Grouping.YEAR):
        if cell.name is not None and cell.plans:
            found.setdefault(cell.topic, {})[int(cell.name)] = cell.share(state)
    return found


@remember
def _plans(asked: Asked) -> Mapping[int, int]:
    """How many plans of each year were read."""
    found = groups(asked, Grouping.YEAR)
    return {int(group.name): group.read_plans for group in found if group.name is not None and group.read_plans}


def nothing(view: View) -> str:
    plans = _plans(view.asked)
    if not plans:
        return labels.t("country.years.none")
    if max(plans.values()) < country.LEAST:
        said = labels.names([labels.t("country.years.year_n", year=str(year), n=n) for year, n in plans.items()])
        return labels.t("country.years.few", least=country.LEAST, said=said)
    return ""


@dataclass(frozen=True)
class _Change:
    """A topic in its first and its last year with enough plans."""

    topic: str
    first: int
    last: int
    was: Share
    now: Share

    @property
    def is_apart(self) -> bool:
        """Whether the two intervals leave each other free."""
        (low, high), (other_low, other_high) = self.was.interval, self.now.interval
        return high < other_low or other_high < low


@remember
def _changes(view: View) -> list[_Change]:
    """The topics with two such years, those that differ most first."""
    found = []
    for topic in view.topics:
        told = {year: share for year, share in _shares(view.asked, view.state).get(topic, {}).items() if share.is_told}
        if len(told) > 1:
            first, last = min(told), max(told)
            found.append(_Change(topic, first, last, told[first], told[last]))
    return sorted(found, key=lambda change: -abs(change.now.value - change.was.value))


def _change_words(view: View, change: _Change, words: str) -> dict[str, str]:
    told = {"long": long, "short": short}[words]
    return {
        "topic": named(change.topic, view.topics[change.topic]),
        "first": str(change.first),
        "was": told(change.was),
        "last": str(change.last),
        "now": told(change.now),
        "state": labels.lower(labels.t(f"country.state.{view.state}")),
    }


@remember
def answer(view: View) -> Markup:
    """How many plans of which years; where the first and the last year with enough plans differ most; what is left out."""
    plans = _plans(view.asked)
    said = [_span(view)]
    if not (changes := _changes(view)):
        said.append(labels.html("country.years.one"))
    elif changes[0].is_apart:
        said.append(labels.html("country.years.most", **_change_words(view, changes[0], "long")))
    else:
        said.append(labels.html("country.years.same", **_change_words(view, changes[0], "long")))
    if few := [str(year) for year, n in plans.items() if n < country.LEAST]:
        said.append(labels.html("country.years.left_out", years=labels.names(few), least=country.LEAST))
    if unknown := sum(group.read_plans for group in groups(view.asked, Grouping.YEAR) if group.name is None):
        said.append(labels.html("country.years.unknown", n=unknown))
    return sentences(*said, labels.html("country.years.others"), asides(view.asked, Grouping.YEAR))


def _span(view: View) -> Markup:
    plans = _plans(view.asked)
    key = "country.years.span" if len(plans) > 1 else "country.years.span_one"
    return labels.html(key, n=sum(plans.values()), first=str(min(plans)), last=str(max(plans)))


@remember
def title(view: View) -> str:
    """The finding. Rule: where the first and the last year differ most, if their intervals leave each other free. Fallback:
    what is shown.
    """
    changes = _changes(view)
    if changes and changes[0].is_apart:
        return labels.t("country.years.title", **_change_words(view, changes[0], "short"))
    return labels.t("country.years.title_plain", state=labels.t(f"country.state.{view.state}"))


def part(view: View) -> str:
    return ""


def rule(view: View) -> str:
    return labels.t("country.years.rule", least=country.LEAST)


def filters(view: View) -> list[str]:
    return [labels.t(f"country.state.{view.state}")]


@remember
def wide(view: View) -> Drawing:
    return _drawn(view, WIDE, _ACROSS)


@remember
def narrow(view: View) -> Drawing:
    return _drawn(view, NARROW, 1)


def _drawn(view: View, width: int, across: int) -> Drawing:
    state = labels.lower(labels.t(f"country.state.{view.state}"))
    subtitle = labels.t("country.years.subtitle", state=state, least=country.LEAST)
    sheet = Sheet(width, title=title(view), subtitle=subtitle, source=source())
    wide = (width - _GAP * (across - 1)) / across
    heads = {topic: wrap(named(topic, name), wide - 4, 14, bold=True) for topic, name in view.topics.items()}
    keys, y = list(view.topics), sheet.top
    for first in range(0, len(keys), across):
        line = keys[first : first + across]
        tall = max(len(heads[topic]) for topic in line)
        for at, topic in enumerate(line):
            x = at * (wide + _GAP)
            sheet.line(x, y, x + wide, y, DIM[int(topic[0])], width=2)
            sheet.lines(x, y + 14, heads[topic], 17, bold=True, color=DIM[int(topic[0])])
            _panel(sheet, view, topic, x, y + 17 * tall + 22, wide)
        y += 17 * tall + 22 + _PANEL + 44
    return sheet.figure(y - 12)


def _panel(sheet: Sheet, view: View, topic: str, x: float, y: float, wide: float) -> None:
    """One topic: years from left to right, shares from 0 at the bottom to 100 % at the top."""
    shares, plans, dim = _shares(view.asked, view.state).get(topic, {}), _plans(view.asked), int(topic[0])
    first, last = min(plans), max(plans)
    left, right = x + 42, x + wide - 16

    def place(year: int) -> float:
        return (left + right) / 2 if first == last else left + (right - left) * (year - first) / (last - first)

    def height(share: float) -> float:
        return y + _PANEL * (1 - share)

    for level in (0, 0.5, 1):
        sheet.line(left - 6, height(level), right + 10, height(level))
        sheet.text(x + 30, height(level), f"{round(100 * level)}%", size=12, color=SOFT, anchor="right")
    for year, after in pairwise(sorted(shares)):
        if after == year + 1 and shares[year].is_told and shares[after].is_told:
            points = height(shares[year].value), height(shares[after].value)
            sheet.line(place(year), points[0], place(after), points[1], DIM[dim], width=1.5)
    step = (right - left) / max(last - first, 1)
    for year, share in shares.items():
        if share.is_told:
            low, high = share.interval
            sheet.box(place(year) - 3, height(high), place(year) + 3, height(low), DIM[dim], opacity=0.25)
            sheet.circle(place(year), height(share.value), 8, DIM[dim])
        else:
            sheet.text(place(year), y + _PANEL - 10, short(share), size=12, color=SOFT, anchor="center")
        words = (f"{named(topic, view.topics[topic])} · {year}", hover(share), labels.t("common.click"))
        half = min(step / 2, 20)
        sheet.hit(place(year) - half, y - 6, place(year) + half, y + _PANEL + 6, f"{year}~{topic}", "\n".join(words))
    every = max(1, -(-(last - first + 1) // _MOST_LABELS))
    for year in range(first, last + 1, every):
        sheet.text(place(year), y + _PANEL + 14, str(year), size=12, color=SOFT, anchor="center")


def rows(view: View) -> tuple[Columns, Rows]:
    """Every year and topic, dimensions and sub-dimensions: each share with its interval and what it is of."""
    columns = {
        key: labels.t(f"country.column.{key}")
        for key in ("year", "topic", "name", "plans", "n", "share", "low", "high")
    }
    names = topics(None, False) | topics(None)
    return columns, [
        {"year": year, "topic": topic, "name": name, "plans": share.whole, "n": share.part, **in_file(share)}
        for topic, name in names.items()
        for year, share in sorted(_shares(view.asked, view.state).get(topic, {}).items())
    ]


def behind(view: View) -> None:
    panel.show(
        view.asked,
        Grouping.YEAR,
        {group.name: group_name(Grouping.YEAR, group.name) for group in groups(view.asked, Grouping.YEAR)},
        {topic: named(topic, name) for topic, name in view.topics.items()},
    )


def table(view: View) -> tuple[Columns, Rows]:
    """A topic a row, a year a column."""
    plans = _plans(view.asked)
    columns = {"topic": labels.t("tasks.topic")} | {
        str(year): f"{year} ({labels.t('country.n', n=n)})" for year, n in plans.items()
    }
    return columns, [
        {"topic": named(topic, name)}
        | {str(year): short(_shares(view.asked, view.state).get(topic, {}).get(year, Share(0, 0))) for year in plans}
        for topic, name in view.topics.items()
    ]
