"""Which units of one plan are carried over into a later one: `etl` counts it of linked plans, `ui` of any two.

In: what is compared of the units of both plans, each in its plan's order (`Said`). Out: one `Step` a unit, or a pair: carried
over word for word, carried with changes (each a word of `CHANGES`), dropped, or new. A unit stands in one pair, but where
one was split into several, or several were merged into one.

Texts are compared without signs and with their years masked, so that a file in which only the years were moved is carried
word for word. Likeness counts words and neighbours, rare ones of both plans more (0 to 1); where a machine guessed the
letters, rapidfuzz's ratio of the letters stands in. Which pairs are made is decided for all at once, by the Hungarian method
in each group of units that could be each other's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count, pairwise
from math import fsum
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from carried.alike import ranges

CHANGES = ("words", "year", "lead", "time", "dim", "kind", "split", "merged")
"""What may have changed of a unit that is carried over; a moved year alone leaves it word for word the same."""
STATES = ("same", "changed", "dropped", "new")
LEAST = 0.5
"""The least likeness of a pair, the point that was measured (`benchmarks/families.py`)."""
MOST_UNITS = 1000
"""So many units of a plan can be compared at once."""
_REWORDED = 0.45
"""So like are two units that no other comes nearer to, of one dimension and kind: the same in other words. Below `LEAST` only
such are told as one (`tests/families`).
"""
NEAR = 0.3
"""From this likeness on the nearest unit of the other plan is told of one that is dropped or new."""
_TYPED = 0.9
"""The least ratio of letters (0 to 1) that stands in for likeness where letters were guessed: a word with one other letter is
another word.
"""
_INSIDE = 0.7
"""From this share on that of the shorter text which stands in the longer one speaks for them too, for so much of its worth: a
text that was cut to its first clause, or had one added, is still the same.
"""
_PART, _OWN, _REST, _LEFT, _FEW = 0.75, 0.4, 0.25, 0.5, 5
"""Of a part of a split or merged unit so much must stand in the other text, so much of it where its partner does not; or this
much of it, where it is so much of all that the partner leaves out. So many words it has, and so many the partner leaves out.
"""
_SAME_PLACE = {"dim": 0.02, "kind": 0.02, "leads": 0.01, "timing": 0.01}
"""What tips the scales between texts that are equally like, and half of it for their place in the plans."""
_CLASSES = 64
_ROWS = 64
"""So many units are set beside all of the other plan at a time."""
_OFTEN = 10_000
"""From so many pairs of units on that have a term it is multiplied for all pairs at once."""
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = frozenset(map(str, range(1900, 2100)))


@dataclass(frozen=True)
class Said:
    """What is compared of a unit: its words, the dimension it counts for, who leads it (by name, and as written), and when."""

    text: str
    kind: str
    dim: int | None = None
    leads: tuple[str, ...] = ()
    leads_written: tuple[str, ...] = ()
    timing: str = "unspecified"
    timing_raw: str | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        return words(self.text)

    @cached_property
    def bare(self) -> str:
        """The words without who leads and when, which are compared apart."""
        left = f" {' '.join(self.words)} "
        said = {one for written in self.leads_written for one in written.split(" · ")} | {self.timing_raw or ""}
        for written in sorted(said - {""}, key=lambda one: (-len(one), one)):
            left = left.replace(f" {' '.join(words(written))} ", " ", 1)
        return left


@dataclass(frozen=True)
class Step:
    """What became of a unit: its place in the earlier and in the later list, None where it is in one of them only;
    `likeness` 0 to 100. `nearest` is the place of the nearest unit of the other list where it is dropped or new, if any is
    near.
    """

    earlier: int | None
    later: int | None
    likeness: int
    changes: tuple[str, ...] = ()
    nearest: int | None = None

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.later is None:
            return "dropped"
        if self.earlier is None:
            return "new"
        return "changed" if set(self.changes) - {"year"} else "same"


def words(text: str) -> tuple[str, ...]:
    """The words that are compared, years masked: "Trước 15/12/2021." → trước 15 12 #."""
    plain = unicodedata.normalize("NFC", text).lower()
    found = _WORD.findall(plain)
    return tuple(found if _YEARS.isdisjoint(found) else ("#" if word in _YEARS else word for word in found))


def carried(earlier: Sequence[Said], later: Sequence[Said]) -> tuple[Step, ...]:
    """What became of each unit of an earlier plan in a later one, in the order of the later; what is dropped stands behind
    the unit that it followed.
    """
    terms = _Terms(earlier, later)
    # rounded, so that two builds of the same say the same
    likeness = np.maximum(terms.likeness, _typed(earlier, later)).round(4)
    pairs = dict(_pairs(earlier, later, likeness))
    taken = {after: before for before, after in pairs.items()}
    (mine, theirs), common = terms.held, terms.common
    merged = {
        at: into
        for at in range(len(earlier))
        if at not in pairs
        and (into := terms.part_of(mine[at], likeness[at], common[at], theirs, taken, mine)) is not None
    }
    split = {
        at: of
        for at in range(len(later))
        if at not in taken
        and (of := terms.part_of(theirs[at], likeness[:, at], common[:, at], mine, pairs, theirs)) is not None
    }
    alone = [set(range(len(earlier))) - {*pairs, *merged}, set(range(len(later))) - {*taken, *split}]
    reworded = dict(_reworded(earlier, later, likeness, *alone))
    pairs |= reworded
    taken |= {after: before for before, after in reworded.items()}
    found = list(pairs.items())
    found += list(merged.items()) + [(before, after) for after, before in split.items()]
    joined, parted = set(merged.values()), set(split.values())

    def pair(before: int, after: int) -> Step:
        changes = set(_changes(earlier[before], later[after]))
        changes |= ({"merged"} if after in joined else set()) | ({"split"} if before in parted else set())
        told = tuple(change for change in CHANGES if change in changes)
        points = 100 if "words" not in changes else min(99, int(100 * likeness[before, after]))
        return Step(before, after, points, told)

    steps = [pair(*places) for places in found]
    steps += [_alone(at, None, row) for at, row in enumerate(likeness) if at not in pairs and at not in merged]
    steps += [_alone(None, at, column) for at, column in enumerate(likeness.T) if at not in taken and at not in split]
    followed = dict(sorted(found, key=lambda places: -places[1]))
    return tuple(sorted(steps, key=lambda step: _place(step, followed)))


def _place(step: Step, followed: dict[int, int]) -> tuple[float, int, int]:
    """Where a step stands in the order of the later plan."""
    if step.later is not None:
        return step.later, 0, -1 if step.earlier is None else step.earlier
    assert step.earlier is not None
    before = next((followed[at] for at in range(step.earlier, -1, -1) if at in followed), -1)
    return before, 1, step.earlier


def _alone(before: int | None, after: int | None, row: np.ndarray) -> Step:
    """A unit without a counterpart, with the nearest of the other plan."""
    best = int(row.argmax()) if row.size else 0
    near = bool(row.size) and row[best] >= NEAR
    return Step(before, after, int(100 * row[best]) if near else 0, (), best if near else None)


def _changes(before: Said, after: Said) -> Iterator[str]:
    """What differs between two units that are one: each a word of `CHANGES`."""
    is_same = before.words == after.words
    if not is_same and before.bare != after.bare:
        yield "words"
    if is_same and _years(before) != _years(after):
        yield "year"
    if set(before.leads) != set(after.leads):
        yield "lead"
    if before.timing != after.timing or words(before.timing_raw or "") != words(after.timing_raw or ""):
        yield "time"
    if before.dim != after.dim:
        yield "dim"
    if before.kind != after.kind:
        yield "kind"


def _years(said: Said) -> list[str]:
    return _YEAR.findall(f"{said.text} {said.timing_raw or ''}")


# How like.


_Having = tuple[np.ndarray, np.ndarray]
"""Which unit has which term, unit by unit."""


class _Held(NamedTuple):
    """How many words a unit has, and which terms: its words, and each two that stand together, by their numbers."""

    length: int
    terms: frozenset[int]


class _Terms:
    """The terms of the units of two plans as numbers, each weighing the more the fewer units have it."""

    def __init__(self, earlier: Sequence[Said], later: Sequence[Said]):
        self._shape = len(earlier), len(later)
        number: defaultdict[str, int] = defaultdict(count().__next__)
        said = [list(map(number.__getitem__, unit.words)) for unit in chain(earlier, later)]
        self._lengths = list(map(len, said))
        word = np.fromiter(chain.from_iterable(said), np.int64)
        unit = np.repeat(np.arange(len(said)), np.array(self._lengths, int))
        together = unit[1:] == unit[:-1]
        pair = (word[:-1] + 1) * len(number) + word[1:]
        known, term = np.unique(np.concatenate([word, pair[together]]), return_inverse=True)
        # each term once a unit, unit by unit
        once = np.sort(np.concatenate([unit, unit[1:][together]]) * len(known) + term)
        once = once[np.diff(once, prepend=-1) > 0]
        self._unit, self._term = np.divmod(once, max(len(known), 1))
        self._ends = np.searchsorted(self._unit, range(len(said) + 1))
        self._weight = np.log1p(len(said) / np.bincount(self._term, minlength=len(known)))

    @property
    def likeness(self) -> np.ndarray:
        """How like each two are, 0 to 1: the weight of what they share, beside that of both; or of the shorter alone, where
        most of it stands in the longer.
        """
        heft = np.maximum(np.bincount(self._unit, self._weight[self._term], sum(self._shape)), 1e-9)
        hefts = np.split(heft, self._shape[:1])
        shared = 2 * self.common / np.add.outer(*hefts)
        inside = self.common / np.minimum.outer(*hefts)
        return np.maximum(shared, np.where(inside >= _INSIDE, _INSIDE * inside, 0))

    @cached_property
    def common(self) -> np.ndarray:
        """The weight of the terms that each two share."""
        earlier = self._shape[0]
        first = self._ends[earlier]
        before = self._unit[:first], self._term[:first]
        after = self._unit[first:] - earlier, self._term[first:]
        times = [np.bincount(term, minlength=len(self._weight)) for _, term in (before, after)]
        is_frequent = times[0] * times[1] > _OFTEN
        common = self._multiplied(before, after, np.flatnonzero(is_frequent))
        is_rare = ~is_frequent[after[1]]
        self._add_rare(common, before, (after[0][is_rare], after[1][is_rare]))
        return common

    def _multiplied(self, before: _Having, after: _Having, terms: np.ndarray) -> np.ndarray:
        """The same of a few terms that many units have: to multiply takes less than to go through who has them."""
        column = np.full(len(self._weight), -1)
        column[terms] = np.arange(len(terms))
        has = [np.zeros((units, len(terms))) for units in self._shape]
        for mine, (unit, term) in zip(has, (before, after)):
            here = column[term] >= 0
            mine[unit[here], column[term[here]]] = 1
        return (has[0] * self._weight[terms]) @ has[1].T

    def _add_rare(self, common: np.ndarray, before: _Having, after: _Having) -> None:
        """Add that of all other terms that a unit of the later plan has, for some units of the earlier plan at a time."""
        (unit, term), later = before, common.shape[1]
        having = after[0][np.argsort(after[1], kind="stable")]
        often = np.bincount(after[1], minlength=len(self._weight))
        begins = np.cumsum(often) - often
        for row in range(0, len(common), _ROWS):
            held = slice(*np.searchsorted(unit, (row, row + _ROWS)))
            some = common[row : row + _ROWS]
            times = often[term[held]]
            places = np.repeat((unit[held] - row) * later, times) + having[ranges(begins[term[held]], times)]
            some += np.bincount(places, np.repeat(self._weight[term[held]], times), some.size).reshape(some.shape)

    @cached_property
    def held(self) -> tuple[list[_Held], list[_Held]]:
        """What each unit of the earlier and of the later plan has."""
        terms, ends = self._term.tolist(), self._ends.tolist()
        both = [_Held(length, frozenset(terms[slice(*some)])) for length, some in zip(self._lengths, pairwise(ends))]
        return both[: self._shape[0]], both[self._shape[0] :]

    def _heft(self, terms: Iterable[int]) -> float:
        return fsum(map(self._weight.item, terms))

    def part_of(
        self,
        part: _Held,
        likeness: np.ndarray,
        common: np.ndarray,
        wholes: Sequence[_Held],
        partners: dict[int, int],
        others: Sequence[_Held],
    ) -> int | None:
        """The unit of the other plan of which an unpaired one is a part, beside that unit's partner: nearly all of it
        stands there, and much of it is not the partner's; or it says most of what the partner leaves out. How like it is to
        each, and what they share.
        """
        if part.length < _FEW:
            return None
        heft = self._heft(part.terms)
        for at in np.argsort(-likeness)[:_FEW].tolist():
            whole, partner = wholes[at], partners.get(at)
            if partner is None or common[at] < _REST * heft:
                continue
            left = whole.terms - others[partner].terms
            own = self._heft(part.terms & left)
            is_inside = common[at] >= _PART * heft and part.length <= whole.length
            is_rest = len(left) >= _FEW and own >= _LEFT * self._heft(left)
            if own >= (_OWN if is_inside else _REST) * heft and (is_inside or is_rest):
                return at
        return None


def _typed(earlier: Sequence[Said], later: Sequence[Said]) -> np.ndarray:
    """The ratio of the letters of each two, where it is `_TYPED` at least, else 0. Only those are looked at whose letters,
    whatever their order, are enough the same ones for that.
    """
    mine, theirs = ([" ".join(one.words) for one in some] for some in (earlier, later))
    lengths = np.array(list(map(len, theirs)), int)
    by_length = np.argsort(lengths, kind="stable")
    lengths, counts = lengths[by_length], _letters(theirs)[by_length].T.copy()
    found = np.zeros((len(mine), len(theirs)))
    for row, text, letters in zip(found, mine, _letters(mine)):
        # a longer one may differ more, and a much longer one does
        few, many = len(text) * (_TYPED / (2 - _TYPED)) - 1, len(text) * ((2 - _TYPED) / _TYPED) + 1
        some = slice(*np.searchsorted(lengths, (few, many)))
        apart = np.abs(counts[:, some] - letters[:, None]).sum(axis=0, dtype=np.int32)
        may_differ = (1 - _TYPED) * (lengths[some] + len(text)) + 1e-6
        for at in by_length[some][apart <= may_differ]:
            row[at] = fuzz.ratio(text, theirs[at], score_cutoff=100 * _TYPED) / 100
    return found


def _letters(texts: Sequence[str]) -> np.ndarray:
    """How many of its letters fall to each of some classes, a row a text."""
    return np.array(
        [
            np.bincount(np.frombuffer(text.encode("utf-32-le"), np.uint32) % _CLASSES, minlength=_CLASSES)
            for text in texts
        ],
        np.int32,
    ).reshape(-1, _CLASSES)


# Which pairs.


def _pairs(earlier: Sequence[Said], later: Sequence[Said], likeness: np.ndarray) -> Iterator[tuple[int, int]]:
    """Which units are each other's: of all ways the one with the greatest sum, where one strong pair is worth more than two
    weak ones.
    """
    worth = likeness**3
    for what, extra in _SAME_PLACE.items():
        mine, theirs = ([getattr(one, what) for one in some] for some in (earlier, later))
        number = {one: at for at, one in enumerate(dict.fromkeys([*mine, *theirs]))}
        worth = worth + extra * np.equal.outer(*([number[one] for one in some] for some in (mine, theirs)))
    places = [np.arange(count) / max(1, count - 1) for count in likeness.shape]
    worth += 0.5 * sum(_SAME_PLACE.values()) * (1 - abs(places[0][:, None] - places[1][None, :]))
    worth[likeness < LEAST] = 0
    for rows, columns in _groups(likeness >= LEAST):
        for row, column in _assigned(worth[rows][:, columns]):
            if likeness[rows[row], columns[column]] >= LEAST:
                yield rows[row], columns[column]


def _reworded(
    earlier: Sequence[Said], later: Sequence[Said], likeness: np.ndarray, before: set[int], after: set[int]
) -> Iterator[tuple[int, int]]:
    """Of the units that are still alone, those that are each other's nearest of all."""
    for row in sorted(before) if after else ():
        column = int(likeness[row].argmax())
        is_one_matter = (earlier[row].dim, earlier[row].kind) == (later[column].dim, later[column].kind)
        is_nearest = column in after and int(likeness[:, column].argmax()) == row
        if is_nearest and is_one_matter and likeness[row, column] >= _REWORDED:
            yield row, column


def _groups(may: np.ndarray) -> Iterator[tuple[list[int], list[int]]]:
    """Rows and columns that hang together by what may be a pair."""
    by_row, by_column = (defaultdict(list) for _ in range(2))
    for row, column in zip(*(places.tolist() for places in np.nonzero(may))):
        by_row[row].append(column)
        by_column[column].append(row)
    while by_row:
        open_rows, rows, columns = [next(iter(by_row))], set(), set()
        while open_rows:
            row = open_rows.pop()
            if row not in rows:
                rows.add(row)
                for column in by_row.pop(row):
                    if column not in columns:
                        columns.add(column)
                        open_rows += by_column[column]
        yield sorted(rows), sorted(columns)


def _assigned(worth: np.ndarray) -> Iterator[tuple[int, int]]:
    """The pairs of a row and a column each with the greatest sum of worth (the Hungarian method: a row after the other is
    added by the cheapest way to a free column, Kuhn and Munkres).
    """
    if worth.shape[0] > worth.shape[1]:
        yield from ((row, column) for column, row in _assigned(worth.T))
        return
    rows, columns = worth.shape
    if rows == 1:
        yield 0, int(worth.argmax())
        return
    cost = worth.max() - worth
    of_row, of_column = np.zeros(rows), np.zeros(columns)
    owner = np.full(columns, -1)
    for row in range(rows):
        least, way = np.full(columns, np.inf), np.full(columns, -1)
        seen = np.zeros(columns, bool)
        at, here = -1, row
        while here >= 0:
            if at >= 0:
                seen[at] = True
            reached = cost[here] - of_row[here] - of_column
            better = ~seen & (reached < least)
            least[better], way[better] = reached[better], at
            after = int(np.where(seen, np.inf, least).argmin())
            step = least[after]
            of_row[row] += step
            of_row[owner[seen]] += step
            of_column[seen] -= step
            least[~seen] -= step
            at, here = after, int(owner[after])
        while at >= 0:
            before = int(way[at])
            owner[at] = owner[before] if before >= 0 else row
            at = before
    yield from ((int(row), column) for column, row in enumerate(owner) if row >= 0)
