"""A cell of a table → the agencies in it, group by group."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.reference import PERSON, agency_names
from etl.tag.agencies.names import person, phrases, scan
from etl.text import capital, key

# -- a cell ---------------------------------------------------------------------------------------------------------


def groups(cell: str) -> list[list[tuple[str, str]]]:
    """The agencies of a cell as (name, as written), in the groups that the layout shows.

    Where cells of several rows were run together, a group ends where two names meet without a comma, a semicolon or a
    conjunction between them: "UBND cấp huyện Sở Giáo dục và Đào tạo" has two. Each bullet is a group.
    """
    lines = [line for line in cell.split("\n") if line.strip(" ;,.")]
    if len(lines) > 1:
        return [[name for group in groups(line) for name in group] for line in lines]
    bullets = [part for part in re.split(r"(?:^|\n|(?<=[;.,])\s*)\s*[-–•+]\s+", cell) if part and part.strip(" ;,.")]
    if len(bullets) > 1:
        return [[name for group in groups(bullet) for name in group] for bullet in bullets]
    # a bracket names a part of the agency before it: "Văn phòng UBND tỉnh (Ban Tiếp công dân)"
    cell = re.sub(r"\([^()]*\)", lambda bracket: " " * len(bracket[0]), cell)
    out: list[list[tuple[str, str]]] = [[]]
    end = 0
    for hit in scan(cell):
        if hit.begin < end:
            # another level of the same words
            out[-1].append((hit.agency, hit.as_written))
            end = max(end, hit.end)
            continue
        between = cell[end : hit.begin]
        pieces = _pieces(between)
        # what stands right before a name is its title ("Chủ tịch UBND …"), right after it its qualifier
        for piece in pieces[1 if end else 0 : -1]:
            _keep(out, piece)
        title = pieces[-1] if len(pieces) > 1 or not end else ""
        if title and not _is_title(title):
            _keep(out, title)
        if end and len(pieces) == 1 and "và" not in between.split() and out[-1] and not re.search(r"[/&(]", between):
            out.append([])
        name = (hit.agency, hit.as_written)
        if hit.needs_level:
            # "Thanh tra Bộ": no level that is known, so the words up to the next sign are the name
            stop = re.search(r"[;,\n]|$", cell[hit.end :])
            rest = cell[hit.end : hit.end + (stop.start() if stop else 0)]
            if rest.strip() and not scan(rest):
                hit = replace(hit, end=hit.end + len(rest))
                name = (capital(cell[hit.begin : hit.end].strip()), cell[hit.begin : hit.end].strip())
        out[-1].append(name)
        end = hit.end
    for piece in _pieces(cell[end:])[1 if end else 0 :]:
        _keep(out, piece)
    return [list(dict.fromkeys(group)) for group in out if group]


def _pieces(words: str) -> list[str]:
    """Words parted where another name begins: at signs, and at "và" before a body ("Phòng Hành chính và Bổ trợ tư pháp"
    is one).
    """
    bodies = "|".join(sorted((re.escape(" ".join(phrase)) for phrase in phrases("bodies")), key=len, reverse=True))
    return re.split(rf"[;,\n]|\svà\s(?=(?:{bodies}|các)\b|\s*$)", words, flags=re.IGNORECASE)


def _keep(out: list[list[tuple[str, str]]], piece: str) -> None:
    """Keep words that no table knows as an agency: as written, with a capital; a person's name never."""
    piece = " ".join(piece.split()).strip(" .,;:()-–*")
    if len(key(piece)) < 3 or _is_title(piece):
        return
    if person(piece):
        out[-1].append((PERSON, ""))
    elif out[-1] and piece[:1].islower() and out[-1][-1][0] not in agency_names() and out[-1][-1][0] != PERSON:
        before = out[-1].pop()[0]
        out[-1].append((f"{before}, {piece}", f"{before}, {piece}"))
    else:
        out[-1].append((capital(piece), piece))


def _is_title(words: str) -> bool:
    """Whether words are only the office of somebody within the agency that follows, or a qualifier."""
    said = tuple(key(words).split())
    return not said or said in phrases("titles")
