"""What a text is about: texts in, one `Match` a text out (dimension, sub-dimension, evidence, doubt).

Three sources speak, all of them data: phrases (`phrases.csv`, each with its `unless`), the official names and their
older wordings (`names.csv`), and as near neighbours labelled units (`data/gold`) and sentences written as examples of what
PAPI asks (`examples.csv`). Names of agencies say who and not what, so they are silent. Words are compared with their marks
first; a text without marks, or one that the first look leaves in doubt, is compared folded. A word that nobody knows is
repaired by rapidfuzz (a letter too many, two words run together) before it is given up.

Everything is computed for a batch of texts at a time, so time grows with the texts and memory does not.
"""
from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import NamedTuple

import numpy
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from etl.model import BadReference, Evidence, Match
from etl.reference import DATA, number, table
from etl.text import key, nfc

GOLD = DATA / "gold"
SUBS = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4",
        "5.1", "5.2", "5.3", "5.4", "6.1", "6.2", "6.3", "6.4", "7.1", "7.2", "7.3", "8.1", "8.2", "8.3")
DIMS = tuple(range(9))
CLASSES: tuple[tuple[int, str | None], ...] = tuple((d, None) for d in DIMS) + tuple((int(s[0]), s) for s in SUBS)
_CLASS = {c: i for i, c in enumerate(CLASSES)}
_DIM_OF = [d for d, _ in CLASSES]
_SUBS_OF = {dim: [(i, sub) for i, (d, sub) in enumerate(CLASSES) if d == dim and sub] for dim in DIMS}

_SIGN = re.compile(r"[^\W_]+|[.;:\n]")
_ENDS = frozenset(".;:\n")   # of a clause
_GAP = re.compile(r"\s*…\s*")
_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_LONGEST = 20_000   # signs of a text that are read; what a line holds beyond that says nothing new
_MOST_WORDS = 3_000
_BATCH = 256
_REACH = 12          # words between two parts of a phrase in parts
_BODY = re.compile(r"(sở|phòng|ban|bộ|ủy ban|chi cục|cục|văn phòng|thanh tra (tỉnh|huyện|sở)) ")
"""How the name of an office begins that is no topic by itself; "trạm y tế" and "tòa án" are what a task may be about."""


@dataclass(frozen=True)
class Settings:
    """The few numbers that were chosen by trying (benchmarks/matching.py holds one plan out at a time)."""

    name_weight: float = 5.0      # of an official name, on the scale of the column `weight` of phrases.csv
    neighbours: int = 7
    sharpness: float = 1.5        # a neighbour's vote is its likeness to this power
    neighbour_weight: float = 14.0  # of the neighbours together, on the same scale
    echo: float = 0.8             # each further phrase for the same class counts this much of the one before
    fading: float = 0.4           # the last words of a text count this much less than its first
    list_share: float = 0.7       # three sub-dimensions as strong as this share of the first are a list of the whole
    whole: float = 0.9           # of words on a whole dimension against words on one of its sub-dimensions
    second_look: float = 0.6      # of what was found only after the marks were dropped
    least: float = 1.2            # strength of phrases below which there is no answer, unless
    alike: float = 0.2            # a labelled unit is at least as like as this
    foreign: float = 0.15         # share of familiar pairs of words below which there is no answer
    strange: float = 0.25         # and below which a person should look
    doubt_margin: float = 0.2
    doubt_strength: float = 4.5


def _canon(word: str) -> str:
    """One spelling a syllable: the tone goes to the end, and "sỹ" is "sĩ" ("hoà" and "hòa" → "hoa1")."""
    if word.isascii():
        return word[:-1] + "i" if len(word) == 2 and word[1] == "y" and word[0] in "hklmst" else word
    tone, kept = "", []
    for sign in unicodedata.normalize("NFD", word):
        if sign in _TONES:
            tone = _TONES[sign]
        else:
            kept.append(sign)
    bare = unicodedata.normalize("NFC", "".join(kept))
    if len(bare) == 2 and bare[1] == "y" and bare[0] in "hklmst":
        bare = bare[0] + "i"
    return bare + tone


def _bare(word: str) -> str:
    """The syllable without its marks: "hoà" → "hoa"."""
    kept = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("đ", "d")
    return kept[0] + "i" if len(kept) == 2 and kept[1] == "y" and kept[0] in "hklmst" else kept


def _signs_of(text: str) -> list[str]:
    """The lower-case words of a text, and the signs between them that end a clause (. ; : or a line)."""
    return _SIGN.findall(nfc(text[:_LONGEST]).lower())


def _words(signs: Sequence[str]) -> list[str]:
    """The words among a text's signs, at most `_MOST_WORDS`."""
    return [sign for sign in signs if sign not in _ENDS][:_MOST_WORDS]


def _clauses(signs: Sequence[str]) -> list[int]:
    """For every word among a text's signs the number of its clause."""
    clause, of_word = 0, []
    for sign in signs:
        if sign in _ENDS:
            clause += 1
        else:
            of_word.append(clause)
    return of_word


@dataclass(frozen=True)
class _Entry:
    """One row of phrases.csv or names.csv, ready to be found."""

    cls: int
    value: float
    kind: str
    quote: str
    source: str
    unless: tuple[tuple[int, ...], ...] = ()


class _Hit(NamedTuple):
    """An entry found in a text: from word `start` to before word `end`."""

    entry: _Entry
    start: int
    end: int
    share: float = 1.0


class _Node:
    """A place in the tree of all phrases: what ends here, which part of a phrase in parts is here, what may follow."""

    __slots__ = ("entries", "part", "next")

    def __init__(self) -> None:
        self.entries: list[_Entry | None] = []   # None stands for words that say nothing
        self.part: tuple[int, ...] | None = None
        self.next: dict[int, _Node] = {}


_Found = tuple[int, int, list["_Entry | None"]]
"""What ends at a place of the tree, and where it stands in a text: from word `start` to before word `end`."""


class _Look:
    """One way of looking at words (with marks, or folded): its vocabulary, its phrases, its neighbours."""

    def __init__(self, spell, short: Mapping[str, str], stops: Sequence[str]):
        self.spell = spell
        self.ids: dict[str, int] = {}
        self.known: dict[str, tuple[int, ...]] = {}
        self.trie = _Node()
        # first part → second part → (place in the table, parts, entry)
        self.together: dict[tuple[int, ...], dict[tuple[int, ...], list[tuple[int, tuple[tuple[int, ...], ...], _Entry]]]] = {}
        self.short = {spell(s): f for s, f in short.items()}
        self.dropped = {spell(s) for s in stops if " " not in s}
        for words in stops:
            self._put(self.numbers(words, learn=True), None)

    def number(self, word: str) -> int:
        return self.ids.setdefault(word, len(self.ids))

    def numbers(self, text: str, learn: bool = False) -> tuple[int, ...]:
        """The numbers of a text's words; words that carry nothing ("và", "các") are left out."""
        found: list[int] = []
        for word in _words(_signs_of(text)):
            spelt = self.spell(word)
            if spelt in self.dropped:
                continue
            if spelt in self.short:
                found.extend(self.numbers(self.short[spelt], learn))
            elif learn:
                found.append(self.number(spelt))
            else:
                found.append(self.ids.get(spelt, -1))
        return tuple(found)

    def _put(self, numbers: Sequence[int], entry: _Entry | None) -> None:
        if numbers:
            self._node(numbers).entries.append(entry)

    def _node(self, numbers: Sequence[int]) -> _Node:
        node = self.trie
        for n in numbers:
            node = node.next.setdefault(n, _Node())
        return node

    def put_together(self, parts: Sequence[Sequence[int]], entry: _Entry) -> None:
        """An entry whose parts may stand anywhere in one clause ("bác sĩ … tiền")."""
        names = tuple(tuple(p) for p in parts)
        for name in names:
            self._node(name).part = name
        following = self.together.setdefault(names[0], {})
        following.setdefault(names[1], []).append((sum(map(len, following.values())), names, entry))

    def freeze(self) -> None:
        """After the last word is learnt: what repairs unknown words."""
        self.spelt = [w for w in self.ids if len(w) > 2 and not w.isdecimal()]
        self.known = {w: (n,) for w, n in self.ids.items()}
        self.known.update({w: () for w in self.dropped})
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
        found = list(map(self.raw.get, words))
        if None in found:
            found = [self.look_up(word) if got is None else got for word, got in zip(words, found)]
        return list(chain.from_iterable(found)), list(chain.from_iterable(map(repeat, range(len(found)), map(len, found))))

    def compile(self) -> None:
        """Lay the tree of phrases out in arrays, so that `find` walks it for many texts at once."""
        nodes, keys, children = [self.trie], [], []
        self.width = len(self.ids) + 1
        for at, node in enumerate(nodes):   # grows as it goes
            for n, child in node.next.items():
                keys.append(at * self.width + n)
                children.append(len(nodes))
                nodes.append(child)
        order = numpy.argsort(keys)
        self.edges = numpy.array([*numpy.array(keys, dtype=numpy.int64)[order], numpy.iinfo(numpy.int64).max])
        self.child = numpy.array([*numpy.array(children, dtype=numpy.int64)[order], 0])
        self.speaks = numpy.array([bool(node.entries) for node in nodes])
        self.is_part = numpy.array([node.part is not None for node in nodes])
        self.first = numpy.zeros(self.width, dtype=numpy.int64)
        for n, child in self.trie.next.items():
            self.first[n] = self.child[numpy.searchsorted(self.edges, n)]
        self.nodes = nodes

    def find(self, texts: Sequence[Sequence[int]]) -> list[tuple[list[_Found], dict[tuple[int, ...], list[int]]]]:
        """For each text every phrase that no longer phrase covers, as (start, end, entries); and where parts of phrases stand."""
        # one row of numbers; -1, which no phrase holds, after each text
        flat = numpy.fromiter(chain.from_iterable((*text, -1) for text in texts), dtype=numpy.int64, count=sum(map(len, texts)) + len(texts))
        node = numpy.where(flat < 0, 0, self.first[flat])
        start = numpy.flatnonzero(node)
        node = node[start]
        end, last = numpy.zeros(len(flat), dtype=numpy.int64), numpy.zeros(len(flat), dtype=numpy.int64)
        part_starts, part_nodes = [], []
        length = 1
        while len(start):
            speaks, is_part = self.speaks[node], self.is_part[node]
            end[start[speaks]] = start[speaks] + length
            last[start[speaks]] = node[speaks]
            part_starts.append(start[is_part])
            part_nodes.append(node[is_part])
            following = flat[start + length]
            key = numpy.where(following < 0, -1, node * self.width + following)
            edge = numpy.searchsorted(self.edges, key)
            goes_on = self.edges[edge] == key
            start, node = start[goes_on], self.child[edge[goes_on]]
            length += 1
        # a match that ends where an earlier one ends lies inside it
        reached = numpy.maximum.accumulate(end) if len(end) else end
        kept = numpy.flatnonzero(end > numpy.concatenate(([0], reached[:-1])))
        found = list(zip(kept.tolist(), end[kept].tolist(), last[kept].tolist()))
        starts = numpy.concatenate(part_starts) if part_starts else kept[:0]
        order = numpy.argsort(starts, kind="stable")
        parts = list(zip(starts[order].tolist(), numpy.concatenate(part_nodes)[order].tolist() if part_nodes else ()))
        out, offset, at, part_at = [], 0, 0, 0
        for text in texts:
            next_offset = offset + len(text) + 1
            here: list[_Found] = []
            while at < len(found) and found[at][0] < next_offset:
                first, beyond, which = found[at]
                here.append((first - offset, beyond - offset, self.nodes[which].entries))
                at += 1
            held: dict[tuple[int, ...], list[int]] = {}
            while part_at < len(parts) and parts[part_at][0] < next_offset:
                first, which = parts[part_at]
                held.setdefault(self.nodes[which].part, []).append(first - offset)
                part_at += 1
            out.append((here, held))
            offset = next_offset
        return out

    def telling(self, numbers: Sequence[int], found: Sequence[tuple[int, int, list]]) -> list[int]:
        """The words of a text without those that say nothing ("tăng cường", "trên địa bàn tỉnh")."""
        silent: set[int] = set()
        for start, end, entries in found:
            if entries[0] is None:
                silent.update(range(start, end))
        return [n for at, n in enumerate(numbers) if at not in silent] if silent else list(numbers)


def _holds(numbers: Sequence[int], sought: Sequence[int], low: int, high: int) -> Iterable[int]:
    """Where `sought` stands in numbers[low:high]."""
    size = len(sought)
    return (i for i in range(low, high - size + 1) if numbers[i] == sought[0] and tuple(numbers[i:i + size]) == tuple(sought))


class _Neighbours:
    """Labelled units as rows of words and pairs of words, the rare ones weighing more (idf)."""

    def __init__(self, units: Sequence[Sequence[int]], vocabulary: int, others: Sequence[Sequence[int]]):
        self.size = vocabulary
        rows_of = [self._features(u) for u in units]
        seen = Counter(f for r in rows_of for f in r)
        for other in others:
            seen.update(set(self._features(other)))
        total = len(units) + len(others)
        self.highest = math.log(1 + total)
        self.heard = numpy.array(sorted(f for f in seen if f >= vocabulary) or [-1], dtype=numpy.int64)
        pairs = sorted(f for f in {f for r in rows_of for f in r} if f >= vocabulary)
        self.pairs = numpy.array(pairs, dtype=numpy.int64)
        self.idf = numpy.full(vocabulary + len(pairs), self.highest, dtype=numpy.float32)
        for f, n in seen.items():
            c = f if f < vocabulary else int(numpy.searchsorted(self.pairs, f))
            if f < vocabulary or (c < len(pairs) and pairs[c] == f):
                self.idf[c] = math.log((1 + total) / (1 + n)) + 0.1
        # feature by feature the units that hold it, and what a text that holds it too adds to their likeness
        rows, columns, values = [], [], []
        for at, r in enumerate(rows_of):
            held = self._columns(numpy.array(sorted(r), dtype=numpy.int64))
            weights = self.idf[held]
            norm = float(numpy.sqrt((weights ** 2).sum())) or 1.0
            rows.append(numpy.full(len(held), at))
            columns.append(held)
            values.append(weights * weights / norm)
        self.count = max(1, len(units))
        flat = numpy.concatenate(columns) if columns else numpy.zeros(0, dtype=numpy.int64)
        order = numpy.argsort(flat, kind="stable")
        self.starts = numpy.searchsorted(flat[order], numpy.arange(vocabulary + len(pairs) + 1))
        self.units = numpy.concatenate(rows)[order] if rows else flat
        self.adds = numpy.concatenate(values)[order].astype(float) if values else flat.astype(float)

    def _features(self, numbers: Sequence[int]) -> set[int]:
        size = self.size + 1
        known = [n for n in numbers if n >= 0]
        return set(known) | {size * (a + 1) + b for a, b in zip(numbers, numbers[1:]) if a >= 0 and b >= 0}

    def _columns(self, features: numpy.ndarray) -> numpy.ndarray:
        at = numpy.searchsorted(self.pairs, features)
        return numpy.where(features < self.size, features, self.size + at)

    def familiar(self, texts: Sequence[Sequence[int]]) -> numpy.ndarray:
        """For every text the share of its neighbouring words that stand side by side in some phrase, name or unit."""
        count = len(texts)
        lengths = numpy.array([len(t) for t in texts], dtype=numpy.int64)
        flat = numpy.fromiter(chain.from_iterable(texts), dtype=numpy.int64, count=int(lengths.sum()))
        text_of = numpy.repeat(numpy.arange(count), lengths)
        together = text_of[:-1] == text_of[1:]
        codes = ((self.size + 1) * (flat[:-1] + 1) + flat[1:])[together]
        owner = text_of[:-1][together]
        at = numpy.minimum(numpy.searchsorted(self.heard, codes), len(self.heard) - 1)
        known = (self.heard[at] == codes) & (flat[:-1] >= 0)[together] & (flat[1:] >= 0)[together]
        shares = numpy.bincount(owner, known, minlength=count) / numpy.maximum(1, lengths - 1)
        return numpy.where(lengths < 2, 1.0, shares)

    def likeness(self, texts: Sequence[Sequence[int]]) -> numpy.ndarray:
        """texts × units: the cosine of their rare words, 0 to 1."""
        count = len(texts)
        out = numpy.zeros((count, self.count))
        lengths = numpy.array([len(t) for t in texts], dtype=numpy.int64)
        if not lengths.sum():
            return out
        flat = numpy.fromiter(chain.from_iterable(texts), dtype=numpy.int64, count=int(lengths.sum()))
        text_of = numpy.repeat(numpy.arange(count), lengths)
        unknown = numpy.bincount(text_of[flat < 0], minlength=count)
        size = self.size + 1
        pair_ok = (text_of[:-1] == text_of[1:]) & (flat[:-1] >= 0) & (flat[1:] >= 0)
        codes = numpy.concatenate([flat[flat >= 0], (size * (flat[:-1] + 1) + flat[1:])[pair_ok]])
        owner = numpy.concatenate([text_of[flat >= 0], text_of[:-1][pair_ok]])
        if len(self.pairs):
            at = numpy.minimum(numpy.searchsorted(self.pairs, codes), len(self.pairs) - 1)
            paired = self.pairs[at] == codes
        else:
            at, paired = numpy.zeros(len(codes), dtype=numpy.int64), numpy.zeros(len(codes), dtype=bool)
        single = codes < self.size
        strange = numpy.bincount(owner[~single & ~paired], minlength=count)
        keep = single | paired
        columns = numpy.where(single, codes, self.size + at)[keep]
        width = len(self.idf)
        both = numpy.unique(owner[keep] * width + columns)
        owner, columns = both // width, both % width
        values = self.idf[columns]
        norm = numpy.sqrt(numpy.bincount(owner, values.astype(float) ** 2, minlength=count)
                          + (unknown + 0.25 * strange) * self.highest ** 2)
        lengths = self.starts[columns + 1] - self.starts[columns]
        ends = numpy.cumsum(lengths)
        if len(ends) and ends[-1]:
            held = numpy.arange(ends[-1]) + numpy.repeat(self.starts[columns] - ends + lengths, lengths)
            sums = numpy.bincount(numpy.repeat(owner * self.count, lengths) + self.units[held], self.adds[held], minlength=out.size)
            out = sums.reshape(out.shape) / numpy.where(norm > 0, norm, 1)[:, None]
        return out


def _gold(without_plan: str | None) -> list[dict]:
    """The labelled units of data/gold, each with its plan; one plan can be left out."""
    units: list[dict] = []
    for file in sorted(GOLD.glob("*.jsonl")):
        if file.stem == without_plan:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                units.append({**json.loads(line), "plan": file.stem})
    return units


def _examples() -> list[dict]:
    """The sentences of examples.csv as labelled units of no plan."""
    found = []
    for row in table("examples", "text", "dim", "sub"):
        _class(row, "examples.csv")
        found.append({"text": row["text"], "dim": int(row["dim"]), "sub": row["sub"] or None, "plan": "examples.csv", "lines": [int(row["_row"])]})
    return found


def _class(row: Mapping[str, str], file: str) -> int:
    """The class of a row of phrases.csv, names.csv or examples.csv, checked."""
    dim = number(row, "dim", file, 0, 8)
    sub = row["sub"] or None
    if (dim, sub) not in _CLASS:
        raise BadReference(f"{file}, dòng {row['_row']}, cột sub: {sub!r} không thuộc nội dung {dim}")
    return _CLASS[dim, sub]


def _holds_words(row: Mapping[str, str], column: str, parts: Sequence[Sequence[int]]) -> None:
    """A phrase of which nothing is left once empty words are dropped would never be found: BadReference."""
    if not all(parts):
        raise BadReference(f"phrases.csv, dòng {row['_row']}, cột {column}: {row[column]!r} không còn từ nào có nghĩa (xem stopphrases.csv)")


class Matcher:
    """Says what texts are about. Holds phrases, names and labelled units, and never changes after it is made."""

    def __init__(self, phrases: Sequence[Mapping[str, str]], names: Sequence[Mapping[str, str]], labelled: Sequence[Mapping],
                 settings: Settings = Settings()):
        self.settings = settings
        self.labelled = tuple(u for u in labelled if u["dim"] is not None and (u["dim"], u["sub"]) in _CLASS)
        self._unit_class = [_CLASS[u["dim"], u["sub"]] for u in self.labelled]
        short = {r["short"]: r["full"] for r in table("shortforms", "short", "full")}
        stops = [r["words"] for r in table("stopphrases", "words")]
        stops += [r["written"] for r in table("agencies", "agency", "written", "level", "is_group") if _BODY.match(key(r["written"])) and "{" not in r["written"]]
        self._marked = self._look(_canon, short, stops, phrases, names)
        self._folded = self._look(_bare, short, stops, phrases, names)

    @classmethod
    def shipped(cls, without_plan: str | None = None) -> "Matcher":
        """The matcher as delivered; `without_plan` leaves one plan's labels, and so all that follows from them, out."""
        return cls(table("phrases", "phrase", "dim", "sub", "weight", "unless"),
                   table("names", "dim", "sub", "wording", "from_year", "to_year"), [*_gold(without_plan), *_examples()])

    def _look(self, spell, short, stops, phrases, names) -> _Look:
        look = _Look(spell, short, stops)
        folded = spell is _bare
        units = [look.numbers(u["text"], learn=True) for u in self.labelled]
        look.compile()
        units = [look.telling(u, found) for u, (found, _) in zip(units, look.find(units))]
        spelt = [(tuple(look.numbers(part, learn=True) for part in _GAP.split(r["phrase"])), r) for r in phrases]
        named = [(look.numbers(r["wording"], learn=True), r) for r in names]
        unlesses = [tuple(look.numbers(u, learn=True) for u in r["unless"].split("|") if u.strip()) for r in phrases]
        look.near = _Neighbours(units, len(look.ids), [n for parts, _ in spelt for n in parts] + [n for n, _ in named])
        seen: set[tuple[tuple[int, ...], int]] = set()
        for (parts, row), unless in zip(spelt, unlesses):
            if not folded:
                _holds_words(row, "phrase", parts)
                _holds_words(row, "unless", unless)
            cls = _class(row, "phrases.csv")
            weight = number(row, "weight", "phrases.csv", 1, 9)
            if folded and min(len(p) for p in parts) == 1 and not row["phrase"].isascii():
                continue   # "bụi" and "bùi", "nước" and "nuốc": one syllable without its marks says too little
            rarity = self._rarity(look, [n for p in parts for n in p])
            entry = _Entry(cls, weight * rarity, "phrase", row["phrase"], f"phrases.csv, dòng {row['_row']}", unless)
            if len(parts) > 1:
                look.put_together(parts, entry)
            else:
                look._put(parts[0], entry)
                seen.add((parts[0], cls))
        for numbers, row in named:
            cls = _class(row, "names.csv")
            if (numbers, cls) in seen:
                continue
            seen.add((numbers, cls))
            look._put(numbers, _Entry(cls, self.settings.name_weight * self._rarity(look, numbers), "name", row["wording"], f"names.csv, dòng {row['_row']}"))
        look.freeze()
        return look

    @staticmethod
    def _rarity(look: _Look, numbers: Sequence[int]) -> float:
        """0.5 to 1: how rare a phrase's words are on the whole."""
        if not numbers:
            return 0.0
        idf = look.near.idf
        return 0.5 + 0.5 * float(sum(idf[n] for n in numbers)) / len(numbers) / look.near.highest

    # -- matching ------------------------------------------------------------------------------------------------

    def match(self, texts: Sequence[str]) -> list[Match]:
        """One `Match` a text, in their order; never raises, whatever the texts are."""
        found: list[Match] = []
        for start in range(0, len(texts), _BATCH):
            found.extend(self._batch(texts[start:start + _BATCH]))
        return found

    def stream(self, texts: Iterable[str]) -> Iterable[Match]:
        """The same for texts that come one by one, held a batch at a time."""
        texts = iter(texts)
        while batch := list(islice(texts, _BATCH)):
            yield from self._batch(batch)

    def _batch(self, texts: Sequence[str]) -> list[Match]:
        signs = [_signs_of(t) for t in texts]
        words = [_words(s) for s in signs]
        bare = [_unmarked(w) for w in words]
        out: list[Match | None] = [None] * len(texts)
        for look, chosen in ((self._marked, [i for i, b in enumerate(bare) if not b]), (self._folded, [i for i, b in enumerate(bare) if b])):
            if not chosen:
                continue
            read = [look.read(words[i]) for i in chosen]
            seen = look.find([numbers for numbers, _ in read])
            hits = [self._hits(look, numbers, places, signs[i], *s) for i, (numbers, places), s in zip(chosen, read, seen)]
            near = self._nearest(look, [look.telling(n, s[0]) for (n, _), s in zip(read, seen)])
            familiar = look.near.familiar([numbers for numbers, _ in read]).tolist()
            for at, i in enumerate(chosen):
                out[i] = self._decide(hits[at], near[at], familiar[at])
            if look is self._marked:
                self._again(chosen, out, hits, near, familiar, words, signs)
        return out   # type: ignore[return-value]

    def _nearest(self, look: _Look, texts: Sequence[Sequence[int]]) -> list[list[tuple[int, float]]]:
        """For every text the labelled units that are likest, and how like."""
        if not self.labelled:
            return [[] for _ in texts]
        near = look.near.likeness(texts)
        most = min(self.settings.neighbours, near.shape[1])
        top = numpy.argpartition(-near, most - 1, axis=1)[:, :most]
        likeness = numpy.take_along_axis(near, top, axis=1)
        return [[(u, l) for u, l in zip(units, alike) if l > 0] for units, alike in zip(top.tolist(), likeness.tolist())]

    def _again(self, chosen, out, hits, near, familiar, words, signs) -> None:
        """The second look, at the texts that the first left in doubt: what their words say without marks."""
        look, settings = self._folded, self.settings
        doubtful = [at for at in range(len(chosen)) if sum(h.entry.value * h.share for h in hits[at]) < settings.doubt_strength]
        read = [look.read(words[chosen[at]]) for at in doubtful]
        for at, (numbers, places), seen in zip(doubtful, read, look.find([numbers for numbers, _ in read])):
            i, known = chosen[at], {h.entry.source for h in hits[at]}
            more = [_Hit(h.entry, h.start, h.end, h.share * settings.second_look) for h in self._hits(look, numbers, places, signs[i], *seen)
                    if h.entry.source not in known and h.end - h.start > 1
                    and not any(h.start >= k.start and h.end <= k.end for k in hits[at])]
            if more:
                out[i] = self._decide(hits[at] + more, near[at], familiar[at])

    def _hits(self, look: _Look, numbers: list[int], places: list[int], signs: list[str], found, parts) -> list[_Hit]:
        """The entries found in a text, each once, without those that their `unless` silences."""
        hits: list[_Hit] = []
        seen: set[str] = set()
        clauses: list[int] | None = None
        candidates = [(start, end, entry) for start, end, entries in found for entry in entries if entry is not None]
        if parts:
            self._join(look, parts, found, candidates, lambda: self._clauses_at(signs, places))
        for start, end, entry in candidates:
            if entry.source in seen:
                continue
            if entry.unless:
                clauses = clauses or self._clauses_at(signs, places)
                low = high = start
                while low > 0 and clauses[low - 1] == clauses[start]:
                    low -= 1
                while high < len(numbers) and clauses[high] == clauses[start]:
                    high += 1
                if self._silenced(entry, numbers, start, end, low, high):
                    continue
            seen.add(entry.source)
            hits.append(_Hit(entry, places[start], places[end - 1] + 1, 1 - self.settings.fading * start / len(numbers)))
        return hits

    @staticmethod
    def _join(look: _Look, parts, found, candidates: list, clauses_at) -> None:
        """Add the phrases in parts whose parts stand in their order, near one another and in one clause."""
        complete: list[tuple[tuple[tuple[int, ...], ...], _Entry]] = []
        for part in parts:
            following = look.together.get(part)
            if following and (seconds := following.keys() & parts.keys()):
                complete.extend((names, entry) for _, names, entry in sorted((one for second in seconds for one in following[second]), key=lambda one: one[0])
                                if parts.keys() >= set(names))
        if not complete:
            return
        silent = [(start, end) for start, end, entries in found if entries[0] is None and end - start > 1]
        whole = [(start, end) for start, end, entries in found if entries[-1] is not None]
        clauses = clauses_at()
        for names, entry in complete:
            part = names[0]
            for first in parts[part]:
                at, end = first, first + len(part)
                for name in names[1:]:
                    at = next((a for a in parts[name] if a >= end and a - end <= _REACH and clauses[a] == clauses[first]
                               and not any(s < a + len(name) and a < e and e - s > len(name) for s, e in silent)), -1)
                    if at < 0:
                        break
                    end = at + len(name)
                if at < 0 or any(s <= first and end <= e for s, e in whole) \
                        or any(s < first + len(part) and first < e and e - s > len(part) for s, e in silent):
                    continue
                candidates.append((first, end, entry))
                break

    @staticmethod
    def _clauses_at(signs: Sequence[str], places: Sequence[int]) -> list[int]:
        of_word = _clauses(signs)
        return [of_word[p] for p in places]

    @staticmethod
    def _silenced(entry: _Entry, numbers: Sequence[int], start: int, end: int, low: int, high: int) -> bool:
        """Whether an `unless` stands there: around the phrase where it holds the phrase, else anywhere in its clause."""
        phrase = tuple(numbers[start:end])
        for unless in entry.unless:
            around = any(True for _ in _holds(unless, phrase, 0, len(unless)))
            for at in _holds(numbers, unless, low, high):
                if not around or (at <= start and at + len(unless) >= end):
                    return True
        return False

    def _decide(self, hits: Sequence[_Hit], near: Sequence[tuple[int, float]], familiar: float) -> Match:
        settings = self.settings
        points = [0.0] * len(CLASSES)
        worth: list[tuple[float, _Hit]] = []
        times: dict[int, float] = {}
        for value, hit in sorted(((h.entry.value * h.share, h) for h in hits), key=lambda v: -v[0]):
            heard = times.get(hit.entry.cls, 1.0)
            times[hit.entry.cls] = heard * settings.echo
            worth.append((value * heard, hit))
            points[hit.entry.cls] += value * heard
        spoken = sum(points)
        votes: list[tuple[int, float]] = []
        best = max((likeness for _, likeness in near), default=0.0)
        if near:
            powers = [likeness ** settings.sharpness for _, likeness in near]
            whole = sum(powers)
            votes = sorted(((u, settings.neighbour_weight * best * power / whole) for (u, _), power in zip(near, powers)), key=lambda v: -v[1])
            for u, v in votes:
                points[self._unit_class[u]] += v
        total = sum(points)
        by_dim = [0.0] * 9
        for dim, p in zip(_DIM_OF, points):
            by_dim[dim] += p
        order = sorted(DIMS, key=by_dim.__getitem__, reverse=True)
        first, second = order[0], order[1]
        if familiar < settings.foreign or spoken < settings.least and best < settings.alike:
            return Match()
        margin = (by_dim[first] - by_dim[second]) / total if total else 0.0
        sub = self._sub(first, points)
        other = self._sub(second, points) if by_dim[second] > 0 else None
        review = margin < settings.doubt_margin or by_dim[first] < settings.doubt_strength or familiar < settings.strange
        score = by_dim[first] / total if total else 0.0
        return Match(dim=first, sub=sub, score=round(score, 4), margin=round(margin, 4), review=review,
                     runner_up_dim=second if by_dim[second] > 0 else None, runner_up_sub=other,
                     evidence=self._evidence(worth, votes, total))

    def _sub(self, dim: int, points: Sequence[float]) -> str | None:
        """The sub-dimension within a dimension; None where the words are on the whole of it or on most of its parts."""
        if dim == 0:
            return None
        parts = sorted(((points[i], sub) for i, sub in _SUBS_OF[dim]), reverse=True)
        best, sub = parts[0]
        if parts[2][0] > self.settings.list_share * best or best <= points[_CLASS[dim, None]] * self.settings.whole or best == 0:
            return None
        return sub

    def _evidence(self, worth: Sequence[tuple[float, _Hit]], votes: Sequence[tuple[int, float]], total: float) -> tuple[Evidence, ...]:
        """What spoke, the strongest first; weights are shares of all that spoke."""
        said = [(v, h.entry.kind, h.entry.quote, h.entry.source, h.entry.cls) for v, h in worth]
        for u, v in votes[:3]:
            unit = self.labelled[u]
            line = unit["lines"][0] if unit.get("lines") else "?"
            said.append((v, "unit", unit["text"], f"{unit['plan']}, dòng {line}", self._unit_class[u]))
        said.sort(key=lambda s: -s[0])
        return tuple(Evidence(kind, quote, source, *CLASSES[cls], weight=math.floor(10_000 * v / total) / 10_000)
                     for v, kind, quote, source, cls in said[:8] if total)


def _unmarked(words: Sequence[str]) -> bool:
    """Whether a text was typed without marks: hardly a word of it has any."""
    letters = len(words) - sum(map(str.isdecimal, words))
    return letters >= 2 and len(words) - sum(map(str.isascii, words)) < 0.12 * letters
