"""The briefing as a report of some pages by Nghị định 30/2020/NĐ-CP, with its figures in annexes.

In: a `Briefing`, the office that is worn. Out: a Word document. Its body says in three to five pages what was looked
at, what was found, and leaves causes and proposals to whoever signs it, as marked blanks; Phụ lục I has every cell of
the coverage and the sources, Phụ lục II every gap, Phụ lục III every task. Plans are cited by number, day and issuer,
places by the plan's own section and page. The English form keeps the layout.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ui.data.plans import Plan
from ui.draw.palette import VAGUE
from ui.export import decree, plain, word
from ui.export.briefing.content import Briefing, agency_table, keys, mark, timing_sums, untimed
from ui.export.briefing.rows import CellFigures, Gap, Topic
from ui.export.decree import ROOM, points, say
from ui.words import labels

_PLANS_ACROSS = 10
_BODY_PLANS = 6
"""So many plans stand side by side in the body; the annex has all."""
_MOST_POINTS = 8
"""So many points a list of the body has; how many more, and where they stand, is said."""
_MOST_KEYS = 6
"""So many topics a point names."""
_MOST_AGENCIES = 8
_LONGEST = 600
_LONGEST_TITLE = 300
_SOURCES = 11
"""Size of what a file says of itself, in the annex."""
_NAMED = 2
"""So many plans a title names; of more it says how many."""
_ALL_DIMS = 9


def make(briefing: Briefing) -> bytes:
    """The report in the briefing's language."""
    with labels.speaking(briefing.lang):
        document = word.new(briefing.title)
        decree.letterhead(document, "report", draft=True)
        decree.title(document, labels.t("office.report"), _subject(briefing))
        _body(document, briefing)
        decree.signature(document, "report")
        _annexes(document, briefing)
        return word.save(document)


def _subject(briefing: Briefing) -> str:
    """What the report is about, in the words of a heading."""
    names = [labels.t("report.subject_plan", plan=briefing.short(plan)) for plan in briefing.plans]
    plans = labels.names(names) if len(names) <= _NAMED else labels.t("content.plans", n=len(names))
    said = (
        labels.t("report.subject_dims", plans=plans, dims=labels.names([str(dim) for dim in briefing.dims]))
        if len(briefing.dims) < _ALL_DIMS
        else labels.t("report.subject", plans=plans)
    )
    return plain.cut(said, _LONGEST_TITLE, labels.t("decree.annex"))


# The body.


def _body(document: Any, briefing: Briefing) -> None:
    say(document, labels.t("report.opening", office=decree.named()))
    decree.section(document, labels.t("report.scope"))
    word.heading(document, labels.t("report.documents"), 2)
    points(document, _shortened([decree.cited(plan) for plan in briefing.plans], _where(briefing, "coverage")))
    word.heading(document, labels.t("report.counting"), 2)
    say(document, labels.t("report.counts"))
    if unread := len(briefing.plans) - len(briefing.read()):
        say(document, labels.t("office.opening_unread", n=unread))
    say(document, briefing.summary[-1])
    decree.section(document, labels.t("report.results"))
    for part in briefing.parts:
        if part in _FOUND:
            word.heading(document, labels.t(f"office.section.{part}"), 2)
            _FOUND[part](document, briefing)
    decree.section(document, labels.t("report.causes"))
    _blanks(document, ("report.cause_outer", "report.cause_inner"))
    decree.section(document, labels.t("report.proposals"))
    say(document, labels.t("report.proposals_rule"), italic=True)
    _blanks(document, ("report.proposal_above", "report.proposal_offices", "report.proposal_own"))
    say(
        document,
        labels.t(
            "report.annexes",
            names=labels.names([f"{_where(briefing, part)} ({_named(part)})" for part in _listed(briefing)]),
        ),
    )
    decree.end(document, labels.t("report.end", office=decree.named(), end=decree.END))


def _blanks(document: Any, keys: Sequence[str]) -> None:
    for at, key in enumerate(keys, 1):
        say(document, f"{at}. {labels.t(key)}:", next_too=True)
        decree.to_write(document)


def _shortened(said: Sequence[str], where: str) -> list[str]:
    """The first of a list's points; the last one says how many more there are, and where they stand."""
    left = len(said) - _MOST_POINTS
    return list(said) if left <= 0 else [*said[:_MOST_POINTS], labels.t("report.more", n=left, where=where)]


def _coverage(document: Any, briefing: Briefing) -> None:
    points(document, _shortened(briefing.summary[: len(briefing.plans)], _where(briefing, "coverage")))
    for sentence in briefing.summary[len(briefing.plans) : -1]:
        say(document, sentence)
    if len(briefing.plans) > _BODY_PLANS:
        say(document, labels.t("report.see", where=_where(briefing, "coverage")))
        return
    say(document, labels.t("report.table", where=_where(briefing, "coverage")), next_too=True)
    _matrix(document, briefing, briefing.plans, briefing.dimensions)


def _gaps(document: Any, briefing: Briefing) -> None:
    if not briefing.gaps:
        say(document, labels.t("office.no_gap"))
        return
    say(document, labels.t("report.gaps", n=len(briefing.gaps), where=_where(briefing, "gaps")))
    said = [f"{plan}: {_kinds(gaps)}." for plan, gaps in _gaps_by_plan(briefing)]
    points(document, _shortened(said, _where(briefing, "gaps")))


def _gaps_by_plan(briefing: Briefing) -> list[tuple[str, list[Gap]]]:
    """The names of the plans that leave gaps, each with its gaps."""
    found = [(plan, [gap for gap in briefing.gaps if gap.plan_id == plan.plan_id]) for plan in briefing.plans]
    return [(briefing.plan_name(plan.plan_id), gaps) for plan, gaps in found if gaps]


def _kinds(gaps: Iterable[Gap]) -> str:
    """What a plan lacks, kind by kind, with the topics: "thiếu nơi chủ trì: 1.2, 3.4; thiếu …"."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for gap in gaps:
        kinds[gap.lacks].append(gap.topic.key)
    return "; ".join(
        labels.t("report.lacks", what=what, topics=keys(topics, _MOST_KEYS)) for what, topics in kinds.items()
    )


def _agencies(document: Any, briefing: Briefing) -> None:
    say(document, labels.t("office.agencies_rule", n=briefing.leaderless), next_too=bool(briefing.agencies))
    shown = briefing.agencies[:_MOST_AGENCIES]
    if shown:
        headings, rows = agency_table(shown)
        word.table(document, headings, (94.0, 22.0, 22.0, 22.0), rows, align=("left", "center", "center", "center"))
    if left := len(briefing.agencies) - len(shown):
        say(document, labels.t("office.more", n=left, where=labels.t("office.in_agency_sheet")))


def _timing(document: Any, briefing: Briefing) -> None:
    sums = timing_sums(briefing)
    if not sums:
        say(document, labels.t("office.no_task"))
        return
    say(document, labels.t("office.timing_rule", n=sums.total(), **untimed(sums)))
    ways = [f"{labels.t(f'common.timing.{timing}')} ({labels.num(n)})" for timing, n in sums.items()]
    say(document, labels.t("report.ways", ways="; ".join(ways)))


def _findings(document: Any, briefing: Briefing) -> None:
    if not briefing.findings:
        say(document, labels.t("office.no_finding"))
        return
    kinds = Counter(one.kind for one in briefing.findings)
    right = {one.kind: one.right for one in briefing.findings}
    say(document, labels.t("report.findings", n=briefing.finding_count))
    said = [
        f"{kind}: {labels.num(n)} ({labels.t('office.right', right=right[kind])})" for kind, n in kinds.most_common()
    ]
    points(document, _shortened(said, labels.t("office.on_finding_page")))


_FOUND: dict[str, Callable[[Any, Briefing], None]] = {
    "coverage": _coverage,
    "gaps": _gaps,
    "agencies": _agencies,
    "timing": _timing,
    "findings": _findings,
}


# The annexes.


def _listed(briefing: Briefing) -> dict[str, str]:
    """The numbers of a report's annexes, by part; "" where there is only one. The first is there always: it has the
    sources.
    """
    parts = [part for part in _ANNEXES if part == "coverage" or part in briefing.parts]
    return dict(zip(parts, decree.ROMAN)) if len(parts) > 1 else dict.fromkeys(parts, "")


def _where(briefing: Briefing, part: str) -> str:
    """How the body names the annex of a part: "Phụ lục II"."""
    return decree.annex_name(_listed(briefing)[part])


def _named(part: str) -> str:
    """The title of the annex of a part."""
    return labels.t(f"report.annex.{part}")


def _annexes(document: Any, briefing: Briefing) -> None:
    for part, roman in _listed(briefing).items():
        decree.annex(document, roman, _named(part), "report", landscape=part != "coverage")
        _ANNEXES[part](document, briefing)


def _coverage_annex(document: Any, briefing: Briefing) -> None:
    if "coverage" in briefing.parts:
        say(document, labels.t("office.matrix_key"), next_too=True)
        for topics in filter(None, (briefing.dimensions, briefing.subdimensions)):
            for plans in _across(briefing.plans):
                _matrix(document, briefing, plans, topics)
    say(document, labels.t("office.section.sources"), bold=True, next_too=True)
    for at, source in enumerate(briefing.sources, 1):
        say(document, f"{at}. {source}.", size=_SOURCES)
    for line in briefing.about:
        say(document, line, size=_SOURCES)


def _across(plans: Sequence[Plan]) -> Iterator[Sequence[Plan]]:
    """As many plans as a page holds side by side."""
    for first in range(0, len(plans), _PLANS_ACROSS):
        yield plans[first : first + _PLANS_ACROSS]


def _matrix(document: Any, briefing: Briefing, plans: Sequence[Plan], topics: Sequence[Topic]) -> None:
    """Topics down, plans across; a tint by the number of tasks."""
    wide = min(20.0, 96.0 / len(plans))
    cells = [[briefing.cells[plan.plan_id, topic.key] for plan in plans] for topic in topics]
    most = max((cell.tasks for row in cells for cell in row), default=0)
    word.table(
        document,
        [labels.t("report.column.topic"), *(plain.text(plan.narrow) for plan in plans)],
        [ROOM - wide * len(plans), *[wide] * len(plans)],
        [[topic.named, *map(mark, row)] for topic, row in zip(topics, cells)],
        size=word.SMALL if wide > 15 else 8,
        align=["left", *["center"] * len(plans)],
        fills=[[None, *(_fill(cell, most) for cell in row)] for row in cells],
    )


def _fill(cell: CellFigures, most: int) -> str | None:
    """A tint in four steps by the number of tasks; none where there is no task that is sure."""
    return VAGUE[1 + min(3, 4 * (cell.tasks - 1) // max(most, 1))].lstrip("#") if cell.state == "own" else None


def _gaps_annex(document: Any, briefing: Briefing) -> None:
    if not briefing.gaps:
        say(document, labels.t("office.no_gap"))
    for plan, gaps in _gaps_by_plan(briefing):
        _list(
            document,
            f"{plan}: {labels.t('office.gaps', n=len(gaps))}",
            {"number": 11.0, "topic": 55.0, "lacks": 45.0, "own": 58.0, "others": 78.0},
            [_gap(at, gap) for at, gap in enumerate(gaps, 1)],
        )


def _list(document: Any, head: str, widths: Mapping[str, float], rows: Sequence[Sequence[word.Cell]]) -> None:
    """The table of one plan in an annex; `widths` of its columns in mm, by name."""
    say(document, head, bold=True, next_too=True)
    headings = [labels.t(f"report.column.{name}") for name in widths]
    word.table(document, headings, list(widths.values()), rows, size=10, align=("center",))


def _gap(at: int, gap: Gap) -> list[word.Cell]:
    others: list[word.Line] = [
        labels.t("office.others" if gap.others else "office.others_nobody", n=gap.others, what=gap.sought)
    ]
    for quote in gap.elsewhere:
        text = plain.cut(quote.text, _LONGEST, quote.cited)
        others.append([word.Run(f"“{text}”", italic=True), f" ({quote.plan}, {quote.cited})"])
    own = f"“{gap.named.text}” ({gap.named.cited})" if gap.named else "–"
    return [labels.num(at), gap.topic.named, gap.lacks, own, others]


def _tasks_annex(document: Any, briefing: Briefing) -> None:
    for plan_id, of_plan in groupby(briefing.tasks, lambda task: task["plan_id"]):
        found = list(of_plan)
        _list(
            document,
            f"{briefing.plan_name(plan_id)}: {labels.t('common.tasks', n=len(found))}",
            {"number": 11.0, "task": 112.0, "topic": 18.0, "lead": 46.0, "when": 30.0, "place": 30.0},
            [_task(at, task) for at, task in enumerate(found, 1)],
        )
    if left := briefing.task_count - len(briefing.tasks):
        say(document, labels.t("office.more", n=left, where=labels.t("office.in_task_sheet")))
    elif not briefing.tasks:
        say(document, labels.t("office.no_task"))


def _task(at: int, task: Mapping[str, Any]) -> list[word.Cell]:
    return [
        labels.num(at),
        plain.text(task["text"]),
        str(task["counted"] or ""),
        str(task["lead"]) or labels.t("office.nobody"),
        str(task["timing_raw"] or task["timing"]),
        str(task["cited"]),
    ]


_ANNEXES: dict[str, Callable[[Any, Briefing], None]] = {
    "coverage": _coverage_annex,
    "gaps": _gaps_annex,
    "tasks": _tasks_annex,
}
