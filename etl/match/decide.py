"""From what was heard in a text to one answer: phrases and neighbours in, a `Match` with its evidence and its doubt
out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from etl.match.knowledge import CLASS, CLASSES, DIM_OF, DIMS, OUTSIDE, SUBS_OF
from etl.match.phrases import Hit
from etl.model import Evidence, Match


@dataclass(frozen=True)
class Settings:
    """The few numbers that were chosen by trying (benchmarks/matching.py holds one plan out at a time)."""

    name_weight: float = 5.0  # of an official name, on the scale of the column `weight` of phrases.csv
    neighbours: int = 10
    sharpness: float = 1.5  # a neighbour's vote is its likeness to this power
    neighbour_weight: float = 14.0  # of the neighbours together, on the same scale
    echo: float = 0.8  # each further phrase for the same class counts this much of the one before
    fading: float = 0.4  # the last words of a text count this much less than its first
    list_share: float = 0.7  # three sub-dimensions as strong as this share of the first are a list of the whole
    second_look: float = 0.6  # of what was found only after the marks were dropped
    least: float = 1.2  # strength of phrases below which there is no answer, unless
    alike: float = 0.2  # a labelled unit is at least as like as this
    foreign: float = 0.15  # share of familiar pairs of words below which there is no answer
    strange: float = 0.25  # and below which a person should look
    weak: float = 4.5  # strength below which phrases, or another dimension than what is outside PAPI, say too little
    lead: float = 2.6  # points ahead of the next dimension below which a person should look


def decide(
    hits: Sequence[Hit],
    near: Sequence[tuple[int, float]],
    familiar: float,
    labelled: Sequence[Mapping],
    settings: Settings,
) -> Match:
    """What a text is about: `near` are the likest of the `labelled` units (which, how like), `familiar` the share of
    its words that stand side by side elsewhere.
    """
    points = [0.0] * len(CLASSES)
    worth: list[tuple[float, Hit]] = []
    times: dict[int, float] = {}
    for value, hit in sorted([(h.entry.value * h.share, h) for h in hits], key=itemgetter(0), reverse=True):
        heard = times.get(hit.entry.cls, 1.0)
        times[hit.entry.cls] = heard * settings.echo
        worth.append((value * heard, hit))
        points[hit.entry.cls] += value * heard
    spoken = sum(points)
    votes: list[tuple[int, float]] = []
    best = max((likeness for _, likeness in near), default=0.0)
    if near:
        powers = [likeness**settings.sharpness for _, likeness in near]
        whole = sum(powers)
        votes = sorted(
            ((u, settings.neighbour_weight * best * power / whole) for (u, _), power in zip(near, powers)),
            key=itemgetter(1),
            reverse=True,
        )
        for u, v in votes:
            points[_labelled_class(labelled[u])] += v
    total = sum(points)
    if familiar < settings.foreign or spoken < settings.least and best < settings.alike or not total:
        return Match()
    by_dim = [0.0] * (len(DIMS) + 1)
    for dim, value in zip(DIM_OF, points):
        by_dim[dim] += value
    first, second, *_ = sorted(range(len(by_dim)), key=by_dim.__getitem__, reverse=True)
    lead = by_dim[first] - by_dim[second]
    review = lead < settings.lead or familiar < settings.strange
    if first == OUTSIDE:
        if not review or by_dim[second] < settings.weak:
            return Match()
        first, second, lead = second, first, 0.0
    other = second if second != OUTSIDE and by_dim[second] > 0 else None
    return Match(
        dim=first,
        sub=_sub(first, points, settings),
        score=round(by_dim[first] / total, 4),
        margin=round(lead / total, 4),
        review=review,
        runner_up_dim=other,
        runner_up_sub=_sub(other, points, settings) if other else None,
        evidence=_evidence(worth, votes, total, labelled),
    )


def without_label(match: Match, blind: Match, own: Iterable[Mapping]) -> Match:
    """The answer `match` to a text that has labels of its `own`, as sure as it is without them, which answers `blind`:
    where that or a label is another answer, a person should look; where it is another dimension, that comes second.
    """
    said = {(blind.dim, blind.sub), *((unit["dim"], unit["sub"]) for unit in own)}
    if blind.dim == match.dim:
        return replace(blind, sub=match.sub, review=blind.review or said != {(match.dim, match.sub)})
    return replace(
        blind,
        dim=match.dim,
        sub=match.sub,
        score=round(sum(one.weight for one in blind.evidence if one.dim == match.dim), 4),
        margin=0.0,
        review=True,
        runner_up_dim=blind.dim,
        runner_up_sub=blind.sub,
    )


def _labelled_class(unit: Mapping) -> int:
    return CLASS[unit["dim"], unit["sub"]]


def _sub(dim: int, points: Sequence[float], settings: Settings) -> str | None:
    """The sub-dimension within a dimension; None where the words are on the whole of it or on most of its parts."""
    if dim == 0:
        return None
    parts = sorted(((points[i], sub) for i, sub in SUBS_OF[dim]), reverse=True)
    best, sub = parts[0]
    if parts[2][0] > settings.list_share * best or best <= points[CLASS[dim, None]] or best == 0:
        return None
    return sub


def _evidence(
    worth: Sequence[tuple[float, Hit]], votes: Sequence[tuple[int, float]], total: float, labelled: Sequence[Mapping]
) -> tuple[Evidence, ...]:
    """What spoke, the strongest first; weights are shares of all that spoke."""
    said = [(v, h.entry.kind, h.entry.quote, h.entry.source, h.entry.cls) for v, h in worth]
    for u, v in votes[:3]:
        unit = labelled[u]
        line = unit["lines"][0] if unit.get("lines") else "?"
        said.append((v, "unit", unit["text"], f"{unit['plan']}, dòng {line}", _labelled_class(unit)))
    said.sort(key=itemgetter(0), reverse=True)
    return tuple(
        Evidence(kind, quote, source, *CLASSES[cls], weight=math.floor(10_000 * v / total) / 10_000)
        for v, kind, quote, source, cls in said[:8]
        if CLASSES[cls][0] != OUTSIDE
    )
