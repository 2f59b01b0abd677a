"""PDF files: paragraphs and tables over pages, what stands aside, pages whose letters cannot be used."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable
from functools import cache

import pypdfium2
import pytest
from PIL import Image

from benchmarks.formats import Paper
from etl.model import Block, Unread
from etl.read import ocr, pdf
from etl.text import fold


@pytest.fixture(autouse=True)
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are pictures are left out here; tests/test_ocr.py reads them."""
    monkeypatch.setattr(ocr, "program", lambda: None)


def paper(write, pages: int = 1) -> bytes:
    """A PDF without running heads; `write(paper, page)` fills each page."""
    made = Paper(is_plain=True)
    for page in range(pages):
        if page:
            made.add_page()
        write(made, page)
    return bytes(made.output())


def blocks_of_pdf(write, pages: int = 1) -> list[Block]:
    return list(pdf.blocks(paper(write, pages), "ke-hoach.pdf"))


def at(made: Paper, x: float, y: float, words: str, size: int = 12, bold: bool = False) -> None:
    made.set_font("serif", "B" if bold else "", size)
    made.text(x, y, words)


def box(made: Paper, x: float, y: float, width: float, height: float, *lines: str) -> None:
    made.rect(x, y, width, height)
    for number, line in enumerate(lines):
        at(made, x + 1.5, y + 5 + 4.5 * number, line, 9)


def test_lines_are_joined_where_the_next_word_would_not_have_fitted() -> None:
    def write(made: Paper, page: int) -> None:
        for number, line in enumerate(
            (
                "- Tuyên truyền, phổ biến quyền, nghĩa vụ của công dân đến từng hộ",
                "gia đình; giai đoạn 2021",
                "- Niêm yết công khai.",
                "MỘT ĐỀ MỤC",
                "Đoạn khác.",
            )
        ):
            at(made, 30, 40 + 7 * number, line, bold=line.isupper())

    assert [(block.text, block.bold) for block in blocks_of_pdf(write)] == [
        ("- Tuyên truyền, phổ biến quyền, nghĩa vụ của công dân đến từng hộ gia đình; giai đoạn 2021", False),
        ("- Niêm yết công khai.", False),
        ("MỘT ĐỀ MỤC", True),
        ("Đoạn khác.", False),
    ]


def test_a_list_that_hangs_keeps_its_marks_and_its_lines() -> None:
    def write(made: Paper, page: int) -> None:
        lines = [
            ("IV.", 55, "NHIỆM VỤ CỦA XÃ"),
            ("-", 42, "Tuyên truyền quyền và nghĩa vụ của công dân đến từng hộ, xong"),
            (None, 42, "trước ngày 15/4/2026."),
            ("1.", 42, "Bà Phạm Thu Ngân, Phó Chủ tịch: phụ trách các nội dung số 6, 7,"),
            (None, 42, "8."),
            ("2.", 42, "Ông Vi Tiến Dũng, Chủ tịch: phụ trách nội dung 1."),
        ]
        for number, (mark, x, words) in enumerate(lines):
            at(made, x, 40 + 7 * number, words)
            if mark:
                at(made, 36, 40 + 7 * number, mark)

    assert [block.text for block in blocks_of_pdf(write)] == [
        "IV. NHIỆM VỤ CỦA XÃ",
        "- Tuyên truyền quyền và nghĩa vụ của công dân đến từng hộ, xong trước ngày 15/4/2026.",
        "1. Bà Phạm Thu Ngân, Phó Chủ tịch: phụ trách các nội dung số 6, 7, 8.",
        "2. Ông Vi Tiến Dũng, Chủ tịch: phụ trách nội dung 1.",
    ]


def test_a_paragraph_goes_on_over_the_page_and_what_runs_along_is_aside() -> None:
    full = "- Tuyên truyền, phổ biến quyền, nghĩa vụ của công dân đến từng hộ"

    def write(made: Paper, page: int) -> None:
        at(made, 30, 12, f"Kế hoạch PAPI, bản {page}", 9)
        at(made, 100, 290, f"{page + 1}/2", 9)
        at(made, 30, *((270, full) if not page else (30, "gia đình ở các thôn, bản.")))

    found = blocks_of_pdf(write, 2)
    assert [(block.text, block.place) for block in found if not block.is_aside] == [
        (f"{full} gia đình ở các thôn, bản.", "page:1/paragraph:1")
    ]
    assert sorted(block.text for block in found if block.is_aside) == [
        "1/2",
        "2/2",
        "Kế hoạch PAPI, bản 0",
        "Kế hoạch PAPI, bản 1",
    ]


def test_a_letterhead_of_two_columns_gives_its_lines_one_by_one() -> None:
    def write(made: Paper, page: int) -> None:
        at(made, 30, 30, "UBND TỈNH")
        at(made, 100, 30, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        at(made, 30, 37, "Số: 12/KH-UBND")
        at(made, 100, 37, "Phú Yên, ngày 5 tháng 3 năm 2026")

    assert [block.text for block in blocks_of_pdf(write)] == [
        "UBND TỈNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/KH-UBND",
        "Phú Yên, ngày 5 tháng 3 năm 2026",
    ]


def test_a_table_goes_on_over_the_page_with_its_head_again_and_a_row_that_was_cut() -> None:
    def write(made: Paper, page: int) -> None:
        top = 240 if not page else 30
        for x, width, words in ((30, 12, "STT"), (42, 70, "Nhiệm vụ"), (112, 40, "Chủ trì")):
            box(made, x, top, width, 8, words)
        if not page:
            box(made, 30, top + 8, 12, 18, "1")
            box(made, 42, top + 8, 70, 18, "Rà soát, niêm yết thủ tục hành chính tại", "trụ sở xã,")
            box(made, 112, top + 8, 40, 18, "Sở Nội vụ")
        else:
            for x, width, words in ((30, 12, ""), (42, 70, "phường và nhà văn hóa thôn."), (112, 40, "")):
                box(made, x, top + 8, width, 8, words)
            box(made, 30, top + 16, 12, 16, "2")
            box(made, 42, top + 16, 70, 8, "a) Công khai")
            box(made, 42, top + 24, 70, 8, "b) Đối thoại")
            box(made, 112, top + 16, 40, 16, "Sở Tư pháp")

    found = [block for block in blocks_of_pdf(write, 2) if block.cells]
    assert [block.cells for block in found if block.cells[0] != "STT"] == [
        ("1", "Rà soát, niêm yết thủ tục hành chính tại trụ sở xã, phường và nhà văn hóa thôn.", "Sở Nội vụ"),
        ("2", "a) Công khai", "Sở Tư pháp"),
        ("", "b) Đối thoại", ""),
    ]
    assert [block.place for block in found if block.cells[0] != "STT"] == [
        "page:1/table:1/row:2",
        "page:2/table:1/row:3",
        "page:2/table:1/row:4",
    ]


def test_a_list_in_a_cell_keeps_its_items_over_lines_and_pages_and_a_number_its_hyphen() -> None:
    def write(made: Paper, page: int) -> None:
        top = 230 if not page else 30
        for x, width, words in ((30, 12, "STT"), (42, 70, "Nhiệm vụ"), (112, 40, "Chủ trì")):
            box(made, x, top, width, 8, words)
        for x, width, lines in (
            (30, 12, [] if page else ["1"]),
            (42, 70, ["b) Hướng dẫn các phường."] if page else ["a) Công khai danh mục thông tin."]),
            (112, 40, [] if page else ["Sở Tư pháp"]),
        ):
            box(made, x, top + 8, width, 8, *lines)
        if page:
            box(made, 30, top + 16, 12, 20, "2")
            box(
                made, 42, top + 16, 70, 20, "- Niêm yết kết quả theo Quy định số 213-", "QĐ/TW", "- Bảo vệ người tố cáo"
            )
            box(made, 112, top + 16, 40, 20, "Thanh tra tỉnh")

    assert [block.cells for block in blocks_of_pdf(write, 2) if block.cells and block.cells[0] != "STT"] == [
        ("1", "a) Công khai danh mục thông tin.\nb) Hướng dẫn các phường.", "Sở Tư pháp"),
        ("2", "- Niêm yết kết quả theo Quy định số 213-QĐ/TW\n- Bảo vệ người tố cáo", "Thanh tra tỉnh"),
    ]


def a_picture(made: Paper, page: int) -> None:
    made.image(Image.new("RGB", (200, 200), "gray"), 30, 30, 100)


def test_a_page_that_is_only_a_picture_is_said() -> None:
    def write(made: Paper, page: int) -> None:
        at(made, 30, 40, "KẾ HOẠCH") if not page else a_picture(made, page)

    assert blocks_of_pdf(write, 2)[0].note == "page_without_text 2"


def locked() -> bytes:
    made = Paper()
    made.set_encryption(owner_password="a", user_password="b")
    at(made, 30, 40, "KẾ HOẠCH")
    return bytes(made.output())


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (lambda: paper(a_picture), "bản quét"),
        (locked, "mật khẩu"),
        (lambda: b"%PDF-1.4", "hỏng"),
        (lambda: paper(lambda made, page: at(made, 30, 40, "KẾ HOẠCH"))[:600], "hỏng"),
        (
            lambda: (
                b"%PDF-1.4\n1 0 obj\n<</Filter /FlateDecode /Length 9>>\nstream\n"
                + zlib.compress(b"(x) Tj " * 8_000_000)
                + b"\nendstream"
            ),
            "quá lớn",
        ),
    ],
)
def test_a_pdf_that_cannot_be_read_gets_one_sentence(content, word: str) -> None:
    with pytest.raises(Unread, match=word) as reason:
        list(pdf.blocks(content(), "ke-hoach.pdf"))
    assert "\n" not in reason.value.vi + reason.value.en


@cache
def large() -> bytes:
    """A page of 250 MB, packed once."""
    return zlib.compress(b"0 0 m 1 1 l S\n" * 18_000_000)


@pytest.mark.parametrize(
    ("code", "again"),
    [
        (b"/FlateDecode /FlateDecode", zlib.compress),
        (b"/ASCII85Decode /FlateDecode", lambda packed: base64.a85encode(packed) + b"~>"),
    ],
)
def test_a_stream_that_is_packed_in_two_ways_is_refused_before_anybody_unpacks_it(
    code: bytes, again: Callable[[bytes], bytes]
) -> None:
    content = b"%PDF-1.4\n1 0 obj\n<</Filter [" + code + b"]>>\nstream\n" + again(large()) + b"\nendstream"
    with pytest.raises(Unread, match="bung ra quá lớn"):
        list(pdf.blocks(content, "ke-hoach.pdf"))


# Letters.


def text_of(found: list[Block]) -> list[str]:
    return [block.text for block in found if not block.is_aside]


@pytest.mark.parametrize("times", [2, 3])
def test_letters_that_are_printed_again_a_hair_apart_are_read_once_and_are_bold(times: int) -> None:
    def write(made: Paper, page: int) -> None:
        for again in range(times):
            at(made, 30 + 0.15 * again, 40, "KẾ HOẠCH XOONG")
        at(made, 30, 47, "Niêm yết công khai.")

    assert [(block.text, block.bold) for block in blocks_of_pdf(write)] == [
        ("KẾ HOẠCH XOONG", True),
        ("Niêm yết công khai.", False),
    ]


def test_a_raised_number_is_written_as_one() -> None:
    def write(made: Paper, page: int) -> None:
        at(made, 30, 40, "Nhân rộng mô hình")
        at(made, 30.5 + made.get_string_width("Nhân rộng mô hình"), 38, "12", 7)

    assert text_of(blocks_of_pdf(write)) == ["Nhân rộng mô hình¹²"]


PROSE = (
    "- Tuyên truyền, phổ biến quyền, nghĩa vụ của công dân đến từng hộ",
    "gia đình ở các thôn, bản.",
    "- Niêm yết công khai danh sách hộ nghèo.",
)


def prose(made: Paper, page: int) -> None:
    for number, line in enumerate(PROSE):
        at(made, 30, 60 + 7 * number, line)


def sideways(angle: int):
    def write(made: Paper, page: int) -> None:
        with made.rotation(angle, 105, 148):
            prose(made, page)

    return write


def turned(content: bytes, angle: int) -> bytes:
    """The same file, whose page says that it is shown turned."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(content) as file:
        file[0].set_rotation(angle)
        file.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        *(paper(sideways(angle)) for angle in (0, 90, 180, 270)),
        *(turned(paper(sideways(angle)), angle) for angle in (90, 270)),
        turned(paper(prose), 90),
    ],
)
def test_a_page_lies_as_most_of_its_letters_do(content: bytes) -> None:
    assert text_of(list(pdf.blocks(content, "ke-hoach.pdf"))) == [f"{PROSE[0]} {PROSE[1]}", PROSE[2]]


def test_a_head_that_stands_upright_is_read_and_a_slanted_word_over_the_page_is_aside() -> None:
    def write(made: Paper, page: int) -> None:
        for x, width, words in ((42, 70, "Nhiệm vụ"), (112, 40, "Chủ trì")):
            box(made, x, 40, width, 24, words)
        made.rect(30, 40, 12, 24)
        with made.rotation(90, 37, 62):
            at(made, 37, 62, "Thứ tự", 9)
        for x, width, words in ((30, 12, "1"), (42, 70, "Rà soát thủ tục hành chính"), (112, 40, "Sở Nội vụ")):
            box(made, x, 64, width, 8, words)
        with made.rotation(45, 100, 150):
            at(made, 100, 150, "DỰ THẢO", 40)

    found = blocks_of_pdf(write)
    assert [block.cells for block in found if block.cells] == [
        ("Thứ tự", "Nhiệm vụ", "Chủ trì"),
        ("1", "Rà soát thủ tục hành chính", "Sở Nội vụ"),
    ]
    assert [block.text for block in found if block.is_aside] == ["DỰ THẢO"]


# What stands aside.


def test_footnotes_are_aside_and_a_paragraph_goes_on_over_them() -> None:
    def write(made: Paper, page: int) -> None:
        if page:
            at(made, 30, 30, "gia đình; rà soát trước ngày 15/12.")
            return
        at(made, 30, 40, "1. Niêm yết công khai danh sách hộ nghèo.")
        at(made, 30, 250, "2. Tuyên truyền, phổ biến quyền, nghĩa vụ của công dân đến từng hộ")
        made.line(30, 262, 80, 262)
        at(made, 30, 267, "1 Mô hình “Một trang giấy” ở xã vùng cao, theo Quyết định số 12/QĐ-UBND của Ủy ban", 9)
        at(made, 30, 271, "nhân dân tỉnh.", 9)
        at(made, 30, 275, "2Gồm các điểm tập kết.", 9)

    found = blocks_of_pdf(write, 2)
    assert text_of(found) == [
        "1. Niêm yết công khai danh sách hộ nghèo.",
        "2. Tuyên truyền, phổ biến quyền, nghĩa vụ của công dân đến từng hộ gia đình; rà soát trước ngày 15/12.",
    ]
    assert len([block for block in found if block.is_aside]) == 3


def test_small_type_at_the_foot_that_is_no_footnote_stays() -> None:
    def write(made: Paper, page: int) -> None:
        prose(made, page)
        for number, line in enumerate(("Nơi nhận:", "- Như trên;", "- Lưu: VT.")):
            at(made, 30, 240 + 5 * number, line, 9)

    assert text_of(blocks_of_pdf(write))[-3:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]


def test_the_words_and_figures_of_a_chart_are_aside_and_what_stands_around_it_is_text() -> None:
    def write(made: Paper, page: int) -> None:
        at(made, 30, 40, "I. KẾT QUẢ CHỈ SỐ PAPI", 12, bold=True)
        for step in range(5):
            at(made, 30, 100 - 10 * step, f"{2 * step},00", 8)
            made.line(40, 99 - 10 * step, 180, 99 - 10 * step)
        for column, words in enumerate(("Tham gia", "Công khai", "Giải trình")):
            made.rect(50 + 45 * column, 70 + column, 15, 29 - column, style="F")
            at(made, 52 + 45 * column, 69 + column, f"{4 + column},6", 8)
            at(made, 42 + 45 * column, 104, words, 12)
        made.rect(90, 110, 3, 3, style="F")
        at(made, 95, 113, "Năm 2022", 8)
        for number, line in enumerate(PROSE):
            at(made, 30, 125 + 7 * number, line)

    assert text_of(blocks_of_pdf(write)) == ["I. KẾT QUẢ CHỈ SỐ PAPI", f"{PROSE[0]} {PROSE[1]}", PROSE[2]]


def test_a_shaded_box_around_a_sentence_is_no_chart() -> None:
    def write(made: Paper, page: int) -> None:
        made.set_fill_color(230, 230, 230)
        for top in (54, 68):
            made.rect(28, top, 160, 8, style="F")
        prose(made, page)
        for number in range(4):
            at(made, 30, 90 + 7 * number, f"{number},50")

    assert len(text_of(blocks_of_pdf(write))) == 6


# Pages whose text cannot be used.

BROKEN = (
    "iY BAN NHiN DiN TiNH BiNH THUiN",
    "Ndng cao Chi si PAPI ndm 2024",
    "Si N6i vi t6 choc kipm tra vi9c cing khai tho tic hdnh ch€nh tgi",
    "c6c xS; nhic nhi c6n b6 cQ th6i l6 c'a quydn, h6ch d8ch v6i ng'di ddn.",
)


def broken(made: Paper, page: int) -> None:
    for number, line in enumerate(BROKEN):
        at(made, 30, 40 + 7 * number, line)


def stamped(made: Paper, page: int) -> None:
    made.image(Image.new("RGB", (200, 280), "gray"), 0, 0, 210, 297)
    at(made, 110, 12, "SAO Y; UBND HUYỆN; 16/04/2024; 10:12:45; +07:00", 7)
    at(made, 110, 200, "Người ký: ỦY BAN NHÂN DÂN HUYỆN", 7)


def unmarked(made: Paper, page: int) -> None:
    for number, line in enumerate(PROSE):
        at(made, 30, 60 + 7 * number, fold(line))


@pytest.mark.parametrize(
    ("write", "note"),
    [(broken, "page_with_broken_text 2"), (stamped, "page_without_text 2"), (unmarked, ""), (prose, "")],
)
def test_a_page_whose_text_cannot_be_used_is_said_and_is_no_text(write, note: str) -> None:
    found = blocks_of_pdf(lambda made, page: write(made, page) if page else prose(made, page), 2)
    assert found[0].note == note
    assert text_of(found)[:2] == [f"{PROSE[0]} {PROSE[1]}", PROSE[2]]
    assert (len(text_of(found)) > 2) == (not note)


@pytest.mark.parametrize(("write", "word"), [(broken, "lớp chữ"), (stamped, "bản quét")])
def test_a_file_of_such_pages_is_refused_with_what_to_do(write, word: str) -> None:
    with pytest.raises(Unread, match=f"{word}.*OCR"):
        blocks_of_pdf(write, 2)


# Columns that stand beside their head.


def row(made: Paper, top: float, edges: tuple[float, ...], *cells: str) -> None:
    for left, right, words in zip(edges, edges[1:], cells):
        box(made, left, top, right - left, 8, words)


HEAD, FIRST, SECOND = (
    ("STT", "Nhiệm vụ", "Chủ trì"),
    ("1", "Niêm yết thủ tục", "Sở Nội vụ"),
    ("2", "Công khai ngân sách", "Sở Tài chính"),
)


@pytest.mark.parametrize(
    ("edges", "note"),
    [
        ((30, 42, 112, 152), ""),
        ((40, 52, 122, 162), ""),
        ((30, 42, 95, 152), "columns_shifted 2"),
        ((32, 45, 125, 150), "columns_shifted 2"),
    ],
)
def test_a_table_whose_columns_moved_on_the_next_page_goes_on_and_a_note_says_so(edges, note: str) -> None:
    def write(made: Paper, page: int) -> None:
        if page:
            row(made, 30, edges, *SECOND)
        else:
            row(made, 240, (30, 42, 112, 152), *HEAD)
            row(made, 248, (30, 42, 112, 152), *FIRST)

    found = blocks_of_pdf(write, 2)
    assert [block.cells for block in found] == [HEAD, FIRST, SECOND]
    assert [block.note for block in found] == ["", "", note]


def test_cells_that_stand_beside_the_columns_of_their_own_head_are_put_under_it() -> None:
    def write(made: Paper, page: int) -> None:
        row(made, 40, (30, 42, 112, 152), *HEAD)
        row(made, 48, (30, 42, 98, 152), *FIRST)
        row(made, 56, (30, 42, 98, 152), *SECOND)

    found = blocks_of_pdf(write)
    assert [block.cells for block in found] == [HEAD, FIRST, SECOND]
    assert found[0].note == "columns_shifted 1"


def test_a_table_with_a_head_of_its_own_on_the_next_page_is_another_table() -> None:
    def write(made: Paper, page: int) -> None:
        names = ("Số", "Chỉ tiêu", "Thời gian") if page else HEAD
        edges = (30, 42, 95, 152) if page else (30, 42, 112, 152)
        row(made, 30, edges, *names)
        row(made, 38, edges, *(SECOND if page else FIRST))

    assert [block.place for block in blocks_of_pdf(write, 2)] == [
        "page:1/table:1/row:1",
        "page:1/table:1/row:2",
        "page:2/table:1/row:1",
        "page:2/table:1/row:2",
    ]
