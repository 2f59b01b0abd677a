"""Phrases in a text: word numbers in, the phrases that stand there out.

A `Look` is one way of looking at words (with marks, or folded): its vocabulary, and the tree of all its phrases, walked
for a batch of texts at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, repeat
from operator import itemgetter
from typing import NamedTuple, cast

import numpy
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from etl.match.neighbours import Neighbours
from etl.match.spell import clauses_of, words_learnt

_REACH = 12  # words between two parts of a phrase in parts
_FAR = 24  # from the first word of a part to the first of the next: a part has at most twelve words


@dataclass(frozen=True)
class Entry:
    """One row of phrases.csv or names.csv, ready to be found."""

    cls: int
    value: float
    kind: str
    quote: str
    source: str
    unless: tuple[tuple[int, ...], ...] = ()


class Hit(NamedTuple):
    """An entry found in a text: from word `start` to before word `end`."""

    entry: Entry
    start: int
    end: int
    share: float = 1.0


class _Node:
    """A place in the tree of all phrases: what ends here, which subjects do, which part of a phrase in parts is here,
    what may follow.
    """

    __slots__ = ("entries", "next", "part", "subjects")

    def __init__(self) -> None:
        self.entries: list[Entry | None] = []  # None stands for words that say nothing
        self.subjects: list[Entry] = []
        self.part: int | None = None
        self.next: dict[int, _Node] = {}


Found = tuple[int, int, Sequence["Entry | None"]]
"""What ends at a place of the tree, and where it stands in a text: from word `start` to before word `end`."""
Told = tuple[int, int, Sequence[Entry]]
"""The same of subjects: no word that says nothing is among them."""
_Together = dict[int, dict[int, list[tuple[int, tuple[int, ...], Entry]]]]
"""First part → second part → (place in the table, parts, entry); a part is its number in `Look.sizes`."""


@dataclass(slots=True)
class Seen:
    """What stands in one text: phrases, subjects, and where parts of either stand."""

    found: list[Found]
    subjects: list[Told]
    parts: dict[int, list[int]]
    _clauses: list[int] | None = None

    def clauses(self, signs: Sequence[str], places: Sequence[int]) -> list[int]:
        """For every number of the text the number of its clause; counted once, when it is first asked for."""
        if self._clauses is None:
            of_word = clauses_of(signs)
            self._clauses = [of_word[place] for place in places]
        return self._clauses


class Look:
    """One way of looking at words (with marks, or folded): its vocabulary, its phrases, its neighbours."""

    near: Neighbours  # made of the vocabulary, so only when the labelled units, phrases and names are learnt

    def __init__(self, spell, short: Mapping[str, str], stops: Sequence[str]):
        self.spell = spell
        self.ids: dict[str, int] = {}
        self.known: dict[str, tuple[int, ...]] = {}
        self._learnt: dict[str, tuple[int, ...]] = {}
        self.trie = _Node()
        self.sizes: list[int] = []  # of every part of a phrase in parts how many words it has
        self.together: _Together = {}
        self.subjects_together: _Together = {}
        self.short = {spell(s): f for s, f in short.items()}
        self.dropped = {spell(s) for s in stops if " " not in s}
        for words in stops:
            self.put(self.numbers(words, learn=True), None)

    def number(self, word: str) -> int:
        return self.ids.setdefault(word, len(self.ids))

    def numbers(self, text: str, learn: bool = False) -> tuple[int, ...]:
        """The numbers of a text's words; words that carry nothing ("và", "các") are left out."""
        found: list[int] = []
        for word in words_learnt(text):
            numbers = self._learnt.get(word)
            found.extend(self._of_word(word, learn) if numbers is None else numbers)
        return tuple(found)

    def _of_word(self, word: str, learn: bool) -> tuple[int, ...]:
        spelt = self.spell(word)
        if spelt in self.dropped:
            numbers: tuple[int, ...] = ()
        elif spelt in self.short:
            numbers = self.numbers(self.short[spelt], learn)
        else:
            numbers = (self.number(spelt) if learn else self.ids.get(spelt, -1),)
        if learn:
            self._learnt[word] = numbers
        return numbers

    def put(self, numbers: Sequence[int], entry: Entry | None) -> None:
        if numbers:
            self._node(numbers).entries.append(entry)

    def _node(self, numbers: Sequence[int]) -> _Node:
        node = self.trie
        for n in numbers:
            following = node.next.get(n)
            if following is None:
                following = node.next[n] = _Node()
            node = following
        return node

    def put_phrase(self, parts: Sequence[Sequence[int]], entry: Entry) -> None:
        """An entry that speaks for a class; its parts may stand anywhere in one clause ("bác sĩ … tiền")."""
        if len(parts) > 1:
            self._put_together(self.together, parts, entry)
        else:
            self.put(parts[0], entry)

    def put_subject(self, parts: Sequence[Sequence[int]], entry: Entry) -> None:
        """An entry that says which sub-dimension is touched, whatever the text is about."""
        if len(parts) > 1:
            self._put_together(self.subjects_together, parts, entry)
        else:
            self._node(parts[0]).subjects.append(entry)

    def _put_together(self, together: _Together, parts: Sequence[Sequence[int]], entry: Entry) -> None:
        names = tuple(map(self._part, parts))
        following = together.setdefault(names[0], {})
        following.setdefault(names[1], []).append((sum(map(len, following.values())), names, entry))

    def _part(self, numbers: Sequence[int]) -> int:
        node = self._node(numbers)
        if node.part is None:
            node.part = len(self.sizes)
            self.sizes.append(len(numbers))
        return node.part

    def freeze(self, repairs: bool = True) -> None:
        """After the last word is learnt: what repairs unknown words. Without `repairs` an unknown word stays one: a small
        vocabulary lacks most words, and would take "khải" for its "khai".
        """
        self.spelt = [w for w in self.ids if len(w) > 2 and not w.isdecimal()] if repairs else []
        self.known = {w: (n,) for w, n in self.ids.items()}
        self.known.update(dict.fromkeys(self.dropped, ()))
        for s, full in self.short.items():
            self.known[s] = self.numbers(full)
        self.raw: dict[str, tuple[int, ...]] = {}
        self.compile()

    def look_up(self, word: str) -> tuple[int, ...]:
        """The numbers of one word as written, repaired where nobody knows it; remembered."""
        spelt = self.spell(word)
        got = self.known.get(spelt)
        if got is None:
            got = self._repair(spelt)
        if len(self.raw) > 200_000:
            self.raw.clear()
        self.raw[word] = got
        return got

    def _repair(self, spelt: str) -> tuple[int, ...]:
        """Two words run together, or one letter wrong; (-1,) where neither helps."""
        if len(spelt) < 4 or len(spelt) > 24 or any(c.isdigit() for c in spelt[:-1]):
            return (-1,)
        for cut in range(2, len(spelt) - 1):
            left, right = self.ids.get(spelt[:cut]), self.ids.get(spelt[cut:])
            if left is not None and right is not None:
                return left, right
        near = process.extractOne(spelt, self.spelt, scorer=DamerauLevenshtein.distance, score_cutoff=1)
        return (self.ids[near[0]],) if near else (-1,)

    def read(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """The numbers of a text's words, and for each the place of its word."""
        raw = list(map(self.raw.get, words))
        found = (
            [self.look_up(word) if got is None else got for word, got in zip(words, raw)]
            if None in raw
            else cast("list[tuple[int, ...]]", raw)
        )
        return list(chain.from_iterable(found)), list(
            chain.from_iterable(map(repeat, range(len(found)), map(len, found)))
        )

    def compile(self) -> None:
        """Lay the tree of phrases out in arrays, so that `find` walks it for many texts at once."""
        nodes, keys, children = [self.trie], [], []
        self.width = len(self.ids) + 1
        for at, node in enumerate(nodes):  # grows as it goes
            for n, child in node.next.items():
                keys.append(at * self.width + n)
                children.append(len(nodes))
                nodes.append(child)
        order = numpy.argsort(keys)
        self.edges = numpy.array([*numpy.array(keys, dtype=numpy.int64)[order], numpy.iinfo(numpy.int64).max])
        self.child = numpy.array([*numpy.array(children, dtype=numpy.int64)[order], 0])
        self.speaks = numpy.array([bool(node.entries) for node in nodes])
        self.tells = numpy.array([bool(node.subjects) for node in nodes])
        self.part = numpy.array([-1 if node.part is None else node.part for node in nodes])
        self.first = numpy.zeros(self.width, dtype=numpy.int64)
        for n in self.trie.next:
            self.first[n] = self.child[numpy.searchsorted(self.edges, n)]
        self.entries = [node.entries for node in nodes]
        self.told = [node.subjects for node in nodes]

    def find(self, texts: Sequence[Sequence[int]]) -> list[Seen]:
        """For each text every phrase that no longer phrase covers, every subject that no longer subject covers, and the
        parts of both.
        """
        # one row of numbers; -1, which no phrase holds, after each text
        lengths = [len(text) + 1 for text in texts]
        offsets = numpy.concatenate(([0], numpy.cumsum(lengths, dtype=numpy.int64)))
        flat = numpy.fromiter(
            chain.from_iterable((*text, -1) for text in texts), dtype=numpy.int64, count=int(offsets[-1])
        )
        offset_of = numpy.repeat(offsets[:-1], lengths)
        node = numpy.where(flat < 0, 0, self.first[flat])
        start = numpy.flatnonzero(node)
        node = node[start]
        phrases, subjects = _Longest(len(flat)), _Longest(len(flat))
        part_starts, part_nodes = [flat[:0]], [flat[:0]]
        length = 1
        while len(start):
            is_part = self.part[node] >= 0
            phrases.reach(start, node, self.speaks[node], length)
            subjects.reach(start, node, self.tells[node], length)
            part_starts.append(start[is_part])
            part_nodes.append(node[is_part])
            following = flat[start + length]
            key = numpy.where(following < 0, -1, node * self.width + following)
            edge = numpy.searchsorted(self.edges, key)
            goes_on = self.edges[edge] == key
            start, node = start[goes_on], self.child[edge[goes_on]]
            length += 1
        starts = numpy.concatenate(part_starts)
        order = numpy.argsort(starts, kind="stable")
        starts = starts[order]
        parts = zip(self.part[numpy.concatenate(part_nodes)[order]].tolist(), (starts - offset_of[starts]).tolist())
        out = []
        for found, told, count in zip(
            phrases.kept(self.entries, offsets, offset_of),
            subjects.kept(self.told, offsets, offset_of),
            numpy.diff(numpy.searchsorted(starts, offsets)).tolist(),
        ):
            held: dict[int, list[int]] = {}
            for part, first in islice(parts, count):
                held.setdefault(part, []).append(first)
            out.append(Seen(found, told, held))
        return out

    def telling(self, numbers: Sequence[int], found: Sequence[Found]) -> list[int]:
        """The words of a text without those that say nothing ("tăng cường", "trên địa bàn tỉnh")."""
        silent: set[int] = set()
        for start, end, entries in found:
            if entries[0] is None:
                silent.update(range(start, end))
        return [n for at, n in enumerate(numbers) if at not in silent] if silent else list(numbers)


class _Longest:
    """For every place of a row the longest match that begins there; of them those that no earlier one covers."""

    def __init__(self, size: int):
        self.end, self.last = numpy.zeros(size, dtype=numpy.int64), numpy.zeros(size, dtype=numpy.int64)

    def reach(self, start: numpy.ndarray, node: numpy.ndarray, is_end: numpy.ndarray, length: int) -> None:
        ending = start[is_end]
        self.end[ending] = ending + length
        self.last[ending] = node[is_end]

    def kept(self, ends: Sequence, offsets: numpy.ndarray, offset_of: numpy.ndarray) -> list[list]:
        """For each text (start, end, what ends there at the node) in their order; texts begin at `offsets`, and for
        every place `offset_of` says where its text does.
        """
        # a match that ends where an earlier one ends lies inside it
        reached = numpy.maximum.accumulate(self.end)
        kept = numpy.flatnonzero(self.end > numpy.concatenate(([0], reached[:-1])))
        offset = offset_of[kept]
        matches = list(
            zip(
                (kept - offset).tolist(),
                (self.end[kept] - offset).tolist(),
                map(ends.__getitem__, self.last[kept].tolist()),
            )
        )
        return [matches[low:high] for low, high in pairwise(numpy.searchsorted(kept, offsets).tolist())]


def holds(numbers: Sequence[int], sought: Sequence[int], low: int, high: int) -> Iterable[int]:
    """Where `sought` stands in numbers[low:high]."""
    size = len(sought)
    return (
        i
        for i in range(low, high - size + 1)
        if numbers[i] == sought[0] and tuple(numbers[i : i + size]) == tuple(sought)
    )


def hits_in(
    look: Look, numbers: Sequence[int], places: Sequence[int], signs: Sequence[str], seen: Seen, fading: float
) -> list[Hit]:
    """The entries found in a text, each once, without those that their `unless` silences; the last words count `fading`
    less than the first.
    """
    hits: list[Hit] = []
    known: set[str] = set()
    candidates = [(start, end, entry) for start, end, entries in seen.found for entry in entries if entry is not None]
    if seen.parts:
        _join(look.together, look.sizes, seen, seen.found, candidates, signs, places)
    for start, end, entry in candidates:
        if entry.source in known:
            continue
        if entry.unless and silenced(entry, numbers, start, end, seen.clauses(signs, places)):
            continue
        known.add(entry.source)
        hits.append(Hit(entry, places[start], places[end - 1] + 1, 1 - fading * start / len(numbers)))
    return hits


def subjects_in(
    look: Look, numbers: Sequence[int], places: Sequence[int], signs: Sequence[str], seen: Seen
) -> list[Hit]:
    """The subjects found in a text, wherever they stand but in the name of an office; without those that their `unless`
    silences.
    """
    candidates = [(start, end, entry) for start, end, entries in seen.subjects for entry in entries]
    if seen.parts:
        _join(look.subjects_together, look.sizes, seen, seen.subjects, candidates, signs, places)
    if not candidates:
        return []
    # of a short form, whose words only its full form has, no part is anything: "UBND góp ý" holds no "dân góp"
    candidates = [
        (start, end, entry)
        for start, end, entry in candidates
        if (start == 0 or places[start - 1] != places[start]) and (end == len(places) or places[end] != places[end - 1])
    ]
    silent = [(start, end) for start, end, entries in seen.found if entries[0] is None]
    hits: list[Hit] = []
    for start, end, entry in candidates:
        if any(s <= start and end <= e and e - s > end - start for s, e in silent):
            continue
        if entry.unless and silenced(entry, numbers, start, end, seen.clauses(signs, places)):
            continue
        hits.append(Hit(entry, places[start], places[end - 1] + 1))
    return hits


def _join(
    together: _Together,
    sizes: Sequence[int],
    seen: Seen,
    covering: Sequence[Found],
    candidates: list,
    signs: Sequence[str],
    places: Sequence[int],
) -> None:
    """Add the phrases in parts whose parts stand in their order, near one another and in one clause, and inside none of
    `covering`.
    """
    parts = seen.parts
    complete: list[tuple[tuple[int, ...], Entry]] = []
    for part, firsts in parts.items():
        following = together.get(part)
        if following:
            near = [
                one
                for second in following.keys() & parts.keys()
                if _is_near(firsts, parts[second])
                for one in following[second]
            ]
            near.sort(key=itemgetter(0))
            complete.extend((names, entry) for _, names, entry in near if len(names) == 2 or parts.keys() >= set(names))
    if not complete:
        return
    silent = [(start, end) for start, end, entries in seen.found if entries[0] is None and end - start > 1]
    whole = [(start, end) for start, end, entries in covering if entries[-1] is not None]
    clauses = seen.clauses(signs, places)

    def is_silent(first: int, size: int) -> bool:
        return any(s < first + size and first < e and e - s > size for s, e in silent)

    for names, entry in complete:
        for first in parts[names[0]]:
            end = first + sizes[names[0]]
            for name in names[1:]:
                at = next(
                    (
                        a
                        for a in parts[name]
                        if 0 <= a - end <= _REACH and clauses[a] == clauses[first] and not is_silent(a, sizes[name])
                    ),
                    -1,
                )
                if at < 0:
                    break
                end = at + sizes[name]
            else:
                if not any(s <= first and end <= e for s, e in whole) and not is_silent(first, sizes[names[0]]):
                    candidates.append((first, end, entry))
                    break


def _is_near(firsts: Sequence[int], seconds: Sequence[int]) -> bool:
    """Whether a second part may stand within reach of a first one, both in their order; a quick look at the outermost
    that lets a few too many by.
    """
    distance = seconds[-1] - firsts[0]
    return 0 < distance <= _FAR or distance > 0 and (len(firsts) > 1 or len(seconds) > 1)


def silenced(entry: Entry, numbers: Sequence[int], start: int, end: int, clauses: Sequence[int]) -> bool:
    """Whether an `unless` stands there: around the phrase where it holds the phrase, else anywhere in its clause."""
    low = high = start
    while low > 0 and clauses[low - 1] == clauses[start]:
        low -= 1
    while high < len(numbers) and clauses[high] == clauses[start]:
        high += 1
    phrase = tuple(numbers[start:end])
    for unless in entry.unless:
        around = any(True for _ in holds(unless, phrase, 0, len(unless)))
        for at in holds(numbers, unless, low, high):
            if not around or (at <= start and at + len(unless) >= end):
                return True
    return False
