"""Long lists in pages: so many items at a time, and the way to the next.

In: how many items there are. Out: which of them stand on the page; in the address `bang1=2` is the second page of the first
long list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

import streamlit as st

from ui.page import address, write
from ui.words import labels

Row = TypeVar("Row")
Item = TypeVar("Item")

MOST = 50
"""So many items stand on a page."""
_AT_ONCE = 500
"""So many rows of a list are asked for at once where all go into a file."""


@dataclass(frozen=True)
class Page:
    """One page of a list of `of` items: those from `first` (0 is the first one) to before `last`; `name` is its parameter in
    the address, "" where all stand on one.
    """

    name: str
    at: int
    first: int
    last: int
    of: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.at if self.last == self.of else -(-self.of // (self.last - self.first))

    @property
    def here(self) -> slice:
        return slice(self.first, self.last)


class Made(Sequence[Item], Generic[Row, Item]):
    """Items of a list, one a row, that are made only when they stand on the page or go into a file."""

    def __init__(self, rows: Sequence[Row], make: Callable[[Row], Item]) -> None:
        self._rows, self._make = rows, make

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Item]:
        return map(self._make, self._rows)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        return [self._make(row) for row in self._rows[at]] if isinstance(at, slice) else self._make(self._rows[at])


class Fetched(Sequence[Item], Generic[Row, Item]):
    """Items of a list, so many (`each`) a row, of which only those are asked for that stand on the page; of a file all, some
    rows at a time.
    """

    def __init__(self, rows: Sequence[Row], fetch: Callable[[Sequence[Row]], Sequence[Item]], each: int = 1) -> None:
        self._rows, self._fetch, self._each = rows, fetch, each

    def __len__(self) -> int:
        return len(self._rows) * self._each

    def __iter__(self) -> Iterator[Item]:
        for first in range(0, len(self._rows), _AT_ONCE):
            yield from self._fetch(self._rows[first : first + _AT_ONCE])

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if not isinstance(at, slice):
            here = range(len(self))[at]
            return self[here : here + 1][0]
        first, last, _ = at.indices(len(self))
        row = first // self._each
        rows = self._rows[row : -(-last // self._each)]
        return list(self._fetch(rows)[first - row * self._each : last - row * self._each]) if rows else []


def page(of: int, most: int = MOST) -> Page:
    """The page in view of the next list of the page, of so many items at most."""
    if of <= most:
        return Page("", 1, 0, of, of)
    name = address.numbered("bang")
    at = address.number(name, -(-of // most), labels.t("find.page")) or 1
    return Page(name, at, (at - 1) * most, min(of, at * most), of)


def turn(page: Page) -> None:
    """What stands below a list of several pages: which items these are, the page before and the next."""
    if page.name:
        words = labels.html("common.range", first=page.first + 1, last=page.last, n=page.of)
        steps(page.name, page.at, page.pages, words, lambda at: address.put(page.name, str(at)))


def steps(key: str, at: int, last: int, words: str, go: Callable[[int], None]) -> None:
    """Words, and two buttons that go one step back and one on."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"turn-{key}"):
        write.line("small", words, width="content")
        for to, label in ((at - 1, "find.previous"), (at + 1, "find.next")):
            st.button(
                labels.t(label),
                key=f"turn.{key}.{label}",
                type="tertiary",
                disabled=not 1 <= to <= last,
                on_click=go,
                args=(to,),
            )
