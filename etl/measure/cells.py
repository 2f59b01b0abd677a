"""touching: how right what a unit touches is, and what a cell of the coverage matrix says, against two readings made
apart.

In: plans as read, and the readings of `data/gold-cells` (units.tsv: `main`, `names`, `passing` of each labelled unit,
`_alt` where only one reading says so; cells.tsv: the state of each plan and sub-dimension). Out: (right, of) of each
measure. Either reading is right where they differ. Both readings were made by a language model that followed written
rules; no person has checked them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import tables
from etl.model import Touch, Unit, main_of

MEASURES = ("touches_precision", "touches_recall", "main", "cells", "gaps_right", "gaps_found")
_STATES = {"described": "description"}
"""What the readings call a state, where the program has another word."""
_COLUMNS = ("main", "main_alt", "names", "names_alt", "passing", "passing_alt")
Shares = dict[str, tuple[int, int]]
Cells = Mapping[str, tuple[str, bool]]
"""Sub-dimension → its state, and whether the plan's own headings alone make it `own`."""


def table(folder: Path, file: str) -> Sequence[Mapping[str, str]]:
    """The rows of units.tsv, cells.tsv or pairs.tsv; none where there is no such file."""
    return tables.rows(folder / file) if (folder / file).is_file() else ()


def rows(folder: Path, file: str) -> dict[str, list[Mapping[str, str]]]:
    """The rows of units.tsv or cells.tsv by plan."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in table(folder, file):
        found.setdefault(row["plan"], []).append(row)
    return found


def measures(
    found: Iterable[tuple[dict, Unit]],
    read: Iterable[Mapping[str, str]],
    cells: Iterable[Mapping[str, str]],
    states: Cells,
) -> Shares:
    """(right, of) of each measure for one plan: `found` are its labelled units, each with the unit that is it, `read`
    and `cells` its rows of the readings, `states` what the program says.

    touches_precision: of the sub-dimensions that units are said to touch, those that a reading names too;
    touches_recall: of those that both readings name, the ones found; main: the one a unit is mainly about; cells:
    states; gaps_right: of the cells called empty, those that a reading calls so; gaps_found: of those that both call
    so.
    """
    of_unit = {g["n"]: unit.touches for g, unit in found}
    counted = [_unit(row, of_unit.get(int(row["n"]))) for row in read]
    out = {
        name: (sum(one[name][0] for one in counted), sum(one[name][1] for one in counted))
        for name in ("touches_precision", "touches_recall", "main")
    }
    out |= dict.fromkeys(("cells", "gaps_right", "gaps_found"), (0, 0))
    for row in cells:
        state, is_by_heading = states[row["sub"]]
        allowed = {_STATES.get(one, one) for one in (row["state"], row["state_alt"]) if one}
        if "named" in allowed and is_by_heading:
            allowed.add("own")  # counting by heading may: the readings judge the words
        _add(out, "cells", state in allowed, True)
        _add(out, "gaps_right", state == "none" and "none" in allowed, state == "none")
        _add(out, "gaps_found", state == "none" and allowed == {"none"}, allowed == {"none"})
    return out


def _add(out: Shares, name: str, right: bool, of: bool) -> None:
    out[name] = out[name][0] + right, out[name][1] + of


def _unit(row: Mapping[str, str], touches: Sequence[Touch] | None) -> Shares:
    """One unit's shares; all that it touches is missed where the unit was not found."""
    subs = {column: {sub for sub in row[column].split(",") if "." in sub} for column in _COLUMNS}
    either = set().union(*subs.values())
    both = subs["names"] | subs["passing"] | (set() if row["main_alt"] else subs["main"])
    said = {touch.sub for touch in touches or ()}
    mains = {row[column] if "." in row[column] else None for column in ("main", "main_alt") if row[column]}
    return {
        "touches_precision": (len(said & either), len(said)),
        "touches_recall": (len(said & both), len(both)),
        "main": (main_of(touches or ()) in mains, 1),
    }


def total(shares: Iterable[Shares], measures: Sequence[str] = MEASURES) -> Shares:
    """The measures of several plans, unit by unit and cell by cell."""
    found = list(shares)
    return {name: (sum(one[name][0] for one in found), sum(one[name][1] for one in found)) for name in measures}


def shown(by_plan: Mapping[str, Shares], title: str, measures: Sequence[str] = MEASURES) -> str:
    """A table for the screen: a row a measure, a column a plan, the whole last."""
    columns = {**by_plan, "tất cả": total(by_plan.values(), measures)}
    width = max(map(len, columns)) + 4
    lines = [title, " " * 20 + "".join(f"{name:>{width}}" for name in columns)]
    for name in measures:
        cells = (
            f"{right / of:.3f} ({right}/{of})" if of else "–"
            for right, of in (shares[name] for shares in columns.values())
        )
        lines.append(f"{name:<20}" + "".join(f"{cell:>{width}}" for cell in cells))
    return "\n".join(lines)
