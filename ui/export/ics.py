"""A calendar file (iCalendar, RFC 5545), written as plain text.

In: entries of whole days, single or coming round. Out: bytes that calendar programs read. Every text is escaped and
every line folded at 75 octets, so that nothing a plan wrote can become a line, a property or an event of its own.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_OCTETS = 75


@dataclass(frozen=True)
class Entry:
    """One event of a whole day. `rule` repeats it ("FREQ=YEARLY") up to and including `until`; both are None for a
    single day.
    """

    uid: str
    day: datetime.date
    summary: str
    description: str
    rule: str | None = None
    until: datetime.date | None = None


def escape(text: str) -> str:
    r"""A text value: "a, b; c" → "a\, b\; c". Line breaks become \n, other control characters a space."""
    text = (
        text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    return "".join(
        "\\n" if letter == "\n" else " " if unicodedata.category(letter) == "Cc" else letter for letter in text
    )


def fold(line: str) -> str:
    """A line in pieces of at most 75 octets, each further one begun with a space; no letter is cut."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += octets
    return "\r\n".join(pieces)


def calendar(name: str, about: str, entries: Sequence[Entry], stamp: datetime.datetime) -> bytes:
    """The whole file. `about` says what it shows and how to cite it; `stamp` (UTC) is when the data was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PAPI//Plans//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
        f"X-WR-CALDESC:{escape(about)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escape(entry.uid)}",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + datetime.timedelta(days=1):%Y%m%d}",
        ]
        if entry.rule:
            lines.append(f"RRULE:{entry.rule}" + (f";UNTIL={entry.until:%Y%m%d}" if entry.until else ""))
        lines += [
            f"SUMMARY:{escape(entry.summary)}",
            f"DESCRIPTION:{escape(entry.description)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(fold(line) for line in lines) + "\r\n").encode("utf-8")
