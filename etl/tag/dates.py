"""Dates as plans write them → the days they lie between.

In: words, and the year that a date without one belongs to. Out: a pair of ISO dates. Each form of date has a reader; the
first that finds its form answers.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

Days = tuple[str | None, str | None]
"""From and to, as ISO dates; None where that end is open, both where the year is not known."""

UNKNOWN: Days = (None, None)


def _unnamed(form: re.Pattern) -> str:
    """A form to be put into another: its groups without their names."""
    return re.sub(r"\?P<\w+>", "?:", form.pattern)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_DAY = re.compile(
    r"(?P<from>(?:bắt đầu |kể )?từ\s*)?(?P<before>(?:chậm nhất|muộn nhất)?(?: (?:là|đến))?\s*(?:trước|đến|đến hết|xong trước|hoàn thành trước)?)\s*(?:ngày\s*)?"
    r"(?P<day>\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(?P<month>\d{1,2})(?:\s*(?:/|-|\.|\s+năm\s+)\s*(?P<year>20\d\d))?(?!\s*[/\d])",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"quý\s*(?P<first>IV|I{1,3}|0?[1-4])(?:\s*(?:-|–|và|,|đến|/)\s*(?:quý\s*)?(?P<last>IV|I{1,3}|0?[1-4])(?!\d))*\b(?:\s*(?:/|-|,|năm|\s)\s*(?:năm\s*)?(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"tháng\s*(?P<first>\d{1,2})(?:\s*(?:-|–|và|,|đến)\s*(?:tháng\s*)?(?P<last>0?[1-9]|1[0-2])(?!\d))*(?:\s*(?:/|-|năm|\s)\s*(?:năm\s*)?(?P<year>20\d\d))?(?![\d/])",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:giai đoạn|từ năm|từ|năm)?\s*(?P<first>20\d\d)\s*(?:-|–|đến|đến năm)\s*(?P<last>20\d\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?:trong |hết |đến |đến hết |trước )?(?:năm\s*)?(?P<year>20\d\d)", re.IGNORECASE)
_HALF = re.compile(r"(?:0?6|sáu) tháng (?P<half>đầu|cuối) năm(?:\s*(?P<year>20\d\d))?", re.IGNORECASE)
_MONTH_RANGE = re.compile(
    r"(?<![\d/])(?P<first>0?[1-9]|1[0-2])\s*(?:/\s*(?P<from>20\d\d)\s*)?[-–]\s*(?P<last>0?[1-9]|1[0-2])\s*/\s*(?P<year>20\d\d)(?![\d/])"
)
_MONTH_OF_YEAR = re.compile(r"(?<![\d/.])(?P<first>0?[1-9]|1[0-2])\s*[/.-]\s*(?P<year>20\d\d)(?![\d/])")
_SHORT = re.compile(r"(?<!\w)(?:(?P<month>T)\.?\s?(?=(?:0?[1-9]|1[0-2])(?!\d))|Q\.?\s?(?=(?:IV|I{1,3}|[1-4])\b))")
_OLD_SPELLING = re.compile(r"(?i)(?<!\w)q(?:u[íì]|ú[yi])(?!\w)|(?<!\w)kì(?!\w)")
_AND_ON = re.compile(r"và (?:các|những) năm (?:tiếp theo|sau)", re.IGNORECASE)
_BEFORE_SPAN = re.compile(r"trước (?:tháng|quý)\b", re.IGNORECASE)
_FROM_SPAN = re.compile(r"từ (?:tháng|quý)\b(?!.*\b(?:đến|và)\b|.*[-–,])", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"năm học(?: (?P<first>20\d\d)\s*[-–]\s*(?P<last>20\d\d))?", re.IGNORECASE)
# the Ministry's frame of a school year: opened on 5 September, ended before 31 May (Quyết định 2171/QĐ-BGDĐT, 28/7/2023)
_OPENED, _ENDED = "09-05", "05-31"
# in running prose a date is a duty's date only after one of these; elsewhere it is the date of a document cited
_DUE_DAY = re.compile(
    r"(?:(?:chậm nhất|muộn nhất)(?: là)?(?: vào)?(?: trước)?|trước|xong trước|hoàn thành trước|phấn đấu đến|đến hết|(?:bắt đầu|kể) từ|vào(?= ngày))(?: ngày(?: [^\W\d]+){0,3})? "
    r"\d{1,2}(?:/|-| tháng )\d{1,2}(?:(?:/|-| năm )20\d\d)?"
    r"(?:(?:,|,? và)(?: trước)?(?: ngày)? \d{1,2}(?:/|-| tháng )\d{1,2}(?:(?:/|-| năm )20\d\d)?(?![\d/]))*",
    re.IGNORECASE,
)
_DUE_SPAN = re.compile(
    r"(?:(?:hoàn thành|xong|thực hiện|phấn đấu)(?: trong| trước| đến(?: hết)?)?|(?:chậm nhất )?đến hết|trong|vào|trước|chậm nhất(?: là)?(?: trong)?|hết|(?:(?:bắt đầu|kể) |(?<!hiệu lực )(?<!thi hành ))từ) "
    r"(?:(?:0?6|sáu) tháng (?:đầu|cuối) năm(?: 20\d\d)?|năm học 20\d\d\s*[-–]\s*20\d\d|(?:quý |(?-i:Q)\.?(?=[IV]))(?:IV|I{1,3}|[1-4])(?:\s*(?:[-–,]|và|đến)\s*(?:quý )?(?:IV|I{1,3}|[1-4])\b)*(?:\s*(?:/|năm)\s*20\d\d| năm 20\d\d)?|(?:tháng |(?-i:T)\.?)\d{1,2}(?:\s*(?:và|đến|,|-)\s*(?:tháng |(?-i:T)\.?)?\d{1,2}(?!\d))*(?:\s*(?:/|năm)\s*20\d\d)?(?![\d/]))",
    re.IGNORECASE,
)
_DUE_RANGE = re.compile(
    r"từ (?:ngày )?\d{1,2}/\d{1,2}(?:/20\d\d)? đến (?:hết )?(?:ngày )?\d{1,2}/\d{1,2}(?:/20\d\d)?", re.IGNORECASE
)
_DUE_START = re.compile(
    rf"(?:^|(?<=[.;:]\s))(?:trong |từ |vào )?(?:ngày \d{{1,2}}(?:/| tháng )\d{{1,2}}(?:(?:/| năm )20\d\d)?|{_unnamed(_QUARTER)}|{_unnamed(_MONTH)}|năm học 20\d\d\s*[-–]\s*20\d\d)(?=\s*,\s*\w|\s*:\s*[^\W\d])",
    re.IGNORECASE,
)
# the date of a decree is the decree's: "Nghị định số 41/2014/NĐ-CP ngày 12/4/2014"
_CITED = re.compile(
    r"(?:\b(?:bộ luật|luật|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kế hoạch|công văn|hướng dẫn|thông báo|văn bản|chương trình|kết luận)\b[^;.()]{0,60}?)?"
    r"(?:số\s*)?(?<![\d/])\d+(?:/20\d\d)?[/-](?-i:(?!T\d)[A-ZĐ][A-ZĐ\d-]*)(?:\s*,?\s*ngày\s+\d{1,2}(?:/|-|\s+tháng\s+)\d{1,2}(?:/|-|\s+năm\s+)20\d\d)?"
    r"|\b(?:luật|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|công văn)\b[^;.()]{0,40}?\bngày\s+\d{1,2}(?:/|-|\s+tháng\s+)\d{1,2}(?:/|-|\s+năm\s+)20\d\d",
    re.IGNORECASE,
)
_LAW = re.compile(r"\b(?:bộ luật|(?<!pháp )luật|pháp lệnh)\b[^;.(),]{0,60}?\bnăm 20\d\d", re.IGNORECASE)
_PURPOSE = re.compile(r"\bđể\b", re.IGNORECASE)
_DUE_YEAR = re.compile(
    r"(?:(?:phấn đấu )?đến(?: hết| cuối)? năm|hoàn thành trong năm|xong trong năm|trước năm|hết năm) (20\d\d)",
    re.IGNORECASE,
)
_OWN_YEAR = re.compile(
    r"(?i:(?:^|(?<=[.;]\s))(?:trong|đến hết|đến cuối) năm|(?<!hiệu lực )(?<!thi hành )(?<!phấn đấu )(?:trong|đến hết|trước khi hết) năm(?= 20\d\d\s*(?:[,;.]|$))) (20\d\d)"
)


def days(words: str, year: int | None) -> Days | None:
    """The days that written dates lie between; None where nothing is a date: "Năm 2022 và các năm tiếp theo" → from
    2022-01-01 on; "T7-T8/2024" and "QII" are months and a quarter. Beside a school year, a month without a year of its own could lie in either.
    """
    words = _SHORT.sub(lambda hit: "tháng " if hit["month"] else "quý ", spelt(words))
    school = _SCHOOL_YEAR.search(words)
    first, *later = _AND_ON.split(_SCHOOL_YEAR.sub(" ", words))
    asked = None if school else year
    found = next((found for reader in READERS if (found := reader(first, asked)) is not None), None)
    if found and found[0] and _BEFORE_SPAN.search(first):
        return None, (date.fromisoformat(found[0]) - timedelta(days=1)).isoformat()
    if found and _FROM_SPAN.search(first):
        return found[0], None
    if school and school["first"] and not found:
        return f"{school['first']}-{_OPENED}", f"{school['last']}-{_ENDED}"
    return (found[0], None) if found and later else found


def spelt(words: str) -> str:
    """The same words with "quý" and "kỳ" in one spelling, letter for letter: "Quí II", "qúy II", "định kì"."""

    def usual(hit: re.Match) -> str:
        word = "kỳ" if hit[0].lower() == "kì" else "quý"
        return word.upper() if hit[0].isupper() else hit[0][0] + word[1:]

    return _OLD_SPELLING.sub(usual, words)


def uncited(words: str) -> str:
    """The same words with every document that they cite blanked out, its date with it; nothing moves."""
    for form in (_CITED, _LAW):
        words = form.sub(lambda hit: " " * len(hit[0]), words)
    return words


def is_day(words: str) -> bool:
    """Whether words are a day, a month, a quarter or a half of a year, and no more: "quý II năm 2022"."""
    return any(form.fullmatch(words) for form in (_DAY, _MONTH, _QUARTER, _HALF))


def names_school_year(words: str) -> bool:
    """Whether words name a school year, whose beginning and end are not the year's: "đầu năm học"."""
    return _SCHOOL_YEAR.search(words) is not None


def names_half(words: str) -> bool:
    """Whether words name a half of a year, and no rhythm: "6 tháng đầu năm"."""
    return _HALF.search(words) is not None


def due(text: str, year: int | None, own_years: Collection[int], is_aim: bool) -> tuple[int, int, Days] | None:
    """Where running prose says by when a duty is to be done, and the days: "… trước ngày 15/12/2021".

    Of several dates, from the first to the last: none that is still ahead is lost. The years of the plan itself are no
    unit's: "đến năm 2025" in a plan until 2025. A task whose clause begins or ends with one says it of itself: "Kéo nước
    về 86 nhà trong năm 2024".
    """
    said = uncited(text)
    hits: list[re.Match[str]] = []
    for form in (_DUE_RANGE, _DUE_DAY, _DUE_SPAN, _DUE_START):
        hits += [
            hit
            for hit in form.finditer(said)
            if all(hit.end() <= one.start() or one.end() <= hit.start() for one in hits)
        ]
    if hits:
        hits.sort(key=re.Match.start)
        # "gửi trước 15/6 để Sở báo cáo trước 20/6": the later day is somebody else's
        hits = [hit for hit in hits if not _PURPOSE.search(said, hits[0].end(), hit.start())]
        years = [int(said_year) for hit in hits for said_year in re.findall(r"20\d\d", hit[0])]
        spans = [days(hit[0], years[-1] if years else year) or UNKNOWN for hit in hits]
        return hits[0].start(), hits[-1].end(), _from_first_to_last(spans)
    last = next((hit for hit in _DUE_YEAR.finditer(said) if int(hit[1]) not in own_years), None)
    last = last or (None if is_aim else _OWN_YEAR.search(said))
    return (last.start(), last.end(), (None, f"{last[1]}-12-31")) if last else None


def within_year(words: str, year: int | None) -> Days:
    """The days of a rhythm's turns that words name, from the first to the last: "02 lần/năm (tháng 5, tháng 10)"."""
    is_named = any(form.search(words) for form in (_DAY, _QUARTER, _MONTH, _MONTH_OF_YEAR))
    return is_named and days(words, year) or UNKNOWN


def _from_first_to_last(spans: Sequence[Days]) -> Days:
    """One span that holds several; an end stays open where the last of them has none."""
    known = sorted({span for span in spans if any(span)}, key=lambda span: span[1] or span[0] or "")
    if len(known) < 2:
        return known[0] if known else UNKNOWN
    return min(first or last or "" for first, last in known), known[-1][1]


def _of_days(words: str, year: int | None) -> Days | None:
    """ "Trước ngày 15/12/2021" → to that day; "từ 01/7" → from it; "15/3 và 15/9" → from the first to the last."""
    hits = [hit for hit in _DAY.finditer(words) if 1 <= int(hit["day"]) <= 31 and 1 <= int(hit["month"]) <= 12]
    if not hits:
        return None
    shared = next((hit["year"] for hit in reversed(hits) if hit["year"]), year)
    if not shared:
        return UNKNOWN
    ends = [_iso(hit["year"] or shared, int(hit["month"]), int(hit["day"])) for hit in hits]
    if len(ends) == 1 and hits[0]["from"]:
        return ends[0], None
    if len(ends) == 1 and hits[0]["before"].strip():
        return None, ends[0]
    return min(ends), max(ends)


def _of_month_range(words: str, year: int | None) -> Days | None:
    """ "7/2024 - 9/2024" and "7-9/2024" → 2024-07-01 to 2024-09-30."""
    hit = _MONTH_RANGE.search(words)
    if not hit:
        return None
    return _iso(hit["from"] or hit["year"], int(hit["first"]), 1), _iso(hit["year"], int(hit["last"]), 31)


def _of_half(words: str, year: int | None) -> Days | None:
    """ "6 tháng đầu năm 2022" → 2022-01-01 to 2022-06-30."""
    hit = _HALF.search(words)
    if not hit:
        return None
    first, last = (1, 6) if hit["half"].lower() == "đầu" else (7, 12)
    return _of_months([(hit["year"], first, last)], year)


def _of_quarters(words: str, year: int | None) -> Days | None:
    """ "Quý I-II/2021" → 2021-01-01 to 2021-06-30; "Quý 2, Quý 4" → from April to December."""
    spans = _spans(_QUARTER.finditer(words), _ROMAN.__getitem__)
    return _of_months([(said, 3 * first - 2, 3 * last) for said, first, last in spans], year, words)


def _of_named_months(words: str, year: int | None) -> Days | None:
    """ "Tháng 11/2020" → 2020-11-01 to 2020-11-30; "tháng 3 và tháng 5" → from March to May."""
    return _of_months(_spans(_MONTH.finditer(words), int), year, words)


def _of_month_numbers(words: str, year: int | None) -> Days | None:
    """ "09/2023" → 2023-09-01 to 2023-09-30."""
    return _of_months(
        [(hit["year"], int(hit["first"]), int(hit["first"])) for hit in _MONTH_OF_YEAR.finditer(words)], year
    )


def _of_years(words: str, year: int | None) -> Days | None:
    """ "Giai đoạn 2021-2025" → 2021-01-01 to 2025-12-31."""
    hit = _YEARS.search(words)
    return (f"{hit['first']}-01-01", f"{hit['last']}-12-31") if hit and hit["first"] <= hit["last"] else None


def _of_year(words: str, year: int | None) -> Days | None:
    """ "Năm 2022" → the whole year; "đến năm 2025" → to its end."""
    hit = _YEAR.search(words)
    if not hit:
        return None
    is_until = hit[0].lower().startswith(("đến", "trước", "hết"))
    return None if is_until else f"{hit['year']}-01-01", f"{hit['year']}-12-31"


READERS: tuple[Callable[[str, int | None], Days | None], ...] = (
    _of_month_range,
    _of_days,
    _of_half,
    _of_quarters,
    _of_named_months,
    _of_month_numbers,
    _of_years,
    _of_year,
)


def _spans(hits: Iterable[re.Match], number: Callable[[str], int]) -> list[tuple[str | None, int, int]]:
    """The year, if it is said, and the first and last number of each "Quý I-II/2021" or "tháng 3 đến tháng 5"."""
    found = []
    for hit in hits:
        first = number(hit["first"].lower())
        last = number(hit["last"].lower()) if hit["last"] else 0
        found.append((hit["year"], first, last or first))
    return [(year, first, last) for year, first, last in found if 1 <= first <= last <= 12]


def _of_months(spans: list[tuple[str | None, int, int]], year: int | None, words: str = "") -> Days | None:
    """From the first month to the last of all spans, None where there is none.

    A span without a year lies in that of the last span that has one, else in the first year among the words.
    """
    if not spans:
        return None
    said = [year for year, _, _ in reversed(spans) if year] or re.findall(r"20\d\d", words)
    shared = said[0] if said else year
    if not shared:
        return UNKNOWN
    (begins, first, _), (ends, _, last) = spans[0], spans[-1]
    return _iso(begins or shared, first, 1), _iso(ends or shared, last, 31)


def _iso(year: int | str, month: int, day: int) -> str:
    """A day, the month's last where it has fewer: 31 April → "2021-04-30"."""
    return f"{int(year):04}-{month:02}-{min(day, calendar.monthrange(int(year), month)[1]):02}"
