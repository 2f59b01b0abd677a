"""What a line's own words say of its place: a signature, an annex's title, a section's heading, an explanation.

The words stand in zones.csv, duties.csv and explanations.csv.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from etl.reference import document_types, table, uncounted_heading, zone_words
from etl.text import fold, is_upper, key


@dataclass(frozen=True)
class Limits:
    """How long words may be, in characters, and still be what they look like; chosen by trying on real plans."""

    heading: int = 250  # any heading, and a paragraph that only points elsewhere
    section: int = 200  # a part's heading that begins the body
    name: int = 150  # the name of a dimension or sub-dimension, with its opener
    title: int = 120  # a labelled heading over plain text or rows, and a quotation in a finding
    sentence: int = 90  # a part's heading that ends in a full stop
    line: int = 80  # a first heading without a label, and a cell of a header row
    lead_in: int = 40  # a labelled heading with a colon that names what follows; a longer one is a sentence over a list
    opener: int = 30  # a section's usual name: "Mục đích, yêu cầu"


LIMITS = Limits()
_OPENED = ("annex", "back", "outline", "signature")
"""What a line of zones.csv opens; its other rows are words for the questions below."""
_OWN = ("papi", "này")
"""What a sentence that issues a document calls that document by."""


def zone(words: str) -> str:
    """The zone that a line opens by its words: `back` ("Nơi nhận:", a signature), `annex` ("PHỤ LỤC"), or ""."""
    said, folded, in_capitals = key(words), fold(words), is_upper(words)
    for opens, opener, folded_opener in _openers():
        if opens == "signature":
            if in_capitals and said == opener:
                return "back"
        elif (
            (said + " ").startswith(opener + " ")
            or folded == folded_opener
            or (opens == "annex" and words.startswith("(") and opener in said)
        ):
            return opens
    return ""


@cache
def _openers() -> tuple[tuple[str, str, str], ...]:
    """What a line begins with that opens a zone: the zone, the words by their key, and without marks."""
    return tuple(
        (row["zone"], key(row["words"]), fold(row["words"])) for row in table("zones") if row["zone"] in _OPENED
    )


def holds_page(cells: Iterable[str]) -> bool:
    """Whether a row only holds the page in place: a letterhead beside the nation's motto, or a signature."""
    return any(zone(cell) == "back" or key(cell) in zone_words("motto") for cell in cells)


def names_only(words: str) -> bool:
    """Whether words are a name and no sentence: not longer than the longest name with its opener."""
    return len(words) <= LIMITS.name and words.count(".") <= 1 and words.count(";") <= 1


def obliges(words: str) -> bool:
    """Whether the sentence over a list is a duty to report, and so a unit of its own."""
    said = key(words)
    return any(f" {key(row['words'])} " in f" {said} " for row in table("duties"))


def explanations() -> tuple[str, ...]:
    """How a paragraph begins that explains the item above it ("hình thức", "cụ thể"), without marks."""
    return tuple(fold(row["words"]) for row in table("explanations"))


def opens_a_section(words: str) -> bool:
    """Whether words begin like a first heading: "Mục đích, yêu cầu"."""
    return key(words).startswith(zone_words("section"))


def says_what_follows(words: str) -> bool:
    """Whether words are no more than the usual name of aims, tasks or findings: "Chỉ tiêu", "Việc phải làm"."""
    return key(words) in _kinds_of_items()


@cache
def _kinds_of_items() -> frozenset[str]:
    return frozenset(key(row["words"]) for row in table("kinds") if row["where"] in ("heading", "weakness"))


def addresses(words: str) -> bool:
    """Whether a line says whom a letter is for: "Kính gửi:"."""
    return key(words).startswith(zone_words("address"))


def rests_on(words: str) -> bool:
    """Whether a sentence only says what a document rests on, or that it is issued: "Căn cứ Luật …;", "Ủy ban nhân dân xã
    ban hành Kế hoạch nâng cao Chỉ số PAPI."
    """
    said = f" {key(words)} "
    if said.startswith(tuple(f" {begins} " for begins in zone_words("basis"))):
        return True
    return any(f" {issued} " in said for issued in zone_words("issuing")) and any(f" {it} " in said for it in _OWN)


def points_elsewhere(words: str) -> bool:
    """Whether a paragraph only points elsewhere: "(Chi tiết tại Phụ lục kèm theo)", "Nhiệm vụ cụ thể nêu tại Phụ
    lục".
    """
    if len(words) > LIMITS.heading:
        return False
    if words.startswith("(") and words.rstrip(". ").endswith(")"):
        return True
    said = f" {key(words)} "
    begins = said.startswith(tuple(f" {opener} " for opener in zone_words("pointed")))
    return begins and ". " not in words.strip(". ") and any(f" {place} " in said for place in zone_words("pointer"))


def closes(words: str) -> bool:
    """Whether a document's last sentence only asks to carry it out, appeals to all on its behalf, or says since when it
    holds: "Yêu cầu các cơ quan nghiêm túc thực hiện./.", "… kêu gọi bà con góp sức để Kế hoạch đi vào cuộc sống./.", "Kế
    hoạch này có hiệu lực kể từ ngày ký."
    """
    words = uncounted_heading(words)
    said = f" {key(words)} "
    if ". " in words.strip("./ "):
        return False
    if said.startswith(tuple(f" {of_itself} có hiệu lực " for of_itself in _itself())):
        return True
    if not words.rstrip().endswith("./."):
        return False
    if " kế hoạch " in said and any(f" {appeal} " in said for appeal in zone_words("appeal")):
        return True
    if " thực hiện " not in said:
        return False
    if not said.startswith(tuple(f" {opener} " for opener in zone_words("asking"))):
        return False
    for asked in zone_words("closing"):
        said = said.replace(f" {asked} ", "  ")
    return not any(f" {key(row['words'])} " in said for row in table("verbs"))


@cache
def _itself() -> tuple[str, ...]:
    """What a document calls itself: "kế hoạch này"."""
    return tuple(f"{kind}{this}" for kind in document_types() for this in ("", " này"))
