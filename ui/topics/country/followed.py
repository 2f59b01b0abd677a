"""What plans kept of the plans they follow on: on each sub-dimension, how many kept a task of their own, how many dropped it,
and how many took it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data import country, figures
from ui.data.country import Grouping
from ui.data.figures import Fate, FateCount, FollowedCell
from ui.data.plans import Plan
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick, write
from ui.topics.country import behind as panel
from ui.topics.country import lanes
from ui.topics.country.view import (
    LEVELS,
    Asked,
    Columns,
    Rows,
    hover,
    in_file,
    in_their_years,
    long,
    named,
    sentences,
    topics,
)
from ui.words import labels
from ui.words.markup import filled
from ui.words.plans import source
from ui.words.remember import remember

NAME = "followed"


@dataclass(frozen=True)
class View:
    """The plans of which some follow on others, and the dimension of which the sub-dimensions are shown (None: all)."""

    asked: Asked
    dim: int | None

    @property
    def counts(self) -> Mapping[str, FateCount]:
        """By sub-dimension, those alone that PAPI measured in the years of two linked plans."""
        found = {one.sub: one for one in figures.fate_counts(self.asked.basis, self.asked.plan_ids)}
        return {sub: found[sub] for sub in topics(self.dim) if sub in found}

    @property
    def n(self) -> int:
        return figures.followed_count(self.asked.basis, self.asked.plan_ids)

    @property
    def topics(self) -> Mapping[str, str]:
        counts = self.counts
        return {sub: name for sub, name in topics(self.dim).items() if sub in counts}


def choose(asked: Asked) -> View:
    """On which dimension; a plan follows on another in the year in which it stood."""
    return View(asked.by(Grouping.YEAR), pick.pick_dimension())


def nothing(view: View) -> str:
    return "" if view.counts else labels.t("country.followed.none")


@remember
def _most(view: View, fate: Fate) -> FateCount | None:
    """The sub-dimension on which most plans of enough had this fate; None where none had."""
    told = [one for one in view.counts.values() if one.share(fate).is_told and one.share(fate).part]
    return max(told, key=lambda one: one.share(fate).value, default=None)


def _words(one: FateCount, fate: Fate) -> dict[str, str]:
    return {"sub": named(one.sub, topics(None)[one.sub]), "share": long(one.share(fate))}


@remember
def answer(view: View) -> Markup:
    """How many plans follow on another; where most dropped, kept and took up a task of their own."""
    said = [labels.html("country.followed.of", n=view.n)]
    for fate in (Fate.DROPPED, Fate.KEPT, Fate.TAKEN):
        if one := _most(view, fate):
            said.append(labels.html(f"country.followed.most_{fate}", **_words(one, fate)))
            if fate is Fate.DROPPED:
                said.append(labels.html("country.followed.emptied", n=one.emptied))
    if view.n < country.LEAST:
        said.append(labels.html("country.share.few", least=country.LEAST))
    return sentences(*said, in_their_years(view.asked))


@remember
def title(view: View) -> str:
    """The finding. Rule: the sub-dimension that most plans dropped. Fallback: what is shown."""
    if one := _most(view, Fate.DROPPED):
        return labels.t("country.followed.title", **_words(one, Fate.DROPPED))
    return labels.t("country.followed.title_plain")


def part(view: View) -> str:
    return ""


def rule(view: View) -> str:
    return labels.t("country.followed.rule", least=country.LEAST)


def filters(view: View) -> list[str]:
    return [f"{labels.t('common.only_dimension')}: {view.dim}"] if view.dim else []


def _fate(fate: Fate) -> str:
    return labels.t(f"country.followed.{fate}")


def _sheet(view: View, width: int) -> Sheet:
    return Sheet(width, title=title(view), subtitle=labels.t("country.followed.subtitle"), source=source())


def _columns(view: View) -> list[lanes.Column]:
    return [
        lanes.Column(fate, _fate(fate), view.n, {sub: one.share(fate) for sub, one in view.counts.items()})
        for fate in Fate
    ]


@remember
def wide(view: View) -> Drawing:
    return lanes.wide(_sheet(view, WIDE), _columns(view), view.topics)


@remember
def narrow(view: View) -> Drawing:
    return lanes.narrow(_sheet(view, NARROW), _columns(view), view.topics)


def rows(view: View) -> tuple[Columns, Rows]:
    """Every sub-dimension and fate, each share with its interval and what it is of."""
    columns = {"topic": labels.t("coverage.sub_number"), "name": labels.t("coverage.sub_heading")}
    columns |= {"fate": labels.t("country.followed.fate")}
    columns |= {key: labels.t(f"country.column.{key}") for key in ("plans", "n", "share", "low", "high")}
    return columns, [
        {
            "topic": sub,
            "name": view.topics[sub],
            "fate": _fate(fate),
            "plans": share.whole,
            "n": share.part,
            **in_file(share),
        }
        for sub, one in view.counts.items()
        for fate in Fate
        for share in [one.share(fate)]
    ]


def behind(view: View) -> None:
    """The plans of one fate on a sub-dimension, each with what it and the earlier plan say there."""
    st.header(labels.t("country.behind"), anchor=False)
    fates = {str(fate): _fate(fate) for fate in Fate}
    subs = {sub: named(sub, name) for sub, name in view.topics.items()}
    chosen = pick.pick_pair("o", fates, subs, labels.t("country.followed.fate"), labels.t("coverage.sub_heading"))
    if chosen is None:
        write.line("small choose", labels.html("country.followed.choose"))
        return
    fate, sub = chosen
    found = figures.followed_cells(view.asked.basis, view.asked.plan_ids, Fate(fate), sub)
    panel.listed(
        f"{fates[fate]} · {subs[sub]}",
        _counted(found),
        len(found),
        lambda first, most: [_item(one, sub) for one in found[first : first + most]],
        lambda: _plan_rows(found),
    )


def _counted(found: tuple[FollowedCell, ...]) -> Markup:
    """How many plans they are, and of which provinces; of several levels how many of each, from the province down."""
    levels: dict[str, list[Plan]] = {}
    for plan in (data.plan(one.plan_id) for one in found):
        levels.setdefault(plan.level, []).append(plan)
    if len(levels) < 2:
        return _of_provinces([plan for plans in levels.values() for plan in plans])
    parts = (
        filled("{}: {}", labels.t(f"common.level.{level}"), _of_provinces(levels[level]))
        for level in sorted(levels, key=LEVELS.index)
    )
    return sentences(labels.html("country.followed.all", n=len(found)), *parts)


def _of_provinces(plans: list[Plan]) -> Markup:
    provinces = dict.fromkeys(plan.province for plan in plans if plan.province)
    if not provinces:
        return labels.html("country.plans_n", n=len(plans))
    return labels.html("country.followed.provinces", n=len(plans), provinces=labels.names(list(provinces)))


def _says(one: FollowedCell) -> tuple[str, str]:
    """What the plan says, and what the earlier one does."""
    return (
        labels.t(f"common.state.{one.state}", n=one.n),
        labels.t(f"common.state.{one.earlier_state}", n=one.earlier_n),
    )


def _item(one: FollowedCell, sub: str) -> Markup:
    now, was = _says(one)
    return filled(
        "{}<br>{}",
        panel.item(one.plan_id, now, sub),
        panel.item(one.earlier_id, labels.t("country.followed.was", says=was), sub),
    )


def _plan_rows(found: tuple[FollowedCell, ...]) -> tuple[Columns, Rows]:
    columns = {key: labels.t(f"country.column.{key}") for key in ("plan", "level", "year", "province", "says")}
    columns |= {key: labels.t(f"country.followed.{key}") for key in ("earlier", "earlier_says")}
    return columns, [
        panel.about(one.plan_id)
        | dict(zip(("says", "earlier_says"), _says(one)))
        | {"earlier": labels.pick(data.plan(one.earlier_id), "short")}
        for one in found
    ]


def table(view: View) -> tuple[Columns, Rows]:
    """A sub-dimension a row, a fate a column."""
    columns = {"sub": labels.t("coverage.sub_heading"), "plans": labels.t("country.column.plans")}
    return columns | {str(fate): _fate(fate) for fate in Fate}, [
        {"sub": named(sub, view.topics[sub]), "plans": one.plans}
        | {str(fate): hover(one.share(fate)).replace(" (", "\n(", 1) for fate in Fate}
        for sub, one in view.counts.items()
    ]
