"""Whatever a file holds is read, left aside by rule, or named with its place and size; and nothing is named that was
read.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from fpdf import FPDF
from openpyxl import Workbook
from openpyxl.comments import Comment
from test_cage import docx, paragraph

from benchmarks.formats import WRITERS
from etl import about, way
from etl.match import Matcher
from etl.model import Lost
from etl.read import read, read_counted
from etl.read.counted import count
from ui.words import findings, labels

ROOT = Path(__file__).parent.parent
HEAD = "KẾ HOẠCH nâng cao Chỉ số PAPI năm 2024"
TASK = "Sở Nội vụ chủ trì niêm yết công khai danh sách hộ nghèo"
LETTERS = sum(map(str.isalnum, TASK))


def found(content: bytes, folder: Path, name: str = "van-ban") -> tuple[str, list[Lost]]:
    """All that was read of a file, and what was lost of it."""
    file = folder / name
    file.write_bytes(content)
    blocks, (_, lost) = read_counted(file)
    return " ".join(block.text for block in blocks), list(lost)


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body><p>{HEAD}</p>{body}".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"</body></html><p>{TASK}</p>",
        f"<p title='{'x' * 11_000_000}'>x</p><p>{TASK}</p>",
        f"<p>{'x' * 4_900_000}</p><p>{TASK}</p>",
        f"<p><!-- closed -->{TASK}</p>",
        f"<p><script>var a = '<p>';</script>{TASK}</p>",
    ],
    ids=["after the end", "after a long attribute", "after a long text", "after a comment", "after a script"],
)
def test_what_a_browser_shows_of_a_page_is_read(body: str, tmp_path: Path) -> None:
    text, lost = found(page(body), tmp_path)
    assert TASK in text and lost == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f"<p>x</p><!-- <p>{TASK}</p>", "tag:comment"),
        (f"<p>x</p><script><p>{TASK}</p>", "tag:script"),
        (f"<p>x</p><textarea><p>{TASK} {TASK}</p></textarea>", "tag:textarea"),
        (f"<p>x</p><textarea><p>{TASK}</p>", "tag:textarea"),
        (f"<p>x</p><noscript>{TASK} {TASK} {TASK}</noscript>", "tag:noscript"),
    ],
)
def test_what_no_browser_shows_is_named(body: str, place: str, tmp_path: Path) -> None:
    _, (lost,) = found(page(body), tmp_path)
    assert lost.place == place and lost.letters >= LETTERS and TASK[:20] in lost.beginning


ANOTHER = docx(paragraph(TASK))
COMMENTS = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment>%s</w:comment></w:comments>'


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"word/afchunk.html": f"<html><body><p>{TASK}</p></body></html>".encode()}, "part:word › afchunk.html"),
        ({"word/afchunk.docx": ANOTHER}, "part:word › afchunk.docx › word › document.xml"),
        ({"word/embeddings/oleObject1.bin": ANOTHER}, "part:word › embeddings › oleObject1.bin › word › document.xml"),
        ({"word/afchunk.rtf": b"{\\rtf1\\ansi So Noi vu chu tri niem yet cong khai\\par}"}, "part:word › afchunk.rtf"),
        ({"word/comments.xml": COMMENTS % paragraph(TASK)}, "part:word › comments.xml"),
    ],
)
def test_a_document_within_a_word_file_is_named(parts: dict[str, bytes], place: str, tmp_path: Path) -> None:
    text, (lost,) = found(docx(paragraph(HEAD), **parts), tmp_path)
    assert lost.place == place and "niêm yết" not in text


@pytest.mark.parametrize(
    ("body", "is_named"),
    [
        (f"<w:p><w:del><w:r><w:delText>{TASK}</w:delText></w:r></w:del></w:p>", False),
        (f"<w:p><w:ins><w:r><w:t>{TASK}</w:t></w:r></w:ins></w:p>", False),
        (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{TASK}</w:t></w:r></w:p>", False),
        (f"<w:sdt><w:sdtContent><w:p><w:r><w:t>{TASK}</w:t></w:r></w:p></w:sdtContent></w:sdt>", False),
        (f"<w:tbl><w:p><w:r><w:t>{TASK}</w:t></w:r></w:p></w:tbl>", True),
    ],
    ids=["deleted", "inserted", "hidden", "in a control", "where Word would not look"],
)
def test_what_word_leaves_out_by_rule_is_not_named(body: str, is_named: bool, tmp_path: Path) -> None:
    _, lost = found(docx(paragraph(HEAD) + body.encode()), tmp_path)
    assert bool(lost) is is_named


@pytest.mark.parametrize("sign", ["<w:br/>", "<w:cr/>", '<w:br w:type="textWrapping"/>', "<w:tab/>"])
def test_a_break_within_a_paragraph_parts_words(sign: str, tmp_path: Path) -> None:
    signed = sign.join(f"<w:t>{words}</w:t>" for words in ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Thị Hạnh"))
    text, lost = found(docx(paragraph(HEAD) + f"<w:p><w:r>{signed}</w:r></w:p>".encode()), tmp_path)
    assert "Hạnh" in text and lost == []


def test_a_comment_on_a_cell_is_named(tmp_path: Path) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = HEAD
    book.active["A1"].comment = Comment(TASK, "x")
    book.save(out)
    _, (lost,) = found(out.getvalue(), tmp_path)
    assert lost.letters >= LETTERS and "comment" in lost.place


def test_a_note_on_a_page_is_named(tmp_path: Path) -> None:
    file = FPDF()
    file.add_page()
    file.set_font("Helvetica", size=12)
    file.cell(text="KE HOACH nang cao Chi so PAPI nam 2024, so 12 cua Uy ban nhan dan tinh")
    file.text_annotation(50, 50, TASK)
    _, (lost,) = found(bytes(file.output()), tmp_path)
    assert (lost.place, lost.letters) == ("page:1/note:1", LETTERS)


@pytest.mark.parametrize("ending", WRITERS)
def test_nothing_is_named_of_a_plan_that_is_read_whole(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"plan.{ending}"
    WRITERS[ending]((ROOT / "tests" / "strangers" / "van-ho-2018.txt").read_bytes(), file)
    _, (held, lost) = read_counted(file)
    assert held is not None and held.held > 4000 and held.lost == 0 and lost == []


def test_a_reader_that_leaves_a_paragraph_out_is_found_out(tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    WRITERS["docx"]((ROOT / "tests" / "strangers" / "van-ho-2018.txt").read_bytes(), file)
    blocks = read(file)
    longest = max(range(len(blocks)), key=lambda at: len(blocks[at].text))
    held, (lost, *_) = count(file.read_bytes(), "docx", [*blocks[:longest], *blocks[longest + 1 :]])
    assert held is not None and held.lost >= 0.5 * sum(map(str.isalnum, blocks[longest].text))
    assert lost.beginning[:20] in blocks[longest].text


def test_what_was_lost_is_a_finding_with_its_place_and_size_in_both_languages(matcher: Matcher, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    body = paragraph(HEAD) + paragraph("I. NHIỆM VỤ") + paragraph(f"1. {TASK}.")
    file.write_bytes(docx(body, **{"word/afchunk.html": page("<p>Thanh tra tỉnh kiểm tra trách nhiệm công vụ</p>")}))
    one = way.shut_in(about.unlisted(file), matcher)
    (finding,) = [finding for finding in one.findings if finding.code == "text_not_read"]
    assert one.letters is not None and one.letters.lost == json.loads(finding.detail)["letters"] > 30
    said = findings.sentence(finding)
    assert str(one.letters.lost) in said and "afchunk.html" in said and labels.lang() == "vi"
