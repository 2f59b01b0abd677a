"""How far the numbers can be trusted: the measures, their sources, and the sentences that say them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from ui import data
from ui.data.plans import Plan
from ui.export import table
from ui.page import write
from ui.words import labels
from ui.words.markup import filled, joined
from ui.words.plans import guessed
from ui.words.remember import remember

READING = (
    "recall",
    "precision",
    "kind",
    "declared_dim",
    "declared_sub",
    "lead",
    "lead_uncertain",
    "coop",
    "coop_uncertain",
    "monitor",
    "monitor_uncertain",
    "timing",
    "timing_cells",
)
MATCHING = ("dim", "dim_with_alternatives", "sub", "sub_with_alternatives", "unflagged_right", "flagged_right")
FLAGGED = "flagged"
"""A share that is neither right nor wrong: what is handed to a person."""
PARTS = ("held_out", "shipped")
CELLS = ("touches_precision", "touches_recall", "main", "cells", "gaps_right", "gaps_found")
PAIRS = (
    "pairs_precision",
    "pairs_recall",
    "first_precision",
    "first_recall",
    "second_precision",
    "second_recall",
    "agreed",
    "only_right",
)
DIMS = (*range(1, 9), 0)
KINDS = ("action", "description", "assignment", "objective", "reporting")
BASES = ("row", "merged", "header", "text", "assignment", "unknown", "none")
STEPS = ("read", "cut", "tag", "match", "check", "load")
WALLS = ("files", "processes", "signals", "network", "limits", "hook")
"""What may stand around a document while it is read, the kernel's own walls first."""
LIMITS = ("readers", "plans", "rules", "strangers", "alternatives", "done")
ROLES = ("unit", "heading", "table_header", "front", "back")
LEAST = 12
"""So many of the least certain tasks of a dimension are shown."""
_FEW = 30
"""Below so many, "21 / 29" says more than a percentage."""
MOST_PAIRS = 3


@dataclass(frozen=True)
class Share:
    """Right of how many, and between which shares the truth lies with 95 % confidence."""

    right: int
    of: int
    low: float
    high: float

    @property
    def said(self) -> str:
        """ "266 / 278"."""
        return labels.t("method.figures", right=self.right, of=self.of)

    @property
    def percent(self) -> str:
        """ "95,7%"; never 100 % for less than all, nor 0 % for something; "" of nothing."""
        if not self.of:
            return ""
        if self.right in (0, self.of):
            return f"{100 if self.right else 0}%"
        return f"{labels.num(min(max(100 * self.right / self.of, 0.1), 99.9), 1)}%"

    @property
    def interval(self) -> str:
        """ "92,6–97,5%"; words where there is nothing to measure."""
        if not self.of:
            return labels.t("method.no_interval")
        low, high = (labels.num(100 * end, 0 if end in (0, 1) else 1) for end in (self.low, self.high))
        return labels.t("method.interval", low=low, high=f"{high}%")

    @property
    def percent_of_many(self) -> str:
        """The percentage where there are enough to take one of, else ""."""
        return self.percent if self.of >= _FEW else ""

    @property
    def below(self) -> str:
        """What stands below right / of in a table: "95,7% (92,6–97,5%)", "(81,7–99,3%)" of few."""
        return " ".join(part for part in (self.percent_of_many, f"({self.interval})") if part)


# What was measured.


@dataclass(frozen=True)
class Class:
    """How right a dimension is read, how much of it is found, and both in one; f1 is None where no unit has the
    label.
    """

    precision: Share
    recall: Share
    f1: float | None


@remember
def totals() -> dict[tuple[str, str], dict[str | None, Share]]:
    """The measures by part and measure, and in them by plan; None is all plans together."""
    found: dict[tuple[str, str], dict[str | None, Share]] = {}
    for row in data.measures():
        by_plan = found.setdefault((row.part, row.measure), {})
        by_plan["~".join(filter(None, (row.plan_id, row.other_plan_id))) or None] = Share(
            row.right_count, row.of_count, row.low, row.high
        )
    return found


@remember
def classes() -> dict[tuple[str, int], Class]:
    """The dimensions by part and number."""
    return {
        (row.part, row.dim): Class(
            Share(row.right_count, row.read_count, row.precision_low, row.precision_high),
            Share(row.right_count, row.labelled_count, row.recall_low, row.recall_high),
            row.f1,
        )
        for row in data.class_measures()
    }


def whole_total(part: str, measure: str) -> Share | None:
    return totals().get((part, measure), {}).get(None)


def has_reading() -> bool:
    """Whether the reading of this build was measured."""
    return whole_total("reading", "recall") is not None


def has_matching() -> bool:
    """Whether matching from the words alone was measured."""
    return all((share := whole_total(part, "dim")) is not None and share.of > 0 for part in PARTS)


def plans() -> list[Plan]:
    """The plans of this build that are labelled, in reading order."""
    labelled = {plan_id for shares in totals().values() for plan_id in shares}
    return [plan for plan in data.plans() if plan.plan_id in labelled]


def plans_named() -> dict[str, str]:
    return {plan.plan_id: labels.pick(plan, "short") for plan in plans()}


def dim_name(dim: int, *, short: bool = True) -> str:
    row = data.dimension(dim)
    return labels.pick(row, "name") if dim == 0 else f"{dim} {labels.pick(row, 'short' if short else 'name')}"


def topics() -> dict[str, str]:
    """The dimensions by key: the select that does what a click does."""
    return {str(dim): dim_name(dim, short=False) for dim in DIMS}


def unit_ids(topic: str) -> tuple[str, ...]:
    """The tasks matched with a dimension of which the matcher is least sure."""
    return data.least_sure_unit_ids(int(topic), LEAST)


def source() -> str:
    """The line at the foot of the pictures: which labels, when measured, which intervals, and the guard."""
    said = labels.t("method.source", n=len(plans()), day=labels.day(data.build().built_at.date()))
    return " ".join(filter(None, (said, labels.t("common.guard"), guessed(plans()))))


# The answer.


@remember
def answer() -> Markup:
    """The answer as markup: how right the matching is on a plan whose labels are hidden, how much of the reading
    agrees, and what is handed to a person.
    """
    found = whole_total("reading", "recall")
    if found is None and not has_matching():
        return labels.html("method.nothing")
    said = []
    if has_matching():
        dim, flagged, sure = (totals()["held_out", name][None] for name in ("dim", FLAGGED, "unflagged_right"))
        said.append(
            labels.html(
                "method.answer_held_out",
                right=dim.right,
                of=dim.of,
                share=dim.percent,
                interval=dim.interval,
                flagged=flagged.right,
                unflagged=sure.of,
                sure=sure.right,
            )
        )
    if found is not None and has_matching():
        n = len(plans())
        said.append(labels.html("method.answer_trust", found=found.right, of=found.of, plans=labels.word(n), n=n))
    elif found is not None:
        said.append(labels.html("method.answer_reading", found=found.right, of=found.of))
        said.append(labels.html("method.answer_reading_only"))
    return Markup(" ").join(said)


# How a plan is read, in words.


def paragraph(words: str) -> Markup:
    return write.paragraph("prose", words)


def _counted(words: str, n: int) -> str:
    return f"{words[:1].upper()}{words[1:]} ({labels.num(n)})"


def _item(term: str, words: str) -> Markup:
    return filled("<dt>{}</dt><dd>{}</dd>", term, words)


@remember
def how(plan_ids: tuple[str, ...]) -> Markup:
    """The way of a plan through the program, as markup; the codebook in short, with how often these plans have each kind,
    is one click away.
    """
    steps = joined(filled("<li>{}</li>", labels.html(f"method.how_{step}")) for step in STEPS)
    counted = data.kind_counts(plan_ids)
    kinds = joined(
        _item(_counted(labels.t(f"common.kind.{kind}"), counted.get(kind, 0)), labels.t(f"method.kind.{kind}"))
        for kind in KINDS
    )
    leads = Counter(data.lead_bases(plan_ids))
    bases = joined(
        _item(_counted(labels.t(f"method.basis.{basis}"), leads[basis]), labels.t(f"method.basis_of.{basis}"))
        for basis in BASES
        if basis != "unknown" or leads[basis]
    )
    return filled(
        '<ol class="prose">{}</ol><details class="more prose"><summary>{}</summary>'
        '<h3 class="cell-head">{}</h3><dl>{}</dl><h3 class="cell-head">{}</h3><dl>{}</dl><p>{}</p>'
        '<h3 class="cell-head">{}</h3><p>{}</p><p>{}</p></details>',
        steps,
        labels.html("method.codebook"),
        labels.html("method.kinds"),
        kinds,
        labels.html("method.bases"),
        bases,
        labels.html("method.topics"),
        labels.html("method.states"),
        labels.html("method.states_own"),
        labels.html("method.states_passing"),
    )


@remember
def limits() -> Markup:
    """What these figures do not say, as markup."""
    n = len(plans())
    items = [labels.html(f"method.limit_{name}", n=n) for name in LIMITS if n or name != "plans"]
    return filled('<ul class="prose">{}</ul>', joined(filled("<li>{}</li>", item) for item in items))


@remember
def versions() -> Markup:
    """Which data and program this is, how to cite it and under which licence, as markup."""
    build = data.build()
    cite, _ = table.cite()
    said = (
        ("data", build.build_id),
        ("day", labels.day(build.built_at.date())),
        ("program", build.program_version),
        ("walls", _walls(build.walls)),
        ("cite", cite.removeprefix(labels.t("method.version_cite") + ": ")),
        ("licence", labels.t("method.licence")),
        ("again", labels.t("method.again")),
    )
    items = [_item(labels.t(f"method.version_{name}"), words) for name, words in said]
    return filled('<dl class="prose">{}</dl>', joined(items))


def _walls(standing: tuple[str, ...]) -> str:
    """Which walls stood around the documents of this build while they were read, and which did not, in a sentence."""
    stood, missing = (
        labels.names([labels.t(f"method.wall_{wall}") for wall in WALLS if (wall in standing) is there])
        for there in (True, False)
    )
    return labels.t("method.walls_some" if missing else "method.walls_all", walls=stood or "–", missing=missing)


@remember
def macro() -> str:
    """Mean F1 over the dimensions that have labels, in a sentence."""
    means = {}
    for part in PARTS:
        scores = [one.f1 for (which, _), one in classes().items() if which == part and one.f1 is not None]
        means[part] = labels.num(sum(scores) / len(scores), 3) if scores else "–"
    return labels.t("method.macro", held=means["held_out"], shipped=means["shipped"])


def has_cells() -> bool:
    """Whether what cells say was measured."""
    return (share := whole_total("cells", "cells")) is not None and share.of > 0


def has_pairs() -> bool:
    """Whether it was measured which tasks of two plans correspond."""
    return (share := whole_total("pairs", "pairs_precision")) is not None and share.of > 0


def paired_plans() -> dict[str, str]:
    """Two plans each whose pairs are labelled, by both names ("a~b"), and what a column says of them."""
    known = {plan.plan_id: labels.pick(plan, "short") for plan in data.plans()}
    both = totals().get(("pairs", "pairs_precision"), {})
    return {two: " – ".join(known.get(one, one) for one in two.split("~")) for two in both if two}
