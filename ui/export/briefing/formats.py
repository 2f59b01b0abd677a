"""The formats of a briefing, by the ending of their file; and in each of them a file that only says why there is no
other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.export import deck, excel, word
from ui.export.briefing import docx, html, picture, pptx, xlsx
from ui.export.briefing.content import Briefing


@dataclass(frozen=True)
class Format:
    """How a format is made, what a browser calls it, and how it says a sentence."""

    make: Callable[[Briefing], bytes]
    mime: str
    sorry: Callable[[str], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    "pptx": Format(pptx.make, f"{_OFFICE}presentationml.presentation", deck.sorry),
    "docx": Format(docx.make, f"{_OFFICE}wordprocessingml.document", word.sorry),
    "xlsx": Format(xlsx.make, f"{_OFFICE}spreadsheetml.sheet", excel.sorry),
    "html": Format(html.make, "text/html", html.sorry),
    "svg": Format(picture.make, "image/svg+xml", picture.sorry),
}
