"""cells: the bytes of a CSV file → its rows, each cell as written.

A row is one line: a quote that is opened and not closed is seen where it stands, and not at the end of the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
_LOOSE = [*(chr(sign) for sign in range(0x3001) if chr(sign).isspace() and chr(sign) not in " \n"), "  ", " \n", "\n "]
Row = dict[str, str]
"""The cells of a row by their columns, and under `_row` its line in the file."""
_OTHER = {",": ";\t", "\t": ",;"}
"""A separator, and those that a spreadsheet writes in its place."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")
_GARBLED = re.compile("[ÃÄÆá](?:(?<!á)[\u0080-\u00bfƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?<=á)[º»])")
"""Vietnamese in UTF-8 that was taken for Windows-1252 and saved: "Há»™i" for "Hội"."""


class BadReference(Exception):
    """A table that cannot be used. Its text is one sentence with file, row and column."""

    def __init__(self, vi: str, en: str):
        super().__init__(vi)
        self.vi, self.en = vi, en


class Table:
    """A file and the names of its columns: what is wrong in it is said by file, row and column."""

    def __init__(self, file: Path, columns: Sequence[str], may_lack: Collection[str] = ()):
        self.file, self.columns, self.may_lack = file, tuple(columns), may_lack
        self.separator = "\t" if file.suffix == ".tsv" else ","

    def bad(self, vi: str, en: str, row: int | str | None = None, column: str | int | None = None) -> BadReference:
        """The sentence: where, then what is wrong there. A column may be told by its place, from 0."""
        name = [f", cột {column}", f", column {column}"] if column is not None else ["", ""]
        if isinstance(column, int):
            is_known = column < len(self.columns)
            name = (
                [f", cột {self.columns[column]}", f", column {self.columns[column]}"]
                if is_known
                else [f", cột {column + 1} (thừa)", f", column {column + 1} (extra)"]
            )
        line = [f", dòng {row}", f", row {row}"] if row is not None else ["", ""]
        return BadReference(f"{self.file.name}{line[0]}{name[0]}: {vi}", f"{self.file.name}{line[1]}{name[1]}: {en}")


def cells(table: Table, content: bytes) -> Iterator[Row]:
    """The rows of a table by its bytes; of .tsv a tab parts cells, else a comma. Blank rows are none."""
    text = _text(table, content)
    is_clean = not _has_no_text(text) and not _GARBLED.search(text)
    head, *lines = text.split("\n")
    _check_head(table, [name.strip() for name in _parted(table, 1, head)])
    columns, separator, needed = table.columns, table.separator, len(table.columns)
    for number, line in enumerate(lines, 2):
        values = _parted(table, number, line) if '"' in line else line.split(separator)
        if not values[0].strip() and not any(map(str.strip, values)):
            continue
        if (has := len(values)) != needed:
            vi, en = f"dòng có {has} giá trị, cần {needed}", f"the row has {has} values, {needed} are needed"
            raise table.bad(vi, en, number, min(has, needed))
        if not is_clean:
            for column, value in zip(columns, values):
                _check_signs(table, number, column, value)
        row = dict(zip(columns, values))
        row["_row"] = str(number)
        yield row


def _has_no_text(text: str) -> bool:
    """Whether a sign stands in a text that is none; of most texts Python knows at once."""
    is_plain = text.replace("\n", " ").isprintable() and "\ufffd" not in text
    return not is_plain and bool(_NO_TEXT.search(text))


def is_loose(lines: str) -> bool:
    """Whether a line of these has white space that is no single blank between its words."""
    return lines[:1] == " " or lines[-1:] == " " or any(sign in lines for sign in _LOOSE)


def content_of(table: Table) -> bytes:
    """The bytes of its file."""
    try:
        return table.file.read_bytes()
    except OSError as error:
        raise table.bad(f"không mở được ({error.strerror})", f"it cannot be opened ({error.strerror})") from None


def _text(table: Table, content: bytes) -> str:
    """What bytes say; lines end with a line feed, whatever they ended with."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        byte = f"byte 0x{content[error.start]:02X}"
        raise table.bad(
            f"không phải UTF-8 ({byte}); hãy lưu lại bằng “CSV UTF-8”",
            f"this is not UTF-8 ({byte}); save it as “CSV UTF-8”",
            before.count("\n") + 1,
            len(next(csv.reader([before.rpartition("\n")[2] + "?"], delimiter=table.separator))) - 1,
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parted(table: Table, number: int, line: str) -> list[str]:
    """The cells of a line, quotes undone."""
    if (found := _cells(line, table.separator)) is not None:
        return found
    # the cell to mend is the last of as much of the line as can be read
    most = max(at for at in range(len(line)) if _cells(line[:at], table.separator) is not None)
    raise table.bad(
        "dấu ngoặc kép mở mà không đóng, hoặc đóng giữa ô",
        "a quote is opened and not closed, or closed within its cell",
        number,
        max(len(_cells(line[:most], table.separator) or ()) - 1, 0),
    )


def _cells(line: str, separator: str) -> list[str] | None:
    if '"' not in line:
        return line.split(separator)
    try:
        found = next(csv.reader([line], strict=True, delimiter=separator), [])
    except csv.Error:
        return None
    return None if line.count('"') % 2 else found


def _check_signs(table: Table, number: int, column: str, value: str) -> None:
    if hit := _NO_TEXT.search(value):
        sign = f"U+{ord(hit[0]):04X}"
        raise table.bad(
            f"có ký tự {sign} không phải chữ", f"{sign} stands in it, which is no character of a text", number, column
        )
    if _GARBLED.search(value):
        raise table.bad(
            f"{value[:60]!r} là chữ UTF-8 đã mở sai bảng mã rồi lưu lại; hãy lấy bản trước đó",
            f"{value[:60]!r} is UTF-8 that was opened as another code and saved; take the copy before it",
            number,
            column,
        )


def _check_head(table: Table, head: Sequence[str]) -> None:
    table.columns = tuple(name for name in table.columns if name in head or name not in table.may_lack)
    if tuple(head) == table.columns:
        return
    if len(head) == 1 and (other := next((sign for sign in _OTHER[table.separator] if sign in head[0]), None)):
        met, needed = (sign.replace("\t", "tab") for sign in (other, table.separator))
        raise table.bad(
            f"các ô ngăn nhau bằng “{met}”, cần “{needed}”", f"“{met}” parts its cells, “{needed}” is needed", 1, 0
        )
    at = next((i for i, name in enumerate(table.columns) if i >= len(head) or head[i] != name), len(table.columns))
    raise table.bad(
        f"cần các cột {', '.join(table.columns)}; có {', '.join(head)}",
        f"the columns {', '.join(table.columns)} are needed; it has {', '.join(head)}",
        1,
        at,
    )
