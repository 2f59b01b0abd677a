"""What a plan's own order says against itself: names of dimensions, numbering, stated lists, column heads, blanks.

In: blocks, units, the role of every line and the tables' columns. Out: findings with the line they stand in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from etl.check.detail import said
from etl.model import Block, Column, Finding, Heading, Line, Plan, Unit
from etl.reference import bare, named, table
from etl.text import BRACKET, QUOTED, fold, key, spaced

_ORDINAL = re.compile(r"^(?:về |đối với )?(?:nội dung (?:số |thứ )?[1-8]\b)?[\s:.,–-]*", re.IGNORECASE)

_BLANK_NUMBER = re.compile(r"\bsố\s*:?\s*[.…_\s]*/\s*(?:KH|QĐ|CT|NQ|ĐA|BC|TB|TTr|CV)\b", re.IGNORECASE)
_BLANK_DATE = re.compile(
    r"\bngày[\s.…_]*(?:tháng\s*\d{0,2}[\s.…_]*năm\s*(?:20|[.…_]|$)|/\s*\d{0,2}\s*/\s*20\d\d)", re.IGNORECASE
)

_DIGITS = {
    words: at for at, words in enumerate(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), 1)
}
_STATED = re.compile(
    r"\b(?P<count>\d{1,2}|"
    + "|".join(_DIGITS)
    + r")\s+(?P<what>(?:trục|lĩnh vực|chỉ số) nội dung|nội dung(?= (?:(?:của|thuộc) )?(?:bộ )?(?:chỉ số|papi)\b)"
    r"|nội dung lớn|trục|lĩnh vực|nội dung)(?P<list>\s*:\s*(?P<items>[^.]*))?",
    re.IGNORECASE,
)
_ALL = 8
_OF_ALL = re.compile(r"(?:trên|gồm|với|theo|về|cả|đủ|đồng bộ|của)\s+$", re.IGNORECASE)
"""Words before a number that make it the number of all: "trên 6 trục nội dung", not "ít nhất 03 chỉ số nội dung"."""

_ROMAN = re.compile(r"^(X{0,3}(?:IX|IV|V?I{0,3}))[.)/]\s*(?=\S)")
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)/]\s*(?=\D)|\s+(?=[A-ZĐÀ-Ỹ]))")
_LETTER = re.compile(r"^([a-zđ])[.)]\s*(?=\S)")
_CELL_LETTER = re.compile(r"(?:^|(?<=\s))([a-zđ])\)\s+(?=\S)")
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_OPTIONAL = set("đfjwz")
"""Letters that some offices leave out of a list."""
_ROMANS = {"I": 1, "V": 5, "X": 10}


def findings(
    plan: Plan, blocks: Sequence[Block], units: Sequence[Unit], lines: Sequence[Line], columns: Sequence[Column]
) -> Iterator[Finding]:
    """All that the order of one plan says against itself."""
    headings = _headings(units)
    yield from _names(plan, headings)
    yield from _two_in_one(headings, units)
    yield from _stated(plan, headings, units)
    yield from _numbering(blocks, {line.number: line.role for line in lines})
    yield from _columns(columns)
    yield from _blanks(lines)


def _headings(units: Sequence[Unit]) -> list[Heading]:
    """Every heading that stands over a unit, once, in the plan's order."""
    found = {heading.line: heading for unit in units for heading in unit.headings}
    return [found[line] for line in sorted(found)]


# Names.


def _official(dim: int, year: int | None) -> str:
    """PAPI's own name of a dimension in a year: dimension 2 had another one until 2017."""
    if year:
        for row in table("names"):
            if row["dim"] == str(dim) and not row["sub"] and row["to_year"] and year <= int(row["to_year"]):
                return row["wording"]
    return next(row["name_vi"] for row in table("dimensions") if row["dim"] == str(dim))


def _name_of(heading: Heading) -> str:
    """The name that a heading gives its dimension, without what only introduces it: "Đối với nội dung 5: “…”" → "…"."""
    quoted = QUOTED.search(heading.text)
    return spaced(quoted[1] if quoted else _ORDINAL.sub("", heading.text)).rstrip(" .:;,")


def _names(plan: Plan, headings: Sequence[Heading]) -> Iterator[Finding]:
    """A dimension whose name in a heading is not PAPI's of the plan's year; once where a cell stands for several rows."""
    for before, heading in zip((None, *headings), headings):
        is_same = before is not None and (before.dim, before.text) == (heading.dim, heading.text)
        if is_same or heading.dim is None or heading.sub is not None or not named(heading.text):
            continue
        wording, official = _name_of(heading), _official(heading.dim, plan.year or plan.period_from)
        if key(official) not in (key(wording), bare(wording)):
            yield Finding(
                "dimension_name", heading.line, said(dim=str(heading.dim), wording=wording, official=official)
            )


def _two_in_one(headings: Sequence[Heading], units: Sequence[Unit]) -> Iterator[Finding]:
    """A heading that names two indicators, the second of which has no heading and no item of its own: "Chất lượng không
    khí; nguồn nước sinh hoạt".
    """
    own = {heading.sub for heading in headings if heading.sub} | {unit.declared_sub for unit in units}
    for heading in headings:
        if heading.dim is None or heading.sub is None:
            continue
        parts = [spaced(part) for part in re.split(r";|,|\svà\s", heading.text) if spaced(part)]
        first = parts[0].split()[:2]
        for part in parts[1:]:
            hits = [hit for words in (part, f"{' '.join(first)} {part}") if (hit := named(words, heading.dim))]
            other = max(hits, key=lambda hit: hit.likeness, default=None)
            if other and other.sub != heading.sub and other.sub not in own and len(part.split()) > 1:
                yield Finding(
                    "two_in_one", heading.line, said(sub=heading.sub, other=other.sub or "", wording=heading.text)
                )
                break


# Stated lists.


def _stated(plan: Plan, headings: Sequence[Heading], units: Sequence[Unit]) -> Iterator[Finding]:
    """A number or a list of dimensions in the plan's aims that its sections do not keep.

    "Eight dimensions" is PAPI's own number: it contradicts no plan that has sections on fewer.
    """
    sections = {
        heading.dim: heading
        for heading in reversed(headings)
        if heading.dim and heading.sub is None and named(heading.text)
    }
    if len(sections) < 2:
        return
    for unit in units:
        if unit.declared_dim is not None or unit.kind not in ("objective", "action", "assignment"):
            continue
        for hit in _STATED.finditer(unit.text):
            listed = _listed(hit["items"] or "")
            is_clear = hit["what"].lower() not in ("trục", "lĩnh vực", "nội dung lớn") and (
                " " in hit["what"] or not hit["list"]
            )
            if len(listed) < 3 and not (is_clear and _OF_ALL.search(unit.text[: hit.start()])):
                continue
            count = int(hit["count"]) if hit["count"].isdecimal() else _DIGITS[hit["count"].lower()]
            if count != len(sections) and count != _ALL and count > 1:
                missing = [str(dim) for dim in sorted(sections) if listed and dim not in listed]
                yield Finding(
                    "stated_number",
                    unit.first_line,
                    said(words=f"{hit['count']} {hit['what']}", sections=len(sections), dims=missing),
                    unit.ordinal,
                )
            for dim, words in listed.items():
                if dim in sections and not _says_same(words, _name_of(sections[dim])):
                    yield Finding(
                        "stated_name",
                        unit.first_line,
                        said(
                            dim=str(dim),
                            wording=words,
                            heading=_name_of(sections[dim]),
                            line=sections[dim].line,
                            place=sections[dim].place,
                        ),
                        unit.ordinal,
                    )


def _listed(items: str) -> dict[int, str]:
    """The dimensions that a list names: "A; B; C" → {1: "A", …}."""
    found: dict[int, str] = {}
    for part in re.split(r";", BRACKET.sub(" ", items)):
        hit = named(spaced(part)) or next(
            (h for words in range(12, 2, -1) if (h := named(" ".join(part.split()[:words])))), None
        )
        if hit:
            found.setdefault(hit.dim, spaced(part))
    return found


def _says_same(listed: str, heading: str) -> bool:
    """Whether one name holds the other: "kiểm soát tham nhũng" and "Kiểm soát tham nhũng trong khu vực công"."""
    one, other = f" {key(listed)} ", f" {bare(heading)} "
    return one in other or other in one


# Numbering.


def _numbering(blocks: Sequence[Block], roles: dict[int, str]) -> Iterator[Finding]:
    """A list's number or letter that stands twice, or one that is skipped, in headings, paragraphs and cells."""
    counts = _Counts()
    for block in blocks:
        role = roles.get(block.first_line)
        if role == "back" or role == "front":
            counts.clear()
            continue
        if role not in ("unit", "heading"):
            continue
        if not block.cells:
            label = _label(block.text)
            if label:
                yield from counts.meets(*label, block.first_line, is_table=False)
            continue
        first = block.cells[0].strip().rstrip(".")
        if re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){0,3}", first):
            yield from counts.meets("decimal", first, block.first_line, is_table=True)
        cell = max(block.cells[1:], key=len, default="")
        letters = [hit[1] for hit in _CELL_LETTER.finditer(cell)]
        # letters inside a sentence ("điểm c) khoản 2") begin no list
        if letters and re.match(r"^[a-zđ]\)", cell.strip()):
            for letter in letters:
                yield from counts.meets("letter", letter, block.first_line, is_table=True)


def _label(text: str) -> tuple[str, str] | None:
    """The style and the name of a paragraph's label: "d) Đối với …" → ("letter", "d")."""
    for style, form in (("roman", _ROMAN), ("decimal", _DECIMAL), ("letter", _LETTER)):
        hit = form.match(text)
        if hit and hit[1]:
            return style, hit[1]
    return None


class _Counts:
    """The lists that are open, outermost first, each with what it came to last."""

    def __init__(self) -> None:
        self._open: list[tuple[tuple[str, str], str]] = []
        self._was_twice = False

    def clear(self) -> None:
        """Forget all lists: the text they belong to has ended."""
        self._open = []

    def meets(self, style: str, name: str, line: int, *, is_table: bool) -> Iterator[Finding]:
        """Count one label; say what is wrong with it."""
        # "3.1" and "3.2" are one list, "4.1" is another
        parent, _, last = name.rpartition(".") if style == "decimal" else ("", "", name)
        kind = (style if style != "decimal" else f"decimal{name.count('.')}", parent)
        at = next((place for place, (one, _) in enumerate(self._open) if one[0] == kind[0]), None)
        if at is None:
            before = None
        else:
            before = self._open[at][1] if self._open[at][0] == kind else None
            del self._open[at:]
        self._open.append((kind, last))
        trouble = _trouble(style, before, last)
        # a number of a table may be PAPI's own, of which a plan picks some; after "b) b)" a "d)" is the old slip, no
        # new one
        if trouble == "skipped" and (is_table and style == "decimal" or self._was_twice):
            trouble = ""
        self._was_twice = trouble == "twice"
        if trouble:
            yield Finding(
                f"numbering_{trouble}",
                line,
                said(
                    label=_written(style, name, is_table),
                    before=_written(style, f"{parent}.{before}" if parent else before or "", is_table),
                ),
            )


def _written(style: str, name: str, is_table: bool) -> str:
    return f"{name})" if style == "letter" else name if is_table or not name else f"{name}."


def _trouble(style: str, before: str | None, now: str) -> str:
    """What is wrong with a label after the one before it: `twice`, `skipped`, or ""."""
    if before is None:
        return ""
    if before == now:
        return "twice"
    if style == "letter":
        if before not in _LETTERS or now not in _LETTERS:
            return ""
        one, other = _LETTERS.index(before), _LETTERS.index(now)
        between = set(_LETTERS[one + 1 : other]) - _OPTIONAL
        return "skipped" if other > one and between else ""
    one, other = (_value(style, name) for name in (before, now))
    return "skipped" if other > one + 1 else ""


def _value(style: str, name: str) -> int:
    if style == "decimal":
        return int(name)
    values = [_ROMANS[sign] for sign in name]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


# Column heads and blanks.


@cache
def _heads() -> dict[str, str]:
    """The known column heads: fold → key."""
    return {fold(row["header"]): key(row["header"]) for row in table("columns")}


def _columns(columns: Sequence[Column]) -> Iterator[Finding]:
    """A column's head with a slip of a letter, or one that differs from the same column's head elsewhere in the
    plan.
    """
    by_place: dict[tuple[int, int], list[Column]] = defaultdict(list)
    width = Counter(column.line for column in columns)
    for column in columns:
        by_place[width[column.line], column.position].append(column)
    told: set[str] = set()
    for column in columns:
        words = key(column.header)
        if not words or words in told or words in _heads().values():
            continue
        same = by_place[width[column.line], column.position]
        usual, times = Counter(spaced(one.header) for one in same).most_common(1)[0]
        slip = next(
            (
                known
                for known in _heads().values()
                if len(known) > 5
                and known.count(" ") == words.count(" ")
                and 0 < Levenshtein.distance(known, words) <= 2
            ),
            None,
        )
        right = slip and next(row["header"] for row in table("columns") if key(row["header"]) == slip)
        if (
            not right
            and times > 1
            and key(usual) != words
            and key(usual) in _heads().values()
            and sum(key(one.header) == words for one in same) == 1
        ):
            right = usual
        if right:
            told.add(words)
            yield Finding(
                "column_misprint",
                column.line,
                said(wording=column.header, right=right, times=sum(key(one.header) == words for one in columns)),
            )


def _blanks(lines: Sequence[Line]) -> Iterator[Finding]:
    """A number or a date that was left open: "Số: /KH-UBND", "ngày tháng năm 2022"."""
    for line in {line.number: line for line in lines}.values():
        has_number, has_date = bool(_BLANK_NUMBER.search(line.text)), bool(_BLANK_DATE.search(line.text))
        if has_number or has_date:
            code = "blank_both" if has_number and has_date else "blank_number" if has_number else "blank_date"
            yield Finding(
                code, line.number, said(words=spaced(line.text)[:120]), line.ordinals[0] if line.ordinals else None
            )
