"""Refuses a file of which a stream unpacks to more than any page of text: it is asked here, with a limit, before anybody
unpacks it.
"""

from __future__ import annotations

import re
import zlib
from contextlib import suppress

from etl.read import guard

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/Fl(?:ateDecode)?\b")
_LARGEST_STREAM, _LARGEST_STREAMS = 40_000_000, 200_000_000
"""Bytes that one stream and all together may unpack to."""


def refuse(content: bytes, name: str) -> None:
    """Raise Unread for a file that is a bomb. A stream that is packed twice is one: no office program writes that."""
    total = 0
    for found in _STREAM.finditer(content):
        said = content[max(found.start() - 1000, 0) : found.start()].rpartition(b" obj")[2]
        packed = len(_PACKED.findall(said))
        if not packed or re.search(rb"/Subtype\s*/Image", said):
            continue
        size = _unpacked(content, found.end())
        total += size
        if packed > 1 or size > _LARGEST_STREAM or total > _LARGEST_STREAMS:
            raise guard.unread(
                name,
                "tệp bung ra quá lớn so với một kế hoạch nên không được mở; hãy xuất lại PDF từ bản gốc",
                "the file unpacks to far more than a plan, so it is not opened; make the PDF again from the original",
            )


def _unpacked(content: bytes, start: int) -> int:
    """How many bytes a stream unpacks to; counting stops beyond the limit, and where it is no packed stream."""
    unpacker, size = zlib.decompressobj(), 0
    with suppress(zlib.error):
        for at in range(start, len(content), 1 << 16):
            data = content[at : at + (1 << 16)]
            while data and not unpacker.eof and size <= _LARGEST_STREAM:
                size += len(unpacker.decompress(data, 1 << 20))
                data = unpacker.unconsumed_tail
            if unpacker.eof or size > _LARGEST_STREAM:
                break
    return size
