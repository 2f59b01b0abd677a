"""A document's own first page → what is known of the plan: title, kind, number, date, office, level, province, period.

    head      what its first lines call it: kind, title, number
    office    who issues it

`data/plans.csv` comes first: it says what the text itself does not say. A document that is not in it is described by
its own words; what they leave open stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from etl.about import head
from etl.about.office import office
from etl.model import Block, Plan
from etl.reference import DATA, PAPI, amends, rows, table
from etl.text import fold, key

_DATE = re.compile(
    r"(?:^\W*[A-ZĐÀ-Ỹ][^.,;\n]{1,60},|[Kk]èm theo [^.;\n]{0,60}?)\s*ngày\s*(?P<day>\d{0,2})\s*(?:tháng|/)\s*(?P<month>\d{0,2})\s*(?:năm|/)\s*(?P<year>20\d\d)",
    re.MULTILINE,
)
_SPAN = re.compile(r"(20\d\d)\s*[-–]\s*(20\d\d)")
_UNTIL = re.compile(r"đến (?:hết )?năm (20\d\d)", re.IGNORECASE)
_OFTEN = 3
"""So often a text names what it is about."""
_YEAR = re.compile(r"năm (20\d\d)", re.IGNORECASE)


def plans(folder: Path, listing: Path = DATA / "plans.csv") -> list[Plan]:
    """The plans of a folder in the listing's order, then documents that are in no listing, by name.

    Of another folder than data/plans only what lies there counts.
    """
    listed = {}
    for row in rows(listing) if listing.exists() else []:
        year, first, last = (int(row[name]) if row[name] else None for name in ("year", "period_from", "period_to"))
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
            about=row.get("about", ""),
        )
    present = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    inside = [plan for name, plan in listed.items() if folder == DATA / "plans" or (folder / name).exists()]
    return inside + [unlisted(file) for file in present if file.name not in listed]


def unlisted(file: Path) -> Plan:
    """A plan of which nothing is known yet but its file's name."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(file.stem)).strip("-") or "ke-hoach"
    return Plan(name, file, "", "", "", "", "", "", "")


def _narrow(office: str, mark: str) -> str:
    """An office in nine letters, for a narrow column: "UBND tỉnh Hòa Bình" of 2023 → "H.Bình 23"."""
    words = re.sub(r"^UBND (?:tỉnh|thành phố|TP\.?|quận|huyện|thị xã|xã|phường|thị trấn) (?=\S)", "", office).split()
    short = f"{words[0][0]}.{words[-1]}" if len(words) > 1 else "".join(words)
    return " ".join(filter(None, [short[: 8 - len(mark)], mark]))


def describe(plan: Plan, blocks: Sequence[Block]) -> Plan:
    """Fill in from the first page what the listing does not say. A plan that is listed comes back as it is."""
    if plan.level:
        return plan
    front, doc_type, title = head.read(blocks)
    page, whole = "\n".join(front), "\n".join(block.text for block in blocks)
    date = _DATE.search(page) or _DATE.search(whole)
    issued = (
        f"{date['year']}-{int(date['month']):02}-{int(date['day']):02}"
        if date and date["day"] and date["month"]
        else None
    )
    number, sign = head.number(front, "\n".join(block.text for block in blocks if not block.cells))
    by = office(front, title, whole, issued)
    if not by.level and sign.startswith("KH-S"):
        by = replace(by, level="department")
    name = by.name or plan.file.stem
    period = _period(title or page)
    year = int(date["year"]) if date else period[0]
    short = " ".join(filter(None, [name, str(year or "")]))
    is_amendment = amends(title or "")
    return Plan(
        plan.plan_id,
        plan.file,
        title or plan.file.stem,
        short + " (sửa đổi)" * is_amendment,
        short + " (amendment)" * is_amendment,
        _narrow(name, "SĐ" if is_amendment else str(year or "")[2:]),
        name,
        by.level or "province",
        by.province,
        number,
        issued,
        year,
        period[0],
        period[1],
        doc_type=doc_type or head.type_of(sign),
        about=plan.about,
        decided=plan.decided,
    )


def with_index(plan: Plan, blocks: Sequence[Block]) -> Plan:
    """The plan with the index it speaks of, where the listing does not say: another than PAPI only where its title names
    that one, not PAPI, and its text speaks of it more often; or where it speaks of it again and again and of PAPI never.
    """
    if plan.about:
        return plan
    said = _named(" ".join(block.text for block in blocks))
    other = max((name for name in said if name != PAPI), key=lambda name: said[name], default="")
    title = _named(plan.title)
    is_other = other and PAPI not in title and said[other] > said[PAPI]
    if is_other and (other in title or said[other] >= _OFTEN and not said[PAPI]):
        return replace(plan, about=other)
    return replace(plan, about=PAPI if said[PAPI] else "")


def _named(text: str) -> Counter[str]:
    """How often a text names each index."""
    words = f" {key(text)} "
    found: Counter[str] = Counter()
    for row in table("indexes"):
        found[row["about"]] += words.count(f" {key(row['words'])} ")
    return +found


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
