"""The scores that are held, what a workbook adds to them or says otherwise, and writing them whole."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import tables
from etl.scores.found import TOTAL, Found, Key, years
from etl.scores.found import said as named
from etl.scores.topics import merged

Row = dict[str, str]
Held = dict[Key, Row]


@dataclass(frozen=True)
class Other:
    """A score that a workbook says otherwise than the table."""

    key: Key
    row: Row
    said: str


@dataclass(frozen=True)
class Change:
    """Rows that are new, how many say the same, and those that say something else."""

    new: dict[Key, Row]
    same: int
    other: list[Other]


def scores(file: Path) -> Held:
    """The rows of the table by province, year and topic. Raises BadReference where it is not right."""
    return {(row["province"], int(row["year"]), row["sub"] or row["dimension"]): row for row in tables.rows(file)}


def said(found: Found) -> str:
    """ "61 tỉnh, năm 2025, 8 nội dung, 28 chỉ số, điểm đều cộng đúng"."""
    topics = {topic for _, _, topic in found.scores}
    subs = sum("." in topic for topic in topics)
    places = len({place for place, _, _ in found.scores})
    when = ", ".join(map(str, years(found)))
    return f"{places} tỉnh, năm {when}, {len(topics - {TOTAL}) - subs} nội dung, {subs} chỉ số; điểm chỉ số cộng đúng điểm nội dung"


def beside(held: Held, found: Found) -> Change:
    """What a workbook adds to the rows held. A score that is the same but for rounding changes nothing."""
    new: dict[Key, Row] = {}
    other: list[Other] = []
    for key, score in found.scores.items():
        row = _row(key, score, found)
        if key not in held:
            new[key] = row
        elif (
            abs(float(held[key]["score"]) - score) > max(found.slack_of(key), 1e-5)
            or held[key]["merged"] != row["merged"]
        ):
            other.append(Other(key, row, f"{named(key)}: đang giữ {held[key]['score']}, tệp ghi {row['score']}"))
    return Change(new, len(found.scores) - len(new) - len(other), other)


def _row(key: Key, score: float, found: Found) -> Row:
    place, year, topic = key
    return {
        "province": place,
        "year": str(year),
        "dimension": topic[0],
        "sub": topic if "." in topic else "",
        "score": f"{score:.6f}".rstrip("0").rstrip("."),
        "sub_in_report": topic if "." in topic else "",
        "merged": "yes" if found.is_of_today and place in merged() else "",
    }


def write(file: Path, held: Held, change: Change) -> None:
    """The table with what is new and what was said otherwise, put in place whole once it is known to be right."""
    rows = {**held, **change.new, **{one.key: one.row for one in change.other}}
    order = {place: at for at, place in enumerate(dict.fromkeys(place for place, _, _ in rows))}
    ordered = sorted(rows.items(), key=lambda item: (order[item[0][0]], *item[0][1:]))
    out = io.StringIO()
    writer = csv.DictWriter(out, tables.columns(file.name), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for _, row in ordered)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".scores-") as folder:
        made = Path(folder) / file.name
        made.write_text(out.getvalue(), encoding="utf-8")
        tables.rows(made)
        os.replace(made, file)
