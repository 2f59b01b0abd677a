"""What an office is called: by the plans' own Vietnamese name, in English with a gloss.

In: a name, and data/reference/agencies-english.csv (`agency,english`). Out: "Sở Y tế", for an English reader "Sở Y tế
(Department of Health)"; a name that the table does not hold keeps its Vietnamese alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import lru_cache

from ui import ROOT
from ui.words import labels

_ENGLISH = (ROOT / "data" / "reference" / "agencies-english").with_suffix(".csv")


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    with _ENGLISH.open(encoding="utf-8", newline="") as file:
        return {row["agency"]: row["english"] for row in csv.DictReader(file)}


def gloss(name: str) -> str:
    """The English for an office where the reader needs it, else ""."""
    return _english().get(name, "") if labels.lang() == "en" else ""


def office(name: str) -> str:
    """An office as a reader is told of it."""
    english = gloss(name)
    return f"{name} ({english})" if english else name


def offices(names: Iterable[str]) -> str:
    """Several of them with commas between."""
    return ", ".join(map(office, names))
