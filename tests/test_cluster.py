"""cluster: a Dask cluster reads what one machine would read and comes to the same database, by paths or by URLs; where it is
gone, one sentence says so, what was read is kept, and the old database stays.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from test_shelf import STRANGERS, build, build_anew, content, home, log, plans, three  # noqa: F401 - fixtures

from etl import cluster, load, shelf
from etl.match import Matcher

try:
    import distributed
    from upath import UPath
except ImportError:
    distributed = UPath = None
needs_dask = pytest.mark.skipif(distributed is None, reason="cần requirements-cluster.txt")


@pytest.fixture(autouse=True)
def is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is spawned runs `__main__` anew, which after a test of a page is that page."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture
def dask() -> Iterator[Any]:
    """A cluster whose workers are threads of this process, so that all see what lies in memory."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None
    ) as made:
        yield made


@needs_dask
def test_a_cluster_of_two_processes_comes_to_the_same_database_though_one_of_them_is_killed(
    home: Path,  # noqa: F811
    plans: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (plans / "khong-phai.txt").write_text("Mùa xuân\nhoa đào nở\n", encoding="utf-8")
    assert build(plans, "--workers", "4") == 0
    one = content(load.latest(home))
    shutil.rmtree(home)
    killed: list[int] = []
    take = shelf.Shelf.take

    def after_a_kill(self: shelf.Shelf, *given: Any) -> Any:
        if not killed:
            killed.append(next(iter(made.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)
        return take(self, *given)

    monkeypatch.setattr(shelf.Shelf, "take", after_a_kill)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        assert build(plans, "--cluster", made.scheduler_address) == 0
    assert killed and content(load.latest(home)) == one
    assert log(home) == {name: ["read", "new", None] for name in STRANGERS} | {"khong-phai": ["read", "new", "refused"]}


@needs_dask
def test_documents_and_readings_may_lie_behind_addresses(
    home: Path,  # noqa: F811
    plans: Path,  # noqa: F811
    three: Path,  # noqa: F811
    dask: Any,
    capsys: pytest.CaptureFixture,
) -> None:
    one = content(load.latest(three))
    there, readings = "memory://plans", "memory://readings"
    UPath(there).mkdir(parents=True)
    for file in plans.iterdir():
        (UPath(there) / file.name).write_bytes(file.read_bytes())
    options = ("--plans", there, "--cluster", dask.scheduler_address, "--readings", readings)
    assert build(plans, *options) == 0
    assert content(load.latest(home)) == one and list(UPath(readings).glob("*.parquet"))
    assert not list(home.rglob("*.parquet"))
    capsys.readouterr()
    assert build_anew(home, plans, *options) == 0 and content(load.latest(home)) == one
    assert "Cần đọc 0 văn bản" in capsys.readouterr().err


@needs_dask
def test_a_scheduler_that_goes_away_is_one_sentence_and_what_was_read_is_kept(
    home: Path,  # noqa: F811
    plans: Path,  # noqa: F811
    dask: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    take = shelf.Shelf.take

    def before_the_end(self: shelf.Shelf, *given: Any) -> Any:
        taken = take(self, *given)
        dask.close()
        return taken

    monkeypatch.setattr(shelf.Shelf, "take", before_the_end)
    assert build(plans, "--cluster", dask.scheduler_address) == 1
    assert "cụm máy không trả lời" in capsys.readouterr().err.splitlines()[-1] and load.latest(home) is None
    assert build(plans) == 0
    assert "kept" in {source for source, *_ in log(home).values()}
    before = load.latest(home)
    (plans / "moi.txt").write_text("Kế hoạch", encoding="utf-8")
    assert build(plans, "--cluster", dask.scheduler_address) == 1 and load.latest(home) == before


@needs_dask
def test_a_cluster_with_another_program_is_told_and_reads_nothing(
    home: Path,  # noqa: F811
    plans: Path,  # noqa: F811
    dask: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    monkeypatch.setattr(shelf, "read_by", lambda: "another version")
    assert build(plans, "--cluster", dask.scheduler_address) == 1
    assert "phiên bản khác của chương trình hoặc của các bảng" in capsys.readouterr().err
    assert not list(home.rglob("*.parquet"))


def test_a_document_that_each_worker_died_of_is_named_and_the_others_are_in_the_database(
    home: Path,  # noqa: F811
    plans: Path,  # noqa: F811
    matcher: Matcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    bad = STRANGERS[1]

    def each(asked: list, address: str, readings: Path) -> Iterator[tuple[list, Path | None]]:
        """What a cluster comes to that dies of one document."""
        for plan in asked:
            if plan.plan_id == bad:
                yield [plan], None
                continue
            yield [plan], readings / cluster._kept(cluster._work([plan], readings), matcher)

    monkeypatch.setattr(cluster, "each", each)
    assert build(plans, "--cluster", "tcp://…") == 0
    assert log(home) == {name: ["read", "new", "crashed" if name == bad else None] for name in STRANGERS}
    said = capsys.readouterr().err
    assert f"{bad}.txt: mọi máy của cụm" in said and f"{bad}.txt (dừng giữa chừng)" in said.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "missing"),
    [(("--cluster", "tcp://127.0.0.1:1"), "distributed"), (("--readings", "s3://kho/readings"), "upath")],
)
def test_without_the_packages_of_a_cluster_one_sentence_says_what_to_install(
    home: Path,  # noqa: F811
    plans: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    options: tuple[str, str],
    missing: str,
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert build(plans, *options) == 1
    assert "requirements-cluster.txt" in capsys.readouterr().err.splitlines()[-1]
