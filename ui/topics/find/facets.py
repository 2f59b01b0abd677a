"""The facets of the search: what can be chosen in each, with counts that answer to the other choices; what is chosen,
to be taken back one by one.

In: what `ui.data.search` has found. Out: `Chosen`, checked; each choice lives in the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from ui import data
from ui.data import choice, search
from ui.data.kept import kept
from ui.page import address, filters, write
from ui.page.pick import pick_basis
from ui.page.select import findable, named
from ui.words import labels, plans, units
from ui.words.offices import office
from ui.words.remember import remember

PARAMETERS = {
    "plan": "kh",
    "level": "cap",
    "dim": "nd",
    "sub": "ct",
    "agency": "cq",
    "role": "vt",
    "timing": "tg",
    "kind": "loai",
    "review": "xl",
}
"""The name of each facet in the address."""
_PILLS = 24
"""So many values of a facet are seen at once."""
_TIMINGS = ("ongoing", "monthly", "quarterly", "semiannual", "annual", "dated", "event", "regulation", "unspecified")


@kept(2)
def _agencies(path: str, lang: str) -> dict[str, str]:
    return {key: office(name) for key, name in search.agencies().items()}


@remember
def _options(facet: str) -> dict[str, str]:
    match facet:
        case "plan":
            return plans.plan_names()
        case "level":
            return {
                level: labels.t(f"common.level.{level}") for level in ("province", "department", "district", "commune")
            }
        case "dim":
            return {str(dim): units.topic_name(dim, None) for dim in (*range(1, 9), 0)} | {
                "none": labels.t("find.no_dimension")
            }
        case "sub":
            return {
                sub: units.topic_name(None, sub, short=True) for sub in (one.sub for one in data.subdimensions())
            } | {"none": labels.t("find.no_sub")}
        case "role":
            return {role: labels.t(f"who.role.{role}") for role in search.ROLES} | {"none": labels.t("who.nobody")}
        case "timing":
            return {timing: labels.t(f"common.timing.{timing}") for timing in _TIMINGS}
        case "kind":
            return {
                kind: labels.t(f"common.kind.{kind}")
                for kind in ("action", "assignment", "reporting", "objective", "description")
            }
        case _:
            return {"yes": labels.t("find.review_yes"), "no": labels.t("find.review_no")}


def options(facet: str) -> Mapping[str, str]:
    """Every value of a facet, in words."""
    return _agencies(data.build().path, labels.lang()) if facet == "agency" else _options(facet)


def title(facet: str) -> str:
    """A facet's name."""
    return labels.t(f"find.facet.{facet}")


def chosen() -> search.Chosen:
    """What the address chooses; what it cannot mean is dropped with a note."""
    return search.Chosen(
        **{
            facet: tuple(address.values(name, options(facet), labels.lower(title(facet))))
            for facet, name in PARAMETERS.items()
        }
    )


def looked_through() -> tuple[str, ...] | None:
    """The plans that the filters of all pages leave, those aside that are facets here (names, level); None: all. One that is
    picked by name is looked through though another replaced it.
    """
    rule = replace(filters.chosen(), level=(), replaced=bool(address.asked("thay") or address.asked("kh")))
    found = choice.left(rule)
    return None if len(found) == len(data.plans()) else tuple(plan.plan_id for plan in found)


def put(facet: str, values: tuple[str, ...] | list[str]) -> None:
    """Choose these values of a facet, from the first page on."""
    address.put(PARAMETERS[facet], ",".join(values) or None)
    address.put("trang", None)


def clear() -> None:
    """Choose nothing."""
    for facet in PARAMETERS:
        put(facet, ())


def pick(results: search.Found) -> None:
    """One button a facet; what it opens counts when it is opened."""
    with st.container(horizontal=True, gap="small", key="facets"):
        for facet in PARAMETERS:
            values = getattr(results.asked.chosen, facet)
            # with another label the browser would take it for another, and close it at the first choice
            opened = st.popover(title(facet), key=f"open.{facet}", on_change="rerun")
            if opened.open:
                with opened:
                    if facet == "dim":
                        pick_basis()
                    _pick(results, facet, values)


def _pick(results: search.Found, facet: str, values: tuple[str, ...]) -> None:
    """The values that these results have, as pills; of many the most frequent, the others in a list below them. A field
    narrows a long list by name: Streamlit's own lists compare letters with their marks.
    """
    words, part = options(facet), ""
    if len(words) > _PILLS:
        part = st.text_input(labels.t("find.part"), key=f"w.{facet}.part", autocomplete="off")
    fits = {value for value in words if value in values or named(part, words[value])}
    counted = search.spread(results, facet, fits if part else None)
    listed = [
        value
        for value in (counted if facet == "agency" else words)
        if value in values or value in fits and counted.get(value)
    ]
    if not set(listed) - set(values) and part:
        write.line("small", labels.html("find.part_none", part=part[:60]), role="status")
    elif not listed:
        write.line("small", labels.html("find.facet_empty"))
    if not listed:
        return
    if len(listed) > _PILLS:
        listed.sort(key=lambda value: (value not in values, -counted.get(value, 0)))
    first, rest = listed[: max(_PILLS, len(values))], listed[max(_PILLS, len(values)) :]
    pills, others = f"w.{facet}", f"w.{facet}.others"
    st.session_state[pills], st.session_state[others] = list(values), []

    def say(value: str) -> str:
        return labels.t("find.value", value=words[value], n=counted.get(value, 0))

    st.pills(
        title(facet),
        first,
        selection_mode="multi",
        key=pills,
        on_change=lambda: put(facet, st.session_state[pills]),
        format_func=lambda value: labels.md(say(value)),
        wrap=True,
    )
    if rest:
        st.multiselect(
            labels.t("find.others"),
            rest,
            key=others,
            on_change=lambda: put(facet, [*values, *st.session_state[others]]),
            **findable(say),
            placeholder=labels.t("common.choose"),
            select_all=False,
        )
    if facet == "agency" and len(counted) >= search.MOST_AGENCIES:
        write.line("small", labels.html("find.most_agencies", n=search.MOST_AGENCIES))


def chips(now: search.Chosen) -> None:
    """What is chosen, each with a button that takes it back, and one for all."""
    taken = [(facet, value) for facet in PARAMETERS for value in getattr(now, facet)]
    if not taken:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for facet, value in taken:
            left = tuple(one for one in getattr(now, facet) if one != value)
            st.button(
                labels.t("find.chip", facet=title(facet), value=labels.md(options(facet)[value])),
                key=f"chip.{facet}.{value}",
                wrap=True,
                on_click=put,
                args=(facet, left),
            )
        st.button(labels.t("find.clear"), key="chips.clear", type="tertiary", on_click=clear)


def said(now: search.Chosen) -> list[str]:
    """What is chosen, in words, for a file that leaves the dashboard; which plans, `ui.page.filters` says."""
    return [
        f"{title(facet)}: {', '.join(options(facet)[value] for value in values)}"
        for facet in PARAMETERS
        if facet not in ("plan", "level") and (values := getattr(now, facet))
    ]
