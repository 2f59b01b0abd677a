"""The chart of a briefing alone: tasks by dimension as an SVG at the size of a slide.

In: a `Briefing`. Out: one SVG of 1280 × 720 without any outside reference, with title, key, source, date and guard
inside; everything written is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, PAGE, RULE, SOFT
from ui.export import plain
from ui.export.briefing.content import Briefing, unread
from ui.words import labels
from ui.words.markup import joined

_ARIAL = 1.14
"""How much wider Arial runs than the letters that `width_of` knows."""


def make(briefing: Briefing) -> bytes:
    """The picture in the briefing's language."""
    with labels.speaking(briefing.lang):
        series = [
            (
                topic.name if topic.key == "0" else f"{topic.key}. {topic.name}",
                [briefing.cells[plan, topic.key].tasks for plan in briefing.plan_ids],
                DIM[topic.dim],
            )
            for topic in briefing.dimensions
        ]
        return _bars(
            _title(briefing),
            [briefing.short(plan) for plan in briefing.plans],
            series,
            briefing.about,
            [unread(plan) for plan in briefing.plans],
        ).encode("utf-8")


def sorry(words: str) -> bytes:
    """A picture that only says this."""
    return _bars(words, [], [], [], []).encode("utf-8")


def _bars(
    title: str,
    categories: Sequence[str],
    series: Sequence[tuple[str, Sequence[int], str]],
    source: Sequence[str],
    instead: Sequence[str],
) -> Markup:
    """Stacked bars on a sheet of 1280 × 720; `instead` is what stands in the place of a bar where nothing could be
    counted.
    """
    out: list[str] = []

    def text(x: float, y: float, words: str, size: float, color: str = INK, more: str = "") -> None:
        out.append(
            Markup('<text x="{:.1f}" y="{:.1f}" font-size="{}" fill="{}"{}>{}</text>').format(
                x, y, size, color, more, plain.text(words)
            )
        )

    y = 52.0
    for line in wrap(plain.text(title), 1200 / _ARIAL, 28, bold=True)[:2]:
        text(40, y, line, 28, more=Markup(' font-weight="bold"'))
        y += 36
    x = 40.0
    for name, _, color in series:
        wide = 24 + width_of(name, 15) * _ARIAL + 18
        if x + wide > 1250:
            x, y = 40, y + 24
        out.append(Markup('<rect x="{:.1f}" y="{:.1f}" width="14" height="14" fill="{}"/>').format(x, y - 12, color))
        text(x + 20, y, name, 15)
        x += wide
    y += 22
    foot = [
        part
        for line in source
        for part in wrap(plain.cut(line, 500, labels.t("briefing.other_files")), 1200 / _ARIAL, 12)
    ]
    low = 700 - 16 * len(foot)
    step = (low - 8 - y) / max(len(categories), 1)
    high = min(56.0, step * 0.7)
    size = min(16.0, max(step * 0.6, 6))
    most = max((sum(values[at] for _, values, _ in series) for at in range(len(categories))), default=0) or 1
    for at, name in enumerate(categories):
        top = y + at * step + (step - high) / 2
        short = wrap(plain.text(name), 190 / _ARIAL, size)
        shown = short[:2] if step > 2.5 * size else short[:1]
        shown[-1:] = [shown[-1] + "…"] if len(shown) < len(short) else shown[-1:]
        for down, line in enumerate(shown):
            text(40, top + high / 2 + size / 3 + (down - (len(shown) - 1) / 2) * size * 1.2, line, size)
        x = 250.0
        for words, values, color in series:
            wide = 960 * values[at] / most
            if not wide:
                continue
            out.append(
                Markup(
                    '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}">'
                    "<title>{}</title></rect>"
                ).format(x, top, wide, high, color, PAGE, plain.text(f"{name}, {words}: {values[at]}"))
            )
            number = labels.num(values[at])
            if wide > width_of(number, 13) * _ARIAL + 4 and high > 13:
                text(x + wide / 2, top + high / 2 + 5, number, 13, PAGE, Markup(' text-anchor="middle"'))
            x += wide
        text(
            x + 8,
            top + high / 2 + 5,
            instead[at] or labels.num(sum(values[at] for _, values, _ in series)),
            14,
            more=Markup(' font-weight="bold"'),
        )
    for at, line in enumerate(foot):
        text(40, low + 16 * at + 14, line, 12, SOFT)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720" width="1280" height="720" role="img" aria-label="{}" font-family="Arial, Liberation Sans, sans-serif">'
        '<rect width="1280" height="720" fill="{}"/>'
        '<line x1="250" x2="250" y1="{:.1f}" y2="{:.1f}" stroke="{}"/>{}</svg>'
    ).format(plain.text(title), PAGE, y, low - 8, RULE, joined(out))


def _title(briefing: Briefing) -> str:
    """Which dimension has most tasks."""
    if not briefing.read():
        return labels.t("content.none_read")
    sums = {
        topic: sum(briefing.cells[plan, topic.key].tasks for plan in briefing.plan_ids) for topic in briefing.dimensions
    }
    most = max(sums, key=lambda topic: sums[topic], default=None)
    if most is None or not sums[most]:
        return labels.t("office.no_task")
    return labels.t("briefing.picture", n=sum(sums.values()), most=labels.lower(most.name), of=sums[most])
