"""How wide words stand in a drawing, and where a line breaks."""

from __future__ import annotations

from functools import lru_cache

from ui.data.kept import texts
from ui.words.letters import unmarked

_WIDTHS = {
    letter: width
    for letters, width in (
        (" ", 0.20),
        ("ij.,;:·'|", 0.25),
        ("lI", 0.26),
        ("f()", 0.30),
        ("-", 0.32),
        ("rt", 0.35),
        ("sz?“”", 0.43),
        ("cvxyJLY–", 0.48),
        ("aegkF0123456789", 0.51),
        ("EVX", 0.53),
        ("hnouASTZ", 0.55),
        ("bdpqPRBCKđ", 0.58),
        ("DGNUĐ", 0.64),
        ("HOQ", 0.67),
        ("wM", 0.73),
        ("mW%—", 0.83),
    )
    for letter in letters
}
"""Widths of Source Sans's letters, in parts of the letters' size, as a browser measures them; marks add nothing."""


@texts
@lru_cache(maxsize=65536)
def _letters(text: str) -> float:
    """The width of a text in parts of its letters' size."""
    return sum(_WIDTHS.get(letter, 0.6) for letter in unmarked(text))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How many pixels a text takes."""
    return _letters(text) * size * (1.05 if bold else 1)


def wrap(text: str, pixels: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines of a text in a column of so many pixels; no word is cut."""
    lines: list[list[str]] = []
    room, taken = pixels / (size * (1.05 if bold else 1)), 0.0
    for word in text.split(" "):
        longer = taken + _WIDTHS[" "] + _letters(word)
        if lines and longer <= room:
            lines[-1].append(word)
            taken = longer
        else:
            lines.append([word])
            taken = _letters(word)
    return [line for line in map(" ".join, lines) if line]
