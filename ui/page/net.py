"""The last net around pages: what no page expected is told in one sentence, in the reader's language, and written to the
log for whoever keeps the program. No exception and no place of the server reaches a reader.
"""

from __future__ import annotations

import logging
import re

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

import tables
from ui import data
from ui.page import write
from ui.words import labels
from ui.words.markup import filled

_LAST_WORDS = {
    "vi": "Trang này gặp lỗi nên chưa hiện được. Hãy tải lại trang; nếu vẫn vậy, hãy báo người quản trị xem nhật ký của chương trình.",
    "en": "This page ran into an error and cannot be shown. Reload it; if that does not help, ask the administrator to check the program's log.",
}
"""Said where not even the labels can be had."""
_PATH = re.compile(r"(?<![\w.])(?:[A-Za-z]:)?(?:[\\/][^\s\\/:;,()\"']+){2,}")
_FOREIGN = re.compile(r"\s*\([ -~]{12,}\)")
"""What a system says in brackets of its own: "([Errno 28] No space left on device)"."""


def spread() -> None:
    """Put the net under the run of this page."""
    if context := get_script_run_ctx():
        context.on_script_error = caught


def caught(error: Exception) -> bool:
    """Tell the reader of an exception; Streamlit has logged it. A page that met damage in its build begins anew, on the
    build before.
    """
    write.markup(filled('<p class="note" role="alert">{}</p>', _sentence(error)))
    if isinstance(error, data.NoDatabase) and error.reason == "broken" and data.damaged(error.path):
        _again()
    return True


def _again() -> None:
    context = get_script_run_ctx()
    if context and context.script_requests:
        now = RerunData(query_string=context.query_string, page_script_hash=context.page_script_hash)
        context.script_requests.request_rerun(now)


def _sentence(error: Exception) -> str:
    try:
        if isinstance(error, tables.BadReference):
            return error.en if labels.lang() == "en" else error.vi
        if isinstance(error, data.NoDatabase):
            return labels.t(f"common.database_{error.reason}").replace("**", "")
        return labels.t("common.broke")
    except Exception:
        logging.getLogger(__name__).exception("no words for an error")
        return _LAST_WORDS["en" if st.query_params.get("lang") == "en" else "vi"]


def clean(words: str) -> str:
    """What a process said, for readers: of a path its last name, and nothing that a system says in its own language."""
    return _PATH.sub(lambda hit: re.split(r"[\\/]", hit[0])[-1], _FOREIGN.sub("", words))
