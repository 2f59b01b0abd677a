"""The files of a briefing by their names; and in each format a file that only says why there is no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.export import deck, excel, word
from ui.export.briefing import chair, docx, html, picture, pptx, summary, xlsx
from ui.export.briefing.content import PARTS, Briefing


@dataclass(frozen=True)
class Format:
    """How a file is made, the ending of its name, what a browser calls it, how it says a sentence, the parts of a
    briefing that it shows (the others need not be read), and the label that its name ends in, where two end alike.
    """

    make: Callable[[Briefing], bytes]
    ending: str
    mime: str
    sorry: Callable[[str], bytes]
    parts: tuple[str, ...] = PARTS
    called: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_SLIDES, _PAPER = ("pptx", f"{_OFFICE}presentationml.presentation"), ("docx", f"{_OFFICE}wordprocessingml.document")
FORMATS = {
    "pptx": Format(pptx.make, *_SLIDES, deck.sorry, chair.PARTS),
    "summary": Format(summary.make, *_PAPER, word.sorry, chair.PARTS, "content.file_summary"),
    "docx": Format(docx.make, *_PAPER, word.sorry),
    "xlsx": Format(xlsx.make, "xlsx", f"{_OFFICE}spreadsheetml.sheet", excel.sorry),
    "html": Format(html.make, "html", "text/html", html.sorry),
    "svg": Format(picture.make, "svg", "image/svg+xml", picture.sorry, ("coverage",)),
    "all": Format(pptx.whole, *_SLIDES, deck.sorry, called="content.file_all"),
}
"""`pptx` are the ten slides for a chair, `all` the same with everything behind them, `summary` is one page."""
ENDINGS = tuple(dict.fromkeys(form.ending for form in FORMATS.values()))
