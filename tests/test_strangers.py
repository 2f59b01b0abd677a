"""Plans written for these tests, of other levels, years and layouts, read by the same rules.

They are no real documents. The first look at each found faults that were mended since, so the figures say that what
once worked still does; they do not say how well a plan nobody has seen is read.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from etl.cut import cut
from etl.match import Matcher, touched, with_matters
from etl.measure import reading
from etl.measure.plans import evaluated, labelled
from etl.model import Plan, Unit
from etl.read import txt
from etl.tag import assign, tag

HERE = Path(__file__).parent / "strangers"
LEAST = {
    "f1": 0.99,
    "kind": 0.98,
    "declared_dim": 1.0,
    "declared_sub": 0.98,
    "lead": 0.95,
    "coop": 0.95,
    "monitor": 0.97,
    "timing": 0.97,
    "timing_cells": 0.99,
}


@pytest.fixture(scope="module")
def figures() -> dict[str, float | int | None]:
    return reading.figures(reading.total(evaluated(labelled(HERE, HERE)).values()))


@pytest.mark.parametrize(("measure", "least"), LEAST.items())
def test_other_offices_plans_are_read_as_well(figures: dict, measure: str, least: float) -> None:
    assert figures[measure] >= least


WORDING = Path(__file__).parent / "data" / "who_when_wording.csv"
PLAN = Plan("x", Path("x.txt"), "", "", "", "", "", "province", "", period_from=2024, period_to=2024)


def units_around(row: dict[str, str], matcher: Matcher) -> Sequence[Unit]:
    """The units of a small plan that a sentence stands in: under its headings, and with who is given what."""
    top, *under = row["under"].split(" / ")
    given = [f"{number}. {words}" for number, words in enumerate(filter(None, row["given"].split(" / ")), 1)]
    if top.startswith("III"):
        is_last = row["text"].endswith("./.")
        lines = [top, *given, row["text"] if is_last else f"{len(given) + 1}. {row['text']}"]
    else:
        lines = [top, *under, f"- {row['text']}", "III. TỔ CHỨC THỰC HIỆN", *given]
    document = "\n".join([*lines, "Nơi nhận:", "- Lưu: VT."])
    units = tag(cut(tuple(txt.blocks(document.encode(), "x.txt"))).units, PLAN)
    matches = matcher.match([unit.text for unit in units])
    matched = [replace(unit, match=match) for unit, match in zip(units, matches)]
    return assign(with_matters([replace(unit, touches=touched(unit)) for unit in matched]))


def test_who_when_and_kind_of_sentences_that_were_put_aside(matcher: Matcher) -> None:
    right = {"kind": 0, "lead": 0, "timing": 0}
    invented = 0
    with WORDING.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        unit = next((unit for unit in units_around(row, matcher) if unit.text == row["text"]), None)
        lead = "; ".join(unit.names("lead")) if unit else ""
        got = {"kind": unit.kind, "lead": lead, "timing": unit.timing} if unit else dict.fromkeys(right, "")
        for field in right:
            right[field] += got[field] in row[field].split("|")
        invented += bool(got["lead"]) and not row["lead"]
    assert right["kind"] >= 40 and right["lead"] >= 36 and right["timing"] >= 39 and invented == 0
