"""Whether a paragraph is a heading, which only says what stands below it: rules in order, the first that answers decides.

In: a paragraph with what stands around it. Out: yes or no, and the rule that said so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from etl.cut import guess, labels, signs
from etl.cut.labels import DASH, NONE, PART, ROMAN, Label
from etl.cut.signs import LIMITS
from etl.model import Block
from etl.reference import Named, counts_with, named

_CLOSING_BRACKET = re.compile(r"\s*\([^()]*\)$")
"""What a heading adds to its name: "Mục 3. Đất đai (nội dung 2, Phòng Kinh tế lo)"."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph where it stands: its label and words, the next block that says more than who and when, the dimension
    that the open headings declare, whether the item just above is a whole item of the same list, and whether lines
    right below only say who and when of it.
    """

    block: Block
    label: Label
    words: str
    following: Block | None = None
    dim: int | None = None
    is_next_item: bool = False
    is_stated: bool = False

    @cached_property
    def below(self) -> Label:
        """The label of the next paragraph, that of plain text where a table or nothing follows."""
        return labels.split(self.following.text)[0] if self.following else Label(NONE, "")

    @property
    def is_over_table(self) -> bool:
        return self.following is not None and bool(self.following.cells)

    @property
    def is_over_deeper(self) -> bool:
        """Whether a table, or items of a lower rank, follow."""
        starts_list = self.label.rank == NONE and self.below.rank != NONE
        return self.is_over_table or self.below.rank > self.label.rank or starts_list

    @property
    def is_over_like(self) -> bool:
        """Whether it is marked by a dash, and so is what follows, or names a dimension over a list that is counted as it is
        itself, or as what stands higher: "b) Công khai, minh bạch" over "1) Rà soát …" or over "1. Rà soát …".
        """
        if DASH <= self.label.rank < NONE and self.below.rank == self.label.rank:
            return True
        return self.below.rank <= self.label.rank < NONE and self.begins_list and self.is_over_others

    @property
    def is_over_others(self) -> bool:
        """Whether it names a dimension, and what follows does not: the parts of PAPI one after the other are a list."""
        below = labels.split(self.following.text)[1] if self.following else ""
        return self.is_name and named_here(below, self.dim) is None

    @property
    def begins_list(self) -> bool:
        """Whether the first item of a list stands right below: "1.", "a)", "-"."""
        return self.below.rank > ROMAN and self.below.rank != NONE and self.below.name.split(".")[-1] in ("", "1", "a")

    @property
    def is_counted(self) -> bool:
        """Whether its first words count it, and what follows is not counted by the same: "Mục 2. Đường làng, chợ"."""
        below = self.following.text if self.following else ""
        return counts_with(self.words) not in ("", counts_with(below))

    @property
    def ends_open(self) -> bool:
        """Whether it ends as no sentence does: without a full stop, or with "..."."""
        return not self.words.endswith((".", ";", ",")) or self.words.endswith("...")

    @property
    def is_name(self) -> bool:
        """Whether it only names a dimension or a sub-dimension: "Công khai, minh bạch trong hoạch định chính sách"."""
        return signs.names_only(self.words) and named_here(self.words, self.dim) is not None


def named_here(words: str, dim: int | None) -> Named | None:
    """The dimension that words name, or the sub-dimension of the dimension declared above, whichever is more alike."""
    outer = named(words)
    inner = named(words, dim) if dim else None
    return inner if inner and (outer is None or inner.likeness > outer.likeness) else outer


def number_alone(paragraph: Paragraph) -> bool | None:
    """A part's number on a line of its own is no duty, its title stands below: "PHẦN THỨ NHẤT"."""
    return None if paragraph.words else True


def over_nothing(paragraph: Paragraph) -> bool | None:
    """The last words of a document stand over nothing."""
    return False if paragraph.following is None else None


def stated(paragraph: Paragraph) -> bool | None:
    """A counted line with who and when below it, and no items of its own, is a task: "**2. Vá đường**" over "Chủ trì: …"."""
    is_item = ROMAN < paragraph.label.rank < NONE
    return False if paragraph.is_stated and is_item and not paragraph.is_over_deeper else None


def set_apart(paragraph: Paragraph) -> bool | None:
    """The source marks it: "**1. Công khai, minh bạch**"."""
    is_marked = bool(paragraph.block.level or paragraph.block.bold)
    return True if is_marked and len(paragraph.words) <= LIMITS.heading else None


def part(paragraph: Paragraph) -> bool | None:
    """Parts and Roman numbers are headings unless a long sentence follows: "II. NHIỆM VỤ"."""
    if paragraph.label.rank not in (PART, ROMAN):
        return None
    words = paragraph.words
    return len(words) <= LIMITS.heading and (
        paragraph.ends_open or signs.is_upper(words) or len(words) <= LIMITS.sentence
    )


def cut_in_two(paragraph: Paragraph) -> bool | None:
    """What goes on below in small letters is half a sentence."""
    following = paragraph.following
    goes_on = following is not None and following.text[:1].islower() and not following.cells
    return False if goes_on and paragraph.below.rank == NONE else None


def usual_name(paragraph: Paragraph) -> bool | None:
    """A dash over items of its own rank is a heading where it only says what they are: "* Chỉ tiêu"."""
    is_over = paragraph.is_over_like and paragraph.ends_open
    return True if is_over and signs.says_what_follows(paragraph.words) else None


def lead_in(paragraph: Paragraph) -> bool | None:
    """A colon stands over a list or a table, unless the sentence is a duty of its own: "Các sở báo cáo kết quả:". Over
    items of its own rank a few words do that begin with no duty's verb: "* Việc làm:" over "- Mở thêm một buổi …".
    """
    words = paragraph.words
    if not words.endswith(":"):
        return None
    is_label = paragraph.is_over_like and len(words) <= LIMITS.lead_in and not guess.is_duty(words)
    return is_label or paragraph.is_over_deeper and not signs.obliges(words)


def unlabelled(paragraph: Paragraph) -> bool | None:
    """Without a label: a section's usual name, a short line right above a list or with a number of its own, capitals, or
    the name of a dimension or sub-dimension.
    """
    if paragraph.label.rank != NONE:
        return None
    words = paragraph.words
    if len(words) <= LIMITS.opener and paragraph.ends_open and signs.opens_a_section(words):
        return True
    is_over = paragraph.begins_list or paragraph.is_counted
    name = _CLOSING_BRACKET.sub("", words)
    if is_over and name[:1].isupper() and name[-1:].isalnum() and len(name) <= LIMITS.line:
        return True
    return len(words) <= LIMITS.name and (signs.is_upper(words) or paragraph.is_name)


def over_its_like(paragraph: Paragraph) -> bool | None:
    """An item over another of its rank is an item, and so is a long one."""
    is_over = paragraph.is_over_deeper or paragraph.is_over_like and paragraph.is_over_others
    return False if not is_over or len(paragraph.words) > LIMITS.heading else None


def naming(paragraph: Paragraph) -> bool | None:
    """The name of a dimension or sub-dimension: "6.1. Y tế công lập."."""
    return True if paragraph.is_name and len(paragraph.words) <= LIMITS.name else None


def dash_over_text(paragraph: Paragraph) -> bool | None:
    """A dash over plain text is a heading where it is short and no list goes on: "- Về thủ tục hành chính"."""
    if paragraph.label.rank < DASH or paragraph.below.rank != NONE:
        return None
    return paragraph.ends_open and len(paragraph.words) <= LIMITS.title and not paragraph.is_next_item


def labelled(paragraph: Paragraph) -> bool | None:
    """What else has a label and stands over something deeper: "a) Công tác tuyên truyền"."""
    return paragraph.ends_open and (len(paragraph.words) <= LIMITS.title or paragraph.below.rank != NONE)


RULES: tuple[Callable[[Paragraph], bool | None], ...] = (
    number_alone,
    over_nothing,
    stated,
    set_apart,
    part,
    cut_in_two,
    usual_name,
    lead_in,
    unlabelled,
    over_its_like,
    naming,
    dash_over_text,
    labelled,
)


def decided(paragraph: Paragraph) -> tuple[bool, str]:
    """Whether a paragraph is a heading, and the name of the rule that decided it."""
    answers = ((rule(paragraph), rule.__name__) for rule in RULES)
    return next((answer, name) for answer, name in answers if answer is not None)


def is_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph only says what stands below it."""
    return decided(paragraph)[0]
