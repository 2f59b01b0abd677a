"""The workbook of a new year of PAPI → the scores that are held, once all of it adds up.

In: a stranger's .xlsx. Out: what is new and what differs from the rows held; and, where the reader says so, the table
`papi-scores.csv` with it.

    sheet      a workbook's cells, read in the cage
    topics     what a header or a province's name means
    found      cells → scores, and all that is wrong with them
    held       the scores that are held: what is new beside them, and writing
"""

from __future__ import annotations

import sys
from pathlib import Path

from etl.scores import found, held, sheet

_MOST = 40
"""So many lines of a list are said, the others counted."""


def take(file: Path, table: Path, *, year: int | None = None, write: bool = False) -> int:
    """Say what a workbook holds beside the scores held; with `write` put it into the table. 1 where it does not add up,
    and nothing is written. Raises Unread where it cannot be read.
    """
    read = found.scores(sheet.shut_in(file), year)
    if read.wrong:
        print(f"{file.name}: chưa nhập gì, vì:", file=sys.stderr)
        _tell(read.wrong, sys.stderr)
        return 1
    known = held.scores(table)
    change = held.beside(known, read)
    print(f"{file.name}: {held.said(read)}")
    _tell(read.noted)
    print(f"{len(change.new)} điểm mới, {change.same} điểm trùng với bảng đang giữ, {len(change.other)} điểm khác:")
    _tell([one.said for one in change.other])
    if not write:
        print("Chưa ghi gì. Thêm --write để ghi vào papi-scores.csv; điểm khác sẽ thay điểm đang giữ.")
        return 0
    held.write(table, known, change)
    print(f"→ {table.name}; chạy make run để dựng lại.")
    return 0


def _tell(lines: list[str], to: object = None) -> None:
    for line in lines[:_MOST]:
        print(f"- {line}", file=to or sys.stdout)  # type: ignore[arg-type]
    if more := len(lines) - _MOST:
        if more > 0:
            print(f"- … và {more} dòng nữa", file=to or sys.stdout)  # type: ignore[arg-type]
