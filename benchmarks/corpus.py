"""Any number of documents, made by varying the shipped plans: other provinces, years and near synonyms, in several
formats. The same number gives the same document, whatever is made beside it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.formats import WRITERS
from benchmarks.variants import SYNONYMS, provinces
from etl.reference import DATA

ENDINGS = ("txt", "txt", "docx", "txt", "html", "txt", "txt", "xlsx", "txt", "pdf")
"""The formats in turn: most plans as text, so that what is measured is mostly the reading of plans."""
_YEAR = re.compile(r"\b20[12]\d\b")


@cache
def _sources() -> tuple[tuple[str, str], ...]:
    return tuple((file.stem, file.read_text(encoding="utf-8-sig")) for file in sorted((DATA / "plans").glob("*.txt")))


@cache
def _places() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(provinces(), key=len, reverse=True))))


def text(number: int) -> tuple[str, str]:
    """The name and the words of one document."""
    dice = random.Random(number)
    name, words = _sources()[number % len(_sources())]
    place, years = dice.choice(provinces()), dice.randint(-4, 5)
    words = _YEAR.sub(lambda found: str(int(found[0]) + years), _places().sub(place, words))
    for some in SYNONYMS:
        parts = re.split(f"({'|'.join(sorted(some, key=len, reverse=True))})", words)
        words = "".join(dice.choice(some) if part in some else part for part in parts)
    return f"{number:05}-{name}", words


def write(folder: Path, numbers: range) -> Iterator[Path]:
    """These documents as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        name, words = text(number)
        ending = ENDINGS[number // len(_sources()) % len(ENDINGS)]
        file = folder / f"{name}.{ending}"
        WRITERS[ending](words.encode(), file)
        yield file
