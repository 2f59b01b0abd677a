"""What a column of a table means, by the words of its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from etl.reference.tables import table
from etl.reference.words import form, listed
from etl.text import BRACKET, key

_SHORTEST_HEADER, _LONGEST_HEADER = 5, 60
"""Characters: a header as short has no misprints, a longer one is a sentence and not read by a word it holds."""
_ONLY_OVER_COLUMNS = frozenset({"thực hiện", "tham gia"})
"""Heads that in a sentence are its verb: "UBND cấp huyện chỉ đạo UBND cấp xã thực hiện: …"."""
_ONLY_AT_BEGINNING = frozenset({"theo dõi"})
"""Those that are one unless a sentence or a line begins with them."""
_MISPRINTED, _ALIKE = 86, 93
"""How alike (0 to 100) a header is to a known one that it misspells, and where a word in it says something else."""


_ARROW = re.compile(r"^(?:[=–-]+>|[⇒→➔])\s*")
_BY = re.compile(r"do\s", re.IGNORECASE)
_JOINED = re.compile(r"phối hợp (?:với|cùng)(?: với)? (?P<who>[^;.]+?)(?: thực hiện)?", re.IGNORECASE)
_BESIDE = re.compile(r"\s*(?:;|,(?=\s*phối hợp\b))")
"""The sign behind who leads: "Phòng Y tế; Điện lực phối hợp", "Phòng Y tế, phối hợp với Điện lực"."""
_GIVEN = r"(?i)^{given}\s+"


@cache
def _statement() -> re.Pattern:
    """A role's name before a colon, as columns.csv spells it: "Cơ quan chủ trì: …", "Thời gian thực hiện: …", what is
    done behind it: "Cơ quan chủ trì khắc phục: …"; one of a single word only where a sentence or a line begins: "Giao: Sở
    Y tế. Hạn: quý II."
    """
    roles = ("lead", "coop", "monitor", "timing")
    heads = (row["header"] for row in table("columns") if row["role"] in roles)
    said = [head for head in sorted(heads, key=len, reverse=True) if key(head) not in _ONLY_OVER_COLUMNS]
    first = [head for head in said if " " not in head or key(head) in _ONLY_AT_BEGINNING]
    words, word = ("|".join(map(re.escape, heads)) for heads in ([h for h in said if h not in first], first))
    begins = r"(?:^|(?<=[.;]\s)|(?<=\n))"
    header = rf"(?:^|(?<=[\s(.;,+–-]))(?:{words})|{begins}(?:{word})"
    done = "|".join(map(re.escape, listed("assigning", "done")))
    return re.compile(rf"(?P<header>{header})(?:\s(?:{done}))?\s*:\s*", re.IGNORECASE)


@cache
def _header_roles() -> dict[str, str]:
    return {key(row["header"]): row["role"] for row in table("columns")}


@lru_cache(maxsize=4096)
def column_role(header: str) -> str:
    """The role of a column by its header, misprints included: "Có quan phối hợp" → coop. A header that columns.csv does
    not know is read by the first of the words in columnwords.csv that it holds: "Sở, ngành chủ trì tham mưu" → lead;
    `unknown` where it holds none.
    """
    for words in dict.fromkeys((key(header), key(BRACKET.sub(" ", header)))):
        if words in _header_roles():
            return _header_roles()[words]
    said, whole = key(header), f" {key(BRACKET.sub(' ', header))} "
    listed = table("columnwords") if len(whole) <= _LONGEST_HEADER else ()
    by_words = next((row["role"] for row in listed if f" {key(row['words'])} " in whole), "unknown")
    least = _MISPRINTED if by_words == "unknown" else _ALIKE
    hit = process.extractOne(said, list(_header_roles()), scorer=fuzz.ratio, score_cutoff=least)
    return _header_roles()[hit[0]] if hit and len(said) > _SHORTEST_HEADER else by_words


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a row is the head of a table that tells two things or more, beside numbers and notes."""
    return len({column_role(cell) for cell in cells if cell.strip()} - {"unknown", "number", "note"}) > 1


def begins_statement(text: str) -> bool:
    """Whether a text begins with what it says in the manner of a table's columns: "Chủ trì: Sở Tư pháp"."""
    return bool(_statement().match(text))


def statements(text: str) -> list[tuple[str, str, int]]:
    """What a text itself says in the manner of a table's columns: (role, words, where it begins).

    "… đúng quy định. Cơ quan chủ trì: Sở Tư pháp; thời gian thực hiện: Quý II." → lead "Sở Tư pháp", timing "Quý II".
    """
    hits = list(_statement().finditer(text)) if ":" in text else []
    found = []
    for hit, following in zip(hits, [*hits[1:], None]):
        words = text[hit.end() : following.start() if following else len(text)]
        words = re.split(r"(?<!\b[A-ZĐ])(?<!\bTP)\.\s+(?=[A-ZĐÀ-Ỹ])|\)\s*[.;]?\s*$", words)[0]
        role, words = _header_roles()[key(hit["header"])], words.strip(" \n.;,)-–+")
        said = _shared_behind(words) if role == "lead" else []
        found += [(role, words, hit.start()) for role, words in said or [(role, words)]]
    return found


def _shared_behind(words: str) -> list[tuple[str, str]]:
    """Who leads and who joins in, where words behind the head of a lead say both: "Phân công: Phòng Y tế chủ trì; Điện lực
    phối hợp", "Chủ trì: Phòng Y tế; Điện lực phối hợp".
    """
    return shares(words) or shares(_BESIDE.sub(" chủ trì;", words, 1))


@cache
def _shares() -> tuple[re.Pattern, dict[str, str], re.Pattern]:
    """Somebody and a role's word behind the name, the role of each such word, and how words of time begin."""
    roles = {row["words"]: row["role"] for row in table("columnwords") if row["role"] in ("lead", "coop", "monitor")}
    roles |= {row["words"]: "lead" for row in table("assigning") if row["use"] in ("carry", "charge")}
    verbs = "|".join(map(re.escape, sorted(roles, key=len, reverse=True)))
    times = "|".join(re.escape(row["words"]) for row in table("columnwords") if row["role"] == "timing")
    return (
        re.compile(rf"(?P<who>[^;.]+?) (?:trực tiếp )?(?P<role>{verbs})\s*(?:[,;.]\s*|$)", re.IGNORECASE),
        roles,
        re.compile(rf"(?:{times}|thực hiện)\b", re.IGNORECASE),
    )


def shared_out(line: str) -> list[tuple[str, str]]:
    """Who and when, as (role, words), where a line says that and no more: "=> Do Phòng Tư pháp phụ trách; Phòng Y tế phối
    hợp; hoàn thành trong quý II." Without an arrow it has to begin so: "Do …".
    """
    words, arrows = _ARROW.subn("", line)
    return shares(words) if arrows or _BY.match(words) else []


def shares(words: str) -> list[tuple[str, str]]:
    """The same of words that stand where only that is said: "Giao Sở Y tế chủ trì, phối hợp với UBND các huyện"."""
    words = form("assigning", _GIVEN).sub("", words)
    share, roles, time = _shares()
    found, at = [], 0
    while hit := share.match(words, at):
        found.append((roles[hit["role"].lower()], hit["who"].strip()))
        at = hit.end()
    rest = words[at:].strip(" .;")
    if joined := _JOINED.fullmatch(rest):
        found.append(("coop", joined["who"]))
        rest = ""
    if not found or found[0][0] != "lead" or rest and not time.match(rest):
        return []
    return [*found, ("timing", rest)] if rest else found
