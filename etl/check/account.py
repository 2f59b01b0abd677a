"""Nothing is lost: every line has its place; and nothing is taken for a plan that is none."""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import LINE_ROLES, Block, Line, OtherIndex, Plan, Unit, Unread
from etl.reference import PAPI, table, zone_words
from etl.text import key

_BOXES = ("□", "☐", "▢", "◻")
"""Signs to tick, before each answer that may be given."""


class Unaccounted(Exception):
    """A line without a role: the program lost text. Its message names file and line."""


def account(plan: Plan, blocks: Sequence[Block], units: Sequence[Unit], lines: Sequence[Line]) -> None:
    """Every line of every block has a role, and every word of a line in a unit stands in a unit."""
    role = {line.number: line for line in lines}
    for block in blocks:
        for number in range(block.first_line, block.last_line + 1):
            line = role.get(number)
            if line is None or line.role not in LINE_ROLES:
                raise Unaccounted(f"{plan.file.name}, dòng {number}: chưa được xếp vào đâu: {block.text[:80]!r}")
            if line.role == "unit" and not line.ordinals:
                raise Unaccounted(
                    f"{plan.file.name}, dòng {number}: được ghi là thuộc một đoạn nhưng không đoạn nào chứa: {block.text[:80]!r}"
                )
    for unit in units:
        if not unit.text:
            raise Unaccounted(f"{plan.file.name}, dòng {unit.first_line}: đoạn {unit.section} không có chữ nào")


def is_plan(plan: Plan, blocks: Sequence[Block], units: Sequence[Unit]) -> None:
    """Refuse an invitation, a form to fill in, a text in which nothing is a unit, and one that speaks of another index, or
    of neither PAPI nor one of its dimensions.
    """
    name, name_en = plan.file.name, plan.file.name
    if plan.about not in ("", PAPI):
        raise OtherIndex(
            f"{name}: văn bản về {plan.about}, không phải về Chỉ số PAPI, nên không được tính; nếu vẫn muốn tính như kế hoạch PAPI, hãy ghi PAPI vào cột about ở dòng của văn bản trong data/plans.csv.",
            f"{name_en}: the document is about {plan.about} and not about PAPI, so it is not counted; to count it as a PAPI plan all the same, write PAPI into the column about of its row in data/plans.csv.",
            plan,
        )
    if not blocks[-1].place:
        name, name_en = f"{name}, dòng 1–{blocks[-1].last_line}", f"{name}, lines 1–{blocks[-1].last_line}"
    said = key(" ".join(block.text for block in blocks))
    signs = [key(row["words"]) for row in table("indexes") if row["about"] == PAPI]
    is_papi = plan.about == PAPI or any(sign in said for sign in signs) or any(unit.declared_dim for unit in units)
    if any(block.confidence is not None for block in blocks) and not (units and is_papi):
        raise Unread(
            f"{name}: là bản quét; nhận dạng chữ (OCR) không cho ra một kế hoạch PAPI đọc được; hãy nộp bản Word, hoặc quét lại rõ hơn.",
            f"{name_en}: a scan; recognising its text (OCR) gave no PAPI plan that can be read; submit the Word document, or scan it more clearly.",
        )
    if plan.doc_type == "invitation":
        raise Unread(
            f"{name}: là giấy mời, không phải kế hoạch: nơi họp, thành phần và chương trình họp không phải nhiệm vụ; hãy chọn văn bản kế hoạch.",
            f"{name_en}: an invitation and no plan: where one meets, who comes and the agenda are no tasks; choose the plan itself.",
        )
    if _is_form(blocks):
        raise Unread(
            f"{name}: là phiếu hỏi để điền, không phải kế hoạch: câu hỏi và ô đánh dấu không phải nhiệm vụ; hãy chọn văn bản kế hoạch.",
            f"{name_en}: a form with questions to fill in and no plan: questions and boxes to tick are no tasks; choose the plan itself.",
        )
    if not units:
        raise Unread(
            f"{name}: không tìm thấy mục hay nhiệm vụ nào; hãy kiểm tra xem đây có phải là kế hoạch có đánh số mục (I, 1, a, -) hoặc bảng nhiệm vụ không.",
            f"{name_en}: no section or task was found; check that this is a plan with numbered sections (I, 1, a, -) or a task table.",
        )
    if not is_papi:
        raise Unread(
            f"{name}: văn bản không nhắc đến Chỉ số PAPI hay nội dung nào của PAPI nên không được coi là kế hoạch PAPI; hãy chọn đúng văn bản.",
            f"{name_en}: the text names neither PAPI nor any of its dimensions, so it is not taken for a PAPI plan; choose the right document.",
        )


def _is_form(blocks: Sequence[Block]) -> bool:
    """Whether a document is a form to fill in: most of it asks or offers answers to tick, or it asks under the name of a
    form ("PHIẾU LẤY Ý KIẾN").
    """
    asks = sum(block.text.endswith("?") or block.text.startswith(_BOXES) for block in blocks)
    forms = tuple(f"{words} " for words in zone_words("outline"))
    return 2 * asks > len(blocks) or asks > 0 and f"{key(blocks[0].text)} ".startswith(forms)
