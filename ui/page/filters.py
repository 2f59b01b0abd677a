"""Which plans every page counts: level, region, province, years and kind, chosen once and kept between pages; groups of
plans that have a name.

In: the address (`cap` levels, `vung` regions, `tinh` provinces as then, `tinhnay` as they are now, `vb` kinds of document,
`tu` and `den` years, `cungcap=1` only the level of the reader's own plan, `thay=1` also plans that others replaced, `nhom` what
the reader calls this choice), checked.
Out: the plans that are left, the place where they are chosen, and what is chosen, in words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data import choice
from ui.data.choice import Choice
from ui.data.plans import Plan
from ui.page import address, groups, own, write
from ui.page.select import findable
from ui.words import labels
from ui.words.plans import plan_names
from ui.words.remember import remember

PARAMETERS = {"level": "cap", "region": "vung", "province": "tinh", "province_now": "tinhnay", "doc_type": "vb"}
"""The name of each facet in the address."""
_YEARS = ("tu", "den")
_ALIKE, _REPLACED = "cungcap", "thay"
RULE = (*PARAMETERS.values(), *_YEARS, _ALIKE, _REPLACED, "kh")
"""All that says which plans are counted; a group is a name for it."""
_FEW = ("level", "region", "doc_type")
"""Facets whose values are few enough to stand open."""


@remember
def _words(facet: str) -> dict[str, str]:
    """Every value that a plan of this build has in a facet, in words, in the order a reader expects."""
    met = choice.listed(facet)
    match facet:
        case "level":
            known = {
                level: labels.t(f"common.level.{level}") for level in ("province", "department", "district", "commune")
            }
        case "region":
            known = {
                region.region: region.region_en if labels.lang() == "en" else region.region for region in data.regions()
            }
        case "doc_type":
            known = {kind: labels.t(f"common.doc_type.{kind}") for kind in met}
        case _:
            known = dict(zip(met, met))
    return {value: words for value, words in known.items() if value in met}


@remember
def _span() -> tuple[str, ...]:
    """Every year from the first to the last that a plan begins in."""
    years = [int(year) for year in choice.listed("year")]
    return tuple(str(year) for year in range(min(years), max(years) + 1)) if years else ()


def take() -> None:
    """Read the choice from the address; what it cannot mean is dropped with a note."""
    for facet, name in PARAMETERS.items():
        address.values(name, list(_words(facet)), _title(facet))
    for name in _YEARS:
        address.value(name, _span(), _title("year"))
    address.value(_ALIKE, ("1",) if own.chosen() else (), labels.lower(labels.t("filters.alike")))
    address.value(_REPLACED, ("1",), labels.lower(labels.t("filters.replaced")))
    name = address.asked("nhom") or ""
    if name and not rule():
        address.say_dropped(labels.t("filters.group_name"), name)
    groups.take(name, rule())
    address.put("nhom", groups.called(rule()))


def rule() -> dict[str, str]:
    """What the address says of which plans are counted."""
    return {name: said for name in RULE if (said := address.asked(name))}


def _listed(name: str) -> tuple[str, ...]:
    """The values that the address says of a parameter that may have several."""
    return tuple(filter(None, (address.asked(name) or "").split(",")))


def chosen() -> Choice:
    """The same as a choice, plans by name aside."""
    first, last = (address.asked(name) for name in _YEARS)
    mine = own.chosen()
    return Choice(
        **{facet: _listed(name) for facet, name in PARAMETERS.items()},
        since=int(first) if first else None,
        until=int(last) if last else None,
        alike=data.plan(mine).level if mine and address.asked(_ALIKE) else None,
        replaced=address.asked(_REPLACED) is not None,
    )


def offered(cited: bool = False) -> tuple[Plan, ...]:
    """The plans that may be picked by name: those that the filters leave, replaced or not."""
    return choice.left(replace(chosen(), replaced=True), cited)


def shown() -> tuple[Plan, ...]:
    """The plans of which a page shows one: those picked by name, else all that may be."""
    return plans() if _listed("kh") else offered()


def replaced() -> tuple[Plan, ...]:
    """The plans that a page does not count because others replaced them."""
    return () if _listed("kh") else choice.replaced(chosen())


def plans(cited: bool = False) -> tuple[Plan, ...]:
    """The plans that a page counts: those that the filters leave, of these the ones picked by name where any is."""
    return choice.left(chosen(), cited, _listed("kh"))


def counted(cited: bool = False) -> tuple[Plan, ...]:
    """The same with the reader's own plan in front, whatever is chosen."""
    found, mine = plans(cited), own.chosen()
    return (data.plan(mine), *(plan for plan in found if plan.plan_id != mine)) if mine else found


def is_asked() -> bool:
    """Whether the page in view counts the plans of the filters: all but the one on a plan that is not kept."""
    return address.page() != "draft"


def is_set() -> bool:
    """Whether anything but all plans is asked for."""
    return bool(rule())


def clear() -> None:
    """Ask for all plans."""
    put(**dict.fromkeys(RULE))


def put(**said: str | None) -> None:
    """Write choices into the address; pictures and lists begin again, and the name of a group goes where it is no longer
    what the reader has called so.
    """
    for name, value in said.items():
        address.put(name, value)
    address.forget("hinh", "bang")
    address.put("nhom", groups.called(rule()))
    address.redraw()


# Where it is chosen.


def pick() -> None:
    """One button that opens all of it."""
    opened = st.popover(labels.t("filters.open"), key="open.filters", on_change="rerun", icon=":material/filter_list:")
    if opened.open:
        with opened:
            write.line("small", _left())
            for facet in PARAMETERS:
                _facet(facet)
            _years()
            if own.chosen():
                _flag(_ALIKE, "filters.alike")
            if address.asked(_REPLACED) or replaced():
                _flag(_REPLACED, "filters.replaced")
            write.line(
                "small",
                labels.html("filters.note", basis=", ".join(dict.fromkeys(one.basis for one in data.regions()))),
            )
            groups.pick(rule(), frozenset(RULE), put)


def _title(facet: str) -> str:
    return labels.lower(labels.t(f"filters.{facet}"))


def _facet(facet: str) -> None:
    """One facet: only values that plans have, each with how many it would leave."""
    name, words, counts = PARAMETERS[facet], _words(facet), choice.counts(chosen(), facet)
    now = list(_listed(name))
    offered = [value for value in words if value in counts or value in now]
    if len(offered) < 2 and not now:
        return
    widget = f"w.{name}"
    st.session_state[widget] = now

    def say(value: str) -> str:
        return labels.t("find.value", value=words[value], n=counts.get(value, 0))

    def store() -> None:
        put(**{name: ",".join(value for value in words if value in st.session_state[widget]) or None})

    label = labels.t(f"filters.{facet}")
    if facet in _FEW:
        st.pills(
            label,
            offered,
            selection_mode="multi",
            key=widget,
            on_change=store,
            format_func=lambda value: labels.md(say(value)),
            wrap=True,
        )
    else:
        st.multiselect(
            label,
            offered,
            key=widget,
            on_change=store,
            **findable(say),
            placeholder=labels.t("common.choose"),
            select_all=False,
        )


def _years() -> None:
    """The first and the last year, of those that plans begin in."""
    counts = choice.counts(chosen(), "year")
    if len(_span()) < 2:
        return
    with st.container(horizontal=True, gap="small"):
        for name in _YEARS:
            widget, now = f"w.{name}", address.asked(name)
            offered = [year for year in _span() if year in counts or year == now]
            st.session_state[widget] = now
            st.selectbox(
                labels.t(f"filters.{name}"),
                offered,
                index=None,
                key=widget,
                on_change=partial(_put_year, name),
                format_func=lambda year: labels.t("find.value", value=year, n=counts.get(year, 0)),
                placeholder=labels.t("common.choose"),
            )


def _put_year(name: str) -> None:
    """A first year without a last one is that year alone, which is asked for most; whoever means all since then takes the last
    year away.
    """
    first, last = _YEARS
    year = st.session_state[f"w.{name}"]
    is_alone = name == first and address.asked(first) is None and address.asked(last) is None
    put(**{name: year}, **({last: year} if is_alone else {}))


def _flag(name: str, label: str) -> None:
    """A choice that is made or not."""
    widget = f"w.{name}"
    st.session_state[widget] = address.asked(name) == "1"
    st.toggle(labels.t(label), key=widget, on_change=lambda: put(**{name: "1" if st.session_state[widget] else None}))


# What is chosen.


def _taken(names: Collection[str]) -> list[tuple[str, str, str | None]]:
    """Each choice under these names: the name, the choice in words, and what is left in the address where it goes."""
    found: list[tuple[str, str, str | None]] = []
    for facet, name in PARAMETERS.items():
        now = _listed(name) if name in names else ()
        found += [
            (name, _said(facet, _words(facet)[value]), ",".join(one for one in now if one != value) or None)
            for value in now
        ]
    found += [
        (name, f"{labels.t(f'filters.{name}')}: {year}", None)
        for name in _YEARS
        if name in names and (year := address.asked(name))
    ]
    found += [
        (name, labels.t(label), None)
        for name, label in ((_ALIKE, "filters.alike"), (_REPLACED, "filters.replaced"))
        if name in names and address.asked(name)
    ]
    if "kh" in names and (picked := _listed("kh")):
        found.append(("kh", labels.t("filters.by_name", n=len(picked)), None))
    return found


def _left() -> Markup:
    """How many of how many plans are left, and that the reader's own is counted too where it is none of them."""
    found, mine = plans(), own.chosen()
    key = "filters.left_own" if mine and mine not in (plan.plan_id for plan in found) else "filters.left"
    return labels.html(key, n=len(found), of=len(data.plans()))


def _said(facet: str, words: str) -> str:
    return f"{labels.t(f'filters.{facet}')}: {words}"


def chips(aside: Collection[str] = (), counts: bool = True) -> None:
    """How many of how many plans are left, and what is chosen, each with a button that takes it back; how many do not count
    because others replaced them, with a button that counts them; nothing where nothing is. `aside` are names that the page
    shows itself; one that shows a plan alone `counts` none.
    """
    taken = _taken([name for name in RULE if name not in aside])
    gone = replaced() if counts else ()
    if not taken and not gone:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="filters-chips"):
        if gone:
            write.line("small", labels.html("filters.without_replaced", n=len(gone)), width="content")
            st.button(
                labels.t("filters.with_replaced"),
                key="filters.replaced",
                type="tertiary",
                on_click=partial(put, **{_REPLACED: "1"}),
            )
        if not taken:
            return
        called = address.asked("nhom")
        write.line(
            "small", labels.html("filters.group", name=called, left=_left()) if called else _left(), width="content"
        )
        for at, (name, words, rest) in enumerate(taken):
            st.button(
                f"{labels.md(words)} ×", key=f"chip.filter.{at}", wrap=True, on_click=partial(put, **{name: rest})
            )
        st.button(labels.t("filters.clear"), key="filters.clear", type="tertiary", on_click=clear)


def said() -> list[str]:
    """What is chosen in words, for a file that leaves the dashboard, with the name of the group where it has one."""
    if not is_asked():
        return []
    names = plan_names(True)
    picked = [names[plan_id] for plan_id in _listed("kh") if plan_id in names]
    called, gone = address.asked("nhom"), replaced()
    return [
        *([labels.t("filters.group_said", name=called)] if called else []),
        *(words for _, words, _ in _taken([name for name in RULE if name != "kh"])),
        *([f"{labels.t('common.plans')}: {', '.join(picked)}"] if picked else []),
        *([labels.t("filters.replaced_said", n=len(gone))] if gone else []),
    ]


def nothing() -> None:
    """The empty result: what was asked for, in words, and the way back to all plans."""
    write.line("answer", labels.html("filters.nothing", said="; ".join(said())), role="status")
    st.button(labels.t("filters.clear_all"), key="filters.clear_all", on_click=clear)
