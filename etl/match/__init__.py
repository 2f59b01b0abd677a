"""What a text is about: texts in, one `Match` a text out (dimension, sub-dimension, evidence, doubt).

Three sources speak, all of them data: phrases (`phrases.csv`, each with its `unless`), the official names and their
older wordings (`names.csv`), and as near neighbours labelled units (`data/gold`) and sentences written as examples of
what PAPI asks (`examples.csv`). Names of agencies say who and not what, so they are silent. Words are compared with
their marks first; a text without marks, or one that the first look leaves in doubt, is compared folded. A word that
nobody knows is repaired by rapidfuzz (a letter too many, two words run together) before it is given up.

Everything is computed for a batch of texts at a time, so time grows with the texts and memory does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy

from etl.match.decide import Settings, decide, without_label
from etl.match.heading import left_open, touched
from etl.match.knowledge import (
    CLASS,
    CLASSES,
    GAP,
    GOLD,
    SUBS,
    class_of,
    example_units,
    gold_units,
    has_words,
    may_speak,
    short_forms,
    stops,
)
from etl.match.matters import with_matters
from etl.match.neighbours import Neighbours
from etl.match.phrases import Entry, Hit, Look, hits_in, subjects_in
from etl.match.spell import bare, canon, is_unmarked, signs_of, words_of
from etl.match.touch import touches
from etl.model import Match
from etl.reference import table
from etl.text import key, nfc

__all__ = ["CLASSES", "GOLD", "SUBS", "Matcher", "Settings", "left_open", "touched", "with_matters"]

_BATCH = 256


class Near(NamedTuple):
    """The labelled units that are likest to a text, each with how like; the same without the text's own label."""

    all: list[tuple[int, float]]
    others: list[tuple[int, float]]


class Matcher:
    """Says what texts are about. Holds phrases, names and labelled units, and never changes after it is made."""

    def __init__(
        self,
        phrases: Sequence[Mapping[str, str]],
        names: Sequence[Mapping[str, str]],
        labelled: Sequence[Mapping],
        settings: Settings = Settings(),
        subjects: Sequence[Mapping[str, str]] = (),
    ):
        self.settings, self._subjects = settings, subjects
        self.labelled = tuple(u for u in labelled if u["dim"] is not None and (u["dim"], u["sub"]) in CLASS)
        self._labels_of: dict[str | None, dict[str, set[int]]] = {}
        for at, unit in enumerate(self.labelled):
            self._labels_of.setdefault(unit.get("plan"), {}).setdefault(key(unit["text"]), set()).add(at)
        self._marked = self._look(canon, phrases, names)
        self._folded = self._look(bare, phrases, names)

    @classmethod
    @lru_cache(maxsize=16)
    def shipped(cls, without_plan: str | None = None) -> Matcher:
        """The matcher as delivered; `without_plan` leaves one plan's labels, and so all that follows from them, out. It
        is kept, for to make one takes most of a second.
        """
        return cls(
            table("phrases"), table("names"), [*gold_units(without_plan), *example_units()], subjects=table("subjects")
        )

    def _look(self, spell, phrases, names) -> Look:
        look = Look(spell, short_forms(), stops())
        folded = spell is bare

        def learnt(some: Iterable[str]) -> tuple[tuple[int, ...], ...]:
            return tuple(look.numbers(w, learn=True) for w in some if w.strip())

        def barring(unless: str) -> tuple[tuple[int, ...], ...]:
            # without marks "sổ" is "so", which says nothing and takes nothing back
            return tuple(said for said in learnt(unless.split("|")) if said or not folded)

        texts = [look.numbers(u["text"], learn=True) for u in self.labelled]
        look.compile()
        units = [look.telling(text, seen.found) for text, seen in zip(texts, look.find(texts))]
        spelt = [(tuple(look.numbers(part, learn=True) for part in GAP.split(r["phrase"])), r) for r in phrases]
        named = [(look.numbers(r["wording"], learn=True), r) for r in names]
        unlesses = [barring(r["unless"]) for r in phrases]
        look.near = Neighbours(units, len(look.ids), [n for parts, _ in spelt for n in parts] + [n for n, _ in named])
        seen: set[tuple[tuple[int, ...], int]] = set()
        for (parts, row), unless in zip(spelt, unlesses):
            if not folded:
                has_words(row, "phrase", parts, "phrases.csv")
                has_words(row, "unless", unless, "phrases.csv")
                may_speak(row, parts, unless, "phrases.csv")
            cls = class_of(row)
            weight = int(row["weight"])
            if folded and min(len(p) for p in parts) == 1 and not row["phrase"].isascii():
                continue  # "bụi" and "bùi", "nước" and "nuốc": one syllable without its marks says too little
            rarity = self._rarity(look, [n for p in parts for n in p])
            entry = Entry(cls, weight * rarity, "phrase", row["phrase"], f"phrases.csv, dòng {row['_row']}", unless)
            look.put_phrase(parts, entry)
            if len(parts) == 1:
                seen.add((parts[0], cls))
        for numbers, row in named:
            cls = class_of(row)
            if (numbers, cls) in seen:
                continue
            seen.add((numbers, cls))
            look.put(
                numbers,
                Entry(
                    cls,
                    self.settings.name_weight * self._rarity(look, numbers),
                    "name",
                    row["wording"],
                    f"names.csv, dòng {row['_row']}",
                ),
            )

        # learnt last: words of subjects are no vocabulary of the neighbours
        subjects = [(r, learnt(GAP.split(r["words"])), barring(r["unless"])) for r in self._subjects]
        for row, parts, unless in subjects:
            self._put_subject(look, row, parts, unless, folded)
        for numbers, row in named:
            if row["sub"]:
                look.put_subject(
                    [numbers], Entry(class_of(row), 1.0, "names", row["wording"], f"names.csv, dòng {row['_row']}")
                )
        look.freeze()
        return look

    @staticmethod
    def _put_subject(
        look: Look,
        row: Mapping[str, str],
        parts: Sequence[tuple[int, ...]],
        unless: Sequence[tuple[int, ...]],
        folded: bool,
    ) -> None:
        cls = CLASS[int(row["sub"][0]), row["sub"]]
        if not folded:
            has_words(row, "words", parts, "subjects.csv")
            has_words(row, "unless", unless, "subjects.csv")
            may_speak(row, parts, unless, "subjects.csv")
        elif min(map(len, parts)) == 1 and not row["words"].isascii():
            return  # one syllable without its marks says too little
        look.put_subject(
            parts, Entry(cls, 1.0, row["how"], row["words"], f"subjects.csv, dòng {row['_row']}", tuple(unless))
        )

    @staticmethod
    def _rarity(look: Look, numbers: Sequence[int]) -> float:
        """0.5 to 1: how rare a phrase's words are on the whole."""
        if not numbers:
            return 0.0
        idf = look.near.idf
        return 0.5 + 0.5 * float(sum(idf[n] for n in numbers)) / len(numbers) / look.near.highest

    # -- matching ------------------------------------------------------------------------------------------------

    def match(self, texts: Sequence[str], plan_id: str | None = None) -> list[Match]:
        """One `Match` a text, in their order; never raises, whatever the texts are. A text of the plan `plan_id` that
        was labelled itself keeps that answer; how sure it is and why are said without that label.
        """
        found: list[Match] = []
        for start in range(0, len(texts), _BATCH):
            found.extend(self._batch(texts[start : start + _BATCH], plan_id))
        return found

    def stream(self, texts: Iterable[str]) -> Iterable[Match]:
        """The same for texts that come one by one, held a batch at a time."""
        texts = iter(texts)
        while batch := list(islice(texts, _BATCH)):
            yield from self._batch(batch)

    def _batch(self, texts: Sequence[str], plan_id: str | None = None) -> list[Match]:
        signs = [signs_of(t) for t in texts]
        words = [words_of(s) for s in signs]
        bare = [is_unmarked(w) for w in words]
        out, labels = [Match()] * len(texts), self._labels_of.get(plan_id)
        for look, chosen in (
            (self._marked, [i for i, b in enumerate(bare) if not b]),
            (self._folded, [i for i, b in enumerate(bare) if b]),
        ):
            if not chosen:
                continue
            read = [look.read(words[i]) for i in chosen]
            seen = look.find([numbers for numbers, _ in read])
            hits = [
                hits_in(look, numbers, places, signs[i], s, self.settings.fading)
                for i, (numbers, places), s in zip(chosen, read, seen)
            ]
            itself = [labels.get(key(texts[i]), set()) if labels else set() for i in chosen]
            near = self._nearest(look, [look.telling(n, s.found) for (n, _), s in zip(read, seen)], itself)
            familiar = look.near.familiar([numbers for numbers, _ in read]).tolist()
            for at, i in enumerate(chosen):
                out[i] = self._decided(hits[at], near[at], familiar[at])
            if look is self._marked:
                self._again(chosen, out, hits, near, familiar, words, signs)
            for i, (numbers, places), s in zip(chosen, read, seen):
                subjects = subjects_in(look, numbers, places, signs[i], s)
                out[i] = replace(out[i], touches=touches(nfc(texts[i]), signs[i], subjects, out[i]))
        return out

    def _decided(self, hits: Sequence[Hit], near: Near, familiar: float) -> Match:
        match = decide(hits, near.all, familiar, self.labelled, self.settings)
        if near.others == near.all:
            return match
        own = {unit for unit, _ in near.all} - {unit for unit, _ in near.others}
        blind = decide(hits, near.others, familiar, self.labelled, self.settings)
        return without_label(match, blind, [self.labelled[unit] for unit in own])

    def _nearest(self, look: Look, texts: Sequence[Sequence[int]], itself: Sequence[set[int]]) -> list[Near]:
        """For every text the labelled units that are likest; `itself` are the labels that each text was given."""
        if not self.labelled:
            return [Near([], []) for _ in texts]
        near = look.near.likeness(texts)
        found = self._likest(near)
        for row, units in zip(near, itself):
            row[list(units)] = 0.0
        return [Near(*both) for both in zip(found, self._likest(near) if any(itself) else found)]

    def _likest(self, near: numpy.ndarray) -> list[list[tuple[int, float]]]:
        most = min(self.settings.neighbours, near.shape[1])
        top = numpy.argpartition(-near, most - 1, axis=1)[:, :most]
        likeness = numpy.take_along_axis(near, top, axis=1)
        return [
            [(unit, like) for unit, like in zip(units, alike) if like > 0]
            for units, alike in zip(top.tolist(), likeness.tolist())
        ]

    def _again(self, chosen, out, hits, near, familiar, words, signs) -> None:
        """The second look, at the texts that the first left in doubt: what their words say without marks."""
        look, settings = self._folded, self.settings
        known = self._marked.known
        misspelt = {
            at: {place for place, word in enumerate(words[chosen[at]]) if canon(word) not in known}
            for at in range(len(chosen))
            if sum(h.entry.value * h.share for h in hits[at]) < settings.weak
        }
        doubtful = [at for at, places in misspelt.items() if places]
        read = [look.read(words[chosen[at]]) for at in doubtful]
        for at, (numbers, places), seen in zip(doubtful, read, look.find([numbers for numbers, _ in read])):
            i, heard = chosen[at], {h.entry.source for h in hits[at]}
            more = [
                Hit(h.entry, h.start, h.end, h.share * settings.second_look)
                for h in hits_in(look, numbers, places, signs[i], seen, settings.fading)
                if h.entry.source not in heard
                and h.end - h.start > 1
                and not misspelt[at].isdisjoint(range(h.start, h.end))
                and not any(h.start >= k.start and h.end <= k.end for k in hits[at])
            ]
            if more:
                out[i] = self._decided(hits[at] + more, near[at], familiar[at])
