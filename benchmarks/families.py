"""How well a plan is told from the one of the year before: pairs made of the shipped plans by changes that are known, read
the whole way, linked and compared as a build does.

Each plan is written anew as an office does it a year later: its years moved, some tasks dropped, added from other plans, put
into other words, given to another office or another time, moved, merged, split; the same seed makes the same changes. Right
is a unit whose fate is told (carried word for word, changed, dropped, new) and whose counterpart is the one it has.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rapidfuzz import fuzz

from benchmarks.formats import WRITERS
from benchmarks.variants import SYNONYMS
from carried import STATES
from etl import about, load, way
from etl.match import Matcher
from etl.model import Reading, Unit
from etl.reference import DATA
from etl.text import key

WAYS = ("drop", "add", "words", "lead", "time", "move", "merge", "split")
SHARE = 0.06
"""So many of a plan's units meet with each way of changing, so that about half of them stay as they are."""
_PREFIX = re.compile(r"^\s*(?:[-+*•]\s+)?")
_LABEL = re.compile(r"^\s*(?:\*\*)?(?:\d+(?:\.\d+)*[.)]|[a-zđ]\)|[IVX]+\.)\s")
_CLAUSE = re.compile(r"(?<=[;.])\s+")
_TIMES = ("Quý III/{}", "Trước ngày 30/11/{}", "Hằng quý", "Tháng 4/{}")
_OFFICES = ("Sở Tư pháp", "Sở Xây dựng", "Thanh tra tỉnh", "Sở Y tế", "Sở Khoa học và Công nghệ")
_OWN = 75
_NEXT = "-nam-sau"
_MEASURED = {"txt": range(100, 110), **dict.fromkeys(("docx", "pdf", "html", "xlsx"), range(100, 103))}
"""The formats of the plan of the next year, and so often each plan is changed; no seed with which anything was tuned."""
Fate = tuple[str, tuple[int, int] | None, tuple[int, int] | None]
"""A state, and the unit by its line and its place among those of the line, in the earlier plan and in the later."""


@dataclass
class Edited:
    """A plan of the next year: its lines, where each old line went, and the fate of those that changed."""

    lines: list[str]
    went: dict[int, int]
    changed: set[int]
    merged: dict[int, int]
    """Old line → the old line it was merged into."""
    split: dict[int, int]
    """New line → the old line of which it is a part."""
    added: set[int]


@dataclass
class _Editor:
    """The lines of a plan as they are changed, by their old numbers."""

    reading: Reading
    lines: list[str]
    dice: random.Random
    donors: Sequence[str]

    def __post_init__(self) -> None:
        self.became: dict[int, list[str]] = {}
        self.after: dict[int, list[str]] = defaultdict(list)
        self.changed: set[int] = set()
        self.merged: dict[int, int] = {}
        self.parts: dict[int, str] = {}
        self.order: dict[int, int] = {}
        self.used: set[int] = set()
        on = Counter(line for unit in self.reading.units for line in range(unit.first_line, unit.last_line + 1))
        units = self.reading.units
        self.next = dict(zip((unit.ordinal for unit in units), units[1:]))
        # who is assigned what in a section of its own changes other units as well
        self.alone = [
            unit
            for unit in units
            if unit.first_line == unit.last_line and on[unit.first_line] == 1 and unit.kind != "assignment"
        ]

    def line(self, unit: Unit) -> str:
        return self.lines[unit.first_line - 1]

    def is_free(self, unit: Unit) -> bool:
        """Whether nothing was done to a unit yet, and nothing that follows leans on its row."""
        follows = self.next.get(unit.ordinal)
        leans = follows is not None and any(cell.basis == "merged" for cell in follows.cells)
        return unit.first_line not in self.used and not leans

    def is_plain(self, unit: Unit) -> bool:
        """Whether a unit is a paragraph without a number of its own."""
        return unit.channel == "narrative" and not _LABEL.match(self.line(unit)) and "**" not in self.line(unit)

    def put(self, unit: Unit, line: str) -> None:
        self.became[unit.first_line] = [line]
        self.changed.add(unit.first_line)

    # Ways of changing: each says whether it could be done.

    def drop(self, unit: Unit) -> bool:
        """Gone, where its row says nothing for those below it and its heading keeps another unit."""
        is_head = unit.channel == "table" and not self.line(unit).startswith("\t\t")
        if is_head or sum(other.headings == unit.headings for other in self.alone) < 3:
            return False
        self.became[unit.first_line] = []
        return True

    def add(self, unit: Unit) -> bool:
        """A task of another plan behind this one, none that this plan has in nearly the same words."""
        text = self.dice.choice(self.donors)
        own = max(fuzz.token_set_ratio(text, one.text) for one in self.reading.units)
        if not self.is_plain(unit) or own >= _OWN:
            return False
        found = _PREFIX.match(self.line(unit))
        self.after[unit.first_line].append(f"{found[0] if found else ''}{text}")
        return True

    def words(self, unit: Unit) -> bool:
        """Up to three near synonyms, and in half of the units with several clauses the last one goes."""
        line = self.line(unit)
        at = max(0, line.find(unit.text[:20]))
        before, text = line[:at], line[at:]
        found = [said for said in SYNONYMS if said[0] in text.lower() and said[0] in unit.text.lower()]
        if not found:
            return False
        for said in self.dice.sample(found, min(3, len(found))):
            text = re.sub(said[0], self.dice.choice(said[1:]), text, count=1, flags=re.IGNORECASE)
        clauses = _CLAUSE.split(text)
        if self.is_plain(unit) and len(clauses) > 1 and self.dice.random() < 0.5:
            text = " ".join(clauses[:-1])
        self.put(unit, before + text)
        return True

    def lead(self, unit: Unit) -> bool:
        written = {part.as_written for part in unit.agencies if part.role == "lead"}
        line = self.line(unit)
        found = [words for words in written if line.count(words) == 1]
        other = self.dice.choice(_OFFICES)
        follows = self.next.get(unit.ordinal)
        leans = follows is not None and any(part.as_written not in self.line(follows) for part in follows.agencies)
        if len(written) != 1 or not found or other in line or leans:
            return False
        self.put(unit, line.replace(found[0], other))
        return True

    def time(self, unit: Unit) -> bool:
        line, raw = self.line(unit), unit.timing_raw
        if not raw or line.count(raw) != 1:
            return False
        other = self.dice.choice(_TIMES).format(self.reading.plan.year)
        if other.lower() == raw.lower():
            return False
        self.put(unit, line.replace(raw, other if raw[:1].isupper() else other[:1].lower() + other[1:]))
        return True

    def _following(self, unit: Unit) -> Unit | None:
        """The unit right behind, where both are plain paragraphs of one list and no heading stands between."""
        other = self.next.get(unit.ordinal)
        is_one = other is not None and other in self.alone and other.section == unit.section
        between = self.lines[unit.first_line : other.first_line - 1] if other else []
        if not is_one or other is None or not self.is_free(other) or any(line.strip() for line in between):
            return None
        return other if self.is_plain(unit) and self.is_plain(other) and unit.kind == other.kind else None

    def move(self, unit: Unit) -> bool:
        other = self._following(unit)
        if other is None:
            return False
        self.order |= {unit.first_line: other.first_line, other.first_line: unit.first_line}
        self.used.add(other.first_line)
        return True

    def merge(self, unit: Unit) -> bool:
        other = self._following(unit)
        if other is None:
            return False
        more = _PREFIX.sub("", self.line(other))
        self.put(unit, f"{self.line(unit).rstrip(' .;')}; {more[:1].lower()}{more[1:]}")
        self.became[other.first_line] = []
        self.merged[other.first_line] = unit.first_line
        self.used.add(other.first_line)
        return True

    def split(self, unit: Unit) -> bool:
        clauses = _CLAUSE.split(self.line(unit))
        half = len(clauses) // 2
        first, second = " ".join(clauses[:half]), " ".join(clauses[half:])
        if not self.is_plain(unit) or min(len(first.split()), len(second.split())) < 8 or "“" in self.line(unit):
            return False
        found = _PREFIX.match(first)
        self.put(unit, first.rstrip(";") + ("" if first.endswith(".") else "."))
        self.parts[unit.first_line] = f"{found[0] if found else ''}{second[:1].upper()}{second[1:]}"
        return True

    def done(self) -> Edited:
        """The lines in their new order, years moved; and where each old one went."""
        year = self.reading.plan.year or 0
        out = Edited([], {}, self.changed, self.merged, {}, set())

        def say(line: str) -> int:
            for old in (year, year - 1):
                line = re.sub(rf"(?<!/){old}(?!\d)(?!/[A-ZĐ])", str(old + 1) + "\0", line)
            out.lines.append(line.replace("\0", ""))
            return len(out.lines)

        for place in range(1, len(self.lines) + 1):
            old = self.order.get(place, place)
            for line in self.became.get(old, [self.lines[old - 1]]):
                out.went[old] = say(line)
            if part := self.parts.get(old):
                say("")
                out.split[say(part)] = old
            for line in self.after[old]:
                say("")
                out.added.add(say(line))
        return out


def edited(reading: Reading, donors: Sequence[str], dice: random.Random, ways: Sequence[str] = WAYS) -> Edited:
    """A plan as it might be written a year later, with each way of changing done to `SHARE` of its units."""
    source = reading.plan.file.read_text(encoding="utf-8")
    editor = _Editor(reading, source.split("\n"), dice, donors)
    for way_of in ways:
        left = max(1, round(SHARE * len(reading.units)))
        for unit in dice.sample(editor.alone, len(editor.alone)):
            if left and editor.is_free(unit) and getattr(editor, way_of)(unit):
                editor.used.add(unit.first_line)
                left -= 1
    return editor.done()


def _on(units: Sequence[Unit]) -> dict[int, list[tuple[int, int]]]:
    """The units of each line by their place in it."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for unit in units:
        found[unit.first_line].append((unit.first_line, len(found[unit.first_line])))
    return found


def fates(earlier: Reading, later: Reading, made: Edited) -> set[Fate]:
    """What became of each unit, as the changes say it."""
    before, after = _on(earlier.units), _on(later.units)
    out: set[Fate] = set()
    whole = set(made.merged.values()) | set(made.split.values())
    for line, units in before.items():
        into = made.merged.get(line, line)
        new = made.went.get(into)
        state = "dropped" if new is None else "changed" if {line, into} & (made.changed | whole) else "same"
        for at, unit in enumerate(units):
            # a unit that is not read any more has no counterpart that could be told
            theirs = after.get(new) or [(new, 0)] if new else [None]
            out.add((state, unit, theirs[min(at, len(theirs) - 1)]))
    for line, old in made.split.items():
        out |= {("changed", unit, other) for unit in before[old] for other in after.get(line, [])}
    return out | {("new", None, unit) for line in made.added for unit in after.get(line, [])}


# The whole way.


@dataclass(frozen=True)
class Told:
    """Of each state how many were told right, told, and so; and of how many plans the one before was found."""

    right: Counter[str]
    told: Counter[str]
    so: Counter[str]
    linked: int
    pairs: int

    def __add__(self, other: Told) -> Told:
        sums = (getattr(self, name) + getattr(other, name) for name in ("right", "told", "so", "linked", "pairs"))
        return Told(*sums)


def told(folder: Path, plans: Sequence[Reading], seed: int, ending: str = "txt") -> Told:
    """Each plan beside the one of the next year that is made of it, read, linked and compared as a build does."""
    matcher, made, truth = Matcher.shipped(), {}, {}
    for plan in plans:
        name = plan.plan.plan_id
        donors = [
            unit.text
            for other in plans
            if other is not plan
            for unit in other.units
            if unit.channel == "narrative" and unit.kind == "action"
        ]
        made[name] = edited(plan, donors, random.Random(f"{seed} {name}"))
        source = "\n".join(made[name].lines).encode()
        plain = folder / f"{name}{_NEXT}.txt"
        plain.write_bytes(source)
        truth[name] = way.reading(about.unlisted(plain), matcher, is_any=True)
        plain.unlink()
        WRITERS[ending](source, folder / f"{name}{_NEXT}.{ending}")
    later = {one.plan.plan_id.removesuffix(_NEXT): one for one in way.readings(folder, matcher)}
    file = folder / "papi.duckdb"
    load.write(file, [*plans, *later.values()])
    with duckdb.connect(str(file), read_only=True) as con:
        links = con.execute("select plan_id, earlier_id from plan_links where kind = 'next_year'").fetchall()
        rows = con.execute("select earlier_id, state, earlier_unit_id, unit_id from family_unit").fetchall()
    file.unlink()
    right, said, so = Counter[str](), Counter[str](), Counter[str]()
    for plan in plans:
        name = plan.plan.plan_id
        old = dict(zip((f"{name}:{unit.ordinal}" for unit in plan.units), _places(plan.units)))
        new = _alike(later[name], truth[name])
        is_told = {(state, old.get(a), new.get(b)) for one, state, a, b in rows if one == name}
        is_so = fates(plan, truth[name], made[name])
        for counted, some in ((right, is_told & is_so), (said, is_told), (so, is_so)):
            counted.update(state for state, _, _ in some)
    found = sum((f"{plan.plan.plan_id}{_NEXT}", plan.plan.plan_id) in links for plan in plans)
    return Told(right, said, so, found, len(plans))


def _places(units: Sequence[Unit]) -> list[tuple[int, int]]:
    seen = Counter[int]()
    places = []
    for unit in units:
        places.append((unit.first_line, seen[unit.first_line]))
        seen[unit.first_line] += 1
    return places


def _alike(read: Reading, plain: Reading) -> dict[str, tuple[int, int]]:
    """The units of a plan in another format by their place in the plain text: the next there with the same words."""
    open_places = defaultdict(list)
    for unit, place in zip(plain.units, _places(plain.units)):
        open_places[key(unit.text)].append(place)
    found = {}
    for unit in read.units:
        # one that the plain text has not stands in no line of it
        places = open_places[key(unit.text)] or [(0, unit.ordinal)]
        found[f"{read.plan.plan_id}:{unit.ordinal}"] = places.pop(0)
    return found


def measured(seeds: Sequence[int], ending: str = "txt", plans: Sequence[Reading] = ()) -> Told:
    """The sums over all plans that are shipped, or those given, changed once for each seed."""
    some = plans or [one for one in way.readings(DATA / "plans", Matcher.shipped()) if one.units]
    total = Told(Counter(), Counter(), Counter(), 0, 0)
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            total += told(Path(folder), some, seed, ending)
    return total


def main() -> None:
    plans = [one for one in way.readings(DATA / "plans", Matcher.shipped()) if one.units]
    print("Kế hoạch năm sau làm từ kế hoạch có sẵn bằng những thay đổi biết trước: tìm lại được bao nhiêu\n")
    print(f"{'':<8}{'nối':>8}" + "".join(f"{state:>24}" for state in STATES))
    for ending, seeds in _MEASURED.items():
        total = measured(seeds, ending, plans)
        figures = [
            f"P {total.right[state] / total.told[state]:.3f} R {total.right[state] / total.so[state]:.3f} ({total.so[state]})"
            for state in STATES
        ]
        print(f"{ending:<8}{f'{total.linked}/{total.pairs}':>8}" + "".join(f"{figure:>24}" for figure in figures))


if __name__ == "__main__":
    main()
