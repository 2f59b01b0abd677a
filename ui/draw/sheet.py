"""A sheet of paper to draw on, in pixels.

In: words, numbers and marks with their place. Out: one plotly figure that carries its own title, explanation and
source, follows the reader's theme (ui/draw/palette.py), keeps a finger free to scroll, and gives back the key of the cell
that was clicked. y runs downwards. The sheet stretches in x to the width it is given; marks and letters keep their
size.

    sheet = Sheet(WIDE, title="…", subtitle="…", source="…")
    y = sheet.top                      # the first free pixel under title and subtitle
    sheet.box(0, y, 60, y + 26, DIM[3], opacity=TINT)
    sheet.text(8, y + 13, "4", bold=True)
    sheet.hit(0, y, 60, y + 26, "hung-yen-2020~3.3", "Hưng Yên 2020 · 3.3<br>4 nhiệm vụ")
    figure = sheet.figure(y + 40)
"""

from __future__ import annotations

import html
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import orjson
import plotly.graph_objects as go

from ui.draw import measure
from ui.draw.palette import INK, PAGE, RULE, SOFT

WIDE = 1136
"""Design width of a picture over the whole page."""
WIDE_BESIDE = 752
"""Design width of a picture with a column beside it."""
NARROW = 328
"""Design width on a phone."""
TINT = 0.13
"""How much of a dimension's colour a tile takes."""
FONT = '"Source Sans", "Source Sans Pro", sans-serif'
CONFIG: dict[str, Any] = {"displayModeBar": False, "doubleClick": False, "scrollZoom": False}
"""Plotly's settings: nothing of its own over a picture, and no zoom."""
_CLEAR = "rgba(0,0,0,0)"
_BESIDE = {"left": "middle right", "center": "middle center", "right": "middle left"}
"""On which side of its place plotly writes a text that is anchored so."""


class Drawing(go.Figure):
    """A plotly figure that is plain data until somebody asks for its parts: plotly takes longer to check each property
    of each trace than all counting and drawing takes. Whoever asks for `data` or `layout` (tests do) gets the checked
    ones. Nobody changes it.
    """

    def __init__(self, traces: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        # what plotly's own __init__ would make is made by `_checked`
        object.__setattr__(self, "_plain", {"data": traces, "layout": layout})

    @cached_property
    def _checked(self) -> go.Figure:
        plain = self._plain
        return go.Figure({**plain, "layout": {**plain["layout"], "template": "none"}})

    @property
    def size(self) -> tuple[float, float]:
        """Its width and its height in pixels."""
        layout = self._plain["layout"]
        return layout["width"], layout["height"]

    @property
    def data(self) -> tuple[Any, ...]:
        return self._checked.data

    @property
    def layout(self) -> go.Layout:
        return self._checked.layout

    def to_dict(self) -> dict[str, Any]:
        """What plotly.js gets."""
        return {"data": [dict(trace) for trace in self._plain["data"]], "layout": dict(self._plain["layout"])}

    def framed(self, key: str) -> Drawing:
        """The same with the cell of this key framed; itself where it has no such cell."""
        *others, hits = self._plain["data"]
        keys = [cell[0] for cell in hits.get("customdata", ())]
        if key not in keys:
            return self
        at = keys.index(key)
        # not plotly's own selection: a click on what it holds selected would take it back, or tell nobody
        frame = {
            "type": "bar",
            "orientation": "h",
            **{side: hits[side][at : at + 1] for side in ("x", "base", "y", "width")},
            "hoverinfo": "skip",
            "marker": {**hits["marker"], "opacity": 1},
            **_same("marker", 1),
        }
        return Drawing([*others, frame, hits], self._revised(key))

    def _revised(self, by: str) -> dict[str, Any]:
        """Its layout, as that of another picture, which differs by this."""
        layout = self._plain["layout"]
        return {**layout, "datarevision": f"{layout['datarevision']} {by}"}

    def picking(self) -> Drawing:
        """The same as Streamlit sets it up to be clicked: it would do so once the picture stands, and plotly draw all of it
        again.
        """
        layout = {**self._plain["layout"], "clickmode": "event+select", "dragmode": "pan"}
        return Drawing(self._plain["data"], layout)

    def noted(self, words: str) -> Drawing:
        """The same with these words at its foot, below the source."""
        width, height = self.size
        lines = measure.wrap(words, width * 0.93, 12.5)
        note = {
            **_points("text", [0] * len(lines), [height + 3 + 17 * at for at in range(len(lines))]),
            "text": [html.escape(line, quote=False) for line in lines],
            "textposition": "middle right",
            "textfont": {"size": 12.5, "color": SOFT, "weight": 400},
            **_same("textfont", SOFT),
        }
        below = height + 17 * len(lines)
        layout = self._revised(words)
        layout = {**layout, "height": below, "yaxis": {**layout["yaxis"], "range": [below, 0]}}
        # the cells that answer stay the last
        return Drawing([note, *self._plain["data"]], layout)


class _Box(NamedTuple):
    """A rectangle: filled, or with a line of a `width`; or a place that answers."""

    x0: float
    y0: float
    x1: float
    y1: float
    color: str = _CLEAR
    width: float = 0


class _Mark(NamedTuple):
    x: float
    y: float
    shape: str
    size: float
    color: str
    hollow: bool
    width: float


class _Text(NamedTuple):
    x: float
    y: float
    text: str
    size: float
    weight: int
    position: str


class Sheet:
    """The drawing so far. Everything written on it is text, never markup: it is escaped here."""

    def __init__(self, width: int, *, title: str, subtitle: str, source: str):
        """`title` is the finding, `subtitle` what is counted and how to read the marks, `source` goes to the foot."""
        self.width = width
        self.source = source
        # one trace of plotly's for each of these: what it takes for a trace is most of what a picture takes
        self._texts: dict[str, list[_Text]] = defaultdict(list)  # by colour
        self._boxes: dict[float, list[_Box]] = defaultdict(list)  # by opacity
        self._lines: dict[tuple[str, float, str], list[tuple[float, float, float, float]]] = defaultdict(list)
        self._marks: list[_Mark] = []
        self._hits: list[_Box] = []
        self._keys: list[str] = []
        self._hovers: list[str] = []
        y = 0.0
        # a wide sheet may be squeezed a little before its narrow sister takes over
        room = width * 0.93 if width > NARROW else width - 4
        for line in measure.wrap(title, room, 19, bold=True):
            y += 25
            self.text(0, y - 11, line, size=19, bold=True)
        y += 4
        for line in measure.wrap(subtitle, min(room, 960), 14):
            y += 19
            self.text(0, y - 8, line, size=14, color=SOFT)
        self.top = y + 14

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 14,
        color: str = INK,
        bold: bool = False,
        anchor: str = "left",
    ) -> None:
        """Words whose middle line is at y; `anchor` is left, center or right."""
        # plotly drops what lies beyond the axis
        x = min(max(x, 0), self.width)
        weight, position = 650 if bold else 400, _BESIDE[anchor]
        self._texts[color].append(_Text(x, y, html.escape(text, quote=False), size, weight, position))

    def lines(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        step: float,
        *,
        size: float = 14,
        color: str = INK,
        bold: bool = False,
        anchor: str = "left",
    ) -> float:
        """Words line by line, the middle of the first at y; where the middle of one more would be."""
        for line in lines:
            self.text(x, y, line, size=size, color=color, bold=bold, anchor=anchor)
            y += step
        return y

    def box(self, x0: float, y0: float, x1: float, y1: float, color: str, *, opacity: float = 1) -> None:
        """A filled rectangle."""
        self._boxes[opacity].append(_Box(x0, y0, x1, y1, color))

    def frame(self, x0: float, y0: float, x1: float, y1: float, color: str, *, width: float = 1.5) -> None:
        """A hollow rectangle, its line inside the edges."""
        half = width / 2
        self._boxes[1].append(_Box(x0 + half, y0 + half, x1 - half, y1 - half, color, width))

    def line(
        self, x0: float, y0: float, x1: float, y1: float, color: str = RULE, *, width: float = 1, dash: str = "solid"
    ) -> None:
        """A straight line."""
        self._lines[color, width, dash].append((x0, y0, x1, y1))

    def circle(
        self, x: float, y: float, diameter: float, color: str, *, hollow: bool = False, width: float = 2
    ) -> None:
        """A disc, or a ring."""
        self._marks.append(_Mark(x, y, "circle", diameter, color, hollow, width))

    def symbol(
        self, x: float, y: float, shape: str, size: float, color: str, *, hollow: bool = False, width: float = 2
    ) -> None:
        """Another mark of plotly's: "square", "diamond", "triangle-down" …"""
        self._marks.append(_Mark(x, y, shape, size, color, hollow, width))

    def dotted(self, x0: float, y0: float, x1: float, y1: float, color: str = SOFT) -> None:
        """A dotted frame: this verdict changes with the switch."""
        for line in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)):
            self.line(*line, color, dash="dot")

    def described(self, x: float, y: float, color: str = INK) -> None:
        """The mark ≡: the indicator is described, nobody gets a task."""
        for step in (-4.5, 0, 4.5):
            self.line(x, y + step, x + 14, y + step, color, width=1.5)

    def empty(self, x: float, y: float, color: str = INK) -> None:
        """The mark ○: read, no task. x is its left edge."""
        self.circle(x + 6.5, y, 11, color, hollow=True, width=2)

    def hatched(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The mark of a plan that could not be read."""
        self.frame(x0, y0, x1, y1, SOFT, width=1)
        step, tall = 7.0, y1 - y0
        x = x0 - tall + step
        while x < x1:
            left, right = max(x, x0), min(x + tall, x1)
            self.line(left, y1 - (left - x), right, y1 - (right - x), SOFT)
            x += step

    def hit(self, x0: float, y0: float, x1: float, y1: float, key: str, hover: str) -> None:
        """A place that answers: `hover` is shown (plain text, lines parted by \\n), `key` comes back when it is
        clicked, and it wears a frame while it is the one in view.
        """
        self._hits.append(_Box(x0, y0, x1, y1))
        self._keys.append(key)
        self._hovers.append("<br>".join(html.escape(line, quote=False) for line in hover.split("\n")))

    def figure(self, height: float) -> Drawing:
        """The figure; `height` is where the drawing ends, the source is written below it."""
        y = height + 8
        for line in measure.wrap(self.source, self.width * 0.93, 12.5):
            y += 17
            self.text(0, y - 8, line, size=12.5, color=SOFT)
        height = y + 6
        traces: list[dict[str, Any]] = []
        for opacity, boxes in self._boxes.items():
            marker = {
                "color": _each([_CLEAR if box.width else box.color for box in boxes]),
                "opacity": opacity,
                "line": {"width": _each([box.width for box in boxes]), "color": _each([box.color for box in boxes])},
            }
            traces.append({**_bars(boxes), "hoverinfo": "skip", "marker": marker, **_same("marker", opacity)})
        for (color, width, dash), lines in self._lines.items():
            xs = [x for x0, _, x1, _ in lines for x in (x0, x1, None)]
            ys = [y for _, y0, _, y1 in lines for y in (y0, y1, None)]
            traces.append({**_points("lines", xs, ys), "line": {"color": color, "width": width, "dash": dash}})
        if marks := self._marks:
            traces.append(
                {
                    **_points("markers", [mark.x for mark in marks], [mark.y for mark in marks]),
                    "marker": {
                        "symbol": _each([mark.shape for mark in marks]),
                        "size": _each([mark.size for mark in marks]),
                        "opacity": 1,
                        "color": _each([_CLEAR if mark.hollow else mark.color for mark in marks]),
                        "line": {
                            "width": _each([mark.width if mark.hollow else 0 for mark in marks]),
                            "color": _each([mark.color for mark in marks]),
                        },
                    },
                    **_same("marker", 1),
                }
            )
        for color, texts in self._texts.items():
            traces.append(
                {
                    **_points("text", [text.x for text in texts], [text.y for text in texts]),
                    "text": [text.text for text in texts],
                    "textposition": _each([text.position for text in texts]),
                    "textfont": {
                        "size": _each([text.size for text in texts]),
                        "color": color,
                        "weight": _each([text.weight for text in texts]),
                    },
                    **_same("textfont", color),
                }
            )
        if self._keys:
            traces.append(
                {
                    **_bars(self._hits),
                    "name": "hits",
                    "customdata": [[key] for key in self._keys],
                    "text": self._hovers,
                    "textposition": "none",
                    "hovertemplate": "%{text}<extra></extra>",
                    "marker": {"color": _CLEAR, "opacity": 0, "line": {"width": 2.5, "color": INK}},
                    "selected": {"marker": {"opacity": 1}},
                    "unselected": {"marker": {"opacity": 0}},
                }
            )
        side = {"visible": False, "fixedrange": True, "zeroline": False}
        return Drawing(
            traces,
            {
                # Streamlit hands a picture that stands to plotly once more, in a copy: without this, and with a template, all
                # of it would be drawn again; what is not the same picture has another
                "datarevision": str(zlib.crc32(orjson.dumps(traces))),
                "width": self.width,
                "height": height,
                "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
                "showlegend": False,
                "barmode": "overlay",
                "bargap": 0,
                "dragmode": False,
                "hovermode": "closest",
                "paper_bgcolor": PAGE,
                "plot_bgcolor": _CLEAR,
                "font": {"family": FONT, "color": INK, "size": 14},
                "hoverlabel": {
                    "bgcolor": INK,
                    "bordercolor": INK,
                    "font": {"color": PAGE, "size": 14, "family": FONT},
                    "align": "left",
                    "namelength": 0,
                },
                "xaxis": {**side, "range": [0, self.width]},
                "yaxis": {**side, "range": [height, 0]},
            },
        )


def _bars(boxes: Sequence[_Box]) -> dict[str, Any]:
    """Rectangles as plotly's bars, which lie across the sheet."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [box.x1 - box.x0 for box in boxes],
        "base": [box.x0 for box in boxes],
        "y": [(box.y0 + box.y1) / 2 for box in boxes],
        "width": [box.y1 - box.y0 for box in boxes],
    }


def _points(mode: str, x: Sequence[float | None], y: Sequence[float | None]) -> dict[str, Any]:
    """Places as plotly's points, in one of its modes: "lines", "markers", "text"."""
    return {"type": "scatter", "x": x, "y": y, "mode": mode, "hoverinfo": "skip", "cliponaxis": False}


def _each(values: Sequence[Any]) -> Any:
    """One value where all are alike, else one for each."""
    return values[0] if len(set(values)) == 1 else values


def _same(part: str, value: Any) -> dict[str, Any]:
    """A click fades what was not clicked; nothing here shall fade."""
    name = "color" if part == "textfont" else "opacity"
    return {"selected": {part: {name: value}}, "unselected": {part: {name: value}}}
