"""How sure we are: what the build measured of itself, as views, words, tables and pictures; over a small database of
our own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import small

from ui import data
from ui.export import table
from ui.topics.method import measures, picture, tables
from ui.words import labels

ROOT = Path(__file__).parent.parent
PLANS = [("tinh", "province", 2021, "read"), ("xa", "commune", 2020, "read"), ("hong", "province", 2022, "not_read")]
ALL = tuple(plan for plan, *_ in PLANS)
READING = {
    "recall": (38, 40),
    "precision": (38, 39),
    "kind": (38, 38),
    "declared_dim": (38, 38),
    "declared_sub": (38, 38),
    "lead": (36, 36),
    "lead_uncertain": (0, 0),
    "coop": (36, 36),
    "coop_uncertain": (0, 0),
    "monitor": (30, 36),
    "monitor_uncertain": (0, 0),
    "timing": (38, 38),
    "timing_cells": (0, 0),
    "lines": (90, 90),
}
HELD_OUT = {
    "dim": (36, 40),
    "dim_with_alternatives": (38, 40),
    "sub": (30, 40),
    "sub_with_alternatives": (34, 40),
    "flagged": (4, 40),
    "unflagged_right": (35, 36),
    "flagged_right": (3, 4),
}
SHIPPED = {
    **dict.fromkeys(("dim", "dim_with_alternatives", "sub", "sub_with_alternatives"), (40, 40)),
    "flagged": (0, 40),
    "unflagged_right": (40, 40),
    "flagged_right": (0, 0),
}
CONFUSED = {(0, 0): 10, (1, 1): 20, (1, 3): 2, (2, 1): 1, (2, None): 1, (3, 3): 6}
KINDS_CONFUSED = {
    ("action", "action"): 24,
    ("action", None): 1,
    ("description", "action"): 3,
    ("objective", "objective"): 10,
    (None, "action"): 2,
}
UNITS = [  # plan, kind, matched dim, review, margin, layout leaves open who acts
    ("tinh", "action", 1, False, 0.9, False),
    ("tinh", "action", 1, False, 0.2, False),
    ("tinh", "action", 1, True, 0.5, True),
    ("tinh", "description", 1, True, 0.0, False),
    ("xa", "action", 3, False, 0.8, True),
]
LINES = [
    ("tinh", 1, "front"),
    ("tinh", 2, "heading"),
    ("tinh", 3, "unit"),
    ("tinh", 3, "unit"),
    ("tinh", 4, "unit"),
    ("xa", 1, "unit"),
    ("xa", 2, "back"),
]
FINDINGS = [
    ("tinh", "heading_text_dim"),
    ("tinh", "heading_text_dim"),
    ("tinh", "agencies_uncertain"),
    ("xa", "quite_new"),
]
AGENCIES = [("tinh:1", "Sở Y tế", True), ("tinh:2", "Tổ lạ", False), ("xa:1", "Tổ lạ", False)]


def _wilson(right: int, of: int) -> tuple[float, float]:
    """Near enough for a test: the middle and the ends matter, not their last digits; 1 misses itself by rounding, as in
    a build.
    """
    if not of:
        return 0.0, 1.0
    share = right / of
    return max(0.0, share - 1 / of**0.5), min(0.9999999999999999, share + 1 / of**0.5)


def _write(folder: Path, *, labelled: bool) -> Path:
    with small.database(folder / "small.duckdb") as insert:

        def measure(part: str, name: str, plan: str | None, dim: int | None, right: int, of: int) -> None:
            low, high = _wilson(right, of)
            insert(
                "measures",
                {
                    "part": part,
                    "measure": name,
                    "plan_id": plan,
                    "class": dim,
                    "right_count": right,
                    "of_count": of,
                    "low": low,
                    "high": high,
                },
            )

        small.build(insert)
        small.dimensions(insert, short_vi="Ngắn <{}>")
        for plan, level, year, status in PLANS:
            small.plan(insert, plan, level=level, year=year, status=status)
        numbers = dict.fromkeys((plan for plan, *_ in PLANS), 0)
        for plan, kind, dim, review, margin, uncertain in UNITS:
            numbers[plan] += 1
            said = {"review": review, "margin": margin, "agencies_uncertain": uncertain}
            small.unit(
                insert, plan, numbers[plan], kind=kind, matched_dim=dim, dim=dim, first_line=1, last_line=1, **said
            )
        for plan, line, role in LINES:
            insert("lines", {"plan_id": plan, "line": line, "role": role, "text": "…"})
        for plan, code in FINDINGS:
            insert("findings", {"plan_id": plan, "code": code, "detail": "…"})
        for unit, agency, _ in AGENCIES:
            small.part(insert, unit, agency)
        for agency, known in {(agency, known) for _, agency, known in AGENCIES}:
            small.agency(insert, agency, is_known=known)
        if labelled:
            for part, some in (("reading", READING), ("held_out", HELD_OUT), ("shipped", SHIPPED)):
                for name, (right, of) in some.items():
                    measure(part, name, None, None, right, of)
                    measure(part, name, "tinh", None, right, of)
            for (kind, said), units in KINDS_CONFUSED.items():
                insert("confusion", {"part": "kind", "labelled": kind, "read_as": said, "units": units})
            for part in ("held_out", "shipped"):
                cells = CONFUSED if part == "held_out" else {(dim, dim): units for (dim, _), units in CONFUSED.items()}
                for (dim, said), units in cells.items():
                    insert("confusion", {"part": part, "labelled": dim, "read_as": said, "units": units})
                for dim in range(9):
                    right = cells.get((dim, dim), 0)
                    measure(
                        part,
                        "precision",
                        None,
                        dim,
                        right,
                        sum(units for (_, said), units in cells.items() if said == dim),
                    )
                    measure(
                        part,
                        "recall",
                        None,
                        dim,
                        right,
                        sum(units for (known, _), units in cells.items() if known == dim),
                    )
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    return {labelled: _write(tmp_path_factory.mktemp("method"), labelled=labelled) for labelled in (True, False)}


@pytest.fixture
def show(folders: dict[bool, Path]) -> Iterator[Callable[..., None]]:
    """Put one of the two builds in force, in one language."""
    with ExitStack() as stack:

        def put(*, labelled: bool = True, lang: str = "vi") -> None:
            stack.enter_context(small.shown(folders[labelled] / "small.duckdb", lang, "small"))

        yield put


def test_a_share_never_says_all_of_less_than_all_and_comes_with_its_n(show):
    show()
    assert measures.Share(2999, 3000, 0.998, 0.9999).percent == "99,9%"
    assert measures.Share(1, 3000, 0.0, 0.002).percent == "0,1%"
    assert (measures.Share(30, 30, 0.88, 1.0).percent, measures.Share(0, 30, 0.0, 0.11).percent) == ("100%", "0%")
    assert measures.Share(30, 30, 0.88, 1.0).below == "100% (88,0–100%)"
    assert measures.Share(26, 27, 0.817, 0.993).below == "(81,7–99,3%)"  # of few, right and of say more
    assert measures.Share(0, 0, 0.0, 1.0).percent == ""
    show(lang="en")
    assert measures.Share(266, 278, 0.926, 0.975).below == "95.7% (92.6–97.5%)"


def test_an_interval_of_all_right_ends_at_one_without_its_rounding(show):
    show()
    rows = data.measures()
    assert {row.high for row in rows if row.right_count == row.of_count} == {1.0}
    assert all(row.low <= row.high for row in rows)


def test_the_answer_is_computed_and_says_what_was_held_out(show):
    show()
    said = measures.answer()
    assert "<b>36 trong 40</b>" in said and "90,0%" in said
    assert "4 đoạn cần người xem lại; trong 36 đoạn còn lại, <b>35</b>" in said
    assert "38 trong 40" in said
    show(lang="en")
    assert "<b>36 of 40</b>" in measures.answer() and "90.0%" in measures.answer()


def test_without_labelled_plans_words_stand_where_figures_would(show):
    show(labelled=False)
    assert (measures.has_reading(), measures.has_matching()) == (False, False)
    assert "data/gold" in measures.answer()
    assert tables.line_table(ALL)[1] and tables.check_table(ALL, ALL)[1]
    assert "<li>" in measures.limits()


def test_the_weakest_point_of_reading_is_named(show):
    show()
    assert picture.reading_title().endswith("cơ quan theo dõi, cách trình bày rõ ràng: 30 trong 36")


@pytest.mark.parametrize(
    "draw",
    [
        picture.reading_wide,
        picture.reading_narrow,
        picture.matching_wide,
        picture.matching_narrow,
        picture.class_wide,
        picture.class_narrow,
    ],
    ids=lambda draw: draw.__name__,
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pictures_carry_their_title_and_source_and_every_figure(show, draw, lang):
    show(lang=lang)
    figure = draw()
    texts = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
    words = " ".join(text for trace in texts for text in trace.text)
    assert "Wilson" in words and " / " in words
    assert small.smallest(figure) >= 12
    for trace in figure.data:
        if trace.type == "scatter":
            assert all(0 <= x <= figure.layout.width for x in trace.x if x is not None)


def test_what_was_not_measured_stands_in_no_picture(show):
    show()
    assert "để ngỏ" not in picture.reading_alt()  # 0 of 0
    assert (
        "dòng có chỗ" not in picture.reading_alt().lower()
    )  # every line has its place, or the plan is not let in: nothing to measure
    assert "như đang dùng: 0 trong 0" not in picture.matching_alt()


def test_macro_f1_counts_small_classes_like_large_ones_and_only_those_with_labels(show):
    show()
    # 0: 1; 1: 2·20/(21+22); 2: 0; 3: 2·6/(8+6)
    mean = (1 + 40 / 43 + 0 + 12 / 14) / 4
    assert labels.num(mean, 3) in measures.macro()


def test_a_dimension_is_called_worse_only_beyond_both_intervals(show, monkeypatch):
    show()
    share = measures.Share(9, 10, 0.6, 0.98)
    shares = {("held_out", dim): measures.Class(share, share, 0.9) for dim in measures.DIMS}
    monkeypatch.setattr(measures, "classes", lambda: shares)
    assert picture._outlier("recall") is None
    worse = measures.Share(1, 10, 0.02, 0.4)
    shares["held_out", 7] = measures.Class(share, worse, 0.9)
    assert picture._outlier("recall") == (7, worse)
    assert picture._outlier("precision") is None


def test_the_largest_confusions_are_said_in_words_and_ties_stay_together(show):
    show()
    said = tables.confusion_words()
    assert "4 trong 40 đoạn sai" in said
    assert "1 Ngắn &lt;1&gt; bị xếp vào 3 Ngắn &lt;3&gt; (2 đoạn)" in said
    assert "Không trả lời: 1 đoạn" in said


def test_the_matrix_holds_every_unit_once_and_escapes_names(show):
    show()
    markup = tables.confusion()
    assert "Ngắn <" not in markup
    body = re.findall(r'<td class="n" style[^>]*><b>(\d+)</b></td>', markup)
    assert sum(map(int, body)) == sum(CONFUSED.values())
    assert markup.count("<tr>") == 1 + len(measures.DIMS) + 1
    assert 'role="region"' in markup and 'tabindex="0"' in markup


def test_kinds_are_shown_by_what_they_were_read_as_with_what_was_missed_or_has_no_label(show):
    show()
    assert "Trong 29 đoạn máy đọc là nhiệm vụ, 24 đoạn đúng" in tables.kind_words()
    assert "nhãn có 25 nhiệm vụ, máy tìm ra 24" in tables.kind_words()
    markup = tables.kinds()
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', markup)
    told = {name: re.findall(r'<td class="n"[^>]*>(?:<b>)?([\d·]+)', cells) for name, cells in rows}
    assert told["nhiệm vụ"] == ["24", "·", "·", "·", "·", "1", "25"]
    assert told["mô tả chỉ số"][0] == "3" and told["không có nhãn"] == ["2", "·", "·", "·", "·", "·", "2"]
    assert told["Cộng"][-1] == str(sum(KINDS_CONFUSED.values()))


def test_the_download_of_what_was_confused_holds_dimensions_and_kinds(show):
    show()
    _, rows = tables.confusion_rows()
    assert {"part": "loại đoạn", "labelled": "mô tả chỉ số", "read_as": "nhiệm vụ", "units": 3} in rows
    assert {"part": labels.t("method.part.held_out"), "labelled": 2, "read_as": "không trả lời", "units": 1} in rows
    assert len(rows) == len(CONFUSED) + len({dim for dim, _ in CONFUSED}) + len(KINDS_CONFUSED)


def test_a_line_that_holds_two_units_is_counted_once(show):
    show()
    rows = {row["plan"].partition("\n")[0]: row for row in tables.line_table(ALL)[1]}
    assert (rows["Kế hoạch tinh"]["all"], rows["Kế hoạch tinh"]["unit"]) == (4, 2)
    assert rows["Kế hoạch hong"]["all"] == 0 and "chưa đọc được" in rows["Kế hoạch hong"]["plan"]


def test_what_to_look_at_is_counted_with_its_whole_and_no_agency_twice(show):
    show()
    rows = {row["what"]: row for row in tables.check_table(ALL, ALL)[1]}
    review, layout, unknown = (
        rows[labels.t(f"method.{key}")] for key in ("to_review", "uncertain", "unknown_agencies")
    )
    assert (review["all"], review["tinh"], review["hong"]) == ("1 / 4", "1 / 3", "0 / 0")
    assert (layout["all"], layout["xa"]) == ("2 / 5", "1 / 1")
    assert (unknown["all"], unknown["tinh"], unknown["xa"]) == ("1 / 2", "1 / 2", "1 / 1")
    assert rows[labels.t("method.finding.heading_text_dim")]["all"] == 2
    # a code without words of its own is counted with its like, and in the sum
    assert (rows[labels.t("method.other_findings")]["tinh"], rows[labels.t("method.other_findings")]["xa"]) == (1, 1)
    assert rows[labels.t("method.all_findings")]["all"] == len(FINDINGS)


def test_the_least_certain_tasks_come_with_those_to_be_reviewed_first(show):
    show()
    assert measures.unit_ids("1") == ("tinh:3", "tinh:2", "tinh:1")
    assert measures.unit_ids("8") == ()


def test_the_download_holds_every_measure_with_right_and_of(show):
    show()
    columns, rows = tables.measure_rows()
    assert set(columns) == set(rows[0])
    # reading without "lines", twice; matching in two parts, twice; classes in two parts, two sides
    assert len(rows) == 2 * (len(READING) - 1) + 2 * 2 * len(HELD_OUT) + 2 * 2 * 9
    content = table.csv_bytes(table.Table(columns, rows, title="t", filters=(), plan_names=["a"])).decode("utf-8-sig")
    assert "small" in content and "36,40,0.9," in content


def test_the_citation_file_names_the_programs_version_and_licences():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.search(rf"^version: {re.escape(version)}$", text, re.MULTILINE)
    assert re.search(r"^license: MIT$", text, re.MULTILINE) and "CC-BY-4.0" in text
