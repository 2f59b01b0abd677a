"""The search's questions to the database: which units, how they spread over each facet, and the cards of one page.

In: `Asked`, the words of a question as numbers of `find_word`, and what is chosen in each facet. Out: counts, and numbers of units.

    pool      the units that have the words and name the chosen agencies; where neither is asked, all of them, counted by plan and profile
    fails     for each of the pool the facets whose choice it does not meet: by its plan, its profile (all else it is filtered by), its roles
    counts    a facet counts what fails no other facet, so that each value says what choosing it would give

No text is searched and no unit is looked at for what it does not say: `find_hit` knows where each word stands, `find_unit` each unit's plan and profile.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy
import pandas

from ui import data


@dataclass(frozen=True)
class Chosen:
    """What is chosen in each facet; nothing means all. An agency is named by its slug, and the role "none" means that nobody leads."""

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
_NEAR = 8
"""Two words so far apart, or less, are near each other."""
MOST_AGENCIES = 200
"""So many agencies are counted for the list to choose from."""


@dataclass(frozen=True)
class Asked:
    """One question. `words`: for each word the numbers of those of `find_word` that it may be; `weights`: how rare each is; `phrases`: the first and
    the last of words that stand together in this order; `basis`: whose dimension counts, that of the heading or that of the words."""

    words: tuple[tuple[int, ...], ...] = ()
    weights: tuple[float, ...] = ()
    phrases: tuple[tuple[int, int], ...] = ()
    chosen: Chosen = field(default_factory=Chosen)
    basis: str = "heading"
    by_nearness: bool = True

    def without(self, facet: str) -> Asked:
        """The same question with nothing chosen in one facet."""
        return replace(self, chosen=replace(self.chosen, **{facet: ()}))


class Found(NamedTuple):
    """What was found: its `pool` and, for each of the pool, the sum of the facets it fails."""

    asked: Asked
    pool: Mapping[str, numpy.ndarray]
    fails: numpy.ndarray


def plan_ids() -> list[str]:
    """The plans, at the place of each one's position."""
    return _plans("plan_id").tolist()


def words() -> pandas.DataFrame:
    """One row per word of the plans: its number, its form without marks, and in how many units it stands."""
    return data.rows("select * from find_word order by word_id")


def agencies() -> pandas.DataFrame:
    """One row per agency: its slug, its name, and in how many units it stands, the most frequent first."""
    return data.rows("select slug, name, units from find_name order by units desc, slug")


def find(asked: Asked) -> Found:
    """Ask."""
    pool = _pool(asked)
    plan_fails, profile_fails = _plan_fails(asked.chosen), _profile_fails(asked)
    fails = plan_fails[pool["plan"]] | profile_fails[pool["profile"]]
    if asked.chosen.role:
        roles = _roles(pool)
        bits = sum(bit for role, bit in ROLES.items() if role in asked.chosen.role)
        met = roles & bits != 0
        if "none" in asked.chosen.role:
            met |= _column("roles")[pool["profile"]] & 1 == 0
        fails = fails | numpy.where(met, 0, _BIT["role"])
    return Found(asked, pool, fails)


def total(found: Found) -> int:
    """How many units were found."""
    return _sum(found, found.fails == 0)


def cells(found: Found) -> dict[str, numpy.ndarray]:
    """How many units were found on each dimension ("none" for those on none): for each plan, at the place of its position."""
    dims = _codes(found.asked.basis, "dim")
    width, here = len(dims.names), found.fails == 0
    places = found.pool["plan"][here].astype(numpy.int64) * width + dims.codes[found.pool["profile"][here]]
    counted = numpy.bincount(places, weights=_units(found.pool, here), minlength=width * len(_plans("plan_id"))).astype(numpy.int64).reshape(-1, width)
    return dict(zip(dims.names, counted.T))


def spread(found: Found, facet: str) -> dict[str, int]:
    """How many units each value of a facet has, counted with the choices of all other facets."""
    if facet == "agency":
        return _agency_counts(found.asked)
    here = found.fails & ~_BIT[facet] == 0
    units, plan, profile = _units(found.pool, here), found.pool["plan"][here], found.pool["profile"][here]
    if facet == "role":
        roles = _roles(found.pool)[here]
        nobody = _column("roles")[profile] & 1 == 0
        held = {role: roles & bit != 0 for role, bit in ROLES.items()} | {"none": nobody}
        return {role: int(units[met].sum()) if units is not None else int(met.sum()) for role, met in held.items()}
    if facet in ("plan", "level"):
        values, whose = numpy.unique(_plans("plan_id" if facet == "plan" else "level"), return_inverse=True)
        counted = numpy.bincount(whose[plan], weights=units, minlength=len(values))
        return {value: int(n) for value, n in zip(values.tolist(), counted) if n}
    codes = _codes(found.asked.basis, facet)
    counted = numpy.bincount(codes.codes[profile], weights=units, minlength=len(codes.names))
    return {name: int(n) for name, n in zip(codes.names, counted) if n}


def page(found: Found, first: int = 0, most: int = PAGE) -> tuple[int, ...]:
    """The numbers of `most` units from place `first` on (0 is the first): by nearness, or as plans have them."""
    if "no" in found.pool:
        return tuple(found.pool["no"][numpy.flatnonzero(found.fails == 0)[first:first + most]].tolist())
    return _in_order(found, first, most)


def cards(numbers: tuple[int, ...]) -> list[dict[str, Any]]:
    """One row per unit as `data.units` gives it, and every spelling of the agencies it names (`written`), in the order of these numbers. Each table is
    asked for single rows by their place in it, which is found at once."""
    places = data.records("select * from find_unit where no = any(?)", numbers)
    held = _by_unit(_at("unit_agencies", "unit_id, agency, role, as_written", [_span(row, "agency") for row in places]))
    spoke = _by_unit(_at("evidence", "*", [_span(row, "evidence") for row in places]))
    units = {unit["rowid"]: unit for unit in _at("units", "rowid, *", [[row["unit_row"]] for row in places])}
    plans = {plan["plan_id"]: plan for plan in data.plans_of(tuple({unit["plan_id"] for unit in units.values()}))}
    cards = {}
    for row in places:
        unit = units[row["unit_row"]]
        mine, plan = held.get(unit["unit_id"], []), plans[unit["plan_id"]]
        cards[row["no"]] = {
            **unit, **{name: plan[name] for name in ("position", "short_vi", "short_en", "level")},
            **{column: [one["agency"] for one in mine if one["role"] == role] for role, column in (("lead", "leads"), ("coop", "coops"), ("monitor", "monitors"))},
            "written": list(dict.fromkeys(one["as_written"] for one in mine)),
            "evidence": sorted((one for one in spoke.get(unit["unit_id"], []) if one["rank"] <= 3), key=lambda one: one["rank"])}
    return [cards[no] for no in numbers]


def _by_unit(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    out: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        out.setdefault(row["unit_id"], []).append(row)
    return out


def _span(row: Mapping[str, Any], name: str) -> list[int]:
    first, last = row[f"{name}_first"], row[f"{name}_last"]
    return [] if first is None else list(range(first, last + 1))


def _at(table: str, columns: str, spans: list[list[int]]) -> tuple[dict[str, Any], ...]:
    return data.records(f"select {columns} from {table} where rowid = any(?) order by rowid", tuple(at for span in spans for at in span))


# The pool.

def _pool(asked: Asked) -> Mapping[str, numpy.ndarray]:
    """Arrays of equal length: `plan` and `profile`; of single units also `no`, in the order asked, else `units`, how many; with agencies `held`."""
    hits = data.arrays(_hits(asked)) if asked.words else None
    if not asked.chosen.agency:
        return hits if hits is not None else data.arrays("select plan, profile, units from find_count")
    held = data.arrays("""
        select no, plan, profile, bit_or(roles) as held from find_agency
        where agency in (select agency from find_name where slug = any(?)) group by all order by no
    """, asked.chosen.agency)
    if hits is None or not len(held["no"]):
        return held
    place = numpy.searchsorted(held["no"], hits["no"]).clip(max=len(held["no"]) - 1)
    both = held["no"][place] == hits["no"]
    return {name: values[both] for name, values in hits.items()} | {"held": held["held"][place[both]]}


def _hits(asked: Asked) -> str:
    """The units that have all words and phrases. Two words next to each other score 1 in the order asked, less the farther apart they stand, half in the
    other order, rare words more; a single word scores as often as it stands there. Numbers of words are our own, so the question may hold them."""
    each = range(len(asked.words))
    steps = [f"w{at} as (select no, place from find_hit where {_is(asked.words[at])})" for at in each]
    rarest = max(each, key=lambda at: asked.weights[at])
    needs = [f"no in (select no from w{at})" for at in each if at != rarest]
    for first, last in asked.phrases:
        joins = " ".join(f"join w{at} on w{at}.no = w{first}.no and w{at}.place = w{first}.place + {at - first}" for at in range(first + 1, last + 1))
        needs.append(f"no in (select w{first}.no from w{first} {joins})")
    steps.append(f"met as (select no, count(*) as score from w{rarest} {'where ' + ' and '.join(needs) if needs else ''} group by no)")
    pairs = [(at, asked.weights[at] + asked.weights[at + 1]) for at in each[:-1]]
    if not pairs or not asked.by_nearness:
        order = "score desc, no" if asked.by_nearness else "no"
        return f"with {', '.join(steps)} select no, plan, profile from met join find_unit using (no) order by {order}"
    whole = sum(weight for _, weight in pairs)
    near = " union all ".join(f"""
        select a.no, {weight / whole:.6f} * max(case when b.place > a.place then 1 / (b.place - a.place) else 0.5 / (a.place - b.place) end) as part
        from w{at} as a join w{at + 1} as b on b.no = a.no
        where a.no in (select no from met) and b.place <> a.place and abs(b.place - a.place) <= {_NEAR}
        group by a.no""" for at, weight in pairs)
    return f"""with {', '.join(steps)}, near as (select no, sum(part) as score from ({near}) group by no)
        select no, plan, profile from met join find_unit using (no) left join near using (no) order by coalesce(near.score, 0) desc, no"""


def _is(ids: tuple[int, ...]) -> str:
    # forms of one word without marks have neighbouring numbers, and a span of the sorted table is found at once
    low, high = min(ids), max(ids)
    return f"word_id between {low:d} and {high:d}" if high - low + 1 == len(set(ids)) else f"word_id in ({', '.join(f'{one:d}' for one in ids)})"


# What fails.

class _Codes(NamedTuple):
    names: list[str]
    codes: numpy.ndarray


@lru_cache(maxsize=4)
def _profiles(path: str) -> dict[str, numpy.ndarray]:
    """The columns of find_profile, at the place of each profile's number; place 0 is nobody's."""
    return {name: numpy.concatenate([values[:1], values]) for name, values in data.rows("""
        select coalesce(dim::text, 'none') as heading_dim, coalesce(sub, 'none') as heading_sub, coalesce(matched_dim::text, 'none') as content_dim,
            coalesce(matched_sub, 'none') as content_sub, kind, timing, case when review then 'yes' else 'no' end as review, roles::int as roles
        from find_profile order by profile
    """).items() for values in [values.to_numpy()]}


def _column(name: str) -> numpy.ndarray:
    return _profiles(data.build().path)[name]


@lru_cache(maxsize=64)
def _coded(path: str, name: str) -> _Codes:
    names, codes = numpy.unique(_profiles(path)[name].astype(str), return_inverse=True)
    return _Codes(names.tolist(), codes)


def _codes(basis: str, facet: str) -> _Codes:
    """The values of a facet, and each profile's as a number."""
    return _coded(data.build().path, f"{basis}_{facet}" if facet in ("dim", "sub") else facet)


def _profile_fails(asked: Asked) -> numpy.ndarray:
    fails = numpy.zeros(len(_column("roles")), dtype=numpy.int16)
    for facet in ("dim", "sub", "timing", "kind", "review"):
        if values := getattr(asked.chosen, facet):
            codes = _codes(asked.basis, facet)
            wanted = numpy.array([name in values for name in codes.names])
            fails |= numpy.where(wanted[codes.codes], 0, _BIT[facet]).astype(numpy.int16)
    return fails


@lru_cache(maxsize=16)
def _plan_column(path: str, name: str) -> numpy.ndarray:
    plans = data.known_plans()
    values = numpy.full(int(plans["position"].max()) + 1, "", dtype=object)
    values[plans["position"].to_numpy()] = plans[name].to_numpy()
    return values.astype(str)


def _plans(column: str) -> numpy.ndarray:
    """A column of plans, at the place of each plan's position; place 0 is nobody's."""
    return _plan_column(data.build().path, column)


def _plan_fails(chosen: Chosen) -> numpy.ndarray:
    fails = numpy.zeros(len(_plans("plan_id")), dtype=numpy.int16)
    for facet, column in (("plan", "plan_id"), ("level", "level")):
        if values := getattr(chosen, facet):
            fails |= numpy.where(numpy.isin(_plans(column), values), 0, _BIT[facet]).astype(numpy.int16)
    return fails


def _roles(pool: Mapping[str, numpy.ndarray]) -> numpy.ndarray:
    """The roles that count for each of the pool: those of the chosen agencies, else all that the unit names."""
    return pool["held"] if "held" in pool else _column("roles")[pool["profile"]]


def _units(pool: Mapping[str, numpy.ndarray], here: numpy.ndarray) -> numpy.ndarray | None:
    return pool["units"][here] if "units" in pool else None


def _sum(found: Found, here: numpy.ndarray) -> int:
    units = _units(found.pool, here)
    return int(here.sum()) if units is None else int(units.sum())


# What DuckDB counts by unit.

def _fitting(asked: Asked) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The plans and the profiles that fail nothing."""
    plan_fails, profile_fails = _plan_fails(asked.chosen), _profile_fails(asked)
    return tuple(numpy.flatnonzero(plan_fails == 0).tolist()), tuple(numpy.flatnonzero(profile_fails == 0).tolist())


def _agency_counts(asked: Asked) -> dict[str, int]:
    """How many units name each agency, in a role that is chosen: of the agencies that are chosen, and of the most frequent."""
    plans, profiles = _fitting(asked)
    role = "true"
    if asked.chosen.role:
        role = f"roles & {sum(bit for one, bit in ROLES.items() if one in asked.chosen.role):d} <> 0"
        if "none" in asked.chosen.role:
            nobody = numpy.flatnonzero(_column("roles") & 1 == 0).tolist()
            role = f"({role} or profile in ({', '.join(map(str, nobody)) or 0}))"
    among = f"and no in (select no from ({_hits(replace(asked, by_nearness=False))}))" if asked.words else ""
    counted = data.rows(f"""
        select slug, units.n from (
            select agency, count(*) as n from find_agency
            where plan in (select unnest(?::int[])) and profile in (select unnest(?::int[])) and {role} {among} group by agency
        ) as units join find_name using (agency) order by list_contains(?::text[], slug) desc, units.n desc, slug limit {MOST_AGENCIES}
    """, plans, profiles, asked.chosen.agency)
    return dict(zip(counted["slug"], counted["n"].astype(int)))


def _in_order(found: Found, first: int, most: int) -> tuple[int, ...]:
    """A page in reading order. How many units each plan gives is known, so that the last page of millions is found as quickly as the first."""
    here = found.fails == 0
    counted = numpy.bincount(found.pool["plan"][here], weights=_units(found.pool, here))
    until = counted.cumsum()
    low = int(numpy.searchsorted(until, first, side="right"))
    high = int(numpy.searchsorted(until, first + most - 1, side="right"))
    if low >= len(until):
        return ()
    skip = first - int(until[low - 1]) if low else first
    plans, profiles = _fitting(found.asked)
    rows = data.records(f"""
        select no from find_unit
        where plan between {low:d} and {high:d} and plan in (select unnest(?::int[])) and profile in (select unnest(?::int[])) order by no limit {most:d} offset {skip:d}
    """, tuple(plan for plan in plans if low <= plan <= high), tuple(profile for profile in profiles if not found.asked.chosen.role or profile in _led(found.asked)))
    return tuple(row["no"] for row in rows)


def _led(asked: Asked) -> set[int]:
    """The profiles that meet the chosen roles."""
    roles = _column("roles")
    bits = sum(bit for role, bit in ROLES.items() if role in asked.chosen.role)
    met = (roles & bits != 0) | ((roles & 1 == 0) if "none" in asked.chosen.role else False)
    return set(numpy.flatnonzero(met).tolist())
