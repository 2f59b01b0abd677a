"""The search's questions to the database: which units, and how they spread over each facet.

In: `Asked`, the words of a question as numbers of `find_word`, and what is chosen in each facet. Out: counts, and the
numbers of units.

    pool      the units that have the words and name the chosen agencies; where neither is asked, all of them
    fails     for each of the pool the facets whose choice it does not meet: by its plan, its profile (all else it is
    filtered by), its roles
    counts    a facet counts what fails no other facet, so that each value says what choosing it would give
    order     of what was found alone, when a page of it is shown

No text is searched and no unit's row is looked at: `find_hit` knows where each word stands, in the order of units and
places, and of every unit only the numbers of its plan and its profile are at hand, eight bytes a unit.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import NamedTuple

import numpy

from ui.data.ask import arrays, arrays_once, records, typed
from ui.data.build import build
from ui.data.kept import kept
from ui.data.plans import known_plans
from ui.data.topic import Basis


@dataclass(frozen=True)
class Chosen:
    """What is chosen in each facet; nothing means all. An agency is named by its slug, and the role "none" means that
    nobody leads.
    """

    plan: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    dim: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    timing: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    review: tuple[str, ...] = ()


FACETS = tuple(one.name for one in fields(Chosen))
"""What results can be narrowed by, in the order a reader sees it."""
ROLES = {"lead": 1, "coop": 2, "monitor": 4}
PAGE = 10
"""So many units stand on a page."""
_BIT = {facet: 1 << at for at, facet in enumerate(FACETS)}
_OUTSIDE = 1 << len(FACETS)
"""What a unit fails whose plan is not looked through: no facet's choice brings it back."""
_NEAR = 8
"""Two words so far apart, or less, are near each other."""
MOST_AGENCIES = 200
"""So many agencies are counted for the list to choose from."""


@dataclass(frozen=True)
class Asked:
    """One question. `words`: for each word the numbers of those of `find_word` that it may be; `weights`: how rare each
    is; `phrases`: the first and the last of words that stand together in this order, `breaks`: those of them after which
    a part of a sentence ends; `basis`: whose dimension counts,
    that of the heading or that of the words; `plans`: those that are looked through (None: all).
    """

    words: tuple[tuple[int, ...], ...] = ()
    weights: tuple[float, ...] = ()
    phrases: tuple[tuple[int, int], ...] = ()
    chosen: Chosen = field(default_factory=Chosen)
    basis: Basis = Basis.HEADING
    by_nearness: bool = True
    plans: tuple[str, ...] | None = None
    breaks: frozenset[int] = frozenset()

    def without(self, facet: str) -> Asked:
        """The same question with nothing chosen in one facet."""
        return replace(self, chosen=replace(self.chosen, **{facet: ()}))


class Pool(NamedTuple):
    """Units: their numbers, as plans have them (None: all), the numbers of their plans and profiles,
    and, where agencies are chosen, the roles in which these stand.
    """

    no: numpy.ndarray | None
    plan: numpy.ndarray
    profile: numpy.ndarray
    held: numpy.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Found:
    """What was found: the numbers of the units, as plans have them. How they spread, and in what order a reader sees them,
    is counted when it is shown.
    """

    asked: Asked
    no: numpy.ndarray

    @cached_property
    def cells(self) -> dict[str, numpy.ndarray]:
        """How many units are on each dimension ("none" for those on none): for each plan, at the place of its position."""
        everything, dims = _everything(build().path), _codes(self.asked.basis, "dim")
        width = len(dims.names)
        places = everything.plan[self.no - 1] * numpy.int32(width) + dims.codes[everything.profile[self.no - 1]]
        counted = numpy.bincount(places, minlength=width * len(_plans("plan_id")))
        return dict(zip(dims.names, counted.reshape(-1, width).T))

    @cached_property
    def ordered(self) -> numpy.ndarray:
        """The same numbers by nearness, or as plans have them."""
        if not (self.asked.words and self.asked.by_nearness and len(self.no)):
            return self.no
        # a stable sort of short numbers takes a tenth of the time of others
        return self.no[numpy.argsort(-_scores(self.asked, self.no).astype(numpy.int16), kind="stable")]


def plan_ids() -> list[str]:
    """The plans, at the place of each one's position."""
    return _plans("plan_id").tolist()


@dataclass(frozen=True, slots=True)
class PlanWord:
    """A word of the plans: its number, its form without marks, and in how many units it stands."""

    word_id: int
    word: str
    fold: str
    units: int


def words() -> tuple[PlanWord, ...]:
    """One row per word of the plans."""
    return typed(PlanWord, "select word_id, word, fold, units from find_word order by word_id")


def agencies() -> dict[str, str]:
    """The name of each agency by its slug, the one that stands in the most units first."""
    return {row["slug"]: row["name"] for row in records("select slug, name from find_name order by units desc, slug")}


def find(asked: Asked) -> Found:
    """Ask."""
    return _find(build().path, asked)


@kept(32)
def _find(path: str, asked: Asked) -> Found:
    return Found(asked, _fit(asked))


def _fit(asked: Asked) -> numpy.ndarray:
    """The numbers of the units that meet all that is asked."""
    pool = _pool(asked)
    here = numpy.flatnonzero(_fails(asked, pool) == 0).astype(numpy.int32)
    return here + 1 if pool.no is None else pool.no[here]


def count(asked: Asked) -> int:
    """How many units would be found."""
    return _count(build().path, asked)


@kept(1024)
def _count(path: str, asked: Asked) -> int:
    return len(_fit(asked))


class Regained(NamedTuple):
    """How many units would be found if one condition fell: by facet; by the place of a word; all words."""

    facets: dict[str, int]
    words: tuple[int, ...]
    all_words: int


def regained(asked: Asked) -> Regained:
    """What each condition of a question keeps away."""
    return _regained(build().path, asked)


@kept(64)
def _regained(path: str, asked: Asked) -> Regained:
    pool = _pool(asked)
    fails = _fails(asked, pool)
    facets = {
        facet: count(asked.without(facet))
        if facet == "agency"  # the pool is another
        else int(numpy.count_nonzero(fails & ~_BIT[facet] == 0))
        for facet in FACETS
        if getattr(asked.chosen, facet)
    }
    others = _fit(replace(asked, words=(), weights=(), phrases=()))
    runs = {run: _has(asked, run)[others] for run in _runs(asked)}

    def without(at: int) -> int:
        fits = numpy.ones(len(others), dtype=bool)
        for run, has in runs.items():
            if at not in run:
                fits &= has
        return int(numpy.count_nonzero(fits))

    return Regained(facets, tuple(map(without, range(len(asked.words)))), len(others))


def stand_together(words: tuple[tuple[int, ...], ...]) -> int:
    """How often words stand one right after the other in all plans."""
    return len(_together([_places(build().path, ids) for ids in words]))


def total(found: Found) -> int:
    """How many units were found."""
    return len(found.no)


def spread(found: Found, facet: str, agencies: Collection[str] | None = None) -> dict[str, int]:
    """How many units each value of a facet has, counted with the choices of all other facets; of agencies only these,
    where some are named.
    """
    if facet == "agency":
        return _agency_counts(found.asked, agencies)
    pool = _pool(found.asked)
    here = _fails(found.asked, pool) & ~_BIT[facet] == 0
    profile = pool.profile[here]
    if facet == "role":
        roles = _roles(pool)[here]
        return {role: int(numpy.count_nonzero(roles & bit)) for role, bit in ROLES.items()} | {
            "none": int(numpy.count_nonzero(_column("roles")[profile] & 1 == 0))
        }
    names: numpy.ndarray | Sequence[str]
    if facet in ("plan", "level"):
        names, of = numpy.unique(_plans("plan_id" if facet == "plan" else "level"), return_inverse=True)
        counted = numpy.bincount(of[pool.plan[here]], minlength=len(names))
    else:
        names, of = _codes(found.asked.basis, facet)
        counted = numpy.bincount(of[profile], minlength=len(names))
    return {str(name): int(n) for name, n in zip(names, counted) if n}


def page(found: Found, first: int = 0, most: int = PAGE) -> tuple[int, ...]:
    """The numbers of `most` units from place `first` on (0 is the first): by nearness, or as plans have them."""
    return tuple(found.ordered[first : first + most].tolist())


# The pool.


@kept(2)
def _everything(path: str) -> Pool:
    """All units, as plans have them: the first is number 1."""
    held = arrays("select plan, profile from find_unit order by no")
    return Pool(None, held["plan"], held["profile"])


def _pool(asked: Asked) -> Pool:
    everything = _everything(build().path)
    no = _met(asked) if asked.words else None
    held = None
    if asked.chosen.agency:
        named = arrays("select no, roles from find_held(?) order by no", asked.chosen.agency)
        roles = numpy.zeros(len(everything.plan) + 1, dtype=numpy.uint8)
        roles[named["no"]] = named["roles"]
        no = named["no"] if no is None else no[roles[no] > 0]
        held = roles[no]
    return everything if no is None else Pool(no, everything.plan[no - 1], everything.profile[no - 1], held)


def _met(asked: Asked) -> numpy.ndarray:
    """The numbers of the units that have all words and phrases."""
    has_all = numpy.ones(len(_everything(build().path).plan) + 1, dtype=bool)
    for run in _runs(asked):
        has_all &= _has(asked, run)
    return numpy.flatnonzero(has_all).astype(numpy.int32)


def _runs(asked: Asked) -> list[range]:
    """The places of words that a unit must have together: each word by itself, and each phrase."""
    return [range(at, at + 1) for at in range(len(asked.words))] + [
        range(first, last + 1) for first, last in asked.phrases
    ]


def _has(asked: Asked, run: range) -> numpy.ndarray:
    """Whether each unit, at the place of its number, has the words of these places together."""
    breaks = frozenset(at - run.start for at in asked.breaks if at in run[:-1])
    return _having(build().path, asked.words[run.start : run.stop], breaks)


@kept(32)
def _having(path: str, words: tuple[tuple[int, ...], ...], breaks: frozenset[int]) -> numpy.ndarray:
    """The same of these words, with `breaks` as `_together` takes them."""
    has = numpy.zeros(len(_everything(path).plan) + 1, dtype=bool)
    has[_together([_places(path, ids) for ids in words], breaks) >> _ROOM] = True
    return has


def _scores(asked: Asked, no: numpy.ndarray) -> numpy.ndarray:
    """How near the words stand to each other in each of some units that have them all. Two words next to each other score 1
    in the order asked, less the farther apart they stand, half in the other order, rare words more; a single word scores
    as often as it stands there.
    """
    places = [_places(build().path, ids) for ids in asked.words]
    if len(places) > 1:
        return (_nearness(asked, places, no) * _FINE).round()
    return numpy.bincount(places[0] >> _ROOM, minlength=no[-1] + 1)[no].clip(max=_FINE)


_ROOM = 20
"""A place is one number: the unit's, so many bits further up, and the word's place in it."""
_FINE = 30_000


@kept(16)
def _places(path: str, ids: tuple[int, ...]) -> numpy.ndarray:
    """Where any of these words stands, sorted. Their numbers are our own, so the question may hold them; forms of one
    word without marks have neighbouring numbers, and a span of the sorted table is found at once.
    """
    low, high = min(ids), max(ids)
    which = (
        f"between {low:d} and {high:d}"
        if high - low + 1 == len(set(ids))
        else f"in ({', '.join(f'{one:d}' for one in ids)})"
    )
    places = arrays_once(f"select (no::bigint << {_ROOM}) + place as place from find_hit where word_id {which}")[
        "place"
    ]
    return places if low == high else numpy.sort(places, kind="stable")


def _together(places: Sequence[numpy.ndarray], breaks: Collection[int] = frozenset()) -> numpy.ndarray:
    """Where words stand one right after the other, with the end of a part of a sentence after those of them (counted from
    0) that are in `breaks` and after no other: the places of the first.
    """
    first, step = places[0], 0
    for before, other in enumerate(places[1:]):
        step += 1 + (before in breaks)
        at = numpy.searchsorted(other, first + step).clip(max=max(len(other) - 1, 0))
        first = first[other[at] == first + step] if len(other) else first[:0]
    return first


def _nearness(asked: Asked, places: Sequence[numpy.ndarray], no: numpy.ndarray) -> numpy.ndarray:
    """For each of some units that have all words and phrases how near the words stand to each other, pair by pair, from 0
    to 1: those of a phrase stand together.
    """
    pairs = [first + second for first, second in itertools.pairwise(asked.weights)]
    score, is_one = numpy.zeros(len(no)), numpy.zeros(len(_everything(build().path).plan) + 1, dtype=bool)
    is_one[no] = True
    together = {at for first, last in asked.phrases for at in range(first, last)}
    needed = {word for at in range(len(pairs)) if at not in together for word in (at, at + 1)}
    here = {word: places[word][is_one[places[word] >> _ROOM]] for word in needed}
    for pair, weight in enumerate(pairs):
        if pair in together:
            score += weight / sum(pairs)
            continue
        first, second = here[pair], here[pair + 1]
        at = numpy.searchsorted(second, first)
        after = second[at.clip(max=len(second) - 1)] - first
        before = first - second[(at - 1).clip(min=0)]
        best = numpy.zeros(len(no))
        for gap, worth in ((after, 1), (before, 0.5)):
            near = numpy.flatnonzero((gap > 0) & (gap <= _NEAR))
            numpy.maximum.at(best, numpy.searchsorted(no, first[near] >> _ROOM), worth / gap[near])
        score += weight / sum(pairs) * best
    return score


# What fails.


def _fails(asked: Asked, pool: Pool) -> numpy.ndarray:
    """For each of a pool the sum of the facets whose choice it does not meet."""
    fails = _plan_fails(asked)[pool.plan] | _profile_fails(asked)[pool.profile]
    if asked.chosen.role:
        fails |= numpy.where(_meets_role(asked, _roles(pool), pool.profile), 0, _BIT["role"]).astype(numpy.int16)
    return fails


class _Codes(NamedTuple):
    names: list[str]
    codes: numpy.ndarray


@kept(4)
def _profiles(path: str) -> dict[str, numpy.ndarray]:
    """The columns of find_profile, at the place of each profile's number; place 0 is nobody's."""
    profiles = arrays("""
        select coalesce(dim::text, 'none') as heading_dim, coalesce(sub, 'none') as heading_sub, coalesce(matched_dim::text, 'none') as content_dim,
            coalesce(matched_sub, 'none') as content_sub, kind, timing, case when review then 'yes' else 'no' end as review, roles::int as roles
        from find_profile order by profile
    """)
    return {name: numpy.array([0 if name == "roles" else "none", *values]) for name, values in profiles.items()}


def _column(name: str) -> numpy.ndarray:
    return _profiles(build().path)[name]


@kept(64)
def _coded(path: str, name: str) -> _Codes:
    names, codes = numpy.unique(_profiles(path)[name], return_inverse=True)
    return _Codes(names.tolist(), codes)


def _codes(basis: Basis, facet: str) -> _Codes:
    """The values of a facet, and each profile's as a number."""
    return _coded(build().path, f"{basis}_{facet}" if facet in ("dim", "sub") else facet)


def _profile_fails(asked: Asked) -> numpy.ndarray:
    fails = numpy.zeros(len(_column("roles")), dtype=numpy.int16)
    for facet in ("dim", "sub", "timing", "kind", "review"):
        if values := getattr(asked.chosen, facet):
            codes = _codes(asked.basis, facet)
            wanted = numpy.array([name in values for name in codes.names])
            fails |= numpy.where(wanted[codes.codes], 0, _BIT[facet]).astype(numpy.int16)
    return fails


@kept(16)
def _plan_column(path: str, name: str) -> numpy.ndarray:
    return numpy.array(["", *(plan[name] for plan in sorted(known_plans(), key=lambda plan: plan.position))])


def _plans(column: str) -> numpy.ndarray:
    """A column of plans, at the place of each plan's position; place 0 is nobody's."""
    return _plan_column(build().path, column)


def _plan_fails(asked: Asked) -> numpy.ndarray:
    fails = numpy.zeros(len(_plans("plan_id")), dtype=numpy.int16)
    if asked.plans is not None:
        fails |= numpy.where(numpy.isin(_plans("plan_id"), asked.plans), 0, _OUTSIDE).astype(numpy.int16)
    for facet, column in (("plan", "plan_id"), ("level", "level")):
        if values := getattr(asked.chosen, facet):
            fails |= numpy.where(numpy.isin(_plans(column), values), 0, _BIT[facet]).astype(numpy.int16)
    return fails


def _roles(pool: Pool) -> numpy.ndarray:
    """The roles that count for each of the pool: those of the chosen agencies, else all that the unit names."""
    return _column("roles")[pool.profile] if pool.held is None else pool.held


def _meets_role(asked: Asked, roles: numpy.ndarray, profile: numpy.ndarray) -> numpy.ndarray:
    met = roles & sum(bit for role, bit in ROLES.items() if role in asked.chosen.role) != 0
    return met | (_column("roles")[profile] & 1 == 0) if "none" in asked.chosen.role else met


def _agency_counts(asked: Asked, agencies: Collection[str] | None) -> dict[str, int]:
    """How many units name each agency, in a role that is chosen: of the agencies that are chosen, and of the most
    frequent among `agencies` (None: all).
    """
    named = arrays("select agency, no, roles from find_agency")
    others = find(replace(asked, chosen=replace(asked.chosen, agency=(), role=())))
    fits = numpy.zeros(int(named["no"].max(initial=0)) + 1, dtype=bool)
    fits[others.no[others.no < len(fits)]] = True
    here = fits[named["no"]]
    if asked.chosen.role:
        here &= _meets_role(asked, named["roles"], _everything(build().path).profile[named["no"] - 1])
    slugs = arrays("select slug from find_name order by agency")["slug"]
    counted = numpy.bincount(named["agency"][here], minlength=len(slugs) + 1)[1:]
    chosen = numpy.isin(slugs, asked.chosen.agency)
    if agencies is not None:
        counted[~numpy.isin(slugs, list(agencies))] = 0
    order = numpy.lexsort((-counted, ~chosen))[:MOST_AGENCIES]
    return {str(slugs[at]): int(counted[at]) for at in order if counted[at] or chosen[at]}
