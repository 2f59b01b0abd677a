"""What commands say: a line a plan, a warning a finding, one JSON object a document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace

from etl.model import Finding, Reading, Unit

WARNINGS = {
    "unknown_agency": "cơ quan chưa có trong bảng nên được giữ nguyên cách viết; nếu là tên khác của một cơ quan đã có, hãy thêm một dòng vào data/reference/agencies.csv",
    "unknown_table": "bảng có tiêu đề cột lạ nên các dòng của bảng không được đọc thành nhiệm vụ; hãy thêm tên cột vào data/reference/columns.csv",
    "guessed_role": "ai làm, khi nào được đoán theo những gì ghi bên dưới, vì tên cột (hoặc nhãn) này chưa có trong data/reference/columns.csv",
    "unknown_column": "cột chưa biết vai trò nên không được đọc; hãy thêm tên cột vào data/reference/columns.csv",
    "row_without_task": "dòng của bảng không có nhiệm vụ nào để gắn vào; hãy kiểm tra bảng trong văn bản",
    "page_without_text": "trang chỉ có ảnh, không có chữ để đọc; hãy kiểm tra xem có thiếu nhiệm vụ không",
    "page_with_broken_text": "trang có lớp chữ bị hỏng nên chưa được đọc; hãy kiểm tra xem có thiếu nhiệm vụ không",
    "page_not_recognised": "trang là ảnh mà máy không nhận ra chữ (chữ viết tay, ảnh mờ, hoặc nhận dạng quá lâu); hãy kiểm tra xem có thiếu nhiệm vụ không",
    "page_not_tried": "trang là ảnh chưa được nhận dạng (quá 40 trang, hoặc hết giờ); hãy tách riêng các trang này rồi nộp lại",
    "text_not_read": "chữ trong tệp không được đọc (số chữ cái, chỗ, những chữ đầu); hãy kiểm tra xem có thiếu nhiệm vụ không",
    "unknown_heading": "đề mục không nhận ra nội dung PAPI nào; nếu đúng là tên một nội dung, hãy thêm vào data/reference/names.csv",
}

_MENDED_ONCE = [
    f": {WARNINGS[code]}: " for code in ("guessed_role", "unknown_agency", "unknown_column", "unknown_heading")
]
"""What one row of a table mends, wherever it stands."""

_STEPS = {"page": "trang", "table": "bảng", "row": "hàng", "paragraph": "đoạn văn", "sheet": "trang tính"}


def warnings(one: Reading) -> list[str]:
    """Why a plan was not read, and what somebody should mend for it to be read better."""
    found = [_warning(one, finding) for finding in one.findings if finding.code in WARNINGS]
    return [one.unread.vi, *found] if one.unread else found


def gathered(warnings: Iterable[str]) -> list[str]:
    """The warnings of many documents in their order; what one row of a table mends is said once, at its first place, with the
    number of others: of two thousand documents a name that no table knows would else fill the screen.
    """
    first: dict[str, str] = {}
    others: Counter[str] = Counter()
    for warning in warnings:
        said = next((warning[at:] for words in _MENDED_ONCE if (at := warning.find(words)) > 0), warning)
        if said in first and said != warning:
            others[said] += 1
        first.setdefault(said, warning.removesuffix(said))
    return [f"{place}{f' (và {others[said]} chỗ khác)' if others[said] else ''}{said}" for said, place in first.items()]


def _warning(one: Reading, finding: Finding) -> str:
    place = next((line.place for line in one.lines if line.number == finding.line and line.place), "")
    where = (
        ", ".join(
            f"{_STEPS.get(kind, kind)} {at}" for kind, _, at in (step.partition(":") for step in place.split("/"))
        )
        if place
        else f"dòng {finding.line}"
    )
    detail = finding.detail
    if detail.startswith("{"):
        detail = ", ".join(map(str, json.loads(detail).values()))
    return f"{one.plan.file.name}, {where}: {WARNINGS[finding.code]}: {detail!r}"


HEAD = f"{'kế hoạch':<32}{'đoạn':>8}{'nhiệm vụ':>10}{'có chủ trì':>12}{'có thời gian':>14}{'dòng':>7}{'cần xem':>9}"
"""What stands over the lines of plans."""


def line(one: Reading) -> str:
    """What was read of a plan."""
    if one.unread or not one.is_collected:
        return f"{one.plan.plan_id:<32}{'chưa đọc được' if one.unread else 'chưa có văn bản':>8}"
    tasks = [unit for unit in one.units if unit.kind == "action"]
    return (
        f"{one.plan.plan_id:<32}{len(one.units):>8}{len(tasks):>10}{sum(bool(u.names('lead')) for u in tasks):>12}"
        f"{sum(u.timing != 'unspecified' for u in tasks):>14}{len(one.lines):>7}{len(one.findings):>9}"
    )


def as_json(one: Reading) -> dict:
    """A reading in the codebook's own words. `dim` and `sub` say what the text is about, whatever the heading says."""
    plan = asdict(replace(one.plan, decided=())) | {"file": one.plan.file.name, "sha256": one.sha256}
    return {
        "plan": plan,
        "units": [_unit_json(unit) for unit in one.units],
        "left": [
            {"lines": [line.number, line.number], "place": line.place, "text": line.text, "role": line.role}
            for line in one.lines
            if line.role != "unit"
        ],
        "columns": [asdict(column) for column in one.columns],
        "findings": [asdict(finding) for finding in one.findings],
        "letters": one.letters and asdict(one.letters),
    }


def _unit_json(unit: Unit) -> dict:
    match = unit.match
    return {
        "n": unit.ordinal,
        "lines": [unit.first_line, unit.last_line],
        "place": unit.place,
        "channel": unit.channel,
        "section": unit.section,
        "text": unit.text,
        "layer": unit.layer,
        "kind": unit.kind,
        "kind_sure": unit.kind_sure,
        "declared_dim": unit.declared_dim,
        "declared_sub": unit.declared_sub,
        "dim": match.dim,
        "sub": match.sub,
        "score": round(match.score, 4),
        "margin": round(match.margin, 4),
        "review": match.review,
        "runner_up_dim": match.runner_up_dim,
        "runner_up_sub": match.runner_up_sub,
        "lead": unit.names("lead"),
        "lead_basis": unit.lead_basis,
        "coop": unit.names("coop"),
        "monitor": unit.names("monitor"),
        "agencies_uncertain": unit.agencies_uncertain,
        "timing": unit.timing,
        "timing_raw": unit.timing_raw,
        "timing_basis": unit.timing_basis,
        "due_from": unit.due_from,
        "due_to": unit.due_to,
        "evidence": [asdict(evidence) for evidence in match.evidence],
        "touches": [asdict(touch) for touch in unit.touches],
    }
