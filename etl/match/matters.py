"""What a task does, more closely than a sub-dimension says: tasks with what they touch in, the same with the matters of
`matters.csv` out.

A matter is what an official would call the same work in two plans ("danh sách hộ nghèo", "tiếp công dân", "đường giao
thông nông thôn"), whatever the wording and whichever heading it stands under. Its words are found as phrases are: in
their order, "…" for anything within a clause, silent inside the name of an office, taken back by `unless`. Where the
words name none, a heading that says the sub-dimension says the first matter of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from etl.match.knowledge import GAP, has_words, short_forms, stops
from etl.match.phrases import Entry, Hit, Look, subjects_in
from etl.match.spell import bare, canon, is_unmarked, signs_of, words_of
from etl.match.touch import places
from etl.model import Matter, Unit
from etl.reference import matters as rows
from etl.text import nfc


def with_matters(units: Sequence[Unit]) -> list[Unit]:
    """The units, each task with its matters."""
    return [replace(unit, matters=_matters(unit)) if unit.kind == "action" else unit for unit in units]


def _matters(unit: Unit) -> tuple[Matter, ...]:
    """The matters of one task in the order of its words. It is about (`main`) the first, and those of the sub-dimension
    that it is mainly about; those of a sub-dimension that it only mentions are only mentioned.
    """
    how = {touch.sub: touch.how for touch in unit.touches}
    found: list[Matter] = []
    for row, span in _named(unit.text):
        said = how.get(row["sub"])
        found.append(
            Matter(
                row["matter"],
                "main" if said == "main" or not found else "passing" if said == "passing" else "names",
                nfc(unit.text)[slice(*span)],
                *span,
            )
        )
    return tuple(found) or tuple(
        Matter(_first()[touch.sub], "main", touch.quote)
        for touch in unit.touches
        if touch.by == "heading" and touch.how != "passing" and touch.sub in _first()
    )


def _named(text: str) -> list[tuple[Mapping[str, str], tuple[int, int]]]:
    """The rows of the matters that a text names, each with its first words and where they begin and end."""
    signs = signs_of(text)
    words = words_of(signs)
    look = _look(bare if is_unmarked(words) else canon)
    numbers, word_of = look.read(words)
    first: dict[int, Hit] = {}
    for hit in sorted(subjects_in(look, numbers, word_of, signs, look.find([numbers])[0]), key=_place):
        first.setdefault(hit.entry.cls, hit)
    spans = places(nfc(text), signs, {word for hit in first.values() for word in (hit.start, hit.end - 1)})
    return [(rows()[at], (spans[hit.start][0], spans[hit.end - 1][1])) for at, hit in first.items()]


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


@cache
def _first() -> dict[str, str]:
    """Sub-dimension → the first of its matters in the table."""
    return {row["sub"]: row["matter"] for row in reversed(rows())}


@cache
def _look(spell: Callable[[str], str]) -> Look:
    """The words of all matters, with marks or folded; the class of an entry is the matter's row."""
    look = Look(spell, short_forms(), stops())
    for at, row in enumerate(rows()):
        unless = tuple(look.numbers(words, learn=True) for words in row["unless"].split("|") if words)
        for words in row["words"].split("|"):
            parts = [look.numbers(part, learn=True) for part in GAP.split(words)]
            has_words(row, "words", parts, "matters.csv")
            # one syllable without its marks says too little
            if spell is canon or words.isascii() or min(map(len, parts)) > 1:
                look.put_subject(parts, Entry(at, 1.0, "names", words, f"matters.csv, dòng {row['_row']}", unless))
    look.freeze(repairs=False)
    return look
