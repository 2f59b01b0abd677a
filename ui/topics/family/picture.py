"""The picture of a plan beside the one before: of each dimension, to the right what is the same (solid), changed (tinted) and
new (hollow), to the left what is gone (grey).

In: a `Family`. Out: the picture in two forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, PAGE, RULE, SOFT
from ui.draw.sheet import NARROW, TINT, WIDE, Drawing, Sheet
from ui.topics.family import words
from ui.topics.family.comparison import Family
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember_few

_HERE = ("same", "changed", "new")
_LABEL = 258
"""So wide are the names of dimensions on a wide sheet."""


def _color(dim: str | None) -> str:
    return INK if dim is None else SOFT if dim == "x" else DIM[int(dim)]


@dataclass(frozen=True)
class _Bars:
    """How bars are drawn: where they begin, the pixels a task takes, and half a bar's height."""

    sheet: Sheet
    found: Family
    x: float
    step: float
    half: int

    def draw(self, dim: str | None, y: float) -> None:
        """The bar of one dimension, or of the whole plan."""
        counts = [self.found.count(state, dim) for state in _HERE]
        ends = [self.x + self.step * n for n in accumulate(counts, initial=0)]
        for state, n, (left, right) in zip(_HERE, counts, pairwise(ends)):
            if n:
                self._segment(state, dim, y, left, right, n)
        gone = self.found.count("gone", dim)
        if gone:
            left = self.x - 6 - self.step * gone
            self._segment("gone", dim, y, left, self.x - 6, gone)
            self.sheet.text(left - 6, y, labels.compact(gone), size=13, color=SOFT, anchor="right")
        self.sheet.line(self.x - 3, y - self.half - 4, self.x - 3, y + self.half + 4, RULE)
        self._numbers(y, counts, ends)

    def _segment(self, state: str, dim: str | None, y: float, left: float, right: float, n: int) -> None:
        color = SOFT if state == "gone" else _color(dim)
        if state != "new":
            opacity = {"same": 1, "changed": 2 * TINT, "gone": TINT}[state]
            self.sheet.box(left, y - self.half, right, y + self.half, color, opacity=opacity)
        if state != "same":
            self.sheet.frame(left, y - self.half, right, y + self.half, color)
        said = (
            labels.t("family.whole") if dim is None else words.dim_name(dim),
            f"{words.state_name(self.found, state)}: {labels.num(n)}",
            labels.t("common.click"),
        )
        reach = self.half + 3
        self.sheet.hit(left, y - reach, right, y + reach, f"{dim or ALL}~{state}", "\n".join(said))

    def _numbers(self, y: float, counts: Sequence[int], ends: Sequence[float]) -> None:
        """What is the same in the bar where it fits, else with the rest beyond its end: "12 + 3 + 2"."""
        number = labels.compact(counts[0])
        is_inside = counts[0] > 0 and self.step * counts[0] >= width_of(number, 13, bold=True) + 10
        if is_inside:
            self.sheet.text(ends[1] - 6, y, number, size=13, color=PAGE, bold=True, anchor="right")
        beyond = counts[1:] if is_inside else counts
        if any(beyond):
            self.sheet.text(ends[-1] + 6, y, " + ".join(map(labels.compact, beyond)), size=13)
        elif not any(counts):
            self.sheet.text(ends[-1] + 6, y, "0", size=13, color=SOFT)


ALL = "tat-ca"
"""The bar of the whole plan."""


def _sheet(width: int, found: Family) -> Sheet:
    subtitle = labels.t(
        f"family.subtitle_{'stands' if found.is_amendment else 'gone'}", earlier=words.name(found.earlier)
    )
    return Sheet(
        width, title=words.title(found), subtitle=subtitle, source=source((found.plan.plan_id, found.earlier.plan_id))
    )


def _drawn(found: Family, sheet: Sheet, first: float, room: float, half: int, y: float, *, beside: bool) -> Drawing:
    """Every bar, the whole plan's first on a scale of its own; names stand beside the bars or above them."""

    def bars(dims: Sequence[str | None]) -> _Bars:
        left, right = (
            max((sum(found.count(state, dim) for state in states) for dim in dims), default=0)
            for states in (("gone",), _HERE)
        )
        aside = 34 if left else 0
        step = min((room - aside - 70) / max(1, left + right), 24)
        return _Bars(sheet, found, first + aside + step * left + 6, step, half)

    def row(dim: str | None, drawn: _Bars, y: float) -> float:
        said = labels.t("family.whole") if dim is None else words.dim_name(dim)
        if beside:
            sheet.line(0, y, sheet.width, y)
            sheet.text(0, y + 19, said, color=_color(dim), bold=True)
            drawn.draw(dim, y + 19)
            return y + 38
        y = sheet.lines(0, y + 12, wrap(said, sheet.width - 4, 14, bold=True), 18, color=_color(dim), bold=True)
        drawn.draw(dim, y)
        return y + 18

    y = row(None, bars([None]), y)
    parted = bars(found.dims)
    for dim in found.dims:
        y = row(dim, parted, y)
    return sheet.figure(y)


@remember_few
def wide(found: Family) -> Drawing:
    """Names of dimensions to the left, bars beside them."""
    sheet = _sheet(WIDE, found)
    return _drawn(found, sheet, _LABEL, WIDE - _LABEL, 10, sheet.top, beside=True)


@remember_few
def narrow(found: Family) -> Drawing:
    """The sister for a phone: bars under the names."""
    sheet = _sheet(NARROW, found)
    return _drawn(found, sheet, 0, NARROW, 9, sheet.top, beside=False)
