"""One walk through a document, top down: which zone a line stands in, which headings are open, where a unit begins and
ends.

In: blocks. Out: drafts of units, a role for every line, the tables' columns, and what could not be placed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, pairwise, takewhile

from etl.cut import guess, labels, signs
from etl.cut.heading import Paragraph, is_heading, named_here
from etl.cut.labels import DASH, DECIMAL, LETTER, NONE, PART, ROMAN, Label
from etl.cut.legend import Legend, legend
from etl.cut.signs import LIMITS
from etl.cut.start import begins_section, is_part, start, titles
from etl.cut.tables import Table, TableRow
from etl.model import Block, Column, Finding, Heading, TableCell
from etl.reference import (
    Named,
    begins_statement,
    dims,
    ends_open,
    form,
    is_annex,
    named,
    refers_away,
    shared_out,
    shares,
    statements,
    subs,
    unopened,
)
from etl.text import fold, is_page_number, key

_SENTENCE_END = (".", ";", ":", "!", "?", "…", ")", "”", '"', "/.")
_RUN_ON = re.compile(r"^(.{4,150}?)\s*:\s+\S")
_ALL_ABOVE = (
    r"(?i)^(?:\w+ ){0,2}?{errand} (?:[^\W\d]+ ){0,2}?(?:{here}|{place} (?:{here}|(?P<label>\w[\w.]*))) (?=do\s)"
)
"""What a line begins with that gives away the list above it: "Các việc tại mục 1 do …", "Cả ba nhiệm vụ trên do …"."""
_OF_PAPI = r"(?i)^(?:thuộc |của )?{part}\b[^,;:]*[,;]\s*"
_ALL_BELOW = r"(?i)\s+{errand} (?:[^\W\d]+ ){0,2}?(?:{below}|{here}|{place} {here})(?!\w)"
_EXCEPTIONS = r"(?i)[\s,;]+{except}\s[^;]*"
"""What a bracket over a list says of the list: which part of PAPI it is, that it means all of it, and all but what."""
_EMPTY = 2
"""So many cells a row may have less than the one above, and be of the same table."""
_SAMPLE = 12
"""Rows below a table's first that tell what its columns hold."""
_CLOSING = re.compile(r"\s*\(([^()]{6,200})\)[\s.:;]*$")
"""The bracket that closes a heading: "1. Ngân sách xã (Phòng Tài chính chủ trì)"."""
_DIM_NUMBERS = re.compile(r"nội dung(?: số| thứ)?((?: (?:và )?[1-8]\b)+)")


@dataclass
class OpenHeading:
    """A heading that still stands over what follows; `said` is who and when of all of it."""

    rank: float
    heading: Heading
    said: tuple[TableCell, ...] = ()
    is_lead_in: bool = False
    has_items: bool = False
    children: int = 0


@dataclass
class OpenUnit:
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
    cells: tuple[TableCell, ...] = ()
    item: int = 1
    items: int = 1


@dataclass
class Walk:
    """The state of one walk through a document."""

    blocks: Sequence[Block]
    zone: str = "front"
    opened: list[OpenHeading] = field(default_factory=list)
    units: list[OpenUnit] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    table: Table = field(default_factory=Table)
    row_units: list[OpenUnit] = field(default_factory=list)
    rests: list[tuple[TableCell, ...]] = field(default_factory=list)
    sections: dict[str, int] = field(default_factory=dict)
    is_annex: bool = False
    last_role: str = ""
    start: int | None = None
    legend: Legend = field(init=False)
    guessed: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    is_titled: bool = False

    def run(self) -> None:
        """Give every block its place, in order."""
        self.legend = legend(self.blocks)
        self.guessed = guess.labels(block.text for block in self.blocks if not block.cells)
        self.start = start(self.blocks)
        self.is_titled = any(titles(block.text) for block in self.blocks)
        for at, block in enumerate(self.blocks):
            if block.is_aside or is_page_number(block.text) and not block.cells:
                self._give(block, "back")
            elif block.cells:
                self._row(at, block)
            else:
                self._paragraph(at, block)
        for unit in self.units:
            unit.cells = tuple(map(self.legend.spelt, unit.cells))

    # -- paragraphs -------------------------------------------------------------------------------------------------

    def _paragraph(self, at: int, block: Block) -> None:
        if self._is_second_half(block):
            return self._go_on(block, block.text)
        paragraph = self._read(at, block)
        self._turn(at, paragraph)
        if self.zone in ("front", "back", "outline"):
            return self._give(block, "front" if self.zone == "front" else "back")
        if block.first_line in self.legend.lines or paragraph.label.rank == NONE and signs.closes(block.text):
            return self._give(block, "back")
        if self.zone == "annex":
            return self._give(block, "heading")
        self.row_units = []
        if self._states(paragraph):
            return self._state(at, paragraph)
        if self._says_of_list(paragraph):
            self.opened[-1].said += tuple(self._said_by(paragraph))
            return self._give(block, "heading")
        if self._refers_away(paragraph):
            return self._unit(paragraph)
        if signs.points_elsewhere(block.text):
            return self._give(block, "heading")
        if is_heading(paragraph):
            self._give(block, "heading")
            is_long = len(paragraph.words) > LIMITS.lead_in
            is_lead_in = paragraph.words.endswith(":") and (is_long or paragraph.label.rank == NONE)
            return self._open(paragraph, is_lead_in)
        if paragraph.label.rank == NONE and self._goes_on(at, paragraph.words):
            return self._go_on(block, paragraph.words)
        if counted := labels.inline(paragraph.words):
            return self._counted(paragraph, *counted)
        return self._unit(paragraph)

    def _counted(self, paragraph: Paragraph, lead_in: str, items: Sequence[tuple[str, str]]) -> None:
        """A unit for each sentence that one paragraph counts, under the words before the first."""
        self._open(replace(paragraph, words=lead_in), True)
        for name, words in items:
            self._unit(replace(paragraph, label=Label(LETTER, name), words=words))

    def _read(self, at: int, block: Block) -> Paragraph:
        """A paragraph with what stands around it."""
        label, words = labels.split(block.text)
        before = self.units[-1] if self.units else None
        is_next_item = before is not None and before.rank == label.rank and len(before.words) == 1
        following = self._next(at)
        below = self._below(at, following)
        return Paragraph(block, label, words, below, self._declared()[0], is_next_item, below is not following)

    def _below(self, at: int, following: Block | None) -> Block | None:
        """The next block that says more than who and when of what stands above it, from the `following` on."""
        while following is not None and not following.cells and len(following.text) <= LIMITS.heading:
            if not self._who_and_when(labels.split(following.text)[1]):
                break
            at = self.blocks.index(following, at + 1)
            following = self._next(at)
        return following

    def _go_on(self, block: Block, *words: str) -> None:
        """A block goes on with the last unit."""
        self.units[-1].words.extend(words)
        self.units[-1].lines.extend(_numbers(block))
        self._give(block, "unit")

    def _turn(self, at: int, paragraph: Paragraph) -> None:
        """Move between front matter, body, back matter, annex, and a form to be filled in, which is no plan."""
        words = paragraph.block.text
        said = signs.zone(words)
        if self.zone == "front":
            self.zone = "body" if at == self.start else "front"
        elif said == "outline" and (self.zone == "annex" or self.zone == "back" and signs.is_upper(words)):
            self.zone = "outline"
        elif self.zone in ("body", "annex") and said == "back":
            self.zone = "back"
        elif said == "annex" and (self.zone in ("back", "outline") or self.zone == "body" and is_annex(words)):
            self.zone, self.is_annex, self.opened = "annex", True, []
        elif self.zone in ("annex", "back") and self._begins_again(paragraph):
            self.zone = "body"

    def _begins_again(self, paragraph: Paragraph) -> bool:
        """Whether an annex's text begins here, or a section after what looked like the end."""
        label, words = paragraph.label, paragraph.words
        if self.zone == "back":
            return label.rank == ROMAN and is_part(paragraph)
        if label.rank in (DECIMAL, LETTER, DASH) and not signs.is_upper(words):
            return True
        return begins_section(paragraph, self.is_titled)

    def _is_second_half(self, block: Block) -> bool:
        """Whether a page break cut this paragraph off the one before it."""
        if self.zone != "body" or not self._follows_item():
            return False
        tail = self.units[-1].words[-1].rstrip()
        if tail.endswith(_SENTENCE_END) and not tail.endswith((")", "”", '"')):
            return False
        return block.text[:1].islower() and labels.split(block.text)[0].rank == NONE or ends_open(tail)

    def _goes_on(self, at: int, rest: str) -> bool:
        """Whether an un-enumerated paragraph goes on explaining the enumerated item above it.

        It does where more items of the same list follow, or where it begins like an explanation ("Hình thức …: …").
        """
        if not self._follows_item() or self.units[-1].rank == NONE:
            return False
        for block in self.blocks[at + 1 :]:
            if block.is_aside:
                continue
            label, _ = labels.split(block.text)
            if block.cells or label.rank < self.units[-1].rank or signs.zone(block.text) == "back" or block.level:
                break
            if label.rank == self.units[-1].rank:
                return True
        return any(fold(rest).startswith(row) for row in signs.explanations())

    def _states(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph only says who and when of the unit above it: "+ Cơ quan chủ trì: Sở Tư pháp".

        Such lines are the row of a table that nobody drew: they become cells, and no part of the text. One that is
        counted and stands over items of its own is a heading: "2. Chủ trì: Sở Tư pháp" over "a)"."""
        is_heading_of_more = paragraph.label.rank < DASH and paragraph.begins_list and paragraph.is_over_deeper
        return self._follows_item() and not is_heading_of_more and bool(self._said_by(paragraph))

    def _says_of_list(self, paragraph: Paragraph) -> bool:
        """Whether a line right below a heading only says who and when of what stands below both."""
        if self.last_role != "heading" or not self.opened or paragraph.label.rank != NONE:
            return False
        is_over = paragraph.following is not None and paragraph.below.rank > self.opened[-1].rank
        return is_over and bool(self._said_by(paragraph))

    def _refers_away(self, paragraph: Paragraph) -> bool:
        """Whether a line right below a dimension's heading leaves the dimension to another document: "(Xem Kế hoạch số
        03/KH-UBND)".
        """
        return self.last_role == "heading" and self._declared()[0] is not None and refers_away(paragraph.words)

    def _said_by(self, paragraph: Paragraph) -> list[TableCell]:
        """What a line says that only tells who and when, also where it first points at the list above it."""
        words = _unbracketed(paragraph.words)
        above = form("assigning", _ALL_ABOVE).match(words)
        if above and above["label"] in (None, *(heading.heading.label for heading in self.opened)):
            words = words[above.end() :]
        return self._who_and_when(words) or (self._in_bracket(words) if words != paragraph.words else [])

    def _in_bracket(self, words: str) -> list[TableCell]:
        """Who and when by a bracket over a list, whatever it says of the list itself: "nội dung 3, do Sở Tư pháp chủ trì",
        "Phòng Y tế chủ trì các việc của mục này, trừ việc ghi khác".
        """
        for beside in (_OF_PAPI, _ALL_BELOW, _EXCEPTIONS):
            words = form("assigning", beside).sub("", words)
        return self._who_and_when(words, is_alone=True)

    def _state(self, at: int, paragraph: Paragraph) -> None:
        """Give what such a line says to the unit above it; a line that closes a list, none of whose items has a line of
        its own, says it of all of them.
        """
        said = self._said_by(paragraph)
        first = len(self.units) - 1
        if self._closes_list(at, paragraph.label.rank):
            while first > 0 and self._stand_together(self.units[first - 1], self.units[first]):
                first -= 1
        basis = "row" if first == len(self.units) - 1 else "merged"
        roles = {cell.role for cell in said}
        over = self._over()
        for unit in self.units[first:]:
            # what a line says of its own list counts before what a heading says
            kept = tuple(cell for cell in unit.cells if cell not in over or cell.role not in roles)
            unit.cells = kept + tuple(replace(cell, basis=basis) for cell in said)
        if any(cell.uncertain for cell in said):
            self._tell_guess(paragraph)
        self._go_on(paragraph.block)

    def _tell_guess(self, paragraph: Paragraph) -> None:
        """Say of each label of a line, where it first stands, that what it means was guessed."""
        for label, _ in guess.parted(paragraph.words):
            if key(label) not in self.told:
                self.told.add(key(label))
                self._find("guessed_role", paragraph.block, label)

    def _who_and_when(self, words: str, *, is_alone: bool = False) -> list[TableCell]:
        """What a line, or a bracket `is_alone` with it, says that only tells who and when: "Cơ quan chủ trì: Sở Tư pháp",
        "Do Sở Tư pháp chủ trì; xong trong quý II"; a guess behind a label that stands before nothing else in this document.
        """
        words = self.legend.spell(_unbracketed(words))
        if begins_statement(words):
            said = [TableCell(role, who) for role, who, _ in statements(words)]
            # "Chủ trì: theo dõi việc thực hiện …" is a duty of whoever the heading names
            return [] if any(cell.role != "timing" and guess.is_duty(cell.text) for cell in said) else said
        if shared := (shares(words) if is_alone else shared_out(words)) or guess.unlabelled(words, self.guessed):
            return [TableCell(role, who) for role, who in shared]
        return [TableCell(role, who, uncertain=True) for role, who in guess.labelled(words, self.guessed)]

    def _closes_list(self, at: int, rank: float) -> bool:
        """Whether a line of this rank stands under a list as a whole: it has that of a list over this one ("*" under
        "+"), or none or the same, and no other item follows, nor do single items have such lines elsewhere.
        """
        listed = self.units[-1].rank
        if listed == NONE or rank != NONE and rank != listed:
            return listed != NONE and rank < listed
        return self._rank_below(at) != listed and listed not in self._ranks_of_single

    @cached_property
    def _ranks_of_single(self) -> frozenset[float]:
        """The ranks of the items of which this document says who or when one by one: an unlabelled line that does stands
        between two of them.
        """
        ranks = [labels.split(block.text)[0].rank for block in self.blocks]
        return frozenset(
            before
            for at, (before, rank) in enumerate(pairwise(ranks), 1)
            if before != NONE
            and rank == NONE
            and self._rank_below(at) == before
            and self._who_and_when(self.blocks[at].text)
        )

    def _rank_below(self, at: int) -> float | None:
        """The rank of the next paragraph that says more than who and when; None where there is none."""
        below = (labels.split(block.text) for block in self.blocks[at + 1 :] if not block.is_aside)
        return next((label.rank for label, words in below if not self._who_and_when(words)), None)

    @staticmethod
    def _stand_together(one: OpenUnit, other: OpenUnit) -> bool:
        """Whether two units are items of one list of which nobody has said who and when, but of both together."""
        is_one_list = one.rank == other.rank and one.headings == other.headings and one.channel == "narrative"
        return is_one_list and one.cells == other.cells and all(cell.basis == "merged" for cell in one.cells)

    def _follows_item(self) -> bool:
        """Whether the last line, page numbers aside, stands in a unit that is no table's."""
        return self.last_role == "unit" and bool(self.units) and self.units[-1].channel != "table"

    def _open(self, paragraph: Paragraph, is_lead_in: bool) -> None:
        """Open a heading, and close those it stands beside or over."""
        label, words = paragraph.label, paragraph.words
        found = named_here(_CLOSING.sub("", words), self._declared()[0])
        rank = label.rank if label.rank != NONE else self._unlabelled_rank(words, found, is_lead_in)
        if paragraph.is_over_like:
            rank = min(rank, paragraph.below.rank) - 0.5
        self._close(rank)
        outer = self._declared()[0]
        dim = sub = None
        if found and (found.sub or outer is None):
            dim, sub = found.dim, found.sub
        elif outer is None:
            dim = _numbered(words)
        name, block = label.name or self._count(), paragraph.block
        heading = Heading(name, words, block.first_line, dim, sub, block.place)
        self.opened.append(OpenHeading(rank, heading, self._said_over(words), is_lead_in))

    def _said_over(self, words: str) -> tuple[TableCell, ...]:
        """Who and when of all that stands below a heading, where it says no more than that ("Quý II/2024"), or its closing
        bracket does: "Ngân sách xã (Phòng Tài chính chủ trì; Thanh tra huyện phối hợp)".
        """
        closing = _CLOSING.search(words)
        if closing is None:
            is_time = guess.is_time(words.rstrip(" :."))
            return (TableCell("timing", words.rstrip(" :.")),) if is_time else tuple(self._who_and_when(words))
        if guess.is_who(unopened(words[: closing.start()])):
            # "Sở Y tế (phòng Nghiệp vụ làm đầu mối)" is given to the department
            return ()
        return tuple(self._in_bracket(closing[1]))

    def _over(self, known: Collection[str] = ()) -> tuple[TableCell, ...]:
        """What the nearest heading that says who or when says, but for the roles that are known."""
        said = next((above.said for above in reversed(self.opened) if above.said), ())
        return tuple(replace(cell, basis="merged") for cell in said if cell.role not in known)

    def _unlabelled_rank(self, words: str, found: Named | None, is_lead_in: bool) -> float:
        """The rank of a heading that has no label: beside the last of its kind, else just under what is open."""
        above = self.opened[-1].rank if self.opened else PART
        if is_lead_in:
            # below the items of one that has no label either, it stands beside that one
            is_beside = above % 1 and self.opened[-1].is_lead_in and self.opened[-1].has_items
            return above if is_beside else above + 0.5
        loose = [heading.rank for heading in self.opened if heading.rank % 1 and not heading.is_lead_in]
        is_sub = found is not None and found.sub is not None
        if loose:
            return loose[-1] if len(loose) > 1 or not is_sub or self.opened[-1].heading.sub else loose[0] + 0.2
        if signs.is_upper(words) and above <= ROMAN and found is None:
            return ROMAN
        return above + 0.3

    def _close(self, rank: float) -> None:
        while self.opened and self.opened[-1].rank >= rank:
            self.opened.pop()

    def _unit(self, paragraph: Paragraph) -> None:
        """Begin a unit."""
        label, words = paragraph.label, paragraph.words
        if label.rank == NONE:
            while self.opened and self.opened[-1].is_lead_in and self.opened[-1].has_items:
                self.opened.pop()
        else:
            self._close(label.rank)
        for above in self.opened:
            above.has_items = True
        dim, sub = self._declared()
        run_on = _RUN_ON.match(words)
        if run_on:
            found = named(run_on[1], dim) if dim else named(run_on[1])
            if found and dim is None:
                dim = found.dim
            elif found and sub is None:
                sub = found.sub
        self.units.append(
            OpenUnit(
                label.rank,
                "narrative",
                self._section(label.name or self._count()),
                [words],
                _numbers(paragraph.block),
                self._path(),
                self._lead_in(),
                dim,
                sub,
                self._over(),
            )
        )
        self._give(paragraph.block, "unit")
        if words.endswith(":") and paragraph.below.rank != NONE:
            # the sentence over a list is here a duty of its own, and stands over the list as well
            self._open(paragraph, True)

    # -- tables -----------------------------------------------------------------------------------------------------

    def _row(self, at: int, block: Block) -> None:
        if not any(cell.strip() for cell in block.cells):
            return self._give(block, "table_header")
        before = next((self.blocks[i] for i in range(at - 1, -1, -1) if not self.blocks[i].is_aside), None)
        # a row whose last cells are empty may stand without them
        is_next = before is not None and len(before.cells) - _EMPTY <= len(block.cells) <= len(before.cells)
        is_first = self.zone != "front" and not is_next
        row = self.table.read(block, self._next(at), self._rows_below(at), first=is_first)
        if row.kind == "header":
            return self._header_row(block)
        if row.kind == "figures":
            return self._give(block, "front" if self.zone == "front" else "back")
        if row.kind == "unknown":
            return self._unknown_row(block)
        if row.kind == "heading":
            return self._heading_row(row, block)
        if row.kind == "rest":
            return self._rest(block, row.cells)
        if self._is_cut_row(row):
            return self._go_on(block, row.items[0][1])
        return self._task_row(row, block)

    def _rows_below(self, at: int) -> list[Block]:
        """The next rows of this row's table."""
        below = takewhile(lambda block: block.cells or block.is_aside, islice(self.blocks, at + 1, at + 1 + _SAMPLE))
        return [block for block in below if block.cells]

    def _header_row(self, block: Block) -> None:
        """The table begins, or begins again after a page break."""
        if self.zone != "body":
            self.zone, self.is_annex, self.opened = "body", True, []
        self.row_units = []
        self.columns.extend(column for column in self.table.columns if column.line == block.first_line)
        self._give(block, "table_header")

    def _unknown_row(self, block: Block) -> None:
        """A row of no task table: a letterhead, a signature, which ends the body, or a table whose header is not
        recognised.
        """
        if self.zone == "body" and any(signs.zone(cell) == "back" for cell in block.cells):
            self.zone = "back"
        if len(block.cells) >= 3 and self.zone != "front":
            self._find("unknown_table", block, block.text)
        self._give(block, "front" if self.zone == "front" else "back")

    def _heading_row(self, row: TableRow, block: Block) -> None:
        """A heading within the table."""
        rank, found = _row_rank(row.number), row.named
        self._close(rank)
        dim, sub = (found.dim, found.sub) if found else (None, None)
        if dim is None and not self._declared()[0]:
            self.table.dim = dim = _numbered(row.title)
        if dim is None and rank == DECIMAL and row.number in map(str, dims()) and not self._declared()[0]:
            self._find("unknown_heading", block, row.title)
        self.opened.append(OpenHeading(rank, Heading(row.number, row.title, block.first_line, dim, sub, block.place)))
        self.row_units = []
        self._give(block, "heading")

    def _task_row(self, row: TableRow, block: Block) -> None:
        """A unit for each item of the row."""
        self._close(_row_rank(row.number) if "." in row.number else DECIMAL + 1)
        heading, (dim, sub) = self._row_heading(row, block)
        self.row_units, self.rests = [], []
        over = self._over({column.role for column in self.table.columns} | {cell.role for cell in row.cells})
        for order, (name, words) in enumerate(row.items, 1):
            place = name or (str(order) if len(row.items) > 1 else "")
            unit = OpenUnit(
                NONE,
                "table",
                self._row_section(row.number, place),
                [words],
                _numbers(block),
                self._path() + ((heading,) if heading else ()),
                "",
                dim,
                sub,
                row.cells + over,
                order,
                len(row.items),
            )
            self.units.append(unit)
            self.row_units.append(unit)
        self._give(block, "unit")

    def _find(self, code: str, block: Block, words: str) -> None:
        """Say what could not be placed, by its first words."""
        self.findings.append(Finding(code, block.first_line, words[: LIMITS.title]))

    def _is_cut_row(self, row: TableRow) -> bool:
        """Whether a page break cut this row off the one before it: it says nothing but the rest of a sentence."""
        if not self.units or self.units[-1].channel != "table" or len(row.items) != 1 or row.items[0][0]:
            return False
        says_more = any(cell.basis == "row" for cell in row.cells)
        return (
            not says_more and row.items[0][1][:1].islower() and not self.units[-1].words[-1].endswith((".", ";", ":"))
        )

    def _row_heading(self, row: TableRow, block: Block) -> tuple[Heading | None, tuple[int | None, str | None]]:
        """What the number and the indicator beside a task declare.

        Where the table has a column of indicators, its words and its number name a sub-dimension. A number alone only
        counts rows and names none.
        """
        dim, sub = self._declared()
        if not row.title:
            return None, (dim, sub)
        outer = named(row.title)
        counted = row.number if row.number in subs() else None
        within = dim or (int(counted[0]) if counted else None)
        inner = named(row.title, within) if within else next(filter(None, (named(row.title, d) for d in dims())), None)
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

    def _rest(self, block: Block, cells: tuple[TableCell, ...]) -> None:
        """A row without a task goes on with the row above: a second row of who and when of its one task, or what
        belongs to the last of its items.
        """
        if not self.row_units:
            self._find("row_without_task", block, block.text)
            return self._give(block, "heading")
        self.row_units[-1].lines.extend(_numbers(block))
        self._give(block, "unit")
        if len(self.row_units) == 1:
            said = {(cell.role, cell.text) for cell in self.row_units[0].cells}
            self.row_units[0].cells += tuple(
                replace(cell, uncertain=False) for cell in cells if (cell.role, cell.text) not in said
            )
            return None
        self.rests.append(cells)
        first = max(len(self.row_units) - len(self.rests), 0)
        for unit in self.row_units:
            unit.cells = tuple(replace(cell, uncertain=True) for cell in unit.cells)
        for unit, rest in zip(self.row_units[first:], self.rests):
            roles = {cell.role for cell in rest}
            unit.cells = tuple(cell for cell in unit.cells if cell.role not in roles) + rest
        # the rows below share no cells with the items that were parted here
        for order, unit in enumerate(self.row_units[:first], 1):
            unit.item, unit.items = order, first
        for unit in self.row_units[first:]:
            unit.item, unit.items = 1, 1

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
            return str(len(self.units) + 1)
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
        """The next block that says something: no page's number, no row of empty cells."""
        below = (block for block in self.blocks[at + 1 :] if not block.is_aside)
        return next((b for b in below if any(map(str.strip, b.cells)) or b.text and not is_page_number(b.text)), None)

    def _give(self, block: Block, role: str) -> None:
        if role != "back":
            self.last_role = role
        for line in _numbers(block):
            self.roles[line] = role


def _numbered(words: str) -> int | None:
    """The one dimension that a heading gives by its number: "Nghe dân (nội dung 3)"; none where it gives two."""
    numbers = set(re.findall(r"\d", " ".join(_DIM_NUMBERS.findall(key(words)))))
    return int(numbers.pop()) if len(numbers) == 1 and len(words) <= LIMITS.name else None


def _unbracketed(words: str) -> str:
    """A line in brackets without them: "(Cơ quan chủ trì: …)"."""
    return (
        words[1:].rstrip(" .").removesuffix(")")
        if words.startswith("(") and words.rstrip(" .").endswith(")")
        else words
    )


def _numbers(block: Block) -> list[int]:
    return list(range(block.first_line, block.last_line + 1))


def _row_rank(number: str) -> float:
    """The rank of a heading row, below any heading outside the table: "1.1" stands over "1.1.1", and over tasks that
    are only counted ("7").
    """
    return DECIMAL + number.count(".") / 10
