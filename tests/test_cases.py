"""Small documents of 38 kinds of fault that offices' documents showed, each with what is right for it.

They are no real documents. Each was written and answered before the program was run on it: at that first look 35 of the
first 56 were right, 19 of 30 that came later, 18 of 40 after those, then 24 of 32, 29 of 35, 26 of 36, 21 of 40, 27 and 28 of 36.
`NN-name.json` says what the document is about and what must hold of it (`plan`, `units`, …). Rules were mended since for
those that were wrong. Of the 36 of `latest/cases`, 31 were right at the first look; now 35 are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl import about, say, way
from etl.match import Matcher
from etl.model import Unread
from etl.text import key

HERE = Path(__file__).parent / "cases"


def held(folder: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Path]]:
    """What must hold of each document of a folder, and the document."""
    said = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}
    return said, {file.stem: file for file in folder.iterdir() if file.suffix != ".json"}


CASES, DOCUMENTS = held(HERE)
TASKS = {"action", "assignment", "reporting"}
ROLES = {"lead", "coop", "monitor"}
LONG = 20
"""Words of so many characters are found inside a unit as well; shorter ones could stand there by right."""


def test_every_kind_has_a_case_and_every_case_a_document() -> None:
    assert {said["fault"] for said in CASES.values()} == set(range(1, 39))
    assert DOCUMENTS.keys() == CASES.keys()


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where no Tesseract is: what a scan says by itself."""
    monkeypatch.setenv("PATH", "")


@pytest.mark.parametrize("name", CASES)
def test_what_is_right_for_a_small_document_is_read(name: str, matcher: Matcher) -> None:
    wrong = faults(CASES[name], DOCUMENTS[name], matcher)
    assert not wrong, "\n".join([CASES[name]["what"], *wrong])


def test_most_small_documents_of_the_latest_set_are_right(matcher: Matcher) -> None:
    cases, documents = held(HERE.parent / "latest" / "cases")
    right = sum(not faults(said, documents[name], matcher) for name, said in cases.items())
    assert right >= 35 and len(cases) == 36


def faults(said: dict[str, Any], document: Path, matcher: Matcher) -> list[str]:
    """What is wrong with how a document is read, by what must hold of it."""
    try:
        one = say.as_json(way.reading(about.unlisted(document), matcher))
    except Unread as reason:
        return list(refusal(said.get("refused"), reason.vi))
    return ["it is not refused"] if "refused" in said else [*plan(said.get("plan", {}), one), *units(said, one)]


def refusal(wanted: dict[str, Any] | None, message: str) -> Iterator[str]:
    """What is wrong with a document's being refused in these words."""
    if wanted is None:
        yield f"it is refused: {message}"
    elif not any(key(words) in key(message) for words in wanted["says_any"]):
        yield f"the message says none of {wanted['says_any']}: {message}"
    elif any(key(words) in key(message) for words in wanted.get("says_not", ())):
        yield f"the message says what it should not: {message}"


def plan(wanted: dict[str, Any], one: dict[str, Any]) -> Iterator[str]:
    for field, value in wanted.items():
        got, right = one["plan"][field], value if isinstance(value, list) else [value]
        if all(named(field, words) != named(field, got) for words in right):
            yield f"{field} is {got!r}, should be {value!r}"


def named(field: str, value: str | None) -> str | None:
    """What a document says of itself, however it is spelt: "V/v khắc phục …" and "Khắc phục …" are one title."""
    if value is None or field == "number":
        return value
    words = key(value).replace("ủy ban nhân dân", "ubnd")
    return re.sub(r"^(v v|về việc|về) ", "", words) if field == "title" else words


def units(said: dict[str, Any], one: dict[str, Any]) -> Iterator[str]:
    read = [(key(unit["text"]), unit) for unit in one["units"]]
    for wanted in said.get("units", ()):
        unit = next((unit for text, unit in read if text == key(wanted["text"])), None)
        if unit is None:
            yield f"no unit is {wanted['text']!r}"
            continue
        for field, value in wanted.items():
            if field != "text" and not answers(field, value, unit[field]):
                yield f"{wanted['text'][:40]!r}: {field} is {unit[field]!r}, should be {value!r}"
    for field, kinds in (("no_units", None), ("no_tasks", TASKS)):
        for words in map(key, said.get(field, ())):
            for text, unit in read:
                if (kinds is None or unit["kind"] in kinds) and (text == words or len(words) >= LONG and words in text):
                    yield f"{words!r} stands in {unit['kind']} {unit['text'][:40]!r}"
    agencies = {key(agency) for unit in one["units"] for role in ROLES for agency in unit[role]}
    yield from (f"{name!r} is an agency" for name in said.get("no_agency", ()) if key(name) in agencies)
    kept = [text for text, _ in read] + [key(line["text"]) for line in one["left"]]
    yield from (
        f"{words!r} is lost" for words in said.get("left_ok", ()) if not any(key(words) in text for text in kept)
    )


def answers(field: str, wanted: Any, got: Any) -> bool:
    """Whether a field is right: any of several values, and of a role each agency once, in any of its spellings."""
    if field not in ROLES:
        return got in wanted if isinstance(wanted, list) else got == wanted
    spellings = [{name} if isinstance(name, str) else set(name) for name in wanted]
    return len(got) == len(spellings) and all(any(name in one for name in got) for one in spellings)
