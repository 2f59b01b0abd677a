"""The methods that ours is measured against, each made from labelled units; `match` answers texts as ours does, without
evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import thefuzz.fuzz
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from etl.model import Match
from etl.reference import subdimensions, table
from etl.text import key


def official_names() -> list[tuple[int, str | None, str]]:
    """The names of the eight dimensions and their sub-dimensions: (dim, sub, name)."""
    dims: list[tuple[int, str | None, str]] = [(int(row["dim"]), None, row["name_vi"]) for row in table("dimensions")]
    subs: list[tuple[int, str | None, str]] = [(int(row["dim"]), row["sub"], row["name_vi"]) for row in subdimensions()]
    return dims + subs


class NearestName:
    """rapidfuzz `token_set_ratio` against the official names; the nearest wins."""

    def __init__(self, known: Sequence[dict]):
        self.names = official_names()
        self.keys = [key(name) for *_, name in self.names]

    def match(self, texts: Sequence[str]) -> list[Match]:
        nearest = (process.extractOne(key(text), self.keys, scorer=fuzz.token_set_ratio) for text in texts)
        return [Match(*self.names[at][:2]) for _, _, at in nearest]


class NearestUnits:
    """rapidfuzz `token_set_ratio` against labelled units; the five nearest vote with their likeness."""

    def __init__(self, known: Sequence[dict]):
        self.known = known
        self.keys = [key(unit["text"]) for unit in known]

    def match(self, texts: Sequence[str]) -> list[Match]:
        nearest = (process.extract(key(text), self.keys, scorer=fuzz.token_set_ratio, limit=5) for text in texts)
        return [Match(self._elected("dim", five), self._elected("sub", five)) for five in nearest]

    def _elected(self, field: str, nearest: Iterable[tuple[str, float, int]]) -> Any:
        votes: dict[Any, float] = {}
        for _, likeness, at in nearest:
            label = self.known[at][field]
            votes[label] = votes.get(label, 0) + likeness
        return max(votes, key=votes.__getitem__)


class LinearSvm:
    """scikit-learn: TF-IDF of words 1–3 (dimension) and 1–2 (sub-dimension), a linear SVM on each, small classes
    weighing as much as large ones.
    """

    def __init__(self, known: Sequence[dict]):
        texts = [unit["text"] for unit in known]
        # a label of its own for "no sub-dimension"; the classes of scikit-learn are of one type
        self.dim = self._pipeline(3).fit(texts, [unit["dim"] for unit in known])
        self.sub = self._pipeline(2).fit(texts, [unit["sub"] or "" for unit in known])

    @staticmethod
    def _pipeline(words: int) -> Pipeline:
        # the default pattern drops words of one letter: "y tế" would be "tế"
        return make_pipeline(
            TfidfVectorizer(ngram_range=(1, words), token_pattern=r"\b\w+\b"),
            LinearSVC(class_weight="balanced", random_state=0),
        )

    def match(self, texts: Sequence[str]) -> list[Match]:
        return [Match(int(dim), sub or None) for dim, sub in zip(self.dim.predict(texts), self.sub.predict(texts))]


class TheFuzz:
    """thefuzz `token_set_ratio` against every labelled unit and every official wording; the nearest wins. Only its
    speed is measured.
    """

    def __init__(self, known: Sequence[Mapping], wordings: Sequence[str]):
        self.candidates = [unit["text"] for unit in known] + list(wordings)

    def match(self, texts: Sequence[str]) -> list[int]:
        return [
            max(range(len(self.candidates)), key=lambda at: thefuzz.fuzz.token_set_ratio(text, self.candidates[at]))
            for text in texts
        ]
