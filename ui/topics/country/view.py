"""What the pictures of many plans share: the reader's filters, groups and topics by their names, shares in words.

A picture is a module that answers the questions of `Picture`; the page asks them in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from markupsafe import Markup

from ui import data
from ui.data import country
from ui.data.country import Grouping, Share
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.draw.sheet import Drawing
from ui.words import labels
from ui.words.remember import remember

Columns = Mapping[str, str]
Rows = Sequence[Mapping[str, Any]]
UNKNOWN = "-"
"""In an address the group of plans of which nothing is known."""


@dataclass(frozen=True)
class Asked:
    """What the reader asks of every picture: the way of counting, the plans that the filters leave without amendments, the
    reader's own plan (where that is an amendment the plan it amends), the amendments among those plans, and the plans that
    were replaced in a later year than their own.
    """

    basis: Basis
    plan_ids: tuple[str, ...]
    own: str | None
    amendments: tuple[str, ...] = ()
    chosen: str | None = None
    """The reader's own plan as it was chosen, where it is an amendment."""
    earlier: tuple[str, ...] = ()

    @classmethod
    def of(cls, basis: Basis, plans: Sequence[Plan], own: str | None, replaced: Sequence[Plan] = ()) -> Asked:
        """What is asked of these plans, and of those that were `replaced`: an amendment is no plan of its own."""
        aside = tuple(plan.plan_id for plan in plans if plan.amends)
        left = tuple(plan.plan_id for plan in plans if not plan.amends)
        earlier = tuple(
            plan.plan_id for plan in replaced if plan.stood and not plan.amends and plan.plan_id not in left
        )
        if own and data.plan(own).amends:
            return cls(basis, left, data.amended_by((own,)).get(own), aside, own, earlier)
        return cls(basis, left, own, aside, None, earlier)

    def by(self, grouping: Grouping) -> Asked:
        """The same of the plans that are put together so: by year a plan counts that stood in its year."""
        if grouping is not Grouping.YEAR:
            return self
        return replace(self, plan_ids=(*self.plan_ids, *self.earlier))


class Picture(Protocol):
    """What a module of a picture answers. `view` is what it shows, made from `Asked` and the choices of its own."""

    NAME: str
    """The key of its words: `country.NAME`."""

    def choose(self, asked: Asked) -> Any:
        """Its own choices, drawn as widgets, and the view that comes of them."""

    def nothing(self, view: Any) -> str:
        """Why there is nothing to draw; "" where there is."""

    def answer(self, view: Any) -> Markup:
        """The answer over it, as markup."""

    def title(self, view: Any) -> str:
        """The finding that titles it."""

    def wide(self, view: Any) -> Drawing:
        """The picture over the whole page."""

    def narrow(self, view: Any) -> Drawing:
        """Its sister for a phone."""

    def part(self, view: Any) -> str:
        """Which part of many it shows; "" where it shows all."""

    def rule(self, view: Any) -> str:
        """How it was counted, under the picture."""

    def filters(self, view: Any) -> list[str]:
        """Its own choices in words, for files."""

    def rows(self, view: Any) -> tuple[Columns, Rows]:
        """All its numbers, for files: columns and rows."""

    def behind(self, view: Any) -> None:
        """What stands behind the mark that was clicked."""

    def table(self, view: Any) -> tuple[Columns, Rows]:
        """What it shows, as a table."""


def group_name(grouping: Grouping, name: str | None) -> str:
    """A group in words: "Cấp xã", "2021", "không rõ năm"."""
    if name is None:
        return labels.t(f"country.unknown.{grouping}")
    if grouping is Grouping.LEVEL:
        return labels.t(f"common.level.{name}")
    if grouping is Grouping.DOC_TYPE:
        return labels.t(f"common.doc_type.{name}")
    if grouping is Grouping.PLAN:
        return labels.pick(data.plan(name), "short")
    if grouping is Grouping.ALL:
        return labels.t("common.all_plans")
    if grouping is Grouping.REGION and labels.lang() == "en":
        return next(region.region_en for region in data.regions() if region.region == name)
    return name


LEVELS = ("province", "department", "district", "commune")


@remember
def groups(asked: Asked, grouping: Grouping) -> tuple[country.GroupFigure, ...]:
    """The groups in the order in which they are shown: levels from the province down, regions from the north, what is not
    known last, all else by name.
    """
    regions = tuple(region.region for region in data.regions())
    order = {Grouping.LEVEL: LEVELS, Grouping.REGION: regions}.get(grouping, ())

    def place(group: country.GroupFigure) -> tuple[bool, int]:
        return group.name is None, order.index(group.name) if group.name in order else len(order)

    return tuple(sorted(country.group_figures(asked.basis, asked.plan_ids, grouping), key=place))


def counted(asked: Asked) -> int:
    """How many plans that are."""
    return sum(group.plans for group in groups(asked, Grouping.ALL))


def read(asked: Asked) -> int:
    """How many of the plans were read."""
    return sum(group.read_plans for group in groups(asked, Grouping.ALL))


@remember
def topics(dim: int | None, subs: bool = True) -> dict[str, str]:
    """Topics by their key ("3.3", "3") with their short names: the sub-dimensions of one dimension or of all, or the eight
    dimensions.
    """
    if subs:
        return {sub.sub: labels.pick(sub, "short") for sub in data.subdimensions(dim)}
    return {str(one.dim): labels.pick(one, "short") for one in data.dimensions() if one.dim}


def by_dim(keys: Iterable[str]) -> dict[int, list[str]]:
    """Topics under their dimension."""
    found: dict[int, list[str]] = {}
    for key in keys:
        found.setdefault(int(key[0]), []).append(key)
    return found


def named(topic: str, name: str) -> str:
    """ "3.3 Giải trình"."""
    return f"{topic} {name}"


def short(share: Share) -> str:
    """What fits a cell: "72%", or "2/3" where there are too few to speak of a share; "–" of nothing."""
    if not share.whole:
        return "–"
    return labels.percent(share.part, share.whole) if share.is_told else f"{share.part}/{share.whole}"


def long(share: Share) -> str:
    """The same in a sentence: "72% (216 trong 300)", "2 trong 3"."""
    if not share.whole:
        return short(share)
    of = labels.t("country.of", part=share.part, whole=share.whole)
    return f"{short(share)} ({of})" if share.is_told else of


def hover(share: Share) -> str:
    """The same with its interval, and in words where there is nothing."""
    if not share.whole:
        return labels.t("country.unmeasured")
    if not share.is_told:
        return long(share)
    low, high = (round(100 * end) for end in share.interval)
    return labels.t("country.interval", share=long(share), low=low, high=high)


def decimal(value: float | None) -> float | str:
    """A share in a file, to four decimals; "" where there is none."""
    return "" if value is None else round(value, 4)


def asides(asked: Asked, grouping: Grouping = Grouping.ALL) -> Markup:
    """How many plans could not be read and are not counted, how many stand in two groups, how many that were replaced since
    count in their years, how many amendments are no plans of their own, and whether the reader's own plan is one; nothing
    where there is none.
    """
    n = sum(group.plans - group.read_plans for group in groups(asked, Grouping.ALL))
    unread = labels.html("country.unread", n=n) if n else Markup()
    said = [unread]
    if grouping is Grouping.REGION and (both := sum(group.plans for group in groups(asked, grouping)) - counted(asked)):
        said.append(labels.html("country.two_regions", n=both))
    if grouping is Grouping.YEAR:
        said.append(in_their_years(asked))
    if asked.amendments:
        said.append(labels.html("country.amendments", n=len(asked.amendments)))
        if alone := len(asked.amendments) - len(data.amended_by(asked.amendments)):
            said.append(labels.html("country.amendments_alone", n=alone))
    if asked.chosen:
        said.append(amendment(asked.chosen, asked.own))
    return sentences(*said)


def in_their_years(asked: Asked) -> Markup:
    """How many plans that were replaced since count in their years; nothing where none does."""
    n = len(asked.earlier)
    return labels.html("country.in_their_years", n=n) if n else Markup()


def amendment(plan_id: str, amended: str | None) -> Markup:
    """That a plan is an amendment, and of which (None: nobody holds it)."""
    names = {"plan": labels.pick(data.plan(plan_id), "short")}
    if amended is None:
        return labels.html("country.amendment_alone", **names)
    return labels.html("country.amendment", **names, amended=labels.pick(data.plan(amended), "short"))


def sentences(*said: Markup) -> Markup:
    """Sentences, without those that are empty."""
    return Markup(" ").join(filter(None, said))


def in_file(share: Share) -> dict[str, float | str]:
    """A share with its interval in a file; "" where too few plans stand behind it."""
    values = (share.value, *share.interval) if share.is_told else (None, None, None)
    return {key: decimal(value) for key, value in zip(("share", "low", "high"), values)}
