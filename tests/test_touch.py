"""What a text touches beside what it is about, and what the headings over it add: lines, and what each says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from benchmarks.cells import FOLDERS, read
from etl import about, layer, load, way
from etl.match import GOLD, Matcher, left_open, touched
from etl.measure import cells
from etl.measure.plans import told
from etl.measure.reading import labelled
from etl.model import BadReference, Heading, Line, Match, Reading, Touch, Unit


def said(matcher: Matcher, text: str) -> dict[str, str]:
    return {touch.sub: touch.how for touch in matcher.match([text])[0].touches}


@pytest.mark.parametrize(
    ("text", "touches"),
    [
        # a list is read as a list, and is mainly about none of its parts
        (
            "Chứng thực, xác nhận, cấp giấy phép xây dựng, giấy chứng nhận quyền sử dụng đất",
            {"5.1": "names", "5.2": "names", "5.3": "names"},
        ),
        (
            "Niêm yết công khai thu, chi ngân sách cấp xã; quy hoạch, kế hoạch sử dụng đất",
            {"2.3": "names", "2.4": "names"},
        ),
        # a field, a place, a channel
        (
            "Nâng cao chất lượng giải quyết hồ sơ thủ tục hành chính, nhất là trong lĩnh vực đất đai, đầu tư, xây dựng",
            {"5.2": "passing", "5.3": "passing"},
        ),
        ("Niêm yết công khai danh sách hộ nghèo trên cổng thông tin điện tử của xã", {"2.2": "main", "8.1": "passing"}),
        # corruption, and where
        (
            "Tăng cường phòng, chống tham nhũng, chống phiền hà, sách nhiễu trong lĩnh vực y tế, giáo dục, cấp phép xây dựng, đất đai",
            {"4.1": "names", "4.2": "names", "5.2": "passing", "6.1": "passing", "6.2": "passing"},
        ),
        ("Không để cán bộ y tế vòi vĩnh người bệnh", {"4.2": "main", "6.1": "passing"}),
        ("Bảo vệ người tố cáo hành vi tham nhũng", {"4.4": "main"}),
        ("Đảm bảo không khí, nguồn nước không bị ô nhiễm", {"7.2": "main", "7.3": "names"}),
        # to answer by way of the portal is 8.3, and neither the portal nor the answer a task apart
        ("Trả lời kịp thời câu hỏi của người dân trên Cổng thông tin điện tử", {"8.3": "main"}),
        ("Tiếp tục cung cấp nước sạch cho người dân; thu gom, xử lý rác thải", {"6.3": "main", "7.3": "names"}),
        # what a reader of invented plans missed
        (
            "Kiểm tra nguồn thải của các trại heo đầu nguồn suối Đá; công bố kết quả cho dân biết",
            {"7.1": "main", "7.3": "names"},
        ),
        (
            "Công bố chất lượng không khí ở các tuyến đường trung tâm; xử phạt xe chở vật liệu rơi vãi",
            {"7.1": "names", "7.2": "main"},
        ),
        (
            "Tăng cường thanh tra, kiểm tra việc quản lý, sử dụng ngân sách, đất đai; xử lý trách nhiệm người đứng đầu để xảy ra tham nhũng",
            {"4.1": "names", "4.4": "main", "5.3": "passing"},
        ),
        ("Tiếp tục cung cấp thông tin về dịch bệnh, lịch tiêm chủng", {"2.1": "names", "6.1": "main"}),
        ("Ngăn chặn tình trạng vòi vĩnh trong cung ứng dịch vụ công", {"4.1": "names", "4.2": "names"}),
        # whom an official takes money from says which corruption it is
        ("Phát hiện hành vi gợi ý, nhận tiền ngoài quy định của cán bộ, công chức", {"4.1": "main"}),
        (
            "Kiểm soát chặt các nguồn xả thải lớn là khu công nghiệp, làng nghề, bệnh viện, trại chăn nuôi",
            {"7.1": "main"},
        ),
        # vague words name nothing, the name of an office is no topic, and a short form has no words of its own
        ("Nâng cao chất lượng dịch vụ công", {}),
        ("Ban Tiếp công dân tỉnh", {}),
        ("UBND góp ý vào dự thảo kế hoạch", {"1.2": "main"}),
        # deputies are elected by all citizens (1.2), heads of villages by their village (1.3)
        ("Tổ chức tốt cuộc bầu cử đại biểu Hội đồng nhân dân các cấp", {"1.2": "main"}),
        ("Bầu trưởng thôn có số dư, kiểm phiếu công khai", {"1.3": "main"}),
        # whom a task informs, and where a road leads, is no subject of its own
        ("Giới thiệu bộ câu hỏi PAPI đến viên chức các bệnh viện", {"6.1": "passing"}),
        # two parts by their own names are the whole
        ("Quyết tâm chống tham nhũng và công bằng trong tuyển dụng vào khu vực công", {"4.3": "names", "4.4": "names"}),
        # everyday words
        ("Cấm cầm quà của người đến nộp hồ sơ", {"4.1": "main"}),
        ("Y tá nhận phong bì của người bệnh thì cho nghỉ việc", {"4.2": "main", "6.1": "passing"}),
        ("Lò mổ xả nước ra rạch ban đêm bị lập biên bản", {"7.1": "main", "7.3": "names"}),
        ("Chín đơn về ranh đất còn tồn giao Phó Chủ tịch theo đến cùng", {"3.2": "main"}),
        ("Người báo tin cán bộ vòi tiền được giữ kín tên", {"4.4": "main", "4.1": "names"}),
        ("Đo độ mặn mỗi sáng để bà con trữ nước ngọt", {"7.3": "main"}),
        # the same words where they say something else
        ("Chủ tịch xã luân phiên ngồi ở ba điểm tiếp dân", {"3.1": "main"}),
        ("Hiệu trưởng trường tiểu học nói rõ các khoản thu trước phụ huynh", {"6.2": "main"}),
        ("Đưa thủ tục về tài nguyên nước lên nộp qua mạng", {"8.1": "main"}),
        ("Tiêm phòng cho đàn lợn trước mùa mưa", {}),
        # everyday words that also say other things
        ("Trả lời tại chỗ các câu hỏi của người dân trong buổi đối thoại", {"3.1": "main"}),
        ("Thanh tra việc mua sắm thuốc tại bệnh viện huyện", {"4.1": "main", "6.1": "passing"}),
        ("Dán ở cổng trường các khoản thu của học sinh đầu năm", {"6.2": "main"}),
        ("Thay giấy tờ cũ trên bảng tin, ai xin bản sao thì cho", {"2.1": "main"}),
        ("Dán mã để người dân quét mã góp ý", {"3.2": "main"}),
        ("Soạn bộ câu hỏi - đáp về quyền của người dân", {"1.1": "main"}),
        # who heads the village is known, or elected
        ("Phát lịch treo tường giới thiệu trưởng bản kèm ảnh", {"1.1": "main"}),
        ("Giới thiệu hai người ứng cử trưởng bản", {"1.3": "main"}),
        ("Bầu xóm trưởng ở xóm mới lập", {"1.3": "main"}),
        # as people of the delta write
        ("Vớt lục bình, không để rác trôi xuống kinh", {"7.3": "main"}),
        ("Hỏi xem người dân có thấy an toàn ở nơi mình ở không", {"6.4": "main"}),
        ("Tiền thu của chợ, tiền chi sửa chợ đọc trên loa", {"2.3": "main"}),
        # what people are given is the field of a clause on how they are dealt with; on its own it is a task
        ("Công khai mức đóng góp tự nguyện của người dân để bê tông hóa đường thôn", {"1.4": "main", "6.3": "passing"}),
        ("Hướng dẫn nộp hồ sơ chứng thực qua Cổng dịch vụ công trực tuyến", {"8.1": "main", "5.1": "passing"}),
        ("Vận động người dân đóng góp tự nguyện. Xây mới trạm y tế", {"1.4": "main", "6.1": "names"}),
        # the circumstance in which a task is done
        ("Niêm yết danh sách hộ nghèo; nơi nào dân còn thắc mắc thì bình xét lại", {"2.2": "main", "3.2": "passing"}),
        ("Ai báo cán bộ vòi tiền thì được giữ kín tên", {"4.4": "main", "4.1": "passing"}),
        # what people gave is accounted for to them, and is no budget
        ("Công khai quyết toán các khoản dân tự nguyện đóng góp", {"1.4": "main"}),
        (
            "Không ép mức đóng góp tự nguyện, không giao chỉ tiêu đóng góp; công khai ngân sách xã",
            {"1.4": "main", "2.3": "names"},
        ),
        # what is said first is done, and to what comes after it
        ("Nâng cấp trang thông tin điện tử của sở, trả lời câu hỏi của người dân", {"8.1": "main", "8.3": "names"}),
        ("Kiểm tra việc xả thải của trại lợn làm bẩn nguồn nước sinh hoạt", {"7.1": "main", "7.3": "names"}),
        ("Bảo vệ nguồn nước sinh hoạt, kiểm tra việc xả thải của trại lợn", {"7.1": "names", "7.3": "main"}),
        # one of many, and what is added
        ("Rà soát mọi hồ sơ trễ hạn, trong đó có hồ sơ cấp giấy chứng nhận quyền sử dụng đất", {"5.3": "names"}),
        ("Xử lý vi phạm về môi trường, kể cả khói bụi từ lò gạch", {"7.1": "main", "7.2": "passing"}),
        ("Vận động cử tri, kể cả người làm ăn xa lâu ngày mới về, đi bầu cử đại biểu", {"1.2": "main"}),
        # several parts behind a colon, and none before it
        (
            "Thực hiện Chỉ thị của tỉnh: kê khai tài sản; công khai chỉ tiêu tuyển dụng",
            {"4.1": "names", "4.3": "names"},
        ),
        # a school or a hospital behind something else is where that is done, or for whom
        ("Sửa cầu, đường liên thôn cho học sinh tiểu học qua lại", {"6.3": "main", "6.2": "passing"}),
        ("Sửa trường tiểu học, làm đường liên thôn", {"6.3": "main", "6.2": "names"}),
        ("Lấy mẫu nước sinh hoạt tại giếng đào, trường tiểu học", {"7.3": "main", "6.2": "passing"}),
        # two voices for one part and none for another
        (
            "Xử lý ngay người gây phiền hà, đòi tiền của dân, chuyển đổi vị trí công tác đối với công chức",
            {"4.1": "main"},
        ),
        ("Đăng đáp án, điểm thi tuyển công chức", {"4.3": "main"}),
        # without marks, in one word, in nothing
        ("cap giay phep xay dung, giay chung nhan quyen su dung dat", {"5.2": "names", "5.3": "names"}),
        ("y tế", {"6.1": "main"}),
        ("", {}),
        ("…", {}),
    ],
)
def test_a_text_touches_what_its_words_say(matcher: Matcher, text: str, touches: dict[str, str]) -> None:
    assert said(matcher, text) == touches


@pytest.mark.parametrize(
    "text",
    [
        "Chứng thực; cấp phép xây dựng; sổ đỏ; y tế; trường tiểu học. " * 600,
        "Đất đai, " * 3_000,
        "đăng trên cổng thông tin " * 1_000,
        "İ" * 50 + " chứng thực",
    ],
)
def test_a_unit_that_lists_everything_is_an_honest_state_and_no_exception(matcher: Matcher, text: str) -> None:
    for touch in matcher.match([text])[0].touches:
        assert touch.how in ("main", "names", "passing") and touch.first is not None


def test_every_quote_stands_in_the_text_where_it_says(matcher: Matcher) -> None:
    texts = [unit["text"] for file in sorted(GOLD.glob("*.jsonl")) for unit in labelled(file)]
    placed = 0
    for text, match in zip(texts, matcher.match(texts), strict=True):
        assert (
            len({touch.sub for touch in match.touches}) == len(match.touches)
            and sum(touch.how == "main" for touch in match.touches) <= 1
        )
        for touch in match.touches:
            if touch.first is not None:
                placed += 1
                assert text[touch.first : touch.last] == touch.quote
    assert placed > 350


def unit(**values) -> Unit:
    return Unit(1, "table", "1", "lời", 1, 1, **values)


@pytest.mark.parametrize(
    ("declared", "headings", "match", "expected"),
    [
        # the heading names what the words do not
        (
            (5, "5.4"),
            (),
            Match(5, "5.3", review=False, touches=(Touch("5.3", "main", "đất đai"),)),
            {"5.3": "main", "5.4": "names"},
        ),
        # a heading over a row that names two
        (
            (7, "7.2"),
            (Heading("2", "Chất lượng không khí; nguồn nước sinh hoạt", 1, 7, "7.2"),),
            Match(7, None, review=False),
            {"7.2": "names", "7.3": "names"},
        ),
        # under corruption the service is where, not what
        (
            (4, None),
            (),
            Match(
                6, "6.1", review=False, touches=(Touch("6.1", "main", "bệnh viện"), Touch("4.2", "names", "lót tay"))
            ),
            {"4.2": "main", "6.1": "passing"},
        ),
        # in doubt the plan's own word counts
        (
            (1, "1.1"),
            (),
            Match(3, "3.2", review=True, touches=(Touch("3.2", "main", "trả lời"),)),
            {"1.1": "main", "3.2": "names"},
        ),
        ((None, None), (), Match(3, "3.2", touches=(Touch("3.2", "main", "tố cáo"),)), {"3.2": "main"}),
    ],
)
def test_a_heading_adds_what_it_names(declared: tuple, headings: tuple, match: Match, expected: dict[str, str]) -> None:
    found = touched(unit(declared_dim=declared[0], declared_sub=declared[1], headings=headings, match=match))
    assert {touch.sub: touch.how for touch in found} == expected


def test_a_task_that_nobody_understands_leaves_open_what_its_heading_declares() -> None:
    heading = Heading("4", "Kiểm soát tham nhũng", 1, 4, None)
    strange = unit(kind="action", declared_dim=4, headings=(heading,))
    clear = unit(kind="action", touches=(Touch("4.1", "main", "vòi tiền"),), match=Match(4, "4.1"))
    both = tuple(left_open([strange, clear]))
    assert both[0].touches == tuple(
        Touch(sub, "names", heading.text, by="heading", sure=False) for sub in ("4.2", "4.3", "4.4")
    )
    assert both[1] == clear
    for other in (
        replace(strange, declared_dim=None),
        replace(strange, kind="description"),
        replace(clear, declared_dim=4),
    ):
        assert tuple(left_open([other])) == (other,)


@pytest.mark.parametrize(
    ("task", "state"), [("Móc cống, buộc dây, kê lại ghế.", "weak"), ("Công khai tài sản công.", "none")]
)
def test_no_gap_is_said_beside_a_task_that_nobody_understands(
    matcher: Matcher, tmp_path: Path, task: str, state: str
) -> None:
    (tmp_path / "x.txt").write_text(
        f"KẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2026\nI. NHIỆM VỤ\n1. Kiểm soát tham nhũng trong khu vực công\n- {task}\n"
        "2. Quản trị môi trường\n- Không đốt rơm rạ.\nNơi nhận:\n- Lưu: VT.\n",
        encoding="utf-8",
    )
    (one,) = (way.reading(plan, matcher) for plan in about.plans(tmp_path))
    states = load.cell_states([one])[one.plan.plan_id]
    assert (states["4.2"][0], states["7.3"][0]) == (state, "none")


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("(Xem Kế hoạch cải cách hành chính số 03/KH-UBND ngày 06/01/2026 của xã)", "description"),
        ("- Thực hiện theo Kế hoạch số 15/KH-UBND ngày 05/01/2026 của UBND tỉnh.", "weak"),
        ("(Chi tiết tại Phụ lục kèm theo)", "none"),
        ("- Theo dõi việc thực hiện Kế hoạch số 12/KH-UBND.", "none"),
    ],
)
def test_no_gap_is_said_where_a_dimension_is_left_to_another_document(
    matcher: Matcher, tmp_path: Path, line: str, state: str
) -> None:
    (tmp_path / "x.txt").write_text(
        f"KẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2026\nI. NHIỆM VỤ\n1. Thủ tục hành chính công\n{line}\n"
        "2. Quản trị môi trường\n- Không đốt rơm rạ.\nNơi nhận:\n- Lưu: VT.\n",
        encoding="utf-8",
    )
    (one,) = (way.reading(plan, matcher) for plan in about.plans(tmp_path))
    states = load.cell_states([one])[one.plan.plan_id]
    assert {states[sub][0] for sub in ("5.1", "5.3", "5.4")} == {state}


def test_words_that_say_nothing_are_named() -> None:
    with pytest.raises(BadReference, match="cột words"):
        Matcher((), (), (), subjects=[{"sub": "5.1", "words": "và", "how": "names", "unless": "", "_row": "2"}])


# Body and annex.

BODY = (Touch("1.1", "main", "pháp luật"),)


@pytest.mark.parametrize(
    ("line", "layers"),
    [
        ("(Có Bảng phân công nhiệm vụ cụ thể kèm theo Kế hoạch)", ["body", "annex", "annex"]),
        ("(Chi tiết tại Phụ lục kèm theo)", ["body", "annex", "annex"]),
        ("Các nhiệm vụ được giao cho các sở", [None, None, None]),
    ],
)
def test_a_plan_that_says_a_table_is_attached_has_two_layers(line: str, layers: list) -> None:
    units = [
        replace(unit(touches=BODY), channel="narrative", text="Tuyên truyền pháp luật tới người dân"),
        replace(unit(touches=BODY), ordinal=2, first_line=9, text="Phổ biến pháp luật tới người dân"),
        replace(unit(touches=(Touch("6.1", "main", "y tế"),)), ordinal=3, first_line=10, text="Nâng cấp trạm y tế"),
    ]
    found = layer.layers(units, [Line(3, "heading", line)])
    assert [one.layer for one in found] == layers
    assert [(link.body, link.annex, link.sub) for link in layer.links(found)] == ([(1, 2, "1.1")] if layers[0] else [])


# How good: the least that is promised, a plan held out, as the build of the shipped plans has measured it, and on plans written for the tests.


def test_on_the_labelled_plans_cells_and_touches_are_right_this_often(database: Path) -> None:
    asked = "select plan_id, measure, right_count, of_count from measures where part = 'cells'"
    with duckdb.connect(str(database), read_only=True) as con:
        measured = con.execute(asked).fetchall()
    assert len({plan_id for plan_id, *_ in measured if plan_id}) == 5
    shares = {measure: (right, of) for plan_id, measure, right, of in measured if not plan_id}
    assert shares["gaps_right"][0] == shares["gaps_right"][1] > 0
    least = {"touches_precision": 0.93, "touches_recall": 0.93, "cells": 0.97, "gaps_found": 0.85, "main": 0.9}
    assert {name: shares[name][0] / shares[name][1] >= share for name, share in least.items()} == dict.fromkeys(
        least, True
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_on_plans_that_no_label_is_from_what_worked_still_does(matcher: Matcher, folder: Path) -> None:
    shares = cells.total(told(read(folder, matcher), folder, folder).values())
    least = {"touches_precision": 0.92, "touches_recall": 0.93, "cells": 0.9, "gaps_right": 0.9, "gaps_found": 0.9}
    assert {name: shares[name][0] / shares[name][1] >= share for name, share in least.items()} == dict.fromkeys(
        least, True
    )


def test_absent_is_what_no_unit_touches_in_every_view_and_finding(readings: tuple[Reading, ...]) -> None:
    states = load.cell_states(readings)
    assert any(reading.units for reading in readings)
    for reading in readings:
        if not reading.units:
            continue
        touched_subs = {touch.sub for one in reading.units for touch in one.touches}
        absent = {sub for sub, (state, _) in states[reading.plan.plan_id].items() if state == "none"}
        assert absent == states[reading.plan.plan_id].keys() - touched_subs
