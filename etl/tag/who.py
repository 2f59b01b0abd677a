"""Who: a unit's agencies, from its own cells, from the heading or the sentence over its list, or from its own sentence.

In: a unit as cut. Out: its agencies with role and basis; assignments by another section come later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from etl.model import ROLES, Unit, UnitAgency
from etl.reference import form, meant, named, person, statements
from etl.tag import agencies as names
from etl.tag import assignments, timing
from etl.tag.bracket import who_and_when
from etl.text import capital, is_upper, key

_OPENERS = r"(?i)^(?:{opener}|các đồng chí(?= công chức))\s*:?\s+"
_ASKS = r"(?i)\s{ask}\s+(?=\S)"
_BY_CHIEF = r"{Chief}\b"
_CHIEF = r"{Chief}\b[^,]{0,40}$"
_RUN_ON = re.compile(r"^(.{4,150}?)\s*:\s+(?=\S)")
_GIVEN = r"(?i)[;,.(]\s*{given}\s+(?=[A-ZĐÀ-Ỹ]|các )"
_GIVES = r"(?i){given}\s"
_CARRY = r"{carry}\b"
_TURN = r"(?i)^\s*{turn}\s*:?\s+"
_CHARGED = r"(?:{carry}|{charge})\b"
_ASIDE = re.compile(r"\s*\([^()]*\)")
_APPOSED = re.compile(r"(?:,|\s[-–])\s+(?=\S)")
_ERRAND = r"(?i){errand}\b"
_LABEL = r"(?i)^{label}\b[^:]{0,60}:\s+(?=\S)"
_BRACKET = re.compile(r"\(([^()]{6,200})\)")
_CLAUSES = re.compile(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ])|(?<=;)\s+")
_TOPIC = r"^{About}\b[^:]{2,120}:\s+"
_CONDITION = r"{Condition}\b"
_SOMEBODY = r"{somebody} "
_POST = r"{post} [A-ZĐÀ-Ỹ]"
_EACH_OF = r"(?i)(?:{somebody}|những) "
_ROOM = re.compile(r"[^\W\d_]+ [A-ZĐÀ-Ỹ][a-zđà-ỹ]")
_RHYTHM = re.compile(r"\d+ (?:ngày|tuần|tháng|quý|năm)(?: một| \d+)? lần,?\s+")
_JOINS_IN = r"(?i)phối hợp(?:\s+{manner})*(?:\s*(?:,\s*{help}\s*)+)?\s*(?:với|cùng với|cùng)?\s+"
_DIRECTS = r"(?i){direct}\s+"
_WITH = r"(?i)^[\s,]*(?:{with}|cùng(?: với)?)\s+"
_HELPER = r"(?i){helper}\b"
_JOINED_BY = r"(?i)\b(?:{with}|cùng(?: với)?(?= {helper}\b))\s+"
_DONE = re.compile(r"^(?:làm|thực hiện|hoàn thành|xong)\s+", re.IGNORECASE)
_OPENING, _MORE = 60, 2
"""Within so many characters words that open a sentence say when, the last so many being what is said of: "tối thứ Sáu"."""
_form = partial(form, "assigning")


def agencies_of(unit: Unit) -> tuple[tuple[UnitAgency, ...], str | None]:
    """A unit's agencies and the basis of its lead, as far as the unit and what stands over it say."""
    found = [agency for role in ROLES for agency in _of_cells(unit, role)]
    own = [agency for agency in found if agency.role != "lead" or agency.basis != "merged"]
    if len(own) < len(found) and unit.channel != "table" and _subject(unit.text):
        # whom the task itself names counts before whom its list is given to
        found = own
    if unit.channel == "table" and not any(agency.role == "lead" for agency in found):
        # a table of one office's tasks: "2. Phần việc của Sở Tài chính"
        found += [UnitAgency(name, "lead", "header", written) for name, written in _above(unit)]
    if unit.channel == "table" or any(agency.role == "lead" for agency in found):
        basis = next((agency.basis for agency in found if agency.role == "lead"), None)
        return tuple(dict.fromkeys(found)), basis
    stated = found + [
        UnitAgency(name, role, "text", written)
        for role, words, _ in statements(unit.text)
        if role in ROLES
        for group in names.groups(words)
        for name, written in group
        # "cùng làm: Công an phường; làm hằng tháng"
        if not timing.says_when(_DONE.sub("", written))
    ]
    if any(agency.role == "lead" for agency in stated):
        return tuple(dict.fromkeys(stated)), "text"
    leads, basis = _leads(unit)
    partners = [name for name in _partners(unit, leads) if name[0] not in {lead for lead, _ in leads}]
    found = [UnitAgency(name, "lead", basis or "text", written) for name, written in leads]
    found += [UnitAgency(name, "coop", "text", written) for name, written in partners] + stated
    unique = {(agency.agency, agency.role): agency for agency in reversed(found)}
    return tuple(agency for agency in found if unique[agency.agency, agency.role] is agency), basis


def _of_cells(unit: Unit, role: str) -> list[UnitAgency]:
    """The agencies of one role in a unit's row.

    Items that stand in one row share its cells. Where the layout parts a cell in as many groups as there are items,
    each gets its own; with fewer groups the last serves the rest. Both are guesses unless all groups are the same.
    """
    out: list[UnitAgency] = []
    for cell in (cell for cell in unit.cells if cell.role == role):
        words, in_turn = _in_turn(cell.text)
        parted = [in_turn[unit.item - 1]] if len(in_turn) == unit.items else names.groups(words)
        if not parted:
            continue
        is_guess = cell.uncertain
        if unit.items > 1 and len(parted) > 1 and ("\n" not in cell.text or len(parted) == unit.items):
            is_guess = is_guess or any(group != parted[0] for group in parted)
            chosen = _share(parted, unit.item, unit.items)
        else:
            chosen = [name for group in parted for name in group]
        seen = set()
        for name, written in chosen:
            if name not in seen:
                seen.add(name)
                out.append(UnitAgency(name, role, cell.basis, written, is_guess))
    return out


def _in_turn(cell: str) -> tuple[str, list[list[tuple[str, str]]]]:
    """The words of a cell, and the agencies of each of a row's items where they are given in turn: "Lần lượt: Sở Y tế; Sở
    Nội vụ".
    """
    words, opened = _form(_TURN).subn("", cell)
    parts = (names.groups(part) for part in words.split(";") if opened)
    return words, [[name for group in groups for name in group] for groups in parts if groups]


def _share(parted: Sequence[list[tuple[str, str]]], item: int, items: int) -> list[tuple[str, str]]:
    """The group of one item among those that share a row."""
    if len(parted) > items:
        return [name for group in parted for name in group]
    return parted[min(item, len(parted)) - 1]


def _leads(unit: Unit) -> tuple[list[tuple[str, str]], str | None]:
    """Who carries a narrative unit out: its own subject, else whom the heading or the sentence over it names."""
    subject = _subject(unit.text)
    above = [] if subject else _above(unit)
    if above:
        return above, "header"
    first, *others = _CLAUSES.split(unit.text)
    is_listed = bool(others and _before_colon(first))
    for clause in others:
        subject = subject + [name for name in _later(clause, is_listed) if name[0] not in {one for one, _ in subject}]
    return subject, "text" if subject else None


def _later(clause: str, is_listed: bool) -> list[tuple[str, str]]:
    """The agencies that a further clause is said of; in a list of names with colons, also those that no table knows."""
    if is_listed and (listed := _before_colon(clause)):
        return listed
    words = _form(_OPENERS).sub("", clause)
    for said in filter(None, (words, _after_condition(capital(words)))):
        found, rest = names.chain(said, unknown=True)
        # whom no table knows may be given something ("phân công cán bộ …"), but asking a firm makes it no lead
        is_somebody = found and (_all_known(found) or bool(_form(_GIVES).match(clause)))
        # what begins in small letters is said to do something only by a duty's verb, unless it is a post
        is_sure = said[:1].isupper() or bool(_form(_POST).match(said))
        if is_somebody and (found[0][0] == person() or _is_duty(rest, is_sure)):
            return found
    return []


def _before_colon(text: str) -> list[tuple[str, str]]:
    """The agencies that stand before a colon: "Công chức địa chính: công khai quy hoạch"."""
    words = _form(_OPENERS).sub("", text)
    found, rest = names.chain(words, unknown=True)
    return found if _is_at_colon(words, rest) else []


def _is_at_colon(words: str, rest: str) -> bool:
    """Whether a colon parts what stands before the rest of words from it."""
    return words[len(words) - len(rest) - 2 :].startswith(":")


def _subject(text: str) -> list[tuple[str, str]]:
    """The agencies that a unit's first sentence begins with, that it asks by name, or that a bracket gives it to."""
    run_on = _RUN_ON.match(text)
    if run_on and meant(run_on[1]):
        text = text[run_on.end() :]
    text = _form(_LABEL).sub("", _form(_TOPIC).sub("", text))
    run_on = _RUN_ON.match(text)
    words = _form(_OPENERS).sub("", text)
    was_opened = words != text
    found, rest = names.chain(words, unknown=True)
    rest = _without_company(rest)
    # "Giám đốc Sở yêu cầu Chánh Văn phòng …" is no name up to the verb
    is_chief = found and not _all_known(found) and _form(_BY_CHIEF).match(text)
    if is_chief and (asked := _asked(text)):
        return asked
    if found and (
        found[0][0] == person() or _is_duty(rest, _all_known(found)) or was_opened or _is_at_colon(words, rest)
    ):
        return found
    if asked := _asked(text):
        return asked
    after = _after_condition(text)
    if after:
        return names.chain(after, unknown=True)[0]
    for given in _form(_GIVEN).finditer(text):
        found, rest = names.chain(text[given.end() :], unknown=True)
        if found and _form(_CHARGED).match(rest):
            return found
    for words in dict.fromkeys((text, _CLAUSES.split(text)[0])):
        if away := assignments.given_away(words) or assignments.given_away(words, "carry"):
            return away[1]
    if run_on and not names.scan(run_on[1]) and (found := _subject(text[run_on.end() :])):
        return found
    if run_on and (found := _with_time(run_on[1], text[run_on.end() :])):
        return found
    for bracket in _BRACKET.finditer(text):
        found, rest = names.chain(bracket[1], unknown=False)
        if found and _form(_CARRY).match(rest):
            return found
    return who_and_when(text)[0]


def _asked(text: str) -> list[tuple[str, str]]:
    """The agencies that somebody in charge asks for a duty: "…, Giám đốc yêu cầu Chánh Văn phòng, Chánh Thanh tra …"."""
    asks = _form(_ASKS).search(text[:240])
    if not asks:
        return []
    issuer = text[: asks.start()].rsplit(",", 1)[-1].strip()
    is_named = any(hit.begin == 0 and hit.end >= len(issuer) - 1 for hit in names.scan(issuer))
    if not (is_named or _form(_CHIEF).match(issuer)):
        return []
    found, rest = names.chain(text[asks.end() :], unknown=True)
    return found if found and (_is_duty(rest) or rest == "") else []


def _with_time(task: str, behind: str) -> list[tuple[str, str]]:
    """The agencies that stand with a time, and nothing else, behind a task and a colon: "Tập huấn cho tổ trưởng tổ dân phố:
    Văn phòng HĐND và UBND phường, trong tháng 4"; not what a collective before it lists ("gửi các sở: Sở Y tế, …").
    """
    found, rest = names.chain(behind, unknown=True)
    named_last = next(reversed(names.scan(task)), None)
    is_list = named_last is not None and bool(_form(_EACH_OF).match(named_last.as_written))
    return found if found and not is_list and timing.says_when(rest.rstrip(" .;")) else []


def _without_company(rest: str) -> str:
    """What somebody has to do, without those who only join in: ", với sự tham gia của Mặt trận, kiểm tra …", "cùng dân
    phòng tuần tra …".
    """
    hit = _form(_WITH).match(rest)
    if not hit:
        return rest
    company = rest[hit.end() :]
    found, after = names.chain(company, unknown=True)
    if not found and _form(_HELPER).match(company):
        duties = (company[gap.end() :] for gap in re.finditer(r"\s", company[:_OPENING]))
        return next((words for words in duties if names.leading(key(words[:_OPENING]).split(), "verbs")), rest)
    # where no verb ends the company's name, whatever stands there is what is done
    return after.lstrip(" ,") or company if found else rest


def _after_condition(text: str) -> str:
    """What follows an opening clause: "Căn cứ …, các cơ quan, đơn vị …", "Ấp nào muốn làm cầu thì trưởng ấp …", "Mỗi quý
    các thôn …".
    """
    is_condition = bool(_form(_CONDITION).match(text))
    for end in re.finditer(r",\s+|\s(?:thì|nên)\s+", text[:400]):
        is_then = not end[0].startswith(",")
        if not (is_condition or is_then):
            continue
        # behind "thì", "nên" and behind a time somebody begins in small letters: "… thì trưởng ấp mời họp"
        is_near = is_then or timing.says_when(text[: end.start()])
        rest = capital(text[end.end() :]) if is_near else text[end.end() :]
        # in the middle of a sentence "đơn vị" alone is nobody; "các đơn vị …", "chủ đầu tư" and "phòng Ngân sách" are
        # somebody
        is_somebody = rest[:1].isupper() or _form(_SOMEBODY).match(rest) or _ROOM.match(rest)
        if _does(rest, unknown=bool(is_somebody) and (is_condition or not is_then)):
            return rest
    return _after_time(text) if is_condition else ""


def _after_time(text: str) -> str:
    """What follows words that only say when, with no sign between: "Mỗi quý các thôn họp dân"."""
    further = 0
    for gap in re.finditer(r"\s(?=\S)", text[:_OPENING]):
        when, rest = text[: gap.start()], capital(text[gap.end() :])
        if "," in when or names.has_duty(when) or further > _MORE:
            break
        further += timing.says_when(when)
        if further and _does(rest, unknown=True):
            return rest
    return ""


def _does(words: str, *, unknown: bool) -> bool:
    """Whether words begin with somebody who has to do something."""
    found, rest = names.chain(words, unknown=unknown)
    return bool(found) and _is_duty(_without_company(rest), _all_known(found))


def _above(unit: Unit) -> list[tuple[str, str]]:
    """The agencies that the nearest heading with any names: "3. Báo …, Đài …", "UBND cấp huyện chỉ đạo UBND cấp xã thực
    hiện:".
    """
    for heading in reversed(unit.headings):
        title = _without_post(_ASIDE.sub("", heading.text))
        # a bracket may say which dimension an office runs: "Sở Y tế (đầu mối nội dung 6)"
        if named(title) or heading.dim is not None and title == heading.text:
            continue
        words = _form(_OPENERS).sub("", title.rstrip(" :."))
        found, rest = names.chain(words, unknown=True)
        # capitals are a section's: "CƠ QUAN ĐƯỢC GIÁM SÁT" is what it is about, unless a table knows the name
        if not found or is_upper(words) and not _all_known(found):
            continue
        is_over_list = heading.text.rstrip().endswith(":") and bool(_form(_ERRAND).match(rest))
        if not rest or is_over_list or _is_duty(rest):
            directed = _form(_DIRECTS).match(rest)
            if directed:
                found = found + names.chain(rest[directed.end() :], unknown=False)[0]
            return found
    return []


def _without_post(title: str) -> str:
    """A heading without what it says of an office's post, behind a stroke or a comma: "Phòng Nội vụ - cơ quan thường trực
    của Ban Chỉ đạo" → "Phòng Nội vụ".
    """
    for sign in _APPOSED.finditer(title):
        behind = title[sign.end() :]
        if behind[0].islower() and names.leading(key(behind).split(), "titles"):
            return title[: sign.start()]
    return title


def _is_duty(rest: str, is_known: bool = False) -> bool:
    """Whether what follows a name is what it has to do: it begins with a duty's verb.

    After a name that a table knows, any word in small letters may be that verb but those that never are ("của", "về"). How
    often may stand before it ("6 tháng một lần lấy mẫu").
    """
    rest = _RHYTHM.sub("", rest, 1) if rest[:1].isdecimal() else rest
    said = key(rest[:60]).split()
    if names.leading(said, "verbs"):
        return True
    return is_known and rest[:1].islower() and not names.leading(said, "notverbs")


def _all_known(found: list[tuple[str, str]]) -> bool:
    """Whether every name of a chain is in a table, a person's, or whole since it ends with its level ("… thể thao xã")
    or with words that stand last ("Trường Tiểu học Hồng Quang", "Các trường mầm non").
    """
    ends = (names.ends_with_level, names.ends_whole)
    return all(name == person() or names.scan(written) or any(end(written) for end in ends) for name, written in found)


def _partners(unit: Unit, leads: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who joins in, by the words after "phối hợp với"; "cùng cấp" means the level of whom it follows."""
    out: list[tuple[str, str]] = []
    text = unit.text
    for bracket in _BRACKET.finditer(text):
        # "(Sở Tư pháp chủ trì, UBND quận, huyện phối hợp)"
        for part in re.split(r"(?<=chủ trì),\s*|;\s*", bracket[1]):
            found, rest = names.chain(part, unknown=False)
            if found and rest.startswith("phối hợp"):
                out.extend(found)
    for hit in (*_form(_JOINS_IN).finditer(text), *_form(_JOINED_BY).finditer(text)):
        found, _ = names.chain(text[hit.end() :], unknown=bool(re.search(r"(?:với|cùng)\s+$", hit[0])))
        directed = _directed(text[: hit.start()])
        levels = [
            level
            for level in ("tỉnh", "cấp huyện", "cấp xã")
            if any(name.endswith(f" {level}") for name, _ in (directed or leads))
        ]
        out.extend(directed)
        for name, written in found:
            if name.endswith(" cùng cấp") and levels and not name.startswith("Chính quyền"):
                out.extend((name.removesuffix("cùng cấp") + level, written) for level in levels)
            elif name != person():
                out.append((name, written))
    return list(dict.fromkeys(out))


def _directed(before: str) -> list[tuple[str, str]]:
    """Whom a unit directs to join in with others: "chỉ đạo Ủy ban Mặt trận Tổ quốc các cấp phối hợp với …"."""
    for hit in reversed(list(_form(_DIRECTS).finditer(before))):
        found, rest = names.chain(before[hit.end() :], unknown=False)
        if found and len(rest) <= 40:
            return found
    return []
