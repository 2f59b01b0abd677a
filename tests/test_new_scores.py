"""A workbook of a new year of PAPI: read in several layouts, refused where it does not add up, written only when asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import tables
from etl import scores
from etl.model import Unread
from etl.reference import provinces_now, subdimensions, table
from etl.scores import found, sheet, topics

Book = openpyxl.Workbook
Figures = dict[str, dict[str, float]]
SUBS = {str(dim): found.parts_of(str(dim), 2024) for dim in range(1, 9)}
COLUMNS = [topic for dim, subs in SUBS.items() for topic in (dim, *subs)]
NAMES_EN = {row["sub"]: row["name_en"] for row in subdimensions()} | {
    row["dim"]: row["name_en"] for row in table("dimensions")
}
PLACES = ("An Giang", "Bà Rịa - Vũng Tàu", "Hà Nội", "Thành phố Hồ Chí Minh", "Thừa Thiên Huế", "Đắk Lắk", "Gia Lai")


@pytest.fixture(scope="module")
def figures() -> Figures:
    """Real figures of 2024 of some provinces, by topic."""
    by_place: Figures = {place: {} for place in PLACES}
    for row in table("papi-scores"):
        if row["year"] == "2024" and row["province"] in by_place:
            by_place[row["province"]][row["sub"] or row["dimension"]] = float(row["score"])
    return by_place


def plain(book: Book, figures: Figures) -> None:
    """One sheet with numbered headers in Vietnamese, a total, ranks, a mean and a source below."""
    rows = book.active
    rows.append(["Bảng tổng hợp điểm PAPI năm 2025"])
    rows.append(
        [
            "STT",
            "Tỉnh/Thành phố",
            *(f"Nội dung {one}" if one in SUBS else f"Chỉ số {one}" for one in COLUMNS),
            "Tổng điểm PAPI",
            "Xếp hạng",
        ]
    )
    for at, (place, said) in enumerate(figures.items(), 1):
        rows.append([at, place, *(said[one] for one in COLUMNS), said["0"], at])
    rows.append([None, "Trung bình", *(5.0 for _ in COLUMNS)])
    rows.append([None, "Nguồn: PAPI"])


def two_rows(book: Book, figures: Figures) -> None:
    """English names in two rows, a dimension merged over its total and parts; two digits; names without marks."""
    rows = book.active
    rows.title = "2025"
    rows.cell(2, 1, "Province")
    at = 2
    for dim, subs in SUBS.items():
        rows.cell(1, at, f"Dimension {dim}: {NAMES_EN[dim]}")
        rows.merge_cells(start_row=1, end_row=1, start_column=at, end_column=at + len(subs))
        for step, words in enumerate(["Total", *(NAMES_EN[sub] for sub in subs)]):
            rows.cell(2, at + step, words)
        at += 1 + len(subs)
    bare = {
        "Hà Nội": "Ha Noi",
        "Thành phố Hồ Chí Minh": "Ho Chi Minh City",
        "Đắk Lắk": "Dak Lak",
        "Thừa Thiên Huế": "Thua Thien-Hue",
    }
    for row, (place, said) in enumerate(figures.items(), 3):
        rows.cell(row, 1, bare.get(place, place))
        for column, one in enumerate(COLUMNS, 2):
            rows.cell(row, column, round(said[one], 2))


def a_sheet_each(book: Book, figures: Figures) -> None:
    """A sheet a dimension, by today's names; numbers as words with commas."""
    for dim, subs in SUBS.items():
        rows = book.create_sheet(f"ND{dim}")
        names = {row["sub"]: row["name_vi"] for row in subdimensions()}
        rows.append([f"PAPI 2025 – nội dung {dim}"])
        rows.append(["Tỉnh", f"Nội dung {dim}", *(f"{sub}. {names[sub]}" for sub in subs)])
        for place, said in figures.items():
            rows.append([f"Tỉnh {place}", *(f"{said[one]:.4f}".replace(".", ",") for one in (dim, *subs))])


def panel(book: Book, figures: Figures) -> None:
    """Years in a column."""
    rows = book.active
    rows.append(["Province", "Year", *COLUMNS])
    for place, said in figures.items():
        rows.append([place, 2025, *(said[one] for one in COLUMNS)])


def saved(folder: Path, fill: Callable[[Book, Figures], None], figures: Figures) -> Path:
    book = Book()
    fill(book, figures)
    file = folder / "diem.xlsx"
    book.save(file)
    return file


@pytest.mark.parametrize("layout", [plain, two_rows, a_sheet_each, panel])
def test_every_layout_gives_the_same_scores_under_the_same_names(tmp_path, figures, layout):
    read = found.scores(sheet.shut_in(saved(tmp_path, layout, figures)), None)
    assert read.wrong == [] and not read.is_of_today
    assert {key[:2] for key in read.scores} == {(place, 2025) for place in figures}
    far = {
        key: score
        for key, score in read.scores.items()
        if abs(score - figures[key[0]][key[2]]) > (read.slack * 8 if key[2] == "0" else read.slack)
    }
    assert far == {} and len(read.scores) == len(PLACES) * (len(COLUMNS) + 1)


def broken(change: Callable[[Figures], None]) -> Callable[[Book, Figures], None]:
    def fill(book: Book, figures: Figures) -> None:
        mine = {place: dict(said) for place, said in figures.items()}
        change(mine)
        plain(book, mine)

    return fill


def renamed(old: str, new: str) -> Callable[[Book, Figures], None]:
    """The plain layout with one cell said otherwise."""

    def fill(book: Book, figures: Figures) -> None:
        plain(book, figures)
        for row in book.active.iter_rows():
            for cell in row:
                if cell.value == old:
                    cell.value = new

    return fill


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (broken(lambda all: all["Hà Nội"].update({"3.1": 2.9})), "Hà Nội 2025, 3:"),
        (broken(lambda all: all["Hà Nội"].update({"0": 50.0})), "Hà Nội 2025, tổng điểm:"),
        (
            broken(lambda all: all["Gia Lai"].update({"5.1": 33.0})),
            "Gia Lai 2025, 5.1: 33 nằm ngoài thang điểm 0.3333–3.333",
        ),
        (broken(lambda all: all.update({"Gia Lay": all.pop("Gia Lai")})), "không rõ 'Gia Lay' là tỉnh nào"),
        (
            broken(lambda all: all["An Giang"].pop("2.2") and all["An Giang"].update({"2.2": None})),
            "An Giang 2025, 2: thiếu chỉ số 2.2",
        ),
        (renamed("Chỉ số 2.2", "2.2 Tiếp cận thông tin"), "'2.2 Tiếp cận thông tin' không cùng"),
        (renamed("Chỉ số 5.3", "Chỉ số 5.2"), "PAPI không đo chỉ số này trong năm ấy"),
        (renamed("Bảng tổng hợp điểm PAPI năm 2025", "Bảng tổng hợp điểm"), "không rõ năm nào; hãy thêm --year"),
        (renamed("Bảng tổng hợp điểm PAPI năm 2025", "PAPI 2015"), "trước 2018 báo cáo đánh số chỉ số khác nay"),
        (lambda book, figures: book.active.append(["một", "hai"]), "không thấy bảng nào có tên tỉnh"),
    ],
)
def test_what_does_not_add_up_is_refused_with_its_place(tmp_path, figures, fill, said, capsys):
    file, held = saved(tmp_path, fill, figures), tmp_path / "papi-scores.csv"
    assert scores.take(file, held, write=True) == 1
    assert said in capsys.readouterr().err and not held.exists()


def test_names_of_provinces_mean_one_each_and_are_known_as_they_were_and_as_they_are():
    assert len({topics._bare(name) for name in provinces_now()}) == 63
    assert {topics.province(name) for name in provinces_now()} == set(provinces_now())
    assert topics.province("Thành phố Huế") == topics.province("TT Huế") == "Thừa Thiên Huế"
    assert topics.province("TP. HCM") == "Thành phố Hồ Chí Minh" and topics.province("Cả nước") == ""


def test_scores_are_written_only_when_asked_and_whole(tmp_path, figures, capsys):
    held = tmp_path / "papi-scores.csv"
    shutil.copy(Path("data/reference/papi-scores.csv"), held)
    before = held.read_bytes()
    file = saved(tmp_path, plain, figures)
    assert scores.take(file, held) == 0 and held.read_bytes() == before
    said = capsys.readouterr().out
    assert f"{len(PLACES) * (len(COLUMNS) + 1)} điểm mới, 0 điểm trùng" in said and "Chưa ghi gì" in said
    assert scores.take(file, held, write=True) == 0
    now = [row for row in tables.rows(held) if row["year"] == "2025"]
    assert len(now) == len(PLACES) * (len(COLUMNS) + 1) and {row["merged"] for row in now} == {""}
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    lines, older = held.read_bytes().splitlines(), before.splitlines()
    assert set(older) <= set(lines) and lines[0] == older[0]


def test_what_a_workbook_says_otherwise_than_the_table_is_listed(tmp_path, figures, capsys):
    def later(book: Book, figures: Figures) -> None:
        mine = {place: dict(said) for place, said in figures.items()}
        mine["Hà Nội"] |= {
            "3.1": mine["Hà Nội"]["3.1"] + 0.1,
            "3": mine["Hà Nội"]["3"] + 0.1,
            "0": mine["Hà Nội"]["0"] + 0.1,
        }
        two_rows(book, mine)
        book.active.title = "2024"

    held = Path("data/reference/papi-scores.csv")
    before = held.read_bytes()
    assert scores.take(saved(tmp_path, later, figures), held) == 0
    said = capsys.readouterr().out
    assert "0 điểm mới" in said and "- Hà Nội 2024, 3.1: đang giữ" in said and "3 điểm khác" in said
    assert held.read_bytes() == before


def test_a_province_that_was_made_of_several_is_no_longer_the_old_one_of_its_name(tmp_path, figures, capsys):
    held = tmp_path / "papi-scores.csv"
    shutil.copy(Path("data/reference/papi-scores.csv"), held)
    today = dict.fromkeys(sorted(set(provinces_now().values())), figures["Hà Nội"])
    assert scores.take(saved(tmp_path, plain, today), held, write=True) == 0
    rows = {row["province"]: row["merged"] for row in tables.rows(held) if row["year"] == "2025"}
    assert len(rows) == 34 and rows["Gia Lai"] == "yes" and rows["Hà Nội"] == "" and rows["Thừa Thiên Huế"] == ""
    assert sum(merged == "yes" for merged in rows.values()) == 23


def test_another_file_than_a_workbook_is_unread(tmp_path):
    (tmp_path / "diem.csv").write_text("Tỉnh,1\nHà Nội,5\n", encoding="utf-8")
    with pytest.raises(Unread, match="không phải bảng tính .xlsx"):
        sheet.shut_in(tmp_path / "diem.csv")
