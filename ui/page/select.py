"""What all selects share: how their options are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_FINDABLE = "\u2060"
"""A sign without width at the end of an option: `scripts/find.js` finds such options by words in any order, without marks too."""


def findable(words: Callable[[str], str]) -> dict[str, Any]:
    """What makes a select show its options by `words` and find them by any of these words: "so tai nguyen" finds "Sở Tài
    nguyên và Môi trường", "kan bac" finds "Bắc Kạn".
    """
    return {"format_func": lambda option: f"{words(option)}{_FINDABLE}", "filter_mode": "contains"}
