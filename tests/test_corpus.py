"""The documents to measure on: varied from plans that have labels, and their labels with them."""

from __future__ import annotations

import pytest

from benchmarks import corpus
from etl.text import spaced

COUNT = len(corpus.sources())


def test_the_sources_are_plans_of_every_level_and_stand_first_as_they_are() -> None:
    assert COUNT == 19 and sum(source.is_shipped for source in corpus.sources()) == 5
    assert [corpus.made(number).words for number in range(COUNT)] == [one.words for one in corpus.sources()]


@pytest.mark.parametrize("number", range(COUNT, 2 * COUNT))
def test_the_units_of_a_varied_document_are_in_it(number: int) -> None:
    one = corpus.made(number)
    assert one == corpus.made(number) and one.words != one.source.words
    words, before = spaced(one.words), spaced(one.source.words)
    told = [(was["text"], unit["text"]) for was, unit in zip(one.source.units, one.units)]
    plain = [now for was, now in told if spaced(was)[:40] in before]  # not parted by signs of markup
    assert len(plain) > 0.8 * len(told) and [now for now in plain if spaced(now)[:40] not in words] == []


def test_words_change_and_names_stay() -> None:
    before, after = zip(
        *(
            (unit, changed)
            for number in range(COUNT, 5 * COUNT)
            for one in [corpus.made(number)]
            for unit, changed in zip(one.source.units, one.units)
        )
    )
    assert sum(a["text"] != b["text"] for a, b in zip(before, after)) > len(before) / 2
    named = [(a["lead"], b["lead"]) for a, b in zip(before, after) if a["lead"]]
    assert sum(a == b for a, b in named) > 0.99 * len(named)
    assert {a["kind"] for a in before} == {b["kind"] for b in after}
    whole = "".join(corpus.made(number).words for number in range(COUNT, 3 * COUNT))
    assert "Ủy ban nhân dân" in whole and "Ủy ban người dân" not in whole and "Ủy ban bà con" not in whole


def test_formats_come_in_turn_and_meet_every_source() -> None:
    met = {(number % COUNT, corpus.ending(number)) for number in range(COUNT * len(corpus.ENDINGS))}
    assert len(met) == COUNT * len(set(corpus.ENDINGS))
