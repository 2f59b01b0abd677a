"""read: one document → its blocks (paragraphs and table rows), in reading order.

A reader for each format, chosen by the file's name; all give the same blocks. What cannot be read raises `Unread`,
one sentence with file, line, reason and remedy.
"""
from __future__ import annotations

from pathlib import Path

from etl.model import Block, Unread
from etl.read import txt

READERS = {".txt": txt.blocks, ".md": txt.blocks}


def read(file: Path) -> tuple[Block, ...]:
    """The blocks of one document, every non-blank line in exactly one of them.

    Raises Unread where the file is missing, empty, of an unknown format or in another encoding.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise Unread(
            f"{file.name}: chưa đọc được định dạng {file.suffix or 'không có phần mở rộng'}; hãy lưu thành văn bản .txt (UTF-8).",
            f"{file.name}: the format {file.suffix or 'without an extension'} cannot be read yet; save it as .txt (UTF-8).",
        )
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Unread(
            f"{file.name}: không mở được tệp ({error.strerror}); hãy kiểm tra đường dẫn và quyền đọc.",
            f"{file.name}: the file cannot be opened ({error.strerror}); check its path and permissions.",
        ) from None
    blocks = tuple(reader(content, file.name))
    if not blocks:
        raise Unread(
            f"{file.name}, dòng 1: tệp trống, không có chữ nào; hãy chép lại văn bản kế hoạch vào tệp.",
            f"{file.name}, line 1: the file is empty; copy the plan's text into it.",
        )
    return blocks
