"""What all selects share: how their options are found, and which of many are offered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import streamlit as st
from rapidfuzz import fuzz, process

from ui.data.kept import texts
from ui.words import labels
from ui.words.letters import unmarked, words_of

_FINDABLE = "\u2060"
"""A sign without width at the end of an option: `scripts/find.js` finds such options by words in any order, without marks too."""
MOST = 300
"""So many options a select offers; of more it offers those nearest to what is sought, since all of them go to the browser at
every answer.
"""
OFFERED = 50
"""So many of these."""
_ALIKE = 75
"""From so many of 100 points on a name is near to what is sought, where none has all its words."""


def findable(words: Callable[[str], str]) -> dict[str, Any]:
    """What makes a select show its options by `words` and find them by any of these words: "so tai nguyen" finds "Sở Tài
    nguyên và Môi trường", "kan bac" finds "Bắc Kạn".
    """
    return {"format_func": lambda option: f"{words(option)}{_FINDABLE}", "filter_mode": "contains"}


@dataclass(frozen=True)
class Offer:
    """The options that a select offers, and what it says where nothing is chosen; None where they are all."""

    options: list[str]
    said: str | None = None


def place(options: Collection[str]) -> AbstractContextManager[object]:
    """Where a select stands: by itself, or below the field that `offered` draws."""
    return st.container() if len(options) > MOST else nullcontext()


def offered(
    name: str, options: Collection[str], words: Mapping[str, str], label: str, *, shown: Collection[str]
) -> Offer:
    """The options of a select: all of them, or of many the nearest to what is sought in a field that is drawn here, `shown`
    ones always among them. `words` maps an option to its words, `label` is that of the select.
    """
    if len(options) <= MOST:
        return Offer([*(one for one in shown if one not in options), *options])
    sought = st.text_input(
        labels.t("select.seek", what=label),
        key=f"seek.{name}",
        placeholder=labels.t("select.seek_in", n=len(options)),
        label_visibility="collapsed",
        autocomplete="off",
    )
    found = nearest(sought, options, words) if sought else options
    near = list(islice(found, OFFERED))
    key = "nothing" if not found else "all" if len(found) == len(near) else "found"
    said = labels.t(f"select.{key}", n=len(found), shown=len(near)) if sought else None
    return Offer([*(one for one in shown if one not in near), *near], said)


def nearest(sought: str, options: Collection[str], words: Mapping[str, str]) -> list[str]:
    """The options that have all words sought; where none has them, those that are nearest letter by letter; all where nothing
    is sought.
    """
    if found := [option for option in options if named(sought, words[option])]:
        return found
    plain = {option: _spelt(words[option])[1] for option in options}
    near = process.extract(
        unmarked(sought.lower()), plain, scorer=fuzz.partial_ratio, limit=OFFERED, score_cutoff=_ALIKE
    )
    return [option for _, _, option in near]


def named(part: str, name: str) -> bool:
    """Whether words of a name begin with what was typed; what is typed without marks finds every marking: "so tai" →
    "Sở Tài chính".
    """
    return all(f" {word}" in _spelt(name)[unmarked(word) == word] for word in words_of(part))


@texts
@lru_cache(maxsize=65536)
def _spelt(name: str) -> tuple[str, str]:
    """A name's words, each after a space, with their marks and without."""
    words = "".join(f" {word}" for word in words_of(name))
    return words, unmarked(words)
