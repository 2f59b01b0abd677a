"""check: nothing is lost, nothing is guessed in silence, and what is no plan is refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl import about, way
from etl.check import Unaccounted, check
from etl.cut import cut
from etl.match import Matcher
from etl.model import Match, Plan, Unread
from etl.read import txt
from etl.tag import tag

PLAN = Plan("x", Path("x.txt"), "", "", "", "", "", "province", "")
PLANS = [plan for plan in about.plans(Path(__file__).parent.parent / "data" / "plans") if plan.file.name]
TABLE = "TT\tNhiệm vụ\tCơ quan thực hiện\tMàu\tThời gian\n1\tTham gia của người dân ở cấp cơ sở\t\t\t\n1.1\tTuyên truyền\tTrung tâm Vũ trụ\tđỏ\txyz\n"


def findings_of(text: str, **match) -> list[tuple[str, int]]:
    blocks = tuple(txt.blocks(text.encode(), "x.txt"))
    pieces = cut(blocks)
    units = tag(pieces.units, PLAN)
    if match:
        units = tuple(replace(unit, match=Match(**match)) for unit in units)
    return [(f.code, f.line) for f in pieces.findings + check(PLAN, blocks, units, pieces.lines, pieces.columns)]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.plan_id)
def test_every_line_and_every_word_of_a_plan_is_accounted_for(plan: Plan) -> None:
    content = plan.file.read_bytes()
    blocks = tuple(txt.blocks(content, plan.file.name))
    pieces = cut(blocks)
    assert [line.number for line in pieces.lines] == [
        number for number, _ in txt.lines(txt.decode(content, plan.file.name)[0])
    ]
    words = {unit.ordinal: unit.text.split() for unit in pieces.units}
    for block, line in zip(blocks, pieces.lines):
        if line.role == "unit" and not block.cells:
            kept = {word for ordinal in line.ordinals for word in words[ordinal]}
            lost = [word for word in block.text.split() if word not in kept]
            # a list mark is all that may go
            assert len(lost) <= 1, (line.number, lost)


def test_a_lost_line_stops_the_build_and_is_named() -> None:
    blocks = tuple(txt.blocks("I. MỤC ĐÍCH\n- Nâng cao Chỉ số PAPI.\n".encode(), "x.txt"))
    pieces = cut(blocks)
    with pytest.raises(Unaccounted, match="x.txt, dòng 2"):
        check(PLAN, blocks, tag(pieces.units, PLAN), pieces.lines[:1], ())


@pytest.mark.parametrize(
    "text",
    ["Thực đơn\nPhở bò\nBún chả\n", "Trận đấu kết thúc với tỷ số 2-1.\n", "I. MỞ BÀI\n1. Mùa xuân\n- Hoa đào nở.\n"],
)
def test_a_text_that_is_no_plan_is_refused_with_the_reason(text: str) -> None:
    blocks = tuple(txt.blocks(text.encode(), "x.txt"))
    pieces = cut(blocks)
    with pytest.raises(Unread) as reason:
        check(PLAN, blocks, tag(pieces.units, PLAN), pieces.lines, pieces.columns)
    assert (
        "x.txt, dòng 1–" in reason.value.vi
        and "hãy" in reason.value.vi
        and reason.value.en.startswith("x.txt, lines 1–")
    )


@pytest.mark.parametrize(
    "head", ["GIẤY MỜI\nHọp về Chỉ số PAPI", "THƯ MỜI\nDự đối thoại về Chỉ số PAPI", "Số: 6/GM-UBND\nHọp về PAPI"]
)
def test_an_invitation_is_no_plan_though_it_counts_who_comes(tmp_path: Path, head: str, matcher: Matcher) -> None:
    file = tmp_path / "x.txt"
    file.write_text(f"UBND TỈNH A\n{head}\n\n1. Sở Y tế trình bày.\n2. Sở Nội vụ kết luận.\n", encoding="utf-8")
    with pytest.raises(Unread, match="giấy mời"):
        way.reading(about.unlisted(file), matcher)


@pytest.mark.parametrize(
    "asked",
    [
        "PHIẾU LẤY Ý KIẾN NGƯỜI DÂN\n(Theo Chỉ số PAPI)\n1. Ông/Bà có được mời họp không?\nXin trả lời vào đây: ……\n",
        "CHỈ SỐ PAPI\n1. Danh sách hộ nghèo có niêm yết không?\n□ Có □ Không\n2. Nước thế nào?\n☐ Tốt ☐ Kém\n",
    ],
)
def test_a_form_to_fill_in_is_no_plan(tmp_path: Path, asked: str, matcher: Matcher) -> None:
    file = tmp_path / "x.txt"
    file.write_text(asked, encoding="utf-8")
    with pytest.raises(Unread, match="phiếu hỏi"):
        way.reading(about.unlisted(file), matcher)


def test_what_no_table_knows_is_said_with_its_line() -> None:
    found = findings_of("KẾ HOẠCH PAPI\n" + TABLE)
    assert {("unknown_column", 2), ("unknown_agency", 4), ("unknown_timing", 4)} <= set(found)


@pytest.mark.parametrize(
    ("match", "code"),
    [
        ({"dim": 4, "sub": "4.1", "review": False}, "heading_text_dim"),
        ({"dim": 4, "sub": "4.1", "review": True}, None),
        ({"dim": 1, "review": False}, None),
    ],
)
def test_a_text_that_surely_says_other_than_its_heading_is_said(match: dict, code: str | None) -> None:
    found = [f for f, _ in findings_of("KẾ HOẠCH PAPI\n" + TABLE, **match) if f.startswith("heading_text")]
    assert found == ([code] if code else [])
