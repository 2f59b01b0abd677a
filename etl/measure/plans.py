"""How well the shipped plans are read and matched: each label is told by a matcher that has not learnt from its plan."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from etl import about, load, way
from etl.match import Matcher
from etl.measure import cells as measure_cells
from etl.measure import matching, pairs, reading
from etl.measure.cells import Shares, rows
from etl.model import Confused, Measure, Plan, Quality, Reading
from etl.reference import DATA

CELLS = DATA / "gold-cells"
PAIRS = DATA / "gold-pairs"


@lru_cache(maxsize=16)
def without(plan_id: str) -> Matcher:
    """The matcher that has none of a plan's labels; kept, since both what it answers and what the plan's cells then say
    are measured.
    """
    return Matcher.shipped(without_plan=plan_id)


def read_apart(plans: Sequence[Plan], cells: Path) -> dict[str, Reading]:
    """The plans that `cells` has readings of, each read by a matcher that has none of its labels."""
    known = rows(cells, "cells.tsv")
    return {
        plan.plan_id: way.reading(plan, without(plan.plan_id), is_any=True) for plan in plans if plan.plan_id in known
    }


def paired(done: Mapping[str, Reading], folder: Path) -> dict[str, Shares]:
    """Which tasks of two plans correspond, against the labels of `folder`: plans as read, by their names, in; the
    measures of each two labelled plans out, by both names ("a~b").
    """
    labelled = [row for some in rows(folder, "pairs.tsv", "plan_a").values() for row in some]
    out = {}
    for plan_ids, some in pairs.by_plans(labelled).items():
        if set(plan_ids) <= done.keys():
            tasks = {
                (plan_id, unit.first_line)
                for plan_id in plan_ids
                for unit in done[plan_id].units
                if unit.kind == "action"
            }
            points = load.task_pairs(list(done.values()), plan_ids, pairs.NEAR)
            out["~".join(plan_ids)] = pairs.measures(some, tasks, points)
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


def evaluated(gold: Path, plans: Path) -> dict[str, dict[str, reading.Share]]:
    """The measures of every labelled plan whose document is there. Labels play no part in reading."""
    matcher = Matcher.shipped()
    known = {plan.plan_id: plan for plan in about.plans(plans)} | {plan.file.stem: plan for plan in about.plans(plans)}
    out = {}
    for file in sorted(gold.glob("*.jsonl")):
        plan = known.get(file.stem)
        if plan is None:
            print(f"{file.name}: không có văn bản {file.stem} trong {plans}; bỏ qua.", file=sys.stderr)
            continue
        one = way.reading(plan, matcher)
        accounted = sum(bool(line.role) for line in one.lines)
        out[file.stem] = reading.measure(reading.labelled(file), one.units, (accounted, len(one.lines)))
    return out


def matched(gold: Path) -> dict[str, list[matching.Answer]]:
    """What the matcher answers on the labelled texts alone: with each plan's labels held out, and in use as shipped."""
    labelled = {file.stem: reading.labelled(file) for file in sorted(gold.glob("*.jsonl"))}
    shipped = Matcher.shipped()
    return {
        "held_out": matching.answers(labelled, lambda plan_id, texts: without(plan_id).match(texts)),
        "shipped": matching.answers(labelled, lambda plan_id, texts: shipped.match(texts)),
    }


def quality(done: Sequence[Reading], gold: Path) -> Quality:
    """What is measured of a build: its readings, the matcher, and what cells say, against the labelled units of the
    same plans.
    """
    here = {one.plan.plan_id: one for one in done if one.units and (gold / f"{one.plan.plan_id}.jsonl").exists()}
    if not here:
        return Quality()
    by_plan: dict[str | None, dict[str, tuple[int, int]]] = {
        plan_id: reading.shares(
            reading.measure(reading.labelled(gold / f"{plan_id}.jsonl"), one.units, (len(one.lines), len(one.lines)))
        )
        for plan_id, one in here.items()
    }
    by_plan[None] = {
        name: (sum(some[name][0] for some in by_plan.values()), sum(some[name][1] for some in by_plan.values()))
        for name in next(iter(by_plan.values()))
    }
    measures = [
        Measure("reading", name, plan_id, None, right, of, *matching.interval(right, of))
        for plan_id, some in by_plan.items()
        for name, (right, of) in some.items()
    ]
    confusion = []
    for part, found in matched(gold).items():
        for plan_id in (None, *here):
            some = [one for one in found if plan_id in (None, one.plan_id)]
            measures += [
                Measure(part, name, plan_id, None, right, of, *matching.interval(right, of))
                for name, (right, of) in matching.measures(some).items()
            ]
        measures += [
            Measure(part, name, None, dim, right, of, *matching.interval(right, of))
            for dim, some in matching.by_class(found).items()
            for name, (right, of) in some.items()
        ]
        confusion += [
            Confused(part, labelled, read_as, units) for (labelled, read_as), units in matching.confusion(found).items()
        ]
    apart = read_apart([one.plan for one in here.values()], CELLS)
    for part, names, found_of in (
        ("cells", measure_cells.MEASURES, told(apart, gold, CELLS)),
        ("pairs", pairs.MEASURES, paired(apart, PAIRS)),
    ):
        measures += [
            Measure(part, name, plan_id, None, right, of, *matching.interval(right, of))
            for plan_id, shares in (*found_of.items(), (None, measure_cells.total(found_of.values(), names)))
            for name, (right, of) in shares.items()
        ]
    return Quality(tuple(measures), tuple(confusion))


def evaluation(gold: Path, plans: Path, cells: Path, as_numbers: bool) -> int:
    """How well reading and matching do against labelled units, what cells say against two readings, and which tasks of
    two plans correspond against labelled pairs: tables, or JSON.
    """
    measures = evaluated(gold, plans)
    found = matched(gold)
    read = read_apart([plan for plan in about.plans(plans) if (gold / f"{plan.plan_id}.jsonl").is_file()], cells)
    apart, alike = told(read, gold, cells), paired(read, PAIRS)
    if as_numbers:
        reading_ = {
            name: reading.figures(m) for name, m in (measures | {"all": reading.total(measures.values())}).items()
        }
        print(
            json.dumps(
                reading_
                | {"matching": {name: matching.figures(some) for name, some in found.items()}}
                | {"cells": _figures(apart, measure_cells.MEASURES), "pairs": _figures(alike, pairs.MEASURES)}
            )
        )
    else:
        print(reading.shown(measures))
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
        name: {
            measure: {
                "share": right / of if of else None,
                "right": right,
                "of": of,
                "interval": matching.interval(right, of),
            }
            for measure, (right, of) in shares.items()
        }
        for name, shares in {**by_plan, "all": measure_cells.total(by_plan.values(), names)}.items()
    }
