"""The rows of a briefing: what its files show, row by row, in the words of one language and without markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CellFigures:
    """A plan on a dimension or sub-dimension; `state` as in `plan_dimension`, `n` how many units say so, `says` the
    same in words.
    """

    tasks: int
    with_lead: int
    with_time: int
    measured: bool
    state: str
    n: int
    says: str


@dataclass(frozen=True)
class Topic:
    """A dimension or sub-dimension: its key ("3", "3.3"), its name without the number, and its dimension."""

    key: str
    name: str
    dim: int

    @property
    def named(self) -> str:
        """With its number: "3.3 Tiếp cận dịch vụ tư pháp"; "Việc chung", which has none."""
        return self.name if self.key == "0" else f"{self.key} {self.name}"


@dataclass(frozen=True)
class Quote:
    """Words of a plan and where they stand; `cited` is the place as a paper cites it."""

    text: str
    plan: str
    place: str
    cited: str = ""


@dataclass(frozen=True)
class Gap:
    """What a plan lacks on a topic, in words, how many tasks it has there, how many plans have what is `sought`, how some
    of them put it, and where the plan itself names it.
    """

    plan_id: str
    topic: Topic
    lacks: str
    sought: str
    tasks: int
    others: int
    elsewhere: tuple[Quote, ...]
    named: Quote | None = None


@dataclass(frozen=True)
class Agency:
    """An agency by the plans' own name, and how many tasks it has in each role."""

    name: str
    is_group: bool
    roles: Mapping[str, int]


@dataclass(frozen=True)
class FoundRule:
    """What a rule found, in a sentence, with its place; `right` is how often the rule was right when counted one by one
    ("11 / 11").
    """

    plan_id: str
    code: str
    kind: str
    sentence: str
    place: str
    quote: str
    right: str
