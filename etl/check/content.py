"""What units say against their headings, their own cells, the plan's date, and one another.

Each rule is one function: units in, findings out. A rule stays silent where a careful reader could defend the plan: a
false alarm costs more trust than a finding that is missing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from etl.check.detail import said
from etl.model import Finding, Heading, Plan, Unit
from etl.reference import agency_names, person, table
from etl.text import key

_ALIKE = 92.0
"""From this likeness (rapidfuzz `ratio` of the keys) on, two units say the same."""
_LEAST_WORDS = 8
_RUN_WORDS, _RUN_SHARE = 12, 0.55
"""So many words on end, and this share of the shorter unit, make a passage that two units share."""
_MOST_BESIDE = 64
"""So many units with one passage are compared with each that has it too."""
_OWN_VOICE = 0.1
"""A heading's dimension with at least this share of the evidence is not contradicted by the text."""
_RHYTHMS = ("ongoing", "monthly", "quarterly", "semiannual", "annual")
_PERIOD = re.compile(r"quý|tháng", re.IGNORECASE)


def findings(plan: Plan, units: Sequence[Unit]) -> Iterator[Finding]:
    """All that units of one plan say against something."""
    for unit in units:
        yield from _contradiction(unit)
        yield from _both_roles(unit)
        yield from _rhythms(unit)
        yield from _before_issue(plan, unit)
        yield from _missing(unit)
    yield from _dropped(plan, units)
    yield from _repeated(units)


def _contradiction(unit: Unit) -> Iterator[Finding]:
    """A sure match that is not what the heading says, in a text that says nothing for its heading: both are kept, and
    it is said.
    """
    match = unit.match
    if unit.kind != "action" or match.dim is None or match.review or unit.declared_dim is None:
        return
    if match.dim != unit.declared_dim:
        for_heading = sum(e.weight for e in match.evidence if e.dim == unit.declared_dim)
        if match.dim and match.runner_up_dim != unit.declared_dim and for_heading < _OWN_VOICE:
            yield Finding(
                "heading_text_dim",
                unit.first_line,
                said(declared=str(unit.declared_dim), matched=match.sub or str(match.dim)),
                unit.ordinal,
            )
    elif unit.declared_sub and match.sub and match.sub != unit.declared_sub:
        if match.runner_up_sub != unit.declared_sub and not any(e.sub == unit.declared_sub for e in match.evidence):
            yield Finding(
                "heading_text_sub", unit.first_line, said(declared=unit.declared_sub, matched=match.sub), unit.ordinal
            )


def _both_roles(unit: Unit) -> Iterator[Finding]:
    """One office that leads a task and also joins in or watches over it.

    Names that mean nobody in particular do not count, and no lead that the table's layout left a guess."""
    if unit.kind not in ("action", "assignment"):
        return
    leads = [
        a.agency
        for a in unit.agencies
        if a.role == "lead" and not a.uncertain and a.agency != person() and not agency_names().get(a.agency, False)
    ]
    for role in ("coop", "monitor"):
        both = [name for name in leads if name in unit.names(role)]
        if both:
            yield Finding(f"lead_and_{role}", unit.first_line, said(agencies=both), unit.ordinal)


@cache
def _rhythm_words() -> tuple[tuple[str, str], ...]:
    """(words, rhythm) of timing.csv, the longest first. "định kỳ" alone is a rhythm without a period and contradicts
    none.
    """
    rows = table("timing")
    found = {
        key(row["words"]): row["timing"]
        for row in rows
        if row["timing"] in _RHYTHMS and row["where"] in ("cell", "text", "both")
    }
    return tuple(
        sorted(
            ((words, timing) for words, timing in found.items() if words != "định kỳ"), key=lambda pair: -len(pair[0])
        )
    )


def _rhythms(unit: Unit) -> Iterator[Finding]:
    """A cell that gives one rhythm beside a text that begins with another: "Thường xuyên rà soát …" in a row that says
    "Hàng năm".
    """
    if (
        unit.kind not in ("action", "reporting")
        or unit.timing_basis not in ("row", "merged")
        or unit.timing not in _RHYTHMS
    ):
        return
    for clause in re.split(r"[.;:]\s+", unit.text):
        begins = key(clause[:60]) + " "
        words, rhythm = next(
            ((words, timing) for words, timing in _rhythm_words() if begins.startswith(words + " ")), ("", "")
        )
        if words and rhythm != unit.timing and words not in key(unit.timing_raw or ""):
            yield Finding(
                "rhythm_differs",
                unit.first_line,
                said(words=clause[: len(words)], cell=unit.timing_raw or ""),
                unit.ordinal,
            )
            return


def _before_issue(plan: Plan, unit: Unit) -> Iterator[Finding]:
    """A date that had passed, or whose first quarter or month had passed, on the day the plan was issued."""
    if not plan.issued or unit.timing != "dated" or unit.kind not in ("action", "assignment", "reporting"):
        return
    issued = date.fromisoformat(plan.issued)
    begins = date.fromisoformat(unit.due_from) if unit.due_from else None
    ends = date.fromisoformat(unit.due_to) if unit.due_to else None
    raw = unit.timing_raw or ""
    if ends and ends < issued:
        yield Finding("date_before_issue", unit.first_line, said(words=raw, issued=plan.issued), unit.ordinal)
    elif begins and _PERIOD.search(raw) and not re.search(r"\btừ\b", raw, re.IGNORECASE):
        months = 3 if re.search("quý", raw, re.IGNORECASE) else 1
        after = begins.month - 1 + months
        if date(begins.year + after // 12, after % 12 + 1, 1) <= issued:
            yield Finding("date_begun_before_issue", unit.first_line, said(words=raw, issued=plan.issued), unit.ordinal)


def _missing(unit: Unit) -> Iterator[Finding]:
    """A task that names nobody, and a task that says no time."""
    if unit.kind == "action" and not unit.names("lead"):
        yield Finding("task_without_lead", unit.first_line, said(), unit.ordinal)
    if unit.kind == "action" and unit.timing == "unspecified" and unit.timing_basis not in ("row", "merged"):
        yield Finding("task_without_timing", unit.first_line, said(), unit.ordinal)


@dataclass(frozen=True)
class _Dropped:
    """An indicator that PAPI has dropped, and the words that speak of it."""

    dim: int
    sub: str | None
    names: tuple[str, str]
    measured_to: int
    words: re.Pattern
    is_topic: bool
    """The words themselves say that the text is about it, whatever its heading."""


@cache
def _dropped_indicators() -> tuple[_Dropped, ...]:
    rows = table("dropped")
    found = []
    for row in rows:
        before = "|".join(re.escape(key(words)) for words in row["after"].split("|") if words)
        within = rf"\b(?:{before})(?: \w+){{0,8}}? " if before else r"\b"
        found.append(
            _Dropped(
                int(row["dim"]),
                row["sub"] or None,
                (row["name_vi"], row["name_en"]),
                int(row["measured_to"]),
                re.compile(rf"{within}{re.escape(key(row['wording']))}\b"),
                bool(before),
            )
        )
    return tuple(found)


def _dropped(plan: Plan, units: Sequence[Unit]) -> Iterator[Finding]:
    """Headings and units that work on an indicator which PAPI had stopped measuring before the plan's first year."""
    year = plan.period_from or plan.year
    if not year:
        return
    old = [one for one in _dropped_indicators() if one.measured_to < year]
    told: set[str] = set()
    for unit in units:
        dim = unit.dim
        heading = _indicator(unit)
        whole = next((one for one in old if heading and one.sub and heading.sub == one.sub), None)
        if whole and heading:
            if key(heading.text) not in told:
                told.add(key(heading.text))
                yield Finding(
                    "dropped_indicator",
                    heading.line,
                    said(names_vi=[whole.names[0]], names_en=[whole.names[1]], year=str(whole.measured_to)),
                    unit.ordinal,
                )
            continue
        if unit.kind not in ("action", "description", "assignment"):
            continue
        named = {
            one.names: one.measured_to
            for one in old
            if (one.dim == dim or one.is_topic) and one.words.search(key(unit.text))
        }
        if named:
            yield Finding(
                "dropped_topic",
                unit.first_line,
                said(names_vi=[vi for vi, _ in named], names_en=[en for _, en in named], year=str(max(named.values()))),
                unit.ordinal,
            )


def _indicator(unit: Unit) -> Heading | None:
    """The nearest heading over a unit that names an indicator."""
    return next((heading for heading in reversed(unit.headings) if heading.sub is not None), None)


# A text that stands twice.


def _repeated(units: Sequence[Unit]) -> Iterator[Finding]:
    """Each unit that repeats an earlier one; and what an indicator loses by that."""
    said_here = [unit for unit in units if unit.kind in ("action", "description")]
    words = {unit.ordinal: key(unit.text).split() for unit in said_here}
    copies: dict[int, Unit] = {}
    for unit, original, likeness in _copies(said_here, words):
        copies[unit.ordinal] = original
        is_other = bool(unit.declared_sub and original.declared_sub and unit.declared_sub != original.declared_sub)
        code = "repeated_elsewhere" if is_other else "repeated" if likeness >= _ALIKE else "repeated_passage"
        yield Finding(
            code,
            unit.first_line,
            said(
                section=original.section,
                line=original.first_line,
                place=original.place,
                sub=unit.declared_sub or "",
                other=original.declared_sub or "",
                alike=round(likeness),
                unit=original.ordinal,
            ),
            unit.ordinal,
        )
    groups: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in said_here:
        heading = _indicator(unit)
        if unit.declared_sub and heading:
            groups[unit.declared_sub, key(heading.text)].append(unit)
    for (sub, heading_words), members in groups.items():
        taken = [
            unit for unit in members if unit.ordinal in copies and copies[unit.ordinal].declared_sub not in (None, sub)
        ]
        if not taken:
            continue
        own = [unit for unit in members if unit.ordinal not in copies]
        others = sorted({copies[unit.ordinal].declared_sub or "" for unit in taken})
        if not own:
            yield Finding(
                "nothing_of_its_own",
                members[0].first_line,
                said(sub=sub, others=others, items=len(members)),
                members[0].ordinal,
            )
        elif lost := _lost(heading_words, taken, own):
            yield Finding(
                "topic_lost",
                taken[0].first_line,
                said(sub=sub, other=others[0], lost=lost, items=len(own)),
                taken[0].ordinal,
            )


def _copies(units: Sequence[Unit], words: dict[int, list[str]]) -> Iterator[tuple[Unit, Unit, float]]:
    """(unit, the earlier one it repeats, how alike they are), each unit at most once, beside its nearest. Of units that
    share a passage the first `_MOST_BESIDE` are looked at, and the first that says the very same: what stands in more is
    a formula, and would have each unit compared with all before it.
    """
    by_run: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
    the_same: dict[str, Unit] = {}
    clauses = cache(_clauses)
    for unit in units:
        told = words[unit.ordinal]
        if len(told) < _LEAST_WORDS:
            continue
        runs = {tuple(told[at : at + _LEAST_WORDS]) for at in range(len(told) - _LEAST_WORDS + 1)}
        whole = " ".join(told)
        near = {other.ordinal: other for run in runs for other in by_run[run]}
        if same := the_same.get(whole):
            near[same.ordinal] = same
        best: tuple[float, int, Unit] | None = None
        for other in near.values():
            likeness = fuzz.ratio(whole, " ".join(words[other.ordinal]))
            shorter = min(len(told), len(words[other.ordinal]))
            if likeness < _ALIKE:
                run_words = _longest_run(clauses(unit.text), clauses(other.text))
                if run_words < _RUN_WORDS or run_words < _RUN_SHARE * shorter:
                    continue
            if _is_adapted(unit, other, words):
                continue
            if best is None or (likeness, -other.ordinal) > (best[0], best[1]):
                best = (likeness, -other.ordinal, other)
        if best:
            yield unit, best[2], best[0]
        the_same.setdefault(whole, unit)
        for run in runs:
            if len(by_run[run]) < _MOST_BESIDE:
                by_run[run].append(unit)


def _clauses(text: str) -> list[list[str]]:
    """A text from each beginning of a clause on: only there a passage begins that two units share; the same long name
    in both is none.
    """
    starts = [0, *(hit.end() for hit in re.finditer(r"[.;:]\s+", text))]
    return [key(text[start:]).split() for start in starts]


def _longest_run(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> int:
    """How many words on end two texts share at most, from a beginning of a clause in both."""
    return max(
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs)))
        for ours in one
        for theirs in other
    )


def _is_adapted(unit: Unit, other: Unit, words: dict[int, list[str]]) -> bool:
    """Whether what differs names the unit's own heading: "… TTHC về xây dựng …" under "Dịch vụ cấp phép xây dựng" is
    meant so.
    """
    if not unit.headings or not other.headings or unit.headings[-1].line == other.headings[-1].line:
        return False
    fresh = set(words[unit.ordinal]) - set(words[other.ordinal])
    return bool(fresh & (set(key(unit.headings[-1].text).split()) - set(key(other.headings[-1].text).split())))


def _lost(heading: str, taken: Sequence[Unit], own: Sequence[Unit]) -> str:
    """What of its own heading an indicator speaks of only in the words of another one: "công khai"; "" where nothing is
    lost.
    """
    syllables = heading.split()
    theirs, ours = (f" {' '.join(key(unit.text) for unit in some)} " for some in (taken, own))
    pairs = [f"{a} {b}" for a, b in pairwise(syllables)]
    return next((pair for pair in pairs if f" {pair} " in theirs and f" {pair} " not in ours), "")
