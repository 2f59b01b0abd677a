"""Kind: what a unit does (the codebook, section 2): commit, describe, assign, set an aim, oblige to report.

The words stand in kinds.csv. `where` says where they count: at the beginning of a part of a `heading` above (as its
whole: `title`), anywhere in one (`over`), as the `label` or the name of a `note` before a text's colon, at the `start` of
the text, right behind the office that it begins with (`told`; `given` where that gives the office something to run),
anywhere in the `text`, or in the text of somebody who chairs (`chair`: it also says "chủ trì") or that names
a dimension (`named`), at the start of a table's `row`, where a later `clause` goes on with an aim, or where a text or
what it gives an office begins so that its kind is in `doubt`. A sentence describes that begins with a part of PAPI
(`subject`) and says what it `measures`, and one that begins as a look back (`back`) or says of a `thing` how it stands
(`state`), while nothing in it is `owed`; under a heading that looks back only what begins so (`owing`) is a task. A
heading that names a `weakness` looks back too; where one above promises a `remedy`, each text's own words say which of
the two it is: what tells a `fault`, or behind an office what is `amiss`, and does not begin with what `mends` it, is the
weakness. A `fault` is also a state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from etl.model import KINDS, Unit
from etl.reference import agency_names, bare, counts_with, form, listed, person, table
from etl.tag import agencies, assignments
from etl.text import BRACKET, fold, key

_PARTS = re.compile(r"[,;/]|\s(?:và|[-–])\s")
_CAPITAL_L = re.compile(r"(?<=[A-ZĐÀ-Ỹ])[l|](?=[A-ZĐÀ-Ỹ])|\b[l|](?=[A-ZĐÀ-Ỹ]{2})|(?<=[A-ZĐÀ-Ỹ]{2})[l|]\b")
"""An "I" that a scan took for an "l"."""
_LONGEST_HEADING = 90
_SUMS = r"(?:(?:theo dõi|đôn đốc|tổng hợp|đánh giá|kết quả|tình hình|tiến độ|thực hiện|chung)[,\s]+(?:và )?)"
_REPORTS = re.compile(rf"(?i)(?:{_SUMS}*báo cáo|{_SUMS}+(?:gửi|gởi|trình))\s+(?=\S)")
_REQUESTS = r"(?i)\b{request}\s+"
_DUTY_LABEL = r"(?i)^{label}\b[^:]{0,60}:"
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_THEN = re.compile(r"(?i)(?:trong |tính đến |đến |cuối |hết )?(?:cuối |hết )?năm (20\d\d)\b")
_YEARS = re.compile(r"(?: (?:đến|hết|cuối))*(?: năm)? \d+$")
_IN_YEAR = re.compile(r"(?i)^(?:trong |đến |hết |đến hết |đến cuối |cuối )?năm \d{4},?\s+")
"""By when an aim is reached: "Năm 2024 phấn đấu …"."""
_ANSWERS = re.compile(r"[☐☑☒□◻]")
_NOTE_MARK = re.compile(r"\(\*{1,3}\)\s*")
_BEGINS = ("start", "clause", "row", "doubt", "told", "given", "subject", "back", "thing", "owing", "amiss", "mends")
"""Where words count that stand at the beginning only."""
_REMEDIED, _BESIDE = "remedied", "beside"
"""What headings make of what stands below where a weakness and its remedies may stand together: under a weakness that is
named itself, and under a section of both.
"""
_NUMBER = r"(?: (?:số |thứ )?(?:\d{1,2}|nhất|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười))?"
_WHICH = r"(?: (?:về|trong|ở|tại|đối với|của|liên quan) |\s*[:.–-]\s)\s*\S"
"""What a heading says behind a weakness's name where it tells which: "Hạn chế về đất đai", "Điểm yếu thứ hai: rác"."""


@cache
def _rows(kind: str, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(words, unless) of kinds.csv."""
    found = []
    for row in table("kinds"):
        if (row["kind"], row["where"]) == (kind, where):
            found.append((key(row["words"]), tuple(key(words) for words in row["unless"].split("|") if words)))
    return tuple(found)


@cache
def _spaced(kind: str, where: str) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The words of a kind there with a space around, those that nothing bars apart from the others."""
    rows = [(f" {words} ", tuple(f" {one} " for one in unless)) for words, unless in _rows(kind, where)]
    return tuple(words for words, unless in rows if not unless), tuple(row for row in rows if row[1])


def _says(kind: str, where: str, said: str) -> bool:
    """Whether a text says one of the words of a kind there, and none of those that bar them."""
    padded = f" {said} "
    stands = padded.startswith if where in _BEGINS else padded.__contains__
    free, barred = _spaced(kind, where)
    if any(map(stands, free)):
        return True
    return any(stands(words) and not any(one in padded for one in unless) for words, unless in barred)


def kind_of(unit: Unit, leads: list[str], basis: str | None, year: int | None = None) -> str:
    """The kind of a unit whose leads are known, in a plan that begins in `year`. What is nothing else is an action."""
    said = key(unit.text)
    counted = "action" if _says("action", "counted", counts_with(unit.text)) else ""
    above = unit.channel == "narrative" and (counted or _label_kind(unit.text)) or _heading_kind(unit)
    is_aim = above == "objective" or unit.channel == "narrative" and _aims(unit)
    if is_aim and not _is_request(unit.text):
        return "objective"
    is_told = unit.channel == "narrative" and not (above in (_REMEDIED, _BESIDE) and _orders(unit, leads, basis))
    if _describes(unit, said) or is_told and _looks_back(unit.text, leads, above, year):
        return "description"
    if unit.channel == "table" or unit.declared_dim is not None:
        return "reporting" if unit.channel == "table" and _begins_report(said, "row") else "action"
    if _assigns(unit, said, leads, basis):
        return "assignment"
    if _says("reporting", "text", said) or _begins_report(said, "start") or _only_reports(unit.text):
        return "reporting"
    return "action"


def beside_assignments(units: Sequence[Unit]) -> Iterator[Unit]:
    """The same units, where tasks that give an office something to run in the form of an assignment ("Sở Y tế: Chủ trì
    …") and stand in one list with assignments are assignments too.
    """
    lists = {unit.headings for unit in units if unit.kind == "assignment" and unit.channel == "narrative"}
    for unit in units:
        is_task = unit.kind == "action" and unit.declared_dim is None and unit.lead_basis == "text"
        is_beside = is_task and unit.headings in lists and ":" in unit.text[:_LONGEST_HEADING]
        is_given = is_beside and _says("assignment", "doubt", key(unit.text.split(":", 1)[1]))
        yield replace(unit, kind="assignment", kind_sure=True) if is_given else unit


def _begins_report(said: str, where: str) -> bool:
    """Whether a text begins as a report does; "Báo cáo viên của Sở kể chuyện …" begins with somebody."""
    words = said.split()
    return _says("reporting", where, said) and agencies.leading(words, "bodies") <= agencies.leading(words, "verbs")


def _only_reports(text: str) -> bool:
    """Whether all that is to be done is to report to another: "Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 20/12",
    "Tổng hợp kết quả, gửi Sở Nội vụ"; "tổng hợp, báo cáo về giá đất" tells a subject.
    """
    hit = _REPORTS.match(text) or _REPORTS.match(agencies.chain(text, unknown=True)[1])
    return bool(hit and agencies.chain(hit.string[hit.end() :], unknown=True)[0])


def _aims(unit: Unit) -> bool:
    """Whether a text begins as an aim ("Phấn đấu …"); under a dimension one whose later clause is a duty is a task."""
    if not _says("objective", "start", key(_IN_YEAR.sub("", unit.text))):
        return False
    duties = (key(clause).split() for clause in unit.text.split("; ")[1:])
    return not (unit.declared_dim and any(agencies.leading(duty, "verbs") and not _says_aim(duty) for duty in duties))


def _says_aim(words: Sequence[str]) -> bool:
    """Whether a clause goes on with an aim: "giảm 10% …", "giữ vững …"."""
    return _says("objective", "clause", " ".join(words))


def is_sure(unit: Unit, kind: str) -> bool:
    """Whether nothing speaks against a task's being one: it holds a duty's verb, does not begin with a thing that is
    only told ("Tỷ lệ …") without a duty behind it, and does not give an office something to run ("Sở Y tế: chủ trì …").
    What is counted as a task is one ("Việc 2. Chuyện đụng đến đất cát thì đưa ra bàn").
    """
    if kind != "action" or unit.channel == "table" or _says("action", "counted", counts_with(unit.text)):
        return True
    parts = [unit.text, *([unit.text.split(":", 1)[1]] if ":" in unit.text[:_LONGEST_HEADING] else [])]
    is_told = _says("action", "doubt", key(parts[-1])) and not any(map(_is_duty, unit.text.split("; ")[1:]))
    if is_told or not any(agencies.has_duty(part) for part in parts):
        return False
    said = f" {key(unit.text)} "
    if not any(f" {words} " in said for words, _ in _rows("assignment", "doubt")):
        return True
    led, rest = agencies.chain(unit.text, unknown=True)
    return not (led and _says("assignment", "doubt", key(rest)))


def _heading_kind(unit: Unit) -> str:
    """What the nearest heading that says it makes of what stands below: aims, what was found, or tasks; "" where none
    says it. "MỤC TIÊU, NHIỆM VỤ" says both, and so nothing; "Hạn chế về đất đai" under "HẠN CHẾ VÀ BIỆN PHÁP" may stand
    over either.
    """
    below = ""
    for at, heading in reversed(list(enumerate(unit.headings))):
        # a bracket names the part of PAPI: "Hạn chế về đất đai (nội dung 2: …)"
        is_short = len(BRACKET.sub("", heading.text)) <= _LONGEST_HEADING
        said = _kinds_of(heading.text) if is_short else frozenset()
        parts = [key(part) for part in _PARTS.split(heading.text)]
        if below in parts and len(parts) > 2:
            # "2. Thông điệp" under "ĐỐI TƯỢNG, THÔNG ĐIỆP" is one part of it, and no target group
            return ""
        if said == {"description"} and _names_weakness(heading.text):
            is_remedied = any(_promises_remedy(over.text) for over in unit.headings[:at])
            return _REMEDIED if is_remedied else "description"
        if said:
            return _BESIDE if _sets_beside(heading.text) else next(iter(said)) if len(said) == 1 else ""
        below = key(heading.text)
    return ""


def _label_kind(text: str) -> str:
    """What a text says of itself before its first colon: an aim ("Mục tiêu: …"), what was found ("Tồn tại: …"), or a
    note that asks nobody for anything; so does a question. "" where it says none of these.
    """
    label, _, rest = text.partition(":")
    said = _YEARS.sub("", key(label))
    for kind in ("objective", "description"):
        if rest and any(said == words for words, _ in _rows(kind, "label")):
            return kind
    mark = _NOTE_MARK.match(text)
    is_note = mark or rest and any(said == words for words, _ in _rows("description", "note"))
    if is_note and not _goes_on(text[mark.end() :] if mark else rest.strip()):
        return "description"
    return "description" if _ANSWERS.split(text)[0].rstrip().endswith("?") else ""


def _looks_back(text: str, leads: list[str], above: str, year: int | None) -> bool:
    """Whether a text tells what was done or how things stand, and asks nobody for anything: under a heading that says
    so, or by its own words. `year` is the plan's first.
    """
    said = key(text)
    is_asked = bool(form("assigning", _DUTY_LABEL).match(text))
    if above in ("description", _REMEDIED):
        return not (is_asked or _says("action", "owing", said)) and (not leads or not _owes(text) or _tells(text))
    if above == _BESIDE and _tells_fault(text):
        return not is_asked
    is_back = _tells(text) if leads else _is_back(text, said, year)
    return is_back and not (is_asked or _owes(text) or _goes_on(text))


def _orders(unit: Unit, leads: list[str], basis: str | None) -> bool:
    """Whether a text that stands by a weakness is its remedy: somebody or a time is given for it alone, it begins with an
    office that does something, or one of its sentences is a duty.
    """
    if any(cell.role in ("lead", "timing") and cell.basis != "merged" for cell in unit.cells):
        return True
    first, *others = _SENTENCES.split(unit.text)
    if basis == "text" and leads and not _tells_fault(first):
        return True
    return any(map(_is_duty, (first, *others)))


def _is_duty(sentence: str) -> bool:
    """Whether a sentence begins with a duty's verb, or with somebody and that, and tells no fault."""
    is_duty = _begins_duty(sentence) or _begins_duty(agencies.chain(sentence, unknown=True)[1])
    return is_duty and not _tells_fault(sentence)


def _tells_fault(sentence: str) -> bool:
    """Whether a sentence says what is wrong: "Niêm yết chưa kịp thời", "Các xã không có người thay"; "Chấn chỉnh việc niêm
    yết chưa kịp thời" mends it.
    """
    rest = key(agencies.chain(sentence, unknown=True)[1])
    is_fault = _says("description", "fault", key(sentence.split("; ")[0])) and not _says("action", "mends", rest)
    return is_fault or _says("description", "amiss", rest) or _tells(sentence)


def _is_back(text: str, said: str, year: int | None) -> bool:
    """Whether a text begins in a year before the plan's or as a look back, or says of a thing how it stands."""
    then = _THEN.match(text)
    stands = any(_says("description", where, said) for where in ("state", "fault"))
    is_state = stands and _says("description", "thing", said)
    return bool(then and year and int(then[1]) < year) or is_state or _says("description", "back", said)


def _goes_on(text: str) -> bool:
    """Whether a sentence is a duty, or a further one begins with somebody whose deeds it does not tell."""
    first, *others = _SENTENCES.split(text)
    return _begins_duty(first) or any(_begins_duty(one) or _is_of(one) for one in others)


def _begins_duty(sentence: str) -> bool:
    return agencies.leading(key(sentence).split(), "verbs") > 0


def _is_of(sentence: str) -> bool:
    """Whether a sentence begins with somebody, and does not tell what they did: "Công chức địa chính in bảng giá đất"."""
    return bool(agencies.chain(sentence, unknown=True)[0]) and not _tells(sentence)


def _owes(text: str) -> bool:
    """Whether a text says that something is still to be done: "… phải …"."""
    return _says("action", "owed", key(text))


def _tells(text: str) -> bool:
    """Whether a text tells what somebody has done: "Năm 2021, các sở đã mở 27 lớp tập huấn"."""
    if not any(words in f" {key(text)} " for words in _spaced("description", "told")[0]):
        return False
    told = (agencies.chain(words.strip(), unknown=True) for words in re.split(r"[,;:]\s", text))
    return any(found and _says("description", "told", key(rest)) for found, rest in told)


@lru_cache(maxsize=4096)
def _names_weakness(heading: str) -> bool:
    """Whether a heading says which weakness it is: "Hạn chế về công khai ngân sách"; "Tồn tại, hạn chế" stands over the
    weaknesses themselves.
    """
    return bool(_weakness_of().match(heading))


@cache
def _weakness_of() -> re.Pattern:
    weak = "|".join(re.escape(words) for words, _ in _rows("description", "weakness"))
    return re.compile(rf"(?i)(?:{weak})(?:(?:,| và) (?:{weak}))*{_NUMBER}{_WHICH}")


@lru_cache(maxsize=4096)
def _promises_remedy(heading: str) -> bool:
    """Whether a heading says that tasks stand below it, or how weaknesses are overcome: "KHẮC PHỤC CÁC TỒN TẠI"."""
    said = f" {key(heading)} "
    is_weak = any(f" {words} " in said for words, _ in _rows("description", "weakness"))
    return "action" in _kinds_of(heading) or is_weak and _says("action", "remedy", said.strip())


@lru_cache(maxsize=4096)
def _kinds_of_words(words: str) -> frozenset[str]:
    """The kinds that the words between two commas of a heading begin with, or are but for marks that a scan blurred:
    "MUC ĐlCH".
    """
    said, blurred = {key(words), bare(words)}, fold(_CAPITAL_L.sub("I", words))
    return frozenset(
        kind
        for kind in KINDS
        if any(_begins(one, begin, unless) for one in said for begin, unless in _beginnings(kind))
        or any(blurred == fold(begin) and said.isdisjoint(unless) for begin, unless in _beginnings(kind))
        or any(whole in said for whole, _ in _rows(kind, "title"))
    )


@lru_cache(maxsize=4096)
def _sets_beside(heading: str) -> bool:
    """Whether weaknesses and tasks are two parts of a heading, in capitals too: "HẠN CHẾ VÀ BIỆN PHÁP"."""
    parts = _PARTS.split(heading.lower())
    weak = _rows("description", "weakness")
    is_weak = any(_begins(key(part), begin, unless) for part in parts for begin, unless in weak)
    return is_weak and any("action" in _kinds_of_words(part) for part in parts)


@cache
def _beginnings(kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(words, unless) with which a part of a heading begins that says a kind."""
    return _rows(kind, "heading") + _rows(kind, "weakness")


def _begins(said: str, begin: str, unless: Sequence[str]) -> bool:
    return said.startswith(begin) and not any(words in said for words in unless)


@lru_cache(maxsize=4096)
def _kinds_of(heading: str) -> frozenset[str]:
    """The kinds that a heading says; what a duty's verb begins, its later parts do not part: "Khắc phục tồn tại, hạn
    chế".
    """
    over = frozenset(kind for kind in KINDS if _says(kind, "over", key(heading)))
    first, *others = (_kinds_of_words(words) for words in _PARTS.split(heading))
    is_duty = not first and agencies.leading(bare(heading).split(), "verbs")
    return over or (first if is_duty else first.union(*others))


def _is_request(text: str) -> bool:
    """Whether the issuer asks somebody by name: "UBND tỉnh yêu cầu Giám đốc các sở …"."""
    requests = form("assigning", _REQUESTS).finditer(text[:80])
    return any(agencies.chain(text[hit.end() :], unknown=False)[0] for hit in requests)


def _describes(unit: Unit, said: str) -> bool:
    """Whether a text says what an indicator measures, under its name or without one."""
    after = said
    if ":" in unit.text[:120] and unit.channel == "narrative":
        after = key(unit.text.split(":", 1)[1])
    if _says("description", "text", said) or any(_says("description", "start", one) for one in (said, after)):
        return True
    sentences = (key(_SENTENCES.split(words)[0]) for words in (unit.text, after))
    return any(
        _says("description", "subject", one) and _says("description", "measures", one) and not _owes(one)
        for one in sentences
    )


def _assigns(unit: Unit, said: str, leads: list[str], basis: str | None) -> bool:
    """Whether a unit gives an agency, or an official, a dimension or a topic to run."""
    if not leads or len(leads) > 5:
        return False
    if person() in leads and basis == "text":
        return _is_given(unit.text) or _runs(unit.text)
    if _says("assignment", "text", said) or _says("assignment", "start", said):
        return True
    if _is_given(unit.text) or assignments.gives_rest(unit.text):
        return True
    if all(lead in collective() or lead.startswith("Các ") for lead in leads):
        return False
    is_shared_out = any(_says("assignment", "heading", key(heading.text)) for heading in unit.headings)
    if basis == "text" and ":" in unit.text[:120] and is_shared_out:
        return True
    if _says("assignment", "named", said) and assignments.names_any(unit.text):
        return True
    return "chủ trì" in said and _says("assignment", "chair", said)


def _is_given(text: str) -> bool:
    """Whether a text gives something to run to the office that it begins or ends with: "Phòng Kinh tế lo đường sá",
    "Đường sá do Phòng Kinh tế lo", "Riêng nội dung 6.2 giao Sở Giáo dục và Đào tạo chủ trì". A duty, and behind it who
    leads, is a task ("Phát tờ rơi đến từng hộ, do Hội Phụ nữ phụ trách").
    """
    led, rest = agencies.chain(text, unknown=True)
    if led and _says("assignment", "given", key(rest)):
        return True
    if away := assignments.given_away(text):
        return not (away[0].rstrip().endswith(",") and agencies.has_duty(away[0]))
    # "… do Sở Y tế chủ trì" gives a part of PAPI, of a duty it says who does it
    away = assignments.given_away(text, "carry")
    return away is not None and assignments.names_any(away[0]) and not agencies.has_duty(away[0])


def _runs(text: str) -> bool:
    """Whether somebody is given something to run, and not one thing to do: "Đồng chí … tham mưu xây dựng kế hoạch", "Ông
    …: y tế, giáo dục"; not "Bà …, công chức tư pháp, hướng dẫn người dân ghi tờ khai".
    """
    if ":" in text[:_LONGEST_HEADING] or not agencies.has_duty(text):
        return True
    said = key(text)
    runs = any(f" {words} " in f" {said} " for words in listed("assigning", "task"))
    return runs or any(_says("assignment", where, said) for where in ("named", "text"))


@cache
def collective() -> frozenset[str]:
    """Names that mean everybody and nobody: "Các sở, ban, ngành"."""
    return frozenset(name for name, is_group in agency_names().items() if is_group and "đoàn thể" not in name)
