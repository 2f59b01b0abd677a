"""A photo or a scan of one page as a picture (JPEG, PNG, TIFF), recognised like a page of a PDF.

In: a picture that `guard` has let through. Out: blocks. A picture is turned as its camera says, and made smaller where it
has more dots than anybody needs to read a page.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from etl.model import Block
from etl.read import guard, ocr
from etl.read.pdf import recognised, together

_MOST_DOTS = 60_000_000
"""Of a picture once it is unpacked: a JPEG may have four times as many in each direction, and is unpacked smaller."""
_PAGE_HEIGHT = 11.7
"""Inches that the longer side of a photographed page has."""


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a picture's pages. Raises Unread where it is damaged or too large, or no words are recognised."""
    seen = list(ocr.pages(_pictures(content, name))) if ocr.program() else []
    tried = {one.page.number for one in seen}
    read = [one for one in seen if one.words]
    if not read:
        raise guard.unread(name, f"là ảnh{ocr.remedy()[0]}", f"a picture{ocr.remedy()[1]}")
    left_out = {one.page.number: "page_not_recognised" for one in seen if not one.words}
    left_out |= {number: "page_not_tried" for number in range(1, _count(content) + 1) if number not in tried}
    yield from together([recognised(one) for one in read], seen, left_out, name)


def _pictures(content: bytes, name: str) -> Iterator[tuple[int, Image.Image, float]]:
    """The pages of a picture, each with its number and dots an inch if it shows a whole sheet."""
    try:
        with _opened(content) as file:
            file.draft(None, _shrunk(file))  # a JPEG only
            if file.width * file.height > _MOST_DOTS:
                raise guard.unread(
                    name,
                    f"là ảnh có hơn {_MOST_DOTS // 1_000_000} triệu điểm ảnh; hãy lưu lại ảnh nhỏ hơn (300 điểm mỗi inch là đủ) rồi nộp lại",
                    f"a picture of more than {_MOST_DOTS // 1_000_000} million dots; save it smaller (300 dots an inch are enough) and try again",
                )
            for number, frame in zip(range(1, ocr.MOST_PAGES + 1), ImageSequence.Iterator(file)):
                picture = ImageOps.exif_transpose(frame.convert("RGB"))
                yield number, picture.resize(_shrunk(picture)), max(_shrunk(picture)) / _PAGE_HEIGHT
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise guard.unread(
            name,
            "là ảnh bị hỏng hoặc thiếu một phần; hãy chụp, quét hoặc chép lại từ bản gốc",
            "a picture that is damaged or incomplete; take, scan or copy it again from the original",
        ) from None


def _count(content: bytes) -> int:
    """How many pages a picture has that was opened before: a TIFF may have several."""
    with _opened(content) as file:
        return min(getattr(file, "n_frames", 1), guard.MOST_PAGES)


def _opened(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF"))


def _shrunk(picture: Image.Image) -> tuple[int, int]:
    """The size of a picture once it has no more dots than are read."""
    factor = min(1.0, math.sqrt(ocr.MOST_DOTS / (picture.width * picture.height)))
    return round(picture.width * factor), round(picture.height * factor)
