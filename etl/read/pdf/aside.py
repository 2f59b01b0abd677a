"""The lines of a page that are no part of its text: running heads, footers and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from etl.read.pdf.flow import Sheet
from etl.read.pdf.line import Line

_MARGIN = 0.1
"""Of a page's height: where running heads and page numbers stand."""
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?[-–\s]*$", re.IGNORECASE)


def furniture(sheets: Sequence[Sheet]) -> set[Line]:
    """What stands in the margin and counts pages, or comes again on other pages."""
    edge = [
        line
        for sheet in sheets
        for line in sheet.body
        if line.bottom < _MARGIN * sheet.page.height or line.top > (1 - _MARGIN) * sheet.page.height
    ]
    on: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in edge:
        on[_running(line)].add(line.page)
    return {line for line in edge if _PAGE_NUMBER.match(line.text) or len(on[_running(line)]) > 1}


def _running(line: Line) -> tuple[str, int]:
    """What is the same of a running head on each page: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 6)
