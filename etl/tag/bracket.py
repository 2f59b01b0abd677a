"""The bracket that closes a text and gives it to somebody by a time: "… sang tiếng Chăm (Sở Tư pháp, quý III/2021)."

In: the text of a unit. Out: who and when, as far as the bracket says both, or a time, and nothing else; who alone where a
plan closes its tasks so again and again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.model import Unit, UnitAgency
from etl.reference import form
from etl.tag import agencies, dates, timing

_CLOSING = re.compile(r"\(([^()]{6,200})\)\s*[.;]?\s*$")
_SIGN = re.compile(r"\s*[,;]\s*|\s+[-–]\s+")
_CARRY = r"{carry}\b"
_AGAIN = 3
"""In so many tasks an office alone in a bracket is the plan's way to say who leads; in one it may be an example."""
_DONE = re.compile(r"^(?:(?:xong|hoàn thành|trong|vào|trước|chậm nhất)\s+)+", re.IGNORECASE)


def who_and_when(text: str) -> tuple[list[tuple[str, str]], str]:
    """The agencies of such a bracket and its words of time; nobody where it says a time alone, none of either where it
    says anything else.
    """
    closing = _CLOSING.search(text)
    words = closing[1] if closing else ""
    # the last sign first: "Sở Lao động, Thương binh và Xã hội, quý II" has a comma within its name
    for sign in reversed(list(_SIGN.finditer(words))):
        before, after = words[: sign.start()], words[sign.end() :]
        for who, when in ((before, after), (after, before)):
            found, rest = agencies.chain(who, unknown=True)
            is_whole = found and (not rest or form("assigning", _CARRY).match(rest))
            if is_whole and timing.says_when(when):
                return found, when
    return [], words if dates.is_day(_DONE.sub("", words)) else ""


def led_by_brackets(units: Sequence[Unit]) -> list[Unit]:
    """The units of a plan, with offices that close the text of several tasks without a lead as the leads of these: "…
    (Sở Y tế)."
    """
    offices = {at: found for at, unit in enumerate(units) if (found := _office_alone(unit))}
    if len(offices) < _AGAIN:
        return list(units)
    return [
        replace(
            unit,
            agencies=(*(UnitAgency(name, "lead", "text", written) for name, written in offices[at]), *unit.agencies),
            lead_basis="text",
        )
        if at in offices
        else unit
        for at, unit in enumerate(units)
    ]


def _office_alone(unit: Unit) -> list[tuple[str, str]]:
    """The offices of such a bracket, each known or named as one; none where the unit is no task or has a lead."""
    closing = _CLOSING.search(unit.text)
    if not closing or unit.kind != "action" or unit.channel == "table" or unit.names("lead"):
        return []
    found, rest = agencies.chain(closing[1], unknown=True)
    return [] if rest else found
