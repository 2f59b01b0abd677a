"""Refuses a file of which a stream unpacks to more than any page of text: it is asked here, with a limit, before anybody
unpacks it.
"""

from __future__ import annotations

import base64
import re
import zlib
from contextlib import suppress

from etl.read import guard

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/(?:Fl(?:ateDecode)?|LZW(?:Decode)?|RL|RunLengthDecode|BrotliDecode)\b")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_ASCII85 = re.compile(rb"/A(?:SCII)?85")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_ELSEWHERE = re.compile(rb"/F(?:ilter)?\s*\[?\s*(\d{1,9})\s+\d+\s+R\b")
_RATIO = 1_400
"""How many times as long as itself a stream packed by LZW can be at most."""
_LARGEST_STREAM, _LARGEST_STREAMS = 40_000_000, 200_000_000
"""Bytes that one stream and all together may unpack to."""


def refuse(content: bytes, name: str) -> None:
    """Raise Unread for a file that is a bomb. A stream that is packed twice is one: no office program writes that."""
    total = 0
    for found in _STREAM.finditer(content):
        said = content[max(found.start() - 1000, 0) : found.start()].rpartition(b" obj")[2]
        # "#46lateDecode" is the same name, and a list of names may stand in an object of its own
        said = _HEX.sub(lambda sign: bytes([int(sign[1], 16)]), said)
        said += b"".join(_object(content, number) for number in _ELSEWHERE.findall(said))
        packed = len(_PACKED.findall(said))
        if not packed or re.search(rb"/Subtype\s*/Image", said):
            continue
        start = found.end()
        if not _FLATE.search(said):
            size = min(_RATIO * (content.find(b"endstream", start) - start), _LARGEST_STREAM)
        elif _ASCII85.search(said):
            size = _unpacked(_from_ascii85(content[start : content.find(b"endstream", start)]), 0)
        else:
            size = _unpacked(content, start)
        total += size
        if packed > 1 or size > _LARGEST_STREAM or total > _LARGEST_STREAMS:
            raise guard.unread(
                name,
                "tệp bung ra quá lớn so với một kế hoạch nên không được mở; hãy xuất lại PDF từ bản gốc",
                "the file unpacks to far more than a plan, so it is not opened; make the PDF again from the original",
            )


def _object(content: bytes, number: bytes) -> bytes:
    """What an object says, up to its end; nothing where it is packed away with others."""
    found = re.search(rb"(?<!\d)%s\s+\d+\s+obj\b(.{0,400}?)\bendobj" % number, content, re.DOTALL)
    return _HEX.sub(lambda sign: bytes([int(sign[1], 16)]), found[1]) if found else b""


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


def _from_ascii85(content: bytes) -> bytes:
    """The bytes of a stream that is written in ASCII signs; none where it is not."""
    try:
        return base64.a85decode(content.strip().removesuffix(b"~>"))
    except ValueError:
        return b""
