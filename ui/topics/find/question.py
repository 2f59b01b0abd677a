"""A question as one types Vietnamese, read as words that stand in the plans, and what of a text it hits.

In: what the reader typed. Out: `Query`, for each word those of `find_word` that it may be, and marked-up text.

    marks      a question with any marks means them; one without finds every marking: "ho ngheo" is "hộ nghèo"
    quotes     words that stand together in this order, and are never taken for others
    unknown    a word that no plan has is read as the keys of Telex or VNI ("ngheof"), else as a word with other marks
    or one typing error away (a letter
               too many, missing, wrong, or two exchanged) that plans have beside its neighbours, else as two words
               without their space
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ui import data
from ui.data import search
from ui.data.kept import kept
from ui.words.letters import breaks_of, unmarked, words_of
from ui.words.markup import filled, joined

MOST_WORDS = 24
"""So many words of a question are searched."""
_TRIED = 8
"""So many words that a misspelt one may be are looked up beside its neighbours."""
_PART = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»|([^"“«]+|["“«])')
_WORD = re.compile(r"[^\W_]+")
_TONES = {
    "s": "\u0301",
    "f": "\u0300",
    "r": "\u0309",
    "x": "\u0303",
    "j": "\u0323",
    "1": "\u0301",
    "2": "\u0300",
    "3": "\u0309",
    "4": "\u0303",
    "5": "\u0323",
}
"""Telex and VNI keys of the five tones."""
_SHAPES = (
    ("dd", "đ"),
    ("d9", "đ"),
    ("uow", "ươ"),
    ("uo7", "ươ"),
    ("uwow", "ươ"),
    ("u7o7", "ươ"),
    ("aa", "â"),
    ("a6", "â"),
    ("aw", "ă"),
    ("a8", "ă"),
    ("ee", "ê"),
    ("e6", "ê"),
    ("oo", "ô"),
    ("o6", "ô"),
    ("ow", "ơ"),
    ("o7", "ơ"),
    ("uw", "ư"),
    ("u7", "ư"),
)
"""The keys of the other letters."""


@dataclass(frozen=True)
class Word:
    """One word of a question: as typed, the numbers of the words it may be (none: no plan has it), and as which word it
    was read, where it is another.
    """

    typed: str
    ids: tuple[int, ...]
    read_as: str | None = None


@dataclass(frozen=True)
class Query:
    """A question, read. `phrases` are (first, last) of `words`, `breaks` those of them after which a part of a sentence
    ends; `left_out`: how many words were too many.
    """

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[int, int], ...] = ()
    left_out: int = 0
    breaks: frozenset[int] = frozenset()

    @property
    def unknown(self) -> tuple[Word, ...]:
        """The words that no plan has."""
        return tuple(word for word in self.words if not word.ids)

    def without(self, at: int) -> Query:
        """The question with one word less; a phrase it stood in falls apart."""
        moved = [(first - (first > at), last - (last > at)) for first, last in self.phrases if not first <= at <= last]
        breaks = frozenset(one - (one > at) for one in self.breaks)
        return Query(self.words[:at] + self.words[at + 1 :], tuple(moved), self.left_out, breaks)


class Vocabulary:
    """Every word of the plans, by its form and by its form without marks."""

    def __init__(self, held: Iterable[search.PlanWord]) -> None:
        self.words: dict[int, str] = {}
        self.units: dict[int, int] = {}
        self.forms: dict[str, tuple[int, ...]] = {}
        self.folds: dict[str, tuple[int, ...]] = {}
        for one in held:
            self.words[one.word_id], self.units[one.word_id] = one.word, one.units
            self.forms[form(one.word)] = (*self.forms.get(form(one.word), ()), one.word_id)
            self.folds[one.fold] = (*self.folds.get(one.fold, ()), one.word_id)
        self._choices = list(self.folds)
        self.total = max(self.units.values(), default=1)

    def count(self, ids: Sequence[int]) -> int:
        """In how many units words stand, those that hold two of them counted twice."""
        return sum(self.units[number] for number in ids)

    def usual(self, ids: Sequence[int]) -> str:
        """The most frequent of these words."""
        return self.words[max(ids, key=lambda number: self.units[number])]

    def near(self, word: str) -> list[str]:
        """The forms without marks that are one typing error away from it."""
        return [
            choice
            for choice, _, _ in process.extract(word, self._choices, scorer=OSA.distance, score_cutoff=1, limit=None)
        ]


@kept(1)
def _vocabulary(path: str) -> Vocabulary:
    return Vocabulary(search.words())


def vocabulary() -> Vocabulary:
    """The words of the build in force."""
    return _vocabulary(data.build().path)


def form(word: str) -> str:
    """A word with its tone at its end, so that "hòa" and "hoà" are one: "ho`a" → "hoa`"."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES.values())
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES.values())) + tones


def read(text: str) -> Query:
    """Read a question."""
    return _read(data.build().path, unicodedata.normalize("NFC", text))


@lru_cache(maxsize=256)
def _read(path: str, text: str) -> Query:
    known = _vocabulary(path)
    parts = [(part[4] is None, part[0], said) for part in _PART.finditer(text) if (said := words_of(part[0]))]
    has_marks = any(unmarked(word) != word for *_, said in parts for word in said)
    words: list[Word] = []
    phrases: list[tuple[int, int]] = []
    breaks: list[int] = []
    misspelt: list[int] = []
    left_out = 0
    for is_phrase, part, said in parts:
        start, room = len(words), MOST_WORDS - len(words)
        left_out += max(0, len(said) - room)
        for word in said[:room]:
            if not is_phrase and any(word == one.typed for one in words):
                continue  # a word asked twice is found once
            ids = known.forms.get(form(word), ()) if has_marks else known.folds.get(word, ())
            if not ids and not is_phrase:
                misspelt.append(len(words))
            words.append(Word(word, ids))
        if is_phrase and len(words) - start > 1:
            phrases.append((start, len(words) - 1))
            breaks += [start + at for at in breaks_of(part)]
    # from the last on, since a word without its space becomes two
    for at in reversed(misspelt):
        beside = words[at - 1].ids if at else (), words[at + 1].ids if at + 1 < len(words) else ()
        words[at : at + 1] = (repaired := _repaired(words[at].typed, has_marks, beside, known))
        if len(repaired) > 1:
            phrases = [(first + (first > at), last + (last > at)) for first, last in phrases] + [(at, at + 1)]
            breaks = [one + (one > at) for one in breaks]
    return Query(tuple(words), tuple(phrases), left_out, frozenset(breaks))


def _repaired(
    word: str, has_marks: bool, beside: tuple[tuple[int, ...], tuple[int, ...]], known: Vocabulary
) -> list[Word]:
    """A word that no plan has, as one that plans have (two where a space was forgotten). `beside`: the words before and
    after it.
    """
    for tried in (form(word), _from_keys(word)):
        if tried and (ids := known.forms.get(tried)):
            return [Word(word, ids, known.usual(ids))]
    bare = unmarked(word)
    if any(letter.isdigit() for letter in word):
        return [Word(word, ())]
    choices = known.near(bare) if len(bare) > 2 else [bare] if bare in known.folds else []
    near = [
        (_slip(bare, choice), ids)
        for choice in choices
        if choice.isalpha()
        for ids in _markings(choice, has_marks, known)
    ]
    if near:
        ids = _likeliest(word, near, has_marks, beside, known)
        return [Word(word, ids, known.usual(ids))]
    if len(bare) < 4:
        return [Word(word, ())]
    halves = [
        (known.folds[bare[:at]], known.folds[bare[at:]])
        for at in range(2, len(bare) - 1)
        if bare[:at] in known.folds and bare[at:] in known.folds
    ]
    if not halves:
        return [Word(word, ())]
    first, second = max(halves, key=lambda pair: min(known.count(pair[0]), known.count(pair[1])))
    said = f"{known.usual(first)} {known.usual(second)}"
    return [Word(word, first, said), Word("", second, said)]


def _slip(typed: str, meant: str) -> int:
    """How likely a slip is: 0 for a letter twice or two exchanged, 2 for another letter at the beginning, 1 for any
    other.
    """
    if sorted(typed) == sorted(meant) or any(
        typed[at] == typed[at - 1] and typed[:at] + typed[at + 1 :] == meant for at in range(1, len(typed))
    ):
        return 0
    return 2 if typed[0] != meant[0] else 1


def _likeliest(
    word: str,
    near: Sequence[tuple[int, tuple[int, ...]]],
    has_marks: bool,
    beside: tuple[tuple[int, ...], tuple[int, ...]],
    known: Vocabulary,
) -> tuple[int, ...]:
    """The word that was meant: one that stands in plans next to the words around it, then the likeliest slip, then the
    most frequent.
    """

    def unlike(slip: int, ids: tuple[int, ...]) -> tuple[int, int, int]:
        return OSA.distance(_letters(word), _letters(known.usual(ids))) if has_marks else 0, slip, -known.count(ids)

    before, after = beside
    tried = sorted(near, key=lambda one: unlike(*one))[:_TRIED]
    if not (before or after) or len(tried) == 1:
        return tried[0][1]

    def beside_it(ids: tuple[int, ...]) -> int:
        return sum(search.stand_together(pair) for pair in ((before, ids), (ids, after)) if all(pair))

    met = [beside_it(ids) for _, ids in tried]
    most = max(met)
    return tried[met.index(most)][1] if most else tried[0][1]


def _markings(choice: str, has_marks: bool, known: Vocabulary) -> list[tuple[int, ...]]:
    """The words behind a form without marks: each apart where marks were typed, else all as one."""
    ids = known.folds[choice]
    return [(number,) for number in ids] if has_marks else [ids]


def _letters(word: str) -> str:
    """Letters and marks apart, so that a missing mark is one error."""
    return unicodedata.normalize("NFD", word)


def _from_keys(word: str) -> str | None:
    """The form that the keys of Telex or VNI stand for, where the keyboard was not switched: "ngheof" and "ngheo2" are
    "nghèo".
    """
    vowel = re.search(r"[aeiouyăâêôơư]", word)
    if not vowel:
        return None
    start, rest = word[: vowel.end()], word[vowel.end() :]
    tone = next((_TONES[key] for key in reversed(rest) if key in _TONES), "")
    letters = start + "".join(key for key in rest if key not in _TONES)
    for keys, letter in _SHAPES:
        letters = letters.replace(keys, letter)
    return letters + tone if letters + tone != word else None


# What is hit.


def _sets(query: Query, known: Vocabulary) -> list[frozenset[str]]:
    return [frozenset(known.words[number] for number in word.ids) for word in query.words]


def _hits(text: str, query: Query) -> dict[int, int]:
    """Place in a text → place in the question, for each word that is hit; words of a phrase only where it stands
    whole, with the ends of parts of a sentence where the question has them.
    """
    hit: dict[int, int] = {}
    said, sets = words_of(text), _sets(query, vocabulary())
    breaks = breaks_of(text) if query.phrases else frozenset()
    in_phrase = {at for first, last in query.phrases for at in range(first, last + 1)}
    for place, word in enumerate(said):
        for at, forms in enumerate(sets):
            if at not in in_phrase and word in forms:
                hit[place] = at
    for first, last in query.phrases:
        for place in range(len(said) - (last - first)):
            if all(said[place + at - first] in sets[at] for at in range(first, last + 1)) and all(
                (place + at - first in breaks) == (at in query.breaks) for at in range(first, last)
            ):
                hit.update({place + at - first: at for at in range(first, last + 1)})
    return hit


def marked(text: str, query: Query) -> Markup:
    """A text as markup, what is hit in <mark>; words next to each other share one."""
    if not query.words:
        return escape(text)
    spans = list(_WORD.finditer(text))
    hit = _hits(text, query)
    out: list[str] = []
    end, open_until = 0, -1
    for place in sorted(hit):
        start, stop = spans[place].span()
        if open_until == place - 1 and out and not text[end:start].strip(" "):
            out[-1] = out[-1].removesuffix(Markup("</mark>")) + text[end:stop] + Markup("</mark>")
        else:
            out += [escape(text[end:start]), filled("<mark>{}</mark>", text[start:stop])]
        end, open_until = stop, place
    return joined(out) + text[end:]


def window(text: str, query: Query) -> tuple[int, bool] | None:
    """How many words of a text the shortest run takes that holds all words of the question, and whether it is the
    question in its order and nothing else; None where the text alone does not hold them.
    """
    hit = _hits(text, query)
    wanted = len(query.words)
    last_seen: dict[int, int] = {}
    best: tuple[int, bool] | None = None
    for place in sorted(hit):
        last_seen[hit[place]] = place
        if len(last_seen) < wanted:
            continue
        size = place - min(last_seen.values()) + 1
        in_order = size == wanted and all(last_seen[at] < last_seen[at + 1] for at in range(wanted - 1))
        if best is None or (size, not in_order) < (best[0], not best[1]):
            best = size, in_order
    return best


def hit_count(text: str, query: Query) -> int:
    """How many different words of the question a text holds."""
    return len(set(_hits(text, query).values()))


def quoted(text: str, word: str) -> str:
    """The question with one of its words in quotes, so that it is asked as typed."""
    return re.sub(
        rf"(?i)(?<![\w\"]){re.escape(word)}(?![\w\"])", f'"{word}"', unicodedata.normalize("NFC", text), count=1
    )


def asked(
    query: Query, chosen: search.Chosen, basis: data.Basis, by_nearness: bool, plans: tuple[str, ...] | None = None
) -> search.Asked:
    """The question for the database, to these `plans` (None: all). A word weighs the more the fewer of all units have it; one that no plan has is
    asked as well, and found nowhere.
    """
    known = vocabulary()
    weights = tuple(math.log(1 + known.total / max(1, known.count(word.ids))) for word in query.words)
    return search.Asked(
        tuple(word.ids or (0,) for word in query.words),
        weights,
        query.phrases,
        chosen,
        basis,
        by_nearness,
        plans,
        query.breaks,
    )
