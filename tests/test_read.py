"""read: any text gives blocks, or one sentence that says why not, where, and what to do."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from etl import about
from etl.model import Unread
from etl.read import charset, read, txt


def blocks_of(text: str) -> list:
    return list(txt.blocks(text.encode(), "ke-hoach.txt"))


@pytest.mark.parametrize(
    ("line", "text", "level", "bold"),
    [
        ("**1. Mục đích**", "1. Mục đích", 0, True),
        ("## **II. NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN**", "II. NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN", 2, True),
        (
            "## 6. Đối với nội dung “Cung ứng dịch vụ hành chính công”",
            "6. Đối với nội dung “Cung ứng dịch vụ hành chính công”",
            2,
            False,
        ),
        (
            "tại cơ quan, đơn vị (*gửi Sở Nội vụ trước ngày 31/03/2020*).",
            "tại cơ quan, đơn vị (gửi Sở Nội vụ trước ngày 31/03/2020).",
            0,
            False,
        ),
        ("- CV: HCTC<sup>Điều</sup>; KSTTHC;", "- CV: HCTC Điều ; KSTTHC;", 0, False),
        ("(*) Tính theo *năm* (**dương lịch**)", "(*) Tính theo năm (dương lịch)", 0, False),
        ("tỷ lệ < 5 % và > 3 %", "tỷ lệ < 5 % và > 3 %", 0, False),
    ],
)
def test_markup_goes_and_words_stay(line: str, text: str, level: int, bold: bool) -> None:
    (block,) = blocks_of(line)
    assert (block.text, block.level, block.bold) == (text, level, bold)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "2.2\tDanh sách hộ nghèo\t<p>a) Dân chủ</p> <p>b) Niêm yết</p>\tUBND cấp xã",
            ("2.2", "Danh sách hộ nghèo", "a) Dân chủ\nb) Niêm yết", "UBND cấp xã"),
        ),
        ("\t\tb) Đa dạng (<i>loa</i>)\t\t", ("", "", "b) Đa dạng ( loa )", "", "")),
        ("| 1 | Nhiệm vụ | Sở Nội vụ |", ("1", "Nhiệm vụ", "Sở Nội vụ")),
    ],
)
def test_a_row_has_its_cells_and_empty_ones_stay(line: str, cells: tuple[str, ...]) -> None:
    assert blocks_of(line)[0].cells == cells


HEAD = "TT | Công việc | Đơn vị chủ trì | Thời hạn\n"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("I.\tNHIỆM VỤ\n1.\tRà soát hồ sơ.\n-\tMở lớp.\n\t\uf0b7\tSửa loa.\no\tVá đường.", ["I. NHIỆM VỤ", "1. Rà soát hồ sơ.", "- Mở lớp.", "\uf0b7 Sửa loa.", "o Vá đường."]),
        ("\tCăn cứ Luật Đất đai;\n\t\tGIÁM ĐỐC\nThông báo giá.\t", ["Căn cứ Luật Đất đai;", "GIÁM ĐỐC", "Thông báo giá."]),
        ("UBND TỈNH X\tCỘNG HÒA XÃ HỘI", [("UBND TỈNH X", "CỘNG HÒA XÃ HỘI")]),
        # what stands below a head is a row, and an item after an empty line is none
        ("TT\tNhiệm vụ\tChủ trì\n1.\tMở lớp\n\n2.\tTHỰC HIỆN", [("TT", "Nhiệm vụ", "Chủ trì"), ("1.", "Mở lớp"), "2. THỰC HIỆN"]),
        (HEAD + "---|---|---|---\n1 | Mở lớp | Sở Y tế | Quý I", [tuple(HEAD.strip().split(" | ")), ("",) * 4, ("1", "Mở lớp", "Sở Y tế", "Quý I")]),
        ("Trang chủ | Tin tức | Liên hệ", ["Trang chủ | Tin tức | Liên hệ"]),
    ],
)  # fmt: skip
def test_tabs_and_bars_part_cells_only_in_a_table(text: str, rows: list) -> None:
    assert [block.cells or block.text for block in blocks_of(text)] == rows


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("KẾ HOẠCH\nKẾ HOẠCH\nI. NHIỆM VỤ\nI. NHIỆM VỤ\n- Sửa loa.", [(1, 2), (3, 4), (5, 5)]),
        # one line alone is a slip, what is apart is meant, and rows are never one
        ("- Sửa loa.\n- Sửa loa.\n- Vá đường.", [(1, 1), (2, 2), (3, 3)]),
        ("- Sửa loa.\n\n- Sửa loa.\n\n- Vá đường.\n\n- Vá đường.", [(1, 1), (3, 3), (5, 5), (7, 7)]),
        ("|1|a|\n|1|a|\n|2|b|\n|2|b|", [(1, 1), (2, 2), (3, 3), (4, 4)]),
    ],
)
def test_lines_that_were_printed_twice_stand_once(text: str, lines: list[tuple[int, int]]) -> None:
    assert [(block.first_line, block.last_line) for block in blocks_of(text)] == lines


@pytest.mark.parametrize(
    ("text", "sentence", "asides"),
    [
        ("1. Mở lớp ở các bản[^1], xong trong năm.\n[^1]: Gồm bản A và bản B.", "1. Mở lớp ở các bản, xong trong năm.", 1),
        ("1. Mở lớp ở các bản [1].\n2. Thôi.\n[1] Gồm bản A và bản B.", "1. Mở lớp ở các bản.", 1),
        # with the line that is ruled over them
        ("1. Mở lớp [1] ở các bản.\n\n______\n[1] Gồm bản A.", "1. Mở lớp ở các bản.", 2),
        ("1. Mở lớp ở các bản¹, rộng 50 m².\n¹ Gồm bản A và bản B.", "1. Mở lớp ở các bản, rộng 50 m².", 1),
        ("1. Mở lớp ở các bản(*), xong trong năm.\n(*) Gồm bản A và bản B.", "1. Mở lớp ở các bản, xong trong năm.", 1),
        ("1. Mở lớp ở các bản.\n(*) Gồm bản A và bản B.", "1. Mở lớp ở các bản.", 1),
        ("1. Mở lớp ở các bản(*).\n- (*): gồm bản A;", "1. Mở lớp ở các bản.", 1),
        ("1. Mở lớp ở các bản1, xong năm 2021.\n_____\n1 Gồm bản A và bản B.", "1. Mở lớp ở các bản, xong năm 2021.", 2),
        ("1. Mở lớp ở các bản2.\n2. Thôi.\n—————\n2. Gồm bản A và bản B.", "1. Mở lớp ở các bản.", 2),
        # a foot is what stands beside the number of each page
        ("1. Mở lớp ở các bản.\nKH PAPI - xã A\nTrang 1/2\n2. Thôi.\nKH PAPI - xã A\nTrang 2/2", "1. Mở lớp ở các bản.", 2),
        ("1. Mở lớp ở các bản.\nDo xã làm.\n- 1 -\n2. Thôi.\nDo xã làm.", "1. Mở lớp ở các bản.", 0),
        ("1. Mở lớp ở các bản.\n_____\n1 Gồm bản A và bản B.", "1. Mở lớp ở các bản.", 0),
        # a mark that no sentence bears notes nothing, and one that no note has stays
        ("1. Mở lớp ở các bản.\n[1] Gồm bản A và bản B.", "1. Mở lớp ở các bản.", 0),
        ("1. Rào hố rác rộng 50 m², theo mẫu [2].", "1. Rào hố rác rộng 50 m², theo mẫu [2].", 0),
    ],
)  # fmt: skip
def test_notes_at_the_foot_stand_aside_and_their_marks_in_no_sentence(
    tmp_path: Path, text: str, sentence: str, asides: int
) -> None:
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    blocks = read(tmp_path / "x.txt")
    assert blocks[0].text == sentence and sum(block.is_aside for block in blocks) == asides


@pytest.mark.parametrize(
    ("above", "below", "is_one"),
    [
        ("a) Mời người dân các xóm dự họp, ít nhất", "1.200 người một năm.", True),
        ("a) Vá đường liên xóm bằng quỹ của năm", "2023. Đường mới rộng hơn.", True),
        ("a) Treo loa ở nhà văn hóa của các thôn", "2, 4 và 7 trước mùa mưa.", True),
        ("a) Công khai quỹ làm đường giai đoạn 2018", "- 2020 tại nhà văn hóa xóm.", True),
        ("a) Họp dân ở nhà văn hóa xóm hằng năm", "2020. Đường mới rộng hơn.", False),
        ("a) Treo loa ở nhà văn hóa của các thôn", "2. Vá đường liên xóm.", False),
        ("a) Treo loa ở nhà văn hóa của các thôn", "1.2 Vá đường liên xóm.", False),
        ("a) Treo loa ở nhà văn hóa trong năm 2018", "- Vá đường liên xóm.", False),
    ],
)
def test_a_number_is_not_cut_off_the_word_that_counts_by_it(above: str, below: str, is_one: bool) -> None:
    assert [block.goes_on for block in blocks_of(f"{above}\n{below}")] == [False, is_one]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("K Ế  H O Ạ C H", "KẾ HOẠCH"),
        ("C H Ỉ T H Ị", "CHỈ THỊ"),
        ("Q u y ế t   đ ị n h", "Quyết định"),
        ("A B C D E G", "A B C D E G"),
    ],
)
def test_a_heading_whose_letters_stand_apart_is_read_together(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.txt").write_text(f"{text}\nNâng cao Chỉ số PAPI", encoding="utf-8")
    assert read(tmp_path / "x.txt")[0].text == said


def test_every_non_blank_line_is_in_one_block_with_its_own_number() -> None:
    text = "\n\nKẾ HOẠCH\r\n\n \nI. MỤC ĐÍCH\n\f\n1\tviệc\t\n"
    assert [(b.first_line, b.text) for b in blocks_of(text)] == [(3, "KẾ HOẠCH"), (6, "I. MỤC ĐÍCH"), (8, "1 việc")]
    old = text.replace("\r", "").replace("\n", "\r")
    assert [(b.first_line, b.text) for b in blocks_of(old)] == [(b.first_line, b.text) for b in blocks_of(text)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Kế hoạch của Ủy ban nhân dân".encode("utf-16"), None),
        ("Kế hoạch của Ủy ban nhân dân tỉnh về nâng cao Chỉ số PAPI".encode("utf-16-le"), None),
        (b"K\xd5 ho\xb9ch c\xf1a \xf1y ban nh\xa9n d\xa9n", "TCVN3"),
        (b"K\xea\xec hoa\xf2ch cu\xd2a U\xd2y ban nh\xe2n d\xe2n", "Windows-1258"),
    ],
)
def test_a_plan_in_an_older_code_is_read_and_an_assumed_code_is_said(content: bytes, code: str | None) -> None:
    block, *_ = txt.blocks(content, "ke-hoach.txt")
    assert "ủy ban nhân dân" in block.text.lower() and "hoạch" in block.text
    assert block.note == (f"charset_assumed {code}" if code else "")


def test_capitals_of_tcvn3_are_capitals_again() -> None:
    assert (
        charset.decode(b"K\xd5 HO\xb9CH C\xf1A \xf1Y BAN NH\xa9N D\xa9N\nc\xe9ng h\xdfa")[0]
        == "KẾ HOẠCH CỦA ỦY BAN NHÂN DÂN\ncộng hòa"
    )


def test_letters_with_their_marks_apart_become_one() -> None:
    (block,) = blocks_of(unicodedata.normalize("NFD", "Ủy ban nhân dân xã"))
    assert block.text == "Ủy ban nhân dân xã"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("trong.txt", b"", ("trong.txt", "trống")),
        ("trong.txt", b" \n\n\t\n", ("trong.txt", "trống")),
        ("latin.txt", "I. MỤC ĐÍCH\nNâng".encode() + b"\xe0\xff\n", ("latin.txt", "dòng 2", "UTF-8")),
        ("hinh.txt", b"abc\n\x00\x01", ("hinh.txt", "dòng 2", "nhị phân")),
        ("cu.doc", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), ("cu.doc", "hỏng")),
        ("bang.xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), ("bang.xls", ".xlsx")),
        ("khoa.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), ("khoa.docx", "mật khẩu")),
        ("trong.rtf", b"{\\rtf1\\ansi", ("trong.rtf", "tệp trống")),
        ("anh.docx", b"\x89PNG\r\n\x1a\n", ("anh.docx", "ảnh")),
        ("hong.docx", b"PK\3\4" + b"x" * 300, ("hong.docx", "hỏng")),
        ("nen.docx", b"Rar!\x1a\7\0", ("nen.docx", "nén")),
        (
            "chep.txt",
            ("KE HO4CH N6ng cao Chi s6 PAPI. Phdng N6i vu ki6m tra viQc h-op th6n. " * 3).encode(),
            ("chep.txt", "nhận dạng"),
        ),
        (
            "chep.html",
            ("<p>C6ng khai thu chi ngdn s6ch xd; gi6i quy6t don thu cua ngudi ddn dring h4n.</p>" * 3).encode(),
            ("chep.html", "nhận dạng"),
        ),
    ],
)
def test_what_cannot_be_read_gets_one_sentence_in_both_languages(
    tmp_path: Path, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Unread) as reason:
        read(file)
    assert all(word in reason.value.vi for word in words), reason.value.vi
    assert name in reason.value.en and "\n" not in reason.value.vi + reason.value.en


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("- Rà lại số giường bệnh ở từng trạm, lập bảng gửi\nSở Y tế xem xét các thôn xa trong danh mục đầu tư của\nĐề án.\n\n- Sửa loa.", [2, 3]),
        ("1. Mở thêm phòng khám ở vùng sâu, vùng xa, phối hợp với\nBộ đội Biên phòng tỉnh khám bệnh.", [2]),
        ("1. Khắc phục những hạn chế, tồn tại\nSở Y tế khám bệnh ở vùng sâu, vùng xa.", []),
        ("1. Mở phòng khám ở vùng sâu, vùng xa.\n2. Sửa loa\nSở Y tế khám bệnh.", []),
        (
            "2. Công khai, minh bạch trong việc ra quyết định ở địa phương\nSở Tư pháp sửa biểu mẫu.\n3. Mở phòng khám ở vùng sâu, vùng xa, cùng phối hợp với\nBộ đội Biên phòng tỉnh.",
            [4],
        ),
    ],
)  # fmt: skip
def test_a_line_goes_on_with_one_that_stops_in_a_sentence(text: str, goes_on: list[int]) -> None:
    assert [block.first_line for block in blocks_of(text) if block.goes_on] == goes_on


def test_a_missing_file_is_said() -> None:
    with pytest.raises(Unread, match="khong-co.txt"):
        read(Path("khong-co.txt"))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "Số: 29 /KH-UBND\n\nHưng Yên, ngày 27 tháng 02 năm 2020\n\nKẾ HOẠCH\nNâng cao Chỉ số PAPI\ntỉnh Hưng Yên năm 2020\n\nThực hiện Chỉ thị số 06/CT-CTUBND ngày 17/5/2019, Ủy ban nhân dân tỉnh Hưng Yên ban hành Kế hoạch như sau:",
            ("province", "UBND tỉnh Hưng Yên", "Hưng Yên", "29/KH-UBND", "2020-02-27", 2020),
        ),
        (
            "Số: /KH-UBND\n\nNậm Khánh, ngày 4 tháng 06 năm 2020\n\nKẾ HOẠCH\n\nCải thiện Chỉ số PAPI xã Nậm Khánh năm 2020\n\nThực hiện Kế hoạch số 121/KH-UBND của UBND huyện Bắc Hà; UBND xã Nậm Khánh xây dựng kế hoạch, tỉnh Lào Cai",
            ("commune", "UBND xã Nậm Khánh", "Lào Cai", None, "2020-06-04", 2020),
        ),
        (
            "KẾ HOẠCH\n\nCải thiện Chỉ số PAPI năm 2022\n\nCăn cứ Nghị quyết số 10-NQ/TU của Tỉnh ủy tỉnh Sóc Trăng;\n\nSở Tài chính xây dựng kế hoạch thực hiện như sau:",
            ("department", "Sở Tài chính", "Sóc Trăng", None, None, 2022),
        ),
    ],
)
def test_a_plan_in_no_listing_is_described_by_its_own_first_page(page: str, said: tuple) -> None:
    plan = about.describe(about.unlisted(Path("ke-hoach.txt")), blocks_of(page + "\n\nI. MỤC ĐÍCH\n"))
    assert (plan.level, plan.issuer, plan.province, plan.number, plan.issued, plan.year) == said
