"""Timing: the plan's own words → one of nine rhythms, the words that said it, and dates where there are any.

A rhythm beats a date, of several rhythms the shortest counts, a date beats an event, an event beats a regulation (the
codebook, section 2). The words stand in timing.csv, the forms of dates in dates.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from etl.model import Plan
from etl.reference import form, listed, table
from etl.tag import dates
from etl.text import key

_form = partial(form, "timing-words")
_PERIODS = {"tuần": "ongoing", "tháng": "monthly", "quý": "quarterly", "năm": "annual"}
_TIMES_A_YEAR = {"2": "semiannual", "hai": "semiannual", "4": "quarterly", "bốn": "quarterly", "12": "monthly"}
_TURNS = ("quarterly", "semiannual", "annual")
"""Rhythms of which each turn may have a day of its own in a plan's year."""
_TURNS_BEHIND = re.compile(r"(?i)\s*\(((?:vào )?(?:các )?(?:tháng|quý) [^()]*)\)")
_OF_MONTH = re.compile(
    r"(?i)thứ \w+ (?:(?:tuần )?(?:đầu|cuối|thứ \w+)(?: tuần)?(?: của)?) (?:mỗi |hằng |hàng )?tháng(?! \d)"
)
"""A weekday of each month: "thứ Bảy đầu tháng"."""
_WEEKDAYS = re.compile(r" \w+(?:(?:,| và)(?: sáng| chiều| tối)? thứ \w+)*")
_SCHOOL = re.compile(r" học(?: 20\d\d\s*[-–]\s*20\d\d)?")
_RHYTHMS = ("ongoing", "monthly", "quarterly", "semiannual", "annual")
_COUNTED = (
    r"(?i)(?<!\w)0?(?P<count>\d{1,2}|một|hai|ba|bốn|năm|sáu) (?:(?P<times>lần)|{occasion})(?: [^\W\d]+){0,8}?"
    r"(?: (?:trong|mỗi|một|trên) |\s*/\s*)(?P<period>tuần|tháng|quý|năm)(?!\w| học)"
)
_TIMES = re.compile(r"(?i)(?<!\w)(?:mỗi|một) năm 0?(?P<count>\d{1,2}|hai|bốn) lần(?!\w)")
_EVERY = re.compile(
    r"(?i)(?<!\w)(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười lăm) (?:ngày|tuần)(?: [^\W\d]+){0,4} một lần(?!\w)"
)
"""After so many days or weeks again: "mười ngày thay một lần"."""
_EACH = re.compile(
    r"(?i)(?P<done>(?<!\w)xong )?(?:[^\W\d_]+ )?(?<!\w)(?P<what>[^\W\d_]+) nào (?:[^\W\d_]+ ){1,4}(?P=what) (?:đó|đấy|ấy|nấy)(?!\w)"
)
"""Each one in its turn: "tháng nào công khai tháng đó", "xong đoạn nào nghiệm thu đoạn đó"."""
_BEGINS = r"(?i)(?:{begins}\b|\d{1,2}\s*(?:[/.-]\s*\d|tháng\b|ngày\b|lần\b)|(?-i:[TQ]\.?\s?(?:\d|[IV])))"
_LONGEST_HALF = len(" cuối năm")
_LAST = re.compile(r"(?:[;,]\s+|\()(?P<when>[^;,()]{3,35}?)\)?\s*[.;]?\s*$")
_DATE_WORDS = re.compile(
    r"(?i)(?<!\w)(?:ngày|tuần|tháng|quý|năm|các|những|mỗi|một|hai|lần|tiếp theo|và|đến|từ|[ivx]+)(?!\w)"
)
_TOLD = r"(?i)(?!\b(?:{begins})\b)\b[^\W\d_]{2,}"
_YEAR_ALONE = re.compile(r"(?i)(?:trong |vào )?(?:năm )?20\d\d")
_DEFECT = r"(?i)\b{defect}\b"
_OF_PEOPLE = r"(?i)(?:^|\b{toward} )(?:các |những |mọi )?{people} \w"
_TO_PEOPLE = r"(?i)\b{toward} (?:các |những |mọi )?{people} $"
_THEY_COME = r"(?i) (?:{people}|dân|khách) (?:đến|tới)\b"
"""How quickly people are served is no time of the task: "giải quyết ngay khi dân đến"."""
_THEN = re.compile(r"[^.,;:]* thì ")
"""Behind "hướng dẫn người dân khi …" the people do it: "… thì nhờ tòa án"."""
_FOR_THEM = re.compile(r"(?i)\bđể (?:(?!xong|hoàn thành|kịp|có\b|báo cáo|trình)[^\W\d]+ ){1,3}$")
"""A short purpose right before words of time, which belong to it: "để lại số máy để gọi hỏi trước khi đưa tiền"."""
_ORDER = {timing: order for order, timing in enumerate((*_RHYTHMS, "dated", "event", "regulation"))}


@dataclass(frozen=True)
class Timing:
    """When: one of the codebook's timings, the words that say it, and the days it lies between (ISO), if any."""

    timing: str = "unspecified"
    raw: str | None = None
    due_from: str | None = None
    due_to: str | None = None


class _Words(NamedTuple):
    """A row of timing.csv: what its words say, and the words before them that take it back."""

    timing: str
    pattern: re.Pattern
    needs: str
    unless: tuple[str, ...]


class _Hit(NamedTuple):
    """A timing met in a text, and where; the least of several is the text's."""

    order: float
    start: int
    end: int
    timing: str


@cache
def _words(where: str) -> tuple[_Words, ...]:
    """The rows of timing.csv for a cell, a text, the start of a sentence or a report, the longest words first."""
    found = []
    for row in table("timing"):
        if row["where"] in (where, "both" if where in ("cell", "text") else where):
            # "thường xuyên, liên tục" is one rhythm, "làm trước, mỗi xã …" no event
            sign = r"[\s,]+" if row["timing"] in _RHYTHMS else r"\s+"
            spelt = sign.join(map(re.escape, row["words"].split()))
            unless = tuple(key(words) for words in row["unless_before"].split("|") if words)
            pattern = re.compile(rf"(?<!\w){spelt}(?!\w)", re.IGNORECASE)
            found.append(_Words(row["timing"], pattern, row["needs"], unless))
    return tuple(sorted(found, key=lambda words: -len(words.pattern.pattern)))


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(sorted((key(row["words"]) for row in table("verbs")), key=len, reverse=True))


@cache
def _recurring() -> tuple[str, ...]:
    """Verbs that an adverb may follow: "cập nhật thường xuyên"; after others it belongs to a noun ("cuộc họp thường
    xuyên").
    """
    return tuple(key(row["words"]) for row in table("recurring"))


def of_cell(cell: str, plan: Plan) -> Timing:
    """The timing of a table's cell. The whole cell is its words: "Quý I-II/2021", "Trước, sau tuyển dụng"."""
    raw = " ".join(cell.split()).strip(" ;,.")
    if not raw:
        return Timing()
    own = dates.spelt(dates.uncited(raw))
    days = dates.days(own, _plan_year(plan))
    said = [words.timing for words in _words("cell") if _is_said(words, own)]
    said += [hit.timing for hit in _counted(own)]
    if not days and not said and own != dates.spelt(raw):
        return Timing("regulation", raw)
    rhythms = [timing for timing in said if timing in _RHYTHMS]
    lowered = own.lower()
    if "định kỳ" in lowered and len(set(rhythms)) > 1 and "thường xuyên" not in lowered:
        # "định kỳ" is a rhythm without a period: another that has one says more
        rhythms = [timing for timing in rhythms if timing != "ongoing"]
    if days and "semiannual" in rhythms and dates.names_half(raw):
        rhythms.remove("semiannual")
    if rhythms:
        shortest = min(rhythms, key=_ORDER.__getitem__)
        turns = dates.within_year(own, _plan_year(plan)) if shortest in _TURNS else dates.UNKNOWN
        return Timing(shortest, raw, *turns)
    if days or "dated" in said:
        return Timing("dated", raw, *(days or _year_part(raw, plan)))
    # "Sau khi ban hành theo quy định" tells more by its event
    return Timing(min(said, key=_ORDER.__getitem__, default="unspecified"), raw)


def says_when(words: str) -> bool:
    """Whether words are a time and no more: they begin as one and hold a date, a rhythm or another word of time; not what
    document it is by, nor what was reached ("năm 2020: 12 vụ").
    """
    own = dates.spelt(dates.uncited(words))
    if ":" in own or not _form(_BEGINS).match(own):
        return False
    is_said = any(_is_said(said, own) for said in _words("cell"))
    return is_said or dates.days(own, None) is not None or any(True for _ in _counted(own))


def of_text(text: str, plan: Plan, is_report: bool, is_aim: bool = False) -> Timing:
    """The timing that running prose says of its own duty.

    Words that only describe ("lịch tiếp công dân định kỳ", "Chỉ số PAPI hằng năm", "theo quy định" as manner, the date
    of a decree that is cited) say no timing. Of an aim the date counts first: its rhythm is how it is measured.
    """
    said = dates.spelt(text)
    found = [*_in_text(said, is_report), *_counted(said), *_at_start(said), *(_of_report(said) if is_report else ())]
    due = dates.due(said, _plan_year(plan), _own_years(plan), is_aim)
    if due:
        found.append(_Hit(_ORDER["dated"], *due[:2], "dated"))
    last = _of_last_words(said, plan)
    if all(last.raw and hit.order > _ORDER[last.timing] for hit in found):
        return last
    _, start, end, timing = min(found, key=lambda hit: (is_aim and hit.timing != "dated", hit))
    raw = _whole_words(text, start, end, timing)
    if timing != "dated":
        turns = _TURNS_BEHIND.match(said, end) if timing in _TURNS else None
        return Timing(timing, raw, *(dates.within_year(turns[1], _plan_year(plan)) if turns else dates.UNKNOWN))
    return Timing("dated", raw, *(due[2] if due and any(due[2]) else _year_part(raw, plan)))


def _of_last_words(text: str, plan: Plan) -> Timing:
    """The timing of a last clause, or a closing bracket, that is a time and nothing else: "…; quý II.", "… (thường xuyên);".
    A year alone behind a comma is what is told, and no time.
    """
    closing = _LAST.search(text)
    if not closing or not says_when(closing["when"]):
        return Timing()
    if closing[0].startswith(",") and _YEAR_ALONE.fullmatch(closing["when"]):
        return Timing()
    timing = of_cell(closing["when"], plan)
    rest = closing["when"]
    for words in _words("cell"):
        rest = words.pattern.sub(" ", rest)
    # "… (năm 2020 có 12 vụ)" tells more than a time, "khi có dự thảo" what it waits for
    is_time = timing.timing == "event" or not _form(_TOLD).search(_DATE_WORDS.sub(" ", rest))
    does = any(f" {verb} " in f" {key(rest)} " for verb in _verbs())
    return timing if is_time and not does else Timing()


def _in_text(text: str, is_report: bool) -> Iterator[_Hit]:
    """Words that say a timing anywhere; an adverb only by its verb, and "nếu …" only of a report."""
    for timing, pattern, needs, unless in _words("text"):
        for hit in pattern.finditer(text):
            is_half = timing == "semiannual" and dates.names_half(text[hit.start() : hit.end() + _LONGEST_HALF])
            if _is_barred(text, hit.start(), unless) or needs == "cell" or is_half:
                continue
            if hit[0].lower().endswith("thứ") and _OF_MONTH.match(text, hit.end() - len("thứ")):
                continue
            # "Thường xuyên …" at a sentence's beginning belongs to whatever its duty is
            begins = hit[0].startswith("Thường") and re.search(r"(?:^|[.;:]\s+)$", text[: hit.start()]) is not None
            stands = _stands_by_verb(text, *hit.span())
            if needs == "object" and not stands and _stands_by_object(text, hit):
                # without a period, it says less than any rhythm that has one
                yield _Hit(_ORDER["dated"] - 0.5, *hit.span(), timing)
            if needs in ("verb", "object") and not begins and not stands:
                continue
            if timing == "event" and (hit[0].lower().startswith("nếu") and not is_report or _is_others(text, hit)):
                continue
            yield _Hit(_ORDER[timing], *hit.span(), timing)


def _counted(text: str) -> Iterator[_Hit]:
    """So many times in a period, which is a rhythm of that period: "ít nhất 02 ngày trong tuần", "2 lần/năm"; or again
    after some days.
    """
    for hit in _TIMES.finditer(text):
        timing = _TIMES_A_YEAR.get(hit["count"].lower(), "annual")
        yield _Hit(_ORDER[timing], *hit.span(), timing)
    for hit in _form(_COUNTED).finditer(text):
        timing = _PERIODS[hit["period"].lower()]
        if hit["times"] and timing == "annual":
            timing = _TIMES_A_YEAR.get(hit["count"].lower(), "annual")
        yield _Hit(_ORDER[timing], *hit.span(), timing)
    for hit in _EACH.finditer(text):
        each = _PERIODS.get(hit["what"].lower(), "event" if hit["done"] else "")
        if each:
            yield _Hit(_ORDER[each], *hit.span(), each)
    for timing, every in (("ongoing", _EVERY), ("monthly", _OF_MONTH)):
        for hit in every.finditer(text):
            yield _Hit(_ORDER[timing], *hit.span(), timing)


def _is_others(text: str, hit: re.Match) -> bool:
    """Whether words of time belong to a defect ("khắc phục tình trạng điện yếu vào mùa khô") or to what people do for
    themselves ("để người dân tìm đến hòa giải khi có tranh chấp", "hướng dẫn người dân khi … thì …"); what is to be done before a season is done by then.
    """
    if re.match(r"(?i)trước (?!khi)", hit[0]):
        return False
    if _form(_THEY_COME).match(text, hit.end()):
        return True
    part = _part_before(text, hit.start())
    is_in_time = re.match(r"(?i)(?:vào|trong|nhân) dịp", hit[0])
    if re.match(r"(?i)(?:trước|sau) khi", hit[0]) and _FOR_THEM.search(part):
        return True
    is_for_them = _form(_TO_PEOPLE).search(part) and _THEN.match(text, hit.end())
    return bool(is_for_them or _form(_DEFECT).search(part) or not is_in_time and _form(_OF_PEOPLE).search(part))


def _part_before(text: str, end: int) -> str:
    """What stands between the last sign before a place and the place."""
    return re.split(r"[.,;:]\s+", text[:end])[-1]


def _at_start(text: str) -> Iterator[_Hit]:
    """Words that say a timing only where a sentence begins: "Khi ban hành văn bản, …"."""
    for timing, pattern, _, _ in _words("start"):
        for hit in re.finditer(rf"(?:^|[.;:]\s+)({pattern.pattern})\s", text, re.IGNORECASE):
            yield _Hit(_ORDER[timing], *hit.span(1), timing)


def _of_report(text: str) -> Iterator[_Hit]:
    """Words that say a timing only at the end of a duty to report: "… báo cáo UBND tỉnh theo quy định."."""
    for timing, pattern, _, _ in _words("report"):
        hit = re.search(rf"báo cáo[^.;]*?({pattern.pattern})\s*(?:[.;/]|$)", text, re.IGNORECASE)
        if hit:
            yield _Hit(_ORDER[timing], *hit.span(1), timing)


def _whole_words(text: str, start: int, end: int, timing: str) -> str:
    """The words of a timing with what belongs to them: the event itself, or "Định kỳ" before a rhythm."""
    if timing == "event":
        stop = re.search(r"[.;,:)]|(?<=\w)\s(?=trong quá trình)", text[end:])
        return text[start : end + (stop.start() if stop else len(text) - end)].strip()[:160]
    if after := (_SCHOOL if timing == "dated" else _WEEKDAYS if text[:end].endswith("thứ") else None):
        end += len(hit[0]) if (hit := after.match(text, end)) else 0
    before = re.search(r"(?:hằng năm |hàng năm )?định kỳ\s*,?\s*$", text[:start], re.IGNORECASE)
    return text[before.start() if before else start : end].strip()


def _is_said(words: _Words, raw: str) -> bool:
    """Whether a cell says these words, and none that bars them stands before."""
    hit = words.pattern.search(raw)
    return hit is not None and not _is_barred(raw, hit.start(), words.unless)


def _is_barred(text: str, start: int, unless: tuple[str, ...]) -> bool:
    """Whether one of the words that bar a timing stands among the five before it."""
    before = f" {' '.join(key(text[max(0, start - 60) : start]).split()[-5:])} "
    return any(f" {words} " in before for words in unless)


def _stands_by_verb(text: str, start: int, end: int) -> bool:
    """Whether an adverb belongs to a duty's verb: "thường xuyên kiểm tra", "cập nhật thường xuyên"; not "điện thường
    xuyên".
    """
    after, before = key(text[end : end + 30]), key(text[max(0, start - 30) : start])
    verbs = (verb for verb in _verbs() if verb not in ("là", "có kế hoạch", "đưa"))
    if text[end : end + 1] == " " and any((after + " ").startswith(verb + " ") for verb in verbs):
        return True
    return any((" " + before).endswith(" " + verb) for verb in _recurring())


def _stands_by_object(text: str, hit: re.Match) -> bool:
    """Whether an adverb closes what is done again and again: "tiếp công dân định kỳ", "kiểm tra đánh giá lại theo định
    kỳ" does not.
    """
    before = f" {' '.join(key(_part_before(text, hit.start())).split()[-6:])} "
    if before.endswith(" theo ") or _is_others(text, hit):
        return False
    return any(f" {verb} " in before for verb in (*_recurring(), *listed("timing-words", "repeated")))


def _own_years(plan: Plan) -> set[int]:
    """The plan's own period is the plan's, and no unit's timing."""
    return {year for year in (plan.period_from, plan.period_to) if year}


def _plan_year(plan: Plan) -> int | None:
    """The year a date without one belongs to: the plan's, where it is for one year only, or in which it was issued where
    it names no period.
    """
    return plan.period_from or plan.year if plan.period_from == plan.period_to else None


def _year_part(raw: str, plan: Plan) -> dates.Days:
    """ "Cuối năm", "đầu năm": the end of the plan's year; of a plan for several years, and of a school year without its
    years, no day can be told.
    """
    if dates.names_school_year(raw):
        return dates.UNKNOWN
    year = re.search(r"20\d\d", raw)
    number = int(year[0]) if year else _plan_year(plan)
    if number is None:
        return dates.UNKNOWN
    first, last = f"{number}-01-01", f"{number}-12-31"
    if "cuối năm" in raw.lower():
        return None, last
    if "đầu năm" in raw.lower():
        return first, None
    return first, last
