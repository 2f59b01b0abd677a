"""Questions about units: all that a card shows, and which units stand behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas

from ui.data.ask import frame, records
from ui.data.plans import plans_of


def units(unit_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per unit asked for, with all that a card shows of it, plan by plan in the plan's own order."""
    found = records(
        """
        select no from find_unit join units on units.rowid = unit_row
        where find_unit.plan in (select position from plan_list where plan_id = any(?)) and unit_id = any(?) order by no
    """,
        tuple(dict.fromkeys(unit_id.rpartition(":")[0] for unit_id in unit_ids)),
        tuple(unit_ids),
    )
    return pandas.DataFrame(cards(tuple(row["no"] for row in found)), columns=_CARD)


_CARD = (
    "unit_id",
    "plan_id",
    "position",
    "ordinal",
    "short_vi",
    "short_en",
    "level",
    "section",
    "first_line",
    "last_line",
    "place",
    "kind",
    "text",
    "declared_dim",
    "declared_sub",
    "matched_dim",
    "matched_sub",
    "dim",
    "sub",
    "dim_basis",
    "score",
    "margin",
    "review",
    "runner_up_dim",
    "runner_up_sub",
    "leads",
    "coops",
    "monitors",
    "written",
    "lead_basis",
    "agencies_uncertain",
    "timing",
    "timing_raw",
    "timing_basis",
    "layer",
    "evidence",
    "touches",
)


def cards(numbers: tuple[int, ...]) -> list[dict[str, Any]]:
    """The same by the units' numbers in `find_unit`, in the order given; `written` is every spelling of the agencies a
    unit names. Each table is asked for single rows by their place in it, so that a few units among millions are found
    at once.
    """
    places = records("select * from find_unit where no = any(?)", numbers)
    held = _by_unit(_at("unit_agencies", "unit_id, agency, role, as_written", [_span(row, "agency") for row in places]))
    touched = _by_unit(_at("touches", 'unit_id, sub, how, quote, "by", sure', [_span(row, "touch") for row in places]))
    spoke = _by_unit(_at("evidence", "*", [_span(row, "evidence") for row in places]))
    found = {unit["rowid"]: unit for unit in _at("units", "rowid, *", [[row["unit_row"]] for row in places])}
    named = {plan["plan_id"]: plan for plan in plans_of(tuple({unit["plan_id"] for unit in found.values()}))}
    out = {}
    for row in places:
        unit = found[row["unit_row"]]
        mine, plan = held.get(unit["unit_id"], []), named[unit["plan_id"]]
        out[row["no"]] = {
            **unit,
            **{name: plan[name] for name in ("position", "short_vi", "short_en", "level")},
            **{
                column: [one["agency"] for one in mine if one["role"] == role]
                for role, column in (("lead", "leads"), ("coop", "coops"), ("monitor", "monitors"))
            },
            "touches": touched.get(unit["unit_id"], []),
            "written": list(dict.fromkeys(one["as_written"] for one in mine)),
            "evidence": sorted(
                (one for one in spoke.get(unit["unit_id"], []) if one["rank"] <= 3), key=lambda one: one["rank"]
            ),
        }
    return [out[no] for no in numbers]


def _by_unit(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    out: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        out.setdefault(row["unit_id"], []).append(row)
    return out


def _span(row: Mapping[str, Any], name: str) -> list[int]:
    first, last = row[f"{name}_first"], row[f"{name}_last"]
    return [] if first is None else list(range(first, last + 1))


def _at(table: str, columns: str, spans: list[list[int]]) -> tuple[dict[str, Any], ...]:
    return records(
        f"select {columns} from {table} where rowid = any(?) order by rowid", tuple(at for span in spans for at in span)
    )


def cell_unit_ids(basis: str, plan_id: str, topic: str, kind: str = "action") -> tuple[str, ...]:
    """The units behind a cell: `topic` is a dimension ("3"), a sub-dimension ("3.3"), a dimension's tasks on none of
    its sub-dimensions ("3+"), or "none" for what fits no dimension.
    """
    where, values = condition(topic)
    found = frame(
        f"select unit_id from unit_placed where basis = ? and plan_id = ? and kind = ? and {where}",
        basis,
        plan_id,
        kind,
        *values,
    )
    return tuple(found["unit_id"])


def linked_rows(unit_id: str) -> list[dict[str, Any]]:
    """The rows of the annex on the subject of a task of the body, the likest first; the same the other way round."""
    return frame(
        """
        select sub, likeness, case when body_unit_id = ? then annex_unit_id else body_unit_id end as unit_id
        from layer_links where body_unit_id = ? or annex_unit_id = ? order by likeness desc, unit_id
    """,
        unit_id,
        unit_id,
        unit_id,
    ).to_dict("records")


def elsewhere_unit_ids(basis: str, plan_id: str, topic: str) -> tuple[str, ...]:
    """The tasks that other plans have on a topic where this one is silent, none of them weak."""
    where, values = condition(topic)
    found = frame(
        f"select unit_id from unit_placed where basis = ? and plan_id <> ? and kind = 'action' and not weak and {where}",
        basis,
        plan_id,
        *values,
    )
    return tuple(found["unit_id"])


def condition(topic: str) -> tuple[str, tuple[str | int, ...]]:
    if topic == "none":
        return "dim is null", ()
    if "." in topic:
        return "sub = ?", (topic,)
    if topic.endswith("+"):
        return "sub is null and dim = ?", (int(topic[:-1]),)
    return "dim = ?", (int(topic),)


# What a briefing lists.


def task_ids(basis: str, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None, most: int) -> tuple[str, ...]:
    """The tasks of these plans on these dimensions (None: all, also those without one), plan by plan in the plan's own
    order; at most so many.
    """
    found = frame(
        """
        select unit_id from unit_placed join plan_list using (plan_id)
        where basis = ? and plan_id = any(?) and kind = 'action' and (? or dim = any(?)) order by position, ordinal limit ?
    """,
        basis,
        plan_ids,
        dims is None,
        dims or (),
        most,
    )
    return tuple(found["unit_id"])


def task_count(basis: str, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None) -> int:
    """How many tasks that are."""
    return int(
        frame(
            """
        select count(*) as n from unit_placed where basis = ? and plan_id = any(?) and kind = 'action' and (? or dim = any(?))
    """,
            basis,
            plan_ids,
            dims is None,
            dims or (),
        )["n"].iloc[0]
    )


def unit_touches(unit_id: str) -> list[dict[str, Any]]:
    """One row per sub-dimension that a unit touches: how, the words that say so, and whether text or heading does."""
    return frame(
        'select sub, how, quote, "by", sure from touches where unit_id = ? order by how, sub', unit_id
    ).to_dict("records")
