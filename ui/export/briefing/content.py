"""What a briefing shows, whatever the file: read once from the views that the pages read, in the words of one language.

In: plans, dimensions, parts, language and way of counting. Out: a `Briefing` that holds no markup: numbers, names,
sentences, and the place of each claim. Word, Excel and other files only lay it out.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from ui import data
from ui.data import borrow, coverage
from ui.data.plans import Plan, plans_of
from ui.data.topic import Basis
from ui.data.units import Unit
from ui.data.when import PlanTiming
from ui.draw import marks
from ui.export import plain, table
from ui.export.briefing import brief, long
from ui.export.briefing.brief import Brief
from ui.export.briefing.long import Long
from ui.export.briefing.rows import Agency, CellFigures, FoundRule, Gap, Quote, Topic
from ui.words import absence, handed, labels, layers
from ui.words import findings as words_findings
from ui.words import plans as words_plans
from ui.words.letters import slug
from ui.words.offices import office
from ui.words.units import around, cited, where

PARTS = ("coverage", "gaps", "agencies", "timing", "findings", "tasks")
"""What may be included, in the order in which files show it."""
ROLES = ("lead", "coop", "monitor")
TIMINGS = ("dated", "monthly", "quarterly", "semiannual", "annual", "ongoing", "event", "regulation", "unspecified")
MOST_TASKS = 20_000
"""So many tasks go into one file, in the plans' order; the file says how many are left."""
MOST_FINDINGS = 2_000
"""So many findings of one plan and kind go into one file."""
_WITH_EXAMPLES = 40
_EXAMPLES = 2
_STATE = {"not_read": "not_read", "not_collected": "no_plan"}
"""What every cell of such a plan says."""
_LISTENER: ContextVar[Callable[[str], None]] = ContextVar("listener", default=lambda words: None)


@dataclass(frozen=True)
class Briefing:
    """All that any format shows. `cells` is by plan and the topic's key; `totals` has each plan's tasks, those with a
    lead, and those with a time; `timings` by plan and way of saying when; `task_count` and `finding_count` count also
    those above `MOST_TASKS` and `MOST_FINDINGS`; `brief` is what a chair is told besides, and of the plans that one is set
    against only cells are known; `tasks` are rows of `table.task_row`, each with its `plan_id`, `place` and `cited`
    besides, and `sheets` the same and what is counted of them in long rows. A part that was not asked for is empty.
    """

    lang: str
    basis: Basis
    day: datetime.date
    plan_ids: tuple[str, ...]
    plans: tuple[Plan, ...]
    dims: tuple[int, ...]
    parts: tuple[str, ...]
    title: str
    summary: tuple[str, ...]
    dimensions: tuple[Topic, ...]
    subdimensions: tuple[Topic, ...]
    cells: Mapping[tuple[str, str], CellFigures]
    totals: Mapping[str, tuple[int, int, int]]
    gaps: tuple[Gap, ...]
    agencies: tuple[Agency, ...]
    leaderless: int
    timings: Mapping[tuple[str, str], int]
    findings: tuple[FoundRule, ...]
    finding_count: int
    tasks: tuple[Mapping[str, Any], ...]
    sheets: tuple[Long, ...]
    task_count: int
    sources: tuple[str, ...]
    about: tuple[str, ...]
    brief: Brief

    def plan_name(self, plan_id: str) -> str:
        """A plan's short name with its level."""
        return words_plans.plan_name(next(plan for plan in self.plans if plan.plan_id == plan_id))

    def short(self, plan: Plan) -> str:
        """A plan's short name, made safe."""
        return plain.text(plan[f"short_{self.lang}"])

    def read(self) -> tuple[Plan, ...]:
        """The plans that figures are of: no document and one that could not be read are not the same as no task."""
        return tuple(plan for plan in self.plans if plan.status == "read")

    def empty(self, plans: Sequence[Plan], topics: Sequence[Topic]) -> tuple[int, int]:
        """Of the cells of those plans that were read, on what PAPI measured in their years: how many nothing names, and
        how many there are.
        """
        cells = [self.cells[plan.plan_id, topic.key] for plan in plans if plan.status == "read" for topic in topics]
        return sum(cell.state == "none" for cell in cells), sum(cell.measured for cell in cells)


@contextmanager
def telling(listener: Callable[[str], None]) -> Iterator[None]:
    """Inside this block `make` tells what it reads before it reads it, in words."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def make(
    plan_ids: Sequence[str],
    dims: Sequence[int] = (),
    parts: Sequence[str] = PARTS,
    lang: str = "vi",
    basis: Basis = Basis.HEADING,
    against: Sequence[str] | None = None,
) -> Briefing:
    """Read a briefing. No dimension means all eight and the cross-cutting tasks; unknown plans, dimensions and parts
    are left out. One plan is set against others, which are only sources (None: those of its level); several against
    one another. Raises ValueError where no plan is left: there is nothing to show.
    """
    with labels.speaking(lang):
        plans = tuple(plans_of(tuple(plan_ids)))
        if not plans:
            raise ValueError(labels.t("content.no_plan"))
        ids = tuple(plan.plan_id for plan in plans)
        chosen = tuple(dim for dim in (*range(1, 9), 0) if not dims or dim in dims)
        # nothing is known of plans that nobody has read: "no gap" would be a claim
        wanted = tuple(
            part
            for part in PARTS
            if part in parts and (part == "coverage" or any(plan.status == "read" for plan in plans))
        )
        topics = tuple(
            Topic(str(row.dim), labels.pick(row, "name"), row.dim) for row in data.dimensions() if row.dim in chosen
        )
        subs = tuple(
            Topic(row.sub, labels.pick(row, "name"), row.dim) for row in data.subdimensions() if row.dim in chosen
        )
        narrowed = chosen if dims else None

        def asked(part: str, read: Callable[[], Any], without: Any) -> Any:
            if part not in wanted:
                return without
            _LISTENER.get()(labels.t("content.reading", part=labels.t(f"office.section.{part}")))
            return read()

        sources = _against(plans, against)
        _LISTENER.get()(labels.t("content.reading", part=labels.t("office.section.coverage")))
        cells = _cells(basis, (*ids, *(plan.plan_id for plan in sources)))
        totals = _totals(basis, ids, chosen, cells, narrowed)
        named = {topic.key: topic for topic in (*topics, *subs)}
        tasks = data.task_count(basis, ids, narrowed)
        units = asked("tasks", lambda: data.units(data.task_ids(basis, ids, narrowed, MOST_TASKS)), ())
        found = asked("findings", lambda: _findings(basis, ids, narrowed), ())
        return Briefing(
            lang=lang,
            basis=basis,
            day=datetime.date.today(),
            plan_ids=ids,
            plans=plans,
            dims=chosen,
            parts=wanted,
            title=_title(plans, narrowed),
            summary=_summary(plans, chosen, cells, totals),
            dimensions=topics,
            subdimensions=subs,
            cells=cells,
            totals=totals,
            gaps=asked("gaps", lambda: _gaps(basis, ids, named), ()),
            agencies=asked("agencies", lambda: _agencies(basis, ids, narrowed), ()),
            leaderless=_leaderless(basis, ids, narrowed) if "agencies" in wanted else 0,
            timings=asked(
                "timing", lambda: {(row.plan_id, row.timing): row.tasks for row in _timings(basis, ids, narrowed)}, {}
            ),
            findings=found,
            finding_count=_finding_count(ids, found, narrowed),
            tasks=tuple(_task(unit) for unit in units),
            sheets=long.read(basis, plans, narrowed, units, tasks) if "tasks" in wanted else (),
            task_count=tasks,
            sources=tuple(_source(plan) for plan in plans),
            about=tuple(_about(basis, plans, narrowed)),
            brief=brief.read(basis, plans, sources, narrowed, named),
        )


def _against(plans: Sequence[Plan], asked: Sequence[str] | None) -> tuple[Plan, ...]:
    """The plans that are only sources: those asked for, or of the one plan those of its level."""
    if asked is not None:
        return tuple(plan for plan in plans_of(tuple(asked)) if plan.is_read and plan not in plans)
    return brief.against_of(plans[0]) if len(plans) == 1 and plans[0].is_read else ()


def file_name(briefing: Briefing, ending: str, called: str = "") -> str:
    """ "do-phu-binh-dinh-2022.docx", "do-phu-5-ke-hoach.xlsx": the same for the same choice, without marks; `called` is
    the label of what sets the file apart: "do-phu-binh-dinh-2022-tom-tat.docx".
    """
    what = (
        briefing.plan_ids[0]
        if len(briefing.plan_ids) == 1
        else labels_in(briefing, "content.file_plans", n=len(briefing.plan_ids))
    )
    dims = f"-nd-{'-'.join(str(dim) for dim in briefing.dims)}" if len(briefing.dims) < 9 else ""
    apart = f"-{slug(labels_in(briefing, called))}" if called else ""
    return f"{slug(labels_in(briefing, 'content.file'))}-{slug(what)}{dims}{apart}.{ending}"


def mark(cell: CellFigures) -> str:
    """What a cell of a matrix says in few letters, in the language that is spoken: "4", "(2)" (named in tasks about
    more), "•" (only mentioned), "2?" (weak matches only), "0*" (only described), "0" (nothing names it), "×" (not
    read), "–" (no document).
    """
    return labels.num(cell.tasks) if cell.state == "own" else labels.t(f"office.mark.{cell.state}", n=cell.n)


def keys(found: Sequence[str], most: int) -> str:
    """The first topics by their numbers, and how many more: "1.2, 3.4 và 5 mục khác"."""
    left = len(found) - most
    said = ", ".join(found[:most])
    return labels.t("report.keys_more", keys=said, n=left) if left > 0 else said


def own_words(gap: Gap) -> str:
    """What the plan itself says where a topic is named, mentioned or described and has no task of its own; "" where
    nothing names it.
    """
    return labels.t("office.own_words", text=gap.named.text, place=gap.named.place) if gap.named else ""


def timing_sums(briefing: Briefing) -> Counter[str]:
    """The tasks of all plans by their way of saying when, in the order of `TIMINGS`, without ways that none has."""
    sums = Counter[str]()
    for (_, timing), n in briefing.timings.items():
        sums[timing] += n
    return Counter({timing: sums[timing] for timing in TIMINGS if sums[timing]})


def timing_table(briefing: Briefing, used: Collection[str]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: the tasks of each plan by their way of saying when."""
    return (
        [labels.t("common.plan_heading"), *(labels.t(f"common.timing.{timing}") for timing in used)],
        [
            [
                briefing.short(plan),
                *(number(plan, briefing.timings.get((plan["plan_id"], timing), 0)) for timing in used),
            ]
            for plan in briefing.plans
        ],
    )


def agency_table(agencies: Iterable[Agency]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: how many tasks each agency has in each role."""
    return (
        [labels.t("who.agency"), *(labels.t(f"who.role.{role}") for role in ROLES)],
        [
            [
                f"{office(one.name)} ({labels.t('who.group_short')})" if one.is_group else office(one.name),
                *(labels.num(one.roles[role]) for role in ROLES),
            ]
            for one in agencies
        ],
    )


def untimed(sums: Mapping[str, int]) -> dict[str, Any]:
    """The values of `office.timing_rule`: the dated tasks, and those that say no time."""
    return {"dated": sums["dated"], "unsaid": sums["unspecified"]}


def number(plan: Plan, n: int) -> str:
    """A number that was counted in a plan; where nothing could be counted the mark that says why."""
    return labels.num(n) if plan.status == "read" else labels.t(f"office.mark.{_STATE[plan.status]}")


def unread(plan: Plan) -> str:
    """Why a plan has no figures, in words: "chưa có kế hoạch"; "" where it was read."""
    return "" if plan.status == "read" else labels.t(f"common.state.{_STATE[plan.status]}")


def labels_in(briefing: Briefing, key: str, **values: Any) -> str:
    """A label in the briefing's language."""
    with labels.speaking(briefing.lang):
        return labels.t(key, **values)


# The parts.


def _cells(basis: Basis, ids: tuple[str, ...]) -> dict[tuple[str, str], CellFigures]:
    rows = [
        *((str(row.dim), row) for row in data.plan_dimensions(basis, ids)),
        *((row.sub, row) for row in data.plan_subdimensions(basis, ids)),
    ]
    return {
        (row.plan_id, key): CellFigures(
            row.tasks, row.with_lead, row.with_time, row.measured, row.state, row.n, marks.words(row)
        )
        for key, row in rows
    }


def _totals(
    basis: Basis,
    ids: tuple[str, ...],
    dims: tuple[int, ...],
    cells: Mapping[tuple[str, str], CellFigures],
    narrowed: tuple[int, ...] | None,
) -> dict[str, tuple[int, int, int]]:
    """Of all dimensions a plan's tasks are those of its summary, which holds also what fits no dimension."""
    if narrowed is None:
        return {row.plan_id: (row.tasks, row.with_lead, row.with_time) for row in data.plan_summaries(basis, ids)}

    def total(plan_id: str, what: str) -> int:
        return sum(getattr(cells[plan_id, str(dim)], what) for dim in dims)

    return {
        plan_id: (total(plan_id, "tasks"), total(plan_id, "with_lead"), total(plan_id, "with_time")) for plan_id in ids
    }


def _gaps(basis: Basis, ids: tuple[str, ...], topics: Mapping[str, Topic]) -> tuple[Gap, ...]:
    rows = [row for row in data.gaps(basis, ids) if _key(row) in topics]
    return tuple(
        Gap(
            row.plan_id,
            topics[_key(row)],
            labels.t(f"borrow.lacks.{row.lacks}"),
            absence.sought(row.lacks),
            row.tasks,
            row.others,
            _elsewhere(basis, row) if at < _WITH_EXAMPLES and row.others else (),
            _own_words(row),
        )
        for at, row in enumerate(rows)
    )


def _own_words(row: coverage.Gap) -> Quote | None:
    """Where the plan itself names, mentions or describes what it has no task of its own on."""
    return Quote(plain.text(around(row.text, row.quote or "")), "", where(row), cited(row)) if row.text else None


def _key(row: coverage.Gap) -> str:
    return row.sub or str(row.dim)


def _elsewhere(basis: Basis, row: coverage.Gap) -> tuple[Quote, ...]:
    units, *_ = borrow.find(basis, row.plan_id, row.topic, row.lacks)
    return tuple(map(brief.quote_of, units[:_EXAMPLES]))


def _agencies(basis: Basis, ids: tuple[str, ...], dims: tuple[int, ...] | None) -> tuple[Agency, ...]:
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    groups = {}
    for row in data.agency_dimensions(basis, ids):
        if dims is None or row.dim in dims:
            roles[row.agency][row.role] += row.tasks
            groups[row.agency] = row.is_group
    found = [
        Agency(plain.text(name), groups[name], {role: counted[role] for role in ROLES})
        for name, counted in roles.items()
    ]
    return tuple(sorted(found, key=lambda one: (*(-one.roles[role] for role in ROLES), one.name)))


def _leaderless(basis: Basis, ids: tuple[str, ...], dims: tuple[int, ...] | None) -> int:
    return sum(row.tasks for row in data.leaderless_dimensions(basis, ids) if dims is None or row.dim in dims)


def _timings(basis: Basis, ids: tuple[str, ...], dims: tuple[int, ...] | None) -> tuple[PlanTiming, ...]:
    return data.plan_timings(ids) if dims is None else data.dimension_timings(basis, ids, dims)


def _findings(basis: Basis, ids: tuple[str, ...], dims: tuple[int, ...] | None) -> tuple[FoundRule, ...]:
    order = list(words_findings.rules())
    rows = data.findings(ids, tuple(order), MOST_FINDINGS)
    if dims is not None:
        inside = set(data.task_ids(basis, ids, dims, MOST_TASKS))
        rows = tuple(row for row in rows if row.unit_id in inside)
    return tuple(
        FoundRule(
            row.plan_id,
            row.code,
            words_findings.title(row.code),
            plain.text(words_findings.sentence(row)),
            words_findings.where(row),
            plain.text(row.words or ""),
            words_findings.precision(row.code),
        )
        for row in sorted(rows, key=lambda row: (row.position, order.index(row.code), row.place or ""))
    )


def _finding_count(ids: tuple[str, ...], found: Sequence[FoundRule], dims: tuple[int, ...] | None) -> int:
    """How many there are; of some dimensions only those that were looked at are counted."""
    if dims is not None or not found:
        return len(found)
    rules = words_findings.rules()
    return sum(row.findings for code, row in data.finding_sums(ids).items() if code in rules)


def _task(unit: Unit) -> Mapping[str, Any]:
    return {**table.task_row(unit), "plan_id": unit.plan_id, "place": where(unit), "cited": cited(unit)}


# Words.


def _title(plans: Sequence[Plan], dims: tuple[int, ...] | None) -> str:
    names = (
        labels.names([plain.text(labels.pick(plan, "short")) for plan in plans])
        if len(plans) <= 3
        else labels.t("content.plans", n=len(plans))
    )
    return (
        labels.t("content.title_dims", plans=names, dims=labels.names([str(dim) for dim in dims]))
        if dims
        else labels.t("content.title", plans=names)
    )


def _summary(
    plans: Sequence[Plan],
    dims: tuple[int, ...],
    cells: Mapping[tuple[str, str], CellFigures],
    totals: Mapping[str, tuple[int, int, int]],
) -> tuple[str, ...]:
    """A sentence or two on each plan: its tasks, what it leaves open, and how many name nobody and no time."""
    said = []
    for plan in plans:
        name = plain.text(words_plans.plan_name(plan))
        if plan.status != "read":
            said.append(labels.t(f"content.{plan.status}", plan=name))
            continue
        tasks, with_lead, with_time = totals[plan.plan_id]
        sentence = (
            labels.t(
                "content.plan_tasks",
                plan=name,
                n=tasks,
                lead=_without("lead", tasks - with_lead),
                time=_without("time", tasks - with_time),
            )
            if tasks
            else labels.t("content.plan_none", plan=name)
        )
        empty = [str(dim) for dim in dims if dim and cells[plan.plan_id, str(dim)].state in ("none", "description")]
        said.append(
            f"{sentence} {labels.t('content.plan_empty', n=len(empty), dims=labels.names(empty))}"
            if empty
            else sentence
        )
    ids = tuple(plan.plan_id for plan in plans)
    said += [plain.text(sentence) for sentence in filter(None, [*layers.said(ids), handed.said(ids, True)])]
    return (*said, plain.text(absence.how_right()))


def _without(what: str, n: int) -> str:
    return labels.t(f"content.without_{what}", n=n) if n else labels.t(f"content.every_{what}")


def _source(plan: Plan) -> str:
    parts = (
        plan.issuer,
        plan.number or labels.t("content.no_number"),
        labels.day(plan.issued) if plan.issued else labels.t("content.no_day"),
    )
    key = "content.source_missing" if plan.status == "not_collected" else "content.source"
    return plain.text(
        labels.t(
            key,
            plan=words_plans.plan_name(plan),
            title=plan.title,
            parts=", ".join(parts),
            file=plan.file,
            sha=str(plan.sha256)[:12],
        )
    )


def _about(basis: Basis, plans: Sequence[Plan], dims: tuple[int, ...] | None) -> list[str]:
    said = [
        *table.filters(basis),
        *([f"{labels.t('content.dims')}: {', '.join(str(dim) for dim in dims)}"] if dims else []),
    ]
    return [plain.text(line) for line in table.about(said, [words_plans.plan_name(plan) for plan in plans])]
