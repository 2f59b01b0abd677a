"""The rules read any plan: real passages with other places, numbers, list marks and columns are read the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from etl import about
from etl.check import check
from etl.cut import cut
from etl.model import Plan, Unit
from etl.read import txt
from etl.tag import assign, tag

PLANS = [plan for plan in about.plans(Path(__file__).parent.parent / "data" / "plans") if plan.file.name]


def units_of(document: str, plan: Plan) -> tuple[Unit, ...]:
    return assign(tag(cut(tuple(txt.blocks(document.encode(), plan.file.name))).units, plan))


@cache
def units_as_written(plan: Plan) -> tuple[Unit, ...]:
    return units_of(plan.file.read_text(encoding="utf-8"), plan)


def said_of(unit: Unit) -> tuple:
    return (
        unit.kind,
        unit.declared_dim,
        unit.declared_sub,
        tuple(map(tuple, map(unit.names, ("lead", "coop", "monitor")))),
        unit.lead_basis,
        unit.timing,
        unit.timing_basis,
        unit.agencies_uncertain,
    )


def other_places(document: str) -> str:
    """Other provinces, another commune, other people."""
    for here, there in (
        ("Bình Định", "Quảng Ninh"),
        ("Bắc Kạn", "Kiên Giang"),
        ("Bắc Kan", "Kiên Giang"),
        ("Hưng Yên", "Lâm Đồng"),
        ("Sóc Trăng", "Hà Giang"),
        ("Nậm Khánh", "Tân Lập"),
        ("Bắc Hà", "Mường Khương"),
        ("Trần Thị Thanh Tuyền", "Lò Văn Bình"),
        ("Trương Xuân Trường", "Hà Thu Ngân"),
    ):
        document = document.replace(here, there)
    return document


def other_numbers(document: str) -> str:
    """Other numbers of the documents that are cited, and other days."""
    document = re.sub(r"số \d+/", lambda found: f"số {len(found[0]) * 37}/", document)
    return re.sub(r"ngày \d{1,2}/\d{1,2}/20\d\d của", "ngày 11/10/2017 của", document)


def other_dashes(document: str) -> str:
    """Another sign before each item of a list."""
    return re.sub(r"(?m)^- ", "• ", document)


def other_letters(document: str) -> str:
    """Numbers with a bracket instead of letters before each item of a list, also inside cells."""
    order = "abcdđeghiklmn"
    return re.sub(
        r"(?m)(^|\t|<p>|(?<=[^\W\d]) |(?<=[.,;)]) )([abcdđeghiklmn])\)(?= )",
        lambda found: f"{found[1]}{order.index(found[2]) + 1})",
        document,
    )


def other_columns(document: str) -> str:
    """A table's columns from right to left, as another office might lay it out."""
    return "\n".join(
        "\t".join(reversed(line.split("\t"))) if line.count("\t") >= 3 else line for line in document.split("\n")
    )


def other_spaces(document: str) -> str:
    """Doubled spaces, and a page number between paragraphs."""
    return re.sub(r"(?<=\w) (?=và )", "  ", document).replace("\n\nII. ", "\n\n3\n\nII. ")


CHANGES = [
    pytest.param(plan, change, id=f"{plan.plan_id}-{change.__name__}")
    for plan in PLANS
    for change in (other_places, other_numbers, other_dashes, other_letters, other_columns, other_spaces)
    if change(plan.file.read_text(encoding="utf-8")) != plan.file.read_text(encoding="utf-8")
]


@pytest.mark.parametrize(("plan", "change"), CHANGES)
def test_a_plan_with_other_places_numbers_marks_or_columns_is_read_the_same(
    plan: Plan, change: Callable[[str], str]
) -> None:
    original = plan.file.read_text(encoding="utf-8")
    before, after = units_as_written(plan), units_of(change(original), replace(plan, title=change(plan.title)))
    assert [said_of(unit) for unit in after] == [said_of(unit) for unit in before]
    assert len(after) == len(before)


def test_a_reading_does_not_depend_on_what_was_read_before() -> None:
    first = {plan.plan_id: [said_of(u) for u in units_as_written(plan)] for plan in PLANS}
    again = {
        plan.plan_id: [said_of(u) for u in units_of(plan.file.read_text(encoding="utf-8"), plan)]
        for plan in reversed(PLANS)
    }
    assert first == again


def test_no_labelled_unit_is_opened_to_cut_or_to_tag() -> None:
    here = Path(__file__).parent.parent / "etl"
    for file in [
        *here.glob("cut/*.py"),
        *here.glob("tag/*.py"),
        *here.glob("read/*.py"),
        *here.glob("reference/*.py"),
        here / "text.py",
    ]:
        assert "gold" not in file.read_text(encoding="utf-8"), file


BROKEN = [
    "12",
    "",
    "- ",
    "a)",
    "I.",
    "**",
    "PHỤ LỤC",
    "Nơi nhận:",
    "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian",
    "\t\t\t",
    "|a|b|",
    "1.",
    "Trên đây là",
    "x" * 5000,
    "(((",
    "a) b) c) d)",
    "- - -",
    "Căn cứ:",
    "“”",
    "<p>",
    "{}",
    "=1+1",
]


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_plan_is_still_read_and_still_accounted_for(seed: int) -> None:
    dice = random.Random(seed)
    plan = dice.choice(PLANS)
    lines = plan.file.read_text(encoding="utf-8").split("\n")
    for _ in range(40):
        here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
        damage = dice.choice(("drop", "swap", "cut", "join", "add", "shuffle"))
        if damage == "drop":
            del lines[here]
        elif damage == "swap":
            lines[here], lines[there] = lines[there], lines[here]
        elif damage == "cut":
            lines[here] = lines[here][: dice.randint(0, len(lines[here]))]
        elif damage == "join":
            lines[here] += "\t" + lines[there]
        elif damage == "add":
            lines.insert(here, dice.choice(BROKEN))
        else:
            lines[here] = "".join(dice.sample(lines[here], len(lines[here])))
    blocks = tuple(txt.blocks("\n".join(lines).encode(), plan.file.name))
    pieces = cut(blocks)
    units = assign(tag(pieces.units, plan))
    check(plan, blocks, units, pieces.lines, pieces.columns)
    assert sum(bool(line.role) for line in pieces.lines) == len(blocks)
