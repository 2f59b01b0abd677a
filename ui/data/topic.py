"""What a question is about: a way of counting, and a place in PAPI's scheme."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """The two ways of counting: under the heading where the plan put a task, or by what its words say."""

    HEADING = "heading"
    CONTENT = "content"

    @property
    def other(self) -> Basis:
        return Basis.CONTENT if self is Basis.HEADING else Basis.HEADING


@dataclass(frozen=True, slots=True)
class Topic:
    """A dimension ("3"), one of its sub-dimensions ("3.3"), a dimension's units on none of them ("3+"), or what fits no
    dimension ("none"). Addresses and marks in pictures carry it as text: `Topic.of(str(topic)) == topic`.
    """

    dim: int | None = None
    sub: str | None = None
    general: bool = False

    @classmethod
    def of(cls, text: str) -> Topic:
        """Raises ValueError for what is no topic."""
        if text == "none":
            return cls()
        if "." in text:
            return cls(int(text.split(".")[0]), text)
        return cls(int(text.rstrip("+")), general=text.endswith("+"))

    def __str__(self) -> str:
        if self.dim is None:
            return "none"
        return self.sub or f"{self.dim}{'+' if self.general else ''}"

    @property
    def whole(self) -> bool:
        """Whether it is a dimension with all that lies in it."""
        return self.dim is not None and self.sub is None and not self.general
