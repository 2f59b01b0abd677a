"""Web pages as portals publish plans: the plan's own paragraphs and tables, with menus and footers put aside.

In: bytes of a page. Out: blocks. Nothing is fetched or run; what a reader cannot see (scripts, styles) is no text. A
heading that is only bold is bold, a list has the marks that a browser shows, a line break parts lines and two of them
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from etl.model import Block
from etl.read import charset, guard
from etl.read.blocks import Blocks, Grid, GridCell, Paragraph, begins_item
from etl.read.charset import from_font
from etl.text import spaced

_UNSEEN = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "svg",
    "iframe",
    "object",
    "select",
    "textarea",
    "button",
    "title",
    "audio",
    "video",
}
_BLOCKS = {
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "main",
    "center",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "pre",
    "form",
    "address",
    "body",
    "html",
    "nav",
    "header",
    "footer",
    "aside",
    "fieldset",
    "figure",
    "figcaption",
    "hr",
    "caption",
    "details",
    "summary",
}
_BESIDE = {"nav", "footer", "aside", "form", "menu"}
_BESIDE_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
_BESIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:menu\w*|nav|navbar|navigation|breadcrumbs?|footer|sidebar|share|social|related|comments?|banner|copyright|toolbar|pagination|search|login|tinlienquan|tin-lien-quan)(?=$|[\s_-])",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^\s*<\?xml[^>]*>|</(?:body|html)\s*>", re.IGNORECASE)
_HEADING, _SPACE = re.compile("h[1-6]"), re.compile(r"\s+")
_WEIGHT, _FAMILY = re.compile(r"font-weight:(\w+)"), re.compile(r"font-family:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MOST_TAGS, _DEEPEST = 200_000, 200


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a web page. Raises Unread where it is in no known code, holds too much, or is nested beyond any
    plan.
    """
    if content.count(b"<") > _MOST_TAGS:
        raise guard.too_much(name, "thẻ HTML", "HTML tags", _MOST_TAGS)
    text, code = _decode(content, name)
    out = Blocks(name)
    try:
        root = lxml.html.document_fromstring(
            # what stands after the end of a page is shown as well
            _AROUND.sub("", text),
            parser=lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True),
        )
    except etree.ParserError:
        return
    reader = _Reader(root, name)
    for part in reader.parts(root):
        out.table(part) if isinstance(part, Grid) else out.paragraph(part)
    if reader.hidden:
        out.note("text_hidden", reader.hidden)
    if code in ("TCVN3", "VNI"):
        out.note("charset_assumed", code)
    yield from out.made


def _decode(content: bytes, name: str) -> tuple[str, str]:
    """A page's text. What it says of its own code counts only where it is not Unicode: old pages often say wrong."""
    said = _CHARSET.search(content[:4096])
    try:
        return charset.undone(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    if found := charset.decode(content):
        return found
    if said and said[1].lower() in (b"windows-1258", b"windows-1252", b"iso-8859-1"):
        return content.decode(said[1].decode(), errors="replace"), said[1].decode()
    if said and said[1].lower() == b"utf-8":
        # a page that was cut off or pasted together: a few wrong bytes do not make it another code
        text = content.decode("utf-8", errors="replace")
        if text.count("\ufffd") < 0.001 * len(text):
            return text, "UTF-8"
    raise guard.unread(
        name,
        "không nhận ra bảng mã của trang web; hãy mở trang bằng trình duyệt, chép phần kế hoạch vào Word rồi lưu .docx",
        "the page's character encoding is not known; open the page in a browser, copy the plan into Word and save it as .docx",
    )


class _Line:
    """The paragraph being read: stretches of text, each with its look; a line feed is a line break."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, bool]] = []
        self.mark = ""

    def say(self, text: str, bold: bool) -> None:
        self.pieces.append((text, bold))

    def end(self, level: int, is_aside: bool) -> Iterator[Paragraph]:
        """What was said, in one paragraph where its lines look alike: a bold line over plain ones is a heading of its
        own.
        """
        lines: list[list[tuple[str, bool]]] = [[]]
        for text, bold in self.pieces:
            if text == "\n":
                lines.append([])
            elif text.strip() or lines[-1]:
                lines[-1].append((text, bold))
        self.pieces = []
        kept: list[str] = []
        kept_bold = False
        for line in [*lines, None]:
            words = "" if line is None else spaced("".join(text for text, _ in line))
            bold = line is not None and bool(words) and all(is_bold for text, is_bold in line if text.strip())
            if kept and (line is None or not words or bold != kept_bold):
                said = "\n".join(kept)
                if self.mark and not begins_item(said):
                    said = f"{self.mark} {said}"
                self.mark = ""
                yield Paragraph(said, level, kept_bold, is_aside)
                kept = []
            if words:
                kept.append(words)
                kept_bold = bold


class _Reader:
    """One page, and how much of it no reader sees."""

    def __init__(self, root: etree._Element, name: str):
        self.name, self.hidden = name, 0
        self.whole = max(len(spaced(root.text_content())), 1)

    def parts(
        self, node: etree._Element, bold: bool = False, is_aside: bool = False, font: str | None = None, depth: int = 0
    ) -> Iterator[Paragraph | Grid]:
        """Paragraphs and tables under an element, in order."""
        line = _Line()
        yield from self._walk(node, line, bold, 0, is_aside, font, depth)
        yield from line.end(0, is_aside)

    def _walk(
        self, node: etree._Element, line: _Line, bold: bool, level: int, is_aside: bool, font: str | None, depth: int
    ) -> Iterator[Paragraph | Grid]:
        if depth > _DEEPEST:
            raise guard.unread(
                self.name,
                "trang web lồng quá nhiều lớp nên không đọc được; hãy chép phần kế hoạch vào Word rồi lưu .docx",
                "the page is nested too deeply to be read; copy the plan into Word and save it as .docx",
            )
        is_pre, items = node.tag == "pre", 0
        self._text(node.text, line, bold, font, is_pre)
        for child in node:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                line.say("\n", bold)
            elif tag == "table":
                yield from line.end(level, is_aside)
                beside = is_aside or self._is_beside(child)
                if beside:
                    yield Paragraph(spaced(" ".join(child.itertext())), is_aside=True)
                else:
                    for caption in child.findall("caption"):
                        yield from self.parts(caption, bold, is_aside, font, depth + 1)
                    yield self._grid(child, bold, font, depth + 1)
            elif tag and tag not in _UNSEEN and not self._is_hidden(child):
                own_level = int(tag[1]) if _HEADING.fullmatch(tag) else level
                own_bold = _is_bold(child, bold)
                own_font = _font(child) or font
                if tag in _BLOCKS:
                    yield from line.end(level, is_aside)
                    if tag == "li":
                        items += 1
                        line.mark = _mark(child, items)
                    beside = is_aside or self._is_beside(child)
                    yield from self._walk(child, line, own_bold, own_level, beside, own_font, depth + 1)
                    yield from line.end(own_level, beside)
                    line.mark = ""
                else:
                    yield from self._walk(child, line, own_bold, own_level, is_aside, own_font, depth + 1)
            self._text(child.tail, line, bold, font, is_pre)

    @staticmethod
    def _text(text: str | None, line: _Line, bold: bool, font: str | None, is_pre: bool) -> None:
        if not text:
            return
        for at, part in enumerate(text.split("\n") if is_pre else [text]):
            if at:
                line.say("\n", bold)
            line.say(from_font(_SPACE.sub(" ", part), font), bold)

    def _is_hidden(self, node: etree._Element) -> bool:
        style = node.get("style", "").replace(" ", "").lower()
        hidden = "display:none" in style or "visibility:hidden" in style or node.get("hidden") is not None
        self.hidden += hidden and bool(spaced(node.text_content()))
        return hidden

    def _is_beside(self, node: etree._Element) -> bool:
        """Whether an element is a menu, a footer or the like: by its tag, role or name, or since it is all links; never
        where most of the page is in it.
        """
        words = len(spaced(node.text_content()))
        if words > 0.3 * self.whole or node.tag in ("html", "body", "main", "article"):
            return False
        if (
            node.tag in _BESIDE
            or node.get("role") in _BESIDE_ROLES
            or _BESIDE_NAMES.search(f"{node.get('class', '')} {node.get('id', '')}")
        ):
            return True
        links = [spaced(link.text_content()) for link in node.iter("a")]
        return (
            node.tag in ("ul", "div", "table", "p", "header") and len(links) > 2 and sum(map(len, links)) > 0.8 * words
        )

    def _grid(self, table: etree._Element, bold: bool, font: str | None, depth: int) -> Grid:
        """A table's cells where they stand once `rowspan` and `colspan` have pushed others aside."""
        rows = [
            row
            for part in table
            for row in ([part] if part.tag == "tr" else part if part.tag in ("thead", "tbody", "tfoot") else [])
            if row.tag == "tr"
        ]
        taken: set[tuple[int, int]] = set()
        cells = []
        for at, row in enumerate(rows):
            column = 0
            for td in row:
                if td.tag not in ("td", "th"):
                    continue
                while (at, column) in taken:
                    column += 1
                across, down = min(_whole(td, "colspan"), guard.MOST_COLUMNS), _whole(td, "rowspan") or len(rows)
                down = min(down, len(rows) - at)
                if column > guard.MOST_COLUMNS:
                    raise guard.too_much(self.name, "cột trong một bảng", "columns in a table", guard.MOST_COLUMNS)
                taken.update((at + y, column + x) for y in range(down) for x in range(max(across, 1)))
                cells.append(
                    GridCell(
                        at,
                        column,
                        down,
                        max(across, 1),
                        tuple(self.parts(td, _is_bold(td, bold), False, _font(td) or font, depth + 1)),
                    )
                )
                column += max(across, 1)
        return Grid(tuple(cells))


def _whole(node: etree._Element, name: str) -> int:
    value = node.get(name, "1").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def _is_bold(node: etree._Element, bold: bool) -> bool:
    style = node.get("style", "").replace(" ", "").lower()
    said = _WEIGHT.search(style)
    if said:
        return said[1] in ("bold", "bolder") or said[1].isdecimal() and int(said[1]) >= 600
    return bold or node.tag in ("b", "strong")


def _font(node: etree._Element) -> str | None:
    said = _FAMILY.search(node.get("style", ""))
    return node.get("face") or (said[1].strip() if said else None)


def _mark(item: etree._Element, count: int) -> str:
    """What a browser draws before an item, the so-many-th of its list: "-" for a dot, "2." or "b)" for its number."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "-"
    number = _whole(above, "start") + count - 1
    kind = above.get("type", "1")
    if kind in "aA" and number <= 26:
        return f"{chr(ord(kind) + number - 1)})"
    return (
        f"{(['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'])[number - 1]}."
        if kind == "I" and number <= 12
        else f"{number}."
    )
