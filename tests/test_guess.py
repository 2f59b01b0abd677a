"""Who and when where no table knows the head of a column or a label: told by what stands there, and said to be a guess."""

from __future__ import annotations

import pytest

from benchmarks import heads, layouts
from etl.cut import cut, guess
from etl.match import Matcher
from etl.model import Plan
from etl.read import txt
from etl.reference import ROOT, column_role
from etl.tag import tag

PLAN = Plan("p", ROOT / "p.txt", "", "", "", "", "", "province", "")
TASKS = (
    "Niêm yết dự toán, quyết toán ngân sách xã tại trụ sở và nhà văn hóa thôn",
    "Tổ chức đối thoại giữa Chủ tịch UBND xã với Nhân dân mỗi quý một lần",
    "Kiểm tra đột xuất việc tiếp nhận hồ sơ tại Bộ phận Một cửa",
)


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        (("Sở Tài chính", "UBND các huyện, thành phố", "Thanh tra tỉnh"), "who"),
        (("Phòng Phổ biến, giáo dục pháp luật", "Văn phòng Sở\nThanh tra Sở"), "who"),
        (("Chủ tịch UBND xã", "Đồng chí Nguyễn Văn An", "Trưởng thôn"), "who"),
        (("Quý II/2024", "Trước 30/6", "Thường xuyên", "Tháng 9"), "when"),
        (("Hằng quý", "Xong trong tháng 10", "Q4/2023"), "when"),
        (("Quý II", "Báo cáo kết quả", "Kế hoạch được ban hành"), ""),
        (("Tổ chức hội nghị", "Ban hành văn bản", "Phòng ngừa tham nhũng trong thu phí"), ""),
        (("1.1", "2.1", "3.2"), ""),
        (("95%", "100%", "80%"), ""),
        (("Sở Tài chính",), ""),
    ],
)
def test_a_column_holds_offices_or_times_where_most_of_its_cells_are_such(cells: tuple[str, ...], held: str) -> None:
    assert guess.holds(cells) == held


@pytest.mark.parametrize(
    ("header", "rows", "leads", "timings"),
    [
        (
            "TT\tNhiệm vụ\tMũi chính\tĐích đến",
            ("Sở Tài chính\tQuý II/2024", "UBND cấp xã\tHằng quý", "Thanh tra tỉnh\tTháng 9"),
            [["Sở Tài chính"], ["UBND cấp xã"], ["Thanh tra tỉnh"]],
            ["dated", "quarterly", "dated"],
        ),
        (
            "Số\tĐầu việc mới\tMũi chính\tMũi phụ\tĐích đến",
            (
                "Sở Tài chính\tSở Nội vụ\tQuý II/2024",
                "UBND cấp xã\tSở Nội vụ\tHằng quý",
                "Thanh tra tỉnh\tSở Y tế\tTháng 9",
            ),
            [["Sở Tài chính"], ["UBND cấp xã"], ["Thanh tra tỉnh"]],
            ["dated", "quarterly", "dated"],
        ),
        (  # without any header
            "",
            ("Sở Tài chính\tQuý II/2024", "UBND cấp xã\tHằng quý", "Thanh tra tỉnh\tTháng 9"),
            [["Sở Tài chính"], ["UBND cấp xã"], ["Thanh tra tỉnh"]],
            ["dated", "quarterly", "dated"],
        ),
        (  # beside a lead that is known, another column of offices only joins in
            "TT\tNhiệm vụ\tCơ quan chủ trì\tNơi nhận bàn giao",
            ("Sở Tài chính\tSở Y tế", "UBND cấp xã\tSở Nội vụ", "Thanh tra tỉnh\tSở Y tế"),
            [["Sở Tài chính"], ["UBND cấp xã"], ["Thanh tra tỉnh"]],
            ["unspecified", "quarterly", "unspecified"],
        ),
    ],
)
def test_columns_that_no_table_knows_are_read_by_their_cells(
    header: str, rows: tuple[str, ...], leads: list[list[str]], timings: list[str]
) -> None:
    lines = [f"{n}\t{task}\t{row}" for n, (task, row) in enumerate(zip(TASKS, rows), 1)]
    units = units_of("II. NHIỆM VỤ", *([header] if header else []), *lines)
    assert [unit.text for unit in units] == list(TASKS)
    assert [list(unit.names("lead")) for unit in units] == leads
    assert [unit.timing for unit in units] == timings


@pytest.mark.parametrize("head", ["Mảng nội dung", "Phần", "Mục tiêu", "Nhóm"])
def test_a_column_whose_cells_name_dimensions_declares_them_for_the_rows_below(head: str) -> None:
    rows = (
        f"1\tNội dung 2: Công khai, minh bạch\t{TASKS[0]}\tSở Tài chính\tQuý II\tBáo cáo",
        f"2\t\t{TASKS[1]}\tSở Nội vụ",
        f"3\tThủ tục hành chính công\t{TASKS[2]}\tSở Nội vụ\tQuý III",
        "4\tViệc chung\tPhát tờ rơi giới thiệu Chỉ số PAPI tới từng hộ dân\tSở Nội vụ\t\tTờ rơi",
    )
    units = units_of("II. NHIỆM VỤ", f"TT\t{head}\tĐầu việc\tChủ trì\tThời gian\tGhi chú", *rows)
    assert [unit.declared_dim for unit in units] == [2, 2, 5, None]
    assert [list(unit.names("lead")) for unit in units] == [["Sở Tài chính"], *[["Sở Nội vụ"]] * 3]


def test_rows_whose_last_cells_are_empty_are_of_the_table_all_the_same() -> None:
    rows = (f"{TASKS[0]}\tSở Tài chính\tQuý II\tBáo cáo", f"{TASKS[1]}\tSở Y tế", f"{TASKS[2]}\tSở Nội vụ\tQuý III")
    head = "TT\tĐầu việc\tPhòng, đơn vị đảm trách\tXong lúc nào\tGhi chú"
    units = units_of("II. NHIỆM VỤ", head, *(f"{n}\t{row}" for n, row in enumerate(rows, 1)))
    assert [list(unit.names("lead")) for unit in units] == [["Sở Tài chính"], ["Sở Y tế"], ["Sở Nội vụ"]]


def test_a_guess_is_said_and_marked() -> None:
    rows = [f"{n}\t{task}\tSở Tài chính\tTháng {n}" for n, task in enumerate(TASKS, 1)]
    pieces = cut(txt.blocks("\n".join(["II. NHIỆM VỤ", "TT\tNhiệm vụ\tMũi chính\tĐích đến", *rows]).encode(), "p.txt"))
    assert [(one.header, one.role, one.is_guessed) for one in pieces.columns][2:] == [
        ("Mũi chính", "lead", True),
        ("Đích đến", "timing", True),
    ]
    assert all(cell.uncertain for unit in pieces.units for cell in unit.cells)


@pytest.mark.parametrize(
    ("lines", "leads"),
    [
        (
            ("Mũi chính: Sở Tài chính", "Mũi chính: UBND cấp xã", "Mũi chính: Sở Y tế"),
            [["Sở Tài chính"], ["UBND cấp xã"], ["Sở Y tế"]],
        ),
        (
            (
                "Mũi chính: Sở Tài chính. Đích đến: quý II.",
                "Mũi chính: UBND cấp xã. Đích đến: tháng 9.",
                "Mũi chính: Sở Y tế. Đích đến: hằng năm.",
            ),
            [["Sở Tài chính"], ["UBND cấp xã"], ["Sở Y tế"]],
        ),
        # who is invited, or to whom it goes, is no lead
        (("Thành phần: Sở Tài chính", "Thành phần: UBND cấp xã", "Thành phần: Sở Y tế"), [[], [], []]),
        # a label that stands once is no name for who
        (("Mũi chính: Sở Tài chính", "", ""), [[], [], []]),
    ],
)
def test_a_label_that_stands_before_offices_again_and_again_says_who_leads(
    lines: tuple[str, ...], leads: list[list[str]]
) -> None:
    said = [line for n, (task, below) in enumerate(zip(TASKS, lines), 1) for line in (f"{n}. {task}.", below) if line]
    found = [unit for unit in units_of("II. NHIỆM VỤ", *said) if unit.text.startswith(TASKS)]
    assert [list(unit.names("lead")) for unit in found] == leads


def test_a_table_of_contacts_or_scores_is_no_table_of_tasks() -> None:
    contacts = ("Họ tên\tNơi công tác\tĐiện thoại", "Nguyễn An\tSở Y tế\t0912", "Trần Bình\tSở Nội vụ\t0913")
    scores = ("Đơn vị\tĐiểm\tXếp hạng", "UBND xã A\t12,5\t1", "UBND xã B\t12,1\t2", "UBND xã C\t11,0\t3")
    for table in (contacts, scores):
        assert units_of("II. NHIỆM VỤ", *table) == ()


@pytest.mark.parametrize(
    "table",
    [
        (
            "TT\tKhoản chi\tSố lượng\tĐơn giá (đồng)\tThành tiền (đồng)",
            "1\tIn tờ rơi về quyền của người dân\t500\t2000\t1000000",
        ),
        (
            "STT\tViệc chi\tĐVT\tĐơn giá\tThành tiền",
            "1\tThuê xe đưa đoàn kiểm tra về các thôn\tchuyến\t20000\t40000",
            "2\tNước uống cho người dự đối thoại\tngười\t10000\t20000",
        ),
        (
            "UBND TỈNH HÀ NAM\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "SỞ Y TẾ\tĐộc lập - Tự do - Hạnh phúc",
            "Số: 12/KH-SYT\tPhủ Lý, ngày 02 tháng 3 năm 2022",
        ),
        ("Nơi nhận:\tKT. GIÁM ĐỐC", "- Sở Nội vụ;\tPHÓ GIÁM ĐỐC", "- UBND các huyện;\t(Đã ký và đóng dấu của cơ quan)"),
    ],
)
def test_what_things_cost_and_what_holds_a_page_are_no_tasks(table: tuple[str, ...]) -> None:
    """A table of money, a letterhead, a signature."""
    (unit,) = units_of("II. NHIỆM VỤ", "1. Đo nước giếng ở các xã ven sông.", *table)
    assert unit.text == "Đo nước giếng ở các xã ven sông."


def test_plans_are_read_nearly_as_well_where_every_head_is_hidden(matcher: Matcher) -> None:
    folder = ROOT / "tests" / "strangers"
    text = (folder / "phu-yen-2022.txt").read_text(encoding="utf-8")
    assert "Cơ quan chủ trì" in text and "Cơ quan chủ trì" not in heads.hidden(text)
    assert column_role(heads.hidden("Nhiệm vụ\tCơ quan chủ trì").split("\t")[1]) == "unknown"
    said = heads.told(folder, matcher, is_hidden=True)
    assert said["found"] >= 0.99 * said["units"], said
    assert min(said["lead"], said["timing"]) >= 0.95 * said["tasks"], said


@pytest.mark.parametrize("layout", layouts.LAYOUTS)
def test_real_tasks_are_read_in_the_layouts_of_many_hands(layout: str, matcher: Matcher) -> None:
    # a year alone is told by no layout but a column: it may be the plan's own
    found = layouts.tasks(ROOT / "tests" / "strangers" / "phu-yen-2022.jsonl")
    said = layouts.told(layout, [task for task in found if guess.is_time(task["timing_raw"])], matcher)
    assert said["units"] == said["found"] == said["kind"] == said["read"] > 10, said
    assert min(said["lead"], said["timing"]) >= 0.9 * said["units"], said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("→ Sở Tài chính, quý II.", [("lead", "Sở Tài chính"), ("timing", "quý II")]),
        ("=> Trung tâm Trợ giúp pháp lý nhà nước", [("lead", "Trung tâm Trợ giúp pháp lý nhà nước")]),
        (
            "Sở Lao động, Thương binh và Xã hội - Quý III/2024",
            [("lead", "Sở Lao động, Thương binh và Xã hội"), ("timing", "Quý III/2024")],
        ),
        ("Trước 30/6; UBND các huyện, thành phố", [("lead", "UBND các huyện, thành phố"), ("timing", "Trước 30/6")]),
        # a sentence may begin with an office and end with a time
        ("Đoàn Thanh niên xã nhập phiếu vào máy, xong trước ngày 25/6/2024.", []),
        ("UBND xã niêm yết quyết toán tại trụ sở - quý II", []),
        # an office alone may head what follows
        ("Sở Tài chính", []),
    ],
)
def test_a_line_of_an_office_and_a_time_says_who_and_when(line: str, said: list[tuple[str, str]]) -> None:
    assert guess.unlabelled(line, {}) == said


@pytest.mark.parametrize(
    ("heading", "is_time"),
    [
        ("Quý II/2024", True),
        ("CÁC NHIỆM VỤ THỰC HIỆN THƯỜNG XUYÊN", True),
        ("Công việc hằng tháng", True),
        ("Hoàn thành trước ngày 30/6", True),
        ("Tháng 3 và tháng 9", True),
        ("Nhiệm vụ năm 2024", False),
        ("Giao ban hằng tháng", False),
        ("Nhiệm vụ thứ hai", False),
        ("Kết quả quý I/2024", False),
    ],
)
def test_a_heading_that_is_a_time_and_nothing_else_says_when(heading: str, is_time: bool) -> None:
    assert guess.is_time(heading) == is_time


@pytest.mark.parametrize(
    ("lines", "leads"),
    [
        ([f"- {task} (Sở Tài chính)." for task in TASKS], [["Sở Tài chính"]] * 3),
        # once, it may be whom the task is about
        ([f"- {TASKS[0]}.", f"- {TASKS[2]} (Công an xã)."], [[], []]),
        # what else stands in brackets leads nothing
        ([f"- {task} (kèm biểu mẫu)." for task in TASKS], [[]] * 3),
    ],
)
def test_offices_that_close_several_tasks_in_brackets_lead_them(lines: list[str], leads: list[list[str]]) -> None:
    assert [list(unit.names("lead")) for unit in units_of("II. NHIỆM VỤ", *lines)] == leads


def test_a_dimension_over_a_list_counted_as_it_is_itself_is_a_heading() -> None:
    lines = ("a) Tham gia của người dân ở cấp cơ sở", f"1) {TASKS[1]}", f"2) {TASKS[0]}")
    lines += ("b) Thủ tục hành chính công", f"1) {TASKS[2]}")
    units = units_of("II. NHIỆM VỤ", *lines)
    assert [(unit.text, unit.declared_dim) for unit in units] == [(TASKS[1], 1), (TASKS[0], 1), (TASKS[2], 5)]


def units_of(*lines: str) -> tuple:
    return tag(cut(txt.blocks("\n".join(lines).encode(), "p.txt")).units, PLAN)
