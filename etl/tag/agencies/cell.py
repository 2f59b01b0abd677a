"""A cell of a table → the agencies in it, group by group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from etl.reference import agency_names, listed, person
from etl.tag.agencies.names import Found, scan
from etl.tag.agencies.words import Agency, are_titles, is_one_of, is_person, leading, phrases, split
from etl.text import BRACKET, capital, key

_BULLET = re.compile(r"(?:^|\n|(?<=[;.,])\s*)\s*[-–•+]\s+")
_CITED = re.compile(r"\b[Ss]ố\s*:?\s*\d+\s*(?:/\s*\d{4}\s*)?/\s*[A-ZĐ]")
_SIGN = re.compile(r"[;,\n]|$")


def groups(cell: str) -> list[list[Agency]]:
    """The agencies of a cell as (name, as written), in the groups that the layout shows.

    Where cells of several rows were run together, a group ends where two names meet without a comma, a semicolon or a
    conjunction between them: "UBND cấp huyện Sở Giáo dục và Đào tạo" has two. Each line and each bullet is a group.
    """
    for parts in (_filled(cell.split("\n")), _filled(_BULLET.split(cell))):
        if len(parts) > 1:
            return [[agency for group in groups(part) for agency in group] for part in parts]
    # a bracket names a part of the agency before it: "Văn phòng UBND tỉnh (Ban Tiếp công dân)"
    line = BRACKET.sub(lambda bracket: " " * len(bracket[0]), cell)
    return _groups_of_line(";".join(map(_without_citation, line.split(";"))))


def _without_citation(words: str) -> str:
    """Words without what only refers to a document: "UBND cấp xã, theo Kế hoạch số 91/KH-UBND" → "UBND cấp xã"."""
    refers = listed("agency-words", "refers")
    if key(words).startswith(tuple(f"{one} " for one in refers)):
        return ""
    if not (cited := _CITED.search(words)):
        return words
    before = words[: cited.start()]
    if hits := scan(before):
        return before[: hits[-1].end]
    refers_at = re.search(rf"\s(?:{'|'.join(map(re.escape, refers))})\s", before)
    return before[: refers_at.start()] if refers_at else ""


def _filled(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part.strip(" ;,.")]


def _groups_of_line(line: str) -> list[list[Agency]]:
    """The groups of a line without bullets and brackets."""
    found: list[list[Agency]] = [[]]
    end = 0
    for hit in scan(line):
        if hit.begin >= end:
            between = line[end : hit.begin]
            _keep(found[-1], between, is_behind_name=end > 0, is_before_name=True)
            if is_person(between.rstrip(" -–,(")) and is_one_of(" ".join(key(hit.as_written).split()[:2]), "staff"):
                # "Đồng chí … - Công chức Địa chính" is one person, with a post
                end = hit.end
                continue
            if end and found[-1] and not _is_joined(between):
                found.append([])
            hit = _whole(hit, line)
        # a hit that begins before the end of the last is another level of the same words
        found[-1].append((hit.agency, hit.as_written))
        end = max(end, hit.end)
    _keep(found[-1], line[end:], is_behind_name=end > 0, is_before_name=False)
    return [list(dict.fromkeys(group)) for group in found if group]


def _is_joined(between: str) -> bool:
    """Whether signs or "và" between two names make one list of them."""
    return len(_pieces(between)) > 1 or "và" in between.split() or bool(re.search(r"[/&(]", between))


def _whole(hit: Found, line: str) -> Found:
    """A name whose level nobody knows, with the words up to the next sign: "Thanh tra Bộ"."""
    stop = _SIGN.search(line, hit.end)
    rest = line[hit.end : stop.start() if stop else hit.end]
    if not hit.needs_level or not rest.strip() or scan(rest):
        return hit
    said = line[hit.begin : hit.end + len(rest)].strip()
    return replace(hit, agency=capital(said), as_written=said, end=hit.end + len(rest))


@cache
def _parting() -> re.Pattern:
    """Where another name begins: at signs, and at "và" before a body; "Phòng Hành chính và Bổ trợ tư pháp" is one."""
    bodies = "|".join(sorted((re.escape(" ".join(phrase)) for phrase in phrases("bodies")), key=len, reverse=True))
    return re.compile(rf"[;,\n]|\svà\s(?=(?:{bodies}|các)\b|\s*$)", re.IGNORECASE)


def _pieces(words: str) -> list[str]:
    return _parting().split(words)


def _is_room(name: str) -> bool:
    """Whether a name is of a part of an office: "Phòng Tổ chức", "Trung tâm Văn hóa"."""
    return f"{key(name)} ".startswith(tuple(f"{words} " for words in listed("agency-words", "room")))


def _is_body(piece: str) -> bool:
    """Whether a piece behind a comma is a body of its own: "Thanh tra Sở"; "Công chức" alone goes on with the name
    before, as small letters do: "Phòng Tổ chức, Công chức".
    """
    said = key(piece).split()
    begins = leading(said, "bodies") > 0 or is_one_of(said[0], "body")
    return not piece[:1].islower() and begins and not is_one_of(key(piece), "staff")


def _keep(group: list[Agency], words: str, *, is_behind_name: bool, is_before_name: bool) -> None:
    """Keep words that no table knows as an agency: as written, with a capital; a person's name never.

    What stands right behind a name is its qualifier, and a title before a name is that name's ("Chủ tịch, các Phó Chủ
    tịch UBND …"): both are left out.
    """
    for piece in _pieces(words)[1 if is_behind_name else 0 :]:
        piece = " ".join(piece.split()).strip(" .,;:()-–*")
        if len(key(piece)) < 3 or is_before_name and are_titles(split(piece)):
            continue
        if is_person(piece):
            group.append((person(), ""))
        elif group and group[-1][0] not in agency_names() and _is_room(group[-1][0]) and not _is_body(piece):
            before = f"{group.pop()[0]}, {piece}"
            group.append((before, before))
        else:
            group.append((capital(piece), piece))
