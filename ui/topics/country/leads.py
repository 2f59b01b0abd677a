"""Who leads a topic: in how many of the plans that have a task of their own there each agency leads one."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from ui.data import figures
from ui.data.figures import Leader
from ui.draw.palette import DIM
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick, write
from ui.page.paging import Page
from ui.topics.country import choices, lanes
from ui.topics.country.figures import amounts
from ui.topics.country.view import Asked, Columns, Rows, asides, hover, in_file, long, named, sentences, topics
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

NAME = "leads"
_MOST, _SAID = 30, 3
"""So many agencies stand on a page, and so many are told in the answer."""


@dataclass(frozen=True)
class View:
    """A topic, a dimension ("3") or a sub-dimension ("3.3"), and the page of agencies."""

    asked: Asked
    topic: str
    page: Page

    @property
    def name(self) -> str:
        return _topics()[self.topic]

    @property
    def leaders(self) -> tuple[Leader, ...]:
        """All of them, those in most plans first."""
        return figures.leaders(self.asked.basis, self.asked.plan_ids, self.topic)


@remember
def _topics() -> dict[str, str]:
    """Each dimension with its sub-dimensions after it."""
    found = topics(None, False) | topics(None)
    return {topic: named(topic, found[topic]) for topic in sorted(found)}


def choose(asked: Asked) -> View:
    """Which topic; the first dimension where nothing is said."""
    first = next(iter(_topics()))
    topic = pick.pick_item("ve-gi", _topics(), labels.t("tasks.topic"), first, clears="o") or first
    of = len(figures.leaders(asked.basis, asked.plan_ids, topic))
    return View(asked, topic, choices.page(of, _MOST))


def nothing(view: View) -> str:
    return "" if view.leaders else labels.t("country.leads.none", topic=view.name)


def _words(one: Leader) -> str:
    return labels.t("country.leads.agency", agency=one.agency, share=long(one.share))


@remember
def answer(view: View) -> Markup:
    """How many plans have a task there, how many agencies lead one, and which in most plans."""
    first = view.leaders[0]
    return sentences(
        labels.html("country.leads.of", n=first.of_plans, topic=view.name, agencies=len(view.leaders)),
        labels.html("country.leads.most", said="; ".join(map(_words, view.leaders[:_SAID]))),
        asides(view.asked),
    )


@remember
def title(view: View) -> str:
    """Who leads the topic in most plans."""
    first = view.leaders[0]
    of = labels.t("country.of", part=first.plans, whole=first.of_plans)
    return labels.t("country.leads.title", topic=view.name, agency=first.agency, of=of)


def part(view: View) -> str:
    return choices.part(view.page)


def rule(view: View) -> str:
    return labels.t("country.leads.rule")


def filters(view: View) -> list[str]:
    return [f"{labels.t('tasks.topic')}: {view.name}"]


def _sheet(view: View, width: int) -> Sheet:
    return Sheet(width, title=title(view), subtitle=labels.t("country.leads.subtitle"), source=source())


def _lines(view: View) -> list[lanes.Line]:
    return [
        lanes.Line(one.agency, one.agency, long(one.share), _hover(one), lanes.band(one.share))
        for one in view.leaders[view.page.here]
    ]


def _hover(one: Leader) -> str:
    return f"{hover(one.share)}\n{labels.t('common.state.own', n=one.tasks)}"


@remember
def wide(view: View) -> Drawing:
    return lanes.listed(_sheet(view, WIDE), _lines(view), DIM[int(view.topic[0])])


@remember
def narrow(view: View) -> Drawing:
    return lanes.listed(_sheet(view, NARROW), _lines(view), DIM[int(view.topic[0])])


def rows(view: View) -> tuple[Columns, Rows]:
    """Every agency, whatever page is shown."""
    columns = {"agency": labels.t("who.agency"), "n": labels.t("country.leads.plans")}
    columns |= {"plans": labels.t("country.leads.of_plans"), "tasks": labels.t("country.figures.tasks")}
    columns |= {key: labels.t(f"country.column.{key}") for key in ("share", "low", "high")}
    return columns, [
        {"agency": one.agency, "n": one.plans, "plans": one.of_plans, "tasks": one.tasks, **in_file(one.share)}
        for one in view.leaders
    ]


def behind(view: View) -> None:
    """The plans in which an agency leads the topic, with links to the tasks."""
    st.header(labels.t("country.behind"), anchor=False)
    chosen = pick.pick_item("o", {one.agency: one.agency for one in view.leaders}, labels.t("who.agency"))
    if chosen is None:
        write.line("small choose", labels.html("country.leads.choose"))
        return
    found = figures.led_amounts(view.asked.basis, view.asked.plan_ids, view.topic, chosen)
    amounts(f"{chosen} · {view.name}", found, view.topic, "country.leads.n", labels.t("country.leads.led"))


def table(view: View) -> tuple[Columns, Rows]:
    columns = {"agency": labels.t("who.agency"), "plans": labels.t("country.leads.plans")}
    columns |= {"tasks": labels.t("country.figures.tasks")}
    return columns, [{"agency": one.agency, "plans": hover(one.share), "tasks": one.tasks} for one in view.leaders]
