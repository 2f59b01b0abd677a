"""What else a text touches: the subjects found in it and its one answer in, rows of sub-dimension, how and the words
that say so out.

A subject names a sub-dimension as something to do ("cấp giấy phép xây dựng"), or only mentions it as a field, a place
or a channel ("trên cổng thông tin"). Which of the two, the row of subjects.csv says first; words before it in its
clause (cues.csv) and the unit's own dimension may take a naming back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from etl.match.knowledge import CLASS, CLASSES
from etl.match.phrases import Hit
from etl.match.spell import ENDS
from etl.model import HOW, Match, Touch
from etl.reference import table
from etl.text import key

_ORDER = {how: at for at, how in enumerate(HOW)}
_CORRUPTION, _PORTALS = 4, 8
FIELDS: dict[int | None, tuple[int, ...]] = {
    1: (5, 6, 7),
    2: (5, 6, 7),
    3: (2, 5, 6, 7),
    _CORRUPTION: (2, 5, 6, 7, 8),
    _PORTALS: (5, 6, 7),
}
"""Dimensions on how people are dealt with → those on what they are given: a paper or a road in a clause on asking people,
a land plan in one on complaints, or a hospital in one on corruption, is where that is done, not what is to be provided.
"""
_SERVICES, _SERVED = ("6.1", "6.2"), (6,)
"""Hospitals and schools: in a clause on anything else they are where that is done, or for whom."""
_PLACES = (*_SERVICES, "8.1")
"""What may be where something is done even in a task of its own dimension."""
_SAID_FIRST = {"7.2": "7.1", "7.3": "7.1", "8.3": "8.1"}
"""Sub-dimension → the one that a task is mainly about where that is said before it: who discharges what is inspected, and
then into which river; a portal is rebuilt, and then questions are answered there.
"""
_SIDE_BY_SIDE = frozenset(("2.2", "2.3", "2.4", "5.1", "5.2", "5.3", "5.4"))
"""Lists that are published, and papers that are handed out: where two stand in one task, neither is what it is mainly
about.
"""
_NEAR = 5
"""So many words behind "kể cả" are still what it adds."""
_LONG = 4
"""Of so many words is a name of PAPI's that nobody says by chance."""
_HIRING, _IN_GOVERNMENT, _PAPERS = "4.3", "4.1", 5
_IN_SERVICES = CLASS[_CORRUPTION, "4.2"]
_GIVEN, _BUDGET = "1.4", "2.3"


class _Found(NamedTuple):
    """How a sub-dimension is touched, by which words (None: only by what spoke for the whole answer), and whether that
    could be read otherwise.
    """

    how: str
    hit: Hit | None
    sure: bool = True


def touches(text: str, signs: Sequence[str], hits: Sequence[Hit], match: Match) -> tuple[Touch, ...]:
    """Every sub-dimension that a text touches, each once: main first, then named, then in passing. `text` is the one
    `signs` are the signs of.
    """
    if not hits and not match.sub:
        return ()
    clauses = _Clauses(signs if hits else ())
    found = _named(hits, clauses, match)
    _settle_main(found, match, hits, clauses.opening)
    spent = found[_BUDGET].hit if match.sub == _GIVEN and _BUDGET in found else None
    if spent and not _cue("budget").search(spent.entry.quote):
        del found[_BUDGET]  # what people gave is accounted for to them: no budget of the commune
    if "8.3" in found:  # to answer by way of the portal: the portal is where, and what is answered no task apart
        for sub, how in (("8.1", "passing"), ("3.2", "names")):
            if sub in found and found[sub].how == how and (how == "passing" or match.sub == "8.3"):
                del found[sub]
    spans = places(text, signs, {word for _, hit, _ in found.values() if hit for word in (hit.start, hit.end - 1)})
    out = []
    for sub, (how, hit, sure) in sorted(found.items(), key=lambda item: (_ORDER[item[1].how], item[0])):
        if hit:
            first, last = spans[hit.start][0], spans[hit.end - 1][1]
            out.append(Touch(sub, how, text[first:last], first, last, sure=sure))
        else:
            out.append(Touch(sub, how, *_spoken(text, match, sub), sure=sure))
    return tuple(out)


def _named(hits: Sequence[Hit], clauses: _Clauses, match: Match) -> dict[str, _Found]:
    """What the subjects in a text say, the strongest word for each sub-dimension; a hint is heard where nothing else
    speaks of its dimension.
    """
    found: dict[str, _Found] = {}
    served = tuple(
        _served(
            [hit for hit in hits if hit.entry.kind != "hint" or CLASSES[hit.entry.cls][0] in (match.dim, *_SERVED)],
            clauses,
        )
    )
    for hit in (*hits, *served):
        dim, sub = _placed(hit)
        how = hit.entry.kind
        if how == "hint" or any(_is_half(hit, other, hits, clauses) for other in served):
            continue
        aside = clauses.aside(hit)
        if sub == match.sub:
            how = aside or "main"
        elif aside == "passing" or how == "names" and clauses.is_passing(hit, dim, sub, match, hits):
            how = "passing"
        if sub not in found or _ORDER[how] < _ORDER[found[sub].how]:
            found[sub] = _Found(how, hit)
    for hit in hits:
        dim, sub = _placed(hit)
        if hit.entry.kind == "hint" and dim == match.dim and not any(other.startswith(str(dim)) for other in found):
            found[sub] = _Found("main", hit) if sub == match.sub else _Found("names", hit, sure=False)
    return found


def _placed(hit: Hit) -> tuple[int, str]:
    """The dimension and the sub-dimension of a subject."""
    dim, sub = CLASSES[hit.entry.cls]
    assert sub is not None  # whatever is put in as a subject names a sub-dimension
    return dim, sub


def _settle_main(found: dict[str, _Found], match: Match, hits: Sequence[Hit], opening: int) -> None:
    """Make the matcher's answer the main one, unless the words name one other part of its dimension surer or first, or
    list several. Where it leaves the part open, the one that the words name alone, and in two places, is the main one.
    """
    if match.sub and match.sub not in found:
        found[match.sub] = _Found("main", None, not match.review)
    of_dim = {sub: one for sub, one in found.items() if int(sub[0]) == match.dim}
    named = [sub for sub, one in of_dim.items() if one.how == "names"]
    names = sum(one.hit is not None and _is_name(one.hit) for one in of_dim.values())
    parts = {sub: one.hit.start for sub, one in of_dim.items() if one.hit and one.how != "passing"}
    first = _SAID_FIRST.get(match.sub or "", "")
    if len(named) == 1 and (
        _is_less(match, found, named[0]) if match.sub else named[0] in _SIDE_BY_SIDE or _is_alone(named[0], found, hits)
    ):
        found[named[0]] = found[named[0]]._replace(how="main")
        if match.sub and found[match.sub].how != "passing":
            del found[match.sub]
    elif match.sub and found[match.sub].how == "main":
        if names > 1 or _is_list(parts, opening):
            found[match.sub] = found[match.sub]._replace(how="names")
        elif match.sub in parts and first in parts and parts[first] < parts[match.sub]:
            found[match.sub] = found[match.sub]._replace(how="names")
            found[first] = found[first]._replace(how="main")


def _is_less(match: Match, found: Mapping[str, _Found], named: str) -> bool:
    """Whether the matcher's answer says less than the other part of its dimension that is `named`: it is only mentioned,
    or no words name it and it is in doubt or half of what says 4.2.
    """
    answer = found[match.sub or ""]
    is_half = (match.sub, named) == (_IN_GOVERNMENT, CLASSES[_IN_SERVICES][1])
    return answer.how == "passing" or answer.hit is None and (match.review or is_half)


def _is_alone(sub: str, found: Mapping[str, _Found], hits: Sequence[Hit]) -> bool:
    """Whether words in two places name this sub-dimension, and none name another; a portal may be where all is done."""
    if int(sub[0]) == _PORTALS or any(one.how != "passing" for other, one in found.items() if other != sub):
        return False
    places = sorted((hit.start, hit.end) for hit in hits if hit.entry.kind == "names" and _placed(hit)[1] == sub)
    return bool(places) and places[-1][0] >= places[0][1]


def _is_list(parts: Mapping[str, int], opening: int) -> bool:
    """Whether a text names so many parts of its dimension that it is about the whole: three, two of those that are
    handled side by side, or two behind the colon that ends its `opening` and none in that ("Triển khai Luật …: rà soát
    …; công khai …"). `parts` holds the word at which each is named.
    """
    return (
        len(parts) > 2
        or len(_SIDE_BY_SIDE & parts.keys()) > 1
        or parts.keys() >= {"4.1", "4.2"}
        or len(parts) > 1
        and 0 < opening <= min(parts.values())
    )


def _is_name(hit: Hit) -> bool:
    """Whether a subject is said by PAPI's own name for it, and not by everyday words."""
    return key(hit.entry.quote) in _names()


@cache
def _names() -> frozenset[str]:
    wordings = (key(row["wording"]) for row in table("names") if row["sub"])
    return frozenset(words for words in wordings if len(words.split()) >= _LONG)


def _served(hits: Sequence[Hit], clauses: _Clauses) -> Iterator[Hit]:
    """Corruption and a service that citizens use, in one clause: that is 4.2, whatever words name the two ("vòi vĩnh …
    người bệnh").
    """
    for corruption in hits:
        dim, sub = CLASSES[corruption.entry.cls]
        # what is bought for a hospital is bought by the office; nobody is asked for anything there
        if dim != _CORRUPTION or sub == _HIRING or _cue("purchase").search(corruption.entry.quote):
            continue
        for service in hits:
            if (
                CLASSES[service.entry.cls][1] in _SERVICES
                and clauses.starts[service.start] == clauses.starts[corruption.start]
            ):
                first, last = sorted((corruption, service), key=lambda hit: hit.start)
                yield Hit(replace(service.entry, cls=_IN_SERVICES, kind="names"), first.start, max(first.end, last.end))
                break


def _is_half(hit: Hit, served: Hit, hits: Sequence[Hit], clauses: _Clauses) -> bool:
    """Whether a word on corruption in government is only half of what says 4.2, and names nothing of its own: unless
    papers of offices are spoken of too.
    """
    if CLASSES[hit.entry.cls][1] != _IN_GOVERNMENT or not (served.start <= hit.start and hit.end <= served.end):
        return False
    return not any(
        CLASSES[other.entry.cls][0] == _PAPERS and clauses.starts[other.start] == clauses.starts[hit.start]
        for other in hits
    )


def _spoken(text: str, match: Match, sub: str) -> tuple[str, int | None, int | None]:
    """The words for the main sub-dimension where no subject says it: the heaviest phrase that spoke for it, and where
    it stands.
    """
    quote = next((e.quote for e in match.evidence if e.sub == sub and e.kind != "unit"), "")
    first = text.lower().find(quote) if quote else -1
    return (text[first : first + len(quote)], first, first + len(quote)) if first >= 0 else (quote, None, None)


class _Clauses:
    """The words of a text by clause, to look at what stands before a word."""

    def __init__(self, signs: Sequence[str]):
        self.words: list[str] = []
        self.starts: list[int] = []  # for every word where its clause begins; a colon opens a list and ends no clause
        self.opening = 0  # so many words stand before the first colon; none where there is no colon
        start = 0
        for sign in signs:
            if sign not in ENDS:
                self.words.append(sign)
                self.starts.append(start)
            elif sign != ":":
                start = len(self.words)
            elif not self.opening:
                self.opening = len(self.words)

    def before(self, word: int) -> str:
        """What stands before a word in its clause."""
        return " ".join(self.words[self.starts[word] : word])

    def up_to(self, hit: Hit) -> str:
        """The clause of a word as far as the word, which is in it."""
        return " ".join(self.words[self.starts[hit.start] : hit.end])

    def aside(self, hit: Hit) -> str | None:
        """How a word is touched at most that is set aside: in passing where it is only the field that a task stresses
        ("giải quyết thủ tục, nhất là trong lĩnh vực đất đai") or what it adds ("kể cả khói bụi từ lò gạch"; not "kể cả bà
        con đi biển lâu ngày, đi bầu cử"), named where it is one of many ("mọi hồ sơ, trong đó có hồ sơ đất đai").
        """
        said = self.up_to(hit)
        if not _cue("emphasis", "addition", "part").search(said):
            return None
        near = " ".join(self.words[max(self.starts[hit.start], hit.start - _NEAR) : hit.end])
        if _cue("emphasis").search(said) or _cue("addition").search(near):
            return "passing"
        return "names" if _cue("part").search(self.before(hit.start)) else None

    def is_passing(self, hit: Hit, dim: int, sub: str, match: Match, hits: Sequence[Hit]) -> bool:
        """Whether what would name a sub-dimension only says where, when ("nơi nào dân còn thắc mắc …"), how or for
        example.
        """
        if _cue("circumstance").search(self.up_to(hit)):
            return True
        if dim == match.dim and sub not in _PLACES:
            return False
        before = self.before(hit.start)
        if sub == "8.1" and _channel().search(before):
            return True
        if dim != match.dim and _cue("field", "example", "addition", "purpose").search(before):
            return True
        if _is_name(hit) or sub not in _SERVICES and dim not in FIELDS.get(match.dim, ()):
            return False
        clause = [other for other in hits if self.starts[other.start] == self.starts[hit.start]]
        if dim == match.dim:
            return any(CLASSES[other.entry.cls][1] == match.sub and other.end <= hit.start for other in clause)
        return any(CLASSES[other.entry.cls][0] == match.dim for other in clause)


@cache
def _cue(*kinds: str) -> re.Pattern:
    return re.compile("|".join(rf"\b{re.escape(row['cue'])}\b" for row in table("cues") if row["kind"] in kinds))


@cache
def _channel() -> re.Pattern:
    return re.compile(
        "("
        + "|".join(rf"\b{re.escape(row['cue'])}" for row in table("cues") if row["kind"] == "channel")
        + r")( các| hệ thống)?$"
    )


def places(text: str, signs: Sequence[str], words: set[int]) -> dict[int, tuple[int, int]]:
    """Where some words of a text begin and end. The signs stand in the text in their order, and between two of them is
    nothing that could be one.
    """
    if not words:
        return {}
    lower = text.lower()
    if len(lower) != len(text):  # a capital whose small letter is longer: places in the small text would be wrong
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    last, at, word, spans = max(words), 0, 0, {}
    for sign in signs:
        at = lower.find(sign, at)
        if at < 0:
            break
        end = at + len(sign)
        if sign not in ENDS:
            if word in words:
                spans[word] = at, end
                if word == last:
                    break
            word += 1
        at = end
    return {word: spans.get(word, (0, 0)) for word in words}
