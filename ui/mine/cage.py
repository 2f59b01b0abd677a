"""A reader's own document is handed to etl here, which opens it in its cage (`etl/cage`): in a process of its own, with
limits, in a folder that is gone afterwards.

In: bytes, and a command of etl. Out: what the command printed, line by line, and the folder it wrote into, for as long
as the `with` lasts. Whatever a file does ends in `Refused`, whose reason is a word that a page has a sentence for, or
etl's own sentence. At most `MOST` files are read at once, one that takes long aside; the next waits for its turn.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ui import ROOT

LARGEST_FILE = 20_000_000
"""Bytes of a file that is taken; the same as maxUploadSize in .streamlit/config.toml."""
SECONDS = 150
"""On the wall, for a document that etl reads in less and loads."""
MOST_OUTPUT, MOST_ERRORS = 4_000_000, 20_000
MOST, TURN, MOST_IN_ALL = 2, 10.0, 4
"""So many files are read at once; one that has taken so many seconds counts no longer, as long as there are no more than so
many in all: nobody waits for a stranger's file that has no end."""
PATIENCE = 180
"""Seconds that a file waits for its turn."""
DOCUMENT = "van-ban"
"""What a stranger's file is called inside, whatever it was called outside."""

_PREFIX = "papi-cage-"
_LOOK = 0.5
"""How often it is looked whether whoever asked is still there."""
_turns = threading.Condition()
_reading: dict[object, float] = {}
_waiting: list[object] = []


@dataclass
class Limits:
    """What one process may use: seconds on the wall, and bytes of output."""

    seconds: float = SECONDS
    output: int = MOST_OUTPUT


class Refused(Exception):
    """Why a file was not read. `reason`: unread (then `vi` and `en` say it), time, output, crashed, busy, large, full
    (too many drafts), or left, where nobody waits for it any more.
    """

    def __init__(self, reason: str, vi: str = "", en: str = "", detail: str = ""):
        super().__init__(f"{reason}: {detail or en}")
        self.reason, self.vi, self.en, self.detail = reason, vi, en, detail


@contextmanager
def opened(
    command: Callable[[Path], Sequence[str | Path]],
    files: Mapping[str, bytes],
    *,
    limits: Limits = Limits(),
    step: Callable[[str], None] = lambda name: None,
    queued: Callable[[int], None] = lambda before: None,
    is_left: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[dict[str, Any], Path]]:
    """Run one command of etl over these files, in a cage; the last JSON object it printed, and its folder.

    `command` gets the folder, and gives the words of the command. `step` hears the steps that the command names ("match", "page 3"),
    `queued` how many files wait before this one; `is_left` says whether whoever asked has gone. Raises Refused.
    """
    if any(len(content) > LARGEST_FILE for content in files.values()):
        raise Refused("large")
    with _turn(queued), _folder() as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        yield _run(command(folder), folder, limits, step, is_left), folder


@contextmanager
def _turn(queued: Callable[[int], None]) -> Iterator[None]:
    """Wait until there is room, in the order of coming."""
    me = object()
    until = time.monotonic() + PATIENCE
    with _turns:
        _waiting.append(me)
    try:
        while not _begins(me):
            if time.monotonic() > until:
                raise Refused("busy")
            queued(_waiting.index(me))
    finally:
        with _turns:
            _waiting.remove(me)
            _turns.notify_all()
    try:
        yield
    finally:
        with _turns:
            del _reading[me]
            _turns.notify_all()


def _begins(me: object) -> bool:
    """Whether one's turn has come; a moment is waited for it."""
    with _turns:
        quick = [began for began in _reading.values() if time.monotonic() - began < TURN]
        if _waiting[0] is me and len(quick) < MOST and len(_reading) < MOST_IN_ALL:
            _reading[me] = time.monotonic()
            return True
        _turns.wait(0.2)
        return False


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that only this user can open and that is gone afterwards: in memory where the system has room there,
    else on the disk.
    """
    memory = Path("/dev/shm")
    in_memory = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > (1 << 30)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=memory if in_memory else None)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(older_than: float = 3600) -> None:
    """Remove what a server left behind that was killed while a file was read."""
    for home in {Path(tempfile.gettempdir()), Path("/dev/shm")}:
        for left in home.glob(f"{_PREFIX}*") if home.is_dir() else ():
            try:
                if time.time() - left.stat().st_mtime > older_than:
                    shutil.rmtree(left, ignore_errors=True)
            except OSError:
                continue  # somebody else's, or gone


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours: no keys, no proxies, no home. Windows starts no Python without its own two."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "TEMP": str(folder),
        "TMP": str(folder),
        "LANG": "C.UTF-8",
        "PATH": "",
        **{f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")},
        "ARROW_IO_THREADS": "1",
        # both would reserve gigabytes that are never used, and the limit of memory counts what is reserved
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "1",
    }


def _run(
    words: Sequence[str | Path], folder: Path, limits: Limits, step: Callable[[str], None], is_left: Callable[[], bool]
) -> dict[str, Any]:
    process = subprocess.Popen(
        [sys.executable, "-B", "-E", "-s", "-X", "utf8", "-m", "etl", *map(str, words)],
        cwd=ROOT,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        close_fds=True,
    )
    assert process.stdout is not None and process.stderr is not None  # both are pipes
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    errors: list[bytes] = []
    listeners = [
        threading.Thread(target=_listen, args=(process.stdout, limits.output, lines.put), daemon=True),
        threading.Thread(target=_listen, args=(process.stderr, MOST_ERRORS, errors.append), daemon=True),
    ]
    until = time.monotonic() + limits.seconds
    last: dict[str, Any] = {}
    try:
        for listener in listeners:
            listener.start()
        taken = 0
        while True:
            try:
                line = lines.get(timeout=min(_LOOK, max(0.0, until - time.monotonic())))
            except queue.Empty:
                if time.monotonic() >= until or is_left():
                    raise Refused("left" if is_left() else "time") from None
                continue
            if line is None:
                break
            taken += len(line)
            if taken > limits.output:
                raise Refused("output")
            last = _object(line)
            if "step" in last:
                step(" ".join(str(last[part]) for part in ("step", "page") if part in last))
        process.wait(timeout=max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise Refused("time") from None
    finally:
        # also where the page was left in the middle; what etl has started dies with it
        process.kill()
        process.wait()
        for listener in listeners:
            listener.join(timeout=1)
        process.stdout.close()
        process.stderr.close()
    return _answer(
        process.returncode, last, b"".join(error for error in errors if error).decode("utf-8", errors="replace")
    )


def _listen(pipe: Any, most: int, put: Callable[[bytes | None], Any]) -> None:
    """Hand on the lines of a pipe, none of them longer than what may be said in all; what comes after that is read and
    dropped.
    """
    heard = 0
    try:
        while line := pipe.readline(most + 1):
            heard += len(line)
            if heard - len(line) <= most:
                put(line)
    except (OSError, ValueError):
        pass  # closed from the other end
    put(None)


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused("crashed", detail=line[:200].decode("utf-8", errors="replace"))
    return found


def _answer(code: int, last: dict[str, Any], errors: str) -> dict[str, Any]:
    if code == 0:
        return last
    if code == 2 and isinstance(last.get("unread"), dict):
        raise Refused("unread", bare(str(last["unread"].get("vi", ""))), bare(str(last["unread"].get("en", ""))))
    raise Refused("crashed", detail=f"{code} {errors[-600:]}")


def bare(sentence: str) -> str:
    """A sentence without the name that the file has inside: "van-ban: là ảnh …" → "Là ảnh …", "van-ban, dòng 1–9: văn
    bản …" → "Dòng 1–9: văn bản …".
    """
    words = sentence.removeprefix(DOCUMENT).lstrip(" :,")
    return words[:1].upper() + words[1:]
