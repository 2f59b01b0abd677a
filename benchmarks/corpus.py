"""Any number of documents whose units are known: plans that have labels, at other places, in other years and other words, in
all formats. The same number gives the same document, whatever is made beside it.

What is changed in a plan is changed in its labels too, by rules that know no plan:

    places     every province becomes one other, every city under the centre another city
    years      all move together, within an age of PAPI and of the state's levels, so that what a plan declares stays true
    words      near synonyms, in what is a unit's text and stands in one line; names of agencies and dimensions stay
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.formats import STRANGERS, WRITERS
from benchmarks.variants import SYNONYMS, provinces
from etl import about
from etl.match import GOLD, Matcher
from etl.measure import matching, reading
from etl.measure.reading import Share
from etl.model import ROLES, Match, Unit, UnitAgency
from etl.reference import DATA, agency_names, table
from etl.text import nfc

ENDINGS = ("txt", "docx", "txt", "html", "cp1258.txt", "txt", "xlsx", "utf-16.txt", "txt", "pdf", "tcvn3.txt")
"""The formats in turn: most plans as text, so that what is measured is mostly the reading of plans."""
_AGES = (range(2011, 2018), range(2018, 2025), range(2025, 2031))
_YEAR = re.compile(r"\b20[123]\d\b")
Row = dict


@dataclass(frozen=True)
class Source:
    """A plan with labels, and whether it is one of the shipped ones."""

    name: str
    words: str
    units: tuple[Row, ...]
    is_shipped: bool


@dataclass(frozen=True)
class Made:
    """One document: its name, its words, and the units that are in it."""

    name: str
    source: Source
    words: str
    units: tuple[Row, ...]


@cache
def sources() -> tuple[Source, ...]:
    """The shipped plans and the invented ones of the tests: of provinces, departments, districts and communes."""
    return tuple(
        Source(
            file.stem,
            nfc(file.read_text(encoding="utf-8-sig")),
            tuple(reading.labelled(labels / f"{file.stem}.jsonl")),
            labels == GOLD,
        )
        for folder, labels in ((DATA / "plans", GOLD), (STRANGERS, STRANGERS))
        for file in sorted(folder.glob("*.txt"))
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


@cache
def _places() -> re.Pattern[str]:
    return re.compile(_any_of([*provinces(), *(name.upper() for name in provinces())]))


@cache
def _by_kind() -> dict[bool, list[str]]:
    """Cities under the centre in all these years, and provinces in all of them."""
    cities = {row["province"]: row["since"] for row in table("cities")}
    return {
        True: [name for name in provinces() if cities.get(name) == ""],
        False: [name for name in provinces() if name not in cities],
    }


@cache
def _synonyms() -> tuple[tuple[str, ...], ...]:
    """Near synonyms, but for words that are an agency's too: "thanh tra"."""
    agencies = re.compile(rf"\b({_any_of(row['written'] for row in table('agencies'))})\b", re.IGNORECASE)
    return tuple(tuple(word for word in some if not agencies.search(word)) for some in SYNONYMS)


@cache
def _words() -> re.Pattern[str]:
    """A name that holds a word which has synonyms, or such a word."""
    words = _any_of(word for some in _synonyms() for word in some)
    written = [part.strip() for row in table("agencies") for part in row["written"].split("{level}")]
    names = [*agency_names(), *written, *(row["wording"] for row in table("names"))]
    kept = [name for name in names if re.search(rf"\b({words})\b", name, re.IGNORECASE)]
    return re.compile(rf"\b(?:(?i:{_any_of(kept)})|({words}))\b")


def made(number: int) -> Made:
    """One document; the first ones are the sources as they are."""
    source, dice = sources()[number % len(sources())], random.Random(number)
    name = f"{number:05}-{source.name}"
    if number < len(sources()):
        return Made(name, source, source.words, source.units)
    year = int(source.name[-4:])
    years = dice.choice(next(age for age in _AGES if year in age)) - year
    places = {is_city: dice.choice(some) for is_city, some in _by_kind().items()}
    instead = {word: dice.choice(some) for some in _synonyms() for word in some}

    def moved(text: str) -> str:
        def place(found: re.Match[str]) -> str:
            other = places[found[0].title() in _by_kind()[True]]
            return other.upper() if found[0].isupper() else other

        return _YEAR.sub(lambda found: str(int(found[0]) + years), _places().sub(place, text))

    def worded(text: str) -> str:
        return _words().sub(lambda found: instead[found[1]] if found[1] else found[0], text)

    lines, units = source.words.split("\n"), []
    for unit in source.units:
        text = unit["text"]
        for at in range(unit["lines"][0] - 1, unit["lines"][1]):
            if unit["text"] in lines[at]:
                text = worded(unit["text"])
                lines[at] = lines[at].replace(unit["text"], text)
        agencies = {role: [moved(name) for name in unit[role]] for role in ROLES}
        units.append({**unit, "text": moved(text), **agencies})
    return Made(name, source, moved("\n".join(lines)), tuple(units))


def ending(number: int) -> str:
    """In which format a document is written."""
    return ENDINGS[number // len(sources()) % len(ENDINGS)]


def write(folder: Path, numbers: range) -> Iterator[Path]:
    """These documents as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        one = made(number)
        file = folder / f"{one.name}.{ending(number)}"
        WRITERS[ending(number)](one.words.encode(), file)
        yield file


# How right they are read.

SHOWN = ("f1", "kind", "declared_dim", "lead", "coop", "timing", "dimension", "held_out")
"""What is shown of a group of documents; the last two are the dimension by the text alone, alternatives counted: as shipped,
and by a matcher that has none of the source's labels.
"""


def right(database: Path, numbers: range) -> dict[str, dict[str, float | int | None]]:
    """What a build of these documents gives against what is known of them: of the sources as they are, of what is varied
    from the shipped ones and from the others, and of each format.
    """
    by_group: dict[str, list[dict[str, Share]]] = {}
    found = _units(database)
    for number in numbers:
        one = made(number)
        measures = _measured(one, found.get(about.unlisted(Path(f"{one.name}.{ending(number)}")).plan_id, []))
        origin = "shipped" if one.source.is_shipped else "invented"
        varied = (f"{origin}, varied", ending(number)) if number >= len(sources()) else (f"{origin}, as they are",)
        for group in varied:
            by_group.setdefault(group, []).append(measures)
    return {group: reading.figures(reading.total(some)) for group, some in by_group.items()}


def _measured(one: Made, units: list[Unit]) -> dict[str, Share]:
    about_one = [(unit, match.match.dim) for unit, match in reading.pairs(one.units, units)]
    asked = [unit for unit in one.units if unit["kind"] in matching.KINDS]
    knows_none = Matcher.shipped(one.source.name if one.source.is_shipped else None)
    held_out = knows_none.match([unit["text"] for unit in asked])
    return reading.measure(one.units, units, (0, 0)) | {
        "dimension": _dimension(about_one),
        "held_out": _dimension([(unit, match.dim) for unit, match in zip(asked, held_out)]),
    }


def _dimension(said: list[tuple[Row, int | None]]) -> Share:
    doing = [dim in (unit["dim"], *unit["dim_alt"]) for unit, dim in said if unit["kind"] in matching.KINDS]
    return Share(sum(doing), len(doing))


def _units(database: Path) -> dict[str, list[Unit]]:
    """The units of each plan of a build, as far as they are measured."""
    with duckdb.connect(str(database), read_only=True) as con:
        agencies: dict[str, list[UnitAgency]] = {}
        for unit_id, *one in con.execute(
            "select unit_id, agency, role, basis, as_written from unit_agencies"
        ).fetchall():
            agencies.setdefault(unit_id, []).append(UnitAgency(*one))
        out: dict[str, list[Unit]] = {}
        asked = con.execute("""
            select unit_id, plan_id, ordinal, channel, section, text, first_line, last_line, declared_dim, declared_sub, kind, timing, matched_dim
            from units order by plan_id, ordinal
        """)
        for unit_id, plan_id, *words, kind, timing, dim in asked.fetchall():
            by: dict[str, Any] = {"kind": kind, "timing": timing, "match": Match(dim)}
            unit = replace(Unit(*words), agencies=tuple(agencies.get(unit_id, ())), **by)
            out.setdefault(plan_id, []).append(unit)
    return out


def shown(figures: dict[str, dict[str, float | int | None]]) -> str:
    """A row a group of documents."""
    lines = [f"{'':<24}{'units':>10}" + "".join(f"{name:>14}" for name in SHOWN)]
    for group, values in figures.items():
        shares = ("–" if (value := values[name]) is None else f"{value:.3f}" for name in SHOWN)
        lines.append(f"{group:<24}{values['units']:>10,}" + "".join(f"{share:>14}" for share in shares))
    return "\n".join(lines)
