"""Readings and reference tables → the rows of each table, by its name."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow

from decided import fingerprint
from etl import model
from etl.load.arrow import of_cells
from etl.model import Matter, Plan, Quality, Reading, Touch, Unit, main_of
from etl.reference import DATA, agency_names, communes_now, person, provinces_now, region_of, table
from etl.text import key

Row = dict[str, Any]
_UNREAD_PAGES = {"page_without_text", "page_with_broken_text", "page_not_recognised", "page_not_tried"}
"""Findings that say of a plan that pages of it were not read."""


# What the tables hold.


DOCUMENTS = (
    "plans",
    "units",
    "unit_agencies",
    "lines",
    "plan_columns",
    "evidence",
    "findings",
    "touches",
    "unit_matters",
    "layer_links",
    "decisions",
)
"""The tables that have to do with a document."""


def document(reading: Reading) -> dict[str, list[Row]]:
    """One document's rows of each of these tables."""
    out: dict[str, list[Row]] = {name: [] for name in DOCUMENTS}
    plan, plan_id = reading.plan, reading.plan.plan_id
    out["plans"].append(
        {
            "plan_id": plan_id,
            "title": plan.title,
            "doc_type": plan.doc_type,
            "short_vi": plan.short_vi,
            "short_en": plan.short_en,
            "narrow": plan.narrow,
            "issuer": plan.issuer,
            "level": plan.level,
            "province": plan.province,
            "province_now": provinces_now().get(plan.province, plan.province),
            "communes_now": list(_communes_now(plan)) or None,
            "region": region_of(plan.province, plan.issued or str(plan.year or "")),
            "number": plan.number,
            "issued": plan.issued,
            "year": plan.year,
            "period_from": plan.period_from,
            "period_to": plan.period_to,
            "file": plan.file.name,
            "sha256": reading.sha256,
            "has_table": bool(reading.columns) or any(unit.channel == "table" for unit in reading.units),
            "about": plan.about or None,
            "status": "not_collected" if not reading.is_collected else "not_read" if reading.unread else "read",
            **_recognised(reading),
            "letters": reading.letters and reading.letters.held,
            "letters_left": reading.letters and reading.letters.left,
            "letters_lost": reading.letters and reading.letters.lost,
            "unread_vi": reading.unread.vi if reading.unread else None,
            "unread_en": reading.unread.en if reading.unread else None,
        }
    )
    places = {line.number: line.place or None for line in reading.lines}
    for unit in reading.units:
        unit_id = f"{plan_id}:{unit.ordinal}"
        out["units"].append(_unit(unit_id, plan_id, unit))
        out["unit_agencies"] += _parts(unit_id, unit)
        out["evidence"] += [
            {
                "unit_id": unit_id,
                "rank": rank,
                "kind": spoke.kind,
                "quote": spoke.quote,
                "source": spoke.source,
                "dim": spoke.dim,
                "sub": spoke.sub,
                "weight": float(spoke.weight),
            }
            for rank, spoke in enumerate(sorted(unit.match.evidence, key=lambda spoke: -spoke.weight), 1)
        ]
        out["touches"] += [
            {"unit_id": unit_id, "sub": touch.sub, **_quoted(touch), "by": touch.by, "sure": touch.sure}
            for touch in unit.touches
        ]
        out["unit_matters"] += [
            {"unit_id": unit_id, "matter": matter.matter, **_quoted(matter)} for matter in unit.matters
        ]
    out["layer_links"] += [
        {
            "body_unit_id": f"{plan_id}:{link.body}",
            "annex_unit_id": f"{plan_id}:{link.annex}",
            "sub": link.sub,
            "likeness": link.likeness,
        }
        for link in reading.links
    ]
    out["lines"] += [
        {
            "plan_id": plan_id,
            "line": line.number,
            "role": line.role,
            "unit_id": ordinal and f"{plan_id}:{ordinal}",
            "text": line.text,
            "place": line.place or None,
            "cells": list(line.cells) or None,
            "confidence": line.confidence,
            "doubtful": list(line.doubtful) or None,
        }
        for line in reading.lines
        for ordinal in line.ordinals or (None,)
    ]
    out["plan_columns"] += [{"plan_id": plan_id, **vars(column)} for column in reading.columns]
    out["findings"] += [
        {
            "plan_id": plan_id,
            "unit_id": finding.ordinal and f"{plan_id}:{finding.ordinal}",
            "code": finding.code,
            "line": finding.line,
            "detail": finding.detail,
            "place": places.get(finding.line),
        }
        for finding in reading.findings
    ]
    out["decisions"] += list(_decisions(reading))
    return out


def _decisions(reading: Reading) -> Iterator[Row]:
    """What people decided of a plan's units, and of which; who they are stays where it is kept."""
    plan = reading.plan
    found = {
        fingerprint(plan.plan_id, unit.section, unit.text): f"{plan.plan_id}:{unit.ordinal}" for unit in reading.units
    }
    for one in plan.decided:
        if one.says:
            yield {
                "number": one.number,
                "plan_id": plan.plan_id,
                "unit_id": found.get(one.fingerprint),
                "decided_at": one.decided_at,
                "why": one.why,
                "section": one.section,
                "text": one.text,
                **asdict(one.says),
                **{f"was_{name}": said for name, said in asdict(one.was).items()},
            }


def _communes_now(plan: Plan) -> tuple[str, ...]:
    """The communes that hold the place of a plan's since 1 July 2025; empty for one that was issued later, by a commune
    that is there.
    """
    is_of_today = plan.issued >= "2025-07-01" if plan.issued else (plan.year or 0) > 2025
    if plan.level != "commune" or is_of_today:
        return ()
    return communes_now(plan.issuer, plan.province, plan.title)


def _quoted(one: Touch | Matter) -> Row:
    """How a unit is about something, and the words that say so."""
    return {"how": one.how, "quote": one.quote, "first_char": one.first, "last_char": one.last}


def _recognised(reading: Reading) -> Row:
    """Whether a plan's words stand in the file or were guessed from pictures, how sure those guesses are, and whether
    pages are missing.
    """
    guessed = [(line.confidence, len(line.text.split())) for line in reading.lines if line.confidence is not None]
    words = sum(count for _, count in guessed)
    is_all = all(line.confidence is not None for line in reading.lines)
    return {
        "read_by": None if not reading.lines else "text" if not guessed else "ocr" if is_all else "both",
        "ocr_confidence": sum(sure * count for sure, count in guessed) / words if words else None,
        "partly_read": any(finding.code in _UNREAD_PAGES for finding in reading.findings),
    }


def _unit(unit_id: str, plan_id: str, unit: Unit) -> Row:
    """A unit's row. Where the plan declares a dimension, that counts; the match then only fills in a sub-dimension of
    it. What a person decided counts before both.
    """
    match = unit.match
    return {
        "unit_id": unit_id,
        "plan_id": plan_id,
        "ordinal": unit.ordinal,
        "channel": unit.channel,
        "section": unit.section,
        "kind": unit.kind,
        "kind_sure": unit.kind_sure,
        "text": unit.text,
        "first_line": unit.first_line,
        "last_line": unit.last_line,
        "place": unit.place or None,
        "declared_dim": unit.declared_dim,
        "declared_sub": unit.declared_sub,
        "matched_dim": match.dim,
        "matched_sub": main_of(match.touches) if match.touches else match.sub,
        "dim": unit.dim,
        "sub": unit.sub,
        "dim_basis": _basis(unit),
        "score": float(match.score),
        "margin": float(match.margin),
        "review": match.review and not unit.reviewed,
        "runner_up_dim": match.runner_up_dim,
        "runner_up_sub": match.runner_up_sub,
        "lead_basis": unit.lead_basis,
        "agencies_uncertain": unit.agencies_uncertain,
        "timing": unit.timing,
        "timing_raw": unit.timing_raw,
        "timing_basis": unit.timing_basis,
        "due_from": unit.due_from,
        "due_to": unit.due_to,
        "layer": unit.layer,
    }


def _basis(unit: Unit) -> str | None:
    """What a unit's dimension rests on; None where it has none, and nobody decided so."""
    if unit.decided:
        return "reviewed"
    return None if unit.dim is None else "matched" if unit.declared_dim is None else "declared"


def measured(quality: Quality) -> dict[str, list[Row]]:
    """What was measured of this build."""
    return {
        "measures": [
            {
                "part": m.part,
                "measure": m.measure,
                "plan_id": m.plan_id,
                "other_plan_id": m.other_plan_id,
                "class": m.class_,
                "right_count": m.right,
                "of_count": m.of,
                "low": m.low,
                "high": m.high,
            }
            for m in quality.measures
        ],
        "confusion": [
            {"part": c.part, "labelled": c.labelled, "read_as": c.read_as, "units": c.units} for c in quality.confusion
        ],
    }


def _parts(unit_id: str, unit: Unit) -> list[Row]:
    """Each agency once a role, with every spelling the unit has for it. A person's name stays in the text of the unit
    only.
    """
    rows: dict[tuple[str, str], Row] = {}
    for part in unit.agencies:
        written = person() if part.agency == person() else part.as_written
        row = rows.setdefault(
            (part.agency, part.role),
            {
                "unit_id": unit_id,
                "agency": part.agency,
                "role": part.role,
                "basis": part.basis,
                "as_written": written,
                "uncertain": part.uncertain,
            },
        )
        row["uncertain"] = row["uncertain"] or part.uncertain
        if written not in row["as_written"].split(" · "):
            row["as_written"] += f" · {written}"
    return list(rows.values())


def agencies(met: Iterable[str]) -> list[Row]:
    """Every agency that has a name: those of the tables, and those that were met in plans."""
    groups = agency_names()
    reform = [row for row in table("agencies-2025") if not row["agency"].startswith(_ANY)]
    known = set(groups) | {row[column] for row in reform for column in ("agency", "since_2025") if row[column]}
    return [
        {"agency": name, "is_known": name in known, "is_group": groups.get(name, False)}
        for name in sorted(known.union(met))
    ]


_ANY = "*"
"""In agencies-2025.csv, before a level: every agency of that level that no other row knows."""


def reformed(met: Iterable[str]) -> list[Row]:
    """Rows of agencies-2025.csv under the other names that were met in plans for their offices: "Phòng Nội vụ huyện" is the
    table's "Phòng Nội vụ", "Phòng Lao động - Thương binh và Xã hội" differs by a sign. What kept its own name is no other
    office's row. A name that no row knows has the row of its level, where there is one ("*cấp huyện").
    """
    reform = [row for row in knowledge_of("agency_reform") if row["since_2025"] != row["agency"]]
    levels = [row for row in _rows_of("agency_reform") if row["agency"].startswith(_ANY)]
    found = []
    for name in sorted(set(met) - {row["agency"] for row in _rows_of("agency_reform")}):
        called = [row for row in reform if _is_called(name, row["agency"])]
        called = called or [row for row in levels if _is_of_level(name, row["agency"].removeprefix(_ANY))]
        found += [row | {"agency": name} for row in called]
    return found


def _is_called(name: str, agency: str) -> bool:
    """Whether a name is an agency's, signs and "và" between its words and a level behind them aside."""
    said, meant = _words(name), _words(agency)
    rest = " ".join(said[len(meant) :])
    return said[: len(meant)] == meant and (
        not rest or any(f"{rest} ".startswith(f"{row['written']} ") for row in table("levels"))
    )


def _is_of_level(name: str, level: str) -> bool:
    """Whether a name ends with a level, and names no other before it: "Hội Chữ thập đỏ huyện" is of "cấp huyện", "Cơ quan
    cấp tỉnh, cấp huyện" is not.
    """
    said = f" {key(name)}"
    spelled = sorted((row["written"] for row in table("levels") if row["level"] == level), key=len, reverse=True)
    behind = next((f" {written}" for written in spelled if said.endswith(f" {written}")), "")
    return bool(behind) and " cấp " not in f"{said.removesuffix(behind)} "


@lru_cache(maxsize=4096)
def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", key(name)) if word != "và"]


def _optional(cast: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda value: cast(value) if value else None


def _last_day(said: str) -> date:
    """The day that is said, or the last of the month or year: "2025-02" → 28 February 2025."""
    year, month, *day = (*map(int, said.split("-")), 12)[: max(2, said.count("-") + 1)]
    return date(year, month, day[0] if day else monthrange(year, month)[1])


_Columns = dict[str, tuple[str, Callable[[str], Any]]]

_TABLES: dict[str, tuple[str, _Columns]] = {
    "dimensions": (
        "dimensions",
        {"dim": ("dim", int), **{name: (name, str) for name in ("name_vi", "name_en", "short_vi", "short_en")}},
    ),
    "subdimensions": (
        "subdimensions",
        {
            "sub": ("sub", str),
            "dim": ("dim", int),
            **{name: (name, str) for name in ("name_vi", "name_en", "short_vi", "short_en")},
            "measured_from": ("measured_from", int),
            "measured_to": ("measured_to", _optional(int)),
        },
    ),
    "matters": (
        "matters",
        {
            "matter": ("matter", str),
            "matter_en": ("matter_en", str),
            "sub": ("sub", _optional(str)),
            "is_broad": ("is_broad", bool),
            "words": ("words", str),
            "unless": ("unless", _optional(str)),
        },
    ),
    "agency_reform": (
        "agencies-2025",
        {
            "agency": ("agency", str),
            "since_2025": ("since_2025", _optional(str)),
            "from_date": ("from", _optional(_last_day)),
            "from_part": ("from", lambda said: ("day", "year", "month", "day")[said.count("-") + bool(said)]),
            "scope_vi": ("scope_vi", str),
            "scope": ("scope", str),
            "basis": ("basis", _optional(str)),
            "is_part": ("part", bool),
            "level": ("level", _optional(str)),
            "checked": ("checked", "yes".__eq__),
        },
    ),
    "agency_groups": (
        "agency-groups",
        {
            "agency_group": ("agency_group", str),
            "member": ("member", str),
            "plan_level": ("plan_level", _optional(str)),
            "extent": ("extent", str),
        },
    ),
    "regions": ("regions", {name: (name, str) for name in ("region", "region_en", "basis")}),
    "score_breaks": (
        "score-breaks",
        {
            "dim": ("dimension", _optional(int)),
            "sub": ("sub", _optional(str)),
            "year": ("year", int),
            **{name: (name, str) for name in ("evidence", "reason_vi", "reason_en", "source")},
        },
    ),
    **{
        name: (
            name.replace("_", "-"),
            {"province": ("province", str), "short": ("short", str), "down": ("down", int), "across": ("across", int)},
        )
        for name in ("tiles_now", "tiles_then")
    },
}
"""Table → its CSV in data/reference, and column → the CSV's column and what its words are read as."""


def knowledge() -> dict[str, list[Row] | pyarrow.Table]:
    """The tables that officials edit; and each file that pages may show as it stands."""
    loaded = {
        "communes-2025",
        "provinces-2025",
        "papi-scores",
        "papi-scores-dropped",
        *(file for file, _ in _TABLES.values()),
    }
    files = [file for file in sorted((DATA / "reference").glob("*.csv")) if file.stem not in loaded]
    kept: list[Row] = [{"file": file.name, "content": file.read_text(encoding="utf-8-sig")} for file in files]
    return {
        "kept_tables": kept,
        "provinces": provinces(),
        "dropped_scores": dropped_scores(),
        **scores(),
        **{name: knowledge_of(name) for name in _TABLES},
    }


def provinces() -> list[Row]:
    """The provinces as they were, what each is part of today, its region, and which of both are cities (cities.csv: with a
    day since 2025, only today's).
    """
    cities = {row["province"]: row["since"] for row in table("cities")}
    bare = {name: name.removeprefix("Thành phố ") for pair in provinces_now().items() for name in pair}
    return [
        {
            "province": row["province"],
            "province_now": (now := row["province_since_2025_07_01"]),
            "region": row["region"],
            "kind": "city" if cities.get(bare[row["province"]], "2025") < "2025" else "province",
            "kind_now": "city" if bare[now] in cities else "province",
        }
        for row in table("provinces-2025")
    ]


def _scored(more: Iterable[str]) -> pyarrow.Schema:
    """The columns of a score, and more of them that hold words."""
    return pyarrow.schema(
        {
            "province": pyarrow.string(),
            "year": pyarrow.int32(),
            "dim": pyarrow.int32(),
            "score": pyarrow.float64(),
            "merged": pyarrow.bool_(),
            **dict.fromkeys(more, pyarrow.string()),
        }
    )


def scores() -> dict[str, pyarrow.Table]:
    """The scores of dimensions, and apart those of sub-dimensions (papi-scores.csv)."""
    listed = table("papi-scores")
    return {
        name: of_cells([row for row in listed if bool(row["sub"]) == bool(more)], _scored(more), {"dim": "dimension"})
        for name, more in (("scores", ()), ("sub_scores", ("sub", "sub_in_report")))
    }


def dropped_scores() -> list[Row]:
    """The scores of what PAPI no longer measures, with its names in both languages (dropped.csv)."""
    names = {row["name_vi"]: row["name_en"] for row in table("dropped")}
    return [
        {
            "province": row["province"],
            "year": int(row["year"]),
            "dim": int(row["dimension"]),
            "name_vi": row["name"],
            "name_en": names[row["name"]],
            "score": float(row["score"]),
            "sub_in_report": row["sub_in_report"],
        }
        for row in table("papi-scores-dropped")
    ]


def knowledge_of(name: str) -> list[Row]:
    """One of these tables; of agencies-2025.csv what it says of single agencies."""
    return [row for row in _rows_of(name) if not (name == "agency_reform" and row["agency"].startswith(_ANY))]


def _rows_of(name: str) -> list[Row]:
    file, columns = _TABLES[name]
    return [{column: cast(row[said]) for column, (said, cast) in columns.items()} for row in table(file)]


def no_twins(plans: Iterable[Plan]) -> None:
    """Two documents under one plan_id would mix: refuse them by name."""
    seen: dict[str, str] = {}
    for plan in plans:
        if plan.plan_id in seen:
            raise model.Failed(
                f"Hai văn bản cùng mã {plan.plan_id!r}: {seen[plan.plan_id]} và {plan.file.name}; hãy đổi tên một tệp hoặc sửa plan_id trong data/plans.csv.",
                f"Two documents share the id {plan.plan_id!r}: {seen[plan.plan_id]} and {plan.file.name}; rename one or mend plan_id in data/plans.csv.",
            )
        seen[plan.plan_id] = plan.file.name
