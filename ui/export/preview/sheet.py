"""A slide or a page drawn small: words, boxes, lines and pictures on paper of some points.

In: places and sizes in points (1/72 inch), y downwards. Out: an SVG without any outside reference; everything written is
escaped.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ui.draw.palette import INK, PAGE, RULE


@dataclass(frozen=True)
class Picture:
    """A slide or a page: what stands on it first, for those who do not see it, and its drawing."""

    title: str
    svg: str

    @property
    def address(self) -> str:
        """The drawing as the source of an image: no script runs in one."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


@dataclass(frozen=True)
class Piece:
    """Words of a line in one manner."""

    text: str
    size: float
    bold: bool
    italic: bool


class Sheet:
    """Paper of one size; what is put on it later lies above."""

    def __init__(self, width: float, height: float, face: str) -> None:
        self.width, self.height, self.face = width, height, face
        self._parts: list[Markup] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        color: str = INK,
        anchor: str = "start",
    ) -> None:
        """A line of words; `y` is where its letters stand."""
        manner = Markup(' font-weight="bold"') if bold else ""
        shape = '<text x="{:.1f}" y="{:.1f}" font-size="{:g}" fill="{}" text-anchor="{}"{}>{}</text>'
        self._parts.append(Markup(shape).format(x, y, size, color, anchor, manner, words))

    def words(
        self, x: float, y: float, pieces: Sequence[Piece], *, anchor: str = "start", fill: float | None = None
    ) -> None:
        """A line in several manners; with `fill` its spaces are stretched until it is so wide."""
        manner = Markup('<tspan font-size="{:g}"{}{}>{}</tspan>')
        said = Markup("").join(
            manner.format(
                piece.size,
                Markup(' font-weight="bold"') if piece.bold else "",
                Markup(' font-style="italic"') if piece.italic else "",
                piece.text,
            )
            for piece in pieces
        )
        stretch = Markup(' textLength="{:.1f}" lengthAdjust="spacing"').format(fill) if fill else ""
        shape = '<text x="{:.1f}" y="{:.1f}" fill="{}" text-anchor="{}" xml:space="preserve"{}>{}</text>'
        self._parts.append(Markup(shape).format(x, y, INK, anchor, stretch, said))

    def box(self, x: float, y: float, width: float, height: float, fill: str = "none", stroke: str = "none") -> None:
        shape = '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}" stroke-width=".6"/>'
        self._parts.append(Markup(shape).format(x, y, max(width, 0), max(height, 0), fill, stroke))

    def line(self, x: float, y: float, to: float) -> None:
        shape = '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width=".75"/>'
        self._parts.append(Markup(shape).format(x, y, to, y, INK))

    def image(self, x: float, y: float, width: float, height: float, blob: bytes, mime: str) -> None:
        shape = '<image x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" href="data:{};base64,{}"/>'
        self._parts.append(Markup(shape).format(x, y, width, height, mime, base64.b64encode(blob).decode()))

    def picture(self, title: str) -> Picture:
        shape = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}"'
            ' font-family="{}"><rect width="100%" height="100%" fill="{}" stroke="{}"/>{}</svg>'
        )
        drawn = Markup("").join(self._parts)
        made = Markup(shape).format(self.width, self.height, title, self.face, PAGE, RULE, drawn)
        return Picture(title, str(made))
