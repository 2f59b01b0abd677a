"""Tables and ranked lists on a page, and the words where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from ui.data.kept import texts
from ui.data.plans import Plan
from ui.export import table as export_table
from ui.page import files, paging, write
from ui.words import labels
from ui.words import plans as words_plans
from ui.words.letters import slug
from ui.words.markup import filled, joined
from ui.words.remember import remember_few


def note(words: str) -> None:
    """A small line below a picture; nothing where there are no words."""
    if words:
        write.line("small", words)


_FIRST_RANKED, _MOST_RANKED = 8, 24
"""So many items of a ranked list are open, and so many stand on a page of it: what nobody has opened is sent too."""


def ranked(items: Sequence[Markup], *, note: str, none: str) -> None:
    """A ranked list of markup made by `labels.html`: the first eight open, the rest one click away, of many a page
    at a time; `none` when empty.
    """
    if not items:
        write.line("small", none)
        return
    page = paging.page(len(items), _MOST_RANKED)
    write.markup(write.paragraph("small", note) + _once(_ranked, items, page.first, page.last))
    paging.turn(page)


def _ranked(items: Sequence[Markup], first: int, last: int) -> Markup:
    shown = [filled("<li>{}</li>", item) for item in items[first:last]]
    return write.folded("ranked", shown, _FIRST_RANKED, "common.more")


# Tables and downloads.


@texts
@lru_cache(maxsize=16384)
def _cell(text: str, is_name: bool, is_number: bool) -> Markup:
    """A cell of a table; the one that names its row is a heading."""
    main, _, small = text.partition("\n")
    small = filled("<small>{}</small>", small) if small else Markup()
    kind = Markup(' class="n"') if is_number else Markup()
    tag, scope = ("th", Markup(' scope="row"')) if is_name else ("td", Markup())
    return filled("<{}{}{}>{}{}</{}>", tag, scope, kind, main, small, tag)


def table(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    numbers: Sequence[str] = (),
    plans: Sequence[Plan] | None = None,
    filters: Sequence[str] = (),
) -> None:
    """A table in its own region that scrolls sideways where it must. `columns` maps a row's keys to headings; the first
    column names the row; a value of "main\\nsecond line" gets its second line small. `name` is for screen readers. With
    the `plans` that it is of it can be taken away whole, under the `filters` said; of many rows a page stands here.
    """
    page = paging.page(len(rows))
    write.markup(_once(_table, rows, page.first, page.last, name, tuple(columns.items()), tuple(numbers)))
    paging.turn(page)
    if plans is not None and rows:

        def flat() -> list[dict[str, Any]]:
            return [
                {key: value.replace("\n", " · ") if isinstance(value, str) else value for key, value in row.items()}
                for row in rows
            ]

        files.save(
            f"table.{name}",
            labels.t("common.download_table"),
            export_table.file_name(slug(name), len(plans)),
            lambda: export_table.Table(columns, flat(), name, filters, words_plans.names_of(plans)),
        )


def _table(
    rows: Sequence[Mapping[str, Any]],
    first: int,
    last: int,
    name: str,
    columns: tuple[tuple[str, str], ...],
    numbers: tuple[str, ...],
) -> Markup:
    def cell(key: str, value: Any, is_name: bool) -> Markup:
        return _cell(labels.num(value) if isinstance(value, int) else str(value), is_name, key in numbers)

    head = joined(
        filled('<th scope="col"{}>{}</th>', " class=n" if key in numbers else "", words) for key, words in columns
    )
    body = joined(
        filled("<tr>{}</tr>", joined(cell(key, row[key], at == 0) for at, (key, _) in enumerate(columns)))
        for row in rows[first:last]
    )
    return filled(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        name,
        head,
        body,
    )


@remember_few
def _held(make: Callable[..., Markup], *about: Any) -> Markup:
    return make(*about)


def _once(make: Callable[..., Markup], items: Sequence[Any], *about: Hashable) -> Markup:
    """The markup of a list: made once for a list that is itself kept, which is known by itself; a plain list is made again."""
    is_kept = isinstance(items, paging.Fetched | paging.Made)
    return _held(make, items, *about) if is_kept else make(items, *about)


def nothing(words: str) -> None:
    """The empty case: a sentence where the picture would stand."""
    write.line("answer", words, role="status")
