"""How well the shipped plans are read and matched: each label is told by a matcher that has not learnt from its plan."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from etl import about, load, way
from etl.match import Matcher
from etl.measure import cells as measure_cells
from etl.measure import classes, matching, pairs, reading
from etl.measure.cells import Shares, rows, table
from etl.measure.classes import Matrix
from etl.model import KINDS, Confused, Measure, Plan, Quality, Reading
from etl.reference import DATA

CELLS = DATA / "gold-cells"
PAIRS = DATA / "gold-pairs"
KINDS_HEAD = "Mỗi loại đoạn được đọc là gì (– : không tìm ra; hàng –: không có nhãn)"


def read_apart(plans: Sequence[Plan], cells: Path) -> dict[str, Reading]:
    """The plans that `cells` has readings of, each read by a matcher that has none of its labels."""
    known = rows(cells, "cells.tsv")
    way.ready(Matcher.shipped())
    return {
        plan.plan_id: way.shut_in(plan, Matcher.shipped(plan.plan_id), is_any=True)
        for plan in plans
        if plan.plan_id in known
    }


def paired(done: Mapping[str, Reading], folder: Path) -> dict[str, Shares]:
    """Which tasks of two plans correspond, against the labels of `folder`: plans as read, by their names, in; the
    measures of each two labelled plans out, by both names ("a~b").
    """
    labelled = {
        plan_ids: some
        for plan_ids, some in pairs.by_plans(table(folder, "pairs.tsv")).items()
        if set(plan_ids) <= done.keys()
    }
    if not labelled:
        return {}
    out = {}
    for plan_ids, points in load.task_pairs(list(done.values()), labelled, pairs.NEAR).items():
        tasks = {
            (plan_id, unit.first_line) for plan_id in plan_ids for unit in done[plan_id].units if unit.kind == "action"
        }
        out["~".join(plan_ids)] = pairs.measures(labelled[plan_ids], tasks, points)
    return out


def told(done: dict[str, Reading], gold: Path, cells: Path) -> dict[str, Shares]:
    """What units touch and cells say, against the readings of `cells`: plans as read, by the name that their labels and
    readings have, in; their measures out.
    """
    read_units, read_cells = rows(cells, "units.tsv"), rows(cells, "cells.tsv")
    states = load.cell_states(list(done.values())) if done else {}
    return {
        name: measure_cells.measures(
            reading.pairs(reading.labelled(gold / f"{name}.jsonl"), one.units),
            read_units[name],
            read_cells[name],
            states[one.plan.plan_id],
        )
        for name, one in done.items()
    }


def labelled(gold: Path, plans: Path) -> dict[str, tuple[list[dict], Reading]]:
    """Every labelled plan whose document is there: its labels, and how it is read. Labels play no part in reading."""
    matcher = Matcher.shipped()
    way.ready(matcher)
    known = {plan.plan_id: plan for plan in about.plans(plans)} | {plan.file.stem: plan for plan in about.plans(plans)}
    out = {}
    for file in sorted(gold.glob("*.jsonl")):
        plan = known.get(file.stem)
        if plan is None:
            print(f"{file.name}: không có văn bản {file.stem} trong {plans}; bỏ qua.", file=sys.stderr)
            continue
        out[file.stem] = reading.labelled(file), way.shut_in(plan, matcher)
    return out


def evaluated(read: Mapping[str, tuple[list[dict], Reading]]) -> dict[str, dict[str, reading.Share]]:
    """The measures of labelled plans."""
    return {
        name: reading.measure(labels, one.units, (sum(bool(line.role) for line in one.lines), len(one.lines)))
        for name, (labels, one) in read.items()
    }


def kinds(read: Iterable[tuple[list[dict], Reading]]) -> Matrix:
    """What each kind was read as, over labelled plans together."""
    return sum((reading.kinds(labels, one.units) for labels, one in read), Counter())


def matched(gold: Path) -> dict[str, list[matching.Answer]]:
    """What the matcher answers on the labelled texts alone: with each plan's labels held out, and in use as shipped (where
    only the label of the sentence itself is)."""
    labelled = {file.stem: reading.labelled(file) for file in sorted(gold.glob("*.jsonl"))}
    shipped = Matcher.shipped()
    return {
        "held_out": matching.answers(labelled, lambda plan_id, texts: Matcher.shipped(plan_id).match(texts)),
        "shipped": matching.answers(labelled, lambda plan_id, texts: shipped.match(texts, plan_id)),
    }


def quality(done: Sequence[Reading], gold: Path) -> Quality:
    """What is measured of a build: its readings, the matcher, and what cells say, against the labelled units of the
    same plans.
    """
    here = {
        one.plan.plan_id: (reading.labelled(file), one)
        for one in done
        if one.units and (file := gold / f"{one.plan.plan_id}.jsonl").exists()
    }
    if not here:
        return Quality()
    read = evaluated(here)
    measures = [
        row
        for plan_id, some in ((None, reading.total(read.values())), *read.items())
        for row in _rows("reading", plan_id, None, reading.shares(some))
    ]
    confusion = _confused("kind", kinds(here.values()))
    for part, found in matched(gold).items():
        for plan_id in (None, *here):
            some = [one for one in found if plan_id in (None, one.plan_id)]
            measures += _rows(part, plan_id, None, matching.measures(some))
        matrix = matching.confusion(found)
        for dim, sides in classes.by_class(matrix, matching.DIMS).items():
            measures += _rows(part, None, int(dim), sides)
        confusion += _confused(part, matrix)
    apart = read_apart([one.plan for _, one in here.values()], CELLS)
    for part, names, found_of in (
        ("cells", measure_cells.MEASURES, told(apart, gold, CELLS)),
        ("pairs", pairs.MEASURES, paired(apart, PAIRS)),
    ):
        for plan_id, shares in ((None, measure_cells.total(found_of.values(), names)), *found_of.items()):
            measures += _rows(part, plan_id, None, shares)
    return Quality(tuple(measures), tuple(confusion))


def _rows(part: str, plan_id: str | None, dim: int | None, shares: Shares) -> list[Measure]:
    """The rows of some measures; of two plans where the name is both ("a~b")."""
    one, _, other = (plan_id or "").partition("~")
    return [
        Measure(part, name, one or None, dim, right, of, *classes.interval(right, of), other or None)
        for name, (right, of) in shares.items()
    ]


def _confused(part: str, matrix: Matrix) -> list[Confused]:
    def written(one: int | str | None) -> str | None:
        return None if one is None else str(one)

    return [
        Confused(part, written(labelled), written(said), n) for (labelled, said), n in sorted(matrix.items(), key=str)
    ]


def evaluation(gold: Path, plans: Path, cells: Path, as_numbers: bool) -> int:
    """How well reading and matching do against labelled units, what cells say against two readings, and which tasks of
    two plans correspond against labelled pairs: tables, or JSON.
    """
    read = labelled(gold, plans)
    measures, kind_matrix = evaluated(read), kinds(read.values())
    found = matched(gold)
    held_out = read_apart([plan for plan in about.plans(plans) if (gold / f"{plan.plan_id}.jsonl").is_file()], cells)
    apart, alike = told(held_out, gold, cells), paired(held_out, PAIRS)
    if as_numbers:
        reading_ = {
            name: reading.figures(m) for name, m in (measures | {"all": reading.total(measures.values())}).items()
        }
        print(
            json.dumps(
                reading_
                | {
                    "kinds": classes.figures(kind_matrix, KINDS),
                    "matching": {name: matching.figures(some) for name, some in found.items()},
                    "cells": _figures(apart, measure_cells.MEASURES),
                    "pairs": _figures(alike, pairs.MEASURES),
                }
            )
        )
    else:
        print(reading.shown(measures))
        print()
        print(KINDS_HEAD, *classes.shown(kind_matrix, KINDS, "loại"), sep="\n")
        print()
        print(
            matching.shown(
                found["held_out"], "Chỉ từ câu chữ, mỗi lần để riêng nhãn của một kế hoạch (nhiệm vụ và mô tả)"
            )
        )
        print()
        print(matching.shown(found["shipped"], "Như khi dùng, mọi nhãn đều có mặt"))
        if apart:
            print()
            print(
                measure_cells.shown(
                    apart,
                    "Đoạn nhắc đến chỉ số nào và ô nói gì, so với hai lượt đọc, mỗi lần để riêng nhãn của một kế hoạch",
                )
            )
        if alike:
            print()
            print(
                measure_cells.shown(
                    alike,
                    "Nhiệm vụ nào của hai kế hoạch tương ứng, so với các cặp đã gán nhãn (hai tệp, chưa coi là hai lượt đọc độc lập)",
                    pairs.MEASURES,
                )
            )
    return 0 if measures else 1


def _figures(by_plan: Mapping[str, Shares], names: Sequence[str]) -> dict:
    """Shares as numbers, ready for JSON: each plan and all together, with right, of and the 95 % interval."""
    return {
        name: {measure: classes.figure(right, of) for measure, (right, of) in shares.items()}
        for name, shares in {**by_plan, "all": measure_cells.total(by_plan.values(), names)}.items()
    }
