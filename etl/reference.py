"""The knowledge that officials edit: every CSV of `data/reference`, read once and checked on the way in.

A table that is malformed stops the program with a sentence that names file, row and column (`BadReference`).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.model import BadReference
from etl.text import capital, key, nfc, spaced

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
_QUOTED = re.compile(r"[“\"‘«]\s*([^“”\"’«»]{4,160}?)\s*[”\"’»]")


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


def number(row: dict[str, str], column: str, file: str, least: int, most: int) -> int:
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


@dataclass(frozen=True)
class Named:
    """A dimension or sub-dimension that a heading names, and how alike the two wordings are (0 to 100)."""

    dim: int
    sub: str | None
    wording: str
    likeness: float


@cache
def _wordings() -> tuple[tuple[str, Named], ...]:
    """Every wording of names.csv, both whole and without the words that only introduce a heading."""
    found: dict[tuple[str, str | None], Named] = {}
    for row in table("names", "dim", "sub", "wording", "from_year", "to_year"):
        named = Named(number(row, "dim", "names.csv", 1, 8), row["sub"] or None, row["wording"], 100.0)
        for words in (key(row["wording"]), bare(row["wording"])):
            found.setdefault((words, named.sub), named)
    for row in table("dimensions", "dim", "name_vi", "name_en", "short_vi", "short_en"):
        if row["dim"] != "0":
            found.setdefault((key(row["short_vi"]), None), Named(int(row["dim"]), None, row["short_vi"], 100.0))
    for row in subdimensions():
        found.setdefault((key(row["short_vi"]), row["sub"]), Named(int(row["dim"]), row["sub"], row["short_vi"], 100.0))
    return tuple((words, named) for (words, _), named in found.items())


@cache
def _openers() -> tuple[str, ...]:
    """Words that introduce a heading and name nothing, the longest first ("đối với nội dung", "nâng cao hơn nữa")."""
    return tuple(sorted((key(row["words"]) for row in table("openers", "words")), key=len, reverse=True))


def bare(heading: str) -> str:
    """The key of a heading without what only introduces it: "5. Đôi với nội dung 5: “Thủ tục …”" → "thủ tục …"."""
    words = key(heading)
    while True:
        opener = next((o for o in _openers() if words.startswith(o + " ")), None)
        if opener:
            words = words[len(opener) + 1 :]
        elif words[:2].strip().isdecimal() and " " in words:
            words = words.split(" ", 1)[1]
        else:
            return words


@lru_cache(maxsize=4096)
def named(heading: str, dim: int | None = None, least: float = 84) -> Named | None:
    """The dimension (or, within `dim`, the sub-dimension) that a heading names; None where none is alike enough.

    Missing letters, doubled letters and words around the name do not matter: both wordings are compared whole by
    rapidfuzz `ratio`. 84 lets through "Công khai, minh bạch trong hoạch định …" and "Đôi với nội dung …", and keeps
    apart the two nearest different names ("Cung ứng dịch vụ công" and "… tham nhũng trong cung ứng dịch vụ công").
    """
    quoted = _QUOTED.search(heading)
    candidates = {bare(heading), key(heading)}
    # a name in quotes is the heading's only where nothing but an opener stands before it, and nothing after
    if quoted and bare(heading[: quoted.start()] + " x") in ("x", "") and not key(heading[quoted.end() :]):
        candidates.add(bare(quoted[1]))
    choices = {
        i: words
        for i, (words, n) in enumerate(_wordings())
        if (n.sub is None) == (dim is None) and dim in (None, n.dim)
    }
    best: tuple[float, int] | None = None
    for words in candidates:
        if len(words) < 6:
            continue
        hit = process.extractOne(words, choices, scorer=fuzz.ratio, score_cutoff=least)
        if hit and (best is None or hit[1] > best[0]):
            best = (hit[1], hit[2])
    if best is None:
        return None
    return replace(_wordings()[best[1]][1], likeness=best[0])


@cache
def _statement() -> re.Pattern:
    """A role's name before a colon, as columns.csv spells it: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"."""
    spelt = {
        row["header"]: row["role"]
        for row in table("columns", "role", "header")
        if row["role"] in ("lead", "coop", "monitor", "timing")
    }
    words = "|".join(re.escape(header) for header in sorted(spelt, key=len, reverse=True) if " " in header)
    return re.compile(rf"(?:^|(?<=[\s(.;,+–-]))(?P<header>{words})\s*:\s*", re.IGNORECASE)


@cache
def _header_roles() -> dict[str, str]:
    return {key(row["header"]): row["role"] for row in table("columns", "role", "header")}


@lru_cache(maxsize=4096)
def column_role(header: str) -> str:
    """The role of a column by its header, misprints included: "Có quan phối hợp" → coop; `unknown` where columns.csv
    knows none.
    """
    words = key(header)
    if not words:
        return "unknown"
    if words in _header_roles():
        return _header_roles()[words]
    hit = (
        process.extractOne(words, list(_header_roles()), scorer=fuzz.ratio, score_cutoff=86) if len(words) > 5 else None
    )
    return _header_roles()[hit[0]] if hit else "unknown"


def statements(text: str) -> list[tuple[str, str, int]]:
    """What a text itself says in the manner of a table's columns: (role, words, where it begins).

    "… đúng quy định. Cơ quan chủ trì: Sở Tư pháp; thời gian thực hiện: Quý II." → lead "Sở Tư pháp", timing "Quý II".
    """
    hits = list(_statement().finditer(text))
    found = []
    for hit, following in zip(hits, [*hits[1:], None]):
        words = text[hit.end() : following.start() if following else len(text)]
        words = re.split(r"\.\s+(?=[A-ZĐÀ-Ỹ])|\)\s*[.;]?\s*$", words)[0]
        found.append((_header_roles()[key(hit["header"])], words.strip(" .;,)-–+"), hit.start()))
    return found


KEPT = "="
"""In agencies.csv: an agency that the codebook does not name. It is known by its words and kept as written."""
PERSON = "Cá nhân được nêu tên"
"""Stands for an official who is named in person: the name itself goes into no list."""


@cache
def agency_names() -> dict[str, bool]:
    """Every agency of agencies.csv by its codebook name, levels filled in, and whether it names nobody in
    particular.
    """
    levels = {row["level"] for row in table("levels", "level", "written")} - {"cùng cấp"}
    names: dict[str, bool] = {PERSON: False}
    for row in table("agencies", "agency", "written", "level", "is_group"):
        for level in levels if "{level}" in row["agency"] else {""}:
            name = (capital(row["written"]) if row["agency"] == KEPT else row["agency"]).replace("{level}", level)
            names[name] = names.get(name, False) or row["is_group"] == "yes"
    return names
