"""The numbers of Word's lists, counted as Word counts them: "I.", "1.1.", "a)". A file holds only the pattern of each
level.

In: numbering.xml, then the paragraphs of a document in their order, each by its list and level. Out: each paragraph's
label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docx.oxml.ns import qn
from lxml import etree

_VAL = qn("w:val")
_COUNTED = re.compile(r"%([1-9])")
_LEVELS, _HIGHEST = 9, 32_767
"""Of Word's lists: levels, and the number that one may begin with."""
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class Numbering:
    """All lists of one document, and how far each has counted."""

    def __init__(self, part: etree._Element | None):
        part = [] if part is None else part
        self.patterns = {
            found.get(qn("w:abstractNumId")): {level.get(qn("w:ilvl")): level for level in found.findall(qn("w:lvl"))}
            for found in part
            if found.tag == qn("w:abstractNum")
        }
        self.lists = {found.get(qn("w:numId")): found for found in part if found.tag == qn("w:num")}
        self._linked(part)
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()

    def _linked(self, part: Iterable[etree._Element]) -> None:
        """A pattern that only points to a list style has the levels of that style's own pattern."""
        named = {
            link.get(_VAL): found.get(qn("w:abstractNumId"))
            for found in part
            if found.tag == qn("w:abstractNum") and (link := found.find(qn("w:styleLink"))) is not None
        }
        for found in part:
            link = found.find(qn("w:numStyleLink")) if found.tag == qn("w:abstractNum") else None
            if link is not None and link.get(_VAL) in named:
                self.patterns[found.get(qn("w:abstractNumId"))] = self.patterns.get(named[link.get(_VAL)], {})

    def label(self, list_id: str | None, level: int, is_shown: bool = True) -> str:
        """The label of the next paragraph of a list: "1.", "b)", "-"; "" for a paragraph in no list."""
        if not list_id:
            return ""
        found = self.lists.get(list_id)
        pattern = None if found is None else found.find(qn("w:abstractNumId"))
        if pattern is None or not is_shown or level >= _LEVELS:
            return ""
        name = pattern.get(_VAL)
        form = self._level(found, name, level)
        if form is None:
            return ""
        counts = self.counts.setdefault(name, [None] * _LEVELS)
        override = self._override(found, level)
        if override is not None and (list_id, level) not in self.begun:
            counts[level] = None
        self.begun.add((list_id, level))
        start = override if override is not None else _whole(form, "w:start", 1)
        before = counts[level]
        counts[level] = start if before is None else before + 1
        for above in range(level):
            if counts[above] is None:
                counts[above] = _whole(self._level(found, name, above), "w:start", 1)
        for below in range(level + 1, _LEVELS):
            counts[below] = None
        return self._words(found, name, form, counts)

    def _words(self, found: etree._Element, name: str, form: etree._Element, counts: list[int | None]) -> str:
        """A level's pattern filled in: "%1.%2." → "2.1."; any picture of a bullet is a dash."""
        text = form.find(qn("w:lvlText"))
        shape = _said(form, "w:numFmt", "decimal")
        if shape in ("bullet", "none"):
            return "-" if shape == "bullet" else ""
        is_legal = form.find(qn("w:isLgl")) is not None

        def filled(hit: re.Match) -> str:
            level = int(hit[1]) - 1
            own = self._level(found, name, level)
            return (
                ""
                if own is None
                else _figure(counts[level] or 0, "decimal" if is_legal else _said(own, "w:numFmt", "decimal"))
            )

        label = _COUNTED.sub(filled, "" if text is None else text.get(_VAL, "")).strip()
        return f"{label}." if label.isalnum() else label

    def _level(self, found: etree._Element, name: str, level: int) -> etree._Element | None:
        """What a list says of a level itself, else its pattern."""
        for override in found.findall(qn("w:lvlOverride")):
            if override.get(qn("w:ilvl")) == str(level) and override.find(qn("w:lvl")) is not None:
                return override.find(qn("w:lvl"))
        return self.patterns.get(name, {}).get(str(level))

    @staticmethod
    def _override(found: etree._Element, level: int) -> int | None:
        for override in found.findall(qn("w:lvlOverride")):
            start = override.find(qn("w:startOverride"))
            if override.get(qn("w:ilvl")) == str(level) and start is not None:
                return _whole(override, "w:startOverride", 1)
        return None


def _said(element: etree._Element, name: str, default: str) -> str:
    found = element.find(qn(name))
    return default if found is None else found.get(_VAL, default)


def _whole(element: etree._Element | None, name: str, default: int) -> int:
    value = "" if element is None else _said(element, name, "")
    return int(value) if value.isdecimal() and len(value) < 6 and int(value) <= _HIGHEST else default


def _figure(number: int, shape: str) -> str:
    """One number in its shape: 4 is "IV", "d", "04" or "4"."""
    if shape in ("upperRoman", "lowerRoman"):
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman.upper() if shape == "upperRoman" else roman
    if shape in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    return f"{number:02}" if shape == "decimalZero" else str(number)
