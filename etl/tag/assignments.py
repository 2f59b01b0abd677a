"""Assignments: a unit that names nobody takes its lead from the section that gives an agency its dimension or topic.

Comes after the match, for an assignment may give a sub-dimension that no heading names. The most specific assignment
counts: a topic or a sub-dimension before a whole dimension. A topic is what stands after "kết quả thực hiện", before
the words that say in which dimension it lies; it covers a unit when its rare words stand in the unit, or when it names
the unit's sub-dimension. Who only joins in ("phối hợp …") or sums up is given nothing. A task is never another task's
assignment.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from etl.model import Unit, UnitAgency
from etl.reference import Named, bare, behind, form, listed, meant, named, subs, uncounted, unopened
from etl.tag import agencies
from etl.text import QUOTED, key

_AWAY = r"\s(?:{given}\s+(?=[A-ZĐÀ-Ỹ])|do\s+(?={post} ))"
_PARTS = re.compile(r"(?<=[;.])\s+")
_CHAIRS = re.compile(r"chủ trì[\s,]+(?P<topic>.+)", re.IGNORECASE | re.DOTALL)
_AGENCY_TOPIC = re.compile(r"^[^:]{4,120}:\s*(?P<topic>.+)", re.DOTALL)
_WHERE = re.compile(
    r"\((?:trong|thuộc|của)?\s*(?:các\s+)?nội dung[^()]*\)"
    r"|\b(?:trong|thuộc|của)\s+(?:các\s+)?(?:trục\s+|chỉ số\s+)?nội dung\b(?:[^;.\"“«]|[\"“«][^\"”»]*[\"”»])*",
    re.IGNORECASE,
)
"""Where a topic lies: "(thuộc nội dung “Cung ứng dịch vụ công”)", "… thuộc Nội dung 6"."""
_JOINS_IN = r"(?i)(?P<shared>\b(?:{carry}|{charge}|{generic})[\s,]+(?:và\s+)?)?\bphối hợp\b[^;.]*"
_APART = r"(?i)[\s,;.(]+(?:({except})|({among}))[\s,:]+"
_PURPOSE = r"\b{purpose}\b"
_REST = r"(?i)(?:^|\b(?:{part}|{errand}) ){rest}\b"
_NUMBERS = re.compile(r"nội dung (?:số |thứ )?((?:[1-8](?: (?:và )?(?:nội dung )?(?:số )?)?)+)(?!\S)")
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_ORDINAL = re.compile(rf"\bthứ ({'|'.join(_ORDINALS)})\b")
_SUB = re.compile(r"\b\d\.\d\b")
# a topic covers a unit that says this share of it; a smaller share is enough where no other topic comes near
_COVERS, _COVERS_ALONE, _ALONE = 0.4, 0.28, 1.5
# of so many words is a listed subject whose words a unit does not hold by chance; so alike is a listed dimension's name
_LONG, _SAME = 3, 95


@dataclass(frozen=True)
class _Assignment:
    """Who is given what: whole dimensions, sub-dimensions by name, a topic, what it lists one by one, the dimensions that
    topic lies in, the words of the topic that are about each sub-dimension, whether it is what nobody else is given, and the
    sub-dimensions that are left out.
    """

    unit: Unit
    leads: tuple[UnitAgency, ...]
    whole: frozenset[int]
    subs: frozenset[str]
    within: frozenset[int]
    topic: tuple[str, ...]
    items: tuple[str, ...]
    named: dict[str, set[str]]
    is_rest: bool = False
    besides: frozenset[str] = frozenset()


def assign(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give every narrative action without a lead the lead of the assignment that covers it, if there is one."""
    given = [found for unit in units for found in _assignments(unit)]
    if not given:
        return tuple(units)
    weights = _weights(units)
    return tuple(_with_lead(unit, given, weights) for unit in units)


def topic_of(unit: Unit) -> str:
    """The text of a unit without the names that are no topic, blanked out so that nothing moves: of an assignment those
    it is given to ("Chi cục Bảo vệ môi trường: chủ trì …"), of a task the Front, unions and associations that lead it ("Hội
    Nông dân xã lát đường"). Of an assignment that gives dimensions by their names in quotes nothing but what it gives, for
    the rest is alike in all of them ("Chủ trì, phối hợp … kết quả thực hiện nội dung “Thủ tục hành chính công”"). Empty
    where an assignment tells nothing else.
    """
    text = unit.text
    leads = {agency.as_written for agency in unit.agencies if agency.role == "lead" and agency.basis == "text"}
    is_given = unit.kind == "assignment"
    names = leads if is_given else {name for name in leads if name.startswith(listed("agency-words", "asked"))}
    for name in names:
        text = text.replace(name, " " * len(name), 1)
    if is_given and any(map(meant, QUOTED.findall(text))):
        return _given_alone(text)
    return "" if is_given and names and _says_nothing(text) else text


def _given_alone(text: str) -> str:
    """An assignment with all blanked out but the topics of its parts, or but the names in quotes where a topic says nothing
    else.
    """
    kept = [" "] * len(text)
    at = 0
    for part in _PARTS.split(text):
        at = text.index(part, at)
        quotes = list(QUOTED.finditer(part))
        topic = quotes and _topic_of(part) or part
        if not _says_nothing(form("assigning", _PURPOSE).split(QUOTED.sub(" ", topic))[0]):
            begins = at + part.index(topic)
            kept[begins : begins + len(topic)] = topic
        for quoted in quotes:
            kept[at + quoted.start() : at + quoted.end()] = quoted[0]
    return "".join(kept)


def given_away(text: str, does: str = "charge") -> tuple[str, list[agencies.Agency]] | None:
    """What a sentence is about and whom it gives that at its end, in the words of a use of assigning.csv: "Đường sá do
    Phòng Kinh tế lo" → "Đường sá", Phòng Kinh tế.
    """
    for hit in form("assigning", _AWAY).finditer(text):
        found, rest = agencies.chain(text[hit.end() :], unknown=True)
        if found and form("assigning", rf"{{{does}}}\W*$").match(rest):
            return text[: hit.start()], found
    return None


def names_any(text: str) -> bool:
    """Whether a text gives a dimension or a sub-dimension by its name or its number."""
    return any(map(meant, QUOTED.findall(text))) or bool(_numbers(text) or _coded(text) or _plain(text))


def gives_rest(text: str) -> bool:
    """Whether a sentence gives what nobody else is given: "Văn phòng chủ trì thực hiện các nội dung còn lại"."""
    topic = _topic_of(text) if any(rest in text for rest in listed("assigning", "rest")) else None
    return topic is not None and _is_rest(topic)


def _is_rest(topic: str) -> bool:
    beside, is_rest = form("assigning", _REST).subn(" ", topic)
    return bool(is_rest) and _says_nothing(beside)


def _named(text: str) -> list[Named]:
    """The dimensions and sub-dimensions that a text gives by their names, in quotes or without."""
    return [*filter(None, map(meant, QUOTED.findall(text))), *_plain(text)]


def _coded(text: str) -> set[str]:
    """The sub-dimensions that a text gives by their numbers: "nội dung thành phần 6.2"."""
    return set(_SUB.findall(text)) & subs()


def _plain(text: str) -> list[Named]:
    """The dimensions and sub-dimensions that a text gives by their names without quotes: "phụ trách nội dung thành phần
    y tế công lập".
    """
    return behind(QUOTED.sub(" ", text), listed("assigning", "part"))


def _numbers(text: str) -> set[int]:
    """The dimensions that a text counts, in figures or in words: "nội dung thứ ba, thứ tư"."""
    said = _ORDINAL.sub(lambda hit: str(_ORDINALS[hit[1]]), key(text))
    return {int(digit) for run in _NUMBERS.findall(said) for digit in re.findall(r"[1-8]", run)}


def _assignments(unit: Unit) -> list[_Assignment]:
    """What a unit gives, and whom: one assignment, or one each where a sentence has several."""
    if unit.kind != "assignment":
        return []
    found: list[_Assignment | None] = []
    for text, leads in _parts(unit):
        own, besides, others = _apart(text)
        given = _assignment(unit, own, leads) if leads else None
        found.append(replace(given, besides=frozenset(besides)) if given else None)
        for words, names in others:
            to = tuple(UnitAgency(name, "lead", "text", written) for name, written in names)
            found.append(_assignment(unit, words, to))
    return [given for given in found if given]


def _apart(text: str) -> tuple[str, set[str], list[tuple[str, list[agencies.Agency]]]]:
    """A sentence without what it takes from its leads, the sub-dimensions that it gives to nobody else, and the parts
    that it gives to others, with these: "… chủ trì nội dung 3, trừ nội dung 3.3 do Sở Tư pháp phụ trách".
    """
    own, *parts = form("assigning", _APART).split(text)
    besides: set[str] = set()
    others = []
    for is_except, among, words in zip(parts[::3], parts[1::3], parts[2::3]):
        given = given_away(words) or given_away(words, "carry")
        if given:
            others.append((words, given[1]))
        elif is_except:
            besides |= {one.sub for one in _named(words) if one.sub} | _coded(words)
        else:
            own = f"{own}, {among} {words}"
    return own, besides, others


def _parts(unit: Unit) -> list[tuple[str, tuple[UnitAgency, ...]]]:
    """The parts of a sentence that each begin with leads of their own, with these: "Sở Nội vụ chủ trì nội dung 1; Sở
    Tài chính chủ trì nội dung 2". What begins with nobody goes on with the part before, and what follows names alone
    ("Sở Nội vụ; Sở Tài chính chủ trì …") with these.
    """
    leads = tuple(agency for agency in unit.agencies if agency.role == "lead")
    parts: list[tuple[str, tuple[UnitAgency, ...]]] = []
    is_open = False
    for words in _PARTS.split(uncounted(unit.text)):
        found, rest = agencies.chain(unopened(words), unknown=True)
        own = tuple(agency for agency in leads if agency.agency in {name for name, _ in found})
        if parts and (is_open or not own):
            before, its = parts.pop()
            words, own = f"{before} {words}", its + own
        parts.append((words, own))
        is_open = bool(found) and not rest
    return parts if len(parts) > 1 else [(unit.text, leads)]


def _assignment(unit: Unit, text: str, leads: tuple[UnitAgency, ...]) -> _Assignment | None:
    """What a sentence, or its part, gives; None where that is nothing, or the plan as a whole."""
    text = form("assigning", _JOINS_IN).sub(lambda hit: hit[0] if hit["shared"] else " ", text)
    outside = _WHERE.sub(" ", text)
    topic = _topic_of(outside)
    if topic is None:
        return None
    given = _named(outside)
    whole = {named.dim for named in given if named.sub is None} | _unquoted(topic)
    parts = {named.sub for named in given if named.sub} | _coded(outside)
    where = " ".join(_WHERE.findall(text))
    within = {named.dim for named in map(meant, QUOTED.findall(where)) if named} | _unquoted(where)
    sentence = QUOTED.sub(" ", topic.split(". ")[0])
    words = form("assigning", _PURPOSE).split(sentence)[0]
    if within and not parts and _says_nothing(words):
        # "các nhiệm vụ thuộc Nội dung 6" are all of its tasks
        whole, within = whole | within, set()
    is_topic = not ((whole or parts) and not within or _says_nothing(words))
    pairs = tuple(dict.fromkeys(_pairs(words))) if is_topic else ()
    said = f" {key(text)} "
    is_on_plan = any(f" {everything} " in said for everything in listed("assigning", "everything"))
    is_rest = not (whole or parts or within) and _is_rest(words)
    if not (whole or parts or within or is_rest) and (is_on_plan or not is_topic):
        return None
    items = _items(words)
    whole |= {hit.dim for item in items if (hit := named(item, least=_SAME))}
    about = _words_by_sub(unit, words if is_topic else "")
    long = tuple(item for item in items if len(item.split()) >= _LONG)
    return _Assignment(unit, leads, frozenset(whole), frozenset(parts), frozenset(within), pairs, long, about, is_rest)


def _topic_of(sentence: str) -> str | None:
    """The words of what a sentence gives; None where it gives nothing."""
    if away := given_away(sentence) or given_away(sentence, "carry"):
        return away[0]
    found = _topic().search(sentence) or _CHAIRS.search(sentence) or _AGENCY_TOPIC.match(sentence)
    return found["topic"] if found else None


def _items(words: str) -> list[str]:
    """What a topic lists, one by one, without the words that name no subject: "kế hoạch sử dụng đất, bồi thường và rác
    thải".
    """
    # "kế hoạch" alone is the plan, before other words it is what they plan
    opening = form("assigning", r"^(?:(?!kế hoạch){generic}\s+)+")
    return [opening.sub("", f"{key(part)} ").strip() for part in re.split(r"[,;]|\bvà\b", words)]


def _words_by_sub(unit: Unit, words: str = "") -> dict[str, set[str]]:
    """The words by which a unit touches each sub-dimension, as far as they stand among some words."""
    found: dict[str, set[str]] = {}
    for touch in unit.touches:
        if touch.quote and touch.quote in (words or unit.text):
            found.setdefault(touch.sub, set()).update(key(touch.quote).split())
    return found


def _says_nothing(words: str) -> bool:
    """Whether words name no subject: "các nhiệm vụ", "theo dõi, đôn đốc việc thực hiện Nội dung 6"."""
    return not form("assigning", r"\b(?:{generic}|\d)\b").sub(" ", key(words)).strip()


@cache
def _topic() -> re.Pattern:
    """What stands behind a task's opening words: "phụ trách kết quả thực hiện …"."""
    return form("assigning", r"(?is)\b{task}\s+(?P<topic>.+)")


def _unquoted(topic: str) -> set[int]:
    """Dimensions given by number or by a name without quotes: "phụ trách các nội dung 6, 7 và 8", "nội dung Quản trị
    môi trường".
    """
    found = _numbers(topic)
    for words in re.split(r"\bnội dung\b", QUOTED.sub(" ", topic))[1:]:
        for end in (re.split(r"[;.]|\bvà\b", words)[0], re.split(r"[;.,]", words)[0]):
            hit = named(end.strip(" :"))
            found |= {hit.dim} if hit and hit.likeness >= 90 else set()
    return found


def _pairs(words: str) -> list[str]:
    """Pairs of neighbouring words: Vietnamese words mostly have two syllables."""
    said = key(words).split()
    return [f"{a} {b}" for a, b in itertools.pairwise(said)]


def _weights(units: Sequence[Unit]) -> dict[str, float]:
    """How much a pair of words tells: the fewer of a plan's units it stands in, the more."""
    counts = Counter(pair for unit in units for pair in set(_pairs(unit.text)))
    return {pair: math.log(1 + len(units) / count) for pair, count in counts.items()}


def _with_lead(unit: Unit, given: Sequence[_Assignment], weights: dict[str, float]) -> Unit:
    if unit.kind != "action" or unit.channel == "table" or unit.names("lead"):
        return unit
    chosen = _chosen(unit, given, weights)
    leads: dict[str, UnitAgency] = {}
    for assignment in chosen:
        for agency in assignment.leads:
            leads.setdefault(agency.agency, UnitAgency(agency.agency, "lead", "assignment", agency.as_written))
    if not leads:
        return unit
    return replace(unit, agencies=(*leads.values(), *unit.agencies), lead_basis="assignment")


def _chosen(unit: Unit, given: Sequence[_Assignment], weights: dict[str, float]) -> list[_Assignment]:
    """The assignments that cover a unit, those of the most specific kind only."""
    dim = unit.put_dim
    about = None if unit.match.review else unit.match.dim
    sub = unit.put_sub or (unit.match.sub if dim in (None, unit.match.dim) else None)
    topics = [(a, _cover(unit, a, weights)) for a in given if a.topic and (not a.within or dim in a.within)]
    best = [*sorted((cover for _, cover in topics), reverse=True), 0.0, 0.0]
    is_alone = best[0] >= max(_COVERS_ALONE, _ALONE * best[1])
    said = f" {key(form('assigning', _PURPOSE).split(unit.text)[0])} "
    by_topic = [a for a, cover in topics if cover >= _COVERS or is_alone and cover == best[0]]
    by_topic += [a for a in given if any(f" {item} " in said for item in a.items)]
    by_sub = [a for a in given if sub and (sub in a.subs or dim in a.within and a.topic and a.unit.match.sub == sub)]
    return (
        _in_order(given, by_topic + by_sub)
        or _narrowest([a for a in given if (about if dim is None else dim) in a.whole and sub not in a.besides])
        or [
            a
            for a in given
            if sub
            and a.topic
            and not a.within
            and not (a.unit.match.review or unit.match.review)
            and (a.unit.match.sub == sub or a.named.get(sub, set()) & _words_by_sub(unit).get(sub, set()))
        ]
        or [a for a in given if a.is_rest and dim is not None]
    )


def _narrowest(given: Sequence[_Assignment]) -> list[_Assignment]:
    """Those that give the fewest dimensions."""
    fewest = min((len(a.whole) for a in given), default=0)
    return [a for a in given if len(a.whole) == fewest]


def _in_order(given: Sequence[_Assignment], chosen: Iterable[_Assignment]) -> list[_Assignment]:
    kept = list(chosen)
    return [a for a in given if a in kept]


def _cover(unit: Unit, assignment: _Assignment, weights: dict[str, float]) -> float:
    """The share of a topic's weight whose words stand in a unit or in its headings, 0 to 1."""
    told = assignment.topic
    titles = (bare(heading.text) for heading in unit.headings if heading.dim is None)
    if any(" " in title and set(_pairs(title)) <= set(told) and not _says_nothing(title) for title in titles):
        # the topic names the section that the unit stands in: "kế hoạch tuyên truyền" and "9. Công tác tuyên truyền"
        return 1.0
    said = set(_pairs(unit.text)) | {pair for heading in unit.headings for pair in _pairs(heading.text)}
    total = sum(weights.get(pair, 0.0) for pair in told)
    return sum(weights.get(pair, 0.0) for pair in told if pair in said) / total if total else 0.0
