"""Letters to the offices of a plan: who gets one, what it says, all of them at once, in the office's own clothes."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import openxml_audit
import pytest
import small
from docx.oxml.ns import qn

from ui import data
from ui.export import checklist, office, plain, word
from ui.export.__main__ import main
from ui.export.letters import addressees, pack, papers
from ui.export.letters.addressees import Addressee
from ui.export.office import Office
from ui.words import handed, labels
from ui.words.offices import is_asked, is_kind
from ui.words.offices import office as name_of

PLAN = "bac-kan-2021"
LONG = "Sở " + "rất dài " * 37


@pytest.fixture(params=labels.LANGUAGES)
def lang(request: pytest.FixtureRequest, shown_database: Path) -> Iterator[str]:
    with small.shown(shown_database, request.param):
        yield request.param


def words_of(made: bytes) -> list[str]:
    """The paragraphs of a Word file, those of tables too."""
    body = docx.Document(io.BytesIO(made)).element.body
    return ["".join(words.text for words in one.iter(qn("w:t"))) for one in body.iter(qn("w:p"))]


def to(agency: str, plan_id: str = PLAN) -> Addressee:
    (found,), _ = addressees.addressees(plan_id, agency)
    return found


# Who gets one.


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Điện lực", True),
        ("Điện lực Bình Định", False),
        ("Đơn vị khảo sát", True),
        ("Cơ quan báo chí, truyền thông", True),
        ("Cơ quan Thường trực Ban Chỉ đạo", False),
        ("MTTQ các cấp", True),
        ("MTTQ cấp xã", False),
        ("Các đơn vị được UBND tỉnh giao làm đầu mối tham mưu", True),
        ("Các trường học, cơ quan, đơn vị, doanh nghiệp trên địa bàn", True),
        ("Trưởng các ấp", True),
        ("Trưởng phòng Nội vụ", False),
        ("Sở Nội vụ", False),
        ("", False),
    ],
)
def test_a_name_that_says_a_kind_of_body_and_not_which_is_to_be_checked(shipped: None, name: str, kind: bool) -> None:
    assert is_kind(name) is kind


def test_a_letter_to_a_kind_of_body_asks_who_is_meant(lang: str) -> None:
    assert labels.t("letters.check", agency=name_of("Điện lực")) in words_of(pack.one(PLAN, "Điện lực", "assign"))
    assert labels.t("letters.check", agency="Sở Nội vụ") not in " ".join(
        words_of(pack.one(PLAN, "Sở Nội vụ", "assign"))
    )


def test_whoever_else_has_a_part_is_told_with_what_became_of_it(shipped: None) -> None:
    said = " ".join(other for one in addressees.addressees(PLAN)[0] for item in one.items for other in item.others)
    assert "Sở Tài nguyên và Môi trường (nay là Sở Nông nghiệp và Môi trường)" in said
    assert "UBND cấp huyện (nay không còn, không có cơ quan kế thừa duy nhất)" in said
    assert "Sở Nội vụ (" not in said


@pytest.mark.parametrize(
    ("plan_id", "agency", "office_today", "agencies"),
    [
        (PLAN, "Sở Nội vụ", "Sở Nội vụ", ("Sở Nội vụ",)),
        (PLAN, "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", ("Sở Tài nguyên và Môi trường",)),
        ("binh-dinh-2022", "Sở Kế hoạch và Đầu tư", "Sở Tài chính", ("Sở Kế hoạch và Đầu tư", "Sở Tài chính")),
        ("hung-yen-2020", "Sở Giao thông vận tải", "Sở Xây dựng", ("Sở Giao thông vận tải",)),
        (PLAN, "Thanh tra cấp huyện", "Thanh tra tỉnh", ("Thanh tra cấp huyện", "Thanh tra tỉnh")),
        (PLAN, "UBND cấp huyện", "", ("UBND cấp huyện",)),
        (PLAN, "Sở Thông tin và Truyền thông", "", ("Sở Thông tin và Truyền thông",)),
    ],
)
def test_an_office_is_addressed_as_it_is_called_today(
    shipped: None, plan_id: str, agency: str, office_today: str, agencies: tuple[str, ...]
) -> None:
    found = to(agency, plan_id)
    assert (found.office, found.agencies) == (office_today, agencies)
    assert bool(found.basis) == (bool(office_today) and agencies != (office_today,))
    assert bool(found.choices) == (not office_today)


@pytest.mark.parametrize(
    "plan_id", [PLAN, "binh-dinh-2022", "hung-yen-2020", "nam-khanh-2020", "soc-trang-so-tai-chinh-2022"]
)
def test_every_task_of_an_agency_is_in_one_letter_and_none_twice(shipped: None, plan_id: str) -> None:
    every, left = addressees.addressees(plan_id)
    agencies = [name for one in every for name in one.agencies]
    assert len(agencies) == len(set(agencies))
    assert {*agencies, *(one.agency for one in left)} == {row.agency for row in data.given_agencies(plan_id)}
    for one in every:
        units = [item.unit_id for item in one.items]
        wanted = {row.unit_id for name in one.agencies for row in data.given_units(plan_id, name)}
        assert len(units) == len(set(units)) and set(units) == wanted
    assert addressees.how_many(plan_id) == (
        len(every),
        sum(not one.office for one in every),
        sum(one.to_check for one in every),
    )


def test_a_merged_office_has_each_task_once_in_its_strongest_role(shipped: None) -> None:
    found = to("Sở Kế hoạch và Đầu tư", "binh-dinh-2022")
    single = {name: checklist.items("binh-dinh-2022", (name,)) for name in found.agencies}
    assert max(map(len, single.values())) < len(found.items) < sum(map(len, single.values()))
    assert not any("Sở Kế hoạch và Đầu tư" in other for item in found.items for other in item.others)


@pytest.mark.parametrize(
    ("sender", "own"),
    [
        ("Sở Nội vụ", True),
        ("SỞ NỘI VỤ TỈNH BẮC KẠN", True),
        ("Văn phòng Sở Nội vụ", False),
        ("Sở Nội vụ và Lao động", False),
    ],
)
def test_an_office_gets_no_letter_from_itself(shipped: None, sender: str, own: bool) -> None:
    with office.wearing(Office(name=sender)):
        every, left = addressees.addressees(PLAN)
    assert (("Sở Nội vụ", "own") in [(one.agency, one.why) for one in left]) == own
    assert ("Sở Nội vụ" in [one.office for one in every]) != own


@pytest.mark.parametrize(
    ("agency", "sender", "level", "own"),
    [
        ("UBND cấp xã", "UBND phường Tân Hòa", "commune", True),
        ("UBND cấp xã", "Ủy ban nhân dân xã Phú Lộc", "commune", True),
        ("UBND cấp xã", "UBND tỉnh Bình Định", "province", False),
        ("UBND cấp xã", "Phòng Kinh tế xã Phú Lộc", "commune", False),
        ("UBND tỉnh", "UBND tỉnh Bình Định", "province", True),
        ("UBND tỉnh", "UBND thành phố Cần Thơ", "province", True),
        ("UBND tỉnh", "UBND thành phố Quy Nhơn", "district", False),
        ("UBND cấp huyện", "UBND thành phố Quy Nhơn", "district", True),
        ("UBND cấp huyện", "UBND huyện Bắc Hà", "district", True),
        ("Văn phòng UBND tỉnh", "UBND tỉnh Bình Định", "province", False),
    ],
)
def test_a_committee_is_its_own_level_s(agency: str, sender: str, level: str, own: bool) -> None:
    assert addressees._is_own(agency, sender, level) is own


@pytest.mark.parametrize(
    ("level", "names", "letters"),
    [
        ("commune", ("Văn phòng HĐND và UBND", "Văn phòng HĐND và UBND phường"), 1),
        ("commune", ("Trạm Y tế xã Phú Lộc", "Trạm Y tế"), 1),
        ("department", ("Văn phòng", "Văn phòng Sở", "Thanh tra"), 2),
        ("province", ("Văn phòng", "Văn phòng UBND tỉnh"), 2),
        ("province", ("Công an tỉnh", "Công an cấp xã"), 2),
        ("commune", ("Công an tỉnh", "Công an"), 2),
    ],
)
def test_an_office_that_a_plan_names_in_two_ways_gets_one_letter(
    tmp_path: Path, level: str, names: tuple[str, ...], letters: int
) -> None:
    file = tmp_path / "hai-ten.duckdb"
    with small.database(file) as insert:
        small.dimensions(insert)
        small.plan(insert, "a", level=level, issuer="UBND X", year=2026)
        for at, name in enumerate(names, 1):
            small.agency(insert, name, is_known=False)
            small.part(insert, small.unit(insert, "a", at, dim=1, matched_dim=1), name)
    with small.shown(file):
        every, _ = addressees.addressees("a")
        assert len(every) == letters == addressees.how_many("a")[0]
        assert sorted(name for one in every for name in one.agencies) == sorted(names)
        assert all(len(one.office) == max(map(len, one.agencies)) for one in every)


def test_a_letter_to_another_name_says_by_which_law_and_leaves_a_blank_where_none_is_known(
    shipped: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, party = to("Sở Tài nguyên và Môi trường"), to("Ban Dân vận Tỉnh ủy")
    assert known.basis == (
        "Từ 01/03/2025, công việc của Sở Tài nguyên và Môi trường do Sở Nông nghiệp và Môi trường đảm nhiệm "
        "theo Nghị định 45/2025/NĐ-CP."
    )
    assert party.basis.count(" đảm nhiệm theo Kết luận 121-KL/TW.") == len(party.agencies) == 2
    monkeypatch.setattr(addressees.data, "reform_basis", lambda agency: None)
    assert to("Ban Dân vận Tỉnh ủy").basis.count(f"theo {office.BLANK}.") == 2


def test_a_group_gets_no_letter_and_it_is_said_whether_its_members_have_its_tasks(shipped: None) -> None:
    _, left = addressees.addressees(PLAN)
    why = {one.agency: one.why for one in left}
    assert why["Các sở, ban, ngành"] == "group" and why["Các tổ chức thành viên"] == "loose"


# What it says.


@pytest.mark.parametrize("kind", ["assign", "remind"])
def test_a_letter_has_every_item_of_its_office_as_an_annex(lang: str, kind: str) -> None:
    found = to("Sở Tài nguyên và Môi trường")
    words = words_of(pack.one(PLAN, "Sở Tài nguyên và Môi trường", kind))
    assert found.basis in words
    assert labels.t("letters.annex", office=name_of("Sở Nông nghiệp và Môi trường")).upper() in words
    assert len(found.items) > 30 and all(item.text in words for item in found.items)
    assert any(labels.t("checklist.given_as", agency=name_of("Sở Tài nguyên và Môi trường")) in line for line in words)
    assert not any("{" in line for line in words)


@pytest.mark.parametrize(
    ("agency", "is_asked"),
    [
        ("Ban Dân vận Tỉnh ủy", True),
        ("Tòa án nhân dân tỉnh", True),
        ("MTTQ cấp huyện", True),
        ("Đại biểu Hội đồng nhân dân", True),
        ("Sở Nội vụ", False),
        ("Công an tỉnh", False),
    ],
)
def test_who_takes_no_orders_from_a_people_s_committee_is_asked(lang: str, agency: str, is_asked: bool) -> None:
    for kind in ("assign", "remind"):
        subject = labels.t(f"letters.subject.{kind}" + (".asked" if is_asked else ""))
        words = words_of(pack.one(PLAN, agency, kind))
        assert labels.t("letters.about", subject=subject) in words
        said = [line for line in words if f" giao {agency}" in line or f" assigns {agency}" in line]
        assert bool(said) == (not is_asked and (kind == "assign" or lang == "vi"))


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Văn phòng HĐND và UBND phường", False),
        ("Văn phòng Đoàn ĐBQH và HĐND tỉnh", True),
        ("Ủy ban Kiểm tra Đảng ủy xã", True),
        ("Hội Liên hiệp Phụ nữ phường", True),
    ],
)
def test_an_office_of_the_committee_s_own_is_ordered(shipped: None, name: str, asked: bool) -> None:
    assert is_asked(name) is asked


def test_a_letter_without_an_addressee_says_who_may_be_meant_and_leaves_the_line_blank(lang: str) -> None:
    words = words_of(pack.one(PLAN, "Sở Thông tin và Truyền thông", "assign"))
    assert f"{labels.t('decree.to')} {office.BLANK}" in words
    said = [line for line in words if "Sở Thông tin và Truyền thông" in line and "Sở Khoa học và Công nghệ" in line]
    assert len(said) == 1 and "Sở Văn hóa, Thể thao và Du lịch" in said[0]
    assert labels.t("letters.annex", office=office.BLANK).upper() in words


@pytest.mark.parametrize(
    ("bearing", "end", "when"),
    [
        ("dated", datetime.date(2026, 11, 28), "passed"),
        ("dated", datetime.date(2026, 11, 29), "soon"),
        ("dated", datetime.date(2026, 12, 29), "soon"),
        ("dated", datetime.date(2026, 12, 30), "later"),
        ("dated", None, "later"),
        ("rhythm", None, "rhythm"),
        ("worded", None, "worded"),
        ("undated", None, "undated"),
    ],
)
def test_a_time_has_passed_is_near_or_is_still_to_come(
    shipped: None, bearing: str, end: datetime.date | None, when: str
) -> None:
    item = replace(to("Sở Nội vụ").items[0], bearing=bearing, end=end)
    assert papers.when(item, datetime.date(2026, 11, 29)) == when


def test_a_letter_that_urges_claims_no_result(shipped: None) -> None:
    said = " ".join(words_of(pack.one(PLAN, "Sở Nội vụ", "remind")))
    assert "thời hạn đã qua" in said and "kết quả thực hiện do cơ quan được giao báo cáo" in said
    assert not any(word_ in said for word_ in ("chậm", "chưa hoàn thành", "quá hạn"))


def test_a_submission_lists_every_office_and_what_has_to_be_decided(lang: str) -> None:
    made = pack.submission(PLAN)
    every, _ = addressees.addressees(PLAN)
    words = words_of(made)
    for one in every:
        assert "; ".join(map(name_of, one.agencies)) in words
        assert (one.basis in " ".join(words)) and all(choice in " ".join(words) for choice in one.choices)
    assert labels.t("letters.open", n=3) in words


@pytest.mark.parametrize(
    ("plan_id", "n", "tasks", "unlisted", "line"),
    [("soc-trang-so-tai-chinh-2022", 26, 28, 26, 139), ("binh-dinh-2022", 43, 92, 42, 175)],
)
def test_a_submission_says_how_many_tasks_it_gives_to_nobody(
    lang: str, plan_id: str, n: int, tasks: int, unlisted: int, line: int
) -> None:
    words = " ".join(words_of(pack.submission(plan_id)))
    assert labels.t("letters.leaderless", n=n, tasks=tasks) in words
    assert labels.t("letters.unlisted", n=unlisted) in words
    (general,) = data.handed((plan_id,), 9)
    assert general.first_line == line and general.quote in words
    assert handed.said((plan_id,), True) in words and str(line) not in handed.said((plan_id,), True)
    assert str(line) in handed.said((plan_id,)) and handed.said((PLAN,)) == ""
    # of several plans only the places are told
    assert str(line) in handed.said((PLAN, plan_id)) and general.quote not in handed.said((PLAN, plan_id))


def test_a_submission_of_a_plan_whose_tasks_all_have_a_lead_says_nothing_of_it(lang: str) -> None:
    start = labels.t("letters.leaderless", n=0, tasks=82).partition("82")[2]
    assert handed.without_lead(PLAN) == [] and start not in " ".join(words_of(pack.submission(PLAN)))


def test_a_submission_says_that_the_sender_itself_has_tasks(lang: str) -> None:
    with office.wearing(Office(name="Sở Nội vụ")):
        words, (_, left) = words_of(pack.submission(PLAN)), addressees.addressees(PLAN)
    (own,) = [one for one in left if one.why == "own"]
    assert labels.t("letters.of_own", names=name_of("Sở Nội vụ"), n=own.n) in words


# All at once.


@pytest.mark.parametrize("kind", ["assign", "remind"])
def test_the_archive_has_a_letter_for_each_office_and_a_row_in_the_workbook(lang: str, kind: str) -> None:
    told: list[tuple[int, int, str]] = []
    archive = zipfile.ZipFile(io.BytesIO(pack.zipped(PLAN, kind, lambda *said: told.append(said))))
    every, left = addressees.addressees(PLAN)
    assert told == [(at, len(every), one.name) for at, one in enumerate(every, 1)]
    *letters, book = archive.namelist()
    assert letters == pack.names_of(every) and len(set(letters)) == len(letters)
    sheets = openpyxl.load_workbook(io.BytesIO(archive.read(book)))
    rows = {
        name: [dict(zip(head, row)) for row in rest]
        for name in sheets.sheetnames[:2]
        for head, *rest in [list(sheets[name].iter_rows(values_only=True))]
    }
    column = {name: labels.t(f"letters.column.{name}") for name in ("to", "named", "n", "last", "file", "lead")}
    sent, still_open = rows[labels.t("letters.sheet.to")], rows[labels.t("letters.sheet.open")]
    for row, one in zip(sent, (one for one in every if one.office), strict=True):
        assert (row[column["to"]], row[column["named"]], row[column["n"]]) == (
            name_of(one.office),
            "; ".join(map(name_of, one.agencies)),
            len(one.items),
        )
        assert row[column["lead"]] == sum(item.part == "lead" for item in one.items)
        last = row[column["last"]]
        assert (last.date() if last else None) == papers.latest(one.items)
        assert one.office in " ".join(words_of(archive.read(row[column["file"]])))
    assert [row[column["named"]] for row in still_open] == [
        *(name_of(one.agencies[0]) for one in every if not one.office),
        *(name_of(one.agency) for one in left),
    ]


def test_the_files_of_names_that_begin_alike_are_two(shipped: None) -> None:
    found = to("Sở Nội vụ")
    names = pack.names_of([replace(found, office=LONG + end) for end in ("một", "hai")])
    assert len(set(names)) == 2 and all(len(name) < 60 for name in names)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that gives one office 300 tasks, another one, and a third with a name of 300 letters some; and one plan
    that gives nobody anything.
    """
    file = tmp_path_factory.mktemp("letters") / "odd.duckdb"
    with small.database(file) as insert:
        small.dimensions(insert)
        for plan in ("nhieu", "khong"):
            small.plan(insert, plan, title="Nâng cao <b>", year=2022, issuer="UBND tỉnh X")
        for name in ("Sở Nhiều", "Sở Ít", LONG.strip()):
            small.agency(insert, name)
        for at in range(1, 303):
            unit = small.unit(
                insert, "nhieu", at, dim=1, matched_dim=1, dim_basis="declared", text=f"Việc {at} =1+1 \x0b<w:p/>"
            )
            small.part(insert, unit, "Sở Nhiều" if at <= 300 else "Sở Ít" if at == 301 else LONG.strip())
    return file


@pytest.mark.parametrize(
    "profile", [Office(), Office(name=f"Cơ quan {LONG}", above=LONG, place=LONG, signer=LONG, signature=(LONG,) * 3)]
)
@pytest.mark.parametrize("kind", ["assign", "remind"])
def test_many_tasks_one_task_and_a_long_name_make_files_without_an_error_of_schema(
    odd: Path, tmp_path: Path, profile: Office, kind: str
) -> None:
    with small.shown(odd), office.wearing(profile):
        made = dict(pack.every("nhieu", kind)) | {"submission.docx": pack.submission("nhieu")}
        assert pack.zipped("khong", kind)
    assert len(made) == 5
    for name, content in made.items():
        file = tmp_path / name
        file.write_bytes(content)
        assert [str(error) for error in openxml_audit.OpenXmlValidator().validate(file).errors] == [], name
    many = next(words_of(content) for name, content in made.items() if "so-nhieu" in name)
    assert [line for line in many if line.startswith("Việc ")][-1] == plain.text("Việc 300 =1+1 <w:p/>")


def test_all_letters_take_at_most_fifteen_times_what_an_empty_file_takes(shipped: None) -> None:
    empty = "import time; t = time.process_time(); import docx, io; docx.Document().save(io.BytesIO()); print(time.process_time() - t)"
    least = min(
        float(subprocess.run([sys.executable, "-c", empty], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    pack.zipped(PLAN, "assign")
    took = []
    for _ in range(2):
        before = time.process_time()
        pack.zipped(PLAN, "assign")
        took.append(time.process_time() - before)
    assert min(took) <= 15 * least


# The office's own clothes.


FULL = """
name = "Ủy ban nhân dân tỉnh An Khê"
above = "-"
place = "An Khê"
signature = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
"""


def test_a_profile_is_read_and_says_what_is_blank(shipped: None, tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text("\ufeff" + FULL, encoding="utf-8")
    found = office.read(file)
    assert (found.name, found.is_under, found.signature) == (
        "Ủy ban nhân dân tỉnh An Khê",
        False,
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )
    assert found.missing() == [
        labels.t(f"profile.{field}") for field in ("short", "drafter", "signer", "recipients", "submit_to")
    ]


def test_the_file_that_is_shipped_is_blank_and_a_kept_one_reads_the_same(shipped: None, tmp_path: Path) -> None:
    assert office.read(office.FILE) == Office()
    filled = Office(name='Sở "Nội vụ" \\ A', recipients=("Một", "Hai"), signer="B")
    (tmp_path / "x.toml").write_text(office.toml(filled), encoding="utf-8")
    assert office.read(tmp_path / "x.toml") == filled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nane = "x"', "không có mục “nane”. Có: name"),
        ("name = 3", "mục “name” phải là chữ"),
        ('signature = "x"', "mục “signature” phải là chữ"),
        ("name = ", "không đọc được như tệp TOML"),
        ('logo = "khong.png"', "Không có tệp"),
        ('logo = "office.toml"', "logo phải là ảnh PNG hoặc JPEG"),
    ],
)
def test_a_profile_that_is_wrong_is_told_before_the_work(
    shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture, text: str, said: str
) -> None:
    file = tmp_path / "office.toml"
    file.write_text(text, encoding="utf-8")
    asked = [
        "letters",
        "--plan",
        PLAN,
        "--kind",
        "assign",
        "--all",
        "--to",
        str(tmp_path / "x.zip"),
        "--office",
        str(file),
    ]
    assert main(asked) == 2
    told = capsys.readouterr().err
    assert said in told and "Đang soạn" not in told and not (tmp_path / "x.zip").exists()


def test_what_a_profile_leaves_blank_is_a_marked_blank(lang: str) -> None:
    made = docx.Document(io.BytesIO(pack.one(PLAN, "Sở Nội vụ", "assign")))
    runs = [run for run in made.element.body.iter(qn("w:r")) if "………" in "".join(t.text for t in run.iter(qn("w:t")))]
    assert len(runs) > 8 and all(run.find(f".//{qn('w:highlight')}") is not None for run in runs)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """An office's own Word file: its letters are Arial, one heading is called otherwise, and it holds a text."""
    made = docx.Document()
    made.styles["Normal"].font.name, made.styles["Heading 1"].font.size = "Arial", docx.shared.Pt(20)
    made.add_paragraph("Bí mật của cơ quan")
    made.styles.element.remove(made.styles["Heading 2"].element)
    made.save(str(tmp_path / "mau.docx"))
    return tmp_path / "mau.docx"


def test_a_template_gives_its_styles_and_nothing_else_and_lacks_what_it_lacks(
    shipped: None, tmp_path: Path, template: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "x.docx"
    asked = ["letters", "--plan", PLAN, "--kind", "submit", "--to", str(file), "--template", str(template)]
    assert main(asked) == 0
    assert "tệp mẫu không có kiểu Heading 2" in capsys.readouterr().err
    made = docx.Document(str(file))
    assert made.styles["Normal"].font.name == "Arial" and made.styles["Heading 1"].font.size.pt == 20
    assert made.styles["Heading 1"].element.pPr.numPr.numId.val == 90 and made.styles["Heading 2"].font.bold
    assert not any("Bí mật" in line for line in words_of(file.read_bytes()))
    assert round(made.sections[0].left_margin.mm) == 30
    assert [str(error) for error in openxml_audit.OpenXmlValidator().validate(file).errors] == []


@pytest.mark.parametrize(
    ("name", "content"), [("x.docx", b"PK"), ("x.docx", b""), ("x.odt", b""), ("x.pptx", b"khong phai"), (None, b"")]
)
def test_a_template_that_is_none_is_told_before_the_work(
    shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture, name: str | None, content: bytes
) -> None:
    file = tmp_path / (name or "khong-co.docx")
    if name:
        file.write_bytes(content)
    asked = ["letters", "--plan", PLAN, "--kind", "submit", "--to", str(tmp_path / "y.docx"), "--template", str(file)]
    assert main(asked) == 2
    assert file.name in capsys.readouterr().err and not (tmp_path / "y.docx").exists()


# The command.


def test_all_letters_go_into_a_folder_and_each_is_told(
    shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    asked = ["letters", "--plan", "nam-khanh-2020", "--kind", "assign", "--all", "--to", str(tmp_path / "cong-van")]
    assert main(asked) == 0
    told = capsys.readouterr().err.splitlines()
    made = sorted(one.name for one in (tmp_path / "cong-van").iterdir())
    assert len(made) == len(told) + 1 == addressees.how_many("nam-khanh-2020")[0] + 1
    assert told[0].startswith("Đang soạn 1/") and made[-1] == "danh-sach-gui.xlsx"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--kind", "assign", "--agency", "Sở Nội Vụ tỉnh", "--to", "x.docx"],
            "Tên gần nhất trong kế hoạch: Sở Nội vụ",
        ),
        (["--kind", "assign", "--agency", "cac so ban nganh", "--to", "x.docx"], "không có công văn riêng"),
        (["--kind", "assign", "--agency", "Sở Nội vụ", "--to", "x.zip"], "cần đuôi tệp docx"),
        (["--kind", "assign", "--all", "--to", "x.docx"], "cần đuôi tệp zip"),
        (["--kind", "assign", "--to", "x.zip"], "--agency"),
        (["--kind", "submit", "--agency", "Sở Nội vụ", "--to", "x.docx"], "bỏ --agency"),
        (["--kind", "assign", "--all", "--to", "khong/x.zip"], "Không ghi được vào khong"),
        (["--kind", "assign", "--all", "--to", "/proc/x.zip"], "Không ghi được vào /proc"),
        (["--kind", "submit", "--to", "."], "là một thư mục"),
    ],
)
def test_what_cannot_be_made_is_said_before_the_work(
    refused: Callable[[list[str]], str], arguments: list[str], said: str
) -> None:
    told = refused(["letters", "--plan", PLAN, *arguments])
    assert said in told and "Đang soạn" not in told


def test_a_checklist_says_to_whom_results_are_reported(shipped: None) -> None:
    with office.wearing(Office(name="Sở Nội vụ")):
        words = words_of(checklist.make(PLAN, "Sở Y tế", "docx", "vi"))
    assert "Nơi giao việc và nhận báo cáo kết quả: Sở Nội vụ." in words


def test_a_template_is_read_by_the_names_of_its_styles(shipped: None, template: Path) -> None:
    assert word.missing_styles(template) == ["Heading 2"]
