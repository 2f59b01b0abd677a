"""Cells of a workbook → the scores in it, and all that is wrong with them.

The provinces stand in rows; above the first of them stand the headers, in as many rows as they like: of each column the
lowest that says a topic counts. Nothing is taken where a part does not add up to its whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from etl.reference import subdimensions
from etl.scores.sheet import Book, Sheet
from etl.scores.topics import TOTAL, contradicts, merged, province, role, topics

_YEAR = re.compile(r"(?<!\d)20[0-9]{2}(?!\d)")
_NUMBER = re.compile(r"[0-9]{1,3}([.,][0-9]+)?")
_FIRST_YEAR = 2018
"""The first year whose report numbers sub-dimensions as today."""
_REFORM = 2025
"""The year in which 63 provinces became 34."""
_LEAST_PROVINCES = 5
"""So few rows of provinces are no table of scores."""
_HIGHEST = 10.0

Key = tuple[str, int, str]
"""A province, a year, and a topic: "0" the total, "3" or "3.2"."""


@dataclass
class Found:
    """The scores of a workbook by province, year and topic, with how many digits behind the comma at most; what is wrong
    with them, and what is to be known; which totals were added up here; and whether its provinces are those of today.
    """

    scores: dict[Key, float] = field(default_factory=dict)
    digits: int = 2
    wrong: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    added: set[Key] = field(default_factory=set)
    is_of_today: bool = False

    @property
    def slack(self) -> float:
        """How far a number may lie from the one that was rounded to it."""
        return 0.5 * 10**-self.digits + 1e-9

    def slack_of(self, key: Key) -> float:
        """The same of a score, which may be a sum of eight."""
        return self.slack * (8 if key in self.added else 1)


def scores(book: Book, year: int | None) -> Found:
    """What a workbook says, of one year where no column says which."""
    found = Found()
    tables = [one for sheet in book.sheets if (one := _Table(sheet)).provinces >= _LEAST_PROVINCES]
    if not tables:
        found.wrong.append("không thấy bảng nào có tên tỉnh ở từng hàng và điểm ở từng cột")
    for one in tables:
        _read(one, year or _year_of(book, one), found)
    if found.scores and not found.wrong:
        found.is_of_today = _are_of_today(found)
        _check_scale(found)
        _check_sums(found)
    elif not found.wrong:
        found.wrong.append("không thấy cột nào là nội dung hoặc chỉ số của PAPI")
    return found


class _Table:
    """A sheet with provinces in rows: in which column their names stand, and from which row on."""

    def __init__(self, sheet: Sheet):
        self.name, self.rows = sheet.name, sheet.rows
        width = max((len(row) for row in sheet.rows), default=0)
        counts = [sum(bool(province(row[at])) for row in sheet.rows if at < len(row)) for at in range(width)]
        self.provinces = max(counts, default=0)
        self.column = counts.index(self.provinces) if counts else 0
        self.first = next((at for at, row in enumerate(self.rows) if self.names(row)), len(self.rows))

    def names(self, row: list[str]) -> str:
        return province(row[self.column]) if self.column < len(row) else ""

    def headers(self, column: int) -> list[str]:
        """The words over a column, the lowest first."""
        above = [row[column].strip() for row in self.rows[: self.first] if column < len(row)]
        return [words for words in reversed(above) if words]

    def at(self, row: int, column: int) -> str:
        """ "Sheet1, dòng 5, cột 3"."""
        return f"{self.name}, dòng {row + 1}, cột {column + 1}"


def _year_of(book: Book, one: _Table) -> int | None:
    """The one year that stands over the table, in the sheet's name or in the file's; None where there are several."""
    above = " ".join(cell for row in one.rows[: one.first] for cell in row)
    for words in (above, one.name, book.name):
        if years := set(_YEAR.findall(words)):
            return int(years.pop()) if len(years) == 1 else None
    return None


def _topic(one: _Table, column: int, found: Found) -> str:
    """What a column is about; "" where its headers say nothing. A total under the header of a dimension is that
    dimension's.
    """
    headers = one.headers(column)
    if wrong := next((words for words in headers if contradicts(words)), None):
        found.wrong.append(f"{one.name}, cột {column + 1}: số và tên của {wrong!r} không cùng một nội dung hay chỉ số")
        return ""
    said = [may for words in headers if (may := topics(words))]
    if not said:
        return ""
    above = next((may for may in said[1:] if len(may) == 1 and may != {TOTAL}), frozenset())
    lowest = said[0]
    if lowest == {TOTAL}:
        return next(iter(above), TOTAL)
    if len(lowest) > 1 and above:
        (dim,) = above
        lowest = frozenset(topic for topic in lowest if topic.startswith(dim)) or lowest
    if len(lowest) > 1:
        found.wrong.append(f"{one.name}, cột {column + 1}: {headers[0]!r} có thể là {' hoặc '.join(sorted(lowest))}")
        return ""
    return next(iter(lowest))


def _read(one: _Table, year: int | None, found: Found) -> None:
    """Put the scores of a table to those found."""
    width = max(map(len, one.rows))
    columns = [at for at in range(width) if at != one.column]
    year_column = next((at for at in columns if any(role(words) == "year" for words in one.headers(at))), None)
    about = {at: topic for at in columns if at != year_column and (topic := _topic(one, at, found))}
    unused = [at for at in columns if at != year_column and at not in about and _has_numbers(one, at)]
    if unused and about:
        names = ", ".join((one.headers(at) or [f"cột {at + 1}"])[0] for at in unused)
        found.noted.append(f"{one.name}: không dùng cột {names}")
    for number, row in enumerate(one.rows[one.first :], one.first):
        if not (place := one.names(row)):
            said = row[one.column].strip() if one.column < len(row) else ""
            if said and role(said) != "summary" and any(_NUMBER.fullmatch(row[at]) for at in about if at < len(row)):
                found.wrong.append(f"{one.at(number, one.column)}: không rõ {said!r} là tỉnh nào")
            continue
        of_row = _whole(row[year_column]) if year_column is not None and year_column < len(row) else year
        if of_row is None or of_row < _FIRST_YEAR:
            found.wrong.append(
                f"{one.name}: không rõ năm nào; hãy thêm --year"
                if of_row is None
                else f"{one.name}: năm {of_row}; trước {_FIRST_YEAR} báo cáo đánh số chỉ số khác nay nên không nhập được"
            )
            return
        for at, topic in about.items():
            if at < len(row) and row[at].strip():
                _put(one, number, at, (place, of_row, topic), found)


def _has_numbers(one: _Table, column: int) -> bool:
    cells = [row[column] for row in one.rows[one.first :] if column < len(row)]
    return any("." in cell or "," in cell for cell in cells if _NUMBER.fullmatch(cell))


def _whole(words: str) -> int | None:
    return int(words) if words.strip().isdecimal() else None


def _put(one: _Table, row: int, column: int, key: Key, found: Found) -> None:
    words = one.rows[row][column].strip()
    if not _NUMBER.fullmatch(words):
        if any(sign.isdigit() for sign in words):
            found.wrong.append(f"{one.at(row, column)}: {words!r} không phải điểm")
        return
    score = float(words.replace(",", "."))
    before = found.scores.setdefault(key, score)
    if abs(before - score) > 1e-6:
        found.wrong.append(f"{one.at(row, column)}: {said(key)} có hai điểm khác nhau, {before:g} và {score:g}")
    found.digits = min(
        6, max(found.digits, len(re.split("[.,]", words)[-1]) if words.count(".") + words.count(",") else 0)
    )


def said(key: Key) -> str:
    """ "Bắc Kạn 2025, 3.2"."""
    return f"{key[0]} {key[1]}, {'tổng điểm' if key[2] == TOTAL else key[2]}"


# Whether it adds up.


def _are_of_today(found: Found) -> bool:
    """Whether the provinces of a workbook are those since 1 July 2025: none that went into another."""
    gone = {then for now, parts in merged().items() for then in parts if then != now}
    return min(years(found)) >= _REFORM and not gone & {place for place, _, _ in found.scores}


def parts_of(dim: str, year: int) -> list[str]:
    """The sub-dimensions of a dimension that PAPI measured in a year."""
    return [
        row["sub"]
        for row in subdimensions()
        if row["dim"] == dim and int(row["measured_from"]) <= year <= int(row["measured_to"] or year)
    ]


def _check_scale(found: Found) -> None:
    """A dimension lies between 1 and 10, and each of its n sub-dimensions between 1/n and 10/n."""
    for key, score in found.scores.items():
        _, year, topic = key
        if topic == TOTAL:
            low, high = 8.0, 80.0
        elif "." in topic:
            parts = parts_of(topic[0], year)
            if topic not in parts:
                found.wrong.append(f"{said(key)}: PAPI không đo chỉ số này trong năm ấy (subdimensions.csv)")
                continue
            low, high = 1 / len(parts), _HIGHEST / len(parts)
        else:
            low, high = 1.0, _HIGHEST
        if not low - found.slack <= score <= high + found.slack:
            found.wrong.append(f"{said(key)}: {score:g} nằm ngoài thang điểm {low:.4g}–{high:.4g}")


def _check_sums(found: Found) -> None:
    """The sub-dimensions of a province add up to its dimension, and its dimensions to its total. A total that is not
    written is added up where all are there, and that is said.
    """
    for place, year in dict.fromkeys(key[:2] for key in found.scores):
        here = {topic: score for (one, when, topic), score in found.scores.items() if (one, when) == (place, year)}
        dims = {topic[0] for topic in here} - {TOTAL}
        for dim in sorted(dims):
            parts = parts_of(dim, year)
            if dim not in here:
                found.wrong.append(f"{said((place, year, dim))}: có điểm chỉ số mà không có điểm nội dung")
            elif (lacking := [sub for sub in parts if sub not in here]) and len(lacking) < len(parts):
                found.wrong.append(f"{said((place, year, dim))}: thiếu chỉ số {', '.join(lacking)}")
            elif not lacking:
                _check_sum(found, (place, year, dim), {sub: here[sub] for sub in parts})
        wholes = {str(dim): here[str(dim)] for dim in range(1, 9) if str(dim) in here}
        if len(wholes) == 8 and TOTAL in here:
            _check_sum(found, (place, year, TOTAL), wholes)
        elif len(wholes) == 8:
            found.scores[place, year, TOTAL] = sum(wholes.values())
            found.added.add((place, year, TOTAL))
    if found.added:
        found.noted.append(f"tổng điểm của {len(found.added)} tỉnh không có trong tệp, được cộng từ tám nội dung")


def _check_sum(found: Found, whole: Key, parts: Mapping[str, float]) -> None:
    total = sum(parts.values())
    if abs(total - found.scores[whole]) > found.slack * (len(parts) + 1):
        shown = " + ".join(f"{score:g}" for score in parts.values())
        found.wrong.append(f"{said(whole)}: {shown} = {total:g}, không phải {found.scores[whole]:g}")


def years(found: Found) -> Iterator[int]:
    """The years of which there are scores."""
    yield from sorted({year for _, year, _ in found.scores})
