"""Timing: the plan's own words → one of nine rhythms, the words that said it, and dates where there are any.

A rhythm beats a date, of several rhythms the shortest counts, a date beats an event, an event beats a regulation (the
codebook, section 2). The words stand in timing.csv; forms of dates stand here.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache

from etl.model import TIMINGS, BadReference, Plan
from etl.reference import table
from etl.text import key

_RHYTHMS = ("ongoing", "monthly", "quarterly", "semiannual", "annual")
_ORDER = {timing: order for order, timing in enumerate((*_RHYTHMS, "dated", "event", "regulation"))}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}

_DAY = re.compile(
    r"(?P<from>(?:bắt đầu |kể )?từ\s*)?(?P<before>(?:chậm nhất|muộn nhất)?(?: (?:là|đến))?\s*(?:trước|đến|đến hết|xong trước|hoàn thành trước)?)\s*(?:ngày\s*)?"
    r"(?P<day>\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(?P<month>\d{1,2})(?:\s*(?:/|-|\.|\s+năm\s+)\s*(?P<year>20\d\d))?(?!\s*[/\d])",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"quý\s*(?P<first>IV|I{1,3}|0?[1-4])(?:\s*(?:-|–|và|,|đến|/)\s*(?:quý\s*)?(?P<last>IV|I{1,3}|0?[1-4]))?\b(?:\s*(?:/|-|,|năm|\s)\s*(?:năm\s*)?(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"tháng\s*(?P<first>\d{1,2})(?:\s*(?:-|–|và|,|đến)\s*(?:tháng\s*)?(?P<last>\d{1,2}))?(?:\s*(?:/|-|năm|\s)\s*(?:năm\s*)?(?P<year>20\d\d))?(?![\d/])",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:giai đoạn|từ năm|từ|năm)?\s*(?P<first>20\d\d)\s*(?:-|–|đến|đến năm)\s*(?P<last>20\d\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?:trong |hết |đến |đến hết |trước )?(?:năm\s*)?(?P<year>20\d\d)", re.IGNORECASE)
_HALF = re.compile(r"6 tháng (?P<half>đầu|cuối) năm(?:\s*(?P<year>20\d\d))?", re.IGNORECASE)
# in running prose a date is a duty's date only after one of these; elsewhere it is the date of a document cited
_DUE_DAY = re.compile(
    r"(?:(?:chậm nhất|muộn nhất)(?: là)?(?: vào)?(?: trước)?|trước|xong trước|hoàn thành trước|đến hết|(?:bắt đầu|kể) từ)(?: ngày(?: [^\W\d]+){0,3})? "
    r"\d{1,2}(?:/|-| tháng )\d{1,2}(?:(?:/|-| năm )20\d\d)?",
    re.IGNORECASE,
)
_DUE_SPAN = re.compile(
    r"(?:(?:hoàn thành|xong|thực hiện)(?: trong| trước)?|trong|trước|chậm nhất(?: là)?(?: trong)?|hết) "
    r"(?:quý (?:IV|I{1,3}|[1-4])(?:\s*[-–,]\s*(?:IV|I{1,3}|[1-4]))?(?:\s*(?:/|năm)\s*20\d\d| năm 20\d\d)?|tháng \d{1,2}(?:\s*(?:và|đến|,|-)\s*(?:tháng )?\d{1,2})?(?:\s*(?:/|năm)\s*20\d\d))",
    re.IGNORECASE,
)
_DUE_RANGE = re.compile(
    r"từ (?:ngày )?\d{1,2}/\d{1,2}(?:/20\d\d)? đến (?:hết )?(?:ngày )?\d{1,2}/\d{1,2}(?:/20\d\d)?", re.IGNORECASE
)
_AND_ON = re.compile(r"và (?:các|những) năm (?:tiếp theo|sau)", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"năm học 20\d\d\s*[-–]\s*20\d\d", re.IGNORECASE)
_DUE_YEAR = re.compile(
    r"(?:(?:phấn đấu )?đến(?: hết| cuối)? năm|hoàn thành trong năm|xong trong năm|trước năm|hết năm) (20\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Timing:
    """When: one of the codebook's timings, the words that say it, and the days it lies between (ISO), if any."""

    timing: str = "unspecified"
    raw: str | None = None
    due_from: str | None = None
    due_to: str | None = None


@cache
def _words(where: str) -> tuple[tuple[str, re.Pattern, str, tuple[str, ...]], ...]:
    """(timing, pattern, needs, unless_before) of timing.csv for a cell, a text or a report, the longest words first."""
    found = []
    for row in table("timing", "timing", "where", "words", "needs", "unless_before"):
        if row["timing"] not in TIMINGS:
            raise BadReference(f"timing.csv, dòng {row['_row']}, cột timing: {row['timing']!r} không có trong bảng mã")
        if row["where"] in (where, "both" if where in ("cell", "text") else where):
            spelt = r"[\s,]+".join(map(re.escape, row["words"].split()))
            unless = tuple(key(words) for words in row["unless_before"].split("|") if words)
            found.append((row["timing"], re.compile(rf"(?<!\w){spelt}(?!\w)", re.IGNORECASE), row["needs"], unless))
    return tuple(sorted(found, key=lambda entry: -len(entry[1].pattern)))


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(sorted((key(row["words"]) for row in table("verbs", "words")), key=len, reverse=True))


@cache
def _recurring() -> tuple[str, ...]:
    """Verbs that an adverb may follow: "cập nhật thường xuyên"; after others it belongs to a noun ("cuộc họp thường
    xuyên").
    """
    return tuple(key(row["words"]) for row in table("recurring", "words"))


def of_cell(cell: str, plan: Plan) -> Timing:
    """The timing of a table's cell. The whole cell is its words: "Quý I-II/2021", "Trước, sau tuyển dụng"."""
    raw = " ".join(cell.split()).strip(" ;,.")
    if not raw:
        return Timing()
    dates = _dates(raw, plan)
    hits = [
        timing
        for timing, pattern, _, unless in _words("cell")
        if pattern.search(raw) and not _is_barred(raw, pattern, unless)
    ]
    rhythms = [timing for timing in hits if timing in _RHYTHMS]
    if (
        re.search(r"định kỳ", raw, re.IGNORECASE)
        and len(set(rhythms)) > 1
        and not re.search(r"thường xuyên", raw, re.IGNORECASE)
    ):
        # "định kỳ" is a rhythm without a period: another that has one says more
        rhythms = [timing for timing in rhythms if timing != "ongoing"]
    if dates and ("semiannual" in rhythms and _HALF.search(raw)):
        rhythms.remove("semiannual")
    if rhythms:
        return Timing(min(rhythms, key=_ORDER.__getitem__), raw)
    if dates or "dated" in hits:
        return Timing("dated", raw, *(dates or _year_part(raw, plan)))
    if hits:
        # "Sau khi ban hành theo quy định" tells more by its event
        return Timing(min(hits, key=_ORDER.__getitem__), raw)
    return Timing("unspecified", raw)


def of_text(text: str, plan: Plan, is_report: bool, is_aim: bool = False) -> Timing:
    """The timing that running prose says of its own duty.

    Words that only describe ("lịch tiếp công dân định kỳ", "Chỉ số PAPI hằng năm", "theo quy định" as manner, the date
    of a decree that is cited) say no timing. Of an aim the date counts first: its rhythm is how it is measured.
    """
    found: list[tuple[int, int, int, str]] = []
    for timing, pattern, needs, unless in _words("text"):
        for hit in pattern.finditer(text):
            if _is_barred_at(text, hit.start(), unless) or needs == "cell":
                continue
            # "Thường xuyên …" at a sentence's beginning belongs to whatever its duty is
            begins = hit[0].startswith("Thường") and re.search(r"(?:^|[.;:]\s+)$", text[: hit.start()]) is not None
            if needs == "verb" and not begins and not _stands_by_verb(text, hit.start(), hit.end()):
                continue
            if timing == "event" and hit[0].lower().startswith("nếu") and not is_report:
                continue
            found.append((_ORDER[timing], hit.start(), hit.end(), timing))
    for timing, pattern, _, _ in _words("start"):
        found.extend(
            (_ORDER[timing], hit.start(1), hit.end(1), timing)
            for hit in re.finditer(rf"(?:^|[.;:]\s+)({pattern.pattern})\s", text, re.IGNORECASE)
        )
    due: tuple[str | None, str | None] = (None, None)
    for pattern in (_DUE_RANGE, _DUE_DAY, _DUE_SPAN):
        date = pattern.search(text)
        if date:
            found.append((_ORDER["dated"], date.start(), date.end(), "dated"))
            due = _dates(date[0], plan) or (None, None)
            break
    else:
        year = next((h for h in _DUE_YEAR.finditer(text) if int(h[1]) not in _own_years(plan)), None)
        if year:
            found.append((_ORDER["dated"], year.start(), year.end(), "dated"))
            due = (None, f"{year[1]}-12-31")
    if is_report:
        for timing, pattern, _, _ in _words("report"):
            said = re.search(rf"báo cáo[^.;]*?({pattern.pattern})\s*(?:[.;/]|$)", text, re.IGNORECASE)
            if said:
                found.append((_ORDER[timing], said.start(1), said.end(1), timing))
    if not found:
        return Timing()
    _, start, end, timing = min(found, key=lambda hit: (is_aim and hit[3] != "dated", hit))
    raw = _whole_words(text, start, end, timing)
    if timing != "dated":
        return Timing(timing, raw)
    return Timing("dated", raw, *(due if any(due) else _year_part(raw, plan)))


def _whole_words(text: str, start: int, end: int, timing: str) -> str:
    """The words of a timing with what belongs to them: the event itself, or "Định kỳ" before a rhythm."""
    if timing == "event":
        stop = re.search(r"[.;,:)]|(?<=\w)\s(?=trong quá trình)", text[end:])
        return text[start : end + (stop.start() if stop else len(text) - end)].strip()[:160]
    before = re.search(r"(?:hằng năm |hàng năm )?định kỳ\s*,?\s*$", text[:start], re.IGNORECASE)
    return text[before.start() if before else start : end].strip()


def _is_barred(raw: str, pattern: re.Pattern, unless: tuple[str, ...]) -> bool:
    hit = pattern.search(raw)
    return hit is not None and _is_barred_at(raw, hit.start(), unless)


def _is_barred_at(text: str, start: int, unless: tuple[str, ...]) -> bool:
    """Whether one of the words that bar a timing stands among the five before it."""
    before = f" {' '.join(key(text[max(0, start - 60) : start]).split()[-5:])} "
    return any(f" {words} " in before for words in unless)


def _stands_by_verb(text: str, start: int, end: int) -> bool:
    """Whether an adverb belongs to a duty's verb: "thường xuyên kiểm tra", "cập nhật thường xuyên"; not "điện thường
    xuyên".
    """
    after, before = key(text[end : end + 30]), key(text[max(0, start - 30) : start])
    following = text[end : end + 1]
    if following in (" ",) and any(
        (after + " ").startswith(verb + " ") for verb in _verbs() if verb not in ("là", "có kế hoạch", "đưa")
    ):
        return True
    return any((" " + before).endswith(" " + verb) for verb in _recurring())


def _own_years(plan: Plan) -> set[int]:
    """The plan's own period is the plan's, and no unit's timing."""
    return {year for year in (plan.period_from, plan.period_to) if year}


def _plan_year(plan: Plan) -> int | None:
    """The year a date without one belongs to: the plan's, where it is for one year only."""
    if plan.period_from and plan.period_from == plan.period_to:
        return plan.period_from
    return None


def _year_part(raw: str, plan: Plan) -> tuple[str | None, str | None]:
    """ "Cuối năm", "đầu năm": the end of the plan's year; of a plan for several years no day can be told."""
    year = re.search(r"20\d\d", raw)
    number = int(year[0]) if year else _plan_year(plan)
    if number is None:
        return None, None
    if re.search(r"cuối năm", raw, re.IGNORECASE):
        return None, f"{number}-12-31"
    if re.search(r"đầu năm", raw, re.IGNORECASE):
        return f"{number}-01-01", None
    return f"{number}-01-01", f"{number}-12-31"


def _dates(raw: str, plan: Plan) -> tuple[str | None, str | None] | None:
    """The days that written dates lie between; None where nothing is a date, (None, None) where the year is not
    known.
    """
    raw = _SCHOOL_YEAR.sub(" ", raw)
    if _AND_ON.search(raw):
        first = _dates(_AND_ON.split(raw)[0], plan)
        return (first[0], None) if first else None
    days = [hit for hit in _DAY.finditer(raw) if 1 <= int(hit["day"]) <= 31 and 1 <= int(hit["month"]) <= 12]
    if days:
        shared = next((hit["year"] for hit in reversed(days) if hit["year"]), None)
        ends = [end for end in (_day(hit, shared, plan) for hit in days) if end is not None]
        if len(ends) < len(days):
            return None, None
        if days[0]["from"] and len(days) == 1:
            return ends[0], None
        is_until = bool(days[0]["before"].strip())
        return (None, ends[-1]) if is_until and len(days) == 1 else (min(ends), max(ends))
    half = _HALF.search(raw)
    if half:
        year = half["year"] or _plan_year(plan)
        months = (1, 6) if half["half"].lower() == "đầu" else (7, 12)
        return _span(year, *months) if year else (None, None)
    for pattern, months_of in ((_QUARTER, lambda n: (3 * n - 2, 3 * n)), (_MONTH, lambda n: (n, n))):
        spans = []
        for hit in pattern.finditer(raw):
            begins = _ROMAN.get(hit["first"].lower()) if pattern is _QUARTER else int(hit["first"])
            stops = (
                hit["last"] and (_ROMAN.get(hit["last"].lower()) if pattern is _QUARTER else int(hit["last"])) or begins
            )
            if begins and stops and 1 <= begins <= stops <= 12:
                spans.append((hit, months_of(begins)[0], months_of(stops)[1]))
        if spans:
            later = next((hit["year"] for hit, _, _ in reversed(spans) if hit["year"]), None)
            year = later or next((y[0] for y in re.finditer(r"20\d\d", raw)), None) or _plan_year(plan)
            if not year:
                return None, None
            return (
                _span(spans[0][0]["year"] or year, spans[0][1], spans[-1][2])
                if len(spans) == 1
                else (
                    _span(spans[0][0]["year"] or year, spans[0][1], spans[0][1])[0],
                    _span(spans[-1][0]["year"] or year, spans[-1][2], spans[-1][2])[1],
                )
            )
    years = _YEARS.search(raw)
    if years and years["first"] <= years["last"]:
        return f"{years['first']}-01-01", f"{years['last']}-12-31"
    year = _YEAR.search(raw)
    if year:
        is_until = bool(re.match(r"(?:đến|trước|hết)", year[0].strip(), re.IGNORECASE))
        return (None if is_until else f"{year['year']}-01-01"), f"{year['year']}-12-31"
    return None


def _day(hit: re.Match, shared: str | None, plan: Plan) -> str | None:
    year = hit["year"] or shared or _plan_year(plan)
    if not year:
        return None
    month = int(hit["month"])
    return f"{int(year):04}-{month:02}-{min(int(hit['day']), calendar.monthrange(int(year), month)[1]):02}"


def _span(year: int | str, first: int, last: int) -> tuple[str, str]:
    return f"{int(year):04}-{first:02}-01", f"{int(year):04}-{last:02}-{calendar.monthrange(int(year), last)[1]:02}"
