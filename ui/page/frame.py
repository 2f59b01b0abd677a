"""What stands around every page: its title, menu and language, the foot, and the words for a database that is not
there.

A page's first call is `frame.page("coverage")`, its last `frame.foot()`; a page that has nothing to show ends with
`frame.stop()`. No `st.navigation`: beside a folder pages/ it opens a shared link without title and menu.
"""

from __future__ import annotations

import atexit
import gc
import json
import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime import runtime

import tables
from ui import ROOT, data
from ui.data.review import is_waiting
from ui.draw import palette
from ui.export import table
from ui.mine import held
from ui.page import address, building, filters, net, own, picture, screen, write
from ui.words import labels
from ui.words.markup import filled, joined
from ui.words.plans import plan_names

MENU: tuple[tuple[str, str], ...] = (
    ("overview", "app.py"),
    ("coverage", "pages/1_bao-phu.py"),  # /bao-phu
    ("country", "pages/12_ca-nuoc.py"),  # /ca-nuoc
    ("who", "pages/2_ai-lam.py"),  # /ai-lam
    ("when", "pages/3_khi-nao.py"),  # /khi-nao
    ("scores", "pages/6_diem-so.py"),  # /diem-so
    ("compare", "pages/4_so-sanh.py"),  # /so-sanh
    ("family", "pages/13_nam-truoc.py"),  # /nam-truoc
    ("find", "pages/7_tim-viec.py"),  # /tim-viec
    ("read", "pages/8_doc-ke-hoach.py"),  # /doc-ke-hoach
    ("findings", "pages/5_phat-hien.py"),  # /phat-hien
    ("briefing", "pages/10_bao-cao.py"),  # /bao-cao
    ("draft", "pages/11_du-thao.py"),  # /du-thao
    ("method", "pages/9_do-tin-cay.py"),  # /do-tin-cay
)
"""The pages in the order a reader asks: the key of a page's labels (`who.menu`, `who.title`), and its file. Streamlit
makes the address from the file's name without number and ending."""


@lru_cache(maxsize=1)
def _there() -> tuple[tuple[str, str], ...]:
    """The pages of the menu that this copy of the program has."""
    return tuple((key, file) for key, file in MENU if (ROOT / file).exists())


_WITHOUT_CELLS = ("read", "briefing", "draft")
"""Pages on which no cell can be in view; on no page but `read` can a unit be. A link that says so is told what became of
it.
"""

_OF_ONE = ("scores", "read", "compare", "family")
"""Pages that are about one plan or two, and count none that others replaced or did not."""

_SHOWN_THERE = {"find": ("kh", "cap"), **dict.fromkeys((*_OF_ONE, "method"), ())}
"""Which filters a page shows itself: most have a field for plans by name."""

_STYLE = filled(
    "<style>{}{}</style>",
    Markup(palette.css()),
    Markup(Path(__file__).with_name("frame.css").read_text(encoding="utf-8")),
)

# What the browser does at every page, a file a thing, each shut in a function of its own and run once; `enter` is told what
# differs. Constant text: nothing of a document and nothing of the address ever gets in here. Streamlit drops a script that
# holds what looks like markup, "<" before a letter or a number.
_SCRIPT = Markup(
    "if(!window.papi){window.papi={};"
    + "".join(
        f"(function(){{{file.read_text(encoding='utf-8')}}})();"
        for file in sorted((Path(__file__).parent / "scripts").glob("*.js"))
    )
    + "}"
)


def page(key: str, title: Callable[[], str] | None = None) -> None:
    """Begin a page: its name in the browser, the menu, the language, and its title `KEY.title`, a question, or what
    `title` makes of the data.

    A title may use {plans}, the number of plans that the filters leave in words, and {first}, the same as a sentence begins. Without a
    database the page ends here, with words that say what is wrong and what to do.
    """
    net.spread()
    labels.begin()
    st.set_page_config(page_title=f"{labels.t(f'{key}.menu')} · PAPI", layout="wide", initial_sidebar_state="collapsed")
    write.markup(_STYLE)
    address.enter(key)
    st.session_state.pop(picture.PAPER, None)
    menu = st.container()
    asked = address.query().get("lang")
    try:
        data.begin()
        held_names = plan_names()
        # the matrix of coverage also has columns for plans that others only cite
        known = plan_names(True) if key == "coverage" else held_names
    except data.NoDatabase as trouble:
        _menu(menu, key)
        _no_database(trouble)
        st.stop()
    heading = st.container()
    address.say_again()
    own.take()
    # what the links of the menu keep is checked before they are drawn, and before a title is made of it
    address.value("dem", address.COUNTING, labels.t("common.count_by"))
    chosen = address.values("kh", known, labels.t("common.plan"))
    filters.take()
    plans = len(filters.counted()) if filters.plans() else len(held_names)
    heading.title(
        title()
        if title
        else labels.t(f"{key}.title", plans=labels.word(plans), first=labels.word(plans, capital=True), n=plans),
        anchor=False,
    )
    if asked is not None and asked not in labels.LANGUAGES:
        address.say_dropped(labels.t("common.language"), asked)
        address.put("lang", None)
    if older := data.trouble():
        write.markup(
            filled(
                '<p class="note" role="status">{} {}</p>',
                labels.html("common.older_build", day=labels.day(data.build().built_at.date())),
                _keeper(older),
            )
        )
    for wrong in tables.troubles():
        write.markup(
            filled(
                '<p class="note" role="status">{} {}</p>',
                labels.html("common.older_table"),
                labels.html("common.for_the_keeper", detail=getattr(wrong, labels.lang())),
            )
        )
    held.banner()
    if is_waiting():
        building.renew()
    if key in _WITHOUT_CELLS:
        address.value("o", (), labels.t("common.cell"))
    if key != "read":
        address.value("doan", (), labels.t("read.one"))
    _menu(menu, key, kh=",".join(plan for plan in chosen if plan in held_names))
    with menu, st.container(key="own", horizontal=True, gap="small"):
        own.pick()
        if filters.is_asked() and held_names:
            filters.pick()
    if filters.is_asked():
        filters.chips(_SHOWN_THERE.get(key, ("kh",)), counts=key not in _OF_ONE)


def _no_database(trouble: data.NoDatabase) -> None:
    """A database that is missing is built at once; one that is damaged or of another version only when the reader asks
    for it, for it may be another's.
    """
    st.title(labels.t("common.no_database"), anchor=False)
    if trouble.reason == "missing" or building.is_running():
        write.line("answer", labels.html("building.why"))
        building.show()
    else:
        write.markup(
            filled(
                '<p class="answer">{}</p><p class="note">{}</p>',
                labels.html(f"common.database_{trouble.reason}"),
                _keeper(trouble),
            )
        )
        st.button(labels.t("building.start"), key="building.start", on_click=_build)
    _speak()


@lru_cache(maxsize=16)
def _noted(trouble: str) -> None:
    """A trouble in the log, once."""
    logging.getLogger(__name__).warning(trouble)


def _keeper(trouble: data.NoDatabase) -> Markup:
    """What whoever keeps the program is told on a page; the places of the server stand in its log."""
    _noted(str(trouble))
    return labels.html("common.mend_build", file=trouble.file)


def _build() -> None:
    building.running()


def _menu(place: DeltaGenerator, key: str, **kept: str) -> None:
    language = None if labels.lang() == "en" else "en"
    here = {**address.query(), "lang": language}
    with place:
        write.markup(_links(labels.changed(), labels.lang(), key, address.kept_query(**kept), address.written(here)))


@lru_cache(maxsize=256)
def _links(words: int, lang: str, key: str, kept: str, other: str) -> Markup:
    """The menu: a link to every page with the choices `kept`, and to this one in the `other` language. It is one element of the
    page, of which Streamlit would make eighteen: a third of all that is sent. `scripts/menu.js` follows a link without
    loading the page anew. Kept by the labels and their language, for it stands where there is no build too.
    """
    link = '<a href="{}"{}>{}</a>'
    pages = joined(
        filled(link, _href(file, kept), Markup(' aria-current="page"') if name == key else "", labels.t(f"{name}.menu"))
        for name, file in _there()
    )
    language = filled(
        '<a class="language" href="{}">{}</a>', _href(dict(_there())[key], other), labels.t("common.other_language")
    )
    shape = '<nav class="menu"><div class="pages">{}</div>{}</nav>'
    return filled(shape, pages, language)


def _href(file: str, query: str) -> str:
    """Where a page is found from any other: "bao-phu?lang=en"."""
    return "?".join(filter(None, (Path(file).stem.partition("_")[2] or "./", query)))


def answer(markup: Markup) -> None:
    """The answer to the title, in one to three sentences made by `labels.html`."""
    write.line("answer", markup)


def foot() -> None:
    """End a page: version, how to cite, and the guard. Also lets the collector of garbage rest."""
    cited, guard = table.cite()
    said = filled("<p>{}</p><p>{}</p><p>{}</p>", guard, table.version(), cited)
    if picture.PAPER in st.session_state:
        screen.ask()
    _speak(filled('<footer class="foot">{}</footer>', said))
    address.leave()
    _settle()


def _speak(foot: Markup = Markup()) -> None:
    """The last message of a page: what the browser does, behind the foot."""
    words = labels.streamlit_words() if labels.lang() == "vi" else []
    told = Markup(json.dumps([labels.lang(), words], ensure_ascii=False))
    script = filled("<script>{}papi.enter(...{})</script>", _SCRIPT, told)
    write.markup(foot + script, javascript=True)


def stop() -> NoReturn:
    """End a page that has nothing more to show."""
    foot()
    st.stop()


@st.cache_resource(show_spinner=False, ttl=60)
def _sweep() -> bool:
    gc.unfreeze()
    gc.collect()
    return True


def _settle() -> None:
    """Streamlit collects garbage after every run, and looks through all that lives: a third of an answer's time. What
    lives when a page ends is put out of its sight, and is looked through once a minute instead.
    """
    _sweep()
    gc.freeze()


# else libraries that count what is left at the end call it leaked
atexit.register(gc.unfreeze)

# Streamlit rests so long after each round of sending (5 ms), and the end of a page waits for that: a sixth of an answer. The rest is
# there so that a placeholder and what takes its place become one message; pages show nothing that is replaced at once.
vars(runtime)["MESSAGE_FLUSH_INTERVAL_SECS"] = 0.001
