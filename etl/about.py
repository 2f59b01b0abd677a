"""A document's own first page → what is known of the plan: title, number, date, office, level, province, period.

`data/plans.csv` comes first: it says what the text itself does not say. A document that is not in it is described by
its own words; what they leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from etl.model import BadReference, Block, Plan
from etl.reference import DATA, number, rows, table
from etl.text import fold, key

COLUMNS = (
    "plan_id",
    "file",
    "title",
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
_UBND = r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|ỦY BAN NHÂN DÂN)"
_OFFICES = (
    (
        "commune",
        re.compile(
            rf"{_UBND}(?: \(UBND\))?\s+(?P<office>(?<!thị )(?:xã|phường|thị trấn|đặc khu)\s+(?P<place>(?:[A-ZĐÀ-Ỹ0-9][\wà-ỹ]*\s?){{1,4}}))"
        ),
    ),
    (
        "district",
        re.compile(
            rf"{_UBND}(?: \(UBND\))?\s+(?P<office>(?:huyện|thị xã|quận)\s+(?P<place>(?:[A-ZĐÀ-Ỹ0-9][\wà-ỹ]*\s?){{1,4}}))"
        ),
    ),
    (
        "province",
        re.compile(
            rf"{_UBND}(?: \(UBND\))?\s+(?P<office>(?:tỉnh|thành phố)\s*(?P<place>(?:[A-ZĐÀ-Ỹ][\wà-ỹ]*\s?){{0,4}}))"
        ),
    ),
)
_ISSUES = r"[^.;]{0,40}?\b(?:xây dựng|ban hành|đề ra|lập)\b[^.;]{0,30}?[Kk]ế hoạch"
# the number stands in a line of its own, or where the annex cites its plan; any other is another document's
_NUMBER = re.compile(r"(?:^\W*Số\s*:?|[Kk]èm theo Kế hoạch số\s*:?)\s*(\d+)\s*/\s*(KH[-–][\wĐ&.-]+)", re.MULTILINE)
_DATE = re.compile(
    r"(?:^\W*[A-ZĐÀ-Ỹ][^.,;\n]{1,40},|[Kk]èm theo Kế hoạch số[^.;\n]{0,40}?)\s*ngày\s*(?P<day>\d{0,2})\s*tháng\s*(?P<month>\d{0,2})\s*năm\s*(?P<year>20\d\d)",
    re.MULTILINE,
)
_SPAN = re.compile(r"(20\d\d)\s*[-–]\s*(20\d\d)")
_UNTIL = re.compile(r"đến (?:hết )?năm (20\d\d)")
_YEAR = re.compile(r"năm (20\d\d)")
_SECTION = re.compile(r"^(?:I|A|1)\s*[.)]\s")


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
        if row["issued"] and not re.fullmatch(r"\d{4}-\d\d-\d\d", row["issued"]):
            raise BadReference(
                f"{listing.name}, dòng {row['_row']}, cột issued: {row['issued']!r} không phải ngày YYYY-MM-DD"
            )
        if row["file"] and row["file"] in listed:
            raise BadReference(f"{listing.name}, dòng {row['_row']}, cột file: {row['file']!r} đã có ở một dòng trên")
        years = [
            number(row, name, listing.name, 2000, 2100) if row[name] else None
            for name in ("year", "period_from", "period_to")
        ]
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
            *years,
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
    front: list[str] = []
    # a letterhead may stand in a running head; a portal's menu is none of the plan's words
    for block in [block for block in blocks if not block.is_aside or block.place == "header"][:60]:
        if front and _SECTION.match(block.text) and len(block.text) < 160:
            break
        front.append(block.text)
    page, whole = "\n".join(front), "\n".join(block.text for block in blocks)
    title = _title(front)
    level, office, place = _office(page, title)
    province = _province(page, place if level == "province" else "") or _province(whole, "")
    if office in ("UBND tỉnh", "UBND thành phố"):
        office = f"{office} {province}".strip()
    found = _NUMBER.search(page) or _NUMBER.search(whole)
    date = _DATE.search(page) or _DATE.search(whole)
    issued = (
        f"{date['year']}-{int(date['month']):02}-{int(date['day']):02}"
        if date and date["day"] and date["month"]
        else None
    )
    period = _period(title or page)
    year = int(date["year"]) if date else period[0]
    short = " ".join(filter(None, [office or plan.file.stem, str(year or "")]))
    return Plan(
        plan.plan_id,
        plan.file,
        title or plan.file.stem,
        short,
        short,
        short[:9],
        office or plan.file.stem,
        level or "province",
        province,
        f"{found[1]}/{found[2].upper()}" if found else None,
        issued,
        year,
        *period,
    )


def _title(front: Sequence[str]) -> str:
    """The lines that follow "KẾ HOẠCH", up to the first sentence."""
    at = next((i for i, line in enumerate(front) if key(line) == "kế hoạch" or key(line).startswith("kế hoạch ")), None)
    if at is None:
        return ""
    lines = [] if key(front[at]) == "kế hoạch" else [front[at]]
    for line in front[at + 1 : at + 5]:
        if len(line) > 200 or line.endswith((".", ";", ":")) or re.match(r"(Căn cứ|Thực hiện|Theo|Ngày|-)", line):
            break
        lines.append(line)
    return " ".join(lines)


def _office(page: str, title: str) -> tuple[str, str, str]:
    """Level, name and place of the office that issues: who "ban hành kế hoạch", else whom the title or the head
    names.
    """
    for level, form in _OFFICES:
        issuing = re.search(form.pattern + _ISSUES, page)
        if issuing:
            return level, _called(level, issuing["office"]), issuing["place"].strip()
    said = key(page)
    departments = sorted(
        {
            row["written"]
            for row in table("agencies", "agency", "written", "level", "is_group")
            if row["agency"].startswith("Sở ")
        },
        key=len,
        reverse=True,
    )
    department = next(
        (
            name
            for name in departments
            if re.search(
                rf"\b{re.escape(key(name))} (?:tỉnh \w+ \w+ )?(?:xây dựng|ban hành|đề ra|lập) (?:và )?(?:thực hiện )?kế hoạch",
                said,
            )
        ),
        None,
    )
    if department:
        return "department", department, ""
    places = (
        ("commune", r"(?<!thị )\b(xã|phường|thị trấn|đặc khu)\s+"),
        ("district", r"\b(huyện|thị xã|quận)\s+"),
        ("province", r"\b(tỉnh|thành phố)\s+"),
    )
    suffix = _NUMBER.search(page)
    if suffix and re.match(r"KH[-–]S", suffix[2]):
        return "department", next((name for name in departments if key(name) in said), ""), ""
    for text in (title, page[:600]):
        for level, words in places:
            named = re.search(words + r"((?:[A-ZĐÀ-Ỹ][\wà-ỹ]*\s?){1,4})", text)
            if named:
                return level, _called(level, f"{named[1]} {named[2]}"), named[2].strip()
    return "", "", ""


def _called(level: str, office: str) -> str:
    office = " ".join(office.split())
    return office if level == "department" else f"UBND {office}"


def _province(page: str, place: str) -> str:
    """The province a page names: the place itself, else the first province in its text."""
    names = sorted(
        {
            row[c]
            for row in table("provinces-2025", "province", "province_since_2025_07_01")
            for c in ("province", "province_since_2025_07_01")
        },
        key=len,
        reverse=True,
    )
    if place:
        hit = next((name for name in names if key(place).startswith(key(name))), "")
        if hit:
            return hit
    said = f" {key(page)} "
    near = [(said.find(f" {before} {key(name)} "), name) for name in names for before in ("tỉnh", "thành phố", "tp")]
    near = [(at, name) for at, name in near if at >= 0] or [
        (said.find(f" {key(name)} "), name) for name in names if f" {key(name)} " in said
    ]
    return min(near)[1] if near else ""


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
