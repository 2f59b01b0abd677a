"""What a file will look like: its slides, pages or sheets as small pictures, and these as one page of their own.

In: the bytes of a file and its ending. Out: pictures, none for formats that have no pages; and an HTML page that holds
them, without script or outside reference.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ui.draw.palette import INK, PANEL
from ui.export import plain
from ui.export.preview import pages, sheets, slides
from ui.export.preview.sheet import Picture
from ui.words import labels
from ui.words.markup import filled

_DRAWN = {"pptx": slides.pictures, "docx": pages.pictures, "xlsx": sheets.pictures}
ENDINGS = tuple(_DRAWN)
_STYLE = Markup(
    f"body{{font:16px/1.5 Arial,sans-serif;color:{INK};background:{PANEL};margin:1.5rem}}"
    "ol{display:grid;grid-template-columns:repeat(auto-fill,minmax(22rem,1fr));gap:1.5rem;padding:0;list-style:none}"
    "img{width:100%;height:auto}"
)


def pictures(made: bytes, ending: str) -> tuple[Picture, ...]:
    """The slides, pages or sheets of a file, small."""
    return tuple(_DRAWN[ending](made)) if ending in _DRAWN else ()


def counted(ending: str, n: int) -> str:
    """How many they are, in words: "10 trang chiếu", "khoảng 12 trang"; a page alone is one for sure."""
    if ending != "docx":
        return labels.t(f"preview.{ending}", n=n)
    return labels.t("preview.page") if n == 1 else labels.t("preview.pages", n=n)


def page(shown: Sequence[Picture], ending: str, title: str) -> bytes:
    """One page with all of them, numbered."""
    items = Markup("").join(
        filled('<li><img src="{}" alt="{}"><br>{}. {}</li>', one.address, one.title, at, one.title)
        for at, one in enumerate(shown, 1)
    )
    return (
        Markup(
            '<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            "<title>{}</title><style>{}</style></head><body><h1>{}</h1><p>{}</p><ol>{}</ol></body></html>"
        )
        .format(labels.lang(), plain.text(title), _STYLE, plain.text(title), counted(ending, len(shown)), items)
        .encode()
    )
