"""publish: a database file in force → a pointer that names it, switched whole; one build at a time.

A published file never changes, and a build killed at any moment leaves the pointer where it was; what it left behind is
removed by the next build. The lock is the system's own and dies with its process.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl import model
from etl.reference import DATA

POINTER = "current"


BUILD = re.compile(r"papi-\d{8}T\d{6}Z-\d+\.duckdb")


def folder() -> Path:
    """Where builds live: `PAPI_BUILD`, else data/build."""
    return Path(os.environ.get("PAPI_BUILD") or DATA / "build")


def latest(home: Path) -> Path | None:
    """The build in force, or None where there is none, or what should name it says something else."""
    try:
        name = (home / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
    file = home / name
    return file if name and file.parent == home and file.is_file() else None


# Publishing.


def publish(file: Path, home: Path) -> Path:
    """Give a verified `.NAME.new` its own name, switch the pointer to it, and remove all builds but it and the one
    before; of builds that were cut short none counts as that.
    """
    in_force = latest(home)
    final = home / file.name.removeprefix(".").removesuffix(".new")
    os.replace(file, final)
    to_disk(home)
    pointer = home / f".{POINTER}.new"
    pointer.write_text(final.name + "\n", encoding="utf-8")
    to_disk(pointer)
    os.replace(pointer, home / POINTER)
    to_disk(home)
    builds = sorted((old for old in home.iterdir() if BUILD.fullmatch(old.name) and old != final), reverse=True)
    before = next(filter(_is_whole, [*filter(None, [in_force]), *builds]), None)
    for old in builds:
        if old != before:
            _remove(old)
    return final


def _is_whole(file: Path) -> bool:
    """Whether a build is as long as it says it is, free blocks aside: DuckDB cuts those off the end and counts them all the same."""
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            blocks = con.execute("select used_blocks * block_size from pragma_database_size()").fetchone()
    except duckdb.Error:
        return False
    return blocks is not None and file.stat().st_size > blocks[0]


def new_name(home: Path) -> str:
    """A name that no build has had, not even one of this second that is gone again: its path may still be open
    somewhere.
    """
    stamp = f"papi-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    taken = [int(file.stem.rpartition("-")[2]) for file in home.glob(f"{stamp}-*.duckdb") if BUILD.fullmatch(file.name)]
    return f"{stamp}-{max(taken, default=0) + 1}"


@contextmanager
def only_one(lock: Path, passing: bool) -> Iterator[None]:
    """Hold a lock file, or say that somebody else does. The system frees it when its process dies; `passing` removes
    it.
    """
    held = FileLock(lock, timeout=0, preserve_lock_file=True)
    try:
        held.acquire()
    except Timeout:
        raise model.Busy(
            f"{lock.parent}: một lần dựng khác đang ghi cơ sở dữ liệu ở đây; hãy chờ nó xong rồi chạy lại.",
            f"{lock.parent}: another build is writing the database here; wait for it to end, then run again.",
        ) from None
    try:
        yield
    finally:
        if passing and os.name != "nt":
            lock.unlink(missing_ok=True)  # while it is still held: later it may be another's
        held.release()
        if passing and os.name == "nt":
            _remove(lock)  # Windows removes no open file, and none that another holds


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk and would outlive a power cut."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(home: Path, beginning: re.Pattern[str]) -> None:
    """Remove what an unfinished build left: its file, its log, its spilled pages. Called only under the lock."""
    for left in home.iterdir():
        if beginning.match(left.name):
            _remove(left)


def _remove(path: Path) -> None:
    """Remove a file or folder. One that cannot go now (Windows holds open files) stays until the next build."""
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
