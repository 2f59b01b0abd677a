"""Who issues a document: the letterhead says it first, then the sentence that issues, then the title.

In: the lines of the first page, the title, the whole text. Out: an Office. Names of provinces and offices are data
(provinces-2025.csv, cities.csv, agencies.csv); what they leave open stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import dropwhile

from etl.reference import agency_names, document_types, province_of_district, provinces_now, table, zone_words
from etl.text import capital, is_upper, key


@dataclass(frozen=True)
class Office:
    """`level` is province, department, district or commune; `name` is "UBND tỉnh Hà Nam"; `province` may be empty."""

    level: str = ""
    name: str = ""
    province: str = ""


_COMMITTEE = r"(?:UBND|[ỦU][ỷyỶY] ban nhân dân|Uỷ ban nhân dân)(?: ?\(UBND\))?"
_AREA = r"(?P<area>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)"
_COMMITTEE_OF = re.compile(rf"{_COMMITTEE}\s+{_AREA}(?P<rest>[^\n]*)", re.IGNORECASE)
_FRONT = r"(?:UB ?|[ỦU][ỷyỶY] ban |Uỷ ban )?(?:MTTQ|mặt trận tổ quốc)(?: ?Việt Nam| ?VN)?"
_FRONT_OF = re.compile(rf"{_FRONT}\s+{_AREA}(?P<rest>[^\n]*)", re.IGNORECASE)
"""The Fatherland Front of an area, whose plans have a letterhead of its own."""
_NAMED = re.compile(rf"(?<!\w){_AREA}(?= ?[A-ZĐÀ-Ỹ\d])(?P<rest>[^\n]*)", re.IGNORECASE)
_PARTY = re.compile(
    r"^(?:đảng bộ |ban chấp hành đảng bộ )?(?P<area>tỉnh|thành|huyện|quận|thị|đảng) ?(?:ủy|uỷ)\b", re.IGNORECASE
)
_MOTTO = re.compile(r"\s*(?:c[ộô]ng h[òo]a x[ãa] h[ộô]i|đ[ộô]c l[ậâ]p\s*[-–]\s*t[ựư] do).*", re.IGNORECASE)
_FORMER = re.compile(r"^\W{0,3}(?:\w+ ){0,3}?\(?(?:cũ|trước (?:sắp xếp|sáp nhập|đây)|trước khi)\b", re.IGNORECASE)
_LEVELS = {
    "tỉnh": "province",
    "thành phố": "district",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "thị trấn": "commune",
    "xã": "commune",
    "phường": "commune",
    "đặc khu": "commune",
}
_PARTY_LEVELS = {"tỉnh": "province", "thành": "province", "huyện": "district", "quận": "district", "thị": "district"}
_STAMPED = re.compile(r"\W*(?:số|ngày|giờ|(?:kính )?chuyển|lưu)\b", re.IGNORECASE)
"""A line of the stamp of who has received a document."""
_LONGEST_PLACE = 6
_LAST_HEAD_LINE = 12
"""Lines; a letterhead stands among the first of a page."""


def office(front: Sequence[str], title: str, whole: str, issued: str | None) -> Office:
    """The office that issues a document of which these are the first lines, up to its title's end."""
    page = "\n".join(_MOTTO.sub("", line) for line in front)
    found = (
        _letterhead(_below_stamp(front))
        or _letterhead(front)
        or _issuing(page)
        or _mentioned(title)
        or _mentioned(page[:600])
    )
    found = _as_it_was(found, issued) if found else None
    said = found.province if found else ""
    said = said or _province_in(title) or _province_in(page) or _province_in(whole) or province_of_district(page)
    province = _today(said, issued)
    if found is None:
        return Office(province=province)
    bare = found.name in ("UBND tỉnh", "UBND thành phố")
    return Office(found.level, f"{found.name} {_bare(province)}".strip() if bare else found.name, province)


def _as_it_was(found: Office, issued: str | None) -> Office:
    """The office of a city that was none of its own yet when the document was issued: a district's, of the province that
    there was ("UBND thành phố Huế" of 2019: Thừa Thiên Huế).
    """
    since = cities().get(key(_bare(found.province)), "")
    if found.level != "province" or " thành phố " not in found.name or not issued or issued >= since:
        return found
    were = {old for old, now in provinces_now().items() if _bare(now) == _bare(found.province)}
    former = found.province if found.province in were else were.pop() if len(were) == 1 else ""
    return Office("district", found.name, former)


# The letterhead.


def _below_stamp(front: Sequence[str]) -> list[str]:
    """The lines below the stamp of who has received a document, with a number and a date of its own; none where there is
    no stamp.
    """
    at = next((at for at, line in enumerate(front[:_LAST_HEAD_LINE]) if key(line) in zone_words("received")), None)
    return [] if at is None else list(dropwhile(_STAMPED.match, front[at + 1 :]))


def _letterhead(front: Sequence[str]) -> Office | None:
    """ "UBND TỈNH YÊN BÁI" over "SỞ TƯ PHÁP" is the department of the province; a name may run over two lines."""
    above: Office | None = None
    lines = [cut for line in front[:_LAST_HEAD_LINE] if (cut := _MOTTO.sub("", line).strip(" -–—_*=|"))]
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if re.match(r"(?:Số|V/v|Kính gửi)\b", line) or key(line) in document_types():
            break
        if re.fullmatch(rf"{_COMMITTEE}|{_FRONT}", line, re.IGNORECASE) and at < len(lines):
            line, at = f"{line} {lines[at]}", at + 1
        found = _office_line(line)
        if (
            found is None
            and above is not None
            and above.name.startswith("UBND")
            and is_upper(line)
            and (department := _department(line, lines[at : at + 1]))
        ):
            place = above.name.removeprefix("UBND")
            is_whole = above.level == "province" and department.startswith("Sở")
            above = Office(
                "department" if above.level == "province" else above.level,
                department + place if is_whole else department,
                above.province,
            )
        elif found is not None and (above is None or found.level != "province"):
            above = Office(found.level, found.name, found.province or (above.province if above else ""))
    return above


def _office_line(line: str) -> Office | None:
    """The office that a whole line of a letterhead names."""
    front = _FRONT_OF.match(line)
    of = front or _COMMITTEE_OF.match(line)
    if of and len(line) <= 90:
        rest = of["rest"].strip()
        if place := _place(rest, in_capitals=is_upper(line)):
            left = rest[len(place) :].strip(" -–,.")
            found = _of(of["area"], place)
            if front:
                found = replace(found, name=found.name.replace("UBND", "Ủy ban MTTQ"))
            return found if not left or is_upper(left) else None
        return None
    party = _PARTY.match(line)
    if party and len(line) <= 60:
        place = _place(line[party.end() :].strip(), in_capitals=is_upper(line))
        province = _province_called(place)
        level = _PARTY_LEVELS.get(key(party["area"]), "commune")
        if level == "province" and place and not province:
            level = "district"
        return Office(
            level,
            capital(f"{party[0].lower()} {province or _cased(place)}".strip()),
            province if level == "province" else "",
        )
    below = re.match(rf"đảng bộ {_AREA}(?P<rest>.*)", line, re.IGNORECASE)
    if below and len(line) <= 60 and (place := _place(below["rest"].strip(), in_capitals=is_upper(line))):
        found = _of(below["area"], place)
        return Office(found.level, found.name.replace("UBND", "Đảng bộ"), found.province)
    return None


def _department(line: str, following: Sequence[str]) -> str:
    """The department a letterhead's second line names, in the spelling of agencies.csv where it is known there."""
    known = departments() | {key(name): name for name in agency_names()}
    for words in (" ".join([line, *following]), line):
        if hit := known.get(key(words)):
            return hit
    if re.match(r"(?:sở|ban|thanh tra|văn phòng|cục|chi cục|phòng|công an|trung tâm)\b", line, re.IGNORECASE):
        return line.capitalize()
    return ""


def _agencies() -> tuple[dict[str, str], ...]:
    return table("agencies")


@cache
def departments() -> dict[str, str]:
    """Every spelling of a department of a province, compared by `key`, and its full name."""
    return {
        key(row["written"]): row["agency"]
        for row in _agencies()
        if row["agency"].startswith(("Sở ", "Ban Dân tộc", "Thanh tra tỉnh", "Văn phòng UBND"))
    }


# Sentences.


@cache
def _issues() -> re.Pattern:
    """What stands behind the name of whoever issues: "… đã ban hành Kế hoạch"."""
    kinds = "|".join(document_types())
    return re.compile(
        rf"^[^.;\n]{{0,60}}?\b(?:xây dựng|ban hành|đề ra|lập)\b[^.;\n]{{0,30}}?\b(?:{kinds})\b", re.IGNORECASE
    )


def _issuing(page: str) -> Office | None:
    """Whoever "ban hành Kế hoạch" on the first page: a committee, else a department."""
    for of in _COMMITTEE_OF.finditer(page):
        place = _place(of["rest"].strip())
        if _issues().match(of["rest"].strip()[len(place) :]):
            return _of(of["area"], place)
    said = key(page)
    for name in sorted(departments(), key=len, reverse=True):
        if re.search(
            rf"\b{re.escape(name)} (?:tỉnh \w+ \w+ )?(?:đã )?(?:xây dựng|ban hành|đề ra|lập) (?:và )?(?:thực hiện )?kế hoạch",
            said,
        ):
            return Office("department", _as_written(name), "")
    return None


def _as_written(name: str) -> str:
    """The spelling of agencies.csv that has this key."""
    return next(row["written"] for row in _agencies() if key(row["written"]) == name)


def _mentioned(text: str) -> Office | None:
    """The lowest area that a title names: "… của xã Vĩnh Khang, tỉnh Gia Lai"."""
    named = [
        found
        for of in _NAMED.finditer(text)
        if (place := _place(of["rest"].strip()))
        for found in [_of(of["area"], place)]
    ]
    lowest = min(named, key=lambda found: ("commune", "district", "province").index(found.level), default=None)
    if lowest is None or lowest.province:
        return lowest
    return Office(lowest.level, lowest.name, next((one.province for one in named if one.province), ""))


# Places.


def _of(area: str, place: str) -> Office:
    """The people's committee of an area: ("THÀNH PHỐ", "CẦN THƠ") → UBND thành phố Cần Thơ, of level province."""
    area = "thành phố" if key(area) == "tp" else key(area)
    province = _province_called(place)
    level = _LEVELS[area]
    is_city = area == "thành phố" and province and key(_bare(province)) in cities()
    if level == "province" or is_city or area == "thành phố" and not place:
        return Office("province", f"UBND {area} {_bare(province) or place}".strip(), province)
    return Office(level, f"UBND {area} {place}".strip())


@cache
def cities() -> dict[str, str]:
    """The cities that are no part of a province, by `key`, and the day since when ("" of old)."""
    return {key(row["province"]): row["since"] for row in table("cities")}


def _place(words: str, *, in_capitals: bool = False) -> str:
    """The name that words begin with: "Sơn La đã ban hành" → "Sơn La"; a province's own name may hold a dash."""
    if province := _leading_province(words):
        return _bare(province)
    taken: list[str] = []
    for word in re.findall(r"\S+", words)[:_LONGEST_PLACE]:
        name = word.rstrip(",.;:)")
        if taken and name in ("-", "–"):
            taken.append(name)
            continue
        if not (name[:1].isupper() or name.isdecimal()) or key(name) in ("cộng", "số", "kính", "kế"):
            break
        taken.append(name)
        if name != word:
            break
    while taken and taken[-1] in ("-", "–"):
        taken.pop()
    return _cased(" ".join(taken)) if in_capitals else " ".join(taken)


def _cased(place: str) -> str:
    """A name out of capitals: "BÌNH GIA" → "Bình Gia"."""
    return " ".join(word.capitalize() for word in place.split())


@cache
def provinces() -> tuple[str, ...]:
    """Every province before and since 1 July 2025, the longest name first."""
    return tuple(sorted({*provinces_now(), *provinces_now().values()}, key=len, reverse=True))


def _bare(province: str) -> str:
    return province.removeprefix("Thành phố ")


def _leading_province(words: str) -> str:
    """The province whose name words begin with: "Sơn La đã ban hành" → "Sơn La"."""

    def begins(bare: str) -> bool:
        return key(words[: len(bare)]) == key(bare) and not words[len(bare) : len(bare) + 1].isalpha()

    return next((name for name in provinces() if words and begins(_bare(name))), "")


def _province_called(place: str) -> str:
    return next((name for name in provinces() if place and key(_bare(name)) == key(place)), "")


def _province_in(text: str) -> str:
    """The province that a text names: with "tỉnh" or "thành phố" before it, the most often named first; one that is
    said to be no more counts only where there is no other.
    """
    named = Counter(_named_provinces(text))
    return named.most_common(1)[0][0] if named else _plainly_named(text)


def _named_provinces(text: str) -> Iterator[str]:
    for of in re.finditer(r"(?<!\w)(?:tỉnh|thành phố|tp\.?) ?(?P<rest>[^\n]*)", text, re.IGNORECASE):
        province = _leading_province(of["rest"])
        if province and not _FORMER.match(of["rest"][len(_bare(province)) :]):
            yield province


def _plainly_named(text: str) -> str:
    """The province that is named first; "xã Hòa Bình" names none."""
    said = key(text)
    near = [(hit.start(), name) for name in provinces() if (hit := _plain(name).search(said))]
    return min(near)[1] if near else ""


@cache
def _plain(province: str) -> re.Pattern:
    """A province's name where it is not that of an area below it."""
    below = "".join(
        rf"(?<!\b{area} )"
        for area, level in _LEVELS.items()
        if level in ("district", "commune") and area != "thành phố"
    )
    return re.compile(rf"(?<!\w){below}{re.escape(key(province))}(?!\w)")


def _today(province: str, issued: str | None) -> str:
    """A document issued since the reform of 2025 speaks of a province that is there: Sóc Trăng → Cần Thơ."""
    if not issued or issued < "2025-07-01":
        return province
    return provinces_now().get(province, province)
