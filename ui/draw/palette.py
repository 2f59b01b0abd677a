"""Paper, ink and eight colours, each in a light and a dark form: the only place where a colour is written.

In: nothing. Out: constants for the charts, and the style sheet that turns them dark.

Charts are drawn once, in the light colours. The style sheet maps each of them to `light-dark(light, dark)`, so a chart
follows the reader's theme the moment it is switched, without a rerun, one cached figure serves everybody, and a
saved picture is always ink on white paper. The light colours must therefore differ from one another.
"""

from __future__ import annotations

from typing import NamedTuple


class Tone(NamedTuple):
    """One colour in both themes."""

    light: str
    dark: str


_TONES: dict[str, Tone] = {
    "d0": Tone("#757575", "#A5A5A5"),
    "d1": Tone("#572407", "#ED9A72"),
    "d2": Tone("#1D6F58", "#77F5CC"),
    "d3": Tone("#8A7334", "#AC891E"),
    "d4": Tone("#302F8A", "#ABB7FE"),
    "d5": Tone("#881939", "#D56178"),
    "d6": Tone("#B55192", "#F8BFE1"),
    "d7": Tone("#415C00", "#C8EE91"),
    "d8": Tone("#1176D1", "#478BD5"),
    "ink": Tone("#1B2530", "#E8ECEF"),
    "page": Tone("#FFFFFF", "#12171E"),
    "panel": Tone("#F4F5F2", "#1C232C"),
    "rule": Tone("#D5D9DC", "#39434E"),
    "soft": Tone("#4A6577", "#9BADBB"),
    "faint": Tone("#55616C", "#A3AFBA"),
    "link": Tone("#0B5A7A", "#7CC4E8"),
    "v0": Tone("#F1F3F4", "#1A2129"),
    "v1": Tone("#E3E7E9", "#28313A"),
    "v3": Tone("#B9C4CB", "#4D5965"),
    "v4": Tone("#9DAFBA", "#63717E"),
    "v5": Tone("#8098A6", "#74848F"),
    "v6": Tone("#637F90", "#87999F"),
    "v8": Tone("#2F4B5D", "#BCCAD4"),
    "v9": Tone("#173245", "#DCE6ED"),
}

INK = _TONES["ink"].light
PAGE = _TONES["page"].light
PANEL = _TONES["panel"].light
RULE = _TONES["rule"].light
SOFT = _TONES["soft"].light
DIM: tuple[str, ...] = tuple(_TONES[f"d{n}"].light for n in range(9))
"""The colour of a dimension by its number; 0 is cross-cutting."""
VAGUE: tuple[str, ...] = tuple(
    _TONES[name].light for name in ("v0", "v1", "rule", "v3", "v4", "v5", "v6", "soft", "v8", "v9")
)
"""One tint in ten steps, from pale to dark: how vague, or how much."""


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def css() -> str:
    """The style rules: a variable a tone (`var(--d3)`, `var(--ink)`), and both themes for everything a chart draws."""
    variables = "".join(f"--{name}:light-dark({tone.light},{tone.dark});" for name, tone in _TONES.items())
    rules = [f":root{{{variables}}}"]
    for name, tone in _TONES.items():
        for how in ("fill", "stroke"):
            rules.append(f'.stPlotlyChart [style*="{how}: {_rgb(tone.light)}"]{{{how}:var(--{name})!important}}')
    rules.append(".stPlotlyChart .main-svg{background:transparent!important}")
    return "".join(rules)
