"""The page that shows a plan: which plan, its title and answer, the strip, the document, and beside it the unit in
view.

In the address: `ke` the plan, `doan` the unit in view (its place in the plan), `xem` whether only what was left is
shown.
"""

from __future__ import annotations

import html
from typing import Any

import pandas
import streamlit as st

from ui import data
from ui.export import table
from ui.page import address, files, picture
from ui.topics.read import bridge, document
from ui.topics.read.unit import markup
from ui.words import labels
from ui.words.plans import plan_names
from ui.words.remember import remember
from ui.words.units import place

_STYLE = """<style>
.d0{--c:var(--d0)}.d1{--c:var(--d1)}.d2{--c:var(--d2)}.d3{--c:var(--d3)}.d4{--c:var(--d4)}.d5{--c:var(--d5)}.d6{--c:var(--d6)}.d7{--c:var(--d7)}.d8{--c:var(--d8)}.dx{--c:var(--soft)}
.stElementContainer:has(.strip){position:sticky;top:3.75rem;z-index:5;background:var(--page)}
.strip{display:flex;gap:3px;align-items:flex-start;background:linear-gradient(var(--rule),var(--rule)) 0 15px/100% 4px no-repeat;padding:6px 3px 0;min-height:46px;box-sizing:border-box}
.strip .run{display:block;flex-basis:0;min-width:0}
.strip .run>span{display:flex;gap:1px}
.strip a{display:block;flex-basis:0;min-width:1px;height:22px;border:1.5px solid var(--c);background:var(--page);box-sizing:border-box}
.strip a.t{background:var(--c)}
.strip a.on{outline:2px solid var(--ink);outline-offset:2px;position:relative;z-index:1}
.strip b{display:block;font-size:.8125rem;line-height:1.2;color:var(--c)}
.key mark{font-family:"Source Serif",serif;padding:0 .2rem!important}
.key mark,.doc mark{background:color-mix(in srgb,var(--c) 26%,transparent);color:inherit;padding:0}
.key mark.o,.doc mark.o{text-decoration:underline dotted 2px var(--c);text-underline-offset:3px;text-decoration-skip-ink:none}
.doc{font-family:"Source Serif","Source Serif Pro",serif;font-size:1.0625rem;line-height:1.6;overflow-wrap:anywhere}
.doc .l{position:relative;margin:0!important;padding:.15rem 0 .15rem 3rem!important;font-size:inherit;font-family:inherit;line-height:inherit}
.doc .l,.doc .u{scroll-margin:7.5rem 0 4rem}
.doc .l::before{content:attr(data-n);position:absolute;left:0;width:2.25rem;text-align:right;font:400 .75rem/2.1 "Source Sans",sans-serif;color:var(--faint);font-variant-numeric:tabular-nums}
.doc h3.l{font-weight:600!important;color:var(--ink);padding-top:.6rem!important}
.doc h3.l::before{line-height:2.3}
.doc .front,.doc .back,.doc .table_header,.doc .rest,.doc .u>i{color:var(--faint);font-style:normal}
.doc .u,.doc .rest{display:block;margin-left:2.5rem;padding:0 .25rem 0 .75rem;border-left:3px solid transparent}
.doc .u{position:relative;border-color:var(--c)}
.doc .k{position:absolute;left:-3.15rem;top:.15rem;min-width:2.25rem;box-sizing:border-box;text-align:center;font:600 .8125rem/1.5 "Source Sans",sans-serif;border:1.5px solid var(--c);color:var(--ink)!important;background:var(--page);text-decoration:none!important}
.doc .t>.k{background:var(--c);color:var(--page)!important}
.doc .f>.k::after{content:"⚑";position:absolute;left:calc(100% + .1rem);top:0;color:var(--ink);font-size:.75rem}
.doc .k:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.doc .u.on{background:color-mix(in srgb,var(--c) 10%,transparent);outline:2px solid var(--ink);outline-offset:3px;z-index:1}
.doc .row{display:grid;grid-template-columns:var(--w);gap:.25rem .75rem;font-size:.9375rem;line-height:1.5}
.doc .row>span{border-top:1px solid var(--rule);min-width:0;overflow-wrap:break-word;padding-top:.25rem}
.doc .row .u,.doc .row .rest{margin-left:0;padding:0}
.doc .row .rest{border:0}
.doc .row .u{padding-left:.5rem}
.doc .row .k{position:relative;left:auto;top:auto;display:inline-block;margin-right:.9rem}
.doc .row>span{white-space:pre-line}
.doc .table_header.row{font:600 .875rem/1.4 "Source Sans",sans-serif}
.fl{font-family:"Source Sans",sans-serif;font-size:.875rem;line-height:1.45;margin:0!important;color:var(--ink)}
.fl::before{content:"⚑ "}
.doc .fl{padding:.1rem 0 .25rem calc(6.25rem + 3px)!important}
.unit-head{font-size:1.25rem!important;border-left:4px solid var(--c);padding:0 0 0 .5rem!important;margin:0 0 .25rem!important}
.unit-head:focus{outline:none}
.toc .unit-head{border:0;padding:0!important}
.unit h3{font-size:1rem!important;padding:1rem 0 .25rem!important;margin:0!important}
.facts{display:grid;grid-template-columns:minmax(5.5rem,auto) 1fr;gap:.35rem .75rem;margin:.75rem 0!important;padding:0!important;line-height:1.4}
.facts dt{color:var(--faint);font-size:.875rem;font-weight:400;margin:0}
.facts dd{margin:0!important;min-width:0;overflow-wrap:anywhere}
.facts p{margin:0 0 .25rem}
.unit small{font-size:.8125rem;color:var(--faint)}
.bars,.reasons,.alikes,.toc ul{list-style:none;margin:0!important;padding:0!important}
.bars li{display:grid;grid-template-columns:minmax(0,1fr) 5rem 2.5rem;gap:.5rem;align-items:center;margin:0 0 .2rem!important;font-size:.9375rem;line-height:1.35}
.bars i{height:10px;background:var(--c);display:block}
.bars b{font-weight:400;text-align:right;font-variant-numeric:tabular-nums}
.reasons{padding-top:.5rem!important}
.reasons li,.alikes li{font-size:.875rem;line-height:1.4;margin:0 0 .35rem!important}
.alikes p{margin:0;display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
.toc{font-size:.9375rem;line-height:1.4}
.toc li{margin:0!important;padding:.2rem 0;border-bottom:1px solid var(--rule)}
.toc a{text-decoration:none}
.toc small{color:var(--faint)}
.stColumn:has(.st-key-beside-unit,.st-key-beside-contents){position:sticky;top:7rem;align-self:flex-start;max-height:calc(100vh - 7.5rem);overflow-y:auto}
@media screen and (max-width:56rem){
 .st-key-reading>.stHorizontalBlock,.st-key-reading>div>.stHorizontalBlock{flex-direction:column}
 .st-key-reading>.stHorizontalBlock>.stColumn,.st-key-reading>div>.stHorizontalBlock>.stColumn{width:100%!important;flex:1 1 auto!important;min-width:0}
 .doc .l{padding-left:2rem!important}
 .doc .l::before{width:1.6rem}
 .doc .u,.doc .rest{margin-left:0;padding-left:.5rem}
 .doc .k{position:relative;left:auto;top:auto;display:inline-block;margin-right:.9rem}
 .doc .fl{padding-left:calc(2.5rem + 3px)!important}
 .doc .row{grid-template-columns:1fr;gap:.1rem}
 .doc .row>span{border:0;padding:0}
 .doc .row>span:empty{display:none}
 .doc .row>span:first-of-type{border-top:1px solid var(--rule)}
 .stColumn:has(.st-key-beside-contents){order:-1;position:static;max-height:16rem}
 .stColumn:has(.st-key-beside-unit){position:fixed;inset:auto 0 0 0;top:auto;z-index:20;max-height:48vh;background:var(--page);border-top:2px solid var(--ink);padding:.5rem 1rem 1rem;box-sizing:border-box}
 .doc .l,.doc .u{scroll-margin:7.5rem 0 50vh}
}
@media print{
 @page{margin:18mm 15mm}
 .stApp,.stApp>*,.stMain,.stAppViewContainer,.stMain>*,[data-testid]{position:static!important;overflow:visible!important;height:auto!important;max-height:none!important}
 .stAppHeader,.st-key-menu,.st-key-filters,.st-key-screen,.st-key-files,.stColumn:has(.st-key-beside-unit,.st-key-beside-contents){display:none!important}
 .stElementContainer:has(.strip){position:static!important}
 .doc{font-size:11pt;line-height:1.45}
 .doc .row{font-size:10pt}
 .doc .u.on{outline:0;background:none}
 .doc h3.l{break-after:avoid}
 .doc p.l{break-inside:avoid-page;orphans:3}
 *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
</style>"""


def _chosen() -> str | None:
    """The plan to show, before anything is drawn: the one of the address, else the first of the shared filter, else the
    first of all.
    """
    names = plan_names()
    asked = st.session_state.get("ke") or st.query_params.get("ke")
    shared = [plan for plan in (st.query_params.get("kh") or "").split(",") if plan in names]
    return asked if asked in names else next(iter([*shared, *names]), None)


def title() -> str:
    """The page's question as markdown, with the number of the plan and whose it is."""
    chosen = _chosen()
    if chosen is None:
        return labels.t("read.title_none")
    plan = data.plan(chosen)
    whose, number = labels.md(labels.pick(plan, "short").removesuffix(f" {_year(plan)}")), plan["number"]
    if isinstance(number, str) and number:
        return labels.t("read.title", number=labels.md(number), whose=whose)
    return " ".join(labels.t("read.title_bare", whose=whose, year=_year(plan)).split())


def _year(plan: dict[str, Any]) -> str:
    return "" if plan["year"] is None or plan["year"] != plan["year"] else str(int(plan["year"]))


def pick_plan() -> dict[str, Any] | None:
    """The plan that is read; None where there is none."""
    names = plan_names()
    if not names:
        return None
    address.value("ke", names, labels.t("common.plan"))
    chosen = _chosen()
    st.session_state["w.ke"] = chosen

    def store() -> None:
        address.put("ke", st.session_state["w.ke"])
        address.put("doan", None)

    st.selectbox(
        labels.t("common.plan_heading"),
        list(names),
        key="w.ke",
        on_change=store,
        format_func=lambda option: names[option],
    )
    return data.plan(chosen)


def unread(plan: dict[str, Any]) -> str:
    """Why a plan could not be read, and what to do."""
    return str(labels.pick(plan, "unread")) if plan["status"] == "not_read" else labels.t("common.state.no_plan")


@remember
def answer(plan_id: str) -> str:
    """The answer as markup: whose and when, so many lines, units, tasks, and what a person should look at."""
    plan, units, roles = data.plan(plan_id), data.plan_units(plan_id), document.roles(plan_id)
    said = [
        labels.html(
            "read.answer_of"
            if plan["issued"] == plan["issued"] and plan["issued"] is not None
            else "read.answer_undated",
            issuer=plan["issuer"],
            day=labels.day(plan["issued"]),
        )
    ]
    if not len(units):
        return " ".join([*said, labels.html("read.answer_empty", n=roles.total())])
    doubts = len(data.plan_findings(plan_id))
    said.append(
        labels.html("read.answer", lines=roles.total(), n=len(units), tasks=int((units["kind"] == "action").sum()))
    )
    said.append(labels.html("read.answer_doubts", n=doubts) if doubts else labels.html("read.answer_sure"))
    return " ".join(said)


def strip(plan_id: str, basis: str) -> None:
    """The plan's own order, over the document."""
    st.html(_STYLE + document.strip(plan_id, basis))
    with st.container(key="screen"):
        picture.key_of_marks(
            [(mark, labels.t(f"read.key.{mark}")) for mark in ("solid", "hollow", "spoke", "other", "flag")]
        )
        st.html(f'<p class="small">{labels.html("read.strip")}</p>')


def text(plan_id: str, basis: str, *, left: bool) -> None:
    """The document."""
    st.header(labels.t("read.document"), anchor=False)
    if left:
        roles = document.roles(plan_id)
        said = labels.names([labels.t(f"read.lines.{role}", n=roles[role]) for role in document.ROLES if roles[role]])
        st.html(
            f'<p class="small">{labels.html("read.left_note", n=roles.total() - roles["unit"], lines=roles.total(), roles=said)}</p>'
        )
    st.html(document.markup(plan_id, basis, left))


def downloads(plan: dict[str, Any]) -> None:
    """What was read of the plan, unit by unit and line by line, as files."""
    plans = pandas.DataFrame([plan])
    with st.container(horizontal=True, gap="medium", key="files"):
        files.download(
            "read.download_units",
            labels.t("read.download_units"),
            lambda: _unit_rows(plan["plan_id"]),
            title=labels.t("read.download_units"),
            plans=plans,
        )
        files.download(
            "read.download_lines",
            labels.t("read.download_lines"),
            lambda: _line_rows(plan["plan_id"]),
            title=labels.t("read.download_lines"),
            plans=plans,
        )


def _unit_rows(plan_id: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    units = data.units(tuple(data.plan_units(plan_id)["unit_id"])).to_dict("records")
    return table.task_columns(), [table.task_row(unit) for unit in units]


def _line_rows(plan_id: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    columns = {name: labels.t(f"read.column_{name}") for name in ("line", "role", "units", "text")}
    return columns, [
        {
            "line": place(line.get("place")) or int(line["line"]),
            "role": labels.t(f"method.role.{line['role']}"),
            "units": ", ".join(map(str, document.ordinals(line))),
            "text": line["text"],
        }
        for line in data.document(plan_id).to_dict("records")
    ]


def _put(ordinal: int | None) -> None:
    address.put("doan", None if ordinal is None else str(ordinal))


@st.fragment
def beside(plan: dict[str, Any], basis: str) -> None:
    """The unit in view, or the table of contents. Runs alone when a unit is chosen: the document stays as it is."""
    plan_id = plan["plan_id"]
    ordinals = [int(ordinal) for ordinal in data.plan_units(plan_id)["ordinal"]]
    asked = address.value("doan", {str(ordinal) for ordinal in ordinals}, labels.t("read.one"))
    chosen = int(asked) if asked else None
    # always in one place: elsewhere it would be another, and forget what it showed
    bridge.unit(chosen, lambda value: _put(int(value) if value.isdecimal() and int(value) in ordinals else None))
    with st.container(key="beside-unit" if chosen else "beside-contents"):
        if chosen is None:
            st.html(f'<p class="small">{labels.html("read.choose")}</p>{_contents(plan_id)}')
            return
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            at = ordinals.index(chosen)
            for key, there, label in (
                ("before", ordinals[at - 1] if at else None, "‹"),
                ("after", ordinals[at + 1] if at + 1 < len(ordinals) else None, "›"),
            ):
                words = labels.t(f"read.{key}", ordinal=str(there)) if there else label
                st.button(words, key=f"read.{key}", disabled=there is None, on_click=_put, args=(there,))
            st.button(labels.t("read.close"), key="read.close", type="tertiary", on_click=_put, args=(None,))
            st.html(
                f'<button class="copy" type="button" data-done="{labels.html("common.copied")}">{labels.html("common.copy_link")}</button>',
                width="content",
            )
        st.html(markup(plan_id, chosen, basis, address.kept_query()))


@remember
def _contents(plan_id: str) -> str:
    """The headings as a list of links to their lines."""
    items = "".join(
        f'<li><a href="#dong-{line}">{html.escape(words)}</a> <small>{labels.html("read.units", n=units) if units else ""}</small></li>'
        for line, words, units in document.contents(plan_id)
    )
    return (
        f'<nav class="toc" aria-label="{labels.html("read.contents")}"><h2 class="unit-head">{labels.html("read.contents")}</h2><ul>{items}</ul></nav>'
        if items
        else ""
    )
