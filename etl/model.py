"""The nouns that the steps hand on: blocks, units, agencies, matches, lines and findings.

Everything is frozen: a step returns new things and changes nobody else's. The words are the codebook's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from decided import KINDS as KINDS
from decided import Decision
from tables import BadReference as BadReference


class Failed(Exception):
    """A database that could not be written or published. Its text is one sentence: what, why, what to do."""

    def __init__(self, vi: str, en: str):
        super().__init__(vi)
        self.vi, self.en = vi, en


class Busy(Failed):
    """Another build is writing into the same folder."""


TIMINGS = ("ongoing", "monthly", "quarterly", "semiannual", "annual", "dated", "event", "regulation", "unspecified")
ROLES = ("lead", "coop", "monitor")
LINE_ROLES = ("unit", "heading", "table_header", "front", "back")


class Unread(Exception):
    """A document that cannot be read. Its text is one sentence: file, line, what is wrong, what to do."""

    def __init__(self, vi: str, en: str):
        super().__init__(vi)
        self.vi, self.en = vi, en


@dataclass(frozen=True)
class Plan:
    """What a page says of a document: from `data/plans.csv`, or read from the document's own first page.

    `level` is province, department, district or commune; `doc_type` one of document-types.csv; `issued` an ISO date,
    None where the document leaves it blank; years are whole numbers; `about` is the index it speaks of (indexes.csv), ""
    where it names none; `decided` is what people decided of its units.
    """

    plan_id: str
    file: Path
    title: str
    short_vi: str
    short_en: str
    narrow: str
    issuer: str
    level: str
    province: str
    number: str | None = None
    issued: str | None = None
    year: int | None = None
    period_from: int | None = None
    period_to: int | None = None
    doc_type: str = "plan"
    about: str = ""
    decided: tuple[Decision, ...] = ()


class OtherIndex(Unread):
    """A plan of another index than PAPI; `plan` is what is known of it."""

    def __init__(self, vi: str, en: str, plan: Plan):
        super().__init__(vi, en)
        self.plan = plan


@dataclass(frozen=True)
class Block:
    """A paragraph or a table row, as the reader met it: NFC, markup gone, nothing else changed.

    `cells` is empty for a paragraph. `level` is 1 or more where the source itself marks a heading (markdown `#`,
    a Word style), and `bold` where the whole paragraph is emphasised. Where a format has no lines, `first_line` only
    counts, and `place` says where to look: "page:3/table:1/row:5". `is_aside` is what the reader knows to be no part of
    the text: a running header, a menu, a hidden row. `note` is a finding's code and detail, parted by a space, a line
    each, where the reader had to assume something. `goes_on` is a line that a break in the middle of a sentence cut off
    the block before it. `confidence` is how sure the machine that read a picture is of the words, 0 to 100, None where
    no letter was guessed; `doubtful` are the words it is least sure of.
    """

    first_line: int
    last_line: int
    text: str
    cells: tuple[str, ...] = ()
    level: int = 0
    bold: bool = False
    place: str = ""
    is_aside: bool = False
    note: str = ""
    goes_on: bool = False
    confidence: float | None = None
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading over units: its label ("II", "3.1", "a"), its words, what they declare, and `place` where its format
    has no lines.
    """

    label: str
    text: str
    line: int
    dim: int | None = None
    sub: str | None = None
    place: str = ""


@dataclass(frozen=True)
class TableCell:
    """What a table says of a unit in one column. `basis` is `row`, or `merged` where the value stands rows above; `year`
    is the one that the column's head names: "Thời gian (Năm 2026)".
    """

    role: str
    text: str
    basis: str = "row"
    uncertain: bool = False
    year: int | None = None


@dataclass(frozen=True)
class UnitAgency:
    """An agency's part in a unit, under its codebook name and as the plan wrote it."""

    agency: str
    role: str
    basis: str
    as_written: str
    uncertain: bool = False


@dataclass(frozen=True)
class Evidence:
    """One thing that spoke for a dimension.

    `kind` is `phrase`, `name` (an official wording) or `unit` (a labelled unit or an example); `quote` its words;
    `source` where it stands ("phrases.csv, dòng 12"; "bac-kan-2021, dòng 109"; "examples.csv, dòng 40"); `weight` its
    share of the score, 0 to 1.
    """

    kind: str
    quote: str
    source: str
    dim: int
    sub: str | None
    weight: float


@dataclass(frozen=True)
class Touch:
    """A sub-dimension that a unit is about (`main`), names as something to do (`names`) or only mentions as field,
    place, example or channel (`passing`).

    `quote` are the words that say so, at `first` to before `last` in the unit's text (None where they stand elsewhere);
    `by` is `text`, or `heading` where the heading over the unit says it. `sure` is False where the words could be read
    either way.
    """

    sub: str
    how: str
    quote: str
    first: int | None = None
    last: int | None = None
    by: str = "text"
    sure: bool = True


@dataclass(frozen=True)
class Matter:
    """What a task does, more closely than a sub-dimension says (`matters.csv`): it is about it (`main`), names it or only
    mentions it, as of a `Touch`. `quote` are the words that say so, at `first` to before `last` in the task's text
    (None where a heading says it).
    """

    matter: str
    how: str
    quote: str
    first: int | None = None
    last: int | None = None


HOW = ("main", "names", "passing")
"""How a unit touches a sub-dimension, the strongest first."""


def in_order(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Main first, then named, then in passing."""
    return tuple(sorted(touches, key=lambda touch: (HOW.index(touch.how), touch.sub)))


def main_of(touches: Sequence[Touch]) -> str | None:
    """The sub-dimension that a unit is mainly about; None where it is about a whole dimension, or lists several of its
    parts.
    """
    return next((touch.sub for touch in touches if touch.how == "main"), None)


@dataclass(frozen=True)
class Match:
    """What a text is about. `dim` 0 is cross-cutting; None is no answer. `score` and `margin` lie in 0 to 1."""

    dim: int | None = None
    sub: str | None = None
    score: float = 0.0
    margin: float = 0.0
    review: bool = True
    runner_up_dim: int | None = None
    runner_up_sub: str | None = None
    evidence: tuple[Evidence, ...] = ()
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True)
class Unit:
    """The smallest piece of a plan that commits, describes, assigns or obliges (the codebook, section 1).

    `cut` fills the first part, `tag` the second, `match` the last. `lead_in` is the sentence that ends in a colon over
    a list; `item` of `items` is the unit's place among those that share one table row. `touches` are those of its words
    and of the headings over it. `layer` is `body` or `annex` in a plan that assigns in an annex, else None. A person has
    looked at what is `reviewed`; where that person `decided` otherwise than was read, `match` and `touches` say so.
    """

    ordinal: int
    channel: str
    section: str
    text: str
    first_line: int
    last_line: int
    declared_dim: int | None = None
    declared_sub: str | None = None
    headings: tuple[Heading, ...] = ()
    lead_in: str = ""
    cells: tuple[TableCell, ...] = ()
    item: int = 1
    items: int = 1
    place: str = ""

    kind: str = "action"
    kind_sure: bool = True
    agencies: tuple[UnitAgency, ...] = ()
    lead_basis: str | None = None
    timing: str = "unspecified"
    timing_raw: str | None = None
    timing_basis: str | None = None
    due_from: str | None = None
    due_to: str | None = None

    match: Match = field(default_factory=Match)
    touches: tuple[Touch, ...] = ()
    matters: tuple[Matter, ...] = ()
    layer: str | None = None
    reviewed: bool = False
    decided: bool = False

    @property
    def put_dim(self) -> int | None:
        """The dimension that it is put under: as a person decided, else as the plan declares."""
        return self.match.dim if self.decided else self.declared_dim

    @property
    def put_sub(self) -> str | None:
        """The sub-dimension that it is put under."""
        return self.match.sub if self.decided else self.declared_sub

    @property
    def dim(self) -> int | None:
        """The dimension that it counts for: the one it is put under, else the one of its words."""
        return self.match.dim if self.put_dim is None else self.put_dim

    @property
    def sub(self) -> str | None:
        """The sub-dimension that it counts for: where only a dimension is declared, the one of its words within that."""
        main = main_of(self.touches) if self.touches else self.match.sub
        return self.put_sub or (main if main and int(main[0]) == self.dim else None)

    def names(self, role: str) -> list[str]:
        """The agencies of one role, in the plan's order, each once."""
        return list(dict.fromkeys(a.agency for a in self.agencies if a.role == role))

    @property
    def agencies_uncertain(self) -> bool:
        """Whether the source's layout left it a guess who does what."""
        return any(a.uncertain for a in self.agencies) or any(c.uncertain for c in self.cells)


@dataclass(frozen=True)
class Link:
    """A task of a plan's body and a row of its annex, by their ordinals, that are both on `sub`; `likeness` of their
    words, 0 to 100.
    """

    body: int
    annex: int
    sub: str
    likeness: int


@dataclass(frozen=True)
class Line:
    """What became of one non-blank line of a document. `ordinals` are the units that stand in it, if any, `cells` those
    of a table's row; `confidence` and `doubtful` are its block's.
    """

    number: int
    role: str
    text: str
    ordinals: tuple[int, ...] = ()
    place: str = ""
    cells: tuple[str, ...] = ()
    confidence: float | None = None
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A table's column and the role it was read as, so that a page can say which column became what; a guess where its
    cells told it, and not its head.
    """

    position: int
    header: str
    role: str
    line: int
    is_guessed: bool = False


@dataclass(frozen=True)
class Finding:
    """A thing that a reviewer should look at."""

    code: str
    line: int
    detail: str
    ordinal: int | None = None


@dataclass(frozen=True)
class Letters:
    """The letters that a file holds, counted in a second, simpler way than it is read: of these were left aside by rule
    (deleted, hidden, code), and lost, in no block that was read.
    """

    held: int
    left: int
    lost: int


@dataclass(frozen=True)
class Lost:
    """Letters of a file that are in no block: how many, where ("page:3", "part:word › comments.xml"), how they begin."""

    letters: int
    place: str
    beginning: str


@dataclass(frozen=True)
class Measure:
    """How many of how many are right, with the 95 % interval of the share.

    `part` is `reading`, `held_out`, `shipped`, `cells` or `pairs` (of two plans); without a plan it is over all; `class_` is a dimension, for a
    measure by class.
    """

    part: str
    measure: str
    plan_id: str | None
    class_: int | None
    right: int
    of: int
    low: float
    high: float
    other_plan_id: str | None = None


@dataclass(frozen=True)
class Confused:
    """How many units labelled with one dimension, or kind, were taken for another. None: no answer, or not found; no
    label.
    """

    part: str
    labelled: str | None
    read_as: str | None
    units: int


@dataclass(frozen=True)
class Quality:
    """What was measured of a build against labelled units; empty where there are none."""

    measures: tuple[Measure, ...] = ()
    confusion: tuple[Confused, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One document after the whole way: all that `load` writes of it.

    `letters` are None where nobody can count them twice (pictures); `unread` says why it could not be read; `is_collected` is False for a plan that others cite and nobody has.
    """

    plan: Plan
    sha256: str
    units: tuple[Unit, ...] = ()
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    findings: tuple[Finding, ...] = ()
    links: tuple[Link, ...] = ()
    letters: Letters | None = None
    unread: Unread | None = None
    is_collected: bool = True
