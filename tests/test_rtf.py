"""Rich text is read like Word's own files: paragraphs, merged cells, what was deleted; what would be read wrong, or is
broken, gets one sentence.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from etl.model import Unread
from etl.read import read, rtf

HERE = Path(__file__).parent / "data"
"""rich.rtf and old.doc are one plan, written by LibreOffice; what says nothing of the text was taken out of the first."""
HEAD = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset163 Arial;}}"


def blocks(rich: bytes) -> list[tuple[str, tuple[str, ...]]]:
    return [(block.text, block.cells) for block in rtf.blocks(HEAD + rich + b"}", "a.rtf")]


def texts(rich: bytes) -> list[str]:
    return [text for text, _ in blocks(rich)]


def test_a_rich_text_gives_what_the_same_plan_gives_as_a_word_file() -> None:
    rich, word = ([(block.text, block.cells) for block in read(HERE / name)] for name in ("rich.rtf", "old.doc"))
    assert rich == word and sum(bool(cells) for _, cells in rich) == 4


@pytest.mark.parametrize(
    ("rich", "said"),
    [
        (rb"\uc1 K\u7871? ho\u7841?ch\par PAPI", ["Kế hoạch", "PAPI"]),
        (rb"{\uc0 K\u7871  ho\u7841ch}", ["Kế hoạch"]),
        (rb"\f1 \'d0\'ea\'cc nghi\'f2\f0\par", ["Đề nghị"]),
        (rb"Xem {\field{\*\fldinst{HYPERLINK \"http://x.vn\"}}{\fldrslt{trang n\'e0y}}}.\par", ["Xem trang này."]),
        (rb"a{\footnote ghi ch\'fa}{\*\bkmkstart x}{\pict\pngblip 89504e47} b\par", ["a b"]),
        (rb"{\header ti\'eau \'f0\'ea}N\'f4i dung\par", ["Nôi dung"]),
        (rb"\\cell \{x\}\par", [r"\cell {x}"]),
        (rb"{\v0\deleted0 hi\u7879?n ra}\par", ["hiện ra"]),
        (
            rb"{\fonttbl{\f2 .VnTime;}}\f2 C\'b8c s\'eb, ng\'b5nh c\'abng khai ng\'a9n s\'b8ch\par",
            ["Các sở, ngành công khai ngân sách"],
        ),
        (rb"\u-10179?\u-8704?\u-10179? x\par", ["😀\ufffd x"]),
    ],
)
def test_letters_and_groups_are_told_apart(rich: bytes, said: list[str]) -> None:
    assert texts(rich) == said


ROW = rb"\trowd\cellx1000\cellx3000\cellx5000 "


@pytest.mark.parametrize(
    ("rich", "rows"),
    [
        # as Word writes it: the edges once more after the words
        (
            rb"Tr\par " + ROW + rb"\pard\intbl TT\cell Vi\cell Ai\cell{" + ROW + rb"\row}"
            rb"\pard\intbl 1\cell a\par b\cell S\cell{" + ROW + rb"\row}\pard Sau\par",
            [(), ("TT", "Vi", "Ai"), ("1", "a\nb", "S"), ()],
        ),
        # a cell over two rows, and one over two columns
        (
            rb"\trowd\cellx1000\clvmgf\cellx3000\cellx5000 1\cell X\cell A\cell\row"
            rb"\trowd\cellx1000\clvmrg\cellx3000\cellx5000 2\cell\cell B\cell\row"
            rb"\trowd\cellx1000\cellx5020 3\cell Y\cell\row",
            [("1", "X", "A"), ("2", "", "B"), ("3", "Y", "")],
        ),
        # a table in a cell gives its words
        (
            ROW
            + rb"1\cell a {\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\cellx9\nestrow}}\cell x\cell\row"
            + ROW
            + rb"2\cell d\cell y\cell\row",
            [("1", "a b\nc", "x"), ("2", "d", "y")],
        ),
    ],
)
def test_cells_stand_where_their_edges_are(rich: bytes, rows: list[tuple[str, ...]]) -> None:
    assert [cells for _, cells in blocks(rich)] == rows


def test_deleted_and_hidden_words_are_left_out_and_said() -> None:
    first, *_ = rtf.blocks(HEAD + rb"{\deleted\revauthdel1 c\'f9}m\'edi{\v  kh\'f4ng ai th\'e2y}\par}", "a.rtf")
    assert first.text == "míi" and first.note == "changes_accepted 1\ntext_hidden 1"


@pytest.mark.parametrize(
    ("rich", "why"), [(rb"\deleted c\'f9\deleted0 m\'edi\par", "vết sửa đổi"), (rb"\u99999999? x\par", "hỏng")]
)
def test_what_would_be_read_wrong_or_is_broken_gets_one_sentence(rich: bytes, why: str) -> None:
    with pytest.raises(Unread, match=why):
        blocks(rich)


@pytest.mark.parametrize(
    "rich",
    [
        rb"{" * 200_000,
        rb"{\fonttbl" + rb"\f1" * 60_000,
        rb"{\fonttbl" + rb"\f1\fcharset0 x" * 20_000,
        rb"{\field{\*\fldinst{HYPERLINK " * 20_000,
        rb"\trowd" + rb"\cellx1" * 20_000 + rb"\cell" * 20_000 + rb"\row",
        rb"{\pict " + rb"0a1b" * 5_000_000 + rb"}",
    ],
    ids=["groups", "fonts", "half fonts", "links", "edges", "a picture"],
)
def test_a_hostile_rich_text_takes_no_longer_than_its_size(rich: bytes) -> None:
    began = time.process_time()
    assert len(blocks(rich)) <= 1
    assert time.process_time() - began < 5
