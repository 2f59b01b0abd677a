"""Any table of data/reference, its columns checked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from etl.model import BadReference
from etl.text import key, nfc, spaced

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


def rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a CSV whose header must be `columns`; every row also carries `_row`, its line in the file.

    Raises BadReference with file, row and column where the table is not what it should be.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadReference(
            f"{file.name}: không phải UTF-8 ({error.reason}, byte {error.start}); lưu lại bằng UTF-8"
        ) from None
    except OSError as error:
        raise BadReference(f"{file.name}: không mở được ({error.strerror})") from None
    reader = csv.reader(lines, strict=True)
    found: list[dict[str, str]] = []
    try:
        header = tuple(spaced(name) for name in next(reader, []))
        if header != columns:
            wrong = next((i for i, name in enumerate(columns) if i >= len(header) or header[i] != name), len(columns))
            raise BadReference(
                f"{file.name}, dòng 1, cột {wrong + 1}: cần các cột {', '.join(columns)}; có {', '.join(header)}"
            )
        for values in reader:
            if not any(spaced(value) for value in values):
                continue
            if len(values) != len(columns):
                cut = min(len(values), len(columns))
                column = columns[cut] if cut < len(columns) else f"{len(columns) + 1} (thừa)"
                raise BadReference(
                    f"{file.name}, dòng {reader.line_num}, cột {column}: có {len(values)} giá trị, cần {len(columns)}"
                )
            row = dict(zip(columns, (spaced(nfc(value)) for value in values)))
            row["_row"] = str(reader.line_num)
            found.append(row)
    except csv.Error as error:
        raise BadReference(f"{file.name}, dòng {reader.line_num}: {error}") from None
    return found


@cache
def table(name: str, *columns: str) -> tuple[dict[str, str], ...]:
    """One table of `data/reference` by its name without ".csv", read once a process."""
    return tuple(rows(DATA / "reference" / f"{name}.csv", columns))


def number(row: Mapping[str, str], column: str, file: str, least: int, most: int) -> int:
    """A whole number of a row, or BadReference that names file, row and column."""
    value = row[column]
    if not value.isdecimal() or not least <= int(value) <= most:
        raise BadReference(f"{file}, dòng {row['_row']}, cột {column}: {value!r} không phải số từ {least} đến {most}")
    return int(value)


def subdimensions() -> tuple[dict[str, str], ...]:
    """The 29 sub-dimensions over the years: their numbers and names, and from which year to which PAPI measured each
    (`measured_to` empty: it still does).
    """
    return table(
        "subdimensions", "sub", "dim", "name_vi", "name_en", "short_vi", "short_en", "measured_from", "measured_to"
    )


@cache
def subs() -> frozenset[str]:
    """The numbers of the sub-dimensions: "1.1", "1.2" …"""
    return frozenset(row["sub"] for row in subdimensions())


def matters() -> tuple[dict[str, str], ...]:
    """What tasks of two plans may both do: the name of each matter, the sub-dimension it belongs to, whether it is broad
    ("yes": a whole dimension's, shared by tasks that do quite different things), its words, and what takes them back.
    """
    return table("matters", "matter", "matter_en", "sub", "is_broad", "words", "unless")


@cache
def dims() -> tuple[int, ...]:
    """The numbers of the dimensions that sub-dimensions belong to, 1 to 8."""
    return tuple(sorted({int(row["dim"]) for row in subdimensions()}))


@cache
def document_types() -> dict[str, str]:
    """What a document may call itself, by `key`, and its kind: the longest words first."""
    listed = table("document-types", "doc_type", "sign", "words")
    return {key(row["words"]): row["doc_type"] for row in sorted(listed, key=lambda row: -len(row["words"]))}


@cache
def provinces_now() -> dict[str, str]:
    """Every province that there was, and what it has been since 1 July 2025."""
    listed = table("provinces-2025", "province", "province_since_2025_07_01")
    return {row["province"]: row["province_since_2025_07_01"] for row in listed}
