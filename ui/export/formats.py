"""The formats of a briefing, by the ending of their file."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.export import docx, html, picture, pptx, xlsx
from ui.export.content import Briefing


@dataclass(frozen=True)
class Format:
    """How a format is made, and what a browser calls it."""

    make: Callable[[Briefing], bytes]
    mime: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    "pptx": Format(pptx.make, f"{_OFFICE}presentationml.presentation"),
    "docx": Format(docx.make, f"{_OFFICE}wordprocessingml.document"),
    "xlsx": Format(xlsx.make, f"{_OFFICE}spreadsheetml.sheet"),
    "html": Format(html.make, "text/html"),
    "svg": Format(picture.make, "image/svg+xml"),
}
