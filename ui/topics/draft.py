"""The page "Your draft": a document is taken, read, shown for correction, and set beside all others.

In: what the reader drops or pastes. Out: forms and markup; what a document says is text, never markup.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data.findings import PlanFinding
from ui.data.topic import Basis, Topic
from ui.export import plain, table
from ui.export.briefing.content import PARTS
from ui.mine import cage, held
from ui.page import address, cards, files, frame, pick, picture, tables, write
from ui.topics.briefing import issuer, page
from ui.topics.coverage import borrow
from ui.topics.coverage import picture as coverage_picture
from ui.topics.coverage import tables as coverage_tables
from ui.topics.coverage import view as views
from ui.topics.family import page as family
from ui.topics.family import words as family_words
from ui.topics.read import page as read_page
from ui.words import absence, findings, labels
from ui.words.markup import filled, joined
from ui.words.offices import office, since, successor
from ui.words.units import line_link, place

LEVELS = ("province", "department", "district", "commune")
_STEPS = ("read", "match", "load")
_MOST_UNITS, _MOST_LINES, _MOST_FINDINGS = 200, 400, 12
_LONGEST_NAME, _LONGEST_LINE = 80, 300
_ROUND = "mine.round"


# Streamlit's own words in the field are English only: ours are laid over those of the button, of the drop and of a file
# that is too large.
_FIELD = """
[data-testid=stFileUploaderDropzoneInstructions]{{display:none}}
[data-testid=stFileUploaderDropzone]>span p,[data-testid=stFileUploaderDropzone]>div:not([data-testid])>span{{font-size:0}}
[data-testid=stFileUploaderDropzone]>span p::after{{content:{choose};font-size:.875rem}}
[data-testid=stFileUploaderDropzone]>div:not([data-testid])>span::after{{content:{here};font-size:.875rem}}
[data-testid=stFileUploader]:has([aria-invalid=true])::after{{content:{refused};display:block;margin-top:.5rem;border-left:2px solid var(--soft);padding-left:.5rem}}
body:has(.stFileChip[aria-invalid=true]) [data-testid=stTooltipErrorContent]{{display:none}}
"""


def _quoted(key: str, **values: object) -> str:
    """A label as a text in a style sheet."""
    return json.dumps(labels.t(key, **values), ensure_ascii=False)


# To be read.


def offer(label: str) -> None:
    """Drop a file or paste a text; both are read at once where the reader says so."""
    most = cage.LARGEST_FILE // 1_000_000
    write.markup(
        Markup(
            f"<style>{_FIELD.format(choose=_quoted('draft.choose'), here=_quoted('draft.here'), refused=_quoted('draft.not_taken', most=most))}</style>"
        )
    )
    # a document that was read is not offered once more
    at = st.session_state.get(_ROUND, 0)
    with st.form("mine.form", border=False, clear_on_submit=False):
        # any kind of file: what cannot be read gets its own sentence from the reader, in the reader's language
        file = st.file_uploader(label, key=f"mine.file.{at}", max_upload_size=most)
        write.line("small", labels.html("draft.formats", most=most))
        text = st.text_area(
            labels.t("draft.paste"), key=f"mine.text.{at}", height=160, placeholder=labels.t("draft.paste_hint")
        )
        asked = st.form_submit_button(labels.t("draft.go"), type="primary")
    if not asked:
        return
    text = (text or "").strip()
    if file is None and not text:
        write.line("note", labels.html("draft.nothing_given"), role="status")
    elif file is not None:
        _read(file.getvalue(), file.name[:_LONGEST_NAME])
    else:
        _read(text.encode("utf-8"), labels.t("draft.pasted"))


def _read(content: bytes, name: str, corrections: dict[str, Any] | None = None) -> None:
    bar = st.progress(0.0, text=labels.t("draft.step_start"))

    def step(said: str) -> None:
        name, _, page = said.partition(" ")
        if name == "page":
            bar.progress(1 / (len(_STEPS) + 1), text=labels.t("draft.step_page", page=page))
        elif name in _STEPS:
            bar.progress((_STEPS.index(name) + 1) / (len(_STEPS) + 1), text=labels.t(f"draft.step_{name}"))

    def queued(before: int) -> None:
        bar.progress(0.0, text=labels.t("draft.queued", n=before + cage.MOST))

    try:
        held.read(content, name, corrections, step=step, queued=queued)
    except cage.Refused as refused:
        said = (
            getattr(refused, labels.lang())
            if refused.reason == "unread"
            else labels.t(f"draft.refused_{refused.reason}", most=cage.LARGEST_FILE // 1_000_000)
        )
        bar.empty()
        write.markup(filled('<p class="answer" role="alert"><b>{}</b>: {}</p>', name, said))
        return
    bar.progress(1.0, text=labels.t("draft.step_done"))
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


# What was read of the plan itself.


def answer(basis: Basis) -> None:
    """How much of PAPI the draft touches, and what is no longer right in it."""
    cells = [cell for cell in data.plan_subdimensions(basis, (held.PLAN_ID,)) if cell.measured]
    (figures,) = data.plan_summaries(basis, (held.PLAN_ID,))
    own, empty = (sum(cell.state == state for cell in cells) for state in ("own", "none"))
    gone = len(_gone())
    frame.answer(
        labels.html(
            "draft.answer", tasks=figures.tasks, own=own, named=len(cells) - own - empty, subs=len(cells), open=empty
        )
        + " "
        + (labels.html("draft.answer_gone", n=gone) if gone else labels.html("draft.answer_none_gone"))
        + filled(' <span class="small">{}</span>', absence.how_right())
    )


def doubts(draft: held.Draft) -> None:
    """Why this may be no PAPI plan, in words; nothing where it is one."""
    tasks = [unit for unit in data.plan_units(held.PLAN_ID) if unit.kind == "action"]
    reasons = []
    if refusal := draft.said.get("refusal"):
        reasons.append(cage.bare(str(refusal.get(labels.lang(), ""))))
    if len(tasks) < 3:
        reasons.append(labels.t("draft.doubt_tasks", n=len(tasks)))
    sure = sum(unit.dim is not None and not (unit.review and unit.declared_dim is None) for unit in tasks)
    if len(tasks) >= 3 and sure * 2 < len(tasks):
        reasons.append(labels.t("draft.doubt_dims", sure=sure, n=len(tasks)))
    if tasks and not data.plan_parts(held.PLAN_ID):
        reasons.append(labels.t("draft.doubt_agencies"))
    if reasons:
        items = joined(filled("<li>{}</li>", reason) for reason in reasons)
        write.markup(
            filled(
                '<div class="note" role="alert"><p>{}</p><ul>{}</ul><p>{}</p></div>',
                labels.html("draft.no_plan"),
                items,
                labels.html("draft.no_plan_anyway"),
            )
        )


def about(draft: held.Draft) -> None:
    """Title, number, office, level, province, dates and period as read, to be corrected by hand."""
    plan = data.plan(held.PLAN_ID)
    with st.form("mine.about"):
        title = st.text_input(labels.t("draft.plan_title"), plan.title, max_chars=400)
        first, second, third = st.columns(3)
        number = first.text_input(labels.t("draft.plan_number"), plan.number or "", max_chars=60)
        issuer = second.text_input(labels.t("draft.plan_issuer"), plan.issuer, max_chars=120)
        level = third.selectbox(
            labels.t("common.level"),
            LEVELS,
            LEVELS.index(plan.level),
            format_func=lambda level: labels.t(f"common.level.{level}"),
        )
        province = first.text_input(labels.t("draft.plan_province"), plan.province, max_chars=60)
        day = second.text_input(
            labels.t("draft.plan_issued"),
            f"{plan.issued:%d/%m/%Y}" if plan.issued else "",
            max_chars=10,
            placeholder="31/12/2025",
        )
        year = third.text_input(labels.t("draft.plan_year"), str(plan.year or ""), max_chars=4)
        begins = first.text_input(labels.t("draft.plan_from"), str(plan.period_from or ""), max_chars=4)
        ends = second.text_input(labels.t("draft.plan_to"), str(plan.period_to or ""), max_chars=4)
        asked = st.form_submit_button(labels.t("draft.correct"))
    if not asked:
        return
    try:
        told = {
            "title": title.strip() or plan.title,
            "number": number.strip() or None,
            "issuer": issuer.strip() or plan.issuer,
            "level": level,
            "province": province.strip(),
            "issued": datetime.datetime.strptime(day.strip(), "%d/%m/%Y").date().isoformat() if day.strip() else None,
            "year": _number(year),
            "period_from": _number(begins),
            "period_to": _number(ends),
        }
    except ValueError as error:
        write.line("note", labels.html("draft.bad_value", value=str(error)), role="alert")
        return
    _read(draft.content, draft.name, told)


def _number(written: str) -> int | None:
    """A year between 2000 and 2100, None where nothing is written. Raises ValueError."""
    if not written.strip():
        return None
    if not written.strip().isdecimal() or not 2000 <= int(written) <= 2100:
        raise ValueError(written)
    return int(written)


# Beside all others.


def gaps(basis: Basis) -> None:
    """What the draft leaves open, untouched first; for the one in view how other plans put it."""
    found, topics = data.gaps(basis, (held.PLAN_ID,)), views.topics()
    items = []
    for gap in found:
        lacks = labels.html("draft.lacks", what=labels.t("borrow.lacks." + gap.lacks))
        items.append(
            filled(
                '<b class="chip" style="--c:var(--d{})">{}</b><br>{} · <span class="small">{}</span>',
                gap.dim,
                topics[str(gap.topic)],
                lacks,
                coverage_tables.others(gap),
            )
        )
    left, right = st.columns([2, 3], gap="large")
    with left:
        tables.ranked(
            items, note=f"{labels.t('coverage.gaps_note')} {absence.how_right()}", none=labels.t("coverage.gaps_none")
        )
    with right:
        options = {str(gap.topic): topics[str(gap.topic)] for gap in found}
        if options:
            topic = pick.pick_item("trong", options, labels.t("draft.gap")) or next(iter(options))
            write.head(options[topic])
            borrow.offer(basis, held.PLAN_ID, Topic.of(topic), options[topic], "draft")


def last_year(basis: Basis) -> None:
    """The draft against its office's plan of the year before, or another that the reader chooses."""
    plan = data.plan(held.PLAN_ID)
    earlier = family.pick_earlier(plan)
    lacking = family_words.missing(plan, earlier)
    if lacking:
        tables.nothing(lacking)
    found = family.compared(plan, earlier, basis) if earlier and not lacking else None
    if found:
        family.show(found, picks=None)
    family.linked(plan)
    if not found:
        family.paper(plan, earlier, basis)


def matrix(basis: Basis) -> None:
    """The draft among the other plans, as the page on coverage shows them; where there are many, those of its own
    level.
    """
    level = data.plan(held.PLAN_ID).level
    others = sorted(
        (plan for plan in data.known_plans() if plan.plan_id != held.PLAN_ID), key=lambda plan: plan.level != level
    )
    shown = others[: pick.MOST_PLANS - 1]
    if len(shown) < len(others):
        tables.note(labels.t("draft.matrix_some", shown=len(shown), n=len(others)))
    view = views.view(basis, (held.PLAN_ID, *(plan.plan_id for plan in shown)), None)
    picture.chart(
        "draft", lambda: coverage_picture.wide(view), lambda: coverage_picture.narrow(view), alt=views.alt(view)
    )
    files.downloads(
        "draft",
        lambda: coverage_tables.cell_rows(view),
        title=views.title(view),
        filters=table.filters(basis),
        plans=view.plans,
    )


def _gone() -> list[dict[str, Any]]:
    """The offices of the draft that are none any more: those that its units give a part to, then those that stand only
    in its words.
    """
    acting = [{**vars(row), "acts": True, "since": since(row)} for row in data.changed_offices(held.PLAN_ID)]
    draft = held.now()
    assert draft is not None  # it is the draft's own page
    named = draft.said["named"]
    others = data.reformed_agencies(tuple(sorted(named.keys() - {row["agency"] for row in acting})))
    return acting + [
        {
            **vars(row),
            "units": named[row.agency][0],
            "written": named[row.agency][1],
            "acts": False,
            "since": since(row),
        }
        for row in others
    ]


def offices() -> None:
    """Which offices of the draft are none any more, and who holds their work."""
    rows = []
    for row in _gone():
        today = office(row["office"] or "") or "; ".join(dict.fromkeys(map(successor, row["successors"])))
        written = labels.t(
            "draft.written" if row["acts"] else "draft.mentioned",
            names=", ".join(dict.fromkeys(word for one in row["written"] for word in one.split(" · "))),
        )
        since = labels.t("draft.since", day=row["since"]) + (f"; {labels.t('who.to_check')}" if row["to_check"] else "")
        rows.append(
            {"agency": f"{office(row['agency'])}\n{written}", "today": f"{today}\n{since}", "units": row["units"]}
        )
    if not rows:
        tables.nothing(labels.t("draft.offices_none"))
        return
    columns = {
        "agency": labels.t("draft.office"),
        "today": labels.t("draft.office_today"),
        "units": labels.t("draft.office_units"),
    }
    tables.table(columns, rows, name=labels.t("draft.offices"), numbers=("units",), plans=[data.plan(held.PLAN_ID)])


def doubtful() -> None:
    """The findings about the draft, kind by kind, each with its place."""
    found: dict[str, list[PlanFinding]] = {}
    for one in data.findings((held.PLAN_ID,), tuple(findings.rules())):
        found.setdefault(one.code, []).append(one)
    shown = []
    for code in findings.known(found):
        items = []
        for one in found[code]:
            link = line_link(held.PLAN_ID, one.unit_id, address.kept_query(), line=one.line or 1)
            items.append(
                filled(
                    '<li>{} <a style="color:var(--link)" href="{}">{}</a></li>',
                    findings.sentence(one),
                    link,
                    findings.where(one),
                )
            )
        head = filled('<h3 style="padding:0!important">{}: {}</h3>', findings.title(code), labels.num(len(items)))
        shown.append(head + write.folded("ranked", items, _MOST_FINDINGS, "common.more"))
    write.markup(
        filled('<div class="only">{}</div>', joined(shown))
        if shown
        else write.paragraph("small", labels.html("findings.nothing_here"))
    )


def units(basis: Basis) -> None:
    """Every unit with its dimension, who, when, evidence and doubts."""
    ids = tuple(unit.unit_id for unit in data.plan_units(held.PLAN_ID))
    write.line("small", labels.html("draft.units_note", n=len(ids)))
    cards.tasks(data.units(ids[:_MOST_UNITS]), basis=basis, name=labels.t("draft.units"))
    if len(ids) > _MOST_UNITS:
        write.line("note", labels.html("draft.units_more", shown=_MOST_UNITS, n=len(ids)))


def left() -> None:
    """The lines that became no unit, and as what they were taken."""
    lines = [line for line in data.document(held.PLAN_ID) if line.role != "unit"]
    columns = {"line": labels.t("draft.line"), "role": labels.t("draft.role"), "text": labels.t("draft.line_text")}
    rows = [
        {
            "line": place(line.place) or str(line.line),
            "role": labels.t(f"method.role.{line.role}"),
            "text": plain.short(line.text.replace("\n", " "), _LONGEST_LINE),
        }
        for line in lines[:_MOST_LINES]
    ]
    with st.expander(labels.t("draft.left_open", n=len(lines))):
        tables.table(columns, rows, name=labels.t("draft.left"))
        if len(lines) > len(rows):
            tables.note(labels.t("draft.left_more", shown=len(rows), n=len(lines)))


def take(basis: Basis) -> None:
    """The whole briefing of the draft, and all that was read of it, as files."""
    write.line("small", labels.html("draft.take_note"))
    choice = page.Choice((held.PLAN_ID,), (), PARTS, basis, page.pick_format(), issuer.of_session(), address.here())
    if look := page.look(choice):
        page.take(choice, look)
        page.preview(choice, look)
    read_page.downloads(data.plan(held.PLAN_ID))
