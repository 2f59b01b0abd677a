"""cut: what is a unit, what a heading, and what everything else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from etl.cut import cut, heading, labels
from etl.model import Block, Unit
from etl.read import txt
from etl.reference import column_role, subdimensions

HEAD = "TT\tChỉ số nội dung\tNhiệm vụ, giải pháp\tCơ quan chủ trì\tCó quan phối hợp\tThời gian thực hiện\n"


def cut_of(text: str):
    return cut(tuple(txt.blocks(text.encode(), "ke-hoach.txt")))


def cells_of(unit: Unit) -> list[tuple[str, str]]:
    return [(cell.role, cell.text) for cell in unit.cells]


def units_of(text: str) -> list[tuple[str, str, int | None, str | None]]:
    return [(u.section, u.text, u.declared_dim, u.declared_sub) for u in cut_of(text).units]


@pytest.mark.parametrize(
    ("words", "rank", "name"),
    [
        ("I. MỤC ĐÍCH", labels.ROMAN, "I"),
        ("3.1. Các nội dung", labels.DECIMAL + 1, "3.1"),
        ("a) Đối với", labels.LETTER, "a"),
        ("đ) Tổ chức", labels.LETTER, "đ"),
        ("1) Rà soát", labels.LETTER, "1"),
        ("[1] Rà soát", labels.LETTER, "1"),
        ("[b] Rà soát", labels.LETTER, "b"),
        ("[12/6] Rà soát", labels.NONE, ""),
        ("- Tăng cường", labels.DASH, ""),
        ("• Tăng cường", labels.DASH, ""),
        ("+ Đôn đốc", labels.PLUS, ""),
        ("l. MUC ĐlCH, YÊU CẨU", labels.ROMAN, "I"),
        ("lV. TỔ CHỨC THỰC HIỆN", labels.ROMAN, "IV"),
        ("§2. YÊU CẦU", labels.ROMAN, "2"),
        ("§ IV - Phân công", labels.ROMAN, "IV"),
        ("1- Các chi bộ họp", labels.DECIMAL, "1"),
        ("b - Dán tin", labels.LETTER, "b"),
        ("2 - 3 lần mỗi năm", labels.NONE, ""),
        ("2020 là năm bầu cử", labels.NONE, ""),
        ("08 chỉ số nội dung", labels.NONE, ""),
        ("Công khai", labels.NONE, ""),
        ("30/6/2021 hoàn thành", labels.NONE, ""),
    ],
)
def test_a_label_has_a_rank_and_a_name(words: str, rank: float, name: str) -> None:
    label, _ = labels.split(words)
    assert (label.rank, label.name) == (rank, name)


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("a) Thực hiện đúng các quy định b) Dân chủ, công khai minh bạch bầu cử c) Kiểm tra, giám sát", 3),
        ("a) Thực hiện thu, chi\nb) Niêm yết công khai", 2),
        ("c) Tập huấn c) Thi đua", 2),
        ("- Tăng cường thông tin của tỉnh. - Tăng cường hướng dẫn người dân.", 2),
        ("Nâng cao chất lượng các tổ chức chính trị - xã hội ở cơ sở", 1),
        ("Thực hiện Luật Tiếp cận thông tin (điểm a) khoản 1 Điều 5)", 1),
        ("1. Rà soát 2. Công khai 3. Kiểm tra", 3),
    ],
)
def test_enumerated_items_of_one_cell_are_parted(cell: str, count: int) -> None:
    assert len(labels.items(cell)) == count


@pytest.mark.parametrize(
    ("words", "below", "rule", "is_heading"),
    [
        ("PHẦN THỨ NHẤT", "ĐẶC ĐIỂM TÌNH HÌNH", "number_alone", True),
        ("Chương II", None, "number_alone", True),
        ("2. Công khai ngân sách", None, "over_nothing", False),
        ("II. NHIỆM VỤ", "1. Tuyên truyền", "part", True),
        ("- Tổ chức tốt công tác bầu", "cử đại biểu Hội đồng nhân dân.", "cut_in_two", False),
        ("a) UBND cấp huyện chỉ đạo UBND cấp xã thực hiện:", "- Niêm yết công khai.", "lead_in", True),
        ("- Các sở báo cáo kết quả thực hiện:", "+ Trước ngày 15/6.", "lead_in", False),
        ("* Chỉ tiêu:", "- Không còn hồ sơ quá hẹn.", "usual_name", True),
        ("* Việc làm:", "- Mở thêm một buổi nhận hồ sơ.", "lead_in", True),
        ("- Đối với cấp xã:", "- Mở thêm một buổi nhận hồ sơ.", "lead_in", True),
        ("- Tuyên truyền bằng các hình thức:", "- Đọc trên loa.", "lead_in", False),
        ("- Phần việc ở thôn, mà năm ngoái nhiều nơi chưa làm được:", "- Ghi sổ.", "lead_in", False),
        ("Mục đích, yêu cầu", "1. Mục đích", "unlabelled", True),
        ("Niêm yết công khai.", "Rà soát thủ tục.", "unlabelled", False),
        ("1. Rà soát thủ tục hành chính", "2. Niêm yết công khai", "over_its_like", False),
        ("5. Thủ tục hành chính công.", "- Rà soát thủ tục.", "naming", True),
        ("- Về công tác tuyên truyền", "Phổ biến pháp luật đến người dân.", "dash_over_text", True),
        ("a) Công tác tuyên truyền", "- Phổ biến pháp luật.", "labelled", True),
        ("a) Phổ biến pháp luật đến người dân.", "- Niêm yết công khai.", "labelled", False),
    ],
)
def test_the_first_rule_that_answers_says_whether_a_line_is_a_heading(
    words: str, below: str | None, rule: str, is_heading: bool
) -> None:
    label, rest = labels.split(words)
    following = Block(2, 2, below) if below else None
    assert heading.decided(heading.Paragraph(Block(1, 1, words), label, rest, following)) == (is_heading, rule)


def test_a_dash_over_its_like_that_only_says_what_they_are_is_a_heading() -> None:
    body = "* Chỉ tiêu\n- Không có đơn vượt cấp.\n* Việc phải làm\n- Ghi sổ từng đơn.\n- Nhiệm vụ khó thì hỏi huyện.\n"
    units = cut_of(f"I. TRÁCH NHIỆM GIẢI TRÌNH\n{body}II. KHÁC\n- Vá đường.\n").units
    assert [(unit.text, unit.headings[-1].text) for unit in units] == [
        ("Không có đơn vượt cấp.", "Chỉ tiêu"),
        ("Ghi sổ từng đơn.", "Việc phải làm"),
        ("Nhiệm vụ khó thì hỏi huyện.", "Việc phải làm"),
        ("Vá đường.", "KHÁC"),
    ]


def test_a_label_over_items_of_its_rank_is_no_unit_and_its_aims_are_no_tasks() -> None:
    body = "* Chỉ tiêu:\n- Không có đơn vượt cấp.\n* Việc làm:\n- Ghi sổ từng đơn.\n"
    units = cut_of(f"I. NỘI DUNG\n1. Trách nhiệm giải trình\n{body}2. Thủ tục hành chính công\n{body}").units
    assert [(unit.text, unit.headings[-1].text, unit.declared_dim) for unit in units] == [
        ("Không có đơn vượt cấp.", "Chỉ tiêu:", 3),
        ("Ghi sổ từng đơn.", "Việc làm:", 3),
        ("Không có đơn vượt cấp.", "Chỉ tiêu:", 5),
        ("Ghi sổ từng đơn.", "Việc làm:", 5),
    ]


def test_what_the_source_marks_is_a_heading() -> None:
    label, rest = labels.split("Rà soát thủ tục.")
    marked = Block(1, 1, "Rà soát thủ tục.", bold=True)
    assert heading.decided(heading.Paragraph(marked, label, rest, Block(2, 2, "Niêm yết."))) == (True, "set_apart")


def test_a_part_whose_title_stands_on_the_next_line_is_read() -> None:
    units = units_of("""PHẦN THỨ NHẤT
KẾT QUẢ NĂM TRƯỚC
1. Trạm y tế khám cho 4.200 lượt người.
PHẦN THỨ HAI
NHIỆM VỤ
1. Sửa trạm y tế.
""")
    assert [text for _, text, *_ in units] == ["Trạm y tế khám cho 4.200 lượt người.", "Sửa trạm y tế."]


def test_a_heading_gives_the_units_below_it_their_dimension_and_is_no_unit() -> None:
    units = units_of("""I. NHIỆM VỤ
1. Đôi với nội dung “Tham gia của người dân ở cấp cơ sở”
a) UBND cấp huyện chỉ đạo UBND cấp xã thực hiện:
- Tạo điều kiện thuận lợi để nhân dân có cơ hội tham gia.
Hình thức tuyên truyền: Thông qua hệ thống truyền thanh.
- Tổ chức công tác bầu cử.
b) Các ngành, các cấp tăng cường hướng dẫn.
2. Công khai, minh bạch trong hoạch định chính sách
Thực hiện tốt các nội dung công khai.
""")
    assert units == [
        (
            "I.1.a.1",
            "Tạo điều kiện thuận lợi để nhân dân có cơ hội tham gia. Hình thức tuyên truyền: Thông qua hệ thống truyền thanh.",
            1,
            None,
        ),
        ("I.1.a.2", "Tổ chức công tác bầu cử.", 1, None),
        ("I.1.b", "Các ngành, các cấp tăng cường hướng dẫn.", 1, None),
        ("I.2.1", "Thực hiện tốt các nội dung công khai.", 2, None),
    ]


def test_a_heading_dressed_as_a_bullet_names_its_sub_dimension() -> None:
    units = units_of("""III. NỘI DUNG
6. Cung ứng dịch vụ công
- Nâng cao hơn nữa chất lượng cung cấp dịch vụ y tế công lập
Phối hợp tuyên truyền chính sách bảo hiểm y tế.
- Giữ vững an ninh, trật tự trên địa bàn khu dân cư.
Thực hiện nghiêm túc các chương trình, mục tiêu quốc gia về phòng, chống tội phạm.
""")
    assert [(dim, sub) for _, _, dim, sub in units] == [(6, "6.1"), (6, "6.4")]


def test_a_heading_that_runs_on_stays_in_the_text_and_names_the_sub_dimension() -> None:
    (_, text, dim, sub), *_ = units_of(
        "I. NỘI DUNG\n1. Nội dung 1: “Tham gia của người dân ở cấp cơ sở”\n- Tri thức công dân: Chỉ số thành phần nội dung này giúp làm rõ.\n"
    )
    assert text.startswith("Tri thức công dân: ") and (dim, sub) == (1, "1.1")


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n12\n\n", "\n\n- 7 -\n\n"])
def test_a_paragraph_that_a_page_break_cut_in_two_is_one_unit(between: str) -> None:
    found = cut_of(
        f"I. NHIỆM VỤ\n1. An ninh\n- Triển khai các biện pháp. Giảm số{between}lượng vụ án, giảm tỷ lệ trọng án.\n- Giữ vững an ninh.\n"
    )
    assert found.units[0].text == "Triển khai các biện pháp. Giảm số lượng vụ án, giảm tỷ lệ trọng án."


def test_numbers_that_only_count_rows_name_no_sub_dimension() -> None:
    units = units_of(
        "TT\tNhiệm vụ\tCơ quan thực hiện\tCơ quan theo dõi\tThời gian\n5\tThủ tục hành chính công\t\t\t\n5.2\tKiểm tra việc cập nhật\tUBND cấp huyện\tVăn phòng UBND tỉnh\tHàng năm\n"
    )
    assert units == [("annex.5.2", "Kiểm tra việc cập nhật", 5, None)]


@pytest.mark.parametrize(
    ("heading", "dim"),
    [
        ("Phát huy sự tham gia của công dân ở buôn làng", 1),
        ("Thúc đẩy sự tham gia của nhân dân vào việc xã", 1),
        ("Mở rộng chuyển đổi số", 8),
        ("Mở rộng chợ", None),
    ],
)
def test_a_heading_row_may_call_its_dimension_by_other_words(heading: str, dim: int | None) -> None:
    rows = f"TT\tViệc\tChủ trì\nA\t{heading}\t\n1\tVá đường\tSở Y tế\n"
    assert [unit.declared_dim for unit in cut_of(rows).units] == [dim]


@pytest.mark.parametrize("again", ["Việc\tChủ trì\tPhối hợp", "\tViệc\tChủ trì\tPhối hợp", "Việc\tChủ trì\tPhối hợp\t"])
def test_a_header_that_stands_again_without_its_first_cell_moves_no_column(again: str) -> None:
    first, second = "1\tVá đường trước chợ\tSở Y tế\tSở Nội vụ\n", "2\tSửa loa ở thôn\tSở Nội vụ\tSở Y tế\n"
    *_, unit = cut_of(f"TT\tViệc\tChủ trì\tPhối hợp\n{first}{again}\n{second}").units
    said = cells_of(unit)
    assert (unit.text, said) == ("Sửa loa ở thôn", [("lead", "Sở Nội vụ"), ("coop", "Sở Y tế")])


@pytest.mark.parametrize(
    ("numbers", "sections"),
    [
        (("1", "2", "3"), ("annex.1.1.1", "annex.1.1.2", "annex.1.2.3")),
        (("1.1.1", "1.1.2", "1.2.1"), ("annex.1.1.1", "annex.1.1.2", "annex.1.2.1")),
        (("-", "-", "-"), ("annex.1.1.-", "annex.1.1.-(2)", "annex.1.2.-")),
    ],
)
@pytest.mark.parametrize("top", ["I", "1"])
def test_a_heading_row_of_an_indicator_stands_over_all_tasks_until_the_next(
    top: str, numbers: tuple[str, ...], sections: tuple[str, ...]
) -> None:
    units = units_of(
        f"STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n{top}\tTham gia của người dân ở cấp cơ sở\t\t\n1.1\tTri thức công dân\t\t\n"
        f"{numbers[0]}\tPhát tờ rơi\tSở Tư pháp\tQuý I\n{numbers[1]}\tTổ chức hội thi\tSở Nội vụ\tQuý II\n1.2\tCơ hội tham gia\t\t\n"
        f"{numbers[2]}\tĐặt hòm thư góp ý\tUBND cấp xã\tQuý III\n"
    )
    assert [(section, dim, sub) for section, _, dim, sub in units] == list(
        zip(sections, (1, 1, 1), ("1.1", "1.1", "1.2"))
    )


def test_a_draft_of_sixty_tasks_under_heading_rows_is_cut_whole_and_leaves_open_what_it_leaves_open() -> None:
    units = cut_of((Path(__file__).parent / "data" / "draft_60_tasks.txt").read_text(encoding="utf-8")).units
    tasks = [unit for unit in units if unit.channel == "table"]
    assert len(tasks) == 60 and all(
        unit.declared_sub and unit.declared_sub[0] == str(unit.declared_dim) for unit in tasks
    )
    subs = {row["sub"] for row in subdimensions()}
    assert subs - {unit.declared_sub for unit in tasks} == {"1.3", "2.4", "5.2", "7.2", "8.3"}


def test_a_column_of_indicators_names_the_sub_dimension_also_for_rows_below() -> None:
    units = units_of(
        HEAD
        + "1\tTham gia của người dân ở cấp cơ sở\t\t\t\t\n1.1\tTri thức công dân\ta) Đẩy mạnh\tUBND cấp xã\tSở Nội vụ\tThường xuyên\n\t\tb) Đa dạng\t\tSở Tư pháp\t\n"
        + "\n"
        + HEAD
        + "1.2\tCơ hội tham gia\ta) Tạo điều kiện b) Vận động\tUBND cấp xã\t\tThường xuyên\n"
    )
    assert [(section, dim, sub) for section, _, dim, sub in units] == [
        ("annex.1.1.a", 1, "1.1"),
        ("annex.1.1.b", 1, "1.1"),
        ("annex.1.2.a", 1, "1.2"),
        ("annex.1.2.b", 1, "1.2"),
    ]


def test_a_cell_that_spans_rows_is_read_downwards_and_says_so() -> None:
    first, second = cut_of(
        HEAD
        + "1.1\tTri thức công dân\ta) Đẩy mạnh\tUBND cấp xã\tSở Nội vụ\tThường xuyên\n\t\tb) Đa dạng\t\tSở Tư pháp\t\n"
    ).units
    assert {cell.role: (cell.text, cell.basis) for cell in second.cells} == {
        "lead": ("UBND cấp xã", "merged"),
        "coop": ("Sở Tư pháp", "row"),
        "timing": ("Thường xuyên", "merged"),
    }
    assert not first.agencies_uncertain


def test_a_row_without_a_task_goes_on_with_the_row_above_and_is_a_guess() -> None:
    units = cut_of(
        HEAD
        + "1.3\tChất lượng bầu cử\ta) Thực hiện b) Dân chủ c) Kiểm tra\tUBND cấp xã UBND cấp xã\tSở Nội vụ\tThường xuyên\n\t\t\tSở Nội vụ\tUBND cấp huyện\tQuý I-II/2021\n"
    ).units
    assert [next(c.text for c in u.cells if c.role == "lead") for u in units] == ["UBND cấp xã UBND cấp xã"] * 2 + [
        "Sở Nội vụ"
    ]
    assert all(u.agencies_uncertain for u in units) and (units[2].first_line, units[2].last_line) == (2, 3)


@pytest.mark.parametrize(
    ("number", "title", "dim"),
    [
        ("III", "Nâng cao tính công khai, minh bạch của chính quyền", 2),
        ("B", "Nhóm chỉ số bảo vệ môi trường sống", 7),
        ("C", "Việc khác", None),
        ("II", "Nội dung về tham gia của nhân dân ở cơ sở", 1),
    ],
)
def test_a_row_with_a_roman_number_stands_over_rows_that_go_on_counting(
    number: str, title: str, dim: int | None
) -> None:
    head = "STT\tNhiệm vụ\tChủ trì\tThời gian\n"
    units = cut_of(f"{head}3\tMở chợ\tSở Y tế\tQuý I\n{number}\t{title}\t\t\n4\tSửa loa\tSở Y tế\tQuý I\n").units
    assert [(unit.text, unit.declared_dim) for unit in units] == [("Mở chợ", None), ("Sửa loa", dim)]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Bộ phận thực hiện chính", "lead"),
        ("Đơn vị thực hiện nhiệm vụ", "lead"),
        ("Ai làm", "lead"),
        ("Làm chính", "lead"),
        ("Nội dung chính", "unknown"),
        ("Thực hiện", "lead"),
        ("Giao cho", "lead"),
        ("Đơn vị được giao", "lead"),
        ("Nhiệm vụ được giao", "task"),
        ("Đơn vị tham gia", "coop"),
        ("Lực lượng hỗ trợ", "coop"),
        ("Cùng làm", "coop"),
        ("Phòng, ban cùng tham gia", "coop"),
        ("Nơi cùng hỗ trợ", "coop"),
        ("Hạn", "timing"),
        ("Khi nào xong", "timing"),
        ("Kết quả thực hiện", "note"),
        ("Kinh phí đơn vị hỗ trợ", "note"),
        ("Địa điểm", "note"),
        ("Mức hỗ trợ", "unknown"),
        ("Số người tham gia", "unknown"),
        ("Thực hiện năm 2020", "unknown"),
        ("Biện pháp khắc phục", "task"),
        ("Hướng khắc phục cụ thể", "task"),
        ("Tồn tại, hạn chế", "note"),
        ("Nguyên nhân của hạn chế", "note"),
        ("Cơ quan chủ trì khắc phục", "lead"),
        ("Thời hạn khắc phục", "timing"),
    ],
)
def test_a_column_is_known_by_who_does_what_in_its_head(head: str, role: str) -> None:
    assert column_role(head) == role


@pytest.mark.parametrize(
    ("head", "row", "cells"),
    [
        ("Sở Nội vụ\tSở Y tế\tUBND cấp xã", "PH\tCT\tPH", {"lead": "Sở Y tế", "coop": "Sở Nội vụ; UBND cấp xã"}),
        ("Văn phòng\tCông an\tTrạm Y tế", "\tx\t", {"lead": "Công an"}),
        ("Thời hạn\tSở Nội vụ\tSở Y tế", "Quý I\t✓\t✓", {"lead": "Sở Nội vụ; Sở Y tế", "timing": "Quý I"}),
        ("Chủ trì\tTháng 3\tTháng 9", "Sở Y tế\tx\tx", {"lead": "Sở Y tế", "timing": "Tháng 3; Tháng 9"}),
        ("Chủ trì\tSố hộ\tSố thôn", "Sở Y tế\t12\t3", {"lead": "Sở Y tế"}),
        ("Chủ trì\tSố đơn\tSố vụ", "Sở Y tế\t0\t0", {"lead": "Sở Y tế"}),
        ("Thực hiện: Quý I\tThực hiện: Quý II", "0\tx", {"timing": "Quý II"}),
        ("Thời gian (tháng): 3\tThời gian (tháng): 4", "x\tx", {"timing": "tháng 3; tháng 4"}),
        ("Tiến độ: Quý I\tTiến độ: Quý II", "\tx", {"timing": "Quý II"}),
        ("Chủ trì\tPhối hợp: Sở Nội vụ\tPhối hợp: Sở Y tế", "UBND xã\tx\t", {"lead": "UBND xã", "coop": "Sở Nội vụ"}),
    ],
)
def test_a_column_whose_cells_are_marks_gives_its_head(head: str, row: str, cells: dict[str, str]) -> None:
    units = cut_of(f"I. NHIỆM VỤ\nTT\tNhiệm vụ\t{head}\n1\tVá đường\t{row}\n2\tSửa loa\t{row}\n").units
    assert [{cell.role: cell.text for cell in unit.cells} for unit in units] == [cells, cells]


def test_a_matrix_is_read_where_the_cell_over_the_numbers_is_missing() -> None:
    head = "Nhiệm vụ\tSở Nội vụ\tSở Y tế\n"
    units = cut_of(f"I. NHIỆM VỤ\n{head}1\tVá đường làng cũ\tCT\tPH\n2\tSửa loa ở các xóm\tPH\tCT\n").units
    assert [{cell.role: cell.text for cell in unit.cells} for unit in units] == [
        {"lead": "Sở Nội vụ", "coop": "Sở Y tế"},
        {"lead": "Sở Y tế", "coop": "Sở Nội vụ"},
    ]


@pytest.mark.parametrize(
    ("upper", "lower", "row", "cells"),
    [
        ("Hạn (đánh dấu)\t\t", "Quý I\tQuý II\tCả năm", "\tv\t", {"timing": "Quý II"}),
        ("Ai làm\t\tHạn", "Chủ trì\tPhối hợp\t", "Sở Y tế\tSở Nội vụ\tQuý I", {"lead": "Sở Y tế", "coop": "Sở Nội vụ", "timing": "Quý I"}),
        ("Chủ trì\tPhối hợp\t", "Sở Y tế\tSở Nội vụ\t", "Sở Y tế\t\t", {"lead": "Sở Y tế"}),
    ],
)  # fmt: skip
def test_a_row_below_a_head_names_the_columns_that_share_it(
    upper: str, lower: str, row: str, cells: dict[str, str]
) -> None:
    found = cut_of(
        f"I. VIỆC\nTT\tViệc\t{upper}\n\t\t{lower}\nA\tĐường sá\t\t\t\n1\tVá đường\t{row}\n2\tSửa loa\t{row}\n"
    )
    assert [{cell.role: cell.text for cell in unit.cells} for unit in found.units] == [cells, cells]


def test_a_matrix_leaves_empty_what_it_does_not_mark() -> None:
    head = "TT\tNhiệm vụ\tSở Nội vụ\tSở Y tế\n"
    units = cut_of(f"I. NHIỆM VỤ\n{head}1\tVá đường\tCT\tPH\n2\tSửa loa\t\tCT\n").units
    assert cells_of(units[1]) == [("lead", "Sở Y tế")]


def test_a_column_over_figures_names_nobody() -> None:
    rows = "Nội dung\tKế hoạch\tThực hiện\tGhi chú\nSố hộ dùng nước máy\t95%\t91%\tKhá\n"
    assert not cut_of("I. KẾT QUẢ\n- Dán bảng giá.\n" + rows).columns


@pytest.mark.parametrize("ditto", ["nt", "-nt-", "Như trên", "như dòng trên.", '"', "''", "- ” -"])
def test_a_cell_that_repeats_the_one_above_is_that_one(ditto: str) -> None:
    head = "TT\tViệc\tChủ trì\tPhối hợp\tThời hạn\n"
    rows = f"1\tVá đường\tSở Y tế\tSở Nội vụ\tQuý I\n2\tSửa loa\t{ditto}\t\t{ditto}\n3\tDán tin\t{ditto}\t{ditto}\tQuý II\n"
    *_, second, third = cut_of(head + rows).units
    assert [(cell.role, cell.text, cell.basis) for cell in second.cells] == [
        ("lead", "Sở Y tế", "merged"),
        ("timing", "Quý I", "merged"),
    ]
    assert cells_of(third) == [("lead", "Sở Y tế"), ("timing", "Quý II")]


@pytest.mark.parametrize("none", ["Không", "không có.", "0", "—", "-"])
def test_a_cell_that_says_nobody_names_nobody_and_ends_what_is_read_downwards(none: str) -> None:
    head = "TT\tViệc\tChủ trì\tPhối hợp\n"
    rows = f"1\tVá đường\tSở Y tế\tSở Nội vụ\n2\tSửa loa\t\t{none}\n3\tDán tin\t\t\n"
    _, *units = cut_of(head + rows).units
    assert [cells_of(unit) for unit in units] == [[("lead", "Sở Y tế")]] * 2


def test_a_table_with_unknown_headers_is_said_and_no_task_is_guessed() -> None:
    found = cut_of("I. NHIỆM VỤ\n1. Việc\n- Nâng cao Chỉ số PAPI.\n\nMàu\tCỡ\tGiá\nđỏ\tto\t5\n")
    assert [(f.code, f.line) for f in found.findings] == [("unknown_table", 5), ("unknown_table", 6)]
    assert [u.text for u in found.units] == ["Nâng cao Chỉ số PAPI."]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Nơi nhận:", "back"),
        ("Noi nhận:", "back"),
        ("TM. ỦY BAN NHÂN DÂN", "back"),
        ("KT. GIÁM ĐỐC", "back"),
        ("GIÁM ĐỐC", "back"),
        ("T/M BAN THƯỜNG VỤ", "back"),
        ("PHÓ BÍ THƯ", "back"),
        ("Trên đây là Kế hoạch của UBND xã, đề nghị các ban, ngành thực hiện./.", "back"),
        ("(Chi tiết tại Phụ lục kèm theo)", "heading"),
    ],
)
def test_a_line_that_is_no_unit_has_its_role(line: str, role: str) -> None:
    found = cut_of(f"KẾ HOẠCH\nNâng cao\nI. MỤC ĐÍCH\n- Nâng cao Chỉ số PAPI.\n{line}\n")
    assert [line.role for line in found.lines] == ["front", "front", "heading", "unit", role]


def test_a_plan_goes_on_in_its_annex_after_the_signature() -> None:
    found = cut_of(
        "I. MỤC ĐÍCH\n- Nâng cao.\nNơi nhận:\n- Sở Nội vụ;\nCHỦ TỊCH\nPHỤ LỤC\n"
        + HEAD
        + "1.1\tTri thức công dân\tĐẩy mạnh\tUBND cấp xã\t\tThường xuyên\n"
    )
    assert [line.role for line in found.lines] == [
        "heading",
        "unit",
        "back",
        "back",
        "back",
        "heading",
        "table_header",
        "unit",
    ]


@pytest.mark.parametrize("annex", ["Phụ lục", "PHỤ LỤC SỐ 02", "Nơi nhận:\n- Lưu: VT.\nPhụ lục I"])
@pytest.mark.parametrize("form", ["PHIẾU HỎI Ý KIẾN", "Mẫu phiếu lấy ý kiến người dân", "BẢNG HỎI HỘ GIA ĐÌNH"])
def test_a_form_in_an_annex_is_no_plan(annex: str, form: str) -> None:
    found = cut_of(f"I. CÁCH LÀM\n1. Chọn 120 hộ.\n{annex}\n{form}\nCâu 1. Ông/Bà có được mời họp không?\n1. Họ tên:\n")
    assert [unit.text for unit in found.units] == ["Chọn 120 hộ."] and found.lines[-1].role == "back"


def test_a_signature_in_two_columns_ends_the_body() -> None:
    found = cut_of("I. NHIỆM VỤ\n1. Sửa loa.\nNơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tCHỦ TỊCH\n- Lưu: VT.\t\n")
    assert [line.role for line in found.lines] == ["heading", "unit", "back", "back", "back"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Yêu cầu các cơ quan, đơn vị, UBND các xã, thị trấn nghiêm túc thực hiện./.", "back"),
        ("Đề nghị các sở, ngành khẩn trương tổ chức triển khai thực hiện Kế hoạch này./.", "back"),
        ("UBND xã rất mong bà con chung tay để Kế hoạch thành công./.", "back"),
        ("UBND xã kêu gọi bà con góp công làm đường./.", "unit"),
        ("Điều 3. Quyết định này có hiệu lực kể từ ngày ký.", "back"),
        ("Kế hoạch này có hiệu lực từ ngày ký. Trạm Y tế sửa mái.", "unit"),
        ("Yêu cầu các cơ quan công khai ngân sách và nghiêm túc thực hiện./.", "unit"),
        ("Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện.", "unit"),
        ("2. Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.", "unit"),
    ],
)
def test_a_last_sentence_that_only_asks_to_carry_out_is_no_unit(line: str, role: str) -> None:
    found = cut_of(f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi chung.\n{line}\nNơi nhận:\n- Lưu: VT.\n")
    assert found.lines[2].role == role


HEADED = "UBND XÃ AN LỘC\n\nKẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2024\n\n"


@pytest.mark.parametrize(
    ("body", "units"),
    [
        ("- Mở lớp học.\n- Sửa loa.\n", [("1", "Mở lớp học."), ("2", "Sửa loa.")]),
        ("Về đất đai\n\n+ Treo bản đồ.\n\nĐường làng, chợ\n\n+ Vá đường.\n", [("1.1", "Treo bản đồ."), ("2.1", "Vá đường.")]),
        ("Phần A. Đất đai\n\u2022 Treo bản đồ.\nPhần B. Đường\n\u2022 Vá đường.\n", [("A.1", "Treo bản đồ."), ("B.1", "Vá đường.")]),
        ("A - ĐẤT ĐAI\nCông chức xã treo bản đồ.\n", [("A.1", "Công chức xã treo bản đồ.")]),
        ("Mục 1. Đất đai\n1.1. Treo bản đồ.\nMục 2. Đường\n2.1. Vá đường.\n", [("1.1", "Treo bản đồ."), ("2.1", "Vá đường.")]),
        ("Mục 1. Đất đai\nCông chức xã treo bản đồ.\nMục 2. Đường\nThôn Hạ vá đường.\n", [("1.1", "Công chức xã treo bản đồ."), ("2.1", "Thôn Hạ vá đường.")]),
        ("Mục 1. Đất cát (nội dung 2, Phòng Kinh tế lo)\n\nViệc 1. Treo bản đồ.\n\nMục 2. Đường (nội dung 6)\n\nViệc 2. Vá đường.\n", [("1.1", "Việc 1. Treo bản đồ."), ("2.1", "Việc 2. Vá đường.")]),
        ("Bước 1: Treo bản đồ\nBước 2: Vá đường.\n", [("1", "Bước 1: Treo bản đồ"), ("2", "Bước 2: Vá đường.")]),
        ("Huyện phân công các phòng như trong bảng.\nTT\tNhiệm vụ\tChủ trì\n1\tVá đường\tPhòng Y tế\n", [("annex.1", "Vá đường")]),
        ("Về đất đai\n- Treo bản đồ.\nQuản trị điện tử\n- Mở trang mạng.\n", [("1.1", "Treo bản đồ."), ("2.1", "Mở trang mạng.")]),
        ("Xã chọn hai việc.\nĐường làng\n+ Vá đường.\n", [("1", "Xã chọn hai việc."), ("2.1", "Vá đường.")]),
        ("Đợt I. Từ tháng 3\n❖ Treo bản đồ.\n", [("1.1", "Treo bản đồ.")]),
        ("Việc cần đạt:\n+ Chợ sạch.\nNhiệm vụ sau đây:\n+ Vá đường.\n", [("1", "Chợ sạch."), ("1(2)", "Vá đường.")]),
        ("Mục tiêu:\n- Chợ sạch.\nYêu cầu đối với các ấp:\n- Làm thật.\n", [("1", "Chợ sạch."), ("1(2)", "Làm thật.")]),
        ("Một là, treo bản đồ.\nHai là, vá đường.\n", [("1", "Một là, treo bản đồ."), ("2", "Hai là, vá đường.")]),
        ("Căn cứ Luật Đất đai;\n- Căn cứ Kế hoạch của huyện;\nUBND xã ban hành Kế hoạch này.\nCông chức xã treo bản đồ.\nKế hoạch này có hiệu lực kể từ ngày ký.\n", [("1", "Công chức xã treo bản đồ.")]),
    ],
)  # fmt: skip
def test_a_plan_of_no_known_order_begins_after_its_title(body: str, units: list[tuple[str, str]]) -> None:
    assert [(section, text) for section, text, *_ in units_of(HEADED + body + "Nơi nhận:\n- Lưu: VT.\n")] == units


@pytest.mark.parametrize(
    ("heading", "dim"),
    [
        ("Phần 2. Nghe dân (nội dung 3, trưởng ấp cùng dự)", 3),
        ("Phần 2. Dân biết, dân bàn (nội dung 1 và 2)", None),
        ("Phần 2. Dân biết, dân bàn (nội dung số 1, nội dung số 2)", None),
    ],
)
def test_a_heading_gives_the_one_dimension_whose_number_it_holds(heading: str, dim: int | None) -> None:
    assert cut_of(f"I. VIỆC LÀM\n{heading}\n- Vá đường.\n- Sửa loa.\n").units[0].declared_dim == dim


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("NHỮNG VIỆC CẦN LÀM ĐỂ NÂNG ĐIỂM PAPI NĂM 2024", 2),
        ("Phân công nâng cao Chỉ số PAPI năm 2024", 2),
        ("Danh mục nhiệm vụ cải thiện Chỉ số PAPI", 2),
        ("Những việc cần làm trước Tết", 0),
        ("Điểm PAPI của xã năm 2023", 0),
    ],
)
def test_a_list_that_calls_itself_tasks_for_papi_is_a_plan(title: str, count: int) -> None:
    assert len(units_of(f"UBND XÃ AN LỘC\n\n{title}\n\n- Vá đường.\n- Sửa loa.\n")) == count


def test_a_letter_of_no_known_order_begins_after_whom_it_is_for() -> None:
    letter = (
        "SỞ NỘI VỤ\nV/v PAPI\nKính gửi:\n- Sở Y tế;\n- UBND các huyện.\nSở Nội vụ đề nghị sửa trạm y tế.\n- Vá đường.\n"
    )
    assert [text for _, text, *_ in units_of(letter)] == ["Sở Nội vụ đề nghị sửa trạm y tế.", "Vá đường."]


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh A tăng ba bậc về Chỉ số PAPI\nChiều nay, báo cáo PAPI được công bố.\n- Điểm cao nhất là 7,2.\n",
        "BÁO CÁO\nKết quả Chỉ số PAPI năm 2023\n\nNăm 2023, tỉnh xếp thứ 20.\n- Nội dung 6 cao nhất.\n",
        "THÔNG BÁO\nVề kết quả PAPI\n\n- Nghỉ lễ từ ngày 30/4.\n",
        "QUYẾT ĐỊNH\nVề việc khen thưởng thành tích nâng cao PAPI\n\nĐiều 1. Tặng bằng khen.\n",
        "GIẤY MỜI\nDự hội nghị PAPI\n\n- Thời gian: 8 giờ.\n",
        "UBND TỈNH A\n\nKẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2024\n\nCHỦ TỊCH\n",
    ],
)
def test_a_text_that_orders_nothing_has_no_units(text: str) -> None:
    assert units_of(text) == []


@pytest.mark.parametrize(
    ("heading", "dim"),
    [
        ("Nhóm việc 1. Thủ tục hành chính công", 5),
        ("Điểm yếu thứ hai - Kiểm soát tham nhũng trong khu vực công", 4),
        ("Thứ bảy, về quản trị môi trường", 7),
        ("Trọng tâm III: Quản trị môi trường", 7),
        ("Vấn đề B – Trách nhiệm giải trình với người dân", 3),
        ("Nội dung 3 và 4 - Trả lời dân, giữ bộ máy trong sạch", None),
        ("Nội dung 8 - Chính quyền trên mạng", 8),
        ("Phòng Tài nguyên và Môi trường huyện - Cung ứng dịch vụ công", None),
    ],
)
def test_words_that_only_count_a_heading_are_no_part_of_its_name(heading: str, dim: int | None) -> None:
    assert [unit[2] for unit in units_of(f"{HEADED}{heading}\n- Mở lớp học.\n")] == [dim]


@pytest.mark.parametrize(
    "who",
    [
        "=> Do Phòng Tư pháp phụ trách; Phòng Y tế, Hội Nông dân phối hợp; xong trước ngày 30/6/2024.",
        "Do Phòng Tư pháp chủ trì, Phòng Y tế, Hội Nông dân cùng thực hiện, xong trước ngày 30/6/2024.",
        "(Do Phòng Tư pháp chịu trách nhiệm; Phòng Y tế, Hội Nông dân phối hợp; xong trước ngày 30/6/2024)",
        "→ Giao Phòng Tư pháp đảm nhiệm; Phòng Y tế, Hội Nông dân phối hợp; xong trước ngày 30/6/2024",
        "(Hai việc trên do Phòng Tư pháp chủ trì; Phòng Y tế, Hội Nông dân phối hợp; xong trước ngày 30/6/2024)",
        "Các nhiệm vụ nêu tại mục 1 do Phòng Tư pháp phụ trách, Phòng Y tế, Hội Nông dân phối hợp, xong trước ngày 30/6/2024.",
        "Toàn bộ công việc ở mục này do Phòng Tư pháp lo; Phòng Y tế, Hội Nông dân phối hợp; xong trước ngày 30/6/2024.",
    ],
)
def test_a_line_that_only_gives_a_list_to_somebody_is_said_of_all_its_items(who: str) -> None:
    units = cut_of(f"I. NHIỆM VỤ\n1. Đất đai\n- Treo bản đồ.\n- Vá đường.\n\n{who}\n\n2. Chợ\n- Dọn chợ.\n").units
    assert [unit.text for unit in units] == ["Treo bản đồ.", "Vá đường.", "Dọn chợ."] and not units[2].cells
    for unit in units[:2]:
        assert cells_of(unit) == [
            ("lead", "Phòng Tư pháp"),
            ("coop", "Phòng Y tế, Hội Nông dân"),
            ("timing", "xong trước ngày 30/6/2024"),
        ]


@pytest.mark.parametrize(
    "heading",
    [
        "1. Ngân sách xã\nCơ quan chủ trì: Phòng Tư pháp. Phối hợp: Phòng Y tế.",
        "1. Ngân sách xã\n\nNgười làm: Phòng Tư pháp; cùng làm: Phòng Y tế.\n",
        "1. Ngân sách xã (Phòng Tư pháp phụ trách; Phòng Y tế phối hợp)",
        "1. Ngân sách xã (chủ trì: Phòng Tư pháp, phối hợp: Phòng Y tế):",
        "1. Ngân sách xã (giao Phòng Tư pháp chủ trì, phối hợp với Phòng Y tế)",
        "1. Đầu mối: Phòng Tư pháp; phối hợp: Phòng Y tế",
        "1. Ngân sách xã (nội dung 2, Phòng Tư pháp trực tiếp phụ trách; Phòng Y tế phối hợp)",
        "1. Ngân sách xã\n\n(Phòng Tư pháp lo mọi việc ở mục này, không kể việc có tên người khác; Phòng Y tế phối hợp)\n",
        "1. Ngân sách xã\n\n(Phòng Tư pháp chủ trì các việc dưới đây; Phòng Y tế phối hợp, trừ việc ghi khác)\n",
        "1. Chủ trì: P. TP; phối hợp: P. YT",
    ],
)
def test_who_stands_over_a_list_is_said_of_all_its_items_and_no_others(heading: str) -> None:
    listed = "Chữ viết tắt:\n- P. TP: Phòng Tư pháp\n- P. YT: Phòng Y tế\n"
    below = "a) Treo bản đồ.\nb) Vá đường.\n2. Chợ\na) Dọn chợ.\n"
    *units, other = cut_of(f"{listed}I. NHIỆM VỤ\n{heading}\n{below}").units
    assert [unit.text for unit in units] == ["Treo bản đồ.", "Vá đường."] and not other.cells
    for unit in units:
        assert [(cell.role, cell.text, cell.basis) for cell in unit.cells] == [
            ("lead", "Phòng Tư pháp", "merged"),
            ("coop", "Phòng Y tế", "merged"),
        ]


@pytest.mark.parametrize("mark", ["", "**"])
@pytest.mark.parametrize(("sign", "last"), [("", ""), ("- ", ""), ("", "II. KINH PHÍ\n1. Từ ngân sách xã.\n")])
def test_a_counted_line_over_who_and_when_alone_is_a_task(mark: str, sign: str, last: str) -> None:
    said = f"{sign}Chủ trì: Phòng Y tế\n{sign}Thời gian: Quý II\n"
    tasks = f"{mark}1. Vá đường liên xóm{mark}\n{said}{mark}2. Dọn chợ{mark}\n{said}"
    units = cut_of(f"I. NHIỆM VỤ\n{tasks}{last}").units[:2]
    assert [unit.text for unit in units] == ["Vá đường liên xóm", "Dọn chợ"]
    for unit in units:
        assert cells_of(unit) == [("lead", "Phòng Y tế"), ("timing", "Quý II")]


def test_a_room_in_the_bracket_of_an_offices_heading_leads_nothing() -> None:
    units = cut_of("I. PHÂN CÔNG\n1. Giao Sở Y tế (phòng Nghiệp vụ làm đầu mối):\n- Khám ở các bản.\n").units
    assert not units[0].cells


def test_a_duty_behind_a_roles_name_is_a_task_of_the_office_above() -> None:
    text = "II. PHÂN CÔNG\n1. Sở Nội vụ\nChủ trì: theo dõi việc thực hiện.\n- Báo cáo UBND tỉnh.\n2. Sở Tài chính\nPhối hợp: bố trí kinh phí.\n"
    assert [unit.text for unit in cut_of(text).units] == [
        "Chủ trì: theo dõi việc thực hiện.",
        "Báo cáo UBND tỉnh.",
        "Phối hợp: bố trí kinh phí.",
    ]


def test_a_line_below_a_task_counts_before_what_the_heading_says() -> None:
    text = "I. NHIỆM VỤ\n1. Chợ (Phòng Y tế chủ trì)\n- Dọn chợ.\nChủ trì: Phòng Tư pháp.\n- Vá đường.\n"
    assert [[cell.text for cell in unit.cells] for unit in cut_of(text).units] == [["Phòng Tư pháp"], ["Phòng Y tế"]]


def test_a_heading_row_that_is_an_office_leads_where_no_column_does() -> None:
    head = "TT\tNội dung công việc\tThời gian\n"
    rows = "A\tSỞ Y TẾ\t\n1\tKhám ở các bản\tQuý I\n2\tSửa quạt\tQuý II\nB\tUBND các xã\t\n1\tDọn chợ\tQuý I\nC\tViệc khác\t\n1\tVá đường\tQuý I\nD\tTrường học\t\n1\tSửa lớp\tQuý I\n"
    units = cut_of(f"I. NHIỆM VỤ\n{head}{rows}").units
    leads = [[cell.text for cell in unit.cells if cell.role == "lead"] for unit in units]
    assert leads == [["SỞ Y TẾ"], ["SỞ Y TẾ"], ["UBND các xã"], [], []]


@pytest.mark.parametrize(
    "said",
    [
        "Người làm: Phòng Tư pháp. Khi nào: quý II.",
        "Ai phụ trách: Phòng Tư pháp\nBao giờ xong: quý II",
        "Giao việc cho: Phòng Tư pháp; hạn chót: quý II.",
        "Giao: Phòng Tư pháp. Hạn: quý II.",
    ],
)
def test_who_and_when_in_everyday_words_are_cells_of_the_task_above(said: str) -> None:
    units = cut_of(f"I. NHIỆM VỤ\nViệc 1. Treo bản đồ ở đình.\n{said}\nViệc 2. Vá đường.\n").units
    assert [unit.text for unit in units] == ["Việc 1. Treo bản đồ ở đình.", "Việc 2. Vá đường."]
    assert cells_of(units[0]) == [("lead", "Phòng Tư pháp"), ("timing", "quý II")]


@pytest.mark.parametrize(
    "said",
    [
        "* Phân công: Phòng Y tế chủ trì; Điện lực phối hợp. Thời gian: Quý II.",
        "* Phân công: Phòng Y tế; phối hợp: Điện lực. Thời gian: Quý II.",
        "* Giao: Phòng Y tế phụ trách; Điện lực phối hợp. Hạn: Quý II.",
        "- Chủ trì: Phòng Y tế; Điện lực phối hợp. Thời gian: Quý II.",
        "- Phân công: Phòng Y tế, phối hợp với Điện lực. Thời gian: Quý II.",
        "Cơ quan thực hiện: Phòng Y tế chủ trì, phối hợp với Điện lực. Thời gian: Quý II.",
    ],
)
def test_who_joins_in_behind_the_head_of_a_lead_does_not_lead(said: str) -> None:
    units = cut_of(f"I. NHIỆM VỤ\n1. Khám bệnh\n- Đọc lịch khám.\n- Sửa quạt.\n{said}\n2. Đường\n- Vá đường.\n").units
    told = [("lead", "Phòng Y tế"), ("coop", "Điện lực"), ("timing", "Quý II")]
    assert [cells_of(unit) for unit in units] == [told, told, []]


def test_two_that_lead_behind_one_head_both_lead() -> None:
    (unit,) = cut_of("I. NHIỆM VỤ\n1. Khám bệnh\n- Đọc lịch khám.\nChủ trì: Phòng Y tế; Trạm Y tế xã.\n").units
    assert cells_of(unit) == [("lead", "Phòng Y tế; Trạm Y tế xã")]


@pytest.mark.parametrize(
    "line",
    [
        "Do Phòng Tư pháp phụ trách việc chứng thực nên mở thêm một quầy.",
        "Do trời mưa, xã hoãn họp.",
        "Các việc tại mục 2 do Phòng Tư pháp chủ trì.",
        "Các việc về đất đai do Phòng Tư pháp chủ trì.",
        "Giao Phòng Tư pháp lập danh sách, Phòng Y tế phối hợp.",
        "Phòng Tư pháp chủ trì; Phòng Y tế phối hợp.",
    ],
)
def test_a_line_that_says_more_than_who_and_when_stays_text(line: str) -> None:
    assert not any(unit.cells for unit in cut_of(f"I. NHIỆM VỤ\n1. Đất đai\n- Treo bản đồ.\n{line}\n").units)


@pytest.mark.parametrize(
    "listed",
    [
        "Chữ viết tắt dùng trong bảng:\nSNV: Sở Nội vụ\nTN&MT: Tài nguyên và Môi trường\n",
        "- SNV: Sở Nội vụ;\n- TN&MT: Tài nguyên và Môi trường.\n",
        "Các chữ viết tắt: SNV: Sở Nội vụ; TN&MT: Tài nguyên và Môi trường.\n",
        "Quy ước:\n\nK: trường các khóa; TN&MT: Tài nguyên và Môi trường; SNV: Sở Nội vụ; CQ: cả quý.\n",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_list_of_abbreviations_is_no_unit_and_spells_the_cells(listed: str, is_above: bool) -> None:
    rows = "TT\tNhiệm vụ\tChủ trì\tPhối hợp\n1\tSửa sổ hẹn\tSNV\tSở TN&MT\n"
    text = f"I. NHIỆM VỤ\n{listed}{rows}" if is_above else f"I. NHIỆM VỤ\n{rows}{listed}"
    (unit,) = cut_of(text).units
    assert [cell.text for cell in unit.cells] == ["Sở Nội vụ", "Sở Tài nguyên và Môi trường"]


@pytest.mark.parametrize(
    ("head", "cell", "cells"),
    [
        ("Chủ trì / phối hợp", "Sở Y tế, UBND xã / Sở Nội vụ", {"lead": "Sở Y tế, UBND xã", "coop": "Sở Nội vụ"}),
        ("Đầu mối (sau dấu ; là nơi cùng làm)", "Sở Y tế; Sở Nội vụ", {"lead": "Sở Y tế", "coop": "Sở Nội vụ"}),
        ("Chủ trì / phối hợp", "Sở Y tế", {"lead": "Sở Y tế"}),
        ("Chủ trì", "Sở Y tế / Sở Nội vụ", {"lead": "Sở Y tế / Sở Nội vụ"}),
        ("Đơn vị chủ trì/thực hiện", "Sở Y tế/Sở Nội vụ", {"lead": "Sở Y tế/Sở Nội vụ"}),
    ],
)
def test_a_head_over_leads_and_partners_says_by_which_sign_they_are_parted(
    head: str, cell: str, cells: dict[str, str]
) -> None:
    (unit,) = cut_of(f"I. NHIỆM VỤ\nTT\tNhiệm vụ\t{head}\n1\tSửa sổ hẹn\t{cell}\n").units
    assert {cell.role: cell.text for cell in unit.cells} == cells


def test_an_abbreviation_of_three_letters_needs_no_other_beside_it() -> None:
    rows = "TT\tNhiệm vụ\tChủ trì\n1\tSửa sổ hẹn\tSở TNMT\n"
    (unit,) = cut_of(f"I. NHIỆM VỤ\n{rows}Ghi chú:\n- TNMT: Tài nguyên và Môi trường.\n").units
    assert [cell.text for cell in unit.cells] == ["Sở Tài nguyên và Môi trường"]


def test_below_its_heading_an_abbreviation_may_leave_words_out() -> None:
    listed = "DANH MỤC TỪ VIẾT TẮT\n- SNV: Sở Nội vụ\n- VPUB: Văn phòng Ủy ban nhân dân tỉnh\n"
    rows = "TT\tNhiệm vụ\tChủ trì\tPhối hợp\n1\tSửa sổ hẹn\tVPUB\tSNV\n"
    (unit,) = cut_of(f"{listed}I. NHIỆM VỤ\n{rows}").units
    assert [cell.text for cell in unit.cells] == ["Văn phòng Ủy ban nhân dân tỉnh", "Sở Nội vụ"]


def test_who_watches_in_a_cell_of_leads_is_no_lead() -> None:
    cell = "Chủ trì: Sở Y tế<br>Phối hợp: Sở Nội vụ<br>Theo dõi: Sở Tài chính"
    (unit,) = cut_of(f"I. NHIỆM VỤ\n|TT|Nhiệm vụ|Thực hiện|\n|1|Sửa sổ hẹn|{cell}|\n").units
    said = {cell.role: cell.text for cell in unit.cells}
    assert said == {"lead": "Sở Y tế", "coop": "Sở Nội vụ", "monitor": "Sở Tài chính"}


def test_a_list_of_abbreviations_spells_times_as_well() -> None:
    rows = "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tSửa sổ hẹn\tSNV\tHQ\n"
    (unit,) = cut_of(f"I. NHIỆM VỤ\n{rows}Chữ viết tắt: SNV: Sở Nội vụ; HQ: hằng quý; TX: thường xuyên.\n").units
    assert [cell.text for cell in unit.cells] == ["Sở Nội vụ", "hằng quý"]


def test_a_label_that_is_guessed_is_told_once() -> None:
    tasks = "".join(
        f"{n}. Sửa {thing}.\nMũi chính: Sở Y tế. Mốc: quý II\n" for n, thing in enumerate(("loa", "bảng", "cầu"), 1)
    )
    found = cut_of(f"I. NHIỆM VỤ\n{tasks}").findings
    assert [(one.line, one.detail) for one in found if one.code == "guessed_role"] == [(3, "Mũi chính"), (3, "Mốc")]


def test_an_office_before_a_colon_is_no_abbreviation_of_its_duty() -> None:
    found = cut_of("I. PHÂN CÔNG\n- Sở GTVT: Rà soát các tuyến đường.\n- Sở TNMT: Lập bản đồ giá đất.\n")
    assert len(found.units) == 2


NAMES = ("Tham gia của người dân ở cấp cơ sở", "Thủ tục hành chính công")
DONE = (
    "Họp dân bàn việc góp làm đường",
    "Dán bảng phí ở nơi nhận hồ sơ",
    "Trả giấy khai sinh trong ngày",
    "Gọi điện báo hồ sơ trễ",
)


HEADS = (
    "{n}. {name}",
    "{roman}. {name}",
    "{n}/ {name}",
    "{n}) {name}",
    "{roman}/- {name}",
    "{n}- {name}",
    "A{n}. {name}",
    "* {name}",
    "▶ {name}",
    "### {name}",
    "**{n}. {name}**",
    "{name}:",
    "NỘI DUNG {n}: {name}",
    "Chỉ số {n} - {name}",
    "Trục nội dung {n}: {name}",
    "Mục {n}. {name}",
    "Lĩnh vực {n}. {name}",
    "{n}. Đối với nội dung “{name}”",
    "{n}. Về {name}",
    "{n}. Nâng cao điểm nội dung {name}",
    "{n}. Nhóm giải pháp {name}",
)
ITEMS = (
    "{i}) {text}.",
    "{i}/ {text}.",
    "({i}) {text}.",
    "a{i}) {text}.",
    "+ {text}.",
    "• {text}",
    "✓ {text}",
    "{i}.- {text}.",
    "{i}- {text}.",
    "{text}.",
)


@pytest.mark.parametrize(
    ("head", "item"), [*product(HEADS, ("{i}. {text}.", "- {text};", "{n}.{i}. {text}.")), *product(HEADS[:2], ITEMS)]
)
def test_a_dimension_heads_its_tasks_however_both_are_counted(head: str, item: str) -> None:
    found = units_under(head, item)
    assert [(unit.text.rstrip(".;"), unit.declared_dim) for unit in found] == list(zip(DONE, (1, 1, 5, 5)))


@pytest.mark.parametrize(
    ("rows", "leads", "dims"),
    [
        (  # a cell over the whole width, written into each column
            ("TT\tNhiệm vụ\tChủ trì", f"{NAMES[1]}\t{NAMES[1]}\t{NAMES[1]}", f"1\t{DONE[1]}\tSở Tài chính"),
            [[("lead", "Sở Tài chính")]],
            [5],
        ),
        (  # who leads and who joins in, in one cell
            ("TT\tNhiệm vụ\tPhân công", f"1\t{DONE[1]}\tSở Tài chính chủ trì; Sở Nội vụ phối hợp"),
            [[("lead", "Sở Tài chính"), ("coop", "Sở Nội vụ")]],
            [None],
        ),
        (
            ("TT\tNhiệm vụ\tThực hiện", f"1\t{DONE[1]}\tChủ trì: Sở Tài chính. Phối hợp: Sở Nội vụ"),
            [[("lead", "Sở Tài chính"), ("coop", "Sở Nội vụ")]],
            [None],
        ),
        (  # a dimension that stands once beside its tasks
            ("TT\tChỉ số\tGiải pháp\tChủ trì", f"1\t{NAMES[1]}\t{DONE[1]}\tSở Y tế", f"2\t\t{DONE[2]}\tSở Tài chính"),
            [[("lead", "Sở Y tế")], [("lead", "Sở Tài chính")]],
            [5, 5],
        ),
        (  # when, of a whole group
            ("TT\tNhiệm vụ\tChủ trì\tThời gian", f"I\t{NAMES[1]}\t\tQuý II", f"1\t{DONE[1]}\tSở Y tế\t"),
            [[("lead", "Sở Y tế"), ("timing", "Quý II")]],
            [5],
        ),
    ],
)
def test_what_a_table_says_once_or_together_is_said_of_each_task(
    rows: tuple[str, ...], leads: list[list[tuple[str, str]]], dims: list[int | None]
) -> None:
    units = cut_of("\n".join(("II. NHIỆM VỤ", *rows))).units
    assert [cells_of(unit) for unit in units] == leads
    assert [unit.declared_dim for unit in units] == dims


def units_under(head: str, item: str) -> Sequence[Unit]:
    """Two dimensions with two tasks each, counted so."""
    lines = []
    for n, (name, roman) in enumerate(zip(NAMES, ("I", "II")), 1):
        lines.append(head.format(n=n, roman=roman, name=name))
        lines += [item.format(n=n, i=i, text=text) for i, text in enumerate(DONE[2 * n - 2 : 2 * n], 1)]
    text = "\n\n".join(["KẾ HOẠCH PAPI", "PHẦN B. NHIỆM VỤ", *lines])
    return cut(txt.blocks(text.encode(), "x.md" if "#" in head or "*" in head else "x.txt")).units
