"""A plan as it was published, as markup: every line with its number, each unit marked in place, what was left and as
what.

In: the view of the page. Out: markup for one `write.markup`, of a long document a part at a time, made once for a build and
kept for the plans read last, and the plan's own order as a strip. The words of the document are data: every one of them is escaped here, and only
ids, classes and numbers are the program's own.

A unit is reached by `#doan-34`, a line by `#dong-109`; a link with `data-doan` tells the page which unit was asked for
(`bridge`), and without the script it still leads to the place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from ui import data
from ui.data.document import Line, UnitEvidence, UnitFinding
from ui.data.kept import kept
from ui.data.units import UnitRow
from ui.topics.read.view import View
from ui.words import findings, labels
from ui.words import units as words_units
from ui.words.markup import filled, joined

ROLES = ("heading", "table_header", "front", "back")
"""What a line may be that became no unit."""
_KEPT = 48
"""So many documents are kept as markup; one of 2,000 lines takes about a megabyte."""
MOST_LINES = 300
"""A document of more lines is sent in parts."""
PART_LINES = 100
"""So many lines are a part."""
_SEGMENTS = 160
"""So many pieces a strip can show; of a longer plan neighbours share one."""
_LABELLED = 0.018
"""So much of the strip's length a run of one dimension takes before its number is written under it."""
_WORD = re.compile(r"\s+")


@dataclass(frozen=True)
class Part:
    """A stretch of a line, from `start` to `end`; of these from `core` to `close` are a unit's own words. No unit:
    `ordinal` is None.
    """

    ordinal: int | None
    start: int
    core: int
    close: int
    end: int


# Where units stand.


def parts(lines: Sequence[Line], words: Mapping[int, str]) -> dict[int, list[Part]]:
    """By line number: the line in stretches that together are the line, each of one unit or of none. `words`: the text
    of each unit, by its place in the plan.
    """
    texts = {line.line: line.text for line in lines}
    owned: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        for ordinal in line.ordinals or ():
            owned[ordinal].append(line.line)
    spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    taken: dict[int, int] = defaultdict(int)
    for ordinal in sorted(owned):
        for number, start, end in _found(words[ordinal], owned[ordinal], texts, taken):
            spans[number].append((ordinal, start, end))
            taken[number] = max(taken[number], end)
    return {line.line: _parts(len(line.text), line.ordinals or (), spans[line.line]) for line in lines}


def _found(
    text: str, own: Sequence[int], texts: Mapping[int, str], taken: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Where a unit's words stand in its lines: (line, from, to). Looked for behind what another unit of the first line
    has; nothing where the lines hold the words in no such order.
    """
    starts, whole = {}, ""
    for line in own:
        starts[line] = len(whole)
        whole += texts[line] + "\n"
    here, close = _span(text, whole, starts[own[0]] + taken[own[0]])
    for line in own:
        start, end = max(here, starts[line]), min(close, starts[line] + len(texts[line]))
        if start < end:
            yield line, start - starts[line], end - starts[line]


def _span(text: str, whole: str, behind: int) -> tuple[int, int]:
    """From where to where the words stand, behind a place if they can; (0, 0) where they do not. Any blanks are as good
    as one.
    """
    flat = whole.replace("\n", " ")
    for place in (behind, 0):
        if (found := flat.find(text, place)) >= 0:
            return found, found + len(text)
    pattern = re.compile(r"\s+".join(map(re.escape, _WORD.split(text.strip()))))
    match = pattern.search(whole, behind) or pattern.search(whole)
    return match.span() if match else (0, 0)


def _parts(length: int, own: Sequence[int], spans: Sequence[tuple[int, int, int]]) -> list[Part]:
    if not own:
        return [Part(None, 0, 0, 0, length)]
    if len(own) == 1:
        start, end = spans[0][1:] if spans else (0, 0)
        return [Part(own[0], 0, start, end, length)]
    found: list[Part] = []
    here = 0
    # a unit whose words were not found here has a stretch without words, so that its number still stands at its line
    for ordinal, start, end in sorted(
        [*spans, *((one, 0, 0) for one in own if one not in {span[0] for span in spans})], key=lambda span: span[1:]
    ):
        start = max(start, here)
        end = max(start, end)
        found.append(Part(ordinal, here, start, end, end))
        here = end
    return [*found, Part(None, here, here, here, length)] if here < length else found


# The document.


def shown_lines(view: View, *, left: bool) -> list[Line]:
    """The lines of the document, or only those that became no unit (`left`)."""
    return [line for line in view.lines if not left or line.role != "unit"]


def markup(view: View, *, left: bool, part: slice = slice(None)) -> Markup:
    """The document, or only the lines that became no unit (`left`), as markup; of a long one a part of these lines."""
    return _markup(data.build().path, view, left, part.start, part.stop)


@kept(_KEPT)
def _markup(build: str, view: View, left: bool, first: int | None, last: int | None) -> Markup:
    lines = shown_lines(view, left=left)[first:last]
    writer, flags = Writer(view, lines), _flags(view)
    shown: list[Markup] = []
    columns = 0
    for line in lines:
        cells = len(line.cells or ())
        if cells != columns:
            shown.append(Markup("</div>") if columns else Markup())
            shown.append(filled('<div class="tb" style="--w:{}">', _widths(view.lines, cells)) if cells else Markup())
            columns = cells
        shown.append(writer.line(line))
        if line.doubtful:
            said = labels.html("read.doubtful", words=", ".join(line.doubtful))
            shown.append(filled('<p class="fl">{}</p>', said))
        shown += [filled('<p class="fl">{}</p>', findings.sentence(one)) for one in flags.get(line.line, ())]
    shown.append(Markup("</div>") if columns else Markup())
    return filled('<div class="doc" role="group" aria-label="{}">{}</div>', labels.html("read.document"), joined(shown))


def _widths(lines: Iterable[Line], columns: int) -> str:
    """The widths of a table's columns: none narrower than its longest word (up to 12 letters), the rest shared by how
    much they hold.
    """
    held, longest = [0] * columns, [2] * columns
    for line in lines:
        cells = line.cells or ()
        if len(cells) == columns:
            held = [before + len(cell) for before, cell in zip(held, cells)]
            longest = [max(before, *map(len, cell.split()), 0) for before, cell in zip(longest, cells)]
    return " ".join(
        f"minmax({min(word, 12) * 0.58 + 0.6:.1f}em,{max(1, round(letters**0.5))}fr)"
        for letters, word in zip(held, longest)
    )


def _together(lines: Sequence[Line], some: Sequence[Line]) -> list[Line]:
    """Some lines of a document, with all that hold more of their units or share these with others."""
    numbers = {line.line for line in some}
    units = {ordinal for line in some for ordinal in line.ordinals or ()}
    while True:
        found = [line for line in lines if line.line in numbers or not units.isdisjoint(line.ordinals or ())]
        held = {ordinal for line in found for ordinal in line.ordinals or ()}
        if held == units:
            return found
        units = held


class Writer:
    """Writes these lines of a document in their order; the number of a unit stands where it is met first."""

    def __init__(self, view: View, lines: Sequence[Line]) -> None:
        self.view = view
        self.places = parts(_together(view.lines, lines), {ordinal: unit.text for ordinal, unit in view.units.items()})
        self.flagged = view.flagged
        self.met: set[int] = set()

    def line(self, line: Line) -> Markup:
        """One line as markup, its cells apart where it is a table's row."""
        cells, number, role = line.cells or (), line.line, line.role
        # a unit's number stands where its own words begin
        chips = {
            part.ordinal: part.core if part.core < part.close else part.start
            for part in self.places[number]
            if part.ordinal is not None and part.ordinal not in self.met
        }
        self.met |= set(chips)
        # lines within a cell are kept
        text = " ".join(filter(None, cells)) if cells else line.text
        words = _Words(self.view, self.flagged, text, self.places[number], chips, bool(cells))
        spot = words_units.place(line.place)
        at = filled('id="dong-{}" data-n="{}"', number, number)
        at += filled(' title="{}"', spot) if spot else Markup()
        if cells:
            return filled('<div class="l row {}" {}>{}</div>', role, at, words.row(cells))
        tag = "h3" if role == "heading" else "p"
        return filled('<{} class="l {}" {}>{}</{}>', tag, role, at, words.stretch(0, len(text)), tag)


@dataclass(frozen=True)
class _Words:
    """The words of one line: which unit owns which of them, and where the numbers of units stand (`chips`)."""

    view: View
    flagged: frozenset[int]
    text: str
    parts: Sequence[Part]
    chips: Mapping[int, int]
    in_row: bool

    def row(self, cells: Sequence[str]) -> Markup:
        shown, here = [], 0
        for cell in cells:
            # the blank between two cells stays, for who copies the row
            blank = " " if cell and here else ""
            here += len(blank)
            words = self.stretch(here, here + len(cell)) if cell else Markup()
            shown.append(filled("{}<span>{}</span>", blank, words))
            here += len(cell)
        return joined(shown)

    def stretch(self, start: int, end: int) -> Markup:
        """The words from start to end, each part in its own block."""
        return joined(self._block(part, start, end) for part in self.parts)

    def _block(self, part: Part, start: int, end: int) -> Markup:
        low, high = max(part.start, start), min(part.end, end)
        chip = None if part.ordinal is None else self.chips.get(part.ordinal)
        has_chip = chip is not None and start <= chip < max(end, start + 1)
        if low >= high and not has_chip:
            return Markup()
        core, close = max(part.core, low), min(part.close, high)
        # the unit's words are in another cell of the row
        is_beside = self.in_row and core >= close and part.core < part.close
        if part.ordinal is None or is_beside and not has_chip:
            words = self.text[low:high]
            return _rest(words) if len(self.parts) > 1 or self.in_row else escape(words)
        if core >= close:
            core = close = high
        # its block begins a line as it is
        before = re.sub(r"^\n", " ", self.text[low:core])
        unit = self.view.units[part.ordinal]
        words = (
            _faint(before)
            + _marked(self.text[core:close], self.view.phrases(part.ordinal), unit.matched_dim)
            + _faint(self.text[close:high])
        )
        is_flagged = part.ordinal in self.flagged
        look = f"u {_look(self.view, unit)}{' f' if is_flagged else ''}"
        number = _chip(self.view, unit, is_flagged=is_flagged) if has_chip else Markup()
        return filled('<span class="{}" data-u="{}">{}{}</span>', look, part.ordinal, number, words)


def _rest(text: str) -> Markup:
    """Words beside units: a row's name, who and when."""
    return filled('<span class="rest">{}</span>', text)


def _faint(text: str) -> Markup:
    """Words of a unit's line that are not its text: its letter, its row's name, who and when."""
    return filled("<i>{}</i>", text) if text.strip() else escape(text)


def _look(view: View, unit: UnitRow) -> str:
    """The classes of a unit: its dimension's colour, and whether it is a task."""
    return f"{_colour(view.topic(unit).dim)}{' t' if unit.kind == 'action' else ''}"


def _colour(dim: int | None) -> str:
    return "dx" if dim is None else f"d{dim}"


def name_of(view: View, unit: UnitRow) -> str:
    """A unit in a few words: "Đoạn 34 · nhiệm vụ · 6.1 Y tế công lập"."""
    topic = view.topic(unit)
    return labels.t(
        "read.unit_name",
        ordinal=str(unit.ordinal),
        kind=labels.t(f"common.kind.{unit.kind}"),
        topic=words_units.topic_name(topic.dim, topic.sub, short=True),
    )


def _chip(view: View, unit: UnitRow, *, is_flagged: bool) -> Markup:
    name = name_of(view, unit) + (labels.html("read.flagged") if is_flagged else Markup())
    at = unit.ordinal
    return filled(
        '<a class="k" id="doan-{}" href="#doan-{}" data-doan="{}" aria-label="{}">{}</a>', at, at, at, name, at
    )


def _marked(text: str, phrases: Sequence[UnitEvidence], dim: int | None) -> Markup:
    """A unit's words with those tinted that spoke for a dimension, each in that dimension's colour, underlined where it
    is not `dim`, the unit's own; the heavier one where two meet.
    """
    spans: list[tuple[int, int, int]] = []
    for phrase in phrases:
        for match in _pattern(phrase.quote).finditer(text):
            for group in range(1, len(match.groups()) + 1):
                start, end = match.span(group)
                if all(end <= low or high <= start for low, high, _ in spans):
                    spans.append((start, end, phrase.dim))
    out, here = [], 0
    for start, end, spoke in sorted(spans):
        out += [
            text[here:start],
            filled('<mark class="d{}{}">{}</mark>', spoke, "" if spoke == dim else " o", text[start:end]),
        ]
        here = end
    return joined([*out, text[here:]])


@lru_cache(maxsize=4096)
def _pattern(quote: str) -> re.Pattern[str]:
    """The words of a phrase; "bầu … trưởng thôn" has others of the same clause between its parts."""
    pieces = [r"\s+".join(map(re.escape, _WORD.split(piece.strip()))) for piece in quote.split("…") if piece.strip()]
    return re.compile(r"[^.;:]{1,80}?".join(rf"(?<!\w)({piece})(?!\w)" for piece in pieces), re.IGNORECASE)


def _flags(view: View) -> dict[int, list[UnitFinding]]:
    """The findings by the line that they are said at. Of what a plan has many, its unit carries only the flag, and says it
    when it is chosen.
    """
    out: dict[int, list[UnitFinding]] = defaultdict(list)
    for one in view.findings:
        if one.code in findings.rules() and one.code not in findings.COUNTED and one.line is not None:
            out[one.line].append(one)
    return out


# The table of contents.


def contents(view: View) -> list[tuple[int, str, int]]:
    """The headings in their order: line, words, and how many units stand before the next one."""
    found: list[tuple[int, str, int]] = []
    for line in view.lines:
        if line.role == "heading":
            found.append((line.line, line.text, 0))
        elif found and line.ordinals:
            number, words, units = found[-1]
            found[-1] = (number, words, units + len(line.ordinals))
    return found


# The strip.


def strip(view: View) -> Markup:
    """The plan's own order as markup: a task solid, another unit hollow, headings and the rest a thread; as long as its
    text.
    """
    return _strip(data.build().path, view)


@kept(_KEPT)
def _strip(build: str, view: View) -> Markup:
    units = list(view.units.values())
    size = -(-len(units) // _SEGMENTS) or 1
    groups = [units[at : at + size] for at in range(0, len(units), size)]
    lengths = [sum(60 + len(unit.text) for unit in group) for group in groups]
    runs: list[tuple[int | None, list[tuple[Sequence[UnitRow], int]]]] = []
    last = None
    for group, length in zip(groups, lengths):
        section = group[0].section.rpartition(".")[0]
        dim = Counter(view.topic(unit).dim for unit in group).most_common(1)[0][0]
        if not runs or runs[-1][0] != dim or section != last:
            runs.append((dim, []))
        runs[-1][1].append((group, length))
        last = section
    # a dimension that goes on under the next heading is numbered once
    news = [at == 0 or runs[at - 1][0] != dim for at, (dim, _) in enumerate(runs)]
    shown = joined(_run(view, dim, held, sum(lengths), is_new=is_new) for (dim, held), is_new in zip(runs, news))
    return filled('<div class="strip" aria-hidden="true">{}</div>', shown)


def _run(
    view: View, dim: int | None, groups: Sequence[tuple[Sequence[UnitRow], int]], total: int, *, is_new: bool
) -> Markup:
    """A stretch of one dimension, a piece a group of units with its length, numbered where it is new and long enough."""
    wide = sum(length for _, length in groups)
    number = filled("<b>{}</b>", dim) if dim and is_new and wide >= _LABELLED * total else Markup()
    pieces = joined(_piece(view, group, length) for group, length in groups)
    return filled(
        '<span class="run {}" style="flex-grow:{}"><span>{}</span>{}</span>', _colour(dim), wide, pieces, number
    )


def _piece(view: View, group: Sequence[UnitRow], length: int) -> Markup:
    looks = Counter(_look(view, unit) for unit in group).most_common(1)[0][0]
    first, last = group[0].ordinal, group[-1].ordinal
    span = name_of(view, group[0]) if first == last else labels.t("read.units_span", first=str(first), last=str(last))
    return filled(
        '<a class="{}" style="flex-grow:{}" tabindex="-1" href="#doan-{}" data-doan="{}" data-last="{}" title="{}"></a>',
        looks,
        length,
        first,
        first,
        last,
        span,
    )
