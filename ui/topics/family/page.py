"""The page of a plan beside the one before: which two, what is said of them, the picture, every unit beside its counterpart,
and the office's other plans.

In: what the reader chose: `ke` the plan, `truoc` the earlier one (the one that was found where none is named), `ket` which
units are listed, `nd` a dimension, `khac` also units that are no tasks. Out: markup; a document's text enters escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from markupsafe import Markup

from carried import MOST_UNITS
from ui import data
from ui.data.family import KinUnit
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.export import table
from ui.export.briefing.formats import FORMATS
from ui.export.table import Table, file_name
from ui.page import address, cards, files, frame, pick, picture, tables, write
from ui.topics.compare.pairs import say
from ui.topics.family import comparison, document, words
from ui.topics.family import picture as family_picture
from ui.topics.family import tables as family_tables
from ui.topics.family.comparison import STATES, Family, Fate
from ui.words import labels
from ui.words.markup import filled
from ui.words.offices import lead
from ui.words.plans import plan_name, plan_names
from ui.words.remember import remember, remember_few
from ui.words.units import line_link, timing, where_link

SHOWN = ("khac", "sua", "moi", "bo", "giu", "tat-ca")
"""What `ket` may say: all that is not the same, changed, new, gone, the same, everything."""
_OF = {"sua": ("changed",), "moi": ("new",), "bo": ("gone",), "giu": ("same",), "tat-ca": STATES}
_ALONE = ("sua", "moi", "bo", "giu")
_FIRST, _MOST = 6, 120
"""So many units are open at first, and so many stand on the page; the file has them all."""


def pick_earlier(plan: Plan) -> Plan | None:
    """The plan that another is set against, to be changed here: the one that the program has linked first, unless the address
    names another.
    """
    names = {plan_id: said for plan_id, said in plan_names().items() if plan_id != plan.plan_id}
    found = next((link.earlier_id for link in comparison.links(plan.plan_id) if link.earlier_id in names), None)
    chosen = pick.pick_item(
        "truoc", names, labels.t("family.earlier"), found, clears="o", placeholder=labels.t("family.choose_earlier")
    )
    return data.plan(chosen) if chosen else None


def linked(plan: Plan) -> None:
    """What a plan says of earlier ones that nobody holds, and how it stands itself."""
    kept = address.kept_query()
    notes: list[str] = []
    for said, quote, line in words.relations(plan):
        if line is not None:
            to = line_link(plan.plan_id, None, kept, line=line)
            quote = filled('<a href="{}">{}</a>', to, quote)
        notes.append(filled("{} {}", said, quote))
    say(notes)


def paper(plan: Plan, earlier: Plan | None, basis: Basis) -> None:
    """The comparison as a Word document, or why there is none; not where nothing at all is known of an earlier plan."""
    if earlier is None and not words.relations(plan):
        return
    st.download_button(
        labels.t("family.paper"),
        files.later(partial(document.make, plan, earlier, basis), FORMATS["docx"].sorry),
        document.file_name(plan),
        FORMATS["docx"].mime,
        key="family.paper",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def compared(plan: Plan, earlier: Plan, basis: Basis) -> Family | None:
    """The two plans side by side, with what has to be known of them; None, with words, where they are too long."""
    found = comparison.family(basis, plan.plan_id, earlier.plan_id)
    if found is None:
        tables.nothing(labels.t("family.too_long", most=MOST_UNITS))
        return None
    frame.answer(words.answer(found))
    say(words.cautions(found))
    return found


def show(found: Family, *, picks: str | None) -> None:
    """The picture, the tasks behind a bar (where `picks` names what holds the choice; without one the page is about more than
    these two plans), and every unit.
    """
    plans, filters = [found.plan, found.earlier], table.filters(found.basis)
    dims = {family_picture.ALL: labels.t("family.whole"), **{dim: words.dim_name(dim) for dim in found.dims}}
    if picks:
        pick.chosen_pair(picks, dims, words.parts(found))
    picture.chart(
        "family",
        lambda: family_picture.wide(found),
        lambda: family_picture.narrow(found),
        alt=words.alt(found),
        picks=picks,
    )
    files.downloads(
        "family", lambda: family_tables.counts(found), title=words.title(found), filters=filters, plans=plans
    )
    paper(found.plan, found.earlier, found.basis)
    if picks:
        _behind(found, picks, dims)
    (st.header if picks else st.subheader)(labels.t("family.units"), anchor=False)
    _list(found)
    tables.note(labels.t("family.rule"))


def _behind(found: Family, picks: str, dims: Mapping[str, str]) -> None:
    states = words.parts(found)
    chosen = pick.pick_pair(picks, dims, states, labels.t("common.dimension_heading"), labels.t("family.state_heading"))
    dim, state = chosen or ("", "")
    of = None if dim == family_picture.ALL else dim
    cards.show(
        picks,
        "~".join(chosen) if chosen else None,
        f"{dims.get(dim)} · {states.get(state)}",
        lambda: tuple(fate.unit.unit_id for fate in found.of(state, of)),
        basis=found.basis,
        choose=labels.t("family.choose"),
        none=labels.t("compare.none_here"),
    )


def _list(found: Family) -> None:
    """The units that the filters leave, each beside its counterpart, and the file of all of them."""
    with st.container(horizontal=True, gap="medium", key="filters-pairs"):
        shown = pick.pick_one(
            "loc",
            {
                one: words.state_name(found, _OF[one][0]) if one in _ALONE else labels.t(f"family.shown.{one}")
                for one in SHOWN
            },
            labels.t("family.shown"),
            labels.t("family.shown_filter"),
        )
        dim = pick.pick_dimension()
        every = pick.pick_flag("khac", labels.t("family.every"), labels.t("family.every_filter"))
    states = _OF.get(shown, found.differing)
    left = [
        fate
        for fate in found.fates
        if fate.state in states and (every or fate.is_task) and (dim is None or fate.dim == str(dim))
    ]
    if left:
        write.line("small", labels.html("family.units_note", n=len(left)))
        write.markup(_items(found, tuple(left), address.kept_query()))
    else:
        is_bare = shown == SHOWN[0] and dim is None
        tables.nothing(labels.t("family.nothing_changed" if is_bare else "family.none_here"))
    plans = [plan_name(plan) for plan in (found.plan, found.earlier)]
    files.save(
        "family.units",
        labels.t("family.download", n=len(found.fates)),
        file_name("family.units"),
        lambda: Table(*family_tables.fates(found), words.title(found), table.filters(found.basis), plans),
    )


@remember_few
def _items(found: Family, left: tuple[Fate, ...], kept: str) -> Markup:
    markup = write.folded("pairs", [_item(found, fate, kept) for fate in left[:_MOST]], _FIRST, "common.more")
    if len(left) > _MOST:
        markup += write.paragraph("small", labels.html("family.first_units", most=_MOST, n=len(left)))
    return markup


def _item(found: Family, fate: Fate, kept: str) -> Markup:
    """A unit of the earlier plan on the left, of the later on the right, the words marked that differ; where it stands alone
    the nearest of the other plan, folded away.
    """
    colour = "var(--rule)" if fate.dim == "x" else f"var(--d{fate.dim})"
    before, after = fate.earlier, fate.later
    left, right = words.differing(before.text, after.text) if before and after else (None, None)
    told = "lead" in fate.changes, "time" in fate.changes
    head = filled(
        '<p class="alike"><span class="chip">{}</span> · <b>{}</b> <span>{}</span></p>',
        words.dim_name(fate.dim),
        words.state_name(found, fate.state),
        words.changes(fate),
    )
    sides = [
        _side(before, left, *told, kept) if before else _absent(found.earlier, fate.nearest, fate.likeness, kept),
        _side(after, right, *told, kept) if after else _absent(found.plan, fate.nearest, fate.likeness, kept),
    ]
    return filled('<li class="two fate" style="--c:{}">{}<div>{}</div><div>{}</div></li>', colour, head, *sides)


@remember
def _side(unit: KinUnit, marked: Markup | None, other_lead: bool, other_time: bool, kept: str) -> Markup:
    time = labels.html("tasks.when", timing=timing(unit))
    kind = Markup() if unit.kind == "action" else filled(" · {}", labels.html(f"common.kind.{unit.kind}"))
    return filled(
        '<div class="side"><p class="says">{}</p><p class="where"><b>{}</b> · {}{}</p><p class="where">{} · {}</p></div>',
        unit.text if marked is None else marked,
        plan_names()[unit.plan_id],
        where_link(unit, kept),
        kind,
        _told(lead(unit.leads), other_lead),
        _told(time, other_time),
    )


def _told(said: Markup, differs: bool) -> Markup:
    return filled('<span class="differs">{}</span>', said) if differs else said


@remember
def _absent(plan: Plan, nearest: KinUnit | None, likeness: int, kept: str) -> Markup:
    """What stands on the side that has no such unit: that it was not found, and the nearest."""
    said = write.paragraph("small", labels.html("family.absent", plan=words.name(plan)))
    if nearest is None:
        return said
    near = filled(
        '<div class="side"><p class="says">{}</p><p class="where">{}</p></div>', nearest.text, where_link(nearest, kept)
    )
    return said + write.hidden("why", labels.html("family.see_nearest", n=likeness), [near])


def family(plan: Plan) -> None:
    """The plans of the office that hang together with one, a line each link."""
    found = list(data.family_links(plan.plan_id))
    if not found:
        return
    st.header(labels.t("family.links"), anchor=False)
    tables.note(labels.t("family.links_note"))
    tables.table(*family_tables.links(found), name=labels.t("family.links"), numbers=STATES, plans=[plan])
