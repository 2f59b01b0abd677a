"""The buttons of a page that make letters: to every office of a plan, the submission of the whole, and to one office."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.export import word
from ui.export.briefing.formats import FORMATS
from ui.export.letters import addressees, pack
from ui.export.office import Office, wearing
from ui.page import files, write
from ui.words import handed, labels, places

_ZIP = "application/zip"


def of_plan(plan_id: str, office: Office) -> None:
    """All letters of each kind as a ZIP, and the submission; before that how many letters there will be."""
    with wearing(office):
        n, still_open, to_check = addressees.how_many(plan_id)
    unled = " ".join(handed.without_lead(plan_id))
    if not n:
        write.line("note", labels.html("letters.none"))
        if unled:
            write.line("note", unled)
        return
    said = [labels.html("letters.how_many", n=n, open=still_open)]
    if to_check:
        said.append(labels.html("letters.how_many_check", n=to_check))
    write.line("note", Markup(" ").join([*said, labels.html("letters.note")]))
    if unled:
        write.line("note", unled)
    plan = data.plan(plan_id)
    if places.has_moved(plan):
        write.line("note", labels.html("letters.issuer_now", issuer=plan.issuer, now=places.now(plan)))
    with st.container(horizontal=True, gap="medium"):
        for kind in ("assign", "remind"):
            name = pack.file_name(plan_id, kind, "zip")
            _button(office, f"all.{kind}", name, _ZIP, partial(pack.zipped, plan_id, kind))
        name = pack.file_name(plan_id, "submit", "docx")
        _button(office, "all.submit", name, FORMATS["docx"].mime, partial(pack.submission, plan_id))


def of_agency(plan_id: str, agency: str, office: Office) -> None:
    """The letters to the office that holds the work of one agency; none to a group, and none to the sender itself."""
    with wearing(office):
        if not addressees.gets_one(plan_id, agency):
            return
    for kind in ("assign", "remind"):
        name = pack.file_name(plan_id, kind, "docx", agency)
        _button(office, f"one.{kind}", name, FORMATS["docx"].mime, partial(pack.one, plan_id, agency, kind))


def _button(office: Office, what: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    """A file that is made when it is asked for, in the office's name as it is now."""
    st.download_button(
        labels.t(f"letters.take_{what}"),
        files.later(wearing(office)(make), word.sorry),
        name,
        mime,
        key=f"letters.{what}",
        on_click="ignore",
        type="tertiary",
        icon=":material/mail:",
    )
