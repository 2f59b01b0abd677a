"""One walk through a document, top down: which zone a line stands in, which headings are open, where a unit begins and
ends.

In: blocks. Out: drafts of units, a role for every line, the tables' columns, and what could not be placed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.cut import labels, signs
from etl.cut.labels import DASH, DECIMAL, LETTER, NONE, PART, ROMAN, Label
from etl.cut.tables import Row, Table
from etl.model import Block, Cell, Column, Finding, Heading
from etl.reference import Named, named, statements
from etl.text import fold, key

_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:(?:Trang|trang|Page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–\s]*$")
_SENTENCE_END = (".", ";", ":", "!", "?", "…", ")", "”", '"', "/.")
_OPEN_END = (",", " và", " của", " các", " trong", " với", " cho", " về", " tại", " để", " là", " hoặc", " theo", " -")
_RUN_ON = re.compile(r"^(.{4,150}?)\s*:\s+\S")
_DIM_NUMBER = re.compile(r"nội dung(?: số| thứ)? ([1-8])\b")


@dataclass
class Open:
    """A heading that still stands over what follows."""

    rank: float
    heading: Heading
    is_lead_in: bool = False
    has_items: bool = False
    children: int = 0


@dataclass
class Draft:
    """A unit while it may still grow."""

    rank: float
    channel: str
    section: str
    words: list[str]
    lines: list[int]
    headings: tuple[Heading, ...]
    lead_in: str
    dim: int | None
    sub: str | None
    cells: tuple[Cell, ...] = ()
    item: int = 1
    items: int = 1


@dataclass
class Walk:
    """The state of one walk through a document."""

    blocks: Sequence[Block]
    zone: str = "front"
    opened: list[Open] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    table: Table = field(default_factory=Table)
    row_drafts: list[Draft] = field(default_factory=list)
    rests: list[tuple[Cell, ...]] = field(default_factory=list)
    sections: dict[str, int] = field(default_factory=dict)
    is_annex: bool = False

    def run(self) -> None:
        """Give every block its place, in order."""
        for at, block in enumerate(self.blocks):
            if block.is_aside or _PAGE_NUMBER.match(block.text) and not block.cells:
                self._give(block, "back")
            elif block.cells:
                self._row(at, block)
            else:
                self._paragraph(at, block)

    # -- paragraphs -------------------------------------------------------------------------------------------------

    def _paragraph(self, at: int, block: Block) -> None:
        words = block.text
        if self._is_second_half(block):
            draft = self.drafts[-1]
            draft.words.append(words)
            draft.lines.append(block.first_line)
            return self._give(block, "unit")
        label, rest = labels.split(words)
        following = self._next(at)
        self._turn(block, label, rest, following)
        if self.zone in ("front", "back"):
            return self._give(block, self.zone)
        if self.zone == "annex":
            return self._give(block, "heading")
        self.row_drafts = []
        if (
            signs.points_elsewhere(words)
            or not self._states(block, rest)
            and self._is_heading(block, label, rest, following)
        ):
            return self._head(block, label, rest)
        if self._states(block, rest):
            draft = self.drafts[-1]
            draft.cells += tuple(Cell(role, said) for role, said, _ in statements(rest))
            draft.lines.append(block.first_line)
            return self._give(block, "unit")
        if label.rank == NONE and self._goes_on(at, rest):
            draft = self.drafts[-1]
            draft.words.append(rest)
            draft.lines.append(block.first_line)
            return self._give(block, "unit")
        return self._unit(block, label, rest, following)

    def _turn(self, block: Block, label: Label, rest: str, following: Block | None) -> None:
        """Move between front matter, body, back matter and annex."""
        words = key(block.text)
        if self.zone in ("body", "annex") and signs.zone(block.text) == "back":
            self.zone = "back"
        elif self.zone == "back" and signs.zone(block.text) == "annex":
            self.zone, self.is_annex, self.opened = "annex", True, []
        elif self.zone in ("front", "annex", "back"):
            starts = label.rank in (PART, ROMAN) and len(rest) <= 200 and not rest.endswith((";", ","))
            if self.zone != "back":
                is_first = (
                    label.rank == DECIMAL
                    and label.name.split(".")[0] == "1"
                    and self._is_heading(block, label, rest, following)
                )
                starts = (
                    starts
                    or is_first
                    or self._opens_a_section(block, label)
                    or (len(words) <= 150 and label.rank != DASH and named(rest) is not None and signs.names_only(rest))
                )
            if self.zone == "annex" and not starts:
                starts = label.rank in (DECIMAL, LETTER, DASH) and not signs.is_upper(rest)
            if starts and not (self.zone == "back" and label.rank == PART):
                self.zone = "body"

    def _opens_a_section(self, block: Block, label: Label) -> bool:
        """Whether a line without a label is the first heading: "**Mục đích, yêu cầu**" after the plan's title."""
        if label.rank != NONE or len(block.text) > 80 or not (block.bold or block.level or signs.is_upper(block.text)):
            return False
        titled = any(
            key(before.text).startswith("kế hoạch") for before in self.blocks if before.first_line < block.first_line
        )
        return titled and signs.opens_a_section(block.text)

    def _is_second_half(self, block: Block) -> bool:
        """Whether a page break cut this paragraph off the one before it."""
        if not self.drafts or self.zone != "body" or self.roles.get(self._last_line(block)) != "unit":
            return False
        before = self.drafts[-1]
        if before.channel == "table":
            return False
        tail = before.words[-1].rstrip()
        if tail.endswith(_SENTENCE_END) and not tail.endswith((")", "”", '"')):
            return False
        return block.text[:1].islower() and labels.split(block.text)[0].rank == NONE or tail.endswith(_OPEN_END)

    def _last_line(self, block: Block) -> int:
        """The last line before a block that is no page number."""
        return max((line for line, role in self.roles.items() if line < block.first_line and role != "back"), default=0)

    def _goes_on(self, at: int, rest: str) -> bool:
        """Whether an un-enumerated paragraph goes on explaining the enumerated item above it.

        It does where more items of the same list follow, or where it begins like an explanation ("Hình thức …: …").
        """
        if not self.drafts or self.drafts[-1].rank in (NONE,) or self.drafts[-1].channel == "table":
            return False
        if self.roles.get(self._last_line(self.blocks[at])) != "unit":
            return False
        for block in self.blocks[at + 1 :]:
            if block.is_aside:
                continue
            label, _words = labels.split(block.text)
            if block.cells or label.rank < self.drafts[-1].rank or signs.zone(block.text) == "back" or block.level:
                break
            if label.rank == self.drafts[-1].rank:
                return True
        return any(fold(rest).startswith(row) for row in signs.explanations())

    def _states(self, block: Block, rest: str) -> bool:
        """Whether a paragraph only says who and when of the unit above it: "+ Cơ quan chủ trì: Sở Tư pháp".

        Such lines are the row of a table that nobody drew: they become cells, and no part of the text."""
        if not self.drafts or self.drafts[-1].channel == "table" or self.roles.get(self._last_line(block)) != "unit":
            return False
        said = statements(rest)
        return bool(said) and said[0][2] == 0

    def _is_heading(self, block: Block, label: Label, rest: str, following: Block | None) -> bool:
        """Whether a paragraph only says what stands below it."""
        if following is None or not rest:
            return False
        below = labels.split(following.text)[0]
        is_deeper = bool(following.cells) or below.rank > label.rank or (label.rank == NONE and below.rank != NONE)
        ends_open = not rest.endswith((".", ";", ",")) or rest.endswith("...")
        if (block.level or block.bold) and len(rest) <= 250:
            return True
        if label.rank in (PART, ROMAN):
            return len(rest) <= 250 and (ends_open or signs.is_upper(rest) or len(rest) <= 90)
        if following.text[:1].islower() and below.rank == NONE and not following.cells:
            return False
        if rest.endswith(":"):
            return (
                is_deeper
                and (below.rank != NONE or label.rank != NONE or bool(following.cells))
                and not signs.obliges(rest)
            )
        if label.rank == NONE:
            return (
                len(rest) <= 30
                and ends_open
                and signs.opens_a_section(rest)
                or len(rest) <= 150
                and (signs.is_upper(rest) or (signs.names_only(rest) and self._named(rest) is not None))
            )
        if not is_deeper or len(rest) > 250:
            return False
        if self._named(rest) is not None and len(rest) <= 150 and signs.names_only(rest):
            return True
        if label.rank >= DASH and below.rank == NONE:
            return ends_open and len(rest) <= 120 and not self._has_plain_siblings(label)
        return ends_open and (len(rest) <= 120 or below.rank != NONE)

    def _has_plain_siblings(self, label: Label) -> bool:
        """Whether the item just above is a full item of the same list, so that this one is hardly a heading."""
        return bool(self.drafts) and self.drafts[-1].rank == label.rank and len(self.drafts[-1].words) == 1

    def _named(self, words: str) -> Named | None:
        """The dimension or sub-dimension that a heading names, here."""
        found = named(words)
        dim = self._declared()[0]
        inner = named(words, dim) if dim else None
        return inner if inner and (found is None or inner.likeness > found.likeness) else found

    def _head(self, block: Block, label: Label, rest: str) -> None:
        """Open a heading, and close those it stands beside or over."""
        self._give(block, "heading")
        if signs.points_elsewhere(block.text):
            return
        is_lead_in = rest.endswith(":") and len(rest) > 40 or label.rank == NONE and rest.endswith(":")
        self._open(block, label, rest, is_lead_in)

    def _open(self, block: Block, label: Label, rest: str, is_lead_in: bool) -> None:
        found = self._named(rest)
        rank = label.rank
        if rank == NONE:
            rank = self._unlabelled_rank(rest, found, is_lead_in)
        self._close(rank)
        outer = self._declared()[0]
        dim = sub = None
        if found and (found.sub or outer is None):
            dim, sub = found.dim, found.sub
        elif outer is None:
            number = _DIM_NUMBER.search(key(rest))
            dim = int(number[1]) if number and len(rest) <= 150 else None
        self.opened.append(
            Open(rank, Heading(label.name or self._count(), rest, block.first_line, dim, sub, block.place), is_lead_in)
        )

    def _unlabelled_rank(self, rest: str, found: Named | None, is_lead_in: bool) -> float:
        """The rank of a heading that has no label: beside the last of its kind, else just under what is open."""
        above = self.opened[-1].rank if self.opened else PART
        if is_lead_in:
            return above + 0.5
        loose = [heading.rank for heading in self.opened if heading.rank % 1 and not heading.is_lead_in]
        is_sub = found is not None and found.sub is not None
        if loose:
            return loose[-1] if len(loose) > 1 or not is_sub or self.opened[-1].heading.sub else loose[0] + 0.2
        if signs.is_upper(rest) and above <= ROMAN and found is None:
            return ROMAN
        return above + 0.3

    def _close(self, rank: float) -> None:
        while self.opened and self.opened[-1].rank >= rank:
            self.opened.pop()

    def _unit(self, block: Block, label: Label, rest: str, following: Block | None) -> None:
        """Begin a unit."""
        if label.rank == NONE:
            while self.opened and self.opened[-1].is_lead_in and self.opened[-1].has_items:
                self.opened.pop()
        else:
            self._close(label.rank)
        for above in self.opened:
            above.has_items = True
        dim, sub = self._declared()
        run_on = _RUN_ON.match(rest)
        if run_on:
            found = named(run_on[1], dim) if dim else named(run_on[1])
            if found and dim is None:
                dim = found.dim
            elif found and sub is None:
                sub = found.sub
        self.drafts.append(
            Draft(
                label.rank,
                "narrative",
                self._section(label.name or self._count()),
                [rest],
                [block.first_line],
                self._path(),
                self._lead_in(),
                dim,
                sub,
            )
        )
        self._give(block, "unit")
        if rest.endswith(":") and following is not None and labels.split(following.text)[0].rank != NONE:
            # the sentence over a list is here a duty of its own, and stands over the list as well
            self._open(block, label, rest, True)

    # -- tables -----------------------------------------------------------------------------------------------------

    def _row(self, at: int, block: Block) -> None:
        if not any(cell.strip() for cell in block.cells):
            return self._give(block, "table_header")
        row = self.table.read(block, self._next(at))
        if row.kind == "header":
            self._begin_table()
            self.columns.extend(column for column in self.table.columns if column.line == block.first_line)
            return self._give(block, "table_header")
        if row.kind == "unknown":
            role = self.zone if self.zone in ("front", "back") else "back"
            if len(block.cells) >= 3 and self.zone != "front":
                self.findings.append(Finding("unknown_table", block.first_line, block.text[:120]))
            return self._give(block, role)
        if row.kind == "heading":
            rank = _row_rank(row.number)
            self._close(rank)
            found = row.named
            dim = found.dim if found else None
            if dim is None and rank == DECIMAL and row.number in tuple("12345678") and not self._declared()[0]:
                self.findings.append(Finding("unknown_heading", block.first_line, row.title[:120]))
            self.opened.append(
                Open(
                    rank,
                    Heading(row.number, row.title, block.first_line, dim, found.sub if found else None, block.place),
                )
            )
            self.row_drafts = []
            return self._give(block, "heading")
        if row.kind == "rest":
            return self._rest(block, row.cells)
        if self._is_cut_row(row):
            self.drafts[-1].words.append(row.items[0][1])
            self.drafts[-1].lines.append(block.first_line)
            return self._give(block, "unit")
        self._close(_row_rank(row.number) if "." in row.number else DECIMAL + 1)
        self.row_drafts, self.rests = [], []
        heading, (dim, sub) = self._row_heading(row, block)
        for order, (name, words) in enumerate(row.items, 1):
            place = name or (str(order) if len(row.items) > 1 else "")
            draft = Draft(
                NONE,
                "table",
                self._row_section(row.number, place),
                [words],
                [block.first_line],
                self._path() + ((heading,) if heading else ()),
                "",
                dim,
                sub,
                row.cells,
                order,
                len(row.items),
            )
            self.drafts.append(draft)
            self.row_drafts.append(draft)
        self._give(block, "unit")

    def _is_cut_row(self, row: Row) -> bool:
        """Whether a page break cut this row off the one before it: it says nothing but the rest of a sentence."""
        if not self.drafts or self.drafts[-1].channel != "table" or len(row.items) != 1 or row.items[0][0]:
            return False
        says_more = any(cell.basis == "row" for cell in row.cells)
        return (
            not says_more and row.items[0][1][:1].islower() and not self.drafts[-1].words[-1].endswith((".", ";", ":"))
        )

    def _begin_table(self) -> None:
        """A header row: the table begins, or begins again after a page break."""
        if self.zone != "body":
            self.zone, self.is_annex, self.opened = "body", True, []
        self.row_drafts = []

    def _row_heading(self, row: Row, block: Block) -> tuple[Heading | None, tuple[int | None, str | None]]:
        """What the number and the indicator beside a task declare.

        Where the table has a column of indicators, its words and its number name a sub-dimension. A number alone only
        counts rows and names none.
        """
        dim, sub = self._declared()
        if not row.title:
            return None, (dim, sub)
        outer = named(row.title)
        counted = row.number if row.number in signs.subs() else None
        within = dim or (int(counted[0]) if counted else None)
        inner = (
            named(row.title, within) if within else next(filter(None, (named(row.title, d) for d in range(1, 9))), None)
        )
        if inner and counted and inner.sub != counted and inner.likeness < 95:
            sub, dim = counted, within
        elif inner:
            sub, dim = inner.sub, inner.dim
        elif outer:
            dim = dim or outer.dim
        elif counted and within:
            sub, dim = counted, within
            self.findings.append(Finding("unknown_indicator", block.first_line, f"{row.number} {row.title}"))
        return Heading(row.number, row.title, block.first_line, dim, sub, block.place), (dim, sub)

    def _rest(self, block: Block, cells: tuple[Cell, ...]) -> None:
        """A row without a task goes on with the row above: its values belong to the last of that row's items."""
        if not self.row_drafts:
            self.findings.append(Finding("row_without_task", block.first_line, block.text[:120]))
            return self._give(block, "heading")
        self.rests.append(cells)
        first = max(len(self.row_drafts) - len(self.rests), 0)
        for draft in self.row_drafts:
            draft.cells = tuple(replace(cell, uncertain=True) for cell in draft.cells)
        for draft, rest in zip(self.row_drafts[first:], self.rests):
            said = {cell.role for cell in rest}
            draft.cells = tuple(cell for cell in draft.cells if cell.role not in said) + rest
        self.row_drafts[-1].lines.append(block.first_line)
        # the rows below share no cells with the items that were parted here
        for order, draft in enumerate(self.row_drafts[:first], 1):
            draft.item, draft.items = order, first
        for draft in self.row_drafts[first:]:
            draft.item, draft.items = 1, 1
        self._give(block, "unit")

    # -- where we are -----------------------------------------------------------------------------------------------

    def _declared(self) -> tuple[int | None, str | None]:
        """The dimension and sub-dimension that the open headings declare."""
        dim = sub = None
        for above in self.opened:
            if above.heading.dim is not None:
                dim, sub = above.heading.dim, above.heading.sub
        return dim, sub

    def _path(self) -> tuple[Heading, ...]:
        return tuple(above.heading for above in self.opened)

    def _lead_in(self) -> str:
        return next((above.heading.text for above in reversed(self.opened) if above.is_lead_in), "")

    def _count(self) -> str:
        """The place of something without a label under its heading."""
        if not self.opened:
            return str(len(self.drafts) + 1)
        self.opened[-1].children += 1
        return str(self.opened[-1].children)

    def _section(self, name: str) -> str:
        parts: list[str] = []
        for above in self.opened:
            if above.is_lead_in and above.rank not in (DECIMAL, LETTER, DASH) and above.rank % 1:
                continue
            # "3.1" under "3" says its whole number itself
            if parts and above.heading.label.startswith(parts[-1] + "."):
                parts.pop()
            parts.append(above.heading.label)
        if parts and name.startswith(parts[-1] + "."):
            parts.pop()
        prefix = ["annex"] if self.is_annex else []
        return self._unique(".".join(prefix + parts + [name]))

    def _row_section(self, number: str, place: str) -> str:
        """A row's section: its number, under the heading row where the number does not say it itself ("II" and "1")."""
        above = self.opened[-1].heading.label if self.opened else ""
        parts = ["annex"] if self.is_annex else []
        if above and not number.startswith(above):
            parts.append(above)
        return self._unique(".".join(filter(None, [*parts, number or self._count(), place])))

    def _unique(self, section: str) -> str:
        """A section's name; a second one of the same name (a wrong list letter) gets a number."""
        self.sections[section] = self.sections.get(section, 0) + 1
        return section if self.sections[section] == 1 else f"{section}({self.sections[section]})"

    def _next(self, at: int) -> Block | None:
        return next(
            (b for b in self.blocks[at + 1 :] if not b.is_aside and (b.cells or not _PAGE_NUMBER.match(b.text))), None
        )

    def _give(self, block: Block, role: str) -> None:
        for line in range(block.first_line, block.last_line + 1):
            self.roles[line] = role


def _row_rank(number: str) -> float:
    """The rank of a heading row, below any heading outside the table: "1.1" stands over "1.1.1", and over tasks that
    are only counted ("7").
    """
    return DECIMAL + number.count(".") / 10
