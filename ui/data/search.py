"""The search's questions to the database: which units, and how they spread over each facet.

In: `Asked`, the words of a question as numbers of `find_word`, and what is chosen in each facet. Out: counts, and the
numbers of units.

    pool      the units that have the words and name the chosen agencies; where neither is asked, all of them
    fails     for each of the pool the facets whose choice it does not meet: by its plan, its profile (all else it is
    filtered by), its roles
    counts    a facet counts what fails no other facet, so that each value says what choosing it would give

No text is searched and no unit's row is looked at: `find_hit` knows where each word stands, in the order of units and
places, and of every unit only the numbers of its plan and its profile are at hand, eight bytes a unit.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import NamedTuple

import numpy

from ui.data.ask import arrays, records, typed
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
    """Units: their numbers in the order asked (None: all, as plans have them), the numbers of their plans and profiles,
    and, where agencies are chosen, the roles in which these stand.
    """

    no: numpy.ndarray | None
    plan: numpy.ndarray
    profile: numpy.ndarray
    held: numpy.ndarray | None = None


class Found(NamedTuple):
    """What was found: its pool and, for each of the pool, the sum of the facets it fails."""

    asked: Asked
    pool: Pool
    fails: numpy.ndarray


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
    pool = _pool(asked)
    fails = _plan_fails(asked)[pool.plan] | _profile_fails(asked)[pool.profile]
    if asked.chosen.role:
        fails |= numpy.where(_meets_role(asked, _roles(pool), pool.profile), 0, _BIT["role"]).astype(numpy.int16)
    return Found(asked, pool, fails)


def stand_together(words: tuple[tuple[int, ...], ...]) -> int:
    """How often words stand one right after the other in all plans."""
    return len(_together([_places(ids) for ids in words]))


def total(found: Found) -> int:
    """How many units were found."""
    return int(numpy.count_nonzero(found.fails == 0))


def cells(found: Found) -> dict[str, numpy.ndarray]:
    """How many units were found on each dimension ("none" for those on none): for each plan, at the place of its
    position.
    """
    dims, here = _codes(found.asked.basis, "dim"), found.fails == 0
    width = len(dims.names)
    places = found.pool.plan[here] * numpy.int32(width) + dims.codes[found.pool.profile[here]]
    return dict(zip(dims.names, numpy.bincount(places, minlength=width * len(_plans("plan_id"))).reshape(-1, width).T))


def spread(found: Found, facet: str, agencies: Collection[str] | None = None) -> dict[str, int]:
    """How many units each value of a facet has, counted with the choices of all other facets; of agencies only these,
    where some are named.
    """
    if facet == "agency":
        return _agency_counts(found.asked, agencies)
    here = found.fails & ~_BIT[facet] == 0
    profile = found.pool.profile[here]
    if facet == "role":
        roles = _roles(found.pool)[here]
        return {role: int(numpy.count_nonzero(roles & bit)) for role, bit in ROLES.items()} | {
            "none": int(numpy.count_nonzero(_column("roles")[profile] & 1 == 0))
        }
    names: numpy.ndarray | Sequence[str]
    if facet in ("plan", "level"):
        names, of = numpy.unique(_plans("plan_id" if facet == "plan" else "level"), return_inverse=True)
        counted = numpy.bincount(of[found.pool.plan[here]], minlength=len(names))
    else:
        names, of = _codes(found.asked.basis, facet)
        counted = numpy.bincount(of[profile], minlength=len(names))
    return {str(name): int(n) for name, n in zip(names, counted) if n}


def page(found: Found, first: int = 0, most: int = PAGE) -> tuple[int, ...]:
    """The numbers of `most` units from place `first` on (0 is the first): by nearness, or as plans have them."""
    here = numpy.flatnonzero(found.fails == 0)[first : first + most]
    return tuple((here + 1 if found.pool.no is None else found.pool.no[here]).tolist())


# The pool.


@kept(2)
def _everything(path: str) -> Pool:
    """All units, as plans have them: the first is number 1."""
    held = arrays("select plan, profile from find_unit order by no")
    return Pool(None, held["plan"], held["profile"])


def _pool(asked: Asked) -> Pool:
    everything = _everything(build().path)
    no = _hits(build().path, replace(asked, chosen=Chosen(), basis=Basis.HEADING, plans=None)) if asked.words else None
    held = None
    if asked.chosen.agency:
        named = arrays("select no, roles from find_held(?) order by no", asked.chosen.agency)
        roles = numpy.zeros(len(everything.plan) + 1, dtype=numpy.uint8)
        roles[named["no"]] = named["roles"]
        no = named["no"] if no is None else no[roles[no] > 0]
        held = roles[no]
    return everything if no is None else Pool(no, everything.plan[no - 1], everything.profile[no - 1], held)


@kept(32)
def _hits(path: str, asked: Asked) -> numpy.ndarray:
    """The numbers of the units that have all words and phrases, those with the words nearest to each other first. Two
    words next to each other score 1 in the order asked, less the farther apart they stand, half in the other order,
    rare words more; a single word scores as often as it stands there.
    """
    units = len(_everything(path).plan) + 1
    places = [_places(ids) for ids in asked.words]
    has_all = numpy.ones(units, dtype=bool)
    phrases = (
        _together(places[first : last + 1], {one - first for one in asked.breaks}) for first, last in asked.phrases
    )
    for one in [*places, *phrases]:
        has = numpy.zeros(units, dtype=bool)
        has[one >> _ROOM] = True
        has_all &= has
    met = numpy.flatnonzero(has_all).astype(numpy.int32)
    if not asked.by_nearness or not len(met):
        return met
    if len(places) == 1:
        score = numpy.bincount(places[0] >> _ROOM, minlength=units)[met].clip(max=_FINE)
    else:
        score = (_nearness(asked, places, has_all, met) * _FINE).round()
    # a stable sort of short numbers takes a tenth of the time of others
    return met[numpy.argsort(-score.astype(numpy.int16), kind="stable")]


_ROOM = 20
"""A place is one number: the unit's, so many bits further up, and the word's place in it."""
_FINE = 30_000


def _places(ids: tuple[int, ...]) -> numpy.ndarray:
    """Where any of these words stands, sorted. Their numbers are our own, so the question may hold them; forms of one
    word without marks have neighbouring numbers, and a span of the sorted table is found at once.
    """
    low, high = min(ids), max(ids)
    which = (
        f"between {low:d} and {high:d}"
        if high - low + 1 == len(set(ids))
        else f"in ({', '.join(f'{one:d}' for one in ids)})"
    )
    places = arrays(f"select (no::bigint << {_ROOM}) + place as place from find_hit where word_id {which}")["place"]
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


def _nearness(
    asked: Asked, places: Sequence[numpy.ndarray], has_all: numpy.ndarray, met: numpy.ndarray
) -> numpy.ndarray:
    """For each unit that has all words and phrases (`met`) how near the words stand to each other, pair by pair, from 0 to
    1: those of a phrase stand together.
    """
    pairs = [first + second for first, second in itertools.pairwise(asked.weights)]
    score = numpy.zeros(len(met))
    together = {at for first, last in asked.phrases for at in range(first, last)}
    needed = {word for at in range(len(pairs)) if at not in together for word in (at, at + 1)}
    here = {word: places[word][has_all[places[word] >> _ROOM]] for word in needed}
    for pair, weight in enumerate(pairs):
        if pair in together:
            score += weight / sum(pairs)
            continue
        first, second = here[pair], here[pair + 1]
        at = numpy.searchsorted(second, first)
        after = second[at.clip(max=len(second) - 1)] - first
        before = first - second[(at - 1).clip(min=0)]
        best = numpy.zeros(len(met))
        for gap, worth in ((after, 1), (before, 0.5)):
            near = numpy.flatnonzero((gap > 0) & (gap <= _NEAR))
            numpy.maximum.at(best, numpy.searchsorted(met, first[near] >> _ROOM), worth / gap[near])
        score += weight / sum(pairs) * best
    return score


# What fails.


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
    here = numpy.flatnonzero(others.fails == 0)
    no = here + 1 if others.pool.no is None else others.pool.no[here]
    fits[no[no < len(fits)]] = True
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
