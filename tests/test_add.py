"""A document is added for good, noticed where it is there already, and leaves no trace where the build fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tables
from etl import about, build, keep, load, model, shelf, way

STRANGERS = Path(__file__).parent / "strangers"
NEW = STRANGERS / "ninh-hoa-2017.txt"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A folder with one listed plan, and its listing; the build is only asked for."""
    folder, listing = tmp_path / "plans", tmp_path / "plans.csv"
    folder.mkdir()
    shutil.copy(STRANGERS / "van-ho-2018.txt", folder)
    listing.write_text(
        ",".join(tables.columns("plans.csv")) + "\nvan-ho-2018,van-ho-2018.txt,A,plan,A,A,A,A,district,,,,,,,",
        encoding="utf-8",
    )
    monkeypatch.setattr(load, "latest", lambda home: None)
    monkeypatch.setattr(build, "build", lambda folder, out: 0)
    return folder, listing


def test_a_new_document_is_copied_and_listed_and_the_change_is_shown(
    house: tuple[Path, Path], capsys: pytest.CaptureFixture
) -> None:
    assert keep.add(NEW, *house) == 0
    plans = {plan.plan_id: plan for plan in about.plans(*house)}
    added = plans.keys() - {"van-ho-2018"}
    assert len(added) == 1 and plans[added.pop()].file.read_bytes() == NEW.read_bytes()
    assert "đoạn: 0 → 0" in capsys.readouterr().out


def test_a_trial_writes_nothing(house: tuple[Path, Path]) -> None:
    folder, listing = house
    before = listing.read_bytes(), sorted(folder.iterdir())
    assert keep.add(NEW, *house, is_trial=True) == 0
    assert (listing.read_bytes(), sorted(folder.iterdir())) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text, "chính tệp này đã có"),
        (lambda text: "\n" + text + "\n\n", "đã có dưới dạng khác"),
        (
            lambda text: (
                text + "".join(f"\n- Sở Nội vụ chủ trì việc mới số {n}, hoàn thành trong năm nay." for n in range(30))
            ),
            "giống van-ho-2018",
        ),
    ],
)
def test_a_document_that_is_there_already_is_noticed(
    house: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture, change, said: str
) -> None:
    again = tmp_path / "again.txt"
    again.write_bytes(change((STRANGERS / "van-ho-2018.txt").read_bytes().decode()).encode())
    listed = house[1].read_bytes()
    assert keep.add(again, *house) == 1 and said in capsys.readouterr().err
    assert house[1].read_bytes() == listed


def test_what_a_build_has_kept_knows_a_document_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPI_BUILD", str(tmp_path / "build"))
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("van-ho-2018.txt", NEW.name):
        shutil.copy(STRANGERS / name, folder)
    assert build.build(folder, None) == 0
    assert list((load.folder() / shelf.FOLDER).glob("*.parquet"))
    lines = {way.sha256(file): file.read_text(encoding="utf-8").splitlines() for file in folder.iterdir()}
    assert shelf.marks() == {sha256: load.marks(filter(str.strip, said)) for sha256, said in lines.items()}


def test_a_newer_version_is_added_where_that_is_asked_for(house: tuple[Path, Path], tmp_path: Path) -> None:
    newer = tmp_path / "newer.txt"
    newer.write_text(
        (STRANGERS / "van-ho-2018.txt").read_text(encoding="utf-8")
        + "".join(f"\n- Sở Nội vụ chủ trì việc mới số {n}." for n in range(30)),
        encoding="utf-8",
    )
    assert keep.add(newer, *house, anyway=True) == 0 and len(about.plans(*house)) == 2


@pytest.mark.parametrize("ending", ["code", "error"])
def test_a_build_that_fails_leaves_folder_and_listing_as_they_were(
    house: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def fails(folder: Path, out: Path | None) -> int:
        assert len(list(folder.iterdir())) == 2
        if ending == "error":
            raise model.Failed("hết chỗ", "full")
        return 1

    folder, listing = house
    before = listing.read_bytes(), sorted(folder.iterdir())
    monkeypatch.setattr(build, "build", fails)
    if ending == "error":
        with pytest.raises(model.Failed):
            keep.add(NEW, *house)
    else:
        assert keep.add(NEW, *house) == 1
    assert (listing.read_bytes(), sorted(folder.iterdir())) == before
