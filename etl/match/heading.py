"""What the headings over a unit add to what its words touch: a unit with its match in, its touches out; and what a task
that nobody understands leaves open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from etl.match.knowledge import SUBS_OF
from etl.match.touch import FIELDS
from etl.model import Touch, Unit, in_order, main_of
from etl.reference import named, refers_away


def touched(unit: Unit) -> tuple[Touch, ...]:
    """Every sub-dimension that a unit touches, by its words or by a heading over it; each once, the strongest first.

    A heading gives what it names at least as named. Where the plan declares a dimension and the words name one
    sub-dimension of it, that is what the unit is mainly about, even where its words alone would have meant another
    dimension: "y đức" under "Kiểm soát tham nhũng".
    """
    found = {touch.sub: touch for touch in unit.match.touches}
    own = main_of(unit.match.touches)
    main = None if own is None else found.get(own)
    if main and unit.declared_dim == unit.match.dim:
        main = found[main.sub] = replace(main, sure=True)  # the heading says the same dimension: that doubt is gone
    meant = _meant(unit, found, main)
    if meant and (main is None or meant.sub != main.sub):
        if main:
            found[main.sub] = replace(main, how="names", sure=not unit.match.review)
        found[meant.sub] = meant
        found |= {sub: replace(touch, how="passing") for sub, touch in found.items() if _is_field(touch, meant, unit)}
    for sub, words in _over(unit):
        if sub not in found or found[sub].how == "passing":
            found[sub] = Touch(sub, "names", words, by="heading")
    return in_order(found.values())


def left_open(units: Sequence[Unit]) -> Iterator[Unit]:
    """The same units of a plan. A task whose words say nothing that a table knows, or that only refers to another document,
    may be about any part of the dimension that a heading over it declares: in doubt it touches those that nothing else in
    the plan does, so that no absence is claimed there.
    """
    known = {touch.sub for unit in units for touch in unit.touches}
    for unit in units:
        is_open = unit.kind == "action" and unit.match.dim is None and not unit.touches
        if unit.decided or unit.declared_dim is None or not (is_open or refers_away(unit.text)):
            yield unit
            continue
        words = next((one.text for one in reversed(unit.headings) if one.dim == unit.declared_dim), "")
        open_ = [sub for _, sub in SUBS_OF[unit.declared_dim] if sub not in known]
        touches = (Touch(sub, "names", words, by="heading", sure=False) for sub in open_)
        yield replace(unit, touches=(*unit.touches, *touches))


def _meant(unit: Unit, found: Mapping[str, Touch], main: Touch | None) -> Touch | None:
    """What the heading over a unit makes of its words, where it says more than they do."""
    own = unit.declared_sub
    if own and own in found and found[own].how == "names":
        return replace(found[own], how="main")
    if own and unit.match.review and (main is None or main.sub != own):
        return Touch(own, "main", _words_over(unit, own), by="heading")
    if unit.declared_dim and unit.match.dim != unit.declared_dim:
        named_there = [
            touch for touch in found.values() if touch.how == "names" and int(touch.sub[0]) == unit.declared_dim
        ]
        if len(named_there) == 1:
            return replace(named_there[0], how="main")
        if unit.match.review and unit.match.runner_up_dim == unit.declared_dim and unit.match.runner_up_sub:
            sub = unit.match.runner_up_sub
            return (
                replace(found[sub], how="main") if sub in found else Touch(sub, "main", _spoke(unit, sub), sure=False)
            )
    return None


def _is_field(touch: Touch, meant: Touch, unit: Unit) -> bool:
    """Whether words that are another dimension's by themselves are only where that is done which the heading means:
    "hồ sơ nhà đất" under "Kiểm soát tham nhũng".
    """
    dim = int(meant.sub[0])
    return touch.how == "names" and dim != unit.match.dim and int(touch.sub[0]) in FIELDS.get(dim, ())


def _spoke(unit: Unit, sub: str) -> str:
    """The words of a unit that spoke for a sub-dimension, though not loudest."""
    return next((e.quote for e in unit.match.evidence if e.sub == sub and e.kind != "unit"), "")


def _words_over(unit: Unit, sub: str) -> str:
    return next((heading.text for heading in reversed(unit.headings) if heading.sub == sub), "")


def _over(unit: Unit) -> Iterator[tuple[str, str]]:
    """The sub-dimensions that headings over a unit name, and the words of the heading."""
    if unit.declared_sub:
        yield unit.declared_sub, _words_over(unit, unit.declared_sub)
    for heading in unit.headings:
        if heading.sub and heading.dim:
            for sub in (heading.sub, *named_beside(heading.text, heading.dim)):
                yield sub, heading.text


@lru_cache(maxsize=4096)
def named_beside(heading: str, dim: int) -> tuple[str, ...]:
    """The sub-dimensions that a heading names beside its first: "Chất lượng không khí; nguồn nước sinh hoạt" → 7.3."""
    parts = [part.strip() for part in heading.replace(" và ", ";").split(";")]
    lead = " ".join(parts[0].split()[:2])
    hits = (named(words, dim) for part in parts[1:] for words in (part, f"{lead} {part}"))
    return tuple(dict.fromkeys(hit.sub for hit in hits if hit and hit.sub))
