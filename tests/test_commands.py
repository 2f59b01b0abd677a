"""The commands of design: read, match, evaluate and build, as a person or a script runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl import say, way
from etl.__main__ import main
from etl.measure import reading
from etl.measure.plans import evaluated, labelled
from etl.model import Reading
from etl.reference import DATA

ROOT = Path(__file__).parent.parent
FIELDS = {
    "n",
    "lines",
    "channel",
    "section",
    "text",
    "kind",
    "declared_dim",
    "declared_sub",
    "dim",
    "sub",
    "lead",
    "lead_basis",
    "coop",
    "monitor",
    "agencies_uncertain",
    "timing",
    "timing_raw",
    "timing_basis",
    "evidence",
}


def etl(*arguments: str | Path, given: str = "", **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
    )


def test_read_prints_one_object_with_the_codebooks_fields_and_every_line_left() -> None:
    done = etl("read", "data/plans/nam-khanh-2020.txt")
    read = json.loads(done.stdout)
    assert done.returncode == 0 and read["plan"]["level"] == "commune" and len(read["units"]) == 39
    assert all(set(unit) >= FIELDS for unit in read["units"])
    covered = {n for unit in read["units"] for n in range(unit["lines"][0], unit["lines"][1] + 1)} | {
        one["lines"][0] for one in read["left"]
    }
    written = {
        n
        for n, line in enumerate((ROOT / "data/plans/nam-khanh-2020.txt").read_text(encoding="utf-8").split("\n"), 1)
        if line.strip()
    }
    assert written <= covered


def test_whoever_has_heard_enough_gets_no_trace() -> None:
    asked = [sys.executable, "-m", "etl", "read", "data/plans/bac-kan-2021.txt"]
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr and running.stdout.read(8) == b'{"plan":'
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("trong.txt", b"", "trống"),
        ("ma.txt", b"I. M\xff\xfe\n", "UTF-8"),
        ("tho.txt", "Mùa xuân\nhoa đào nở\n".encode(), "PAPI"),
        ("a.doc", b"\xd0\xcf\x11\xe0", ".doc"),
    ],
)
def test_what_cannot_be_read_is_one_line_on_standard_error_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    code = main(["read", str(tmp_path / name)])
    out, err = capsys.readouterr()
    assert code == 2 and out == "" and err.count("\n") == 1
    assert name in err and ("kế hoạch" if name == "tho.txt" else words) in err


def test_match_answers_every_line_also_an_empty_one() -> None:
    lines = [
        "Niêm yết công khai danh sách hộ nghèo tại trụ sở UBND xã",
        "",
        "x" * 100_000,
        "12345",
        "Phở bò, bún chả, nem rán",
    ]
    done = etl("match", given="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(lines) and {"dim", "sub", "score", "margin", "review", "evidence"} <= set(answers[0])
    assert (answers[0]["dim"], answers[0]["sub"]) == (2, "2.2") and [answer["dim"] for answer in answers[1:]] == [
        None
    ] * 4


def test_evaluate_prints_its_figures_as_one_object(tmp_path: Path) -> None:
    shutil.copy(ROOT / "data" / "gold" / "nam-khanh-2020.jsonl", tmp_path)
    figures = json.loads(etl("evaluate", "--json", "--gold", tmp_path).stdout)
    assert (
        figures.keys() == {"nam-khanh-2020", "all", "kinds", "matching", "cells", "pairs"}
        and figures["all"]["f1"] > 0.9
    )
    assert figures["matching"].keys() == {"held_out", "shipped"} and figures["cells"].keys() == {
        "nam-khanh-2020",
        "all",
    }


def test_the_shipped_plans_are_read_as_well_as_is_asked(
    readings: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = {one.plan.plan_id: one for one in readings}
    monkeypatch.setattr(way, "shut_in", lambda plan, matcher: held[plan.plan_id])
    figures = reading.figures(reading.total(evaluated(labelled(DATA / "gold", DATA / "plans")).values()))
    least = {
        "f1": 0.99,
        "kind": 0.98,
        "declared_dim": 1.0,
        "declared_sub": 0.98,
        "lead": 0.95,
        "coop": 0.95,
        "monitor": 0.97,
        "timing": 0.95,
        "timing_cells": 0.99,
        "lines": 1.0,
    }
    assert {name: figures[name] for name, value in least.items() if figures[name] < value} == {}


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with one good plan; it is not listed, so nothing is measured of it."""
    (tmp_path / "plans").mkdir()
    shutil.copy(ROOT / "data/plans/nam-khanh-2020.txt", tmp_path / "plans" / "tot.txt")
    return tmp_path / "plans"


def test_a_build_reads_the_good_plans_beside_bad_ones_and_says_which(plans: Path, tmp_path: Path) -> None:
    (plans / "trong.txt").write_bytes(b"")
    done = etl("build", "--plans", plans, "--out", tmp_path / "x.duckdb")
    assert done.returncode == 0 and "trong.txt" in done.stderr and (tmp_path / "x.duckdb").exists()


def test_a_build_of_nothing_good_leaves_the_database_in_place(plans: Path, tmp_path: Path) -> None:
    builds = tmp_path / "build"
    assert etl("--plans", plans, PAPI_BUILD=str(builds)).returncode == 0
    before = (builds / "current").read_text()
    (plans / "tot.txt").write_bytes(b"")
    done = etl("--plans", plans, PAPI_BUILD=str(builds))
    assert done.returncode == 1 and "giữ nguyên" in done.stderr and (builds / "current").read_text() == before


def test_a_malformed_listing_names_file_row_and_column(tmp_path: Path) -> None:
    import etl.about as about
    import tables
    from etl.model import BadReference

    listing = tmp_path / "plans.csv"
    listing.write_text(
        ",".join(tables.columns("plans.csv")) + "\na,a.txt,T,plan,a,a,a,UBND,village,X,,,,,,\n", encoding="utf-8"
    )
    with pytest.raises(BadReference, match="plans.csv, dòng 2, cột level"):
        about.plans(tmp_path, listing)


def test_what_one_row_of_a_table_mends_is_said_once_for_all_documents() -> None:
    said = say.WARNINGS
    agency, page = f": {said['unknown_agency']}: ", f": {said['page_without_text']}: "
    assert say.gathered(
        [
            f"a.txt, dòng 3{agency}'Tổ liên gia'",
            f"a.txt, trang 2{page}''",
            f"b.txt, dòng 9{agency}'Tổ liên gia'",
            f"b.txt, trang 2{page}''",
            f"c.txt, dòng 1{agency}'Tổ dân vận'",
            f"c.txt, dòng 5{agency}'Tổ liên gia'",
            "c.txt: là ảnh",
        ]
    ) == [
        f"a.txt, dòng 3 (và 2 chỗ khác){agency}'Tổ liên gia'",
        f"a.txt, trang 2{page}''",
        f"b.txt, trang 2{page}''",
        f"c.txt, dòng 1{agency}'Tổ dân vận'",
        "c.txt: là ảnh",
    ]
