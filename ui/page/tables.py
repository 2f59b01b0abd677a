"""Tables and ranked lists on a page, and the words where there is nothing."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas
import streamlit as st

from ui.export import table as export_table
from ui.page import files
from ui.words import labels
from ui.words import plans as words_plans
from ui.words.letters import slug


def note(words: str) -> None:
    """A small line below a picture; nothing where there are no words."""
    if words:
        st.html(f'<p class="small">{html.escape(words)}</p>')


_FIRST_RANKED = 8


def ranked(items: Sequence[str], *, note: str, none: str) -> None:
    """A ranked list of markup made by `labels.html`: the first eight open, the rest one click away; `none` when
    empty.
    """
    if not items:
        st.html(f'<p class="small">{html.escape(none)}</p>')
        return
    markup = [f"<li>{item}</li>" for item in items]
    more = (
        f'<details class="more"><summary>{labels.html("common.more", n=len(items) - _FIRST_RANKED)}</summary><ul class="ranked">{"".join(markup[_FIRST_RANKED:])}</ul></details>'
        if len(items) > _FIRST_RANKED
        else ""
    )
    st.html(f'<p class="small">{html.escape(note)}</p><ul class="ranked">{"".join(markup[:_FIRST_RANKED])}</ul>{more}')


# Tables and downloads.


def table(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    numbers: Sequence[str] = (),
    plans: pandas.DataFrame | None = None,
    filters: Sequence[str] = (),
) -> None:
    """A table in its own region that scrolls sideways where it must. `columns` maps a row's keys to headings; the first
    column names the row; a value of "main\\nsecond line" gets its second line small. `name` is for screen readers. With
    the `plans` that it is of it can be taken away, under the `filters` said.
    """

    def cell(key: str, value: Any, tag: str) -> str:
        main, _, small = (labels.num(value) if isinstance(value, int) else str(value)).partition("\n")
        small = f"<small>{html.escape(small)}</small>" if small else ""
        kind = ' class="n"' if key in numbers else ""
        scope = ' scope="row"' if tag == "th" else ""
        return f"<{tag}{scope}{kind}>{html.escape(main)}{small}</{tag}>"

    head = "".join(
        f'<th scope="col"{" class=n" if key in numbers else ""}>{html.escape(words)}</th>'
        for key, words in columns.items()
    )
    body = "".join(
        "<tr>" + "".join(cell(key, row[key], "th" if at == 0 else "td") for at, key in enumerate(columns)) + "</tr>"
        for row in rows
    )
    st.html(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(name)}"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
    if plans is not None and rows:
        flat = [
            {key: value.replace("\n", " · ") if isinstance(value, str) else value for key, value in row.items()}
            for row in rows
        ]
        files.save(
            f"table.{name}",
            labels.t("common.download_table"),
            export_table.file_name(slug(name), len(plans)),
            lambda: export_table.Table(columns, flat, name, filters, words_plans.names_of(plans)),
        )


def nothing(words: str) -> None:
    """The empty case: a sentence where the picture would stand."""
    st.html(f'<p class="answer" role="status">{html.escape(words)}</p>')
