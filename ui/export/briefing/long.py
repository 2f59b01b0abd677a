"""The long sheets of a workbook, for whoever counts anew: a task a row, a task and whoever holds it, a cell and what
speaks there.

In: the questions that stand on the same views as the matrices of the pages. Out: plain rows under one head, yes and no as
1 and 0, days as days, so that a pivot of a sheet is the matrix of the page, cell by cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui import data
from ui.data.long import CountedTask, ListedCell, TaskHolder
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.data.units import Unit
from ui.words import labels, offices
from ui.words import plans as words_plans
from ui.words.units import section, span, topic_name, touches_in_words, where

MOST_ROWS = 100_000
"""So many rows go into one long sheet; the file says how many are left, and where they are."""
_WIDTHS = {
    "tasks": {
        "id": 20,
        "plan": 22,
        "section": 12,
        "lines": 9,
        "kind": 14,
        "text": 60,
        "heading_dim": 9,
        "heading_sub": 9,
        "heading_weak": 9,
        "content_dim": 9,
        "content_sub": 9,
        "content_weak": 9,
        "placed_by": 14,
        "touches": 40,
        "layer": 10,
        "lead": 24,
        "lead_english": 24,
        "lead_basis": 18,
        "has_lead": 9,
        "timing_raw": 18,
        "timing": 16,
        "first_day": 12,
        "last_day": 12,
        "has_time": 9,
    },
    "holders": {
        "id": 20,
        "plan": 22,
        "heading_dim": 9,
        "heading_sub": 9,
        "content_dim": 9,
        "content_sub": 9,
        "role": 12,
        "agency": 30,
        "agency_english": 30,
        "written": 30,
        "read_from": 18,
        "is_known": 9,
        "is_group": 9,
        "uncertain": 9,
        "office": 30,
        "office_english": 30,
        "standing": 24,
        "once": 9,
    },
    "cells": {
        "way": 16,
        "plan": 22,
        "level": 12,
        "topic": 9,
        "topic_name": 30,
        "cell": 24,
        "id": 20,
        "place": 20,
        "passage": 16,
        "says": 24,
        "weak": 9,
        "counts": 9,
        "has_lead": 9,
        "has_time": 9,
        "quote": 40,
    },
}
"""Every sheet's columns, in letters."""


@dataclass(frozen=True)
class Long:
    """A long sheet: its name among the labels, the widths of its columns, its rows, and how many rows are left out."""

    name: str
    widths: Mapping[str, int]
    rows: Sequence[Mapping[str, Any]]
    left: int

    def columns(self) -> dict[str, str]:
        """The head of every column."""
        return {name: labels.t(f"long.column.{name}") for name in self.widths}

    def is_cut(self) -> str:
        """How many rows are left out, and where they are; "" where none is."""
        sheet, n = labels.t(f"office.sheet.{self.name}"), self.left
        return labels.t("long.left", sheet=sheet, most=len(self.rows), n=n) if n else ""


def read(
    basis: Basis, plans: Sequence[Plan], dims: tuple[int, ...] | None, units: Sequence[Unit], tasks: int
) -> tuple[Long, ...]:
    """The long sheets of these plans on these dimensions (None: all). `units` are their tasks that a file has room for,
    `tasks` how many there are.
    """
    ids, names = tuple(plan.plan_id for plan in plans), _names(plans)
    counted = {row.unit_id: row for row in data.counted_tasks(basis, ids, dims, len(units))}
    holders, held = data.task_holders(basis, ids, dims, MOST_ROWS)
    cells, spoken = data.listed_cells(ids, dims, MOST_ROWS)
    return (
        _sheet("tasks", [_task(unit, counted[unit.unit_id], names[unit.plan_id]) for unit in units], tasks),
        _sheet("holders", [_holder(row, names[row.plan_id]) for row in holders], held),
        _sheet("cells", [_cell(row, names[row.plan_id]) for row in cells], spoken),
    )


def _names(plans: Sequence[Plan]) -> dict[str, str]:
    """What plans are called; of two that are called alike each has its id behind it, or a pivot would make them one."""
    names = {plan.plan_id: words_plans.plan_name(plan) for plan in plans}
    times = Counter(names.values())
    return {plan_id: f"{name} [{plan_id}]" if times[name] > 1 else name for plan_id, name in names.items()}


def _sheet(name: str, rows: Sequence[Mapping[str, Any]], whole: int) -> Long:
    """A sheet, of so many rows in all; glosses are for readers of English only."""
    glossed = bool(offices.in_english(gloss=""))
    widths = {column: wide for column, wide in _WIDTHS[name].items() if glossed or not column.endswith("_english")}
    return Long(name, widths, rows, whole - len(rows))


def _task(unit: Unit, row: CountedTask, plan: str) -> dict[str, Any]:
    return {
        "id": unit.unit_id,
        "plan": plan,
        "section": section(unit.section),
        "lines": span(unit),
        "kind": labels.t(f"long.kind.{'sure' if unit.kind_sure else 'unsure'}"),
        "text": unit.text,
        "heading_dim": row.heading_dim,
        "heading_sub": row.heading_sub,
        "heading_weak": int(row.heading_weak),
        "content_dim": row.content_dim,
        "content_sub": row.content_sub,
        "content_weak": int(row.content_weak),
        "placed_by": labels.t(f"long.placed_by.{row.dim_basis}") if row.dim_basis else None,
        "touches": touches_in_words(unit.touches),
        "layer": labels.t(f"layers.{unit.layer}") if unit.layer else None,
        "lead": "; ".join(unit.leads),
        "lead_english": offices.english(unit.leads),
        "lead_basis": labels.t(f"long.read_from.{row.lead_basis}"),
        "has_lead": int(row.has_lead),
        "timing_raw": unit.timing_raw,
        "timing": labels.t(f"common.timing.{unit.timing}"),
        "first_day": row.due_from,
        "last_day": row.due_to,
        "has_time": int(row.has_time),
    }


def _holder(row: TaskHolder, plan: str) -> dict[str, Any]:
    return {
        "id": row.unit_id,
        "plan": plan,
        "heading_dim": row.heading_dim,
        "heading_sub": row.heading_sub,
        "content_dim": row.content_dim,
        "content_sub": row.content_sub,
        "role": labels.t(f"who.role.{row.role}"),
        "agency": row.agency,
        "agency_english": offices.english((row.agency,)),
        "written": row.as_written,
        "read_from": labels.t(f"long.read_from.{row.basis or 'unknown'}"),
        "is_known": int(row.is_known),
        "is_group": int(row.is_group),
        "uncertain": int(row.uncertain),
        "office": row.office,
        "office_english": offices.english((row.office,)),
        "standing": labels.t(f"long.standing.{row.standing}"),
        "once": int(row.once),
    }


def _cell(row: ListedCell, plan: str) -> dict[str, Any]:
    return {
        "way": labels.t(f"common.by_{row.basis}"),
        "plan": plan,
        "level": labels.t(f"long.level.{'sub' if row.sub else 'dim'}"),
        "topic": row.sub or str(row.dim),
        "topic_name": topic_name(row.dim, row.sub),
        "cell": labels.t(f"long.cell.{row.state}"),
        "id": row.unit_id,
        "place": where(row) if row.unit_id else None,
        "passage": labels.t(f"common.kind.{row.kind}") if row.kind else None,
        "says": labels.t(f"long.says.{row.says}") if row.says else None,
        "weak": None if row.weak is None else int(row.weak),
        "counts": int(row.counts),
        "has_lead": None if row.has_lead is None else int(row.has_lead),
        "has_time": None if row.has_time is None else int(row.has_time),
        "quote": row.quote,
    }
