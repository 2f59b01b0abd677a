"""Plans written for these tests, of other levels, years and layouts, read by the same rules.

They are no real documents. The first look at each found faults that were mended since, so the figures say that what
once worked still does; they do not say how well a plan nobody has seen is read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.measure import reading
from etl.measure.plans import evaluated, labelled

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
