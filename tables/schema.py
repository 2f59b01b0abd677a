"""schema: data/reference/schema.csv → what each column of each table may hold, and whether the rows of a file fit it.

A row of schema.csv is a column: its table's file, its name, and

    kind          text, whole, decimal, date (2025-03-01), period (2025, 2025-03 or a date), template ("{n} việc"), or a pattern between strokes
    values        where only these may stand, parted by "|"
    least, most   of a number
    empty         yes: a cell may be empty; absent: so may the whole column
    parted        the sign that parts several values in a cell
    key           columns of one number are together no two rows' own
    refers        table:column, or table:column+column, in which the value stands, with this row's other columns
    once          values that stand in one row each, no more and no less
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from tables.cells import DATA, BadReference, Row, Table, cells, content_of, is_loose

SCHEMA = DATA / "reference" / "schema.csv"


def _pattern(kind: str) -> str:
    """A kind whose pattern, if it is one, can be read."""
    try:
        re.compile(kind)
    except re.error:
        raise ValueError("string") from None
    return kind


class Column(BaseModel):
    """A row of schema.csv."""

    model_config = ConfigDict(frozen=True)

    file: Annotated[str, Field(pattern=r"^[\w-]+\.(csv|tsv)$")]
    column: Annotated[str, Field(pattern=r"^\w+$")]
    kind: Annotated[str, Field(pattern=r"^(text|whole|decimal|date|period|template|/.+/)$"), AfterValidator(_pattern)]
    values: str
    least: Annotated[str, Field(pattern=r"^\d*$")]
    most: Annotated[str, Field(pattern=r"^\d*$")]
    empty: Literal["", "yes", "absent"]
    parted: Literal["", "|", ","]
    key: Annotated[str, Field(pattern=r"^\d?$")]
    refers: Annotated[str, Field(pattern=r"^([\w-]+\.csv:\w+(\+\w+)?)?$")]
    once: str


@cache
def _schema(file: Path) -> dict[str, tuple[Column, ...]]:
    found: dict[str, tuple[Column, ...]] = {}
    table = Table(file, tuple(Column.model_fields))
    written = tuple(cells(table, content_of(table)))
    for row in written:
        try:
            column = Column.model_validate(row)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise _told(table, row["_row"], str(first["loc"][0]), first) from None
        if any(column.column == one.column for one in found.get(column.file, ())):
            name = f"{column.file}:{column.column}"
            raise table.bad(f"{name} đã có ở một dòng trên", f"{name} stands in a row above", row["_row"], "column")
        found[column.file] = (*found.get(column.file, ()), column)
    for row in written:
        other, _, names = row["refers"].partition(":")
        if names and not {*names.split("+")} <= {one.column for one in found.get(other, ())}:
            vi, en = f"không có cột {names} trong {other}", f"{other} has no columns {names}"
            raise table.bad(vi, en, row["_row"], "refers")
    return found


def _columns(file: str) -> tuple[Column, ...]:
    return _schema(SCHEMA)[file]


def columns(file: str) -> tuple[str, ...]:
    """The names of a table's columns, in their order."""
    return tuple(one.column for one in _columns(file))


def changed(file: Path) -> int:
    """When a file was written last; 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def rows(file: Path) -> tuple[Row, ...]:
    """The rows of a table, checked, each cell as written; read anew where the file has changed."""
    return _rows(file, changed(file))


def table_of(file: Path) -> Table:
    """A file with the columns that its name asks for."""
    return Table(file, columns(file.name), [one.column for one in _columns(file.name) if one.empty == "absent"])


@lru_cache(maxsize=128)
def _rows(file: Path, at: int) -> tuple[Row, ...]:
    return checked(table_of(file))


def checked(table: Table, content: bytes | None = None) -> tuple[Row, ...]:
    """The rows of a table by its bytes; else by those of its file."""
    written = tuple(cells(table, content_of(table) if content is None else content))
    file = table.file
    if not written and file.name != "plans.csv":
        raise table.bad("không có dòng nào dưới tên các cột", "no row stands below the names of its columns", 2)
    found = {one.column: _spaced([row[one.column] for row in written]) for one in _known(table)}
    found["_row"] = [row["_row"] for row in written]
    wrong = [hit for one in _known(table) if (hit := _first_wrong(one, found[one.column]))]
    if wrong:
        at, column, error = min(wrong, key=lambda hit: hit[0])
        raise _told(table, found["_row"][at], column, error)
    for look in (_check_templates, _check_keys, _check_once, _check_references):
        look(table, found)
    return written


def check(folder: Path = DATA) -> None:
    """Read every table; raises BadReference at the first that is not what it should be. Labels and a listing of plans
    there need not be.
    """
    for name in _schema(SCHEMA):
        file = _place(name, folder)
        if file.parent.name == "reference" or file.exists():
            rows(file)


def _place(name: str, folder: Path = DATA) -> Path:
    """Where a table lies: what is knowledge in `reference`, labels in a folder of their kind, the plans above both."""
    if name.endswith(".tsv"):
        return next(folder.glob(f"gold*/{name}"), folder / name)
    return folder / name if name == "plans.csv" else folder / "reference" / name


# One row.


def _must(is_so: Callable[[str], object], kind: str) -> BeforeValidator:
    """Raises the error of a kind where a value is not written so."""

    def checked(value: str) -> str:
        if not is_so(value):
            raise ValueError(kind)
        return value

    return BeforeValidator(checked)


def _gaps(text: str) -> set[str] | None:
    """The names of a template's gaps; None where a brace is open or a gap has no name."""
    if "{" not in text and "}" not in text:
        return set()
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None
    return names if all(re.fullmatch(r"[a-z_]+", name) for name in names) else None


def _is_of_calendar(value: str) -> bool:
    """Whether a day, or the first of a month or a year, is one of the calendar."""
    try:
        return bool(date.fromisoformat(f"{value}-01-01"[:10]))
    except ValueError:
        return False


_TYPES: dict[str, Any] = {
    "text": Annotated[str, _must(bool, "blank")],
    "whole": Annotated[int, _must(re.compile(r"[0-9]{1,9}").fullmatch, "whole")],
    "decimal": Annotated[float, _must(re.compile(r"[0-9]{1,9}(\.[0-9]+)?").fullmatch, "decimal")],
    "date": Annotated[date, _must(re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch, "day")],
    "period": Annotated[
        str, _must(_is_of_calendar, "date"), _must(re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}").fullmatch, "period")
    ],
    "template": Annotated[str, _must(bool, "blank"), _must(lambda text: _gaps(text) is not None, "template")],
}


@cache
def _adapter(kind: str, values: str, least: str, most: str, empty: str, parted: str) -> TypeAdapter:
    """What the cells of a column are to pydantic; columns that may hold the same share it."""
    if values:
        cell: Any = Literal[tuple(values.split("|"))]
    elif kind.startswith("/"):
        cell = Annotated[str, Field(pattern=f"^({kind[1:-1]})$")]
    else:
        cell = _TYPES[kind]
    if least and most:
        cell = Annotated[cell, Field(ge=int(least), le=int(most))]
    if parted:
        cell = Annotated[list[cell], BeforeValidator(lambda value: [part.strip() for part in value.split(parted)])]
    if empty:
        cell = Annotated[cell | None, BeforeValidator(lambda value: value or None)]
    return TypeAdapter(list[cell])


def _spaced(values: Sequence[str]) -> list[str]:
    """Cells with one blank between their words; what many rows say is looked at once."""
    distinct = set(values)
    if not is_loose("\n".join(distinct)):
        return list(values)
    spaced = {value: " ".join(value.split()) for value in distinct}
    return [spaced[value] for value in values]


def _first_wrong(one: Column, values: list[str]) -> tuple[int, str, Mapping[str, Any]] | None:
    """The first cell of a column that may not hold what it does: its row, its column, and what pydantic says."""
    distinct = list(dict.fromkeys(values))
    try:
        _adapter(one.kind, one.values, one.least, one.most, one.empty, one.parted).validate_python(distinct)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return values.index(distinct[int(first["loc"][0])]), one.column, first
    return None


def _told(table: Table, row: str, column: str, error: Mapping[str, Any]) -> BadReference:
    """What pydantic found in a cell, in words."""
    given = error["input"]
    said = {**error.get("ctx", {}), "column": next((one for one in _known(table) if one.column == column), None)}
    met = str(said["error"]) if error["type"] == "value_error" else error["type"]
    vi, en = next(words(said) for kind, words in _SAID.items() if met.startswith(kind))
    shown = repr(str(given)[:60]) if given else ""
    return table.bad(f"{shown} {vi}".strip(), f"{shown} {en}".strip(), row, column)


def _known(table: Table) -> tuple[Column, ...]:
    """What a table's columns may hold; of those that it has."""
    known = () if table.file == SCHEMA else _columns(table.file.name)
    return tuple(one for one in known if one.column in table.columns)


def _range(said: dict[str, Any]) -> tuple[str, str]:
    one = said["column"]
    if not (one and one.least and one.most):
        return "không phải số", "is no number"
    return f"không phải số từ {one.least} đến {one.most}", f"is no number from {one.least} to {one.most}"


_SAID: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "blank": lambda said: ("để trống", "it is empty"),
    "whole": _range,
    "decimal": _range,
    "greater_than": _range,
    "less_than": _range,
    "day": lambda said: ("không phải ngày YYYY-MM-DD", "is no date YYYY-MM-DD"),
    "period": lambda said: ("không phải ngày, tháng hay năm YYYY-MM-DD", "is no day, month or year YYYY-MM-DD"),
    "date": lambda said: ("không phải ngày có thật", "is no day of the calendar"),
    "template": lambda said: (
        "có ngoặc nhọn mở mà không đóng, hoặc không có tên",
        "has a brace that is open or without a name",
    ),
    "literal": lambda said: (
        f"không thuộc {said['expected'].replace(' or ', ', ')}",
        f"is none of {said['expected'].replace(' or ', ', ')}",
    ),
    "string": lambda said: ("không viết đúng dạng", "is not written as it should be"),
}
"""The kinds of errors by the beginning of their names, and how they are told."""


# One table.

Found = Mapping[str, Sequence[str]]
"""The cells of a table by their columns, and under `_row` the lines in its file."""


def _check_templates(table: Table, found: Found) -> None:
    """The templates of a row say one thing in several languages, so they have the same gaps."""
    names = [one.column for one in _known(table) if one.kind == "template"]
    for row, *said in zip(found["_row"], *(found[name] for name in names)) if names else ():
        first, *others = ((name, _gaps(text) or set()) for name, text in zip(names, said))
        for name, gaps in others:
            if lacks := gaps ^ first[1]:
                given = ", ".join(f"{{{one}}}" for one in sorted(lacks))
                raise table.bad(
                    f"{given} không có ở cả {first[0]} và {name}",
                    f"{given} does not stand in both {first[0]} and {name}",
                    row,
                    name,
                )


def _check_keys(table: Table, found: Found) -> None:
    """No two rows have the same values in the columns of a key; where all of them are empty, a row has none."""
    for number in sorted({one.key for one in _known(table)} - {""}):
        names = [one.column for one in _known(table) if one.key == number]
        if len(set(zip(*(found[name] for name in names)))) == len(found["_row"]):
            continue
        seen: dict[tuple[str, ...], str] = {}
        for row, values in zip(found["_row"], zip(*(found[name] for name in names))):
            if any(values) and (before := seen.setdefault(values, row)) != row:
                said = ", ".join(filter(None, values))[:60]
                raise table.bad(
                    f"{said!r} đã có ở dòng {before}", f"{said!r} stands in row {before} already", row, names[0]
                )


def _check_once(table: Table, found: Found) -> None:
    """What must be there stands in one row each."""
    for one in _known(table):
        for value in filter(None, one.once.split("|")):
            if (times := found[one.column].count(value)) != 1:
                last = [row for row, said in zip(found["_row"], found[one.column]) if said == value][-1:]
                raise table.bad(
                    f"cần đúng một dòng {value!r}, có {times}",
                    f"one row {value!r} is needed, it has {times}",
                    next(iter(last), None),
                    one.column,
                )


def _check_references(table: Table, found: Found) -> None:
    """What a table takes from another stands there."""
    for one in _known(table):
        if not one.refers:
            continue
        other, _, said = one.refers.partition(":")
        theirs = said.split("+")
        mine = [one.column if name == theirs[-1] else name for name in theirs]
        held = {tuple(" ".join(row[name].split()) for name in theirs) for row in rows(_place(other))}
        if held.issuperset(said for said in set(zip(*(found[name] for name in mine))) if said[-1]):
            continue
        for row, values in zip(found["_row"], zip(*(found[name] for name in mine))):
            if values[-1] and values not in held:
                given = " ".join(
                    filter(None, [repr(values[-1]), *(f"({name} {value})" for name, value in zip(mine, values[:-1]))])
                )
                raise table.bad(
                    f"{given} không có trong {other}", f"{given} does not stand in {other}", row, one.column
                )
