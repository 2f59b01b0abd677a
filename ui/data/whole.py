"""Numbers of all plans, of which pages add up those of some: asked of the database once a build, and added up here.

In: a question whose rows say each something of one plan (`plan_id`). Out: its columns, and their sums for the plans that a
reader's filters leave. DuckDB takes longer to plan a question than these sums take, and longer still to be told the
names of ten thousand plans.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy
import pandas

from ui.data.ask import told
from ui.data.build import build, connection_of
from ui.data.kept import kept


@dataclass(frozen=True, eq=False)
class Whole:
    """The rows by column; `plan` says by number which plan a row is of, `numbers` which number a plan has."""

    columns: Mapping[str, numpy.ndarray]
    plan: numpy.ndarray
    numbers: Mapping[str, int]
    _parted: dict[str, tuple[numpy.ndarray, list[Any]]] = field(default_factory=dict)

    def rows(self, plan_ids: Iterable[str]) -> numpy.ndarray:
        """Which rows are of these plans, in the order of the question."""
        wanted = numpy.zeros(len(self.numbers), bool)
        wanted[[self.numbers[plan_id] for plan_id in plan_ids if plan_id in self.numbers]] = True
        return numpy.flatnonzero(wanted[self.plan])

    def sums(self, rows: numpy.ndarray, keys: tuple[str, ...], *figures: str) -> dict[tuple[Any, ...], tuple[int, ...]]:
        """The sums of some columns over these rows, by what the columns `keys` say: what some row says, in the order in which
        the rows of all plans say it first.
        """
        parted = [self._parts(key) for key in keys]
        code = numpy.zeros(len(rows), numpy.int64)
        for codes, values in parted:
            code = code * len(values) + codes[rows]
        added = [numpy.bincount(code, weights=self.columns[figure][rows]) for figure in figures]
        found = {}
        for at in numpy.flatnonzero(numpy.bincount(code)):
            said, left = [], int(at)
            for _, values in reversed(parted):
                left, part = divmod(left, len(values))
                said.append(values[part])
            found[tuple(reversed(said))] = tuple(int(sums[at]) for sums in added)
        return found

    def tables(self, rows: numpy.ndarray, axes: Mapping[str, int], *figures: str) -> Iterator[numpy.ndarray]:
        """The sums of some columns over these rows, each as a table with an axis a key: such a column counts from 0, and so far."""
        shape = tuple(axes.values())
        code = numpy.ravel_multi_index([self.columns[key][rows] for key in axes], shape)
        for figure in figures:
            sums = numpy.bincount(code, self.columns[figure][rows], minlength=math.prod(shape))
            yield sums.astype(int).reshape(shape)

    def _parts(self, key: str) -> tuple[numpy.ndarray, list[Any]]:
        """A column as numbers of its different values, and these."""
        if key not in self._parted:
            codes, values = pandas.factorize(self.columns[key])
            self._parted[key] = codes, list(values.tolist())
        return self._parted[key]


def whole(sql: str, *params: Any) -> Whole:
    """All rows of a question, which says nothing of which plans are asked for; nulls are no numbers, so it has none."""
    with told():
        return _whole(build().path, sql, params)


@kept(64)
def _whole(path: str, sql: str, params: tuple[Any, ...]) -> Whole:
    columns = connection_of(path).cursor().execute(sql, list(params)).fetchnumpy()
    plan, names = pandas.factorize(columns["plan_id"])
    columns["plan_id"] = names[plan]  # each name once, not once a row
    return Whole(columns, plan, {name: number for number, name in enumerate(names)})
