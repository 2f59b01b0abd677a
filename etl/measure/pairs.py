"""pairing: how right it is that tasks of two plans correspond, against labelled pairs.

In: the rows of `data/gold-pairs/pairs.tsv` (the first lines of two tasks; `sure` is 2 where any reader would pair them,
1 where a fair one may; `sure` empty: only the second file has the pair, `sure_alt` empty: only the first), and what the
program pairs. Out: (right, of) of each measure. Tasks that share a line count as one.

The labels were made by a language model that followed written rules; no person has checked them. Its two files are the
same in nearly every pair, and where they hesitate: nothing shows that they are two readings made apart, so `agreed`
says how alike the files are, and not how far two readers would agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from etl.measure.cells import Shares

BAR = 60
"""The least points of a pair: what the page shows unless its reader sets another."""
NEAR = 45
"""The least points of tasks that may correspond; what has none so near is said to stand on one side only."""
MEASURES = (
    "pairs_precision",
    "pairs_recall",
    "first_precision",
    "first_recall",
    "second_precision",
    "second_recall",
    "agreed",
    "only_right",
)
Place = tuple[str, int]
"""A plan and the first line of a task."""
Points = Mapping[tuple[Place, Place], float]


def by_plans(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], list[Mapping[str, str]]]:
    """The rows of each two plans that are labelled."""
    out: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in rows:
        out.setdefault((row["plan_a"], row["plan_b"]), []).append(row)
    return out


def measures(rows: Sequence[Mapping[str, str]], tasks: Iterable[Place], points: Points) -> Shares:
    """(right, of) of each measure for two plans: their labelled pairs, the places of their tasks, and the points of
    tasks that may correspond.

    pairs_precision: of the pairs found, those that a file has; pairs_recall: of those that both files have, the ones
    found; first and second: against one file alone; agreed: pairs that both files have, of all of each; only_right: of
    the tasks said to stand on one side only, those in no pair of both files.
    """
    first, second = ({_places(row) for row in rows if row[column]} for column in ("sure", "sure_alt"))
    found = {places for places, some in points.items() if some >= BAR}
    near = {place for places, some in points.items() if some >= NEAR for place in places}
    only = set(tasks) - near
    paired = {place for places in first & second for place in places}
    return {
        "pairs_precision": (len(found & (first | second)), len(found)),
        "pairs_recall": (len(found & first & second), len(first & second)),
        "first_precision": (len(found & first), len(found)),
        "first_recall": (len(found & first), len(first)),
        "second_precision": (len(found & second), len(found)),
        "second_recall": (len(found & second), len(second)),
        "agreed": (2 * len(first & second), len(first) + len(second)),
        "only_right": (len(only - paired), len(only)),
    }


def _places(row: Mapping[str, str]) -> tuple[Place, Place]:
    return (row["plan_a"], int(row["line_a"])), (row["plan_b"], int(row["line_b"]))
