"""A plan as it was published, as markup: every line with its number, each unit marked in place, what was left and as
what.

In: frames of `ui.data`. Out: markup for one `write.markup`, made once for a build and kept for the plans read last, and the
plan's own order as a strip. The words of the document are data: every one of them is escaped here, and only ids,
classes and numbers are the program's own.

A unit is reached by `#doan-34`, a line by `#dong-109`; a link with `data-doan` tells the page which unit was asked for
(ui/bridge.py), and without the script it still leads to the place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from ui import data
from ui.data.kept import kept
from ui.words import findings, labels
from ui.words import units as words_units

ROLES = ("heading", "table_header", "front", "back")
"""What a line may be that became no unit."""
_KEPT = 48
"""So many documents are kept as markup; one of 2,000 lines takes about a megabyte."""
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


def parts(lines: Sequence[Mapping[str, Any]], units: Mapping[int, Mapping[str, Any]]) -> dict[int, list[Part]]:
    """By line number: the line in stretches that together are the line, each of one unit or of none. `units` by
    ordinal.
    """
    texts = {int(line["line"]): str(line["text"]) for line in lines}
    owned: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        for ordinal in ordinals(line):
            owned[ordinal].append(int(line["line"]))
    spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    taken: dict[int, int] = defaultdict(int)
    for ordinal in sorted(owned):
        for number, start, end in _found(str(units[ordinal]["text"]), owned[ordinal], texts, taken):
            spans[number].append((ordinal, start, end))
            taken[number] = max(taken[number], end)
    return {int(line["line"]): _parts(len(line["text"]), ordinals(line), spans[int(line["line"])]) for line in lines}


def ordinals(line: Mapping[str, Any]) -> list[int]:
    """The units that stand in a line."""
    found = line["ordinals"]
    return [] if found is None or isinstance(found, float) else [int(ordinal) for ordinal in found]


def _found(
    text: str, own: Sequence[int], texts: Mapping[int, str], taken: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Where a unit's words stand in its lines: (line, from, to). Looked for behind what another unit of the first line
    has; nothing where the lines hold the words in no such order.
    """
    starts, joined = {}, ""
    for line in own:
        starts[line] = len(joined)
        joined += texts[line] + "\n"
    here, close = _span(text, joined, starts[own[0]] + taken[own[0]])
    for line in own:
        start, end = max(here, starts[line]), min(close, starts[line] + len(texts[line]))
        if start < end:
            yield line, start - starts[line], end - starts[line]


def _span(text: str, joined: str, behind: int) -> tuple[int, int]:
    """From where to where the words stand, behind a place if they can; (0, 0) where they do not. Any blanks are as good
    as one.
    """
    flat = joined.replace("\n", " ")
    for place in (behind, 0):
        if (found := flat.find(text, place)) >= 0:
            return found, found + len(text)
    pattern = re.compile(r"\s+".join(map(re.escape, _WORD.split(text.strip()))))
    match = pattern.search(joined, behind) or pattern.search(joined)
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


def markup(plan_id: str, basis: str, left: bool) -> Markup:
    """The whole document, or only the lines that became no unit (`left`)."""
    return _markup(data.build().path, labels.changed(), labels.lang(), plan_id, basis, left)


@kept(_KEPT)
def _markup(build: str, words: int, lang: str, plan_id: str, basis: str, left: bool) -> Markup:
    lines = data.document(plan_id).to_dict("records")
    flagged = _flagged(plan_id)
    units = {int(unit["ordinal"]): {**unit, "flagged": int(unit["ordinal"]) in flagged} for unit in _units(plan_id)}
    phrases: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    evidence = data.plan_evidence(plan_id)
    for spoke in evidence.loc[evidence["kind"] != "unit", ["ordinal", "quote", "dim"]].to_dict("records"):
        phrases[int(spoke["ordinal"])].append(spoke)
    places = parts(lines, units)
    flags = _flags(plan_id)
    met: set[int] = set()
    shown: list[str] = []
    columns = 0
    for line in lines:
        if left and line["role"] == "unit":
            continue
        cells = _cells(line)
        if len(cells) != columns:
            shown.append(
                (Markup("</div>") if columns else Markup())
                + (Markup('<div class="tb" style="--w:{}">').format(_widths(lines, len(cells))) if cells else Markup())
            )
            columns = len(cells)
        shown.append(_line(line, cells, places[int(line["line"])], units, phrases, basis, met))
        shown += flags.get(int(line["line"]), ())
    shown.append(Markup("</div>") if columns else Markup())
    return Markup('<div class="doc" role="group" aria-label="{}">{}</div>').format(
        labels.html("read.document"), Markup().join(shown)
    )


def _units(plan_id: str) -> list[dict[str, Any]]:
    """What the document and the strip show of units."""
    return data.plan_units(plan_id)[
        ["ordinal", "kind", "section", "text", "dim", "sub", "matched_dim", "matched_sub"]
    ].to_dict("records")


def _cells(line: Mapping[str, Any]) -> list[str]:
    found = line["cells"]
    return [] if found is None or isinstance(found, float) else [str(cell) for cell in found]


def _widths(lines: Iterable[Mapping[str, Any]], columns: int) -> str:
    """The widths of a table's columns: none narrower than its longest word (up to 12 letters), the rest shared by how
    much they hold.
    """
    held, longest = [0] * columns, [2] * columns
    for line in lines:
        cells = _cells(line)
        if len(cells) == columns:
            held = [before + len(cell) for before, cell in zip(held, cells)]
            longest = [
                max(before, *map(len, cell.split()), 0) if cell else before for before, cell in zip(longest, cells)
            ]
    return " ".join(
        f"minmax({min(word, 12) * 0.58 + 0.6:.1f}em,{max(1, round(letters**0.5))}fr)"
        for letters, word in zip(held, longest)
    )


def _line(
    line: Mapping[str, Any],
    cells: Sequence[str],
    places: Sequence[Part],
    units: Mapping[int, Mapping[str, Any]],
    phrases: Mapping[int, Sequence[Mapping[str, Any]]],
    basis: str,
    met: set[int],
) -> Markup:
    number, role = int(line["line"]), str(line["role"])
    spot = words_units.place(line.get("place"))
    spot = Markup(' title="{}"').format(spot) if spot else Markup()
    # lines within a cell are kept
    text = " ".join(filter(None, cells)) if cells else str(line["text"])
    # a unit's number stands where its own words begin
    chips = {
        part.ordinal: part.core if part.core < part.close else part.start
        for part in places
        if part.ordinal is not None and part.ordinal not in met
    }
    met |= set(chips)

    def stretch(start: int, end: int) -> Markup:
        """The words from start to end, each part in its own block."""
        blocks = []
        for part in places:
            low, high = max(part.start, start), min(part.end, end)
            has_chip = part.ordinal in chips and start <= chips[part.ordinal] < max(end, start + 1)
            if low >= high and not has_chip:
                continue
            core, close = max(part.core, low), min(part.close, high)
            # the unit's words are in another cell of the row
            is_beside = bool(cells) and core >= close and part.core < part.close
            if part.ordinal is None or is_beside and not has_chip:
                blocks.append(_rest(text[low:high]) if len(places) > 1 or cells else escape(text[low:high]))
                continue
            unit = units[part.ordinal]
            before, own, after = (
                (text[low:core], text[core:close], text[close:high]) if core < close else (text[low:high], "", "")
            )
            # its block begins a line as it is
            before = re.sub(r"^\n", " ", before)
            words = (
                _faint(before)
                + _marked(own, phrases.get(part.ordinal, ()), words_units.whole(unit["matched_dim"]))
                + _faint(after)
            )
            blocks.append(
                Markup('<span class="u {}{}" data-u="{}">{}{}</span>').format(
                    _look(unit, basis),
                    " f" if unit["flagged"] else "",
                    part.ordinal,
                    _chip(unit, basis) if has_chip else "",
                    words,
                )
            )
        return Markup().join(blocks)

    if cells:
        shown, here = [], 0
        for cell in cells:
            # the blank between two cells stays, for who copies the row
            blank = " " if cell and here else ""
            here += len(blank)
            shown.append(Markup("{}<span>{}</span>").format(blank, stretch(here, here + len(cell)) if cell else ""))
            here += len(cell)
        return Markup('<div class="l row {}" id="dong-{}" data-n="{}"{}>{}</div>').format(
            role, number, number, spot, Markup().join(shown)
        )
    tag = "h3" if role == "heading" else "p"
    return Markup('<{} class="l {}" id="dong-{}" data-n="{}"{}>{}</{}>').format(
        tag, role, number, number, spot, stretch(0, len(text)), tag
    )


def _rest(text: str) -> Markup:
    """Words beside units: a row's name, who and when."""
    return Markup('<span class="rest">{}</span>').format(text)


def _faint(text: str) -> Markup:
    """Words of a unit's line that are not its text: its letter, its row's name, who and when."""
    return Markup("<i>{}</i>").format(text) if text.strip() else escape(text)


def _dim(unit: Mapping[str, Any], basis: str) -> int | None:
    return words_units.whole(unit["dim" if basis == "heading" else "matched_dim"])


def _look(unit: Mapping[str, Any], basis: str) -> str:
    """The classes of a unit: its dimension's colour, and whether it is a task."""
    dim = _dim(unit, basis)
    return f"d{'x' if dim is None else dim}{' t' if unit['kind'] == 'action' else ''}"


def name_of(unit: Mapping[str, Any], basis: str) -> str:
    """A unit in a few words: "Đoạn 34 · nhiệm vụ · 6.1 Y tế công lập"."""
    sub = unit["sub" if basis == "heading" else "matched_sub"]
    topic = words_units.topic_name(_dim(unit, basis), sub if isinstance(sub, str) else None, short=True)
    return labels.t(
        "read.unit_name", ordinal=str(unit["ordinal"]), kind=labels.t(f"common.kind.{unit['kind']}"), topic=topic
    )


def _chip(unit: Mapping[str, Any], basis: str) -> Markup:
    return Markup('<a class="k" id="doan-{}" href="#doan-{}" data-doan="{}" aria-label="{}{}">{}</a>').format(
        unit["ordinal"],
        unit["ordinal"],
        unit["ordinal"],
        name_of(unit, basis),
        labels.html("read.flagged") if unit["flagged"] else Markup(),
        unit["ordinal"],
    )


def _marked(text: str, phrases: Sequence[Mapping[str, Any]], dim: int | None) -> Markup:
    """A unit's words with those tinted that spoke for a dimension, each in that dimension's colour, underlined where it
    is not `dim`, the unit's own; the heavier one where two meet.
    """
    spans: list[tuple[int, int, int]] = []
    for phrase in phrases:
        for match in _pattern(str(phrase["quote"])).finditer(text):
            for group in range(1, len(match.groups()) + 1):
                start, end = match.span(group)
                if all(end <= low or high <= start for low, high, _ in spans):
                    spans.append((start, end, int(phrase["dim"])))
    out, here = [], 0
    for start, end, spoke in sorted(spans):
        out += [
            text[here:start],
            Markup('<mark class="d{}{}">{}</mark>').format(spoke, "" if spoke == dim else " o", text[start:end]),
        ]
        here = end
    return Markup().join([*out, text[here:]])


@lru_cache(maxsize=4096)
def _pattern(quote: str) -> re.Pattern[str]:
    """The words of a phrase; "bầu … trưởng thôn" has others of the same clause between its parts."""
    pieces = [r"\s+".join(map(re.escape, _WORD.split(piece.strip()))) for piece in quote.split("…") if piece.strip()]
    return re.compile(r"[^.;:]{1,80}?".join(rf"(?<!\w)({piece})(?!\w)" for piece in pieces), re.IGNORECASE)


def _flags(plan_id: str) -> dict[int, list[str]]:
    """By line: the findings at it as markup, a line each. Of what a plan has many, its unit carries only the flag, and
    says it when it is chosen.
    """
    out: dict[int, list[str]] = defaultdict(list)
    for one in data.plan_findings(plan_id).to_dict("records"):
        if one["code"] in findings.rules() and one["code"] not in findings.COUNTED and one["line"] == one["line"]:
            out[int(one["line"])].append(Markup('<p class="fl">{}</p>').format(findings.sentence(one)))
    return out


def _flagged(plan_id: str) -> set[int]:
    """The units at which something is to be looked at."""
    found = data.plan_findings(plan_id)["ordinal"]
    return {int(ordinal) for ordinal in found.dropna()}


# The table of contents, and what was left.


def contents(plan_id: str) -> list[tuple[int, str, int]]:
    """The headings in their order: line, words, and how many units stand before the next one."""
    found: list[tuple[int, str, int]] = []
    for line in data.document(plan_id).to_dict("records"):
        if line["role"] == "heading":
            found.append((int(line["line"]), str(line["text"]), 0))
        elif found and (own := ordinals(line)):
            number, words, units = found[-1]
            found[-1] = (number, words, units + len(own))
    return found


def roles(plan_id: str) -> Counter[str]:
    """How many lines of a plan are in units, headings, table headers, front and back matter."""
    return Counter(str(role) for role in data.document(plan_id)["role"])


# The strip.


def strip(plan_id: str, basis: str) -> Markup:
    """The plan's own order as markup: a task solid, another unit hollow, headings and the rest a thread; as long as its
    text.
    """
    return _strip(data.build().path, labels.changed(), labels.lang(), plan_id, basis)


@kept(_KEPT)
def _strip(build: str, words: int, lang: str, plan_id: str, basis: str) -> Markup:
    units = _units(plan_id)
    size = -(-len(units) // _SEGMENTS) or 1
    groups = [units[at : at + size] for at in range(0, len(units), size)]
    total = sum(_length(group) for group in groups) or 1
    runs: list[tuple[int | None, list[Sequence[Mapping[str, Any]]]]] = []
    last = None
    for group in groups:
        section = str(group[0]["section"]).rpartition(".")[0]
        dim = Counter(_dim(unit, basis) for unit in group).most_common(1)[0][0]
        if not runs or runs[-1][0] != dim or section != last:
            runs.append((dim, []))
        runs[-1][1].append(group)
        last = section
    # a dimension that goes on under the next heading is numbered once
    news = [at == 0 or runs[at - 1][0] != dim for at, (dim, _) in enumerate(runs)]
    return Markup('<div class="strip" aria-hidden="true">{}</div>').format(
        Markup().join(_run(dim, held, total, basis, is_new) for (dim, held), is_new in zip(runs, news))
    )


def _length(units: Iterable[Mapping[str, Any]]) -> int:
    return sum(60 + len(unit["text"]) for unit in units)


def _run(
    dim: int | None, groups: Sequence[Sequence[Mapping[str, Any]]], total: int, basis: str, is_new: bool
) -> Markup:
    pieces = []
    for group in groups:
        looks = Counter(_look(unit, basis) for unit in group).most_common(1)[0][0]
        first, last = group[0]["ordinal"], group[-1]["ordinal"]
        span = (
            name_of(group[0], basis) if first == last else labels.t("read.units_span", first=str(first), last=str(last))
        )
        pieces.append(
            Markup(
                '<a class="{}" style="flex-grow:{}" tabindex="-1" href="#doan-{}" data-doan="{}" data-last="{}" title="{}"></a>'
            ).format(looks, _length(group), first, first, last, span)
        )
    wide = sum(_length(group) for group in groups)
    number = Markup("<b>{}</b>").format(dim) if dim and is_new and wide >= _LABELLED * total else Markup()
    return Markup('<span class="run d{}" style="flex-grow:{}"><span>{}</span>{}</span>').format(
        "x" if dim is None else dim, wide, Markup().join(pieces), number
    )
