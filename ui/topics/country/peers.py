"""One plan among its peers: a strip per figure, every peer a dot, the plan marked, and the peers' median. It says where a plan
stands, and ranks nobody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from ui import data
from ui.data import country
from ui.data.country import Strip
from ui.data.plans import Plan
from ui.draw.measure import wrap
from ui.draw.palette import INK, RULE, SOFT, VAGUE
from ui.draw.sheet import NARROW, WIDE, Drawing, Sheet
from ui.page import pick, tables
from ui.topics.country.view import Asked, Columns, Rows, amendment, decimal, sentences
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

NAME = "peers"
_NAMES = 262
_DOT, _HIGH = 8, 12
"""A dot takes so many pixels, and so many dots stand over each other at the most."""
_SHARES = ("lead", "time", "own")


@dataclass(frozen=True)
class View:
    """The plan (None: there is none), its peers, whether these are those of its level, and the amendment of it that was
    chosen, if one was.
    """

    asked: Asked
    plan: Plan | None
    peers: tuple[str, ...]
    same_level: bool
    chosen: str | None = None


def choose(asked: Asked) -> View:
    """Which plan: the reader's own, where nothing else is said. Its peers are the other plans of its level that were read, or
    all others where these are too few. For an amendment stands the plan that it amends.
    """
    plan = pick.pick_plan("o")
    if plan is None:
        return View(asked, None, (), False)
    if not plan.amends:
        return View(asked, plan, *_peers(asked, plan.plan_id))
    amended = data.amended_by((plan.plan_id,)).get(plan.plan_id)
    if amended is None:
        return View(asked, plan, (), False)
    return View(asked, data.plan(amended), *_peers(asked, amended), plan.plan_id)


@remember
def _peers(asked: Asked, plan_id: str) -> tuple[tuple[str, ...], bool]:
    others = [data.plan(other) for other in asked.plan_ids if other != plan_id]
    read = [other for other in others if other.is_read]
    alike = tuple(other.plan_id for other in read if other.level == data.plan(plan_id).level)
    return (alike, True) if len(alike) >= country.LEAST else (tuple(other.plan_id for other in read), False)


def nothing(view: View) -> str:
    if view.plan is None:
        return labels.t("country.none_read")
    if view.plan.amends:
        return amendment(view.plan.plan_id, None)
    if not view.plan.is_read:
        return labels.t("country.peers.unread", plan=labels.pick(view.plan, "short"))
    if len(view.peers) < country.LEAST:
        return labels.t("country.peers.few", n=len(view.peers), least=country.LEAST)
    return ""


@remember
def _strips(view: View, places: int) -> tuple[Strip, ...]:
    assert view.plan is not None
    return country.strips(view.asked.basis, view.peers, view.plan.plan_id, places)


def _who(view: View) -> str:
    """ "23 kế hoạch cấp xã khác", "12 kế hoạch khác"."""
    assert view.plan is not None
    if not view.same_level:
        return labels.t("country.peers.others", n=len(view.peers))
    level = labels.lower(labels.t(f"common.level.{view.plan.level}"))
    return labels.t("country.peers.others_of", n=len(view.peers), level=level)


def _value(figure: str, value: float | None) -> str:
    """A figure as it is written: a share in percent, a count as it is, a median between two counts with its half."""
    if value is None:
        return "–"
    if figure in _SHARES:
        return labels.percent(value, 1)
    return labels.num(value, 0 if value == int(value) else 1)


@remember
def answer(view: View) -> Markup:
    """Each figure of the plan beside the peers' median."""
    assert view.plan is not None
    told = [
        labels.t(
            f"country.peers.said_{one.figure}", mine=_value(one.figure, one.mine), median=_value(one.figure, one.median)
        )
        for one in _strips(view, 2)
    ]
    return sentences(
        labels.html("country.peers.answer", plan=labels.pick(view.plan, "short"), who=_who(view), said="; ".join(told)),
        labels.html("country.peers.no_rank"),
        amendment(view.chosen, view.plan.plan_id) if view.chosen else Markup(),
    )


@remember
def title(view: View) -> str:
    """Which plan stands among whom."""
    assert view.plan is not None
    return labels.t("country.peers.title", plan=labels.pick(view.plan, "short"), who=_who(view))


def part(view: View) -> str:
    return ""


def rule(view: View) -> str:
    return labels.t("country.peers.rule")


def filters(view: View) -> list[str]:
    return [title(view)]


@remember
def wide(view: View) -> Drawing:
    return _drawn(view, WIDE, _NAMES)


@remember
def narrow(view: View) -> Drawing:
    return _drawn(view, NARROW, 0)


def _drawn(view: View, width: int, left: float) -> Drawing:
    """The strips under each other, the names beside them, or over them where there is no room (`left` is 0)."""
    start, end = left + 8, width - 8
    strips = _strips(view, int((end - start) / _DOT) + 1)
    most = max(max(Counter(one.places).values()) for one in strips)
    each = -(-most // _HIGH)
    subtitle = [labels.t("country.peers.subtitle")]
    if each > 1:
        subtitle.append(labels.t("country.peers.each", n=each))
    sheet = Sheet(width, title=title(view), subtitle=" ".join(subtitle), source=source())
    y = sheet.top + 4
    for one in strips:
        name = labels.t(f"country.peers.{one.figure}")
        sheet.line(0, y, width, y)
        if left:
            sheet.lines(0, y + 22, wrap(name, left - 24, 15, bold=True), 19, size=15, bold=True)
        else:
            y = sheet.lines(0, y + 16, wrap(name, width - 8, 15, bold=True), 19, size=15, bold=True) - 10
        y = _strip(sheet, one, start, end, y + 18, each)
    sheet.line(0, y, width, y)
    return sheet.figure(y)


def _strip(sheet: Sheet, strip: Strip, start: float, end: float, y: float, each: int) -> float:
    """One figure: dots over a line, the median a line through them, the plan a diamond below; gives back where it ends."""
    counts = Counter(strip.places)
    tall = -(-max(counts.values()) // each)
    base = y + 22 + _DOT * tall
    for place, n in counts.items():
        for step in range(-(-n // each)):
            sheet.circle(start + _DOT * place, base - 6 - _DOT * step, _DOT - 1.5, VAGUE[5])
    sheet.line(start, base, end, base, RULE)

    def at(value: float) -> float:
        wide = strip.most - strip.least
        return start + (end - start) * ((value - strip.least) / wide if wide else 0)

    middle = at(strip.median)
    sheet.line(middle, y + 12, middle, base, INK, width=1.5, dash="dash")
    words = labels.t("country.peers.median", value=_value(strip.figure, strip.median))
    sheet.text(middle, y + 4, words, size=13, anchor=_side(middle, start, end))
    for value, anchor in ((strip.least, "left"), (strip.most, "right")):
        sheet.text(
            at(value) if strip.most > strip.least else start,
            base + 36,
            _value(strip.figure, value),
            size=12,
            color=SOFT,
            anchor=anchor,
        )
    if strip.mine is not None:
        mine = at(strip.mine)
        sheet.symbol(mine, base + 9, "triangle-up", 13, INK)
        words = labels.t("country.peers.mine", value=_value(strip.figure, strip.mine))
        side = _side(mine, start, end)
        sheet.text(
            mine + {"left": 12, "right": -12}.get(side, 0),
            base + (24 if side == "center" else 10),
            words,
            size=13,
            bold=True,
            anchor=side,
        )
    else:
        sheet.text(start, base + 12, labels.t("country.peers.without"), size=13)
    return base + 50


def _side(x: float, start: float, end: float) -> str:
    """On which side of a point its words have room."""
    room = 110
    return "left" if x - start < room else "right" if end - x < room else "center"


def rows(view: View) -> tuple[Columns, Rows]:
    """The figures of the plan and of each peer, which is not named here: a strip ranks nobody."""
    columns = {key: labels.t(f"country.column.{key}") for key in ("figure", "mine", "median", "least", "most", "peers")}
    return columns, [
        {
            "figure": labels.t(f"country.peers.{one.figure}"),
            "mine": decimal(one.mine),
            "median": decimal(one.median),
            "least": decimal(one.least),
            "most": decimal(one.most),
            "peers": len(one.places),
        }
        for one in _strips(view, 2)
    ]


def behind(view: View) -> None:
    tables.note(labels.t("country.peers.behind"))


def table(view: View) -> tuple[Columns, Rows]:
    columns = {key: labels.t(f"country.column.{key}") for key in ("figure", "mine", "median", "least", "most", "peers")}
    return columns, [
        {
            "figure": labels.t(f"country.peers.{one.figure}"),
            **{key: _value(one.figure, getattr(one, key)) for key in ("mine", "median", "least", "most")},
            "peers": len(one.places),
        }
        for one in _strips(view, 2)
    ]
