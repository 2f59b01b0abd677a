"""How alike the tasks of two plans are, 0 to 100: `etl` counts it of labelled plans, `ui` of any two.

In: of each plan what its tasks do and how they word it, as the views `task_about` and `task_word` say it (`of_plans`). Out:
the pairs that have so many points (`alike`).

    points    100 (1 - (1 - matter) (1 - wording)): either is enough, both add up
    matter    what both do, the weightiest matter first and the others a little; where no matter of a task is known, a
              sub-dimension that both touch stands in for one, as a broad one
    wording   of their clauses the two that are likest, by rare words and rare neighbours (cosine, idf over all units); a
              clause of few such words says little
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

_MAIN, _NAMED, _PASSING = 0.64, 0.57, 0.15
"""The weight of a matter that both tasks are about, that one of them only names, only mentions."""
_BROAD = 0.75
"""What a broad matter keeps of that."""
_MORE = 0.25
"""What a second matter adds."""
_ENOUGH = 8
"""So many rare words a clause needs."""
_HOWS = ("main", "names", "passing")
_WEIGHTS = np.array([[_MAIN, _NAMED, _PASSING], [_NAMED, _NAMED, _PASSING], [_PASSING] * 3])
_SECOND = 24
"""Two neighbours are one number: the first word's, so many bits further up, and the second's. A sort by two or three numbers
goes by one too: there is room for four million words beside the clauses of a plan.
"""
_ROWS = 64
"""So many clauses are set beside all of the other plan at a time."""

Rows = Mapping[str, np.ndarray]
"""What a view says, by column."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Tasks that may correspond: the place of one in its plan, that of the other in the other plan, and their points."""

    left: np.ndarray
    right: np.ndarray
    points: np.ndarray

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True, eq=False)
class Tasks:
    """The tasks of a plan: their units; by matter the tasks that do it, how, and whether it is a broad one; by sub-dimension
    those that touch it, and whether no matter of theirs is known. Of their rare words and neighbours (`sign`, sorted) the
    clause of each and its weight there; of each clause its task, and how much it says. Clauses stand by their turn in their
    task (`turns`: how many tasks have a first, a second …), the same tasks first at every turn.
    """

    unit_ids: tuple[str, ...]
    matter: np.ndarray
    matter_task: np.ndarray
    how: np.ndarray
    is_broad: np.ndarray
    sub: np.ndarray
    sub_task: np.ndarray
    is_silent: np.ndarray
    sign: np.ndarray
    sign_clause: np.ndarray
    weight: np.ndarray
    clause_task: np.ndarray
    says: np.ndarray
    turns: np.ndarray

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The place of each unit."""
        return {unit_id: at for at, unit_id in enumerate(self.unit_ids)}

    @cached_property
    def matters(self) -> Mapping[int, Mapping[str, tuple[int, bool]]]:
        """By task: its matters, how they stand there, and whether they are broad."""
        found: dict[int, dict[str, tuple[int, bool]]] = defaultdict(dict)
        for task, matter, how, is_broad in zip(
            *(column.tolist() for column in (self.matter_task, self.matter, self.how, self.is_broad))
        ):
            found[task][matter] = how, is_broad
        return found

    @cached_property
    def subs(self) -> Mapping[int, tuple[str, ...]]:
        """By task: the sub-dimensions that it is about or names."""
        found: dict[int, tuple[str, ...]] = {}
        for task, sub in zip(self.sub_task.tolist(), self.sub.tolist()):
            found[task] = (*found.get(task, ()), sub)
        return found


def of_plans(count: int, about: Rows, words: Rows) -> list[Tasks]:
    """The tasks of so many plans, from the rows of both views."""
    return [_of_plan(_only(about, side), _only(words, side)) for side in range(1, count + 1)]


def _only(rows: Rows, side: int) -> Rows:
    here = np.flatnonzero(rows["side"] == side)
    return {name: column[here] for name, column in rows.items()}


def _of_plan(about: Rows, words: Rows) -> Tasks:
    names = {int(task): str(unit_id) for task, unit_id in zip(about["task"], about["unit_id"])}
    matter, sub = _sorted(about, "matter"), _sorted(about, "sub")
    how = np.array([_HOWS.index(one) for one in matter["how"]], int)
    is_silent = ~np.isin(sub["task"], matter["task"])
    return Tasks(
        tuple(names[task] for task in range(len(names))),
        *(matter["matter"].astype(str), matter["task"], how, matter["is_broad"].astype(bool)),
        *(sub["sub"].astype(str), sub["task"], is_silent),
        *_signs(words),
    )


def _sorted(rows: Rows, by: str) -> Rows:
    """The rows that say something in a column of texts, in its order."""
    texts = rows[by].astype(str)
    order = np.argsort(texts, kind="stable")[np.count_nonzero(texts == "") :]
    return {name: column[order] for name, column in rows.items()}


def _signs(words: Rows) -> tuple[np.ndarray, ...]:
    """What the clauses of a plan say: the last six columns of `Tasks`."""
    order = np.argsort(words["task"].astype(np.int64) << 40 | words["clause"].astype(np.int64) << 20 | words["place"])
    task, clause, place, word, rare, is_common = (
        words[name][order] for name in ("task", "clause", "place", "word_id", "rare", "is_common")
    )
    begins = np.append(True, (np.diff(task) != 0) | (np.diff(clause) != 0)) if len(task) else np.zeros(0, bool)
    number, clause_task, turns = _turns(task[begins])
    clause = number[np.cumsum(begins) - 1]
    is_rare, word = ~is_common.astype(bool), word.astype(np.int64)
    beside = (clause[1:] == clause[:-1]) & (place[1:] == place[:-1] + 1) & (is_rare[1:] | is_rare[:-1])
    sign = np.concatenate([word[is_rare], (word[:-1][beside] << _SECOND) + word[1:][beside]])
    of = np.concatenate([clause[is_rare], clause[1:][beside]])
    heft = np.concatenate([rare[is_rare], rare[:-1][beside] + rare[1:][beside]])
    # what a clause says twice counts once
    _, once = np.unique(sign * len(number) + of, return_index=True)
    sign, of, heft = sign[once], of[once], heft[once]
    norm = np.sqrt(np.bincount(of, heft * heft, len(number)))
    says = np.minimum(1, np.bincount(of[sign < 1 << _SECOND], minlength=len(number)) / _ENOUGH)
    return sign, of, heft / norm[of], clause_task, says, turns


def _turns(task: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The place of each clause by its turn in its task, from the task of each; the task of each place; how many tasks have a
    first, a second … clause. The longest tasks stand first at every turn: what is best of each task is then found turn by
    turn (`_best`).
    """
    size = np.bincount(task)[task]
    turn = np.arange(len(task)) - np.searchsorted(task, task)
    order = np.lexsort((task, -size, turn))
    number = np.empty(len(task), int)
    number[order] = np.arange(len(task))
    return number, task[order], np.bincount(turn)


def alike(left: Tasks, right: Tasks, least: float) -> Alike:
    """The pairs of tasks of two plans that have so many points."""
    points = 100 * (1 - (1 - _by_matter(left, right)) * (1 - _by_wording(left, right)))
    rows, columns = np.nonzero(points >= least)
    return Alike(rows, columns, points[rows, columns])


def shared(left: Tasks, at: int, right: Tasks, other: int) -> tuple[str, ...]:
    """The matters that two tasks share, the weightiest first."""
    mine, theirs = left.matters.get(at, {}), right.matters.get(other, {})

    def weight(matter: str) -> float:
        (how, is_broad), (other_how, _) = mine[matter], theirs[matter]
        return float(_WEIGHTS[how, other_how] * (_BROAD if is_broad else 1))

    return tuple(sorted(mine.keys() & theirs.keys(), key=lambda matter: (-weight(matter), matter)))


def met(mine: np.ndarray, theirs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where two lists say the same, the second of them sorted: the places of each two."""
    first, count = _found(mine, theirs)
    return np.repeat(np.arange(len(mine)), count), ranges(first, count)


def _found(mine: np.ndarray, theirs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each of one list from where on another, which is sorted, says the same, and how often."""
    first = np.searchsorted(theirs, mine, "left")
    return first, np.searchsorted(theirs, mine, "right") - first


def ranges(first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """So many numbers from each of these on, one after the other."""
    begins = np.cumsum(count) - count
    return np.arange(count.sum()) + np.repeat(first - begins, count)


def _by_matter(left: Tasks, right: Tasks) -> np.ndarray:
    """How alike each two tasks are by what they do, 0 to 1."""
    shape = len(left.unit_ids), len(right.unit_ids)
    mine, theirs = met(left.matter, right.matter)
    weight = _WEIGHTS[left.how[mine], right.how[theirs]] * np.where(left.is_broad[mine], _BROAD, 1)
    my_sub, their_sub = met(left.sub, right.sub)
    stands = left.is_silent[my_sub] | right.is_silent[their_sub]
    my_sub, their_sub = my_sub[stands], their_sub[stands]
    rows = np.concatenate([left.matter_task[mine], left.sub_task[my_sub]])
    columns = np.concatenate([right.matter_task[theirs], right.sub_task[their_sub]])
    cell = rows * shape[1] + columns
    weight = np.concatenate([weight, np.full(len(my_sub), _NAMED * _BROAD)])
    most = np.zeros(shape[0] * shape[1])
    np.maximum.at(most, cell, weight)
    others = np.exp(np.bincount(cell, np.log1p(-_MORE * weight), len(most)))
    return (1 - (1 - most) / (1 - _MORE * most) * others).reshape(shape)


def _by_wording(left: Tasks, right: Tasks) -> np.ndarray:
    """How alike each two tasks are by their likest clauses, 0 to 1."""
    wording = np.zeros((len(left.unit_ids), len(right.unit_ids)))
    width = len(right.says)
    if not len(left.says) or not width:
        return wording
    first, count = _found(left.sign, right.sign)
    held = np.flatnonzero(count)
    held = held[np.argsort(left.sign_clause[held], kind="stable")]
    clause, first, count, weight = left.sign_clause[held], first[held], count[held], left.weight[held]
    best = np.zeros((len(left.says), right.turns[0]))
    for row in range(0, len(best), _ROWS):
        here = slice(*np.searchsorted(clause, (row, row + _ROWS)))
        theirs, times = ranges(first[here], count[here]), count[here]
        cell = np.repeat((clause[here] - row) * width, times) + right.sign_clause[theirs]
        says = np.minimum.outer(left.says[row : row + _ROWS], right.says)
        cosine = np.bincount(cell, np.repeat(weight[here], times) * right.weight[theirs], says.size)
        best[row : row + _ROWS] = _best((cosine.reshape(says.shape) * says).T, right.turns).T
    places = left.clause_task[: left.turns[0]], right.clause_task[: right.turns[0]]
    wording[np.ix_(*places)] = np.minimum(1, _best(best, left.turns))
    return wording


def _best(rows: np.ndarray, turns: np.ndarray) -> np.ndarray:
    """Of rows that stand by turns the greatest of each task."""
    best = rows[: turns[0]]
    for first, count in zip(np.cumsum(turns), turns[1:]):
        np.maximum(best[:count], rows[first : first + count], out=best[:count])
    return best
