"""Labelled units that a text is like: rows of word numbers in, likeness of 0 to 1 out, for a batch of texts at a
time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

import numpy


class Neighbours:
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
        rare = {n: math.log((1 + total) / (1 + n)) + 0.1 for n in set(seen.values())}
        held = [f for f in seen if f < vocabulary] + pairs
        self.idf[self._columns(numpy.array(held, dtype=numpy.int64))] = [rare[seen[f]] for f in held]
        # feature by feature the units that hold it, and what a text that holds it too adds to their likeness
        self.count = max(1, len(units))
        flat = self._columns(numpy.array([f for r in rows_of for f in sorted(r)], dtype=numpy.int64))
        sizes = numpy.array([len(r) for r in rows_of], dtype=numpy.int64)
        squares = self.idf[flat] ** 2
        norms = numpy.array(
            [
                numpy.sqrt(squares[end - size : end].sum()) or 1.0
                for size, end in zip(sizes.tolist(), numpy.cumsum(sizes).tolist())
            ],
            dtype=numpy.float32,
        )
        order = numpy.argsort(flat, kind="stable")
        self.starts = numpy.searchsorted(flat[order], numpy.arange(vocabulary + len(pairs) + 1))
        self.units = numpy.repeat(numpy.arange(len(sizes)), sizes)[order]
        self.adds = (squares / numpy.repeat(norms, sizes))[order].astype(float)

    def _features(self, numbers: Sequence[int]) -> set[int]:
        size = self.size + 1
        known = [n for n in numbers if n >= 0]
        return set(known) | {size * (a + 1) + b for a, b in pairwise(numbers) if a >= 0 and b >= 0}

    def _columns(self, features: numpy.ndarray) -> numpy.ndarray:
        at = numpy.searchsorted(self.pairs, features)
        return numpy.where(features < self.size, features, self.size + at)

    def _known(self, texts: Sequence[Sequence[int]], count: int) -> numpy.ndarray:
        """All texts' words in one row; -1 for a word that stands in no phrase, name or unit."""
        flat = numpy.fromiter(chain.from_iterable(texts), dtype=numpy.int64, count=count)
        return numpy.where(flat < self.size, flat, -1)

    def familiar(self, texts: Sequence[Sequence[int]]) -> numpy.ndarray:
        """For every text the share of its neighbouring words that stand side by side in some phrase, name or unit."""
        count = len(texts)
        lengths = numpy.array([len(t) for t in texts], dtype=numpy.int64)
        flat = self._known(texts, int(lengths.sum()))
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
        flat = self._known(texts, int(lengths.sum()))
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
        norm = numpy.sqrt(
            numpy.bincount(owner, values.astype(float) ** 2, minlength=count)
            + (unknown + 0.25 * strange) * self.highest**2
        )
        lengths = self.starts[columns + 1] - self.starts[columns]
        ends = numpy.cumsum(lengths)
        if len(ends) and ends[-1]:
            held = numpy.arange(ends[-1]) + numpy.repeat(self.starts[columns] - ends + lengths, lengths)
            sums = numpy.bincount(
                numpy.repeat(owner * self.count, lengths) + self.units[held], self.adds[held], minlength=out.size
            )
            out = sums.reshape(out.shape) / numpy.where(norm > 0, norm, 1)[:, None]
        return out
