"""What a reader has chosen is in the address: a link opened first shows the same, and a value that cannot be used is
dropped with a note.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from house import notes, opened
from streamlit.testing.v1 import AppTest

from ui.page.frame import MENU

ROOT = Path(__file__).parent.parent
PAGES = [(key, file) for key, file in MENU if (ROOT / file).exists()]
BAD = "khong-co<b>"
FREE = {"q"}
"""Names that take any words."""
OTHER = {
    "w.dem": "noi-dung",
    "w.nd": "1",
    "w.ten": "hien-nay",
    "w.vt": "coop",
    "w.giong": "60",
    "w.loc": "chu-tri",
    "w.ket": "sua",
    "w.xem": "con-lai",
    "w.nds": ["1"],
    "w.phan": ["coverage"],
    "w.tep": "docx",
    "w.bieu": "ban-do",
    "w.theo": "vung",
    "w.ve": "trong",
    "w.luoi": "63",
    "w.do": "trong",
}
"""What is chosen in a row of buttons, none of it the default."""
pytestmark = pytest.mark.usefixtures("home")


def widgets_of(at: AppTest) -> list[tuple[str, str]]:
    """Everything that chooses what is shown: its kind and its key. (What a reader tells of the office is in no address.)"""
    return [
        (kind, widget.key)
        for kind in ("toggle", "button_group", "multiselect", "selectbox", "text_input")
        for widget in at.get(kind)
        if widget.key and widget.key.startswith("w.")
    ]


def choose_others(at: AppTest) -> None:
    """Choose in every widget what is not chosen, also in those that come with the choice of others."""
    done: set[tuple[str, str]] = set()
    while new := set(widgets_of(at)) - done:
        for kind, key in new:
            widget = next(one for one in at.get(kind) if one.key == key)
            if kind == "toggle":
                widget.set_value(not widget.value)
            elif kind == "text_input":
                widget.set_value("công khai")
            elif kind == "multiselect":
                for option in widget.options[:2]:
                    widget.select(option)
            elif kind == "button_group":
                widget.set_value(OTHER[key])
            else:
                widget.select_index(min(1, len(widget.options) - 1))
        at.run()
        assert not at.exception, (new, at.exception[0].message)
        done |= new


def shown(at: AppTest) -> list[Any]:
    """What the page shows: its title, its words, and what each widget holds. (A picture's frame stands in the figure or
    is drawn by the browser.)
    """
    words = [element.proto.body for element in at.get("html") if not element.proto.body.startswith("<style>")]
    return [
        at.title[0].value,
        *words,
        *(element.proto.alt for element in at.get("plotly_chart")),
        *(widget.value for kind, key in widgets_of(at) for widget in at.get(kind) if widget.key == key),
    ]


@pytest.mark.parametrize(("key", "file"), PAGES, ids=[key for key, _ in PAGES])
def test_a_link_opened_first_shows_what_was_chosen(key: str, file: str) -> None:
    at = opened(file, {})
    assert widgets_of(at) or key in ("method", "draft")
    choose_others(at)
    at.run()
    link = dict(at.query_params)
    stranger = opened(file, link)
    assert dict(stranger.query_params) == link and notes(stranger) == []
    assert shown(stranger) == shown(at)
    assert set(link) >= ({"dem"} if key not in ("when", "findings", "find", "method", "draft") else set())
    in_english = opened(file, link | {"lang": "en"})
    assert dict(in_english.query_params) == link | {"lang": "en"} and notes(in_english) == []


@pytest.mark.parametrize(("key", "file"), PAGES, ids=[key for key, _ in PAGES])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_bad_value_is_dropped_with_a_note(key: str, file: str, lang: str) -> None:
    without = opened(file, {"lang": lang})
    names = sorted(set(without.session_state["address.chosen"]) - FREE)
    assert {"dem", "kh"} <= set(names) and notes(without) == []
    at = opened(file, {"lang": lang} | {name: f"{BAD}{name}" for name in names})
    said = " ".join(notes(at))
    assert [name for name in names if f"khong-co&lt;b&gt;{name}" not in said] == []
    assert dict(at.query_params) == dict(without.query_params) == {"lang": lang}


@pytest.mark.parametrize(
    ("file", "query", "dropped"),
    [
        ("pages/10_bao-cao.py", {"o": "bac-kan-2021~6.1"}, ["bac-kan-2021~6.1"]),
        ("app.py", {"doan": "4"}, ["đoạn 4"]),
        ("pages/8_doc-ke-hoach.py", {"ke": "khong-co", "doan": "5"}, ["khong-co", "đoạn 5"]),
        ("pages/8_doc-ke-hoach.py", {"ke": "bac-kan-2021", "doan": "999"}, ["đoạn 999"]),
        ("pages/4_so-sanh.py", {"plans": "bac-kan-2021", "o": "bac-kan-2021~1-both"}, ["bac-kan-2021~1-both"]),
    ],
)
def test_a_cell_or_a_unit_that_cannot_be_shown_is_dropped_with_a_note(
    file: str, query: dict[str, str], dropped: list[str]
) -> None:
    at = opened(file, query)
    said = " ".join(notes(at))
    assert [words for words in dropped if words not in said] == []
    assert not {"o", "doan"} & set(at.query_params)


def test_a_language_that_nobody_speaks_here_is_dropped_with_a_note() -> None:
    at = opened("app.py", {"lang": "xx"})
    assert "xx" in notes(at)[0] and "lang" not in at.query_params


def test_many_wrong_values_of_a_link_are_one_note() -> None:
    wrong = [f"khong-co-{at}" for at in range(8000)]
    at = opened("app.py", {"kh": ",".join([*wrong[:4000], "bac-kan-2021", *wrong[4000:]])})
    (note,) = notes(at)
    assert "khong-co-0, khong-co-1, khong-co-2, 7.997 giá trị khác" in note and len(note) < 300
    assert at.query_params["kh"] in ("bac-kan-2021", ["bac-kan-2021"])
