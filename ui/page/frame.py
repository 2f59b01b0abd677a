"""What stands around every page: its title, menu and language, the foot, and the words for a database that is not
there.

A page's first call is `frame.page("coverage")`, its last `frame.foot()`; a page that has nothing to show ends with
`frame.stop()`. No `st.navigation`: beside a folder pages/ it opens a shared link without title and menu.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import ROOT, data
from ui.draw import palette
from ui.mine import held
from ui.page import address, building
from ui.words import labels

MENU: tuple[tuple[str, str], ...] = (
    ("overview", "app.py"),
    ("coverage", "pages/1_bao-phu.py"),  # /bao-phu
    ("who", "pages/2_ai-lam.py"),  # /ai-lam
    ("when", "pages/3_khi-nao.py"),  # /khi-nao
    ("scores", "pages/6_diem-so.py"),  # /diem-so
    ("compare", "pages/4_so-sanh.py"),  # /so-sanh
    ("find", "pages/7_tim-viec.py"),  # /tim-viec
    ("read", "pages/8_doc-ke-hoach.py"),  # /doc-ke-hoach
    ("findings", "pages/5_phat-hien.py"),  # /phat-hien
    ("briefing", "pages/10_bao-cao.py"),  # /bao-cao
    ("draft", "pages/11_du-thao.py"),  # /du-thao
    ("method", "pages/9_do-tin-cay.py"),  # /do-tin-cay
)
"""The pages in the order a reader asks: the key of a page's labels (`who.menu`, `who.title`), and its file. Streamlit
makes the address from the file's name without number and ending."""

_STYLE = """
.stMainBlockContainer{max-width:76rem;padding-inline:clamp(1rem,4vw,2.5rem)}
.stApp{font-variant-numeric:lining-nums}
.st-key-menu{border-bottom:1px solid var(--rule);padding-bottom:.25rem}
.st-key-menu>*{min-width:0}
.st-key-menu>:first-child{flex:1 1 auto}
.st-key-menu>:last-child{flex:0 0 auto}
.st-key-menu-pages{flex-wrap:wrap;row-gap:0}
.st-key-menu-pages .stElementContainer{flex:0 0 auto}
.st-key-menu a{text-decoration:none}
.st-key-menu a p{white-space:nowrap}
.st-key-menu-language a{background:none!important}
.st-key-menu-language a p{font-weight:400!important}
[class*="st-key-pair-"]>*{min-width:min(100%,13rem)}
.cell-head{margin:0 0 .25rem;line-height:1.4}
h1{max-width:58rem;padding-bottom:.25rem!important}
.answer{font-size:1.1875rem;line-height:1.55;max-width:46rem;margin:.5rem 0}
.note,.small{font-size:.875rem;color:var(--faint);margin:0}
.note{border-left:2px solid var(--soft);padding-left:.5rem}
.key{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;font-size:.9375rem;align-items:center;margin:0!important;padding:0!important;list-style:none}
.key li{display:flex;align-items:center;gap:.4rem;margin:0!important;padding:0}
.mark{display:inline-block;box-sizing:border-box;flex:none;font-style:normal}
.mark.tile{display:inline-flex;align-items:center;gap:.35rem;height:20px;padding:0 .3rem;background:color-mix(in srgb,var(--d1) 13%,transparent)}
.mark.tile>i{display:flex;flex-direction:column;gap:4px;width:18px}
.mark .bar{display:block;height:4px;background:var(--d1)}
.mark .bar.part{width:6px}
.mark.described{width:14px;height:11px;border-block:1.5px solid var(--ink);background:linear-gradient(var(--ink),var(--ink)) center/100% 1.5px no-repeat}
.mark.empty{width:13px;height:13px;border:2px solid var(--ink);border-radius:50%}
.mark.hatched{width:26px;height:15px;border:1px solid var(--soft);background:repeating-linear-gradient(135deg,transparent 0 4px,var(--soft) 4px 5px)}
.mark.solid{width:12px;height:12px;background:var(--ink)}
.mark.hollow{width:12px;height:12px;border:1.5px solid var(--ink)}
.mark.dotted{width:26px;height:15px;border:1px dotted var(--soft)}
.foot{border-top:1px solid var(--rule);margin-top:2rem;padding-top:.75rem;font-size:.875rem;color:var(--faint);line-height:1.5}
.foot p{margin:0}
.cards,.ranked{list-style:none;margin:0!important;padding:0!important}
.cards li.card{list-style:none;border-left:3px solid var(--c,var(--rule));padding:.1rem 0 .1rem .75rem;margin:0 0 1rem!important}
.card .says{margin:0 0 .25rem;line-height:1.45;overflow-wrap:anywhere}
.card .where,.card .who,.card .why,.card .flag{margin:0;font-size:.875rem;line-height:1.45;color:var(--faint);overflow-wrap:anywhere}
.card .who b,.card .where b{color:var(--ink);font-weight:600}
.card a,.side a,.unit a,.toc a{color:var(--link)}
.card .flag{color:var(--ink)}
.card mark{color:inherit;background:var(--v1);font-weight:600;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px}
.card .flag::before{content:"⚑ "}
details.more>summary{cursor:pointer;color:var(--link);margin:0 0 .75rem}
.ranked{border-top:1px solid var(--rule)}
.ranked li{list-style:none;border-bottom:1px solid var(--rule);padding:.5rem 0;margin:0!important;line-height:1.4}
.chip{border-left:4px solid var(--c,var(--rule));padding-left:.4rem;font-weight:600}
.pairs{list-style:none;margin:0!important;padding:0!important;border-top:1px solid var(--rule)}
.pairs li.two{list-style:none;display:grid;grid-template-columns:1fr 8.5rem 1fr;gap:.25rem 1.5rem;margin:0!important;padding:1rem 0;border-bottom:1px solid var(--rule)}
.side p{margin:0 0 .25rem;line-height:1.45;overflow-wrap:anywhere}
.side u{text-decoration:underline;text-decoration-color:var(--c);text-decoration-thickness:2px;text-underline-offset:3px;text-decoration-skip-ink:none}
.side .where{font-size:.875rem;color:var(--faint)}
.side .where b,.side .differs{color:var(--ink);font-weight:600}
.alike{text-align:center}
.alike b{font-size:1.375rem;font-weight:600}
.alike span,.alike p{font-size:.8125rem;color:var(--faint);margin:0;line-height:1.4}
.verdict{grid-column:1/-1}
.only h3{font-size:1rem!important;margin:1rem 0 .25rem;padding:0 0 0 .4rem!important}
.only details.more>summary{margin:0 0 .25rem}
.stIFrame{border:1px solid var(--rule)!important}
.scroll{overflow-x:auto}
.scroll table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums lining-nums;font-size:.9375rem}
.scroll caption{text-align:left;font-size:.875rem;color:var(--faint);padding-bottom:.25rem;caption-side:top}
.scroll th,.scroll td{text-align:left;padding:.45rem .75rem .45rem 0;border:0;border-bottom:1px solid var(--rule);vertical-align:top}
.scroll thead th{color:var(--faint);font-weight:600;vertical-align:bottom}
.scroll tbody th{font-weight:600}
.scroll td,.scroll th{min-width:5.5rem}
.scroll tbody th{min-width:9rem}
.scroll .n{text-align:right;padding-right:1.25rem;min-width:2.75rem}
.scroll td.n{white-space:nowrap}
.scroll small{display:block;font-weight:400;color:var(--faint);font-size:.8125rem}
button.copy,button.picture,button.png{all:unset;cursor:pointer;font-size:.9375rem;padding:.35rem .25rem;text-decoration:underline;text-underline-offset:2px;color:var(--link)}
.pictures{margin:-.5rem 0 -1rem -.25rem;display:flex;flex-wrap:wrap;gap:0 1rem}
button.copy:focus-visible,button.picture:focus-visible,button.png:focus-visible,.scroll:focus-visible,.reach:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.plain{display:none}
.stMultiSelect span[title],.stMultiSelect span[title] ~ *{color:var(--page)!important}
[data-testid^="stBaseButton-primary"] p{color:var(--page)}
a.chip{color:var(--ink)!important}
.prose{max-width:46rem;line-height:1.5}
.prose dl,dl.prose{margin:0 0 1rem!important;padding:0!important}
.prose li{margin:0 0 .5rem}
.prose dt{font-weight:600}
.prose dd{margin:0 0 .5rem 1.25rem}
.matrix table{width:auto}
.scroll.matrix .n{text-align:center;padding-inline:.5rem}
[class*="st-key-figures-"] .scroll small{white-space:nowrap}
[class*="st-key-narrow-"]{display:none;max-width:34rem}
@media print{
 .st-key-menu,.pictures,button.copy,button.png,.stDownloadButton,.stButton,[class*="st-key-pair-"]{display:none!important}
 .card,.ranked li,.scroll tr,.pairs li.two{break-inside:avoid}
 h2,h3{break-after:avoid}
}
@media (max-width:72rem){
 [class*="st-key-wide-"]:not([class*="st-key-wide-beside-"]){display:none}
 [class*="st-key-narrow-"]:not([class*="st-key-narrow-beside-"]){display:flex}
 .st-key-beside>.stHorizontalBlock,.st-key-beside>div>.stHorizontalBlock{flex-direction:column}
 .st-key-beside>.stHorizontalBlock>.stColumn,.st-key-beside>div>.stHorizontalBlock>.stColumn{width:100%!important;flex:1 1 auto!important;min-width:0}
}
@media (max-width:56rem){
 .st-key-menu-pages{flex-wrap:nowrap;overflow-x:auto;scrollbar-width:none}
 [class*="st-key-wide-"]{display:none}
 [class*="st-key-narrow-"],[class*="st-key-narrow-"]:not([class*="st-key-narrow-beside-"]){display:flex}
 h1{font-size:1.625rem!important}
 .pairs li.two{grid-template-columns:1fr;gap:.75rem}
 .alike{text-align:left;display:flex;flex-wrap:wrap;gap:0 .4rem;align-items:baseline}
}
"""

# The language of the page for screen readers; which link of the menu is the page itself, brought into view on a phone,
# also when Streamlit draws the menu anew; the colour scheme of Streamlit's app also for what opens outside it
# (dialogs), since `light-dark()` asks the element where it stands; and the buttons that copy: the address, or the words
# that stand in the element of class "plain" beside the button (taken by textContent, so they stay text); and the
# buttons that save a picture: plotly's own button knows one format, which is another for the moment of the click.
# Constant text: nothing of a document and nothing of the address ever gets in here.
_SCRIPT = """<script>
document.documentElement.lang="LANG";
window.papiHere=HERE;
if(!window.papiMenu){window.papiMenu=function(){
 var links=document.querySelectorAll(".st-key-menu-pages a"),here=links[window.papiHere];if(!here||here.hasAttribute("aria-current"))return;
 links.forEach(function(link){link.removeAttribute("aria-current")});here.setAttribute("aria-current","page");
 var menu=here.closest(".st-key-menu-pages");menu.scrollLeft+=here.getBoundingClientRect().left-menu.getBoundingClientRect().left-48};
 var waiting=false;new MutationObserver(function(){if(!waiting){waiting=true;requestAnimationFrame(function(){waiting=false;window.papiMenu()})}}).observe(document.body,{childList:true,subtree:true})}
window.papiMenu();
if(!window.papiTheme){window.papiTheme=true;
 var app=document.querySelector(".stApp"),follow=function(){document.documentElement.style.colorScheme=getComputedStyle(app).colorScheme};
 new MutationObserver(follow).observe(app,{attributes:true,attributeFilter:["class"]});follow()}
if(!window.papiCopies){window.papiCopies=true;document.addEventListener("click",function(event){
 var button=event.target.closest&&event.target.closest("button.copy");if(!button)return;
 var done=function(){var before=button.dataset.before||(button.dataset.before=button.textContent);button.textContent=button.dataset.done;setTimeout(function(){button.textContent=before},2000)};
 var words=button.parentElement.querySelector(".plain"),copied=words?words.textContent:button.dataset.words?null:location.href;if(copied===null)return;
 var byHand=function(){var box=document.createElement("textarea");box.value=copied;button.parentElement.appendChild(box);box.select();document.execCommand("copy");box.remove();button.focus();done()};
 if(navigator.clipboard&&window.isSecureContext){navigator.clipboard.writeText(copied).then(done,byHand)}else{byHand()}
})}
if(!window.papiPictures){window.papiPictures=true;document.addEventListener("click",function(event){
 var button=event.target.closest&&event.target.closest("button.picture");if(!button)return;
 var plot=button.closest("[class*=st-key-wide-],[class*=st-key-narrow-]").querySelector(".js-plotly-plot"),camera=plot&&plot.querySelector(".modebar-btn");if(!camera)return;
 var usual=plot._context.toImageButtonOptions,format=button.dataset.format;
 plot._context.toImageButtonOptions=Object.assign({},usual,{format:format,scale:format==="svg"?1:usual.scale});
 camera.click();plot._context.toImageButtonOptions=usual})}
</script>"""


def page(key: str, title: Callable[[], str] | None = None) -> None:
    """Begin a page: its name in the browser, the menu, the language, and its title `KEY.title`, a question, or what
    `title` makes of the data.

    A title may use {plans}, the number of plans in words, and {first}, the same as a sentence begins. Without a
    database the page ends here, with words that say what is wrong and what to do.
    """
    labels.begin()
    st.set_page_config(page_title=f"{labels.t(f'{key}.menu')} · PAPI", layout="wide", initial_sidebar_state="collapsed")
    st.html(f"<style>{palette.css()}{_STYLE}</style>")
    address.enter(key)
    menu = st.container()
    asked = st.query_params.get("lang")
    try:
        data.begin()
        plan_ids = list(data.plans()["plan_id"])
        # the matrix of coverage also has columns for plans that others only cite
        known = list(data.known_plans()["plan_id"]) if key == "coverage" else plan_ids
    except data.NoDatabase as trouble:
        _menu(menu, key)
        _no_database(trouble)
        st.stop()
    plans = len(plan_ids)
    st.title(
        title()
        if title
        else labels.t(f"{key}.title", plans=labels.word(plans), first=labels.word(plans, capital=True), n=plans),
        anchor=False,
    )
    if asked is not None and asked not in labels.LANGUAGES:
        address.say_dropped(labels.t("common.language"), asked)
        st.query_params.pop("lang", None)
    if trouble := data.trouble():
        st.html(
            f'<p class="note" role="status">{labels.html("common.older_build", day=labels.day(data.build().built_at.date()))} '
            f"{labels.html('common.for_the_keeper', detail=trouble.detail)}</p>"
        )
    held.banner()
    # what the links of the menu keep is checked before they are drawn
    address.value("dem", address.COUNTING, labels.t("common.count_by"))
    chosen = address.values("kh", known, labels.t("common.plan"))
    _menu(menu, key, kh=",".join(plan for plan in chosen if plan in plan_ids))


def _no_database(trouble: data.NoDatabase) -> None:
    """A database that is missing is built at once; one that is damaged or of another version only when the reader asks
    for it, for it may be another's.
    """
    st.title(labels.t("common.no_database"), anchor=False)
    if trouble.reason == "missing" or building.is_running():
        st.html(f'<p class="answer">{labels.html("building.why")}</p>')
        building.show()
    else:
        st.html(
            f'<p class="answer">{labels.html(f"common.database_{trouble.reason}")}</p>'
            f'<p class="note">{labels.html("common.for_the_keeper", detail=trouble.detail)}</p>'
        )
        st.button(labels.t("building.start"), key="building.start", on_click=building.running)
    _speak()


def _menu(place: DeltaGenerator, key: str, **kept: str) -> None:
    with place, st.container(key="menu", horizontal=True, wrap=False, vertical_alignment="center"):
        with st.container(key="menu-pages", horizontal=True, wrap=False, gap="xsmall", width="stretch"):
            for name, file in MENU:
                if (ROOT / file).exists():
                    st.page_link(file, label=labels.t(f"{name}.menu"), query_params=address.kept(**kept))
        with st.container(key="menu-language", width="content"):
            here = dict(MENU)[key]
            other = None if labels.lang() == "en" else "en"
            now = {name: text for name, text in st.query_params.to_dict().items() if name != "lang"}
            st.page_link(
                here,
                label=labels.t("common.other_language"),
                query_params={**now, **({"lang": other} if other else {})},
            )


def answer(markup: str) -> None:
    """The answer to the title, in one to three sentences made by `labels.html`."""
    st.html(f'<p class="answer">{markup}</p>')


def foot() -> None:
    """End a page: version, how to cite, and the guard. Also lets the collector of garbage rest."""
    build = data.build()
    st.html(
        f'<footer class="foot"><p>{labels.html("common.guard")}</p>'
        f"<p>{labels.html('common.build', build=build.build_id, day=labels.day(build.built_at.date()), version=build.program_version)}</p>"
        f"<p>{labels.html('common.cite', build=build.build_id, year=str(build.built_at.year))}</p></footer>"
    )
    _speak()
    _settle()


def _speak() -> None:
    here = [key for key, file in MENU if (ROOT / file).exists()].index(address.page())
    st.html(_SCRIPT.replace("LANG", labels.lang()).replace("HERE", str(here)), unsafe_allow_javascript=True)


def stop() -> None:
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
