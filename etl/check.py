"""check: is everything accounted for, and what should a person look at?

In: the blocks, the cut and the tagged units of one plan. Out: findings, each with a code and a line. A line that no role
was found for stops the build, by its number; a text that is no plan is refused with the reason.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from etl.model import LINE_ROLES, Block, Column, Finding, Line, Plan, Unit, Unread
from etl.reference import agency_names
from etl.text import key

_SIGNS = ("papi", "hiệu quả quản trị và hành chính công", "hiệu quả quản trị hành chính công", "quản trị và hành chính công")


class Unaccounted(Exception):
    """A line without a role: the program lost text. Its message names file and line."""


def check(plan: Plan, blocks: Sequence[Block], units: Sequence[Unit], lines: Sequence[Line], columns: Sequence[Column]) -> tuple[Finding, ...]:
    """The findings of one plan. Raises Unaccounted for a lost line, Unread for a text that is no plan."""
    _account(plan, blocks, units, lines)
    _is_plan(plan, blocks, units)
    return tuple(_findings(units, columns))


def _account(plan: Plan, blocks: Sequence[Block], units: Sequence[Unit], lines: Sequence[Line]) -> None:
    """Every line of every block has a role, and every word of a line in a unit stands in a unit."""
    role = {line.number: line for line in lines}
    for block in blocks:
        for number in range(block.first_line, block.last_line + 1):
            line = role.get(number)
            if line is None or line.role not in LINE_ROLES:
                raise Unaccounted(f"{plan.file.name}, dòng {number}: chưa được xếp vào đâu: {block.text[:80]!r}")
            if line.role == "unit" and not line.ordinals:
                raise Unaccounted(f"{plan.file.name}, dòng {number}: được ghi là đơn vị nhưng không đơn vị nào giữ: {block.text[:80]!r}")
    for unit in units:
        if not unit.text:
            raise Unaccounted(f"{plan.file.name}, dòng {unit.first_line}: đơn vị {unit.section} không có chữ nào")


def _is_plan(plan: Plan, blocks: Sequence[Block], units: Sequence[Unit]) -> None:
    """Refuse a text in which nothing is a unit, or which speaks of neither PAPI nor one of its dimensions."""
    name, last = plan.file.name, blocks[-1].last_line
    if not units:
        raise Unread(
            f"{name}, dòng 1–{last}: không tìm thấy mục hay nhiệm vụ nào; hãy kiểm tra xem đây có phải là kế hoạch có đánh số mục (I, 1, a, -) hoặc bảng nhiệm vụ không.",
            f"{name}, lines 1–{last}: no section or task was found; check that this is a plan with numbered sections (I, 1, a, -) or a task table.")
    said = key(" ".join(block.text for block in blocks))
    if not any(sign in said for sign in _SIGNS) and not any(unit.declared_dim for unit in units):
        raise Unread(
            f"{name}, dòng 1–{last}: văn bản không nhắc đến Chỉ số PAPI hay nội dung nào của PAPI nên không được coi là kế hoạch PAPI; hãy chọn đúng văn bản.",
            f"{name}, lines 1–{last}: the text names neither PAPI nor any of its dimensions, so it is not taken for a PAPI plan; choose the right document.")


def _findings(units: Sequence[Unit], columns: Sequence[Column]) -> Iterator[Finding]:
    seen = set()
    for column in columns:
        if column.role == "unknown" and column.header and key(column.header) not in seen:
            seen.add(key(column.header))
            yield Finding("unknown_column", column.line, column.header)
    known = sorted(agency_names())
    for unit in units:
        if unit.kind in ("action", "assignment") and unit.agencies_uncertain:
            yield Finding("agencies_uncertain", unit.first_line, unit.section, unit.ordinal)
        for agency in unit.agencies:
            if not _is_known(agency.agency) and agency.agency not in seen:
                seen.add(agency.agency)
                near = process.extract(agency.agency, known, scorer=fuzz.ratio, limit=3)
                yield Finding("unknown_agency", unit.first_line, f"{agency.agency} → {' · '.join(name for name, _, _ in near)}", unit.ordinal)
        if unit.kind in ("action", "description") and unit.declared_dim is None and unit.match.dim is None:
            yield Finding("no_dimension", unit.first_line, unit.text[:120], unit.ordinal)
        if unit.timing_basis in ("row", "merged") and unit.timing == "unspecified":
            yield Finding("unknown_timing", unit.first_line, unit.timing_raw or "", unit.ordinal)
        yield from _contradiction(unit)


def _contradiction(unit: Unit) -> Iterator[Finding]:
    """A confident text match that is not what the heading says: both are kept, and the disagreement is said."""
    match = unit.match
    if unit.kind != "action" or match.dim is None or match.review or unit.declared_dim is None:
        return
    if match.dim != unit.declared_dim:
        yield Finding("heading_text_dim", unit.first_line, f"{unit.declared_dim} ≠ {match.sub or match.dim}", unit.ordinal)
    elif unit.declared_sub and match.sub and match.sub != unit.declared_sub:
        yield Finding("heading_text_sub", unit.first_line, f"{unit.declared_sub} ≠ {match.sub}", unit.ordinal)


def _is_known(agency: str) -> bool:
    """Whether a table knows an agency, by its codebook name or by the words it is kept in ("Phòng Nội vụ huyện")."""
    said = f"{key(agency)} "
    return agency in agency_names() or any(said.startswith(f"{key(name)} ") for name in agency_names())
