"""A unit in words: its topic, its place in the document, its time, and why it was counted where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Protocol
from urllib.parse import urlencode

from markupsafe import Markup

from ui import data
from ui.data.units import Touch
from ui.words import labels
from ui.words.markup import filled
from ui.words.remember import remember

_AROUND = 110
"""So many letters of a text stand on either side of the words that a sentence quotes."""


def around(text: str, quote: str) -> str:
    """A text cut to what stands around some words of it, at the ends of words: "… nhất là các dịch vụ: Chứng thực, xác
    nhận, cấp giấy phép …".
    """
    at = max(text.find(quote), 0) if quote else 0
    first, last = max(0, at - _AROUND), min(len(text), at + len(quote) + _AROUND)
    if first:
        first = text.find(" ", first) + 1 or first
    if last < len(text):
        last = text.rfind(" ", 0, last)
        last = last if last > at else len(text)
    return f"{'… ' if first else ''}{text[first:last].strip()}{' …' if last < len(text) else ''}"


_READ = "doc-ke-hoach"
"""The address of the page that shows a plan as it was published."""


class Placed(Protocol):
    """What stands somewhere in a plan."""

    @property
    def section(self) -> str | None: ...
    @property
    def first_line(self) -> int | None: ...
    @property
    def last_line(self) -> int | None: ...
    @property
    def place(self) -> str | None: ...


class Passage(Placed, Protocol):
    """Words of a plan, with their place: a unit of any question."""

    @property
    def plan_id(self) -> str: ...
    @property
    def unit_id(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...


class Timed(Protocol):
    """What says when."""

    @property
    def timing(self) -> str: ...
    @property
    def timing_raw(self) -> str | None: ...


class Matched(Protocol):
    """What says what it is about, and how sure that is."""

    @property
    def declared_dim(self) -> int | None: ...
    @property
    def matched_dim(self) -> int | None: ...
    @property
    def matched_sub(self) -> str | None: ...
    @property
    def score(self) -> float: ...
    @property
    def margin(self) -> float: ...
    @property
    def review(self) -> bool: ...
    @property
    def runner_up_dim(self) -> int | None: ...
    @property
    def runner_up_sub(self) -> str | None: ...
    @property
    def kind_sure(self) -> bool: ...
    @property
    def agencies_uncertain(self) -> bool: ...


_LEVEL = 0.1
"""A margin below which two dimensions are as good as level. Of the labelled passages of plans held out, 8 of 14 with less
were right, 13 of 14 of the others to be reviewed, and 242 of the remaining 250.
"""


class Reason(Protocol):
    """What spoke for a dimension."""

    @property
    def kind(self) -> str: ...
    @property
    def dim(self) -> int: ...
    @property
    def sub(self) -> str | None: ...
    @property
    def quote(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def weight(self) -> float: ...


def topic_name(dim: int | None, sub: str | None, *, short: bool = False) -> str:
    """ "3.3 Tiếp cận dịch vụ tư pháp", "5 Thủ tục hành chính công", "Việc chung", or "chưa xếp được"."""
    stem = "short" if short else "name"
    if sub:
        known = data.subdimension(sub)
        return f"{sub} {labels.pick(known, stem)}" if known else sub
    if dim is None:
        return labels.t("tasks.no_topic")
    row = data.dimension(dim)
    return labels.pick(row, "name") if dim == 0 else f"{dim} {labels.pick(row, stem)}"


def place(at: str | None) -> str:
    """A place in a document that has no lines: "page:3/table:1/row:5" → "trang 3, bảng 1, hàng 5"; "" where lines say
    it.
    """
    steps = [step.partition(":") for step in (at or "").split("/") if step]
    return ", ".join(labels.t(f"tasks.place.{kind}", at=value) for kind, _, value in steps)


def at(line: int | None, spot: str | None) -> str:
    """One line of a document, or its place where the format has no lines: "dòng 81", "trang 3, đoạn 12"."""
    return place(spot) or labels.t("tasks.lines", lines=str(line), n=1)


def span(unit: Placed) -> str:
    """The lines of a unit, or the place where it begins: "109", "109–112", "trang 3, bảng 1, hàng 5"."""
    first, last = unit.first_line, unit.last_line
    return place(unit.place) or (str(first) if first == last else f"{first}–{last}")


def where(unit: Placed) -> str:
    """A unit's place: "mục II.6.a, dòng 109" or "dòng 109–112", as plain text."""
    n = (unit.last_line or 0) - (unit.first_line or 0) + 1
    lines = place(unit.place) or labels.t("tasks.lines", lines=span(unit), n=n)
    return labels.t("tasks.section", section=section(unit.section), lines=lines) if unit.section else lines


_COUNTED = ("page", "sheet", "table", "row")
"""The steps of a place that a reader of the document itself can count."""


def cited(unit: Placed) -> str:
    """A unit's place as a paper cites it, by the plan's own section and page and never by a line of our text of it:
    "mục II.6.a, trang 3"; where it has neither, that it stands in no section.
    """
    steps = [step for step in (unit.place or "").split("/") if step.partition(":")[0] in _COUNTED]
    paged = [step for step in steps if step.startswith("page:")] or steps
    said = [labels.t("tasks.section_only", section=section(unit.section))] if unit.section else []
    return ", ".join([*said, *filter(None, [place("/".join(paged))])]) or labels.t("tasks.no_section")


def section(numbering: str) -> str:
    """A unit's numbering in the reader's words: "annex.2.a" → "2.a của phụ lục"."""
    head, _, part = numbering.partition(".")
    if head != "annex":
        return numbering
    return labels.t("tasks.in_annex", part=part) if part else labels.t("tasks.annex")


def line_link(plan_id: str, unit_id: str | None, kept: str, *, line: int | None = None) -> str:
    """The address of a unit on the page that shows the plan itself, for an `href`; without a unit, of a line. `kept` is
    `address.kept_query()`: a function that is remembered takes it as an argument, since what it gives is shared by
    readers with other filters.
    """
    values = {"ke": plan_id, **({"doan": unit_id.rpartition(":")[2]} if unit_id else {})}
    place = f"#dong-{line}" if line is not None and not unit_id else ""
    return f"{_READ}?{kept}{'&' if kept else ''}{urlencode(values)}{place}"


def where_link(unit: Passage, kept: str) -> Markup:
    """A unit's place as markup, a link to it in its plan."""
    return filled('<a href="{}">{}</a>', line_link(unit.plan_id, unit.unit_id, kept), where(unit))


def timing(unit: Timed) -> str:
    """When, as the plan words it, with our reading of it where that says more: "“Quý II” (có ngày, quý hoặc năm)",
    "“Hàng năm”"; "không ghi thời hạn".
    """
    meaning = labels.t(f"common.timing.{unit.timing}")
    if not unit.timing_raw:
        return meaning
    if _spelled(unit.timing_raw) == _spelled(meaning):
        return f"“{unit.timing_raw}”"
    return labels.t("tasks.timing_said", raw=unit.timing_raw, meaning=meaning)


def _spelled(when: str) -> str:
    """A time in one spelling: "Hàng năm." is "hằng năm"."""
    return " ".join(when.lower().strip(" .;,").replace("hàng ", "hằng ").split())


def percent(share: float) -> str:
    """A share of 1 as a whole percentage."""
    return labels.percent(share, 1)


def spoken(evidence: Reason) -> tuple[str, int]:
    """Where something that spoke for a dimension stands: "phrases.csv, dòng 12" → ("phrases.csv", 12); 0 where that has
    no line.
    """
    file, _, line = evidence.source.rpartition(", dòng ")
    return (file, int(line)) if file and line.isdecimal() else (evidence.source, 0)


def reason(evidence: Reason, name: str = "") -> str:
    """One thing that spoke for a dimension, where it stands, and its share: a phrase in quotes, or a labelled unit that
    reads alike. `name` is what its plan is called.
    """
    is_unit = evidence.kind == "unit"
    file, line = spoken(evidence)
    spot = data.line_place(file, line) if is_unit else None
    source = ", ".join(filter(None, (name or file, at(line, spot) if line else "")))
    said = labels.t("tasks.alike", source=source) if is_unit else f"“{evidence.quote}” ({source})"
    return labels.t("tasks.reason", said=said, share=percent(evidence.weight))


def briefly(evidence: Reason) -> str:
    """The same without where it stands: "“trạm y tế”, 40%"; "câu gần giống “Xây dựng trạm y tế …”, 12%"."""
    said = f"“{around(evidence.quote, '')}”"
    if evidence.kind == "unit":
        said = labels.t("tasks.alike_words", words=said)
    return labels.t("tasks.reason", said=said, share=percent(evidence.weight))


def second(unit: Matched, evidence: Sequence[Reason]) -> Markup:
    """What came second to the answer of a unit: of another dimension, or of the same ("6.3" beside "6.1")."""
    weights: dict[tuple[int, str | None], float] = defaultdict(float)
    for one in evidence:
        if one.dim != unit.matched_dim or unit.matched_sub and one.sub not in (None, unit.matched_sub):
            weights[one.dim, one.sub] += one.weight
    topic = max(weights, key=weights.__getitem__, default=None)
    if topic is None and unit.runner_up_dim is not None:
        topic = unit.runner_up_dim, unit.runner_up_sub
    return (
        labels.html("tasks.second", topic=topic_name(*topic, short=True)) if topic else labels.html("tasks.no_second")
    )


def decided(unit: Matched, evidence: Sequence[Reason], touches: Sequence[Touch], plan_id: str) -> Markup:
    """What made the answer where it is not the topic for which most of the evidence speaks that is named; empty where it is.
    The dimension is decided by the sum of all its evidence, then its part by what speaks of parts alone; a labelled
    sentence keeps its label.
    """
    sums: dict[tuple[int, str | None], float] = defaultdict(float)
    for one in evidence:
        sums[one.dim, one.sub] += one.weight
    dim, sub = unit.matched_dim, unit.matched_sub
    most = max(sums, key=sums.__getitem__, default=None)
    if dim is None or most is None or most == (dim, sub) or most[0] == dim and sub is None:
        return Markup()
    topic = topic_name(dim, sub, short=True)
    if plan_id in _labelled():
        return labels.html("tasks.decided_label", topic=topic)
    said = [] if most[0] == dim else [labels.html("tasks.decided_sum", dim=str(dim), share=percent(unit.score))]
    parts = {part: weight for (of, part), weight in sums.items() if of == dim and part}
    if sub and sub == max(parts, key=parts.__getitem__, default=None):
        if most == (dim, None):
            said.append(labels.html("tasks.decided_part", whole=topic_name(dim, None, short=True), topic=topic))
    elif sub:
        quote = next((touch.quote for touch in touches if touch.sub == sub and touch.how == "main"), "")
        share = percent(sum(sums.values()))
        key = "tasks.decided_named" if quote else "tasks.decided_rest"
        said.append(labels.html(key, share=share, topic=topic, quote=quote))
    return Markup(" ").join(said)


@remember
def _labelled() -> frozenset[str]:
    """The plans whose units are labelled."""
    return frozenset(row.plan_id for row in data.measures() if row.plan_id)


def certainty(unit: Matched) -> Markup:
    """How sure it is what a unit is about, in a word and one number that it explains."""
    word = labels.html("tasks.certainty." + certainty_of(unit))
    if unit.matched_dim is None:
        return labels.html("tasks.certainty_none", word=word)
    topic = topic_name(unit.matched_dim, None, short=True)
    return labels.html("tasks.certainty_said", word=word, share=percent(unit.score), topic=topic)


def certainty_of(unit: Matched) -> str:
    """ "sure"; "check" where a person should look; "unsure" where nothing spoke or two dimensions are level."""
    if unit.matched_dim is None or unit.review and unit.margin < _LEVEL:
        return "unsure"
    return "check" if unit.review or any(_doubts(unit)) else "sure"


def doubts(unit: Matched) -> list[Markup]:
    """What else is in doubt, in words."""
    return [labels.html(f"tasks.{doubt}") for doubt in _doubts(unit)]


def _doubts(unit: Matched) -> Iterator[str]:
    if None not in (unit.declared_dim, unit.matched_dim) and unit.declared_dim != unit.matched_dim:
        yield "disagree"
    if not unit.kind_sure:
        yield "kind_doubt"
    if unit.agencies_uncertain:
        yield "uncertain"


def touched_names(touches: Sequence[Touch]) -> str:
    """The sub-dimensions that a unit touches beside what it is mainly about, by name; "" where there are none."""
    return labels.names(
        [
            topic_name(int(one.sub[0]), one.sub, short=True)
            if one.how == "names"
            else labels.t("tasks.touched_passing", sub=topic_name(int(one.sub[0]), one.sub, short=True))
            for one in touches
            if one.how != "main"
        ]
    )


def touches_in_words(touches: Sequence[Touch]) -> str:
    """What a unit touches beside what it is mainly about: "5.1 nêu (“chứng thực, xác nhận”), 8.1 nhắc qua (“trên
    cổng”)"; "" where nothing.
    """
    return labels.names(
        [
            labels.t(
                f"tasks.touch_{one.how}_{one.by}" if one.how == "names" else f"tasks.touch_{one.how}",
                sub=one.sub,
                quote=one.quote,
            )
            for one in touches
            if one.how != "main"
        ]
    )
