"""Old Word documents are read like new ones; what is locked or broken gets one sentence, macros stay shut."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.model import Unread
from etl.read import doc, read

OLD = Path(__file__).parent / "data" / "old.doc"
"""A plan of nine lines, written by LibreOffice as Word 97: a table with a merged cell between paragraphs."""
CONTENT = OLD.read_bytes()
STREAM = CONTENT.index(b"\xec\xa5")
"""Where Word's main stream begins: eleven bytes later it says whether it is encrypted."""


def test_an_old_document_gives_its_paragraphs_and_rows() -> None:
    blocks = read(OLD)
    assert [block.text for block in blocks if not block.cells] == [
        "KẾ HOẠCH",
        "Nâng cao Chỉ số PAPI năm 2025",
        "I. NHIỆM VỤ",
        "II. TỔ CHỨC THỰC HIỆN",
        "Các sở, ngành báo cáo Sở Nội vụ trước ngày 15/12.",
    ]
    assert [block.cells for block in blocks if block.cells] == [
        ("TT", "Chỉ số", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        ("1", "Công khai, minh bạch", "Công khai danh sách hộ nghèo", "Sở Nội vụ", "UBND cấp xã", "Quý I"),
        ("2", "", "Công khai thu, chi ngân sách cấp xã", "Sở Tài chính", "UBND cấp xã", "Quý II"),
        (
            "3",
            "Thủ tục hành chính công",
            "Rút ngắn thời gian cấp phép xây dựng",
            "Sở Xây dựng",
            "UBND cấp huyện",
            "Cả năm",
        ),
    ]


def test_macros_are_said_and_left_shut(tmp_path: Path) -> None:
    file = tmp_path / "macro.doc"
    file.write_bytes(CONTENT + "_VBA_PROJECT".encode("utf-16-le"))
    first, *others = read(file)
    assert first.note == "parts_left_shut VBA" and not any(block.note for block in others)


def changed(at: int, words: bytes) -> bytes:
    """The same document with other bytes at one place."""
    return CONTENT[:at] + words + CONTENT[at + len(words) :]


@pytest.mark.parametrize(
    ("content", "said"),
    [(changed(STREAM + 11, bytes([CONTENT[STREAM + 11] | 1])), "mật khẩu"), (changed(3000, bytes(9000)), "hỏng")],
    ids=["a password", "emptied in the middle"],
)
def test_what_cannot_be_opened_gets_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "cu.doc"
    file.write_bytes(content)
    with pytest.raises(Unread, match=said):
        read(file)


def test_a_property_that_is_cut_off_is_left_out() -> None:
    whole, cut = b"\x16\x24\x01", b"\x12\xd6\x3c\x00\x00"
    assert doc._whole(whole + cut, label="row") == doc._whole(whole, label="row") != ()
    assert doc._whole(cut, label="row") == ()
