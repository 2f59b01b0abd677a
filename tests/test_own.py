"""The reader's own plan: chosen once, every page opens on it, and what becomes of the choice is said."""

from __future__ import annotations

import house
import pytest
from house import notes, opened
from streamlit.testing.v1 import AppTest

from ui.page.frame import MENU

FILES = dict(MENU)
OWN, OTHER = "binh-dinh-2022", "hung-yen-2020"
NAME = "Bình Định 2022 (cấp tỉnh)"
GONE, CITED = "an-giang-2030", "bac-ha-2020"
pytestmark = pytest.mark.usefixtures("home")


def words(at: AppTest) -> str:
    """All that the page says in words, the style sheet aside, and what its pictures say."""
    said = [element.proto.body for element in at.get("html") if not element.proto.body.startswith("<style>")]
    return " ".join([at.title[0].value, *said, *(element.proto.alt for element in at.get("plotly_chart"))])


def answer(at: AppTest) -> str:
    """The answer to the page's title."""
    return next(element.proto.body for element in at.get("html") if 'class="answer"' in element.proto.body)


@pytest.mark.parametrize(("key", "file"), MENU, ids=[key for key, _ in MENU])
def test_every_page_offers_the_choice_and_hands_it_on_in_the_address(key: str, file: str) -> None:
    at = opened(file, {"own": OWN})
    assert at.selectbox(key="w.own").value == OWN and dict(at.query_params)["own"] == OWN and notes(at) == []


@pytest.mark.parametrize(
    ("key", "query", "says"),
    [
        ("overview", {}, "<b>Bình Định 2022</b> (kế hoạch của tôi) nêu <b>92 nhiệm vụ</b>"),
        ("overview", {"kh": OTHER}, "<b>Bình Định 2022</b> (kế hoạch của tôi)"),
        ("coverage", {}, "<b>Bình Định 2022</b> (kế hoạch của tôi) có nhiệm vụ riêng ở"),
        ("scores", {}, "tỉnh Bình Định"),
        ("scores", {"kh": OTHER}, "tỉnh Bình Định"),
        ("when", {}, "trong 92 nhiệm vụ"),
        ("read", {}, "UBND tỉnh Bình Định"),
        ("briefing", {}, "<b>92 nhiệm vụ</b> của 1 kế hoạch"),
    ],
)
def test_a_page_opens_on_the_readers_own_plan(key: str, query: dict[str, str], says: str) -> None:
    assert says in answer(opened(FILES[key], {"own": OWN, **query}))


@pytest.mark.parametrize("key", ["overview", "coverage"])
def test_the_own_plan_stands_before_all_others(key: str) -> None:
    (table,) = (one for one in words(opened(FILES[key], {"own": "nam-khanh-2020"})).split("<table>")[1:])
    others = [table.index(name) for name in ("Hưng Yên 2020", "Bắc Kạn 2021", "Bình Định 2022")]
    assert table.index("Xã Nậm Khánh 2020") < min(others)


@pytest.mark.parametrize(
    ("query", "plans"),
    [
        ({"kh": f"{OTHER},{OWN}"}, [OTHER, OWN]),
        ({"kh": OTHER}, [OTHER, "bac-kan-2021", OWN]),  # with others of its level
        ({"own": OWN}, [OWN, OTHER, "bac-kan-2021"]),
        ({"own": OWN, "kh": "nam-khanh-2020"}, [OWN, "nam-khanh-2020"]),
        ({"own": OWN, "plans": f"{OTHER},{OWN}"}, [OWN, OTHER]),
        ({"own": OWN, "plans": OTHER}, [OWN, OTHER]),
    ],
)
def test_a_comparison_sets_the_own_plan_against_others_and_never_says_that_none_is_chosen(
    query: dict[str, str], plans: list[str]
) -> None:
    at = opened(FILES["compare"], query)
    assert at.multiselect(key="w.plans").value == plans
    assert "Chưa chọn kế hoạch nào" not in words(at) and "Chưa chọn kế hoạch nào" in words(opened(FILES["compare"], {}))


def test_a_checklist_starts_with_the_own_plan_and_with_another_only_where_a_reader_asks() -> None:
    for query, plan in (({}, OWN), ({"kh": OTHER}, OWN), ({"ke": OTHER}, OTHER)):
        at = opened(FILES["briefing"], {"own": OWN, **query})
        assert at.selectbox(key="w.ke.checklist").value == plan


def test_a_checklist_starts_with_the_plan_that_is_chosen_for_the_page() -> None:
    for query, plan in (({"kh": OTHER}, OTHER), ({"kh": OTHER, "ke": "nam-khanh-2020"}, "nam-khanh-2020")):
        assert opened(FILES["briefing"], query).selectbox(key="w.ke.checklist").value == plan


def test_the_choice_is_kept_for_the_session_and_cleared_with_one_click() -> None:
    at = opened(FILES["scores"], {"ke": OTHER})
    assert "tỉnh Hưng Yên" in answer(at)
    at.selectbox(key="w.own").set_value(OWN).run()
    # what was in view goes with the plan it was of
    assert "tỉnh Bình Định" in answer(at) and "ke" not in at.query_params
    # another page whose address says nothing of it, as a step back may bring
    at.query_params.clear()
    at.switch_page(FILES["when"])
    at.run()
    assert at.query_params["own"] == OWN and "92 nhiệm vụ" in answer(at)
    at.selectbox(key="w.own").set_value(None).run()
    assert "own" not in at.query_params and "92 nhiệm vụ" not in answer(at)


@pytest.mark.parametrize(
    ("before", "address", "own", "says"),
    [
        (None, GONE, None, f"“{GONE}”, được chọn làm kế hoạch của tôi, không có trong bản dữ liệu này"),
        (None, CITED, None, "các kế hoạch khác có dẫn văn bản này nhưng ở đây chưa có văn bản"),
        (OWN, GONE, OWN, f"“{GONE}”, được chọn làm kế hoạch của tôi, không có trong bản dữ liệu này"),
        (GONE, None, None, f"“{GONE}”, được chọn làm kế hoạch của tôi, không có trong bản dữ liệu này"),
        (OWN, OTHER, OTHER, f"Địa chỉ này chọn Hưng Yên 2020 (cấp tỉnh) làm kế hoạch của tôi; trước đó là {NAME}"),
        (None, OTHER, OTHER, ""),
        (OWN, None, OWN, ""),
    ],
)
def test_what_becomes_of_the_choice_is_said(
    before: str | None, address: str | None, own: str | None, says: str
) -> None:
    at = house.app()
    at.session_state["kept.own"] = before
    if address:
        at.query_params["own"] = address
    at.run()
    assert not at.exception and at.selectbox(key="w.own").value == own
    assert says in " ".join(notes(at)) and bool(says) == bool(notes(at))


def test_a_link_to_a_plan_that_others_only_cite_says_so() -> None:
    at = opened(FILES["read"], {"ke": CITED})
    (said,) = notes(at)
    assert "các kế hoạch khác có dẫn văn bản này" in said and "không dùng được" not in said


def test_an_address_of_an_older_version_shows_what_it_showed() -> None:
    for key, query, says in (
        ("scores", {"kh": OWN}, "tỉnh Bình Định"),
        ("read", {"ke": OWN}, "UBND tỉnh Bình Định"),
        ("compare", {"plans": f"{OTHER},{OWN}"}, "Giữa Hưng Yên 2020"),
    ):
        at = opened(FILES[key], query)
        assert says in answer(at) and notes(at) == [] and at.selectbox(key="w.own").value is None
