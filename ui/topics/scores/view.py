"""Scores beside coverage: the published PAPI scores of a province, year by year, beside a plan's tasks on each dimension,
or on each sub-dimension of one.

In: the reader's filters. Out: a `View` of what the page shows, and made of it the answer, the finding that titles the
picture, and what is to be known of the figures. The two stand side by side; nothing here says that one brings about the
other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ui import data
from ui.data.plans import Plan
from ui.data.scores import Break, Dropped, PlanScore, Reason, Score
from ui.data.topic import Basis, Topic
from ui.draw import marks
from ui.words import labels, places
from ui.words.markup import filled
from ui.words.remember import remember

DIMS = tuple(range(1, 9))
TOTAL = "0"
"""The total, as a topic."""
_FACTS = ("ranked", "breaks", "since", "rights")


@dataclass(frozen=True, eq=False)
class View:
    """A province's scores by topic and year, and of a plan its tasks on each; the plan is None where none of the province
    is at hand. `rows` are what is shown: the eight dimensions, or the sub-dimensions of `dim`. `parts` are the provinces of
    which the plan's province is made: of several, none has the scores of the whole.
    """

    province: str
    plan: Plan | None
    parts: tuple[str, ...]
    dim: int | None
    rows: tuple[PlanScore, ...]
    scores: Mapping[str, Mapping[int, Score]]
    breaks: Mapping[str, Mapping[int, Break]]
    dropped: tuple[Dropped, ...]

    @property
    def year(self) -> int | None:
        return self.plan.year if self.plan else None

    @property
    def place(self) -> str:
        return places.province(self.province)

    @property
    def is_merged(self) -> bool:
        return len(self.parts) > 1

    @property
    def is_comparable(self) -> bool:
        """Whether a score of the plan's year or the year before is published."""
        return any(row.judged_year for row in self.rows)

    @property
    def judged(self) -> int | None:
        """The year by which the plan is judged."""
        return max((row.judged_year for row in self.rows if row.judged_year), default=None)

    @property
    def last(self) -> int | None:
        """The last year with a score of anything shown."""
        return max((year for row in self.rows for year in self.of(row)), default=None)

    @property
    def latest(self) -> int | None:
        """The latest year with scores, where that comes after the year by which the plan is judged."""
        found = max((row.latest_year for row in self.rows if row.latest_year), default=None)
        return found if found != self.judged else None

    @property
    def weak(self) -> list[PlanScore]:
        """The topics whose score is low or falls."""
        return [row for row in self.rows if row.is_weak]

    @property
    def flagged(self) -> list[PlanScore]:
        """The topics that score low or fall and carry few or no tasks, those with the fewest first."""
        found = [row for row in self.weak if row.few]
        return sorted(found, key=lambda row: (row.tasks if row.state == "own" else 0, str(row.topic)))

    @property
    def years(self) -> range:
        """From the first score shown to the last; the plan's own year lies within."""
        known = {year for row in self.rows for year in self.of(row)} | ({self.year} if self.year else set())
        return range(min(known), max(known) + 1) if known else range(0)

    @property
    def missing(self) -> list[int]:
        """The years between the first score shown and the last of which nothing is published."""
        return [
            year for year in self.years if self.last and year <= self.last and not any(map(self.at(year), self.rows))
        ]

    def of(self, row: PlanScore) -> Mapping[int, Score]:
        """The scores on what a row is about, by year."""
        return self.scores.get(str(row.topic), {})

    def at(self, year: int) -> Callable[[PlanScore], Score | None]:
        """What gives the score of a row in this year."""
        return lambda row: self.of(row).get(year)

    def broken(self, topic: str, year: int) -> str:
        """Why the score of a year is not compared with the one before; "" where it is."""
        found = self.breaks.get(topic, {}).get(year)
        return "; ".join(map(reason, found.reasons)) if found else ""


@remember
def view(basis: Basis, province: str, plan_id: str | None = None, dim: int | None = None) -> View:
    """What is to be seen of a province, and of a plan beside it, counted one way."""
    plan = data.plan(plan_id) if plan_id else None
    parts = data.provinces_of_plan(plan_id) if plan_id else (province,)
    whole = (
        data.scores_of_province(province, merged=True) if len(parts) > 1 and plan and province == plan.province else ()
    )
    scores: dict[str, dict[int, Score]] = {}
    for score in whole or data.scores_of_province(province):
        scores.setdefault(score.topic, {})[score.year] = score
    breaks: dict[str, dict[int, Break]] = {}
    for one in data.score_breaks():
        breaks.setdefault(one.topic, {})[one.year] = one
    rows = data.plan_scores(basis, plan_id) if plan_id else _without_plan(scores)
    return View(
        province,
        plan,
        () if whole else parts,
        dim,
        tuple(row for row in rows if (row.sub is None if dim is None else row.sub is not None and row.dim == dim)),
        scores,
        breaks,
        tuple(one for one in data.dropped_scores(province) if one.dim == dim),
    )


def _without_plan(scores: Mapping[str, Mapping[int, Score]]) -> tuple[PlanScore, ...]:
    """The rows of a province of which no plan is at hand."""
    topics = [Topic(dim) for dim in DIMS] + [Topic(sub.dim, sub.sub) for sub in data.subdimensions()]
    return tuple(_alone(topic, scores.get(str(topic), {})) for topic in topics)


def _alone(topic: Topic, by_year: Mapping[int, Score]) -> PlanScore:
    last = by_year[max(by_year)] if by_year else None
    return PlanScore(
        plan_id="",
        dim=topic.dim or 0,
        sub=topic.sub,
        state="no_plan",
        n=0,
        tasks=0,
        with_lead=0,
        with_time=0,
        measured=True,
        year=None,
        score=None,
        judged_year=None,
        low=False,
        falls=False,
        latest_year=last.year if last else None,
        latest_low=bool(last and last.low),
        latest_falls=bool(last and last.falls),
        few=False,
    )


def plans_of(province: str | None) -> tuple[str, ...] | None:
    """The plans of a province that the address names; None where it names none that there was."""
    return data.plans_of_province(province) if province in provinces() else None


def own_province(plan: Plan | None) -> str | None:
    """The province whose scores are shown where the reader asks for no other: the plan's; None without a plan."""
    return data.provinces_of_plan(plan.plan_id)[0] if plan else None


def has_scores(view: View) -> bool:
    """Whether the table holds any score of the province on what is shown."""
    return any(map(view.of, view.rows))


@remember
def provinces() -> dict[str, str]:
    """Every province as it was, with what it is called; one of which no plan is at hand says so."""
    return {
        one.province: one.province if one.plans else labels.t("scores.without_plan", province=one.province)
        for one in data.provinces()
    }


def name(topic: Topic, *, short: bool = False) -> str:
    """ "3 Trách nhiệm giải trình", "3.2 Giải quyết khiếu nại, tố cáo"."""
    row = data.subdimension(topic.sub) if topic.sub else data.dimension(topic.dim or 0)
    return f"{topic} {labels.pick(row, 'short' if short else 'name')}" if row else str(topic)


def rank(score: Score) -> str:
    """ "hạng 53/63", by our count."""
    return labels.t("scores.rank", rank=score.rank, of=score.provinces_ranked)


def figures(score: Score) -> list[str]:
    """ "6,46 điểm", "hạng 53/63", "trung vị 6,91"."""
    return [
        labels.t("scores.points", score=labels.num(score.score, 2)),
        rank(score),
        labels.t("scores.median", median=labels.num(score.national_median, 2)),
    ]


def _why(low: bool, falls: bool) -> str:
    """What is to be said of a score: "điểm thấp và giảm", or ""."""
    if low and falls:
        return labels.t("scores.both")
    return labels.t("scores.low") if low else labels.t("scores.falls") if falls else ""


def note(row: PlanScore) -> str:
    """What is to be said of a topic in the year by which the plan is judged, and since."""
    why, now = _why(row.low, row.falls), _why(row.latest_low, row.latest_falls)
    said = [labels.t("scores.few", why=why) if row.few else why] if why else []
    if row.latest_year and row.latest_year != row.judged_year and (why or now):
        said.append(labels.t("scores.latest", year=str(row.latest_year), why=now or labels.t("scores.neither")))
    return "; ".join(said)


def reason(one: Reason) -> str:
    """ "5.2: không còn được đo từ 2021"."""
    return ": ".join(filter(None, (one["part"], labels.pick(one, "reason"))))


def when(view: View, year: int) -> str:
    """Whether a year lies before the plan, is its own, or comes after; "" where the plan names none."""
    if view.year is None:
        return ""
    return labels.t(
        "scores.plan_year" if year == view.year else "scores.before" if year < view.year else "scores.after"
    )


# The answer.


@remember
def answer(view: View) -> Markup:
    """The answer as markup: the topics that score low or fall, and of these those with few or no tasks; which score low
    or fall in the latest year; the province's total; and of which years nothing is published. Whose scores these are where
    the plan is not the province's, or its province was several.
    """
    said = _whose(view)
    if view.plan is None:
        said += _latest(view)
    elif view.is_merged:
        pass
    elif not view.plan.is_read:
        said.append(labels.html("scores.answer_unread"))
    elif not view.year:
        said.append(labels.html("scores.answer_no_year"))
    elif not view.is_comparable:
        said.append(labels.html("scores.answer_not_yet", year=str(view.year), before=str(view.year - 1)))
    else:
        said += _judged(view) + _latest(view)
    if total := view.scores.get(TOTAL):
        shown = total.get(view.judged or 0) or total[max(total)]
        said.append(
            labels.html(
                "scores.answer_total", year=str(shown.year), province=view.place, figures=", ".join(figures(shown))
            )
        )
    if missing := view.missing:
        said.append(labels.html("scores.answer_missing", years=labels.names([str(year) for year in missing])))
    return Markup(" ").join(said)


def _whose(view: View) -> list[Markup]:
    """Whose scores these are, where they are not simply those of the plan's province."""
    if view.plan is None:
        return [labels.html("scores.answer_no_plan", province=view.place)]
    if view.is_merged:
        parts = labels.names([places.province(part) for part in view.parts])
        now = places.province_now(view.plan.province)
        return [labels.html("scores.answer_merged", now=now, parts=parts, province=view.place)]
    if view.plan.level != "province":
        return [labels.html(f"scores.answer_not_own.{view.plan.level}", province=view.place)]
    return []


def _count(view: View) -> str:
    """ "8 nội dung", "4 chỉ số"."""
    return labels.t("scores.of_dims" if view.dim is None else "scores.of_subs", n=len(view.rows))


def _judged(view: View) -> list[Markup]:
    """Which topics score low or fall, and how many tasks these have."""
    weak, flagged = view.weak, view.flagged
    where = {"year": str(view.judged), "province": view.place, "all": _count(view)}
    if not weak:
        return [labels.html("scores.answer_fine", **where)]
    names = labels.names([_with_why(row, row.low, row.falls) for row in weak])
    said = [labels.html("scores.answer_weak", n=len(weak), names=names, **where)]
    said.append(
        labels.html("scores.answer_flagged", n=len(flagged), names=_names(flagged))
        if flagged
        else labels.html("scores.answer_none", least=min(row.tasks for row in weak), n=len(weak))
    )
    return said


def _latest(view: View) -> list[Markup]:
    """Which topics score low or fall in the latest year, where that is another than the plan's."""
    if not view.latest:
        return []
    now = [row for row in view.rows if row.is_weak_now and row.latest_year == view.latest]
    if names := labels.names([_with_why(row, row.latest_low, row.latest_falls) for row in now]):
        return [labels.html("scores.answer_latest", year=str(view.latest), names=names)]
    return [labels.html("scores.answer_latest_fine", year=str(view.latest))]


def _with_why(row: PlanScore, low: bool, falls: bool) -> str:
    """ "5 Thủ tục hành chính (điểm thấp)"."""
    return f"{name(row.topic, short=True)} ({_why(low, falls)})"


def _names(rows: Sequence[PlanScore]) -> str:
    return labels.names([name(row.topic, short=True) for row in rows])


@remember
def title(view: View) -> str:
    """The finding over the picture. Rule: which topics score low or fall and carry few or no tasks. Fallbacks: how many
    score low or fall, none of them with few tasks; none does; or, where nothing can be compared, whose scores and tasks
    stand here.
    """
    if view.plan is None:
        return labels.t("scores.finding_no_plan", province=view.place)
    short = labels.pick(view.plan, "short")
    if not view.plan.is_read or view.year is None or not view.is_comparable:
        return labels.t("scores.finding_plain", plan=short, province=view.place)
    kind = "dims" if view.dim is None else "subs"
    if flagged := view.flagged:
        topics = labels.names(sorted(str(row.topic) for row in flagged))
        return labels.t(f"scores.finding_flagged_{kind}", plan=short, n=len(flagged), dims=topics)
    weak = len(view.weak)
    return labels.t("scores.finding_low" if weak else "scores.finding_fine", plan=short, n=weak, all=_count(view))


@remember
def alt(view: View) -> str:
    """The picture for those who do not see it."""
    said = []
    for row in view.rows:
        score = "–" if row.score is None else labels.num(row.score, 2)
        points = labels.t("scores.points", score=score)
        said.append(f"{name(row.topic, short=True)}: {marks.words(row)}, {points}")
    return labels.t("scores.alt", title=title(view), rows="; ".join(said))


@remember
def topics() -> dict[str, str]:
    """The dimensions and their sub-dimensions by key: the select that does what a click does."""
    subs = [Topic(sub.dim, sub.sub) for sub in data.subdimensions()]
    found = sorted([Topic(dim) for dim in DIMS] + subs, key=str)
    return {str(topic): name(topic) for topic in found}


def unit_ids(basis: Basis, plan_id: str, topic: Topic) -> tuple[str, ...]:
    """The tasks behind a topic; where there is none, what only describes it."""
    return data.cell_unit_ids(basis, plan_id, topic) or data.cell_unit_ids(basis, plan_id, topic, "description")


@remember
def ranked(view: View) -> list[Markup]:
    """The topics that score low or fall and carry few or no tasks, as markup."""
    found = []
    for row in view.flagged:
        scores, year = view.of(row), row.judged_year or 0
        shown = dict.fromkeys((year - 1, year, row.latest_year or year))
        said = [f"{one}: {', '.join(figures(scores[one]))}" for one in shown if one in scores]
        found.append(
            filled(
                '<span class="chip" style="--c:var(--d{})">{}</span><br>{} · {} · <b>{}</b>',
                row.dim,
                name(row.topic),
                note(row).capitalize(),
                "; ".join(said),
                marks.words(row),
            )
        )
    return found


def facts() -> list[str]:
    """What is to be known of the figures before years are laid side by side."""
    return [labels.t(f"scores.fact_{name}") for name in _FACTS]
