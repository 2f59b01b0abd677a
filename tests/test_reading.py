"""The page that shows a plan: nothing of the document is lost, moved or run, and every unit is marked where it
stands.
"""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
import small

from ui import data
from ui.data import Basis
from ui.data.document import Line, UnitEvidence, UnitFinding
from ui.data.units import UnitRow
from ui.page import address, cards
from ui.topics.compare import likeness
from ui.topics.read import document
from ui.topics.read import page as read_page
from ui.topics.read import unit as read_unit
from ui.topics.read.view import View, view
from ui.words import findings, labels, units
from ui.words.units import line_link, timing, where

EVIL = "<script>alert(1)</script> <img src=x onerror=alert(2)> **đậm** [a](javascript:b) $x^2$ :material/home: :red[đỏ] & <b>"


class Shown(HTMLParser):
    """What a reader sees of the markup: by line its number and words, without the numbers and flags that the program
    sets; and all tags.
    """

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self.units: dict[int, set[int]] = {}
        self.chips: list[tuple[int, int]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._quiet = ""
        # a piece of markup is markup again, and would be escaped once more
        self.feed(str(markup))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(said)
        classes = (said.get("class") or "").split()
        if "l" in classes:
            self.lines.append((int(said["data-n"] or 0), ""))
        if "u" in classes:
            self.units.setdefault(self.lines[-1][0], set()).add(int(said["data-u"] or 0))
        if "k" in classes:
            self.chips.append((int(said["data-doan"] or 0), self.lines[-1][0]))
        if {"k", "fl"} & set(classes):
            self._quiet = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._quiet:
            self._quiet = ""

    def handle_data(self, words: str) -> None:
        if not self._quiet and self.lines:
            number, before = self.lines[-1]
            self.lines[-1] = number, before + words


def _read_plans() -> list[str]:
    read = [plan.plan_id for plan in data.plans() if plan.is_read]
    assert len(read) == 5
    return read


def test_every_line_with_text_stands_once_in_its_order_with_its_words(shipped, readings):
    read = [one for one in readings if one.lines]
    assert read
    for one in read:
        page = Shown(document.markup(view(Basis.HEADING, one.plan.plan_id), left=False))
        assert [(number, words.replace("\n", " ")) for number, words in page.lines] == [
            (line.number, line.text) for line in one.lines
        ]


def test_every_unit_is_marked_at_its_lines_and_has_one_number(shipped):
    for plan in _read_plans():
        page = Shown(document.markup(view(Basis.CONTENT, plan), left=False))
        held = {line.line: set(line.ordinals) for line in data.document(plan) if line.role == "unit"}
        assert page.units == held
        assert sorted(page.chips) == [(unit.ordinal, unit.first_line) for unit in data.plan_units(plan)]


@pytest.mark.parametrize("size", [1, 7, 40])
def test_the_parts_of_a_long_document_are_together_the_whole(shipped, size):
    for plan in _read_plans():
        shown = view(Basis.HEADING, plan)
        whole = Shown(document.markup(shown, left=False))
        lines, units = [], {}
        for first in range(0, len(shown.lines), size):
            part = Shown(document.markup(shown, left=False, part=slice(first, first + size)))
            lines += part.lines
            units |= part.units
        assert lines == whole.lines and units == whole.units


def test_what_is_known_of_units_is_the_same_asked_at_once_or_plan_by_plan(shipped):
    for plan in _read_plans():
        shown = view(Basis.HEADING, plan)
        assert [one for at in shown.units for one in shown.evidence.get(at, ())] == list(data.plan_evidence(plan))
        parts = [part for at in shown.units for part in shown.parts.get(at, ())]
        assert sorted(parts, key=repr) == sorted(data.plan_parts(plan), key=repr)


def test_what_was_left_is_all_that_is_in_no_unit(shipped):
    for plan in _read_plans():
        shown = view(Basis.HEADING, plan)
        page, lines = Shown(document.markup(shown, left=True)), shown.lines
        assert page.lines == [(line.line, line.text) for line in lines if line.role != "unit"] and page.units == {}
        assert len(page.lines) + shown.roles()["unit"] == len(lines) == shown.roles().total()


def _line(number: int, text: str, *ordinals: int, cells: tuple[str, ...] | None = None) -> Line:
    return Line(number, "unit", text, cells, None, ordinals or None)


def _units(*texts: str) -> dict[int, str]:
    return dict(enumerate(texts, 1))


@pytest.mark.parametrize(
    ("lines", "units", "own"),
    [
        ([_line(1, "a) Niêm yết công khai", 1)], _units("Niêm yết công khai"), {1: ["Niêm yết công khai"]}),
        (
            [_line(1, "1.3 a) Công khai b) Giám sát Sở Nội vụ", 1, 2)],
            _units("Công khai", "Giám sát"),
            {1: ["Công khai"], 2: ["Giám sát"]},
        ),
        (
            [_line(1, "a) Công khai b) Công khai", 1, 2)],
            _units("Công khai", "Công khai"),
            {1: ["Công khai"], 2: ["Công khai"]},
        ),
        (
            [_line(1, "- Tổ chức đối thoại", 1), _line(3, "với người dân.", 1)],
            _units("Tổ chức đối thoại với người dân."),
            {1: ["Tổ chức đối thoại", "với người dân."]},
        ),
        ([_line(1, "Công  khai", 1)], _units("Công khai"), {1: ["Công  khai"]}),
        ([_line(1, "viết khác hẳn", 1)], _units("Công khai"), {}),
    ],
)
def test_the_words_of_a_unit_are_found_in_its_lines(lines, units, own):
    texts = {line.line: line.text for line in lines}
    found: dict[int, list[str]] = {}
    for number, parts in document.parts(lines, units).items():
        assert "".join(texts[number][part.start : part.end] for part in parts) == texts[number]
        for part in parts:
            if part.ordinal and part.core < part.close:
                found.setdefault(part.ordinal, []).append(texts[number][part.core : part.close])
    assert found == own


def _phrase(quote: str, dim: int) -> UnitEvidence:
    return UnitEvidence(1, "phrase", quote, "phrases.csv, dòng 1", dim, None, 1.0)


def _drawn(monkeypatch: pytest.MonkeyPatch, line: Line, text: str, phrases: list[UnitEvidence]) -> Shown:
    monkeypatch.setattr(units, "topic_name", lambda *_, **__: EVIL)
    known = {"ordinal": 1, "kind": "action", "text": text, "dim": 1, "matched_dim": 1}
    unit = UnitRow(**{field.name: known.get(field.name) for field in fields(UnitRow)})
    flag = UnitFinding("task_without_lead", None, "", 1)
    return Shown(
        document.Writer(View(Basis.HEADING, {}, [line], {1: unit}, {1: phrases}, {}, [flag]), [line]).line(line)
    )


@pytest.mark.parametrize("cells", [None, (EVIL, "", "II. <i>Sở</i>")])
def test_nothing_in_a_document_is_run_as_markup(shipped, monkeypatch, cells):
    text = EVIL if cells is None else " ".join(filter(None, cells))
    page = _drawn(monkeypatch, _line(1, text, 1, cells=cells), EVIL, [_phrase("<img src=x", 3), _phrase("đậm", 2)])
    assert page.tags <= {"p", "div", "span", "a", "mark", "i"} and not {"src", "onerror"} & page.attributes
    assert page.lines[0][1] == text
    assert "mark" in page.tags


def test_a_table_row_keeps_its_cells_and_its_words(shipped, monkeypatch):
    cells = ("1.1", "a) Công khai\ndanh sách", "", "UBND xã")
    page = _drawn(
        monkeypatch, _line(1, "1.1 a) Công khai danh sách UBND xã", 1, cells=cells), "Công khai danh sách", []
    )
    assert (
        page.lines == [(1, "1.1 a) Công khai\ndanh sách UBND xã")] and page.chips == [(1, 1)] and page.units == {1: {1}}
    )


@pytest.mark.parametrize(
    ("quotes", "marked"),
    [
        (
            [("bảo hiểm y tế", 6), ("y tế", 6)],
            '<mark class="d6">bảo hiểm y tế</mark> và trạm <mark class="d6">Y tế</mark>',
        ),
        ([("ạm", 6)], "bảo hiểm y tế và trạm Y tế"),
        ([("bảo hiểm … trạm", 5)], '<mark class="d5 o">bảo hiểm</mark> y tế và <mark class="d5 o">trạm</mark> Y tế'),
    ],
)
def test_the_heavier_phrase_is_tinted_and_no_part_of_a_word(quotes, marked):
    assert document._marked("bảo hiểm y tế và trạm Y tế", [_phrase(quote, dim) for quote, dim in quotes], 6) == marked


def test_what_was_read_of_a_unit_is_all_there(shipped):
    for plan in _read_plans():
        parts, evidence = data.plan_parts(plan), data.plan_evidence(plan)
        for unit in data.plan_units(plan):
            said = html.unescape(read_unit.markup(view(Basis.HEADING, plan), unit.ordinal, ""))
            assert labels.t(f"common.kind.{unit.kind}") in said
            assert where(unit) in said and timing(unit) in said
            assert all(part.agency in said for part in parts if part.unit_id == unit.unit_id)
            quotes = [one.quote for one in evidence if one.ordinal == unit.ordinal and one.kind != "unit"]
            assert all(f"“{quote}”" in said for quote in quotes[:3])
            found = [one for one in data.plan_findings(plan) if one.ordinal == unit.ordinal]
            assert all(findings.sentence(one) in said for one in found)


def test_the_nearest_tasks_of_a_unit_are_of_other_plans_and_linked(shipped):
    linked = 0
    for plan in _read_plans():
        for unit in data.plan_units(plan):
            beside = read_unit.markup(view(Basis.CONTENT, plan), unit.ordinal, "").partition('<ul class="alikes">')[2]
            links = re.findall(r'href="doc-ke-hoach\?ke=([^&"]+)&amp;doan=', beside)
            assert plan not in links and len(links) <= 3 and (unit.kind == "action" or not links)
            linked += bool(links)
    assert linked > 50


def test_the_words_of_a_unit_stay_words_beside_the_document(shown_database, tmp_path):
    file = Path(shutil.copy(shown_database, tmp_path))
    evil = EVIL.replace("'", "''")
    with duckdb.connect(str(file)) as connection:
        for table, columns in (
            ("units", ("text", "section", "timing_raw")),
            ("unit_agencies", ("agency", "as_written")),
            ("evidence", ("quote", "source")),
        ):
            for column in columns:
                connection.execute(f"update {table} set {column} = '{evil}'")
    with small.shown(file):
        markup = read_unit.markup(view(Basis.HEADING, _read_plans()[0]), 15, "")
    page = Shown(markup)
    assert html.escape("<script>alert(1)</script>") in markup
    assert not {"script", "img"} & page.tags and "onerror" not in page.attributes


@pytest.mark.parametrize("number", [EVIL, None])
def test_the_title_takes_nothing_of_a_document_as_markdown(shipped, monkeypatch, number):
    plan = replace(data.plans()[0], short_vi=f"{EVIL} 2020", year=2020, number=number)
    monkeypatch.setattr(read_page.pick, "shown_plan", lambda: plan.plan_id)
    monkeypatch.setattr(data, "plan", lambda _: plan)
    title = read_page.title()
    assert (
        labels.md(EVIL) in title
        and "[a](" not in title
        and " $x" not in title
        and "<b>" not in title
        and title.endswith("?")
    )


def test_lines_and_units_leave_as_files_in_the_plans_order(shipped):
    for plan in _read_plans():
        columns, rows = read_page._line_rows(plan)
        assert list(rows[0]) == list(columns) and [row["line"] for row in rows] == sorted(row["line"] for row in rows)
        assert len(read_page._unit_rows(plan)[1]) == len(data.plan_units(plan))


def test_the_strip_holds_every_unit_in_order_and_says_them_by_name(shipped):
    for plan in _read_plans():
        strip = document.strip(view(Basis.HEADING, plan))
        asked = [int(part.split('"')[0]) for part in strip.split('data-doan="')[1:]]
        assert asked == [unit.ordinal for unit in data.plan_units(plan)]


@pytest.mark.parametrize(
    ("kept", "unit", "line", "link"),
    [
        ("", "a b:3", None, "doc-ke-hoach?ke=a+b&doan=3"),
        ("lang=en&kh=x,y", "a b:3", 9, "doc-ke-hoach?lang=en&kh=x,y&ke=a+b&doan=3"),
        ("", None, 9, "doc-ke-hoach?ke=a+b#dong-9"),
    ],
)
def test_a_unit_has_an_address_that_keeps_language_and_filters(kept, unit, line, link):
    assert line_link("a b", unit, kept, line=line) == link


def test_every_card_leads_to_its_line(shipped, monkeypatch):
    monkeypatch.setattr(address, "kept", lambda **_: {"lang": "en"})
    (unit,) = data.units((f"{_read_plans()[0]}:2",))
    card = cards._card(unit, "heading", address.kept_query())
    assert f'<a href="doc-ke-hoach?lang=en&amp;ke={unit["plan_id"]}&amp;doan=2">' in card


def test_the_nearest_texts_come_first_and_may_share_one_neighbour():
    text = "Tổ chức đối thoại với người dân hằng quý"
    others = [
        "Tổ chức đối thoại với người dân",
        "Nâng cấp đường giao thông nông thôn",
        "Tổ chức đối thoại với người dân hằng quý tại xã",
    ]
    assert [near.at for near in likeness.nearest(text, others, 60, 3)] == [2, 0]
