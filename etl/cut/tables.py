"""Task tables: which column says what, and which row is a header, a heading, a task or the rest of one.

In: the rows of one document, one after the other. Out: for each row what it is, and for each item its cells. A cell
that spans several rows stands empty below its first row in a flattened table: such a value is read downwards
(`merged`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from etl.cut import guess, labels, signs
from etl.cut.signs import LIMITS
from etl.model import Block, Column, TableCell
from etl.reference import (
    Named,
    bare,
    begins_statement,
    column_role,
    holding,
    listed,
    named,
    names_columns,
    shares,
    statements,
    table,
)
from etl.text import key

WHO = ("lead", "coop", "monitor")
CARRIED = (*WHO, "timing")
_NUMBER = re.compile(r"(?:[IVX]{1,5}|[A-HĐa-hđ]|\d{1,2}(?:\.\d{1,2})*)[.)]?$")
_YEAR = re.compile(r"\b20\d\d\b")
_FIGURE = re.compile(r"\d[\d.,/%\s]*$")
_DITTO = re.compile(r"[\s.–-]*(?:[\"“”„″〃]|''|’’|//|,,)[\s.–\"“”'’/,-]*$")
"""The signs that repeat the cell above."""
_SIGN_TOLD = re.compile(r"(?i)\bdấu\s*[\"“”'‘’(]*\s*([/|;–+-])")
_SIGN = re.compile(r"\s*(/)\s*")
"""What parts two kinds of agencies in one cell: as the head of the column explains, or as it does itself."""
_PERIOD = re.compile(r"(?i)(?:tháng|quý|[tq]\.?)\s?(?:\d{1,2}|[ivx]{1,4})\b")
_COUNTED, _BARE = re.compile(r"(?i)tháng|quý"), re.compile(r"\d{1,2}|[IVX]{1,4}")
"""What the numbers over the columns of a matrix count, in the head over them, and such a number."""
_LONGEST_NUMBER = 10
"""Characters of a row's number; what is longer in its column is a name."""


@dataclass(frozen=True)
class TableRow:
    """What one row is: `header`, `heading`, `items`, `rest` (it goes on with the row above), `figures` (of a table that
    tells how a place has done, or what something costs) or `unknown`.
    """

    kind: str
    number: str = ""
    title: str = ""
    is_group: bool = False
    named: Named | None = None
    items: tuple[tuple[str, str], ...] = ()
    cells: tuple[TableCell, ...] = ()


@dataclass
class Table:
    """The table being read: its columns, which of them marks stand in, the values that are carried down, the heading row that
    leads those below it (its number and its words), and what the row above says.
    """

    columns: list[Column] = field(default_factory=list)
    marked: frozenset[int] = frozenset()
    carried: dict[str, str] = field(default_factory=dict)
    leader: tuple[str, str] = ("", "")
    above: dict[str, str] = field(default_factory=dict)
    indicator: str = ""
    number: str = ""
    dim: int | None = None

    def read(
        self, block: Block, following: Block | None = None, rows: Sequence[Block] = (), *, first: bool = False
    ) -> TableRow:
        """Say what a row is, the `first` of its table or another, above these rows. A header row sets the columns anew;
        without one every row is `unknown`.
        """
        first = first and not any(signs.holds_page(one.cells) for one in (block, *rows))
        header = columns(block, following, rows, first=first)
        if header:
            self.columns = header
            self.marked = frozenset(_marked([one.header for one in header], _cells_below(following, rows)))
            return TableRow("figures" if tells_figures(header) else "header")
        if first and len(self.columns) != len(block.cells) and (bare_ones := _unheaded(block, rows)):
            self.columns, self.marked = bare_ones, frozenset()
        if tells_figures(self.columns):
            return TableRow("figures")
        if not self._has("task"):
            return TableRow("unknown")
        if _counts_columns(block.cells):
            return TableRow("header")
        values = self._values(block.cells)
        number, indicator, task = values.get("number", ""), values.get("indicator", ""), values.get("task", "")
        label, name = labels.split(number)
        if len(values) == 1 and (len(number) > _LONGEST_NUMBER or label.rank != labels.NONE and name):
            # a cell over the whole width holds number and name together
            return self._heading(label.name, name)
        said = [role for role in CARRIED if values.get(role)]
        others = [words for role, words in values.items() if role != "number"]
        if len(others) == 1 and not task and (named(others[0]) or self.dim and named(others[0], self.dim)):
            # a heading that spans the row stands in whichever column comes first
            return self._heading(number, others[0])
        if not task and not indicator and said:
            rest = (role for role in said if not (is_ditto(values[role]) or says_none(values[role])))
            return TableRow(
                "rest", cells=tuple(TableCell(role, values[role], "row", True, self._year(role)) for role in rest)
            )
        title = task or indicator
        if title and said and not (task and indicator) and self._leads_group(number, title, said, following):
            return self._heading(number, title, {role: values[role] for role in said})
        if title and not said and not (task and indicator) and self._is_heading(number, title, following):
            return self._heading(number, title)
        if not task:
            return self._heading(number, title) if title else TableRow("rest")
        return self._items(number, indicator, task, values)

    def _values(self, cells: Sequence[str]) -> dict[str, str]:
        """The row's words by role. Two columns of one role are joined; cells beyond the header join the last column."""
        values: dict[str, str] = {}
        filled = [at for at, cell in enumerate(cells) if cell.strip()]
        if len(filled) > 1 and len({cells[at].strip() for at in filled}) == 1:
            # a cell over the whole width, written into each column
            cells = ["" if at != filled[0] else cell for at, cell in enumerate(cells)]
        for position, cell in enumerate(cells):
            column = self.columns[min(position, len(self.columns) - 1)]
            role = column.role
            if position in self.marked and cell.strip().lower() in _marks():
                # the column's head is what the mark gives the task
                marked = _marks()[cell.strip().lower()]
                if marked == "none":
                    continue
                role, cell = role if marked == "tick" else marked, _marking(column.header)
            for its, said in _shared(role, column.header, cell):
                values[its] = f"{values[its]}; {said}" if its in values else said
        self._part_who_and_when(values)
        return values

    def _part_who_and_when(self, values: dict[str, str]) -> None:
        """Part a cell that holds both, in a table with one column for the two: "Sở Tài chính; quý II"."""
        for role, other in (("lead", "timing"), ("timing", "lead")):
            if role in values and not self._has(other):
                if both := guess.who_and_when(values[role]):
                    values["lead"], values["timing"] = both

    def _has(self, role: str) -> bool:
        """Whether a column says this."""
        return any(column.role == role for column in self.columns)

    def _is_guessed(self, role: str) -> bool:
        """Whether a column says this by its cells, and not by its head."""
        return any(column.role == role and column.is_guessed for column in self.columns)

    def _year(self, role: str) -> int | None:
        """The one year that the heads of a role's columns name."""
        named_years = {year for column in self.columns if column.role == role for year in _YEAR.findall(column.header)}
        return int(named_years.pop()) if len(named_years) == 1 else None

    def _is_heading(self, number: str, title: str, following: Block | None) -> bool:
        """Whether a row that says only a title names what the rows below are about."""
        if named(title) or (self.dim and named(title, self.dim)):
            return True
        if not number and len(title) <= LIMITS.title and following is not None and bare(title) != key(title):
            # "Về dịch vụ công" only introduces the rows below
            return bool(set(CARRIED) & self._values(following.cells).keys()) and not title.endswith(".")
        if number and len(title) <= LIMITS.title and following is not None:
            below = self._values(following.cells).get("number", "")
            plain, counted = number.rstrip("."), below.rstrip(".")
            return below.startswith(plain + ".") or (plain.isalpha() and plain.isupper() and counted.isdecimal())
        return False

    def _leads_group(self, number: str, title: str, said: Sequence[str], following: Block | None) -> bool:
        """Whether a row that names a dimension also says who or when of all rows below it, which say nothing of that
        themselves: "1 | Công khai | Sở Tư pháp".
        """
        if named(title) is None or following is None or not number:
            return False
        below = self._values(following.cells)
        plain, counted = number.rstrip("."), below.get("number", "").rstrip(".")
        is_under = counted.startswith(plain + ".") or plain.isalpha() and plain.isupper() and counted.isdecimal()
        return is_under and not set(said) & below.keys()

    def _heading(self, number: str, title: str, carried: dict[str, str] | None = None) -> TableRow:
        """A heading row: a dimension's name, or a sub-dimension's within the dimension above; with what it says of all
        rows below.
        """
        found = named(title) or holding(title)
        inner = named(title, self.dim) if self.dim else None
        if inner and (found is None or inner.likeness > found.likeness or "." in number.strip(". ")):
            found = inner
        if found is None or found.sub is None:
            self.dim = found.dim if found else None
        if not self._has("lead"):
            self._lead(number, title)
        self.carried, self.indicator, self.number = carried or {}, "", number
        return TableRow("heading", number=number.rstrip("."), title=title, named=found)

    def _lead(self, number: str, title: str) -> None:
        """In a table without a column of leads, the office that a heading row names leads all rows below it, until the
        next that is numbered alike.
        """
        is_alike = number[:1].isalpha() == self.leader[0][:1].isalpha()
        # "Trường học" over tasks is where they are done
        is_place = key(title).startswith(listed("agency-words", "named"))
        if guess.is_who(title) and not is_place:
            self.leader = (number, title)
        elif is_alike:
            self.leader = ("", "")

    def _items(self, number: str, indicator: str, task: str, values: dict[str, str]) -> TableRow:
        """A task row: its items, and what each column says of them."""
        has_indicators = self._has("indicator")
        is_new_group = bool(number and number != self.number) or bool(indicator and indicator != self.indicator)
        if is_new_group:
            # an indicator that stands beside several tasks is written once
            self.indicator, self.number = indicator or self.indicator, number
        cells = []
        for role in CARRIED:
            if says_none(values.get(role, "")):
                self.carried.pop(role, None)
            elif is_ditto(values.get(role, "")):
                if role in self.above:
                    self.carried[role] = self.above[role]
                    cells.append(TableCell(role, self.above[role], "merged", year=self._year(role)))
            elif values.get(role):
                self.carried[role] = values[role]
                cells.append(TableCell(role, values[role], "row", self._is_guessed(role), self._year(role)))
            elif role in self.carried and not self.marked and self._has(role):
                # where every task has a number of its own, one may well have no partner, unless its lead spans rows as
                # well
                if role in ("lead", "timing") or has_indicators or not is_new_group or not values.get("lead"):
                    cells.append(
                        TableCell(role, self.carried[role], "merged", self._is_guessed(role), self._year(role))
                    )
            if role == "lead" and values.get("lead") and is_new_group and not has_indicators:
                self.carried = {name: words for name, words in self.carried.items() if name in ("lead", "timing")}
        if self.leader[1] and not self._has("lead"):
            cells.append(TableCell("lead", self.leader[1], "merged"))
        self.above = {cell.role: cell.text for cell in cells}
        return TableRow(
            "items",
            number=self.number.rstrip("."),
            title=self.indicator,
            is_group=has_indicators,
            items=tuple(labels.items(task)),
            cells=tuple(cells),
        )


def _shared(role: str, head: str, cell: str) -> list[tuple[str, str]]:
    """What a cell says, by role: that of its column, and behind the sign by which the head of leads parts them from
    others ("Chủ trì / phối hợp", "trước dấu “/” là cơ quan chủ trì") who joins in; or what its own words say: "Chủ trì:
    Sở Tài chính. Phối hợp: Sở Xây dựng".
    """
    if role in CARRIED and begins_statement(cell):
        return [(its, words) for its, words, _ in statements(cell)]
    if role in WHO and (both := shares(cell)):
        return both
    sign = _SIGN_TOLD.search(head) or (_SIGN.search(head) if _heads_both(head) else None)
    if role != "lead" or not sign or sign[1] not in cell:
        return [(role, cell.strip())] if cell.strip() else []
    before, behind = (words.strip() for words in cell.split(sign[1], 1))
    return [(its, words) for its, words in (("lead", before), ("coop", behind)) if words]


def _heads_both(head: str) -> bool:
    """Whether one head stands over leads and, behind a stroke, over those who join in."""
    parts = [column_role(part) for part in _SIGN.split(head)[::2]]
    return parts == ["lead", "coop"]


def is_ditto(cell: str) -> bool:
    """Whether a cell only says that the one above holds for it as well: "nt", "- Như trên -", a pair of strokes."""
    return key(cell) in _dittos() or bool(_DITTO.match(cell))


def says_none(cell: str) -> bool:
    """Whether a cell says in so many words that there is nobody: "Không", "0", "—"."""
    return _marks().get(cell.strip(" .").lower()) == "none"


@cache
def _dittos() -> frozenset[str]:
    return frozenset(key(row["words"]) for row in table("dittos"))


def with_lower_head(upper: Block, lower: Block) -> Block | None:
    """A header row and, below it, the row that only names the columns which share one of its heads: "Hạn" over "Quý I",
    "Quý II". Each of these has both names, its own alone where a table knows it; None where the two are no such rows.
    """
    heads, own = upper.cells, [at for at, cell in enumerate(lower.cells) if cell.strip()]
    shared = {at for at, head in enumerate(heads) if not head.strip()}
    begins = {at - 1 for at in shared} - shared
    if len(lower.cells) != len(heads) or not shared or {*own} != shared | begins or not names_columns(heads):
        return None
    names, over = list(heads), ""
    for at in own:
        over, name = heads[at] or over, lower.cells[at]
        names[at] = f"{over}: {name}" if column_role(name) == "unknown" else name
    return replace(upper, last_line=lower.last_line, cells=tuple(names))


def columns(
    block: Block, following: Block | None = None, rows: Sequence[Block] = (), *, first: bool = False
) -> list[Column]:
    """The columns of a header row, none where the row is no header.

    A header names at least two roles, and one of them a task, an indicator or an agency. A column that is not in
    columns.csv has the role that its cells in the rows below tell, as a guess, or `unknown`, and is said; in the first row of
    a table they may tell all. A header without its first cell is set right by the row below it. A column over a figure
    names nobody: "Thực hiện" over "95%" is what was reached.
    """
    if len(block.cells) < 2 or any(len(cell) > LIMITS.line for cell in block.cells):
        return []
    below = following.cells if following else ()
    heads = _with_number(block.cells, below)
    roles = [column_role(cell) for cell in heads]
    if len(below) == len(heads) and not _counts_columns(below):
        roles = ["unknown" if role in WHO and _FIGURE.match(cell) else role for role, cell in zip(roles, below)]
    for position, role in _marked(heads, _cells_below(following, rows)).items():
        roles[position] = role
    said = roles
    if first or len(_told(said)) > 1:
        wide = len(heads)
        # a row whose last cells are empty may stand without them
        roles = guess.roles(
            said, [(*row.cells, *[""] * (wide - len(row.cells))) for row in rows if len(row.cells) <= wide]
        )
        if len(_told(said)) < 2 and (not {*CARRIED, "cost"} & set(roles) or guess.is_data(roles, heads)):
            return []
    if len(_told(roles)) < 2:
        return []
    known = [role for role in roles if role in _told(roles)]
    if known.count("task") > 1 and "indicator" not in known:
        roles[roles.index("task")] = "indicator"
    elif "task" not in known:
        if "indicator" not in known:
            return []
        roles[len(roles) - 1 - roles[::-1].index("indicator")] = "task"
    if "number" not in roles and roles[0] == "unknown" and len(heads[0].strip()) <= 3:
        roles[0] = "number"
    return [
        Column(
            i,
            " ".join(cell.split()),
            role,
            block.first_line,
            was in ("unknown", "note") and role not in (was, "number"),
        )
        for i, (cell, role, was) in enumerate(zip(heads, roles, said))
    ]


def _unheaded(block: Block, rows: Sequence[Block]) -> list[Column]:
    """The columns of a table without a header, whose first row this is: by their cells alone, a task with who or when;
    none where these do not tell.
    """
    alike = [row.cells for row in (block, *rows) if len(row.cells) == len(block.cells)]
    roles = guess.roles(["unknown"] * len(block.cells), alike)
    if "task" not in roles or not set(CARRIED) & set(roles):
        return []
    if roles[0] == "unknown" and all(_NUMBER.match(cells[0].strip()) for cells in alike if cells[0].strip()):
        roles[0] = "number"
    return [Column(at, "", role, block.first_line, role not in ("unknown", "number")) for at, role in enumerate(roles)]


def _told(roles: Sequence[str]) -> set[str]:
    """What these columns tell beside numbers and notes."""
    return set(roles) - {"unknown", "number", "note"}


def _cells_below(following: Block | None, rows: Sequence[Block]) -> list[Sequence[str]]:
    """The cells of the rows below a header: of the one that follows, and of those behind it."""
    return [block.cells for block in (following, *rows) if block is not None]


def _marked(heads: Sequence[str], below: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns of a matrix, whose heads are offices, or months, and whose cells only mark them ("CT", "x"), with the
    role of a tick: two or more that no table knows, or that share a head, with marks or nothing where a row below first
    says something.
    """
    alike = [cells for cells in below if len(cells) == len(heads) and list(cells) != list(heads)]
    open_ones = (
        at for at, head in enumerate(heads) if head.strip() and (":" in head or column_role(head) == "unknown")
    )
    first = {at: next((cells[at].strip() for cells in alike if cells[at].strip()), "") for at in open_ones}
    ticked = {at: said for at, said in first.items() if not said or said.lower() in _marks()}
    is_matrix = len(ticked) > 1 and any(_marks()[said.lower()] != "none" for said in ticked.values() if said)
    return {at: _ticked(heads[at]) for at in ticked} if is_matrix else {}


def _ticked(head: str) -> str:
    """The role that a tick has below a head of a matrix: of a period when, else that of the head over it."""
    over = column_role(head.rpartition(":")[0])
    return "timing" if _PERIOD.match(_marking(head)) else over if over in CARRIED else "lead"


def _marking(head: str) -> str:
    """What a mark below a head gives a task: "Phối hợp: Sở Y tế" → "Sở Y tế"; "Thời gian (tháng): 3" → "tháng 3"."""
    over, _, own = head.rpartition(":")
    counted = _COUNTED.search(over) if _BARE.fullmatch(own.strip()) else None
    return f"{counted[0]} {own.strip()}" if counted else own.strip()


@cache
def _marks() -> dict[str, str]:
    """What each mark says, by the mark in small letters."""
    return {row["words"].lower(): row["role"] for row in table("marks")}


def _with_number(heads: Sequence[str], below: Sequence[str]) -> Sequence[str]:
    """The names of the columns, moved to the right where the cell over the numbers is missing: the row below begins
    with a number under "Nhiệm vụ", and has a cell more, or the last name is empty or said twice.
    """
    if not heads[0].strip() or column_role(heads[0]) not in ("task", "indicator"):
        return heads
    is_one_less = len(below) == len(heads) + 1
    is_padded = len(below) == len(heads) and (not heads[-1].strip() or column_role(heads[-1]) == column_role(heads[-2]))
    if not (is_one_less or is_padded):
        return heads
    is_counted = _NUMBER.match(below[0].strip()) and len(below[1].strip()) > _LONGEST_NUMBER
    return ("", *(heads if is_one_less else heads[:-1])) if is_counted else heads


def tells_figures(header: Sequence[Column]) -> bool:
    """Whether a table only tells scores and ranks, or what things cost: nobody has to do what its rows name."""
    roles = {column.role for column in header}
    return bool({"score", "cost"} & roles) and not roles & set(CARRIED)


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row only counts the columns: (1) (2) (3), A B 1 2."""
    said = [cell.strip(" ().") for cell in cells if cell.strip()]
    digits = [cell for cell in said if cell.isdecimal()]
    return (
        len(said) >= 3
        and all(len(cell) <= 2 for cell in said)
        and digits == sorted(digits, key=int)
        and len(digits) >= 2
    )
