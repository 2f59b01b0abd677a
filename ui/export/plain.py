"""Words of a document as every office program can show them.

In: text as it was read. Out: one line of text that XML allows, without control characters and without marks that turn
the direction of what follows; and the same cut to a length, saying how much is left.
"""

from __future__ import annotations

import re

from ui.words import labels

# what XML 1.0 forbids, lone halves of a pair, and letters that are none; line breaks and tabs become spaces with them
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
# marks, embeddings, overrides and isolates of the writing's direction, and the mark of byte order
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r" {2,}")


def text(value: object) -> str:
    r"""One line that XML allows: "a\x0bb\n" → "a b"; "" for nothing."""
    if value is None or value != value:
        return ""
    return _SPACES.sub(" ", _DIRECTION.sub("", _FORBIDDEN.sub(" ", str(value)))).strip()


def cut(value: object, most: int, where: str) -> str:
    """At most so many letters, ended at a word; then how many are left, and `where` the whole text is."""
    whole = text(value)
    if len(whole) <= most:
        return whole
    kept = whole[:most].rsplit(" ", 1)[0] or whole[:most]
    return f"{kept} {labels.t('office.cut', n=len(whole) - len(kept), where=where)}"


def short(name: str, most: int) -> str:
    """A name of at most so many letters, ended at a word: "Sở Lao động, Thương binh …"."""
    return name if len(name) <= most else name[: most - 1].rsplit(" ", 1)[0] + "…"
