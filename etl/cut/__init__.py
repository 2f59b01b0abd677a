"""cut: blocks → units. Every non-blank line ends up in a unit, a heading, a table header, or front or back matter.

A heading gives the units below it their dimension and their place; what is no heading, no header and neither front nor
back matter is a unit. No text is dropped and none is looked up anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.cut.tables import with_lower_head
from etl.cut.walk import OpenUnit, Walk
from etl.model import Block, Column, Finding, Line, Unit
from etl.text import spaced


@dataclass(frozen=True)
class Cut:
    """What `cut` hands on: the units, what became of every line, the tables' columns, and what could not be placed."""

    units: tuple[Unit, ...]
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    findings: tuple[Finding, ...]


def cut(blocks: Sequence[Block]) -> Cut:
    """Cut a document into units and account for each of its lines."""
    walk = Walk(_whole(blocks))
    walk.run()
    places = {block.first_line: block.place for block in blocks}
    units = tuple(_unit(ordinal, opened, places) for ordinal, opened in enumerate(walk.units, 1))
    owners: dict[int, list[int]] = {}
    for ordinal, opened in enumerate(walk.units, 1):
        for line in opened.lines:
            owners.setdefault(line, []).append(ordinal)
    lines = tuple(
        Line(
            number,
            walk.roles.get(number, ""),
            block.text,
            tuple(owners.get(number, ())),
            block.place,
            block.cells,
            block.confidence,
            block.doubtful,
        )
        for block in blocks
        for number in range(block.first_line, block.last_line + 1)
    )
    return Cut(units, lines, tuple(walk.columns), tuple(walk.findings))


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each paragraph in one piece that was broken into lines, and each head of two rows."""
    out: list[Block] = []
    for block in blocks:
        head = with_lower_head(out[-1], block) if out and block.cells else None
        if head:
            out[-1] = head
        elif block.goes_on and out:
            out[-1] = replace(out[-1], last_line=block.last_line, text=f"{out[-1].text} {block.text}")
        else:
            out.append(block)
    return out


def _unit(ordinal: int, opened: OpenUnit, places: dict[int, str]) -> Unit:
    return Unit(
        ordinal,
        opened.channel,
        opened.section,
        spaced(" ".join(opened.words)),
        min(opened.lines),
        max(opened.lines),
        opened.dim,
        opened.sub,
        opened.headings,
        opened.lead_in,
        opened.cells,
        opened.item,
        opened.items,
        places.get(min(opened.lines), ""),
    )
