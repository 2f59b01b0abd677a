"""families: which plan follows on, amends or replaces which, and what became of each unit of the earlier one (`fates`).

In: a database with the documents in it, and the view `kin_unit`. Out: the rows of `plan_links` and `family_units`. Links rest
on all plans, so they are found anew at every load.

A plan amends or replaces another where its title says so, or a paragraph that begins so: "Kế hoạch này thay thế Kế hoạch số
15/KH-UBND ngày 20/01/2021" (words: relations.csv). It is one of the same office under that number, and of that day where both
say one; where none is held the link says which is meant, and has no `earlier_id`. Who replaces but a part of it ("thay thế Phụ lục
1 của Kế hoạch số …") amends it. A plan follows on the one of the same office and type of the nearest year before, amendments
and what was replaced within that year aside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

import duckdb
from rapidfuzz import fuzz

from carried import words
from etl.load import fates
from etl.load.documents import insert
from etl.load.rows import Row
from etl.reference import amends, document_types, table
from etl.text import key

_LIKE = 50
"""The least likeness of two titles, years masked, of plans that follow on each other."""
_LONGEST_QUOTE = 300
_ABSENCES = ["dimension_described", "dimension_without_task", "indicator_without_task"]
"""The findings that say that a plan has nothing on something."""
_PART = re.compile(r"(?:điều|khoản|mục|phần|bảng|biểu)\s+[\dIVX]|điểm\s+\w\b|phụ lục|cụm từ", re.IGNORECASE)
"""A piece of a document, before the document is named."""
_SIGN = r"[A-ZĐ][\wĐ]*(?:\s?[-–]\s?[A-ZĐ][\wĐ]*)*"
_NUMBER = re.compile(rf"(\d{{1,5}})\w?\s*/\s*(?:20\d\d\s*/\s*)?({_SIGN})")
_DAY = r"ngày\s+(?P<day>\d{1,2})\s*(?:/|-|\.|tháng)\s*(?P<month>\d{1,2})\s*(?:/|-|\.|năm)\s*(?P<year>20\d\d)"


@dataclass(frozen=True)
class _Plan:
    """What links rest on: a plan's row."""

    plan_id: str
    title: str
    doc_type: str
    issuer: str
    level: str
    province: str
    number: str | None
    issued: date | None
    year: int | None
    status: str

    @cached_property
    def title_words(self) -> str:
        """The words of its title, years masked."""
        return " ".join(words(self.title))


@dataclass(frozen=True)
class Cited:
    """A document that another amends or replaces, in whose words; `number` is None where a title amends and names none."""

    kind: str
    number: str | None
    issued: date | None
    quote: str


def link(con: duckdb.DuckDBPyConnection, plan_id: str | None = None, kept: fates.Kept | None = None) -> None:
    """Fill both tables; with `plan_id` by the links of one plan only."""
    plans = [
        _Plan(*row)
        for row in con.execute("""
            select plan_id, title, doc_type, issuer, level, province, number, issued, coalesce(period_from, year), status
            from plans order by plan_id
        """).fetchall()
    ]
    amending = {one for (one,) in con.execute("select plan_id from plan_links where kind = 'amends'").fetchall()}
    replaced = con.execute("select plan_id, earlier_id from plan_links where kind = 'replaces'").fetchall()
    links = _links(plans, _lines(con, plan_id), amending, replaced, plan_id)
    insert(con, "plan_links", links)
    # what an amendment does not name stands
    con.execute(
        "delete from findings where code = any(?) and plan_id in (select plan_id from plan_links where kind = 'amends')",
        [_ABSENCES],
    )
    read = {plan.plan_id for plan in plans if plan.status == "read"}
    fates.fill(con, [one for one in links if {one["plan_id"], one["earlier_id"]} <= read], kept)


# Which plans.


def office(issuer: str, level: str, province: str) -> tuple[str, str, str, str]:
    """An office under one name, whatever it is written like: its level, province, name, and the area it lies in, if said:
    "Uỷ ban nhân dân xã Nậm Khánh, huyện Bắc Hà" → commune, lào cai, ubnd xã nậm khánh, huyện bắc hà.
    """
    name, _, area = issuer.partition(",")
    said = re.sub(r"\b(?:ủy|uỷ) ban nhân dân\b", "ubnd", key(name))
    place = key(province).removeprefix("thành phố ")
    if level != "province":
        said = re.sub(rf" (?:tỉnh|thành phố|tp) {re.escape(place)}$", "", said)
    return level, place, said, key(area)


def _is_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one[:3] == other[:3] and (one[3] == other[3] or not (one[3] and other[3]))


def _links(
    plans: Sequence[_Plan],
    lines: dict[str, list[tuple[int, str]]],
    amending: set[str],
    replaced: Iterable[tuple[str, str | None]],
    plan_id: str | None,
) -> list[Row]:
    """The links of all plans, or of one; `amending` are those that are known to amend others already, `replaced` pairs of which
    the first is known to replace the second.
    """
    offices = {plan.plan_id: office(plan.issuer, plan.level, plan.province) for plan in plans}
    alike: dict[tuple[str, ...], list[_Plan]] = defaultdict(list)
    for plan in plans:
        alike[offices[plan.plan_id][:3]].append(plan)
    said, out = {}, []
    for plan in plans:
        if plan_id in (None, plan.plan_id):
            said[plan.plan_id] = list(_said(plan, lines.get(plan.plan_id, [])))
    amending = amending | {one for one, cited in said.items() if any(cite.kind == "amends" for cite, _ in cited)}
    years = {plan.plan_id: plan.year for plan in plans}
    within_a_year = {earlier for later, earlier in replaced if earlier and years[later] == years[earlier]}
    families = {}
    for plan in plans:
        if plan.plan_id not in said:
            continue
        mine = offices[plan.plan_id]
        family = [one for one in alike[mine[:3]] if one is not plan and _is_one(offices[one.plan_id], mine)]
        families[plan] = family
        for cite, line in said[plan.plan_id]:
            held = next((one for one in family if _is_cited(one, cite)), None)
            out.append(_link(plan, held, cite.kind, "title" if line is None else "text", cite, line))
            if held and cite.kind == "replaces" and held.year == plan.year:
                within_a_year.add(held.plan_id)
    for plan, family in families.items():
        if plan.plan_id not in amending and (before := _before(plan, family, amending | within_a_year)):
            out.append(_link(plan, before, "next_year", "issuer"))
    return out


def _link(
    plan: _Plan, earlier: _Plan | None, kind: str, basis: str, cited: Cited | None = None, line: int | None = None
) -> Row:
    return {
        "plan_id": plan.plan_id,
        "earlier_id": earlier and earlier.plan_id,
        "kind": kind,
        "basis": basis,
        "number": cited and cited.number,
        "issued": cited and cited.issued,
        "quote": cited and cited.quote,
        "line": line,
        "title_likeness": earlier and _likeness(plan, earlier),
    }


def _likeness(plan: _Plan, other: _Plan) -> int:
    """How alike two titles are, years masked, 0 to 100."""
    return round(fuzz.token_sort_ratio(plan.title_words, other.title_words))


def _before(plan: _Plan, family: Iterable[_Plan], aside: set[str]) -> _Plan | None:
    """The plan of the same office and type of the nearest year before, those `aside` left out; of several the one with the
    likest title.
    """
    if plan.year is None or plan.status != "read":
        return None
    before: dict[int, list[_Plan]] = defaultdict(list)
    for one in family:
        if one.year and one.year < plan.year and one.doc_type == plan.doc_type and one.plan_id not in aside:
            before[one.year].append(one)
    for year in sorted(before, reverse=True):
        likeness, _, likest = max((_likeness(plan, one), one.plan_id, one) for one in before[year])
        if likeness >= _LIKE:
            return likest
    return None


# What a plan says of an earlier one.


@cache
def _relation() -> re.Pattern[str]:
    """Words of relations.csv, and behind them a document of a type that is known, with its number and, maybe, its day."""
    kinds = "|".join(sorted(map(re.escape, document_types()), key=len, reverse=True))
    said = "|".join(sorted((re.escape(row["words"]) for row in table("relations")), key=len, reverse=True))
    return re.compile(
        rf"(?P<begins>^\W*(?:\w{{1,4}}[.)]\s*)*(?:điều \d+[.:]?\s*)?(?:(?:{kinds}) này\b[^.;]{{0,120}}?)?)?"
        rf"\b(?P<words>{said})\b(?P<between>[^.;]{{0,120}}?)\b(?:{kinds})\s+số\s*:?\s*(?P<number>\d{{1,5}}\w?\s*/\s*(?:20\d\d\s*/\s*)?(?-i:{_SIGN}))"
        rf"(?:,?\s*{_DAY})?",
        re.IGNORECASE,
    )


@cache
def _kinds() -> dict[str, str]:
    return {key(row["words"]): row["kind"] for row in table("relations")}


def cited(text: str, *, is_title: bool = False) -> Cited | None:
    """The document that a title, or the beginning of a paragraph, says it amends or replaces."""
    found = _relation().search(text)
    if not found or not (is_title or found["begins"] is not None):
        return None
    try:
        issued = date(*(int(found[part]) for part in ("year", "month", "day"))) if found["year"] else None
    except ValueError:
        issued = None
    number = re.sub(r"\s", "", found["number"]).replace("–", "-")
    kind = "amends" if _PART.search(found["between"]) else _kinds()[key(found["words"])]
    return Cited(kind, number, issued, text.strip()[:_LONGEST_QUOTE])


def _said(plan: _Plan, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[Cited, int | None]]:
    """What a plan's title and its paragraphs say, each document once, with the line where a paragraph says it."""
    told: set[tuple[str, str | None]] = set()
    for line, text in [(None, plan.title), *lines]:
        cite = cited(text, is_title=line is None)
        if line is None and cite is None and amends(text):
            cite = Cited("amends", None, None, text.strip()[:_LONGEST_QUOTE])
        is_another = cite and (cite.number is None or _parts(cite.number) != _parts(plan.number))
        if cite and is_another and (place := (cite.kind, cite.number)) not in told:
            told.add(place)
            yield cite, line


def _parts(number: str | None) -> tuple[int, str] | None:
    """A number without its spelling: "015/KH-UBND" and "15/2021/KH-UBND" → 15, KH-UBND."""
    found = _NUMBER.search(number or "")
    return (int(found[1]), re.sub(r"\s", "", found[2]).upper().replace("–", "-")) if found else None


def _is_cited(plan: _Plan, cite: Cited) -> bool:
    """Whether a plan of the same office is the one that is meant: its number, and its day where both say one."""
    is_number = _parts(plan.number) is not None and _parts(plan.number) == _parts(cite.number)
    return is_number and (cite.issued is None or plan.issued is None or cite.issued == plan.issued)


def _lines(con: duckdb.DuckDBPyConnection, plan_id: str | None) -> dict[str, list[tuple[int, str]]]:
    """The lines that may say such a thing, by plan: those with a number in them and words of relations.csv."""
    said = "|".join(re.escape(row["words"]) for row in table("relations"))
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one, line, text in con.execute(
        """
        select distinct plan_id, line, text from lines
        where regexp_matches(text, '\\d\\s*/\\s*(20\\d\\d\\s*/\\s*)?\\p{Lu}') and regexp_matches(lower(text), ?) and coalesce(plan_id = ?, true)
        order by plan_id, line
        """,
        [said, plan_id],
    ).fetchall():
        found[one].append((line, text))
    return found
