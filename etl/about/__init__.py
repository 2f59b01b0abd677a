"""A document's own first page → what is known of the plan: title, number, date, office, level, province, period.

`data/plans.csv` comes first: it says what the text itself does not say. A document that is not in it is described by
its own words; what they leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from etl.about.office import office
from etl.model import BadReference, Block, Plan
from etl.reference import DATA, number, rows, table
from etl.text import fold, is_upper, key

COLUMNS = (
    "plan_id",
    "file",
    "title",
    "doc_type",
    "short_vi",
    "short_en",
    "narrow",
    "issuer",
    "level",
    "province",
    "number",
    "issued",
    "year",
    "period_from",
    "period_to",
)
LEVELS = ("province", "department", "district", "commune")
_ISSUED_WITH = r"kèm theo (?:{kinds})(?: này)? số"
_SIGN = r"(?P<number>\d{1,5}[a-z]?)\s*(?:/\s*(?P<year>20\d\d)\s*)?(?P<dash>[/-])\s*(?P<sign>[A-ZĐ][\wĐ&.]*(?:\s?[-–/]\s?[A-ZĐ][\wĐ&.]*)*)"
_DATE = re.compile(
    r"(?:^\W*[A-ZĐÀ-Ỹ][^.,;\n]{1,60},|[Kk]èm theo [^.;\n]{0,60}?)\s*ngày\s*(?P<day>\d{0,2})\s*(?:tháng|/)\s*(?P<month>\d{0,2})\s*(?:năm|/)\s*(?P<year>20\d\d)",
    re.MULTILINE,
)
_SPAN = re.compile(r"(20\d\d)\s*[-–]\s*(20\d\d)")
_UNTIL = re.compile(r"đến (?:hết )?năm (20\d\d)")
_YEAR = re.compile(r"năm (20\d\d)")
_BODY = re.compile(r"^(?:I|A|1|a|\(1\))\s*[.)]\s")
_SUBJECT = re.compile(r"^\W*V/v\b", re.IGNORECASE)
_NO_FIRST_LINE = re.compile(r"(?:căn cứ|kính gửi|số\s*:|cộng hòa|độc lập|điều \d|-|\()", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:căn cứ|thực hiện|theo|ngày|để|trên cơ sở|xét|kính gửi|số\s*:|cộng hòa|độc lập|điều \d|-|\(|qua |sau khi |nhằm )",
    re.IGNORECASE,
)
_LONGEST_TITLE_LINE, _MOST_TITLE_LINES, _MOST_FRONT = 200, 5, 60


def plans(folder: Path, listing: Path = DATA / "plans.csv") -> list[Plan]:
    """The plans of a folder in the listing's order, then documents that are in no listing, by name.

    Of another folder than data/plans only what lies there counts.

    Raises BadReference where the listing is malformed, with file, row and column.
    """
    listed = {}
    for row in rows(listing, COLUMNS) if listing.exists() else []:
        if row["level"] not in LEVELS:
            raise BadReference(
                f"{listing.name}, dòng {row['_row']}, cột level: {row['level']!r} không thuộc {', '.join(LEVELS)}"
            )
        if row["doc_type"] not in _types().values():
            raise BadReference(
                f"{listing.name}, dòng {row['_row']}, cột doc_type: {row['doc_type']!r} không thuộc {', '.join(sorted(set(_types().values())))}"
            )
        if row["issued"] and not re.fullmatch(r"\d{4}-\d\d-\d\d", row["issued"]):
            raise BadReference(
                f"{listing.name}, dòng {row['_row']}, cột issued: {row['issued']!r} không phải ngày YYYY-MM-DD"
            )
        if row["file"] and row["file"] in listed:
            raise BadReference(f"{listing.name}, dòng {row['_row']}, cột file: {row['file']!r} đã có ở một dòng trên")
        year, first, last = (
            number(row, name, listing.name, 2000, 2100) if row[name] else None
            for name in ("year", "period_from", "period_to")
        )
        # a plan that others cite and nobody has collected stands without a file
        listed[row["file"] or row["plan_id"]] = Plan(
            row["plan_id"],
            folder / row["file"] if row["file"] else Path(),
            row["title"],
            row["short_vi"],
            row["short_en"],
            row["narrow"],
            row["issuer"],
            row["level"],
            row["province"],
            row["number"] or None,
            row["issued"] or None,
            year,
            first,
            last,
            doc_type=row["doc_type"],
        )
    present = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    inside = [plan for name, plan in listed.items() if folder == DATA / "plans" or (folder / name).exists()]
    return inside + [unlisted(file) for file in present if file.name not in listed]


def unlisted(file: Path) -> Plan:
    """A plan of which nothing is known yet but its file's name."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(file.stem)).strip("-") or "ke-hoach"
    return Plan(name, file, "", "", "", "", "", "", "")


def describe(plan: Plan, blocks: Sequence[Block]) -> Plan:
    """Fill in from the first page what the listing does not say. A plan that is listed comes back as it is."""
    if plan.level:
        return plan
    front, doc_type, title = _head(blocks)
    page, whole = "\n".join(front), "\n".join(block.text for block in blocks)
    date = _DATE.search(page) or _DATE.search(whole)
    issued = (
        f"{date['year']}-{int(date['month']):02}-{int(date['day']):02}"
        if date and date["day"] and date["month"]
        else None
    )
    number, sign = _number(front, whole)
    by = office(front, title, whole, issued)
    if not by.level and sign.startswith("KH-S"):
        by = replace(by, level="department")
    name = by.name or plan.file.stem
    period = _period(title or page)
    year = int(date["year"]) if date else period[0]
    short = " ".join(filter(None, [name, str(year or "")]))
    return Plan(
        plan.plan_id,
        plan.file,
        title or plan.file.stem,
        short,
        short,
        short[:9],
        name,
        by.level or "province",
        by.province,
        number,
        issued,
        year,
        period[0],
        period[1],
        doc_type=doc_type or _type_of(sign),
    )


def _types() -> dict[str, str]:
    """What a heading may call a document, by `key`, and its type: the longest words first."""
    listed = table("document-types", "doc_type", "sign", "words")
    return {key(row["words"]): row["doc_type"] for row in sorted(listed, key=lambda row: -len(row["words"]))}


def _type_of(sign: str) -> str:
    """The type that a number's signs say: "CT-UBND" is a directive; "UBND-NC", with no sign of a type, a letter."""
    listed = table("document-types", "doc_type", "sign", "words")
    first = re.split(r"[-–/]", sign)[0].upper()
    return next((row["doc_type"] for row in listed if row["sign"].upper() == first), "letter" if first else "plan")


def _head(blocks: Sequence[Block]) -> tuple[list[str], str, str]:
    """The lines before the first section, the type its heading says ("" where none does), and the title."""
    # a letterhead may stand in a running head; a portal's menu is none of the plan's words
    front: list[Block] = []
    for block in [block for block in blocks if not block.is_aside or block.place == "header"][:_MOST_FRONT]:
        if front and _BODY.match(block.text):
            break
        front.append(block)
    lines = [block.text for block in front]
    doc_type, title = "", ""
    for at, line in enumerate(lines):
        found = next((kind for words, kind in _types().items() if _heads(words, front[at])), "")
        if not found:
            continue
        doc_type = doc_type or found
        own = [] if key(line) in _types() else [line]
        if title := " ".join([*own, *_title_below(front, at)]):
            break
    if not title:
        title = _subject(front) or _headline(front)
    return lines, doc_type or ("letter" if any(_SUBJECT.match(line) for line in lines) else ""), title


def _heads(words: str, block: Block) -> bool:
    """Whether a line is a document's heading: its type alone, or its type in capitals, bold or marked as a heading
    with more behind it: "KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI".
    """
    said = key(block.text)
    if said == words:
        return block.text[:1].isupper()
    return (
        said.startswith(words + " ")
        and (
            block.bold
            or block.level > 0
            or is_upper(block.text[: len(words)])
            or not block.text.rstrip().endswith((".", ";", ":", ","))
        )
        and len(block.text) <= _LONGEST_TITLE_LINE
        and not re.match(r"\W*\w+ \w+ số\b", block.text)
        and block.text[:1].isupper()
    )


def _title_below(front: Sequence[Block], at: int) -> list[str]:
    """The lines that go on with a title, up to the first sentence."""
    lines: list[str] = []
    for block in front[at + 1 : at + 1 + _MOST_TITLE_LINES]:
        if (
            len(block.text) > _LONGEST_TITLE_LINE
            or block.text.endswith((".", ";", ":"))
            or (_NO_TITLE if lines and not block.text[:1].islower() else _NO_FIRST_LINE).match(block.text)
            or _SUBJECT.match(block.text)
        ):
            break
        if key(block.text) in _types():
            break
        lines.append(block.text)
    return lines


def _subject(front: Sequence[Block]) -> str:
    """The subject of a letter: the line "V/v …" and those it runs over."""
    at = next((at for at, block in enumerate(front) if _SUBJECT.match(block.text)), None)
    return (
        ""
        if at is None
        else " ".join([front[at].text, *(line for line in _title_below(front, at) if not is_upper(line))])
    )


def _headline(front: Sequence[Block]) -> str:
    """The first line of a text that has no letterhead, as a portal shows it."""
    first = front[0].text if front else ""
    is_head = (
        20 <= len(first) <= _LONGEST_TITLE_LINE
        and not first.endswith((".", ";", ",", ":"))
        and not _NO_TITLE.match(first)
    )
    return first if is_head and not is_upper(first) else ""


def _number(front: Sequence[str], whole: str) -> tuple[str | None, str]:
    """A document's own number and its signs: that of the letterhead, or under which its annex says it was issued, or
    that a notice says was given. A number that is left blank still has signs.
    """
    kinds = "|".join(
        sorted({row["words"] for row in table("document-types", "doc_type", "sign", "words")}, key=len, reverse=True)
    )
    page = "\n".join(front)
    if blank := re.search(
        r"^\W*Số\s*:?\s*[./…_\s]*/\s*(?P<sign>[A-ZĐ][\wĐ&.]*(?:[-–][A-ZĐ][\wĐ&.]*)*)", page, re.MULTILINE
    ):
        return None, blank["sign"]
    for pattern, text in (
        (rf"^\W*(?:[A-ZĐÀ-Ỹ ]+\s)?Số\s*:?\s*{_SIGN}", page),
        (rf"{_ISSUED_WITH.format(kinds=kinds)}\s*:?\s*{_SIGN}", whole),
        (rf"(?:đã|vừa) ban hành (?i:{kinds})(?: \w+)? số\s*:?\s*{_SIGN}", page),
    ):
        if found := re.search(pattern, text, re.MULTILINE | (re.IGNORECASE if text is whole else 0)):
            sign = re.sub(r"\s", "", found["sign"]).replace("–", "-").rstrip(".")
            year = f"{found['year']}/" if found["year"] else ""
            return f"{found['number']}/{year}{sign}" if found["dash"] == "/" else f"{found['number']}-{sign}", sign
    return None, ""


def _period(title: str) -> tuple[int | None, int | None]:
    """The years a title says: "giai đoạn 2021-2025", "năm 2022 và … đến năm 2030", "năm 2021"."""
    span = _SPAN.search(title)
    if span:
        return int(span[1]), int(span[2])
    years = [int(year) for year in _YEAR.findall(title)]
    if not years:
        return None, None
    until = _UNTIL.search(title)
    if until and len(years) == 1:
        return None, int(until[1])
    return min(years), max(years)
