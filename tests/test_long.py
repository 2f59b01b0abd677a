"""The long sheets of a workbook: a pivot of what an analyst reads back is the matrix of the page, cell by cell."""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest
import small

from ui import data
from ui.data.topic import Basis
from ui.export.briefing import content, long, xlsx
from ui.topics.coverage.view import view as coverage
from ui.topics.who import rows as who
from ui.words import labels

LONG = "Sở Rất Dài" + " và Rất Dài" * 27
"""A name of 300 letters."""
ALIKE = {"short_vi": "Kế hoạch trùng tên", "short_en": "Plans alike"}
DAY = datetime.date(2021, 3, 1)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans with all that is hard to count: tasks with no lead, two leads that are one office by now, a group, one agency
    in two roles; on no dimension, in doubt, in an annex; what describes; plans called alike, and plans that nobody read.
    """
    file = tmp_path_factory.mktemp("long") / "hard.duckdb"
    with small.database(file) as insert:
        small.plan(insert, "a", **ALIKE, year=2021, issued=DAY)
        small.plan(insert, "b", **ALIKE, year=2021, issued=DAY)
        small.plan(insert, "none", year=2021)
        small.plan(insert, "unread", status="not_read")
        small.plan(insert, "missing", status="not_collected")
        small.dimensions(insert)
        for sub in ("1.1", "1.2", "3.3", "5.1", "8.3"):
            names = dict.fromkeys(("name_vi", "name_en", "short_vi", "short_en"), f"=Chỉ số {sub}")
            insert("subdimensions", {"sub": sub, "dim": int(sub[0]), "measured_from": 2011} | names)
        insert("subdimensions", {"sub": "8.1", "dim": 8, "measured_from": 2022} | names)
        for name in ("Sở Một", "Sở Hai", "Sở Ba", LONG):
            small.agency(insert, name)
        small.agency(insert, "=Các sở", is_group=True)
        small.agency(insert, "Ban Lạ", is_known=False)
        for old, new in (("Sở Một", "Sở Mới"), ("Sở Hai", "Sở Mới"), ("Sở Ba", "Sở Mới"), ("Sở Ba", "Sở Khác")):
            insert(
                "agency_reform", {"agency": old, "since_2025": new, "from_date": datetime.date(2025, 3, 1), "scope": ""}
            )

        def unit(plan: str, at: int, place: str | None, **said: Any) -> str:
            """A unit on a dimension or sub-dimension that its heading declares; its words say the same unless told."""
            dim = int(place[0]) if place else None
            sub = place if place and "." in place else None
            counted = {"dim": dim, "sub": sub, "matched_dim": dim, "matched_sub": sub}
            declared = {"declared_dim": dim, "declared_sub": sub, "dim_basis": "declared" if place else None}
            return small.unit(insert, plan, at, **counted | declared | said)

        def touches(of: str, sub: str, how: str, *, sure: bool = True) -> None:
            insert("touches", {"unit_id": of, "sub": sub, "how": how, "quote": "=lời", '"by"': "text", "sure": sure})

        two = unit("a", 1, "3.3", timing="dated", due_from=DAY, due_to=datetime.date(2021, 12, 31))
        small.part(insert, two, "Sở Một")
        small.part(insert, two, "Sở Hai", uncertain=True)
        small.part(insert, two, "Sở Hai", "coop")
        touches(two, "3.3", "main")
        touches(two, "1.1", "names")
        touches(two, "1.2", "names", sure=False)
        no_lead = unit("a", 2, "3")
        touches(no_lead, "8.3", "passing")
        group = unit("a", 3, "5.1", matched_dim=8, matched_sub="8.3", timing="annual", layer="annex")
        for name in ("=Các sở", "Ban Lạ", LONG, "Sở Ba"):
            small.part(insert, group, name)
        touches(group, "8.3", "main")
        touches(group, "5.1", "names")
        small.part(insert, unit("a", 4, None), "Sở Một", "monitor")
        weak = unit("a", 5, "1", matched_sub="1.1", sub="1.1", review=True, layer="annex", text="=1+1")
        touches(weak, "1.1", "main", sure=False)
        unit("a", 6, "0", timing="dated", due_to=datetime.date(2022, 6, 30))
        touches(unit("b", 1, "1.2", kind="description"), "1.1", "main")
        touches(unit("b", 2, "3", kind="objective"), "5.1", "passing")
        touches(unit("b", 3, "5", kind_sure=False), "8.1", "names")
    return file


@pytest.fixture(scope="module", params=["shipped", "hard"])
def file(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue("shown_database" if request.param == "shipped" else "hard")


@pytest.fixture(scope="module", params=labels.LANGUAGES)
def shown(request: pytest.FixtureRequest, file: Path) -> Iterator[None]:
    with small.shown(file, request.param):
        yield


@pytest.fixture(scope="module", params=list(Basis))
def basis(request: pytest.FixtureRequest) -> Basis:
    return request.param


@pytest.fixture(scope="module")
def plan_ids(shown: None) -> tuple[str, ...]:
    """Every plan, also those that nobody has read or collected."""
    return tuple(plan.plan_id for plan in data.known_plans())


class Book:
    """The long sheets as pandas reads them back, under the names of their columns; plans by their ids."""

    def __init__(self, briefing: content.Briefing) -> None:
        self.bytes = xlsx.make(briefing)
        plans = {name: plan_id for plan_id, name in long._names(briefing.plans).items()}
        self.sheets = {}
        for one in briefing.sheets:
            head = one.columns()
            # pandas would make a number of the words "3.3"
            words = {head[name]: str for name in ("topic", "heading_sub", "content_sub") if name in head}
            sheet = pandas.read_excel(
                io.BytesIO(self.bytes), sheet_name=labels.t(f"office.sheet.{one.name}"), dtype=words
            )
            assert list(sheet) == list(head.values())
            sheet.columns = list(head)
            self.sheets[one.name] = sheet.assign(plan=sheet["plan"].map(plans))


@pytest.fixture(scope="module")
def book(plan_ids: tuple[str, ...]) -> Book:
    """One workbook holds both ways of counting."""
    return Book(content.make(plan_ids, lang=labels.lang()))


def pivot(sheet: pandas.DataFrame, index: list[str], value: str | None = None) -> dict[Any, int]:
    """How many rows there are, or the sum of a column, as Excel's pivot has them; a blank is a place of its own."""
    filled = sheet.assign(**{name: sheet[name].astype(object).fillna("-") for name in index}, one=1)
    table = filled.pivot_table(index=index, values=value or "one", aggfunc="sum")
    return {at: int(n) for at, n in table[value or "one"].items() if n}


def only(sheet: pandas.DataFrame, column: str, key: str) -> pandas.DataFrame:
    return sheet[sheet[column] == labels.t(key)]


def kept(found: dict[Any, int]) -> dict[Any, int]:
    return {at: n for at, n in found.items() if n}


def test_a_pivot_of_cells_is_the_matrix_of_coverage(book: Book, basis: Basis, plan_ids: tuple[str, ...]) -> None:
    """Of indicators as the page shows them and its file holds them, and of dimensions: what each cell says, and every
    number of it.
    """
    cells = only(book.sheets["cells"], "way", f"common.by_{basis}")
    shown = {
        "sub": coverage(basis, plan_ids, None).cells,
        "dim": {(cell.plan_id, str(cell.dim)): cell for cell in data.plan_dimensions(basis, plan_ids)},
    }
    for level, wanted in shown.items():
        sheet = only(cells, "level", f"long.level.{level}")
        says = sheet.pivot_table(index=["plan", "topic"], values="cell", aggfunc=["first", "nunique"])
        assert set(says["nunique"]["cell"]) == {1}
        assert dict(says["first"]["cell"]) == {at: labels.t(f"long.cell.{cell.state}") for at, cell in wanted.items()}
        at = ["plan", "topic"]
        assert pivot(sheet, at, "counts") == kept({key: cell.n for key, cell in wanted.items()})
        own = only(sheet, "says", "long.says.own")
        for column, number in ((None, "tasks"), ("has_lead", "with_lead"), ("has_time", "with_time")):
            assert pivot(own, at, column) == kept({key: getattr(cell, number) for key, cell in wanted.items()})
        if level == "sub":
            assert pivot(own, at, "weak") == kept({key: cell.weak for key, cell in wanted.items()})
            for word, number in (("placed", "descriptions"), ("passing", "passing"), ("description", "described")):
                rows = only(sheet, "says", f"long.says.{word}")
                assert pivot(rows, at) == kept({key: getattr(cell, number) for key, cell in wanted.items()}), word


def test_a_pivot_of_tasks_is_the_matrix_of_tasks(book: Book, basis: Basis, plan_ids: tuple[str, ...]) -> None:
    tasks = book.sheets["tasks"]
    for column, number in ((None, "tasks"), ("has_lead", "with_lead"), ("has_time", "with_time")):
        placed = tasks[tasks[f"{basis}_dim"].notna()]
        assert pivot(placed, ["plan", f"{basis}_dim"], column) == kept(
            {(cell.plan_id, cell.dim): getattr(cell, number) for cell in data.plan_dimensions(basis, plan_ids)}
        )
        sub = tasks[tasks[f"{basis}_sub"].notna()]
        assert pivot(sub, ["plan", f"{basis}_sub"], column) == kept(
            {at: getattr(cell, number) for at, cell in coverage(basis, plan_ids, None).cells.items()}
        )
    weak = tasks[tasks[f"{basis}_sub"].notna()]
    assert weak[f"{basis}_weak"].sum() == sum(cell.weak for cell in data.plan_subdimensions(basis, plan_ids))
    assert pivot(tasks, ["plan"]) == kept({row.plan_id: row.tasks for row in data.plan_summaries(basis, plan_ids)})


@pytest.mark.parametrize("role", who.ROLES)
@pytest.mark.parametrize("today", [False, True])
def test_a_pivot_of_holders_is_the_matrix_of_who_acts(
    book: Book, basis: Basis, plan_ids: tuple[str, ...], role: str, today: bool
) -> None:
    """In the plans' names and in today's, a lead that nobody is named for among them."""
    holders, tasks, dim = book.sheets["holders"], book.sheets["tasks"], f"{basis}_dim"
    rows = only(holders, "role", f"who.role.{role}")
    found = pivot(rows, ["standing", "office", dim], "once") if today else pivot(rows, ["is_group", "agency", dim])
    standing = {"open": "open", "today": "today", "unknown": "unknown", "groups": "group"}
    wanted, nobody = {}, {}
    for row in who.view(basis, plan_ids, role, today).rows:
        for of, n in row.cells.items():
            at = "-" if of == who.UNPLACED else int(of)
            if row.group == "nobody":
                nobody[at] = n
            else:
                group = labels.t(f"long.standing.{standing[row.group]}") if today else int(row.group == "groups")
                wanted[group, row.agency, at] = n
    assert found == kept(wanted) and found
    if role == "lead":
        assert pivot(tasks[tasks["has_lead"] == 0], [dim]) == kept(nobody)


def test_where_leads_are_from_and_how_tasks_say_when_is_as_on_the_pages(book: Book, plan_ids: tuple[str, ...]) -> None:
    tasks = book.sheets["tasks"]
    assert pivot(tasks, ["plan", "lead_basis"]) == kept(
        {
            (row.plan_id, labels.t(f"long.read_from.{row.lead_basis}")): row.tasks
            for row in data.plan_lead_bases(plan_ids)
        }
    )
    assert pivot(tasks, ["plan", "timing"]) == kept(
        {(row.plan_id, labels.t(f"common.timing.{row.timing}")): row.tasks for row in data.plan_timings(plan_ids)}
    )


def test_days_are_days_numbers_are_numbers_and_nothing_is_a_formula(book: Book, plan_ids: tuple[str, ...]) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book.bytes))
    for name in book.sheets:
        sheet = made[labels.t(f"office.sheet.{name}")]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    due = {row.unit_id: (row.due_from, row.due_to) for row in data.due_units(plan_ids, "dated") if row.kind == "action"}
    tasks, days = book.sheets["tasks"], ["first_day", "last_day"]
    assert {
        row.id: tuple(None if pandas.isna(day) else day.date() for day in (row.first_day, row.last_day))
        for row in tasks.dropna(subset=days, how="all").itertuples()
    } == {unit: days for unit, days in due.items() if any(days)}
    assert all(pandas.api.types.is_datetime64_any_dtype(tasks[day]) for day in days)


def test_the_codebook_says_every_column_and_glosses_are_for_english_readers(
    book: Book, plan_ids: tuple[str, ...]
) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book.bytes))[labels.t("office.sheet.codebook")]
    said = {(row[0], row[1]): row[2] for row in sheet.iter_rows(values_only=True)}
    for name, rows in book.sheets.items():
        assert all(
            said[labels.t(f"office.sheet.{name}"), labels.t(f"long.column.{column}")] for column in rows
        ) and any(column.endswith("_english") for column in rows) == (labels.lang() == "en" and name != "cells")


def test_the_sheets_of_some_dimensions_hold_their_cells_and_tasks(hard: Path) -> None:
    with small.shown(hard):
        one = Book(content.make(["a"], dims=(8,), lang="vi", basis=Basis.CONTENT))
        assert set(one.sheets["cells"]["topic"]) == {"8", "8.1", "8.3"}
        assert list(one.sheets["tasks"]["id"]) == ["a:3"] and set(one.sheets["holders"]["id"]) == {"a:3"}


def test_no_task_leaves_heads_and_what_is_above_the_most_is_said(hard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small.shown(hard):
        one = Book(content.make(["none"], lang="vi"))
        assert [len(one.sheets[name]) for name in ("tasks", "holders")] == [0, 0] and len(one.sheets["cells"]) == 30
        monkeypatch.setattr(content, "MOST_TASKS", 4)
        monkeypatch.setattr(long, "MOST_ROWS", 3)
        one = Book(content.make(["a"], lang="vi"))
        said = {
            row[0] for row in openpyxl.load_workbook(io.BytesIO(one.bytes)).worksheets[0].iter_rows(values_only=True)
        }
    assert [len(sheet) for sheet in one.sheets.values()] == [4, 3, 3]
    for words in ("“Nhiệm vụ” có 4 hàng đầu; còn 2 hàng nữa", "“Nhiệm vụ và cơ quan” có 3 hàng đầu; còn 5 hàng nữa"):
        assert any(words in str(line) and "gói dữ liệu" in str(line) for line in said)


def test_libreoffice_reads_days_as_days(hard: Path, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    with small.shown(hard):
        (tmp_path / "x.xlsx").write_bytes(xlsx.make(content.make(["a"], parts=("tasks",), lang="vi")))
    # the second sheet, with days and numbers as the sheet shows them
    shape = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            shape,
            "--outdir",
            str(tmp_path),
            str(tmp_path / "x.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    (made,) = tmp_path.glob("*.csv")
    with made.open(encoding="utf-8", newline="") as rows:
        first = next(csv.DictReader(rows))
    assert (first["Ngày đầu"], first["Ngày cuối"], first["Nội dung theo đề mục"]) == ("01/03/2021", "31/12/2021", "3")
