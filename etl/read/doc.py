"""Old Word documents (.doc): made a .docx by a converter in Python, then read as one.

In: a .doc of Word 97 to 2003. Out: blocks. What the converter wrote goes through the guard like any stranger's package;
macros are not converted, and the blocks say that there were some.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from doc2docx import convert
from doc2docx.cfb import CompoundFileLimits
from doc2docx.errors import EncryptedDocumentError, InvalidWordDocument
from doc2docx.msdoc import formatting, sprm

from etl.model import Block
from etl.read import docx, guard

_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_LIMITS = CompoundFileLimits(guard.LARGEST_FILE, guard.LARGEST_FILE, 10_000)


def _whole(data: bytes, **options: Any) -> tuple[sprm.PropertyModifier, ...]:
    """The properties of a paragraph or a table's row without a last one that is cut off: LibreOffice writes no more of a
    long row's shading than fits, and the converter would refuse the document.
    """
    for end in range(len(data), 0, -1):
        with suppress(InvalidWordDocument):
            return sprm.parse_grpprl(data[:end], **options)
    return ()


formatting.parse_grpprl = _whole


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of an old Word document. Raises Unread where it is locked, damaged, or older than Word 97."""
    package = _converted(content, name)
    guard.format_of(package, name)
    for block in docx.blocks(package, name):
        has_macros = block.first_line == 1 and _MACROS in content
        yield replace(block, note=f"{block.note}\nparts_left_shut VBA".lstrip()) if has_macros else block


def _converted(content: bytes, name: str) -> bytes:
    """The same document as a .docx."""
    folder = Path(tempfile.mkdtemp())
    old, new = folder / "old.doc", folder / "new.docx"
    try:
        old.write_bytes(content)
        convert(old, new, limits=_LIMITS)
        return new.read_bytes()
    except EncryptedDocumentError:
        raise guard.encrypted(name) from None
    except MemoryError:
        raise
    except Exception:
        raise guard.damaged(name) from None
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
