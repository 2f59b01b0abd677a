"""place: where documents and readings lie, by a path, or by a URL that fsspec knows (`file://`, `s3://`), so that several
machines share them. Either has the methods of a `Path`; without a URL neither fsspec nor `universal_pathlib` has to be
installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from etl.model import Failed

MAKING = ".making-"
"""How the name of a file begins that is not whole yet."""


def place(words: str) -> Path:
    """A file or folder by what somebody typed. Raises Failed where its kind of URL is not known here."""
    if "://" not in words:
        return Path(words)
    try:
        from upath import UPath

        return cast(Path, UPath(words))
    except (ImportError, ValueError) as error:
        raise Failed(
            f"{words}: không mở được nơi này ({error}); hãy cài requirements-cluster.txt, và gói của loại địa chỉ này (s3fs cho s3://).",
            f"{words}: cannot be opened ({error}); install requirements-cluster.txt, and the package of this kind of address (s3fs for s3://).",
        ) from None


def is_near(file: Path) -> bool:
    """Whether it is a path of this machine."""
    return isinstance(file, Path)


def put(file: Path, content: bytes) -> None:
    """Write a file, whole or not at all: behind a URL an object is there when all of it is."""
    if is_near(file):
        making = file.with_name(f"{MAKING}{file.name}")
        making.write_bytes(content)
        os.replace(making, file)
    else:
        file.write_bytes(content)


@contextmanager
def near(files: Iterable[Path]) -> Iterator[list[Path]]:
    """These files at paths of this machine: copies as long as this lasts, where they are elsewhere."""
    with TemporaryDirectory() as folder:
        yield [file if is_near(file) else fetched(file, Path(folder)) for file in files]


def fetched(file: Path, folder: Path) -> Path:
    """A copy of a file in a folder of this machine."""
    copy = folder / file.name
    copy.write_bytes(file.read_bytes())
    return copy
