"""Words for a reader: how sure an answer is, what came second, what an office is called, how Streamlit is translated."""

from __future__ import annotations

import csv
import re
from html import unescape
from types import SimpleNamespace

import pytest
import small
from markupsafe import Markup

from etl.reference.agencies import agency_names
from ui import data
from ui.data import Basis
from ui.topics import overview
from ui.words import absence, labels, offices, plans, units
from ui.words.markup import filled


def _unit(**said: object) -> SimpleNamespace:
    usual = {
        "declared_dim": None,
        "matched_dim": 6,
        "matched_sub": "6.1",
        "score": 0.8,
        "margin": 0.6,
        "review": False,
        "runner_up_dim": 5,
        "runner_up_sub": "5.3",
        "kind_sure": True,
        "agencies_uncertain": False,
    }
    return SimpleNamespace(**(usual | said))


@pytest.mark.parametrize(
    ("said", "certainty"),
    [
        ({}, "sure"),
        ({"declared_dim": 6}, "sure"),
        ({"review": True, "margin": 0.3}, "check"),
        ({"review": True, "margin": 0.05}, "unsure"),
        ({"declared_dim": 5}, "check"),
        ({"kind_sure": False}, "check"),
        ({"agencies_uncertain": True}, "check"),
        ({"matched_dim": None, "matched_sub": None}, "unsure"),
    ],
)
def test_how_sure_an_answer_is_is_said_in_one_word(said, certainty):
    assert units.certainty_of(_unit(**said)) == certainty


@pytest.mark.parametrize(
    ("spoken", "second"),
    [
        ([(6, "6.1", 0.5), (6, "6.3", 0.3), (5, "5.3", 0.2)], "6.3"),
        ([(6, "6.1", 0.5), (6, None, 0.3), (5, "5.3", 0.2)], "5.3"),
        ([(6, "6.1", 0.5), (5, "5.3", 0.2), (6, "6.3", 0.1), (6, "6.3", 0.15)], "6.3"),
        ([(6, "6.1", 0.9)], "5.3"),
    ],
)
def test_what_came_second_may_be_of_the_same_dimension(monkeypatch, spoken, second):
    evidence = [SimpleNamespace(dim=dim, sub=sub, weight=weight) for dim, sub, weight in spoken]
    monkeypatch.setattr(units, "topic_name", lambda dim, sub, **_: f"{sub or dim}")
    assert units.second(_unit(), evidence) == f"Phương án thứ hai: {second}."


@pytest.mark.parametrize(
    ("spoken", "plan", "touched", "said"),
    [
        # the answer is the topic for which most speaks
        ([(6, "6.1", 0.5), (6, None, 0.3)], "a", (), ""),
        # words on the whole dimension decide it, and of its parts the one that is spoken of most
        ([(6, None, 0.5), (6, "6.1", 0.3), (6, "6.3", 0.1)], "a", (), "“6” là lời nói về cả nội dung"),
        # another part is named first, for what is smaller is not named
        ([(6, "6.3", 0.34), (6, "6.1", 0.24)], "a", (), "chỉ là 58%; tính cả những căn cứ nhỏ hơn, 6.1 đứng đầu"),
        ([(6, "6.3", 0.34), (6, "6.1", 0.24)], "a", ("trạm y tế",), "lời gọi tên chỉ số (“trạm y tế”), 6.1 đứng đầu"),
        # many small reasons for one dimension outweigh a large one for another
        ([(5, "5.3", 0.4), (6, "6.1", 0.3), (6, "6.3", 0.2)], "a", (), "nội dung 6 được 90% căn cứ"),
        ([(5, "5.3", 0.4), (6, "6.1", 0.3)], "labelled", (), "6.1 là theo nhãn ấy"),
    ],
)
def test_a_reason_says_what_decided_where_another_topic_is_named_first(
    monkeypatch, shipped, spoken, plan, touched, said
):
    evidence = [SimpleNamespace(dim=dim, sub=sub, weight=weight) for dim, sub, weight in spoken]
    touches = [SimpleNamespace(sub="6.1", how="main", quote=quote) for quote in touched]
    monkeypatch.setattr(units, "topic_name", lambda dim, sub, **_: f"{sub or dim}")
    monkeypatch.setattr(units, "_labelled", lambda: {"labelled"})
    found = units.decided(_unit(score=0.9), evidence, touches, plan)
    assert said in found and bool(found) == bool(said)


@pytest.mark.parametrize(
    ("lang", "name", "said"),
    [
        ("vi", "Sở Y tế", "Sở Y tế"),
        ("en", "Sở Y tế", "Sở Y tế (Department of Health)"),
        ("en", "UBND cấp xã", "UBND cấp xã (Commune People’s Committees)"),
        ("en", "Đội Văn nghệ xung kích", "Đội Văn nghệ xung kích"),
    ],
)
def test_an_office_has_a_gloss_in_english_and_keeps_its_name(lang, name, said):
    with labels.speaking(lang):
        assert offices.office(name) == said


@pytest.mark.parametrize(
    ("lang", "leads", "said"),
    [
        ("vi", ("Sở Y tế", "UBND cấp xã"), "Chủ trì: <b>Sở Y tế, UBND cấp xã</b>"),
        ("en", ("Sở Y tế",), "Lead: <b>Sở Y tế (Department of Health)</b>"),
        ("en", (), "No lead named"),
    ],
)
def test_who_leads_is_said_with_the_gloss_or_that_nobody_does(lang, leads, said):
    with labels.speaking(lang):
        assert offices.lead(leads) == said


def test_every_known_office_has_an_english_name_and_none_is_left_over():
    assert offices._english().keys() == agency_names().keys()
    assert not [name for name, english in offices._english().items() if not re.fullmatch(r"[A-Z][\w ,’-]+", english)]


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("No results", "Không tìm thấy"),
        ("Remove Bắc Kạn 2021", "Bỏ Bắc Kạn 2021"),
        ("You can only select up to 4 options. Remove an option first.", "Chỉ chọn được nhiều nhất 4. Hãy bỏ bớt"),
        ("No results at all", None),
    ],
)
def test_streamlits_own_words_are_told_in_vietnamese(english, vietnamese):
    met = [(re.search(pattern, english), words) for pattern, words in labels.streamlit_words()]
    said = [words.replace("{}", found[1] if found.re.groups else "") for found, words in met if found]
    assert (said[0].startswith(vietnamese) if said else None) == (True if vietnamese else None)


@pytest.mark.parametrize(
    ("timing", "raw", "said"),
    [
        ("ongoing", "Thường xuyên", "“Thường xuyên”"),
        ("annual", "Hàng năm.", "“Hàng năm.”"),
        ("regulation", "Theo quy định", "“Theo quy định”"),
        ("quarterly", "Định kỳ hàng quý", "“Định kỳ hàng quý” (hằng quý)"),
        ("event", "Trước bầu cử", "“Trước bầu cử” (khi có sự kiện)"),
        ("unspecified", None, "không ghi thời hạn"),
    ],
)
def test_a_time_is_said_once_where_the_plan_says_it_as_we_do(timing, raw, said):
    assert units.timing(SimpleNamespace(timing=timing, timing_raw=raw)) == said


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ("none", "nhiệm vụ riêng"),
        ("weak", "nhiệm vụ riêng"),
        ("lead", "nhiệm vụ nêu cơ quan chủ trì"),
        ("time", "nhiệm vụ ghi thời hạn"),
        ("lead_time", "nhiệm vụ nêu cả cơ quan chủ trì và thời hạn"),
    ],
)
def test_that_nobody_else_has_it_says_what_was_looked_for(lacks, said):
    assert absence.sought(lacks) == said


@pytest.mark.parametrize(
    ("plan_id", "top"), [("nam-khanh-2020", "4, 6, 7 và 8 (mỗi nội dung 1)"), ("binh-dinh-2022", "6 Dịch vụ công (16)")]
)
def test_dimensions_with_as_many_tasks_are_all_named(shipped, plan_id, top):
    _, (row,) = overview.table(overview.view(Basis.HEADING, (plan_id,)))
    assert row["top"] == top


def test_no_word_of_streamlit_is_told_twice():
    with labels.STREAMLIT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["en"] for row in rows}) == len(rows) and all(
        row["en"].count("{}") == row["vi"].count("{}") for row in rows
    )


@pytest.mark.parametrize(
    ("shape", "values", "named", "made"),
    [
        ("<b>{}</b>", ("a < b & c",), {}, "<b>a &lt; b &amp; c</b>"),
        ("<b>{}</b> · {n}", (Markup("<i>x</i>"),), {"n": 4}, "<b><i>x</i></b> · 4"),
        ('<a href="{}">{}</a>', ('" onclick="', "'"), {}, '<a href="&quot; onclick=&quot;">&#x27;</a>'),
        ("{0} {1} {0}", ("một", "hai"), {}, "một hai một"),
        ("{{{}}}", ("{}",), {}, "{{}}"),
        ("không có gì", (), {}, "không có gì"),
    ],
)
def test_what_is_filled_into_markup_is_escaped_unless_it_is_markup(shape, values, named, made):
    assert filled(shape, *values, **named) == Markup(made)
    assert unescape(made) == unescape(Markup(shape).format(*values, **named))


@pytest.mark.parametrize("shape", ["{:.1f}", "{!r}"])
def test_markup_that_formats_is_refused(shape):
    with pytest.raises(ValueError, match="filled in"):
        filled(shape, 1.0)


@pytest.mark.parametrize(
    ("lang", "one", "all_"),
    [("vi", "Nguồn: Bình Định 2022, đọc ngày", "Nguồn: 5 kế hoạch"), ("en", "Source: Bình Định 2022, read on", "five")],
)
def test_a_picture_of_one_plan_names_it_as_its_source(shown_database, lang, one, all_):
    with small.shown(shown_database, lang):
        assert plans.source(("binh-dinh-2022",)).startswith(one)
        assert all_ in plans.source() == plans.source(tuple(plan.plan_id for plan in data.plans()))


def test_what_nobody_was_given_says_where_the_other_way_of_counting_finds_it(shipped):
    ids = tuple(plan.plan_id for plan in data.plans())
    said = {basis: overview.answer(overview.view(basis, ids)) for basis in Basis}
    assert "Theo đề mục của kế hoạch thì chỉ số 5.4 có." in said[Basis.CONTENT]
    assert "Theo nội dung câu chữ" not in said[Basis.HEADING]
