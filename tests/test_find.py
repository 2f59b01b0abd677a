"""The search: what a reader types finds what the plans say, and each facet counts what choosing it would give."""

from __future__ import annotations

import csv
import io
import random
import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import duckdb
import house
import pytest
from streamlit.testing.v1 import AppTest

from etl import load
from ui import data
from ui.data import search
from ui.data.search import Asked, Chosen
from ui.topics.find import facets
from ui.topics.find import question as find_question
from ui.topics.find.results import download
from ui.words.letters import unmarked

pytestmark = pytest.mark.usefixtures("home", "shipped")


@pytest.fixture(scope="module")
def texts(database: Path) -> dict[int, tuple[str, str]]:
    """Every unit's number, text and the names of agencies that the plan writes at it, asked apart from all that the
    search stores.
    """
    with duckdb.connect(str(database), read_only=True) as con:
        return {
            no: (text, names or "")
            for no, text, names in con.execute("""
            select no, text, (select string_agg(as_written || ' ; ' || agency, ' ; ') from unit_agencies where unit_agencies.unit_id = units.unit_id)
            from units join find_unit on find_unit.unit_row = units.rowid""").fetchall()
        }


def units(question: str, **chosen: tuple[str, ...]) -> set[int]:
    """The numbers of all units found."""
    asked = find_question.asked(find_question.read(question), Chosen(**chosen), data.Basis.HEADING, True)
    return set(search.page(search.find(asked), 0, 10_000))


def first(question: str) -> str:
    """The text of the first unit found."""
    asked = find_question.asked(find_question.read(question), Chosen(), data.Basis.HEADING, True)
    return data.cards(search.page(search.find(asked), 0, 1))[0].text


def having(texts: dict[int, tuple[str, str]], *words: str) -> set[int]:
    """The units whose text or agencies have all of these words, each whole."""
    return {no for no, (text, names) in texts.items() if set(words) <= set(find_question.words_of(f"{text} ; {names}"))}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("hộ nghèo", ("hộ", "nghèo")),
        ("Hộ NGHÈO", ("hộ", "nghèo")),
        (unicodedata.normalize("NFD", "hộ nghèo"), ("hộ", "nghèo")),
        ("nghèo hộ", ("hộ", "nghèo")),
        ("hộ ngheo", ("hộ", "nghèo")),  # one word with marks, the other without: no plan has "ngheo"
        ("khiếu nại, tố cáo", ("khiếu", "nại", "tố", "cáo")),
        ("  khiếu   nại ", ("khiếu", "nại")),
        ("đất", ("đất",)),
        ("hộ hộ nghèo", ("hộ", "nghèo")),
    ],
)
def test_with_marks_all_words_are_found_and_nothing_else(texts, question, words):
    assert units(question) == having(texts, *words) != set()


@pytest.mark.parametrize(
    ("question", "folded"),
    [
        ("ho ngheo", ("ho", "ngheo")),
        ("dat", ("dat",)),
        ("khieu nai to cao", ("khieu", "nai", "to", "cao")),
        ("DAT DAI", ("dat", "dai")),
        ("uy ban", ("uy", "ban")),
    ],
)
def test_without_marks_every_marking_is_found(texts, question, folded):
    expected = {
        no
        for no, (text, names) in texts.items()
        if set(folded) <= {unmarked(word) for word in find_question.words_of(f"{text} ; {names}")}
    }
    assert units(question) == expected != set()


@pytest.mark.parametrize(
    ("question", "read_as", "like"),
    [
        ("nghéo", "nghèo", "nghèo"),  # another mark
        ("nghèoo", "nghèo", "nghèo"),  # a letter twice
        ("khiế nại", "khiếu", "khiếu nại"),  # a letter missing
        ("nhgèo", "nghèo", "nghèo"),  # two letters exchanged
        ("nghpèo", "nghèo", "nghèo"),  # a letter too many
        ("nghừo", "nghèo", "nghèo"),  # another letter
        ("tuyne truyen", "tuyên", "tuyen truyen"),
        ("ngheof", "nghèo", "nghèo"),  # the keys of Telex
        ("hooj ngheof", "hộ", "hộ nghèo"),
        ("ngheo2", "nghèo", "nghèo"),  # the keys of VNI
        ("dduwowngf", "đường", "đường"),
        ("khaithac", "khai thác", '"khai thac"'),  # a space forgotten
    ],
)
def test_one_typing_error_in_a_word_is_read_as_the_word_that_plans_have(question, read_as, like):
    query = find_question.read(question)
    assert query.words[0].read_as == read_as
    assert units(question) == units(like) != set()


def slipped(word: str, dice: random.Random) -> str:
    """A word with one typing error: a letter too many, missing, twice, exchanged with the next, or another one."""
    at, letter = dice.randrange(len(word)), dice.choice("abcdeghiklmnopqrstuvxy")
    return dice.choice(
        (
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            word[:at] + letter + word[at + 1 :],
        )
    )


@pytest.mark.parametrize("with_marks", [True, False])
def test_most_slips_are_read_as_meant_where_a_neighbour_is_right(texts, with_marks):
    """Measured so: 0.94 of slips that make no other known word, with a neighbour on one side; 0.77 for a word alone."""
    dice, known = random.Random(7), find_question.vocabulary()
    pairs = sorted(
        {
            (first, second)
            for text, _ in texts.values()
            for first, second in pairwise(find_question.words_of(text))
            if len(first) > 3 and f"{first}{second}".isalpha()
        }
    )
    right = asked = 0
    for first, second in dice.sample(pairs, 150):
        first, second = (first, second) if with_marks else (unmarked(first), unmarked(second))
        typed = slipped(first, dice)
        word = find_question.read(f"{typed} {second}").words[0]
        if word.read_as is not None:
            asked += 1
            right += any(
                first == (meant if with_marks else unmarked(meant))
                for meant in (known.words[number] for number in word.ids)
            )
    assert asked > 100 and right / asked > 0.88


@pytest.mark.parametrize("question", ['"ngheof"', "“nghéo”", "zzqx", "x" * 10_000, '"hộ" wwqz', "99999999"])
def test_what_no_plan_has_finds_nothing(question):
    assert units(question) == set() and find_question.read(question).unknown


def test_both_places_of_a_tone_are_one_word():
    assert units("hoà giải") == units("hòa giải") != set()


def _with_marks(text: str) -> list[str]:
    """The words of a text, and a comma wherever a mark ends a part of a sentence."""
    return re.findall(r"[^\W_]+|,", re.sub(r"([()]+\s*|[.,;:!?…]+(\s+|$))+", " , ", text.lower()))


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ('"tài chính"', "tài chính"),
        ('"chính tài"', "chính tài"),
        ("«danh sách hộ nghèo»", "danh sách hộ nghèo"),
        ("“hộ nghèo”", "hộ nghèo"),
        ('"thu, chi"', "thu , chi"),
        ('"thu chi"', "thu chi"),
        ('"thủ tục hành chính công"', "thủ tục hành chính công"),
        ('"kinh tế xã hội"', "kinh tế xã hội"),
        ('"hành chính, công tác"', "hành chính , công tác"),
    ],
)
def test_quotes_ask_for_words_that_stand_together(texts, question, phrase):
    expected = {
        no
        for no, (text, names) in texts.items()
        for part in (text, *names.split(" ; "))
        if f" {phrase} " in f" {' '.join(_with_marks(part))} "
    }
    assert units(question) == expected
    assert units(unmarked(question)) >= expected


def test_a_quote_that_nobody_closed_is_no_quote():
    assert units('"hộ nghèo') == units("hộ nghèo") != set()


@pytest.mark.parametrize(
    "question", ["", "   ", "%", "_", "'", '"', '""', "< >", "% _ ' \" < > ; --", "\\", "“”", "🙂"]
)
def test_without_a_word_everything_is_found_in_the_plans_order(texts, question):
    asked = find_question.asked(find_question.read(question), Chosen(), data.Basis.HEADING, True)
    assert search.page(search.find(asked), 0, 10_000) == tuple(sorted(texts))


@pytest.mark.parametrize(
    "question", ["'; drop table units; --", "hộ%", "hộ_nghèo", "<b>hộ</b>", "hộ' or '1'='1", "hộ\x00nghèo"]
)
def test_signs_have_no_meaning(question):
    assert isinstance(units(question), set) and len(units("")) > 300


def test_ten_thousand_letters_are_a_question_of_some_words():
    query = find_question.read("công khai minh bạch " * 500)
    assert [word.typed for word in query.words] == ["công", "khai", "minh", "bạch"]
    assert find_question.read(" ".join(f"t{at}" for at in range(3000))).left_out == 3000 - find_question.MOST_WORDS


@pytest.mark.parametrize("name", ["Sở Tài chính", "so tai chinh", '"Mặt trận Tổ quốc"', "Bảo hiểm xã hội", "điện lực"])
def test_agencies_are_found_where_only_a_cell_names_them(texts, name):
    bare = [unmarked(word) for word in find_question.words_of(name)]
    only_named = {
        no
        for no, (text, names) in texts.items()
        if set(bare)
        <= {unmarked(word) for word in find_question.words_of(names)}
        - {unmarked(word) for word in find_question.words_of(text)}
    }
    assert only_named & units(name) or not only_named
    assert units(name)


def test_an_agency_is_found_as_the_plan_writes_it(texts):
    written = {no for no, (text, names) in texts.items() if "ủy ban mặt trận tổ quốc" in names.lower()}
    assert written and written <= units('"Ủy ban Mặt trận Tổ quốc"')


@pytest.mark.parametrize(
    "question", ["công khai minh bạch", "tham nhũng kiểm soát", "hộ nghèo danh sách", "bảo vệ môi trường"]
)
def test_words_next_to_each_other_in_order_come_first(question):
    query = find_question.read(question)
    asked = find_question.asked(query, Chosen(), data.Basis.HEADING, True)
    sizes = [find_question.window(card.text, query) for card in data.cards(search.page(search.find(asked), 0, 1000))]
    together = [size == (len(query.words), True) for size in sizes]
    assert len(sizes) > 3 and together == sorted(together, reverse=True)
    assert "tiếp công dân" in first("tiếp công dân").lower()


def test_a_rare_word_weighs_more():
    asked = find_question.asked(find_question.read("các nghèo"), Chosen(), data.Basis.HEADING, True)
    assert asked.weights[1] > asked.weights[0]


# Facets.


@pytest.mark.parametrize(
    ("facet", "value", "column"),
    [
        ("plan", "bac-kan-2021", "plan_id"),
        ("level", "province", "level"),
        ("dim", "2", "dim::text"),
        ("dim", "none", "coalesce(dim::text, 'none')"),
        ("sub", "6.1", "sub"),
        ("timing", "ongoing", "timing"),
        ("kind", "action", "kind"),
        ("review", "yes", "case when review then 'yes' else 'no' end"),
    ],
)
def test_a_choice_finds_what_the_database_says(database, facet, value, column):
    with duckdb.connect(str(database), read_only=True) as con:
        expected = {
            no
            for (no,) in con.execute(
                f"select no from units join find_unit on unit_row = units.rowid join plan_list using (plan_id) where {column} = ?",
                [value],
            ).fetchall()
        }
    assert units("", **{facet: (value,)}) == expected


def test_an_agency_and_its_role_are_asked_together(database):
    with duckdb.connect(str(database), read_only=True) as con:

        def named(where: str) -> set[int]:
            return {
                no
                for (no,) in con.execute(
                    f"select no from units join find_unit on unit_row = units.rowid where {where}"
                ).fetchall()
            }

        as_lead = named("unit_id in (select unit_id from unit_agencies where agency = 'Sở Nội vụ' and role = 'lead')")
        anyhow = named("unit_id in (select unit_id from unit_agencies where agency = 'Sở Nội vụ')")
        nobody = named("unit_id not in (select unit_id from unit_agencies where role = 'lead')")
    assert (
        units("", agency=("so-noi-vu",)) == anyhow
        and units("", agency=("so-noi-vu",), role=("lead",)) == as_lead < anyhow
    )
    assert units("", role=("none",)) == nobody and units("", agency=("so-noi-vu",), role=("none",)) == anyhow & nobody


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("", {}),
        ("công khai", {}),
        ("", {"plan": ("bac-kan-2021", "binh-dinh-2022"), "dim": ("2", "6")}),
        ("công khai", {"level": ("province",), "kind": ("action",)}),
        ("", {"agency": ("ubnd-cap-xa", "so-noi-vu")}),
        ("công khai", {"agency": ("ubnd-cap-xa",), "role": ("lead", "none"), "timing": ("ongoing", "unspecified")}),
        ("ngân sách", {"sub": ("2.3",), "review": ("no",)}),
        ("zzqx", {"dim": ("1",)}),
    ],
)
def test_each_count_is_what_choosing_it_alone_gives(question, chosen):
    asked = find_question.asked(find_question.read(question), Chosen(**chosen), data.Basis.HEADING, True)
    results = search.find(asked)
    assert (
        search.total(results)
        == len(units(question, **chosen))
        == sum(int(counted.sum()) for counted in results.cells.values())
    )
    for facet in search.FACETS:
        counted = search.spread(results, facet)
        assert counted or not units(question, **chosen), facet
        for value in facets.options(facet) if facet not in ("agency", "sub") else counted:
            assert counted.get(value, 0) == len(units(question, **{**chosen, facet: (value,)})), (facet, value)


@pytest.mark.parametrize(
    ("question", "chosen", "plans"),
    [
        ("công khai ngân sách", {"dim": ("1",), "agency": ("ubnd-cap-xa",), "role": ("lead",)}, None),
        ('"thủ tục hành chính" trực tuyến', {"kind": ("action",), "plan": ("nam-khanh-2020",)}, None),
        ("hộ nghèo zzqx", {"level": ("province",), "role": ("none",)}, ("bac-kan-2021", "nam-khanh-2020")),
        ("", {"sub": ("2.3",), "timing": ("monthly",)}, None),
    ],
)
def test_a_condition_that_falls_gives_what_the_question_without_it_finds(question, chosen, plans):
    query = find_question.read(question)
    asked = find_question.asked(query, Chosen(**chosen), data.Basis.HEADING, True, plans)
    left = search.regained(asked)
    assert left.facets == {facet: search.total(search.find(asked.without(facet))) for facet in chosen}
    assert left.words == tuple(
        search.total(search.find(find_question.asked(query.without(at), asked.chosen, asked.basis, True, plans)))
        for at in range(len(query.words))
    )
    assert left.all_words == search.total(search.find(Asked(chosen=asked.chosen, basis=asked.basis, plans=plans)))
    assert any((*left.facets.values(), *left.words, left.all_words))


@pytest.mark.parametrize(
    ("typed", "name", "fits"),
    [
        ("so tai", "Sở Tài chính", True),
        ("Sở tài", "Sở Tài chính", True),
        ("tai so", "Sở Tài chính", True),
        ("dai truyen", "Đài Phát thanh và Truyền hình", True),
        ("số", "Sở Tài chính", False),
        ("sơ", "Sở Tài chính", False),
        ("ai", "Sở Tài chính", False),
        ("", "Sở Tài chính", True),
    ],
)
def test_a_list_is_narrowed_by_the_beginnings_of_words_with_marks_or_without(typed, name, fits):
    assert facets.named(typed, name) == fits


def test_of_named_agencies_each_has_the_count_it_had_among_all():
    results = search.find(Asked())
    everyone = search.spread(results, "agency")
    few = [slug for slug in everyone if slug.startswith("so-")]
    assert few and search.spread(results, "agency", few) == {slug: everyone[slug] for slug in few}


def test_pages_part_the_results_without_loss(texts):
    for question, chosen in (
        ("", {}),
        ("", {"dim": ("2",), "plan": ("bac-kan-2021", "nam-khanh-2020")}),
        ("công khai", {}),
        ("", {"role": ("none",)}),
    ):
        results = search.find(
            find_question.asked(find_question.read(question), Chosen(**chosen), data.Basis.HEADING, True)
        )
        total = search.total(results)
        pages = [no for at in range(0, total + search.PAGE, search.PAGE) for no in search.page(results, at)]
        assert len(pages) == len(set(pages)) == total and set(pages) == units(question, **chosen)


def test_by_content_another_dimension_counts():
    heading, content = (search.find(Asked(basis=basis)).cells for basis in data.Basis)
    assert {dim: int(n.sum()) for dim, n in heading.items()} != {dim: int(n.sum()) for dim, n in content.items()}


def test_a_card_holds_what_the_tables_hold_of_its_unit(database):
    """Cards are put together from single rows by their place; the same asked by the unit's name."""
    with duckdb.connect(str(database), read_only=True) as con:

        def named(unit_id: str, what: str) -> list[str]:
            return [name for (name,) in con.execute(f"select {what} where unit_id = ?", [unit_id]).fetchall()]

        numbers = tuple(range(300, 0, -7))
        cards = data.cards(numbers)
        assert [card.unit_id for card in cards] == [
            con.execute(
                "select unit_id from units join find_unit on unit_row = units.rowid where no = ?", [no]
            ).fetchone()[0]
            for no in numbers
        ]
        for card in cards:
            unit_id = card.unit_id
            assert (
                card.text == named(unit_id, "text from units")[0]
                and card.level == named(unit_id, "level from units join plan_list using (plan_id)")[0]
            )
            for role, column in (("lead", "leads"), ("coop", "coops"), ("monitor", "monitors")):
                assert sorted(getattr(card, column)) == sorted(
                    con.execute(
                        "select agency from unit_agencies where unit_id = ? and role = ?", [unit_id, role]
                    ).fetchdf()["agency"]
                )
            assert set(card.written) == set(named(unit_id, "as_written from unit_agencies"))
            assert [one.rank for one in card.evidence] == sorted(named(unit_id, "rank from evidence"))
    units = data.units(tuple(card.unit_id for card in cards))
    assert units == cards[::-1] and [one.position for one in units] == sorted(one.position for one in units)
    assert len(data.units(())) == 0 and len(data.units(("nowhere:1", "bac-kan-2021:1"))) == 1


# What is marked.


@pytest.mark.parametrize(
    ("text", "question", "markup"),
    [
        ("Xét hộ nghèo hằng năm", "hộ nghèo", "Xét <mark>hộ nghèo</mark> hằng năm"),
        ("Xét Hộ nghèo", "ho ngheo", "Xét <mark>Hộ nghèo</mark>"),
        ("Thu, chi ngân sách", "thu chi", "<mark>Thu</mark>, <mark>chi</mark> ngân sách"),
        ("công khai; công an; khai báo", '"công khai"', "<mark>công khai</mark>; công an; khai báo"),
        ("<b>hộ</b> & nghèo", "hộ nghèo", "&lt;b&gt;<mark>hộ</mark>&lt;/b&gt; &amp; <mark>nghèo</mark>"),
        ("không có gì", "", "không có gì"),
    ],
)
def test_what_is_hit_is_marked_and_all_else_is_text(text, question, markup):
    assert find_question.marked(text, find_question.read(question)) == markup


def test_the_database_and_the_page_part_and_fold_words_alike():
    known = find_question.vocabulary()
    assert len(known.words) > 500
    assert [
        word
        for number, word in known.words.items()
        if find_question.words_of(word) != [word] or number not in known.folds[unmarked(word)]
    ] == []


# The page.


@pytest.fixture
def page() -> AppTest:
    return house.app("pages/7_tim-viec.py")


def _said(page: AppTest) -> str:
    return " ".join(
        [
            *(block.proto.body for block in page.main if block.type == "html"),
            *(one.proto.body for one in page.get("html")),
        ]
    )


def test_a_link_shows_its_question_and_choices(page):
    page.query_params.update({"q": "ho ngheo", "nd": "2", "kh": "bac-kan-2021"})
    page.run()
    assert not page.exception and page.text_input(key="w.q").value == "ho ngheo"
    assert {button.key for button in page.button} >= {"chip.dim.2", "chip.plan.bac-kan-2021", "chips.clear"}
    assert "<mark>hộ nghèo</mark>" in _said(page)


def test_a_chip_takes_its_choice_back(page):
    page.query_params.update({"nd": "2,6", "loai": "action"})
    page.run()
    page.button(key="chip.dim.2").click().run()
    assert page.query_params.get("nd") in ("6", ["6"]) and "loai" in page.query_params
    page.button(key="chips.clear").click().run()
    assert not {"nd", "loai"} & set(page.query_params)


def test_a_misspelt_word_is_said_and_can_be_asked_as_typed(page):
    page.query_params["q"] = "ngheof"
    page.run()
    assert "“nghèo” thay cho “ngheof”" in _said(page)
    page.button(key="as-typed").click().run()
    assert page.text_input(key="w.q").value == '"ngheof"' and "<mark>" not in _said(page)


def test_when_nothing_is_found_each_condition_says_what_it_would_give_back(page):
    page.query_params.update({"q": "hộ nghèo", "nd": "7", "cap": "province"})
    page.run()
    offers = [button.label for button in page.button if button.key.startswith("offer.")]
    assert offers and all("→" in label and " 0 " not in label for label in offers)
    page.button(key="anew").click().run()
    assert page.text_input(key="w.q").value == "" and not {"q", "nd", "cap"} & set(page.query_params)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nd", "12"),
        ("kh", "khong-co"),
        ("cq", "so-tren-troi"),
        ("vt", "chair"),
        ("trang", "999"),
        ("trang", "-1"),
        ("trang", "²"),
        ("xep", "x"),
        ("loai", "<b>"),
        ("o", "a~b"),
    ],
)
def test_a_value_that_cannot_be_used_is_dropped(page, name, value):
    page.query_params[name] = value
    page.run()
    assert not page.exception and name not in page.query_params
    assert "Liên kết có giá trị không dùng được" in _said(page)


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", "% _ ' \" < >", "x" * 10_000, "công khai " * 1000, "\x00"]
)
def test_any_question_is_answered(page, question):
    page.query_params["q"] = question
    page.run()
    assert not page.exception and "<script>alert" not in _said(page)


def test_the_file_of_results_is_what_was_found(page):
    from ui.topics.find import results as hits

    page.query_params["q"] = "hộ nghèo"
    page.run()
    asked = find_question.asked(find_question.read("hộ nghèo"), Chosen(), data.Basis.HEADING, True)
    results = search.find(asked)
    files = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hits.st, "download_button", lambda label, content, *args, **kwargs: files.append(content()))
        download(results, find_question.read("hộ nghèo"), search.total(results))
    rows = [row for row in csv.reader(io.StringIO(files[0].decode("utf-8-sig"))) if not row[0].startswith("#")]
    assert len(rows) - 1 == search.total(results) and "hộ nghèo" in files[0].decode("utf-8").split("\r\n")[1]


@pytest.mark.parametrize("held", ["nothing", "only plans that say nothing"])
def test_a_build_without_any_unit_is_said_and_not_an_error(readings, tmp_path, monkeypatch, held):
    left = () if held == "nothing" else tuple(replace(reading, units=(), lines=(), findings=()) for reading in readings)
    load.write(tmp_path / "papi-empty.duckdb", left)
    (tmp_path / load.POINTER).write_text("papi-empty.duckdb\n", encoding="utf-8")
    monkeypatch.setenv("PAPI_BUILD", str(tmp_path))
    for question in ("", "hộ nghèo", '"thu chi"'):
        page = house.app("pages/7_tim-viec.py")
        page.query_params.update({"q": question, "cap": "province"})
        page.run()
        assert not page.exception and "Không" in _said(page), question
