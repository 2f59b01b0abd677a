"""A stranger's file is opened only here: in a process of its own, with limits, in a folder that is gone afterwards.

In: bytes, and a command of etl. Out: what the command printed, line by line, and the folder it wrote into, for as long
as the `with` lasts. The other half, what the process forbids itself, is etl/confine.py. Whatever a file does ends in
`Refused`, whose reason is a word that a page has a sentence for. At most `MOST` files are read at once; the next waits
for its turn.
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
SECONDS, CPU_SECONDS = 90, 60
MEMORY = 3 << 29
MOST_OUTPUT, MOST_ERRORS = 4_000_000, 20_000
MOST = max(1, min(3, (os.cpu_count() or 2) - 1))
"""So many files are read at once: one processor is left for those who read pages."""
PATIENCE = 180
"""Seconds that a file waits for its turn."""
DOCUMENT = "van-ban"
"""What a stranger's file is called inside, whatever it was called outside."""

_PREFIX = "papi-cage-"
_turns = threading.BoundedSemaphore(MOST)
_waiting: list[object] = []


@dataclass
class Limits:
    """What one process may use: seconds on the wall and of CPU, bytes of memory, of one written file, and of output."""

    seconds: float = SECONDS
    cpu: int = CPU_SECONDS
    memory: int = MEMORY
    writes: int = 0
    output: int = MOST_OUTPUT


class Refused(Exception):
    """Why a file was not read. `reason`: unread (then `vi` and `en` say it), time, memory, output, crashed, busy or
    large.
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
) -> Iterator[tuple[dict[str, Any], Path]]:
    """Run one command of etl over these files, in a cage; the last JSON object it printed, and its folder.

    `command` gets the folder, and gives the words of the command. `step` hears the steps that the command names ("match", "page 3"),
    `queued` how many files wait before this one. Raises Refused.
    """
    if any(len(content) > LARGEST_FILE for content in files.values()):
        raise Refused("large")
    with _turn(queued), _folder() as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        yield _run(command(folder), folder, limits, step), folder


@contextmanager
def _turn(queued: Callable[[int], None]) -> Iterator[None]:
    """Wait until fewer than `MOST` files are being read."""
    me = object()
    _waiting.append(me)
    until = time.monotonic() + PATIENCE
    try:
        while not _turns.acquire(timeout=0.2):
            if time.monotonic() > until:
                raise Refused("busy")
            queued(_waiting.index(me))
    finally:
        _waiting.remove(me)
    try:
        yield
    finally:
        _turns.release()


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


def _run(words: Sequence[str | Path], folder: Path, limits: Limits, step: Callable[[str], None]) -> dict[str, Any]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-B",
            "-E",
            "-s",
            "-X",
            "utf8",
            "-m",
            "etl.confine",
            "--folder",
            folder,
            "--seconds",
            str(limits.cpu),
            "--memory",
            str(limits.memory),
            "--writes",
            str(limits.writes),
            *map(str, words),
        ],
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
                line = lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise Refused("time") from None
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
        # also where the page was left in the middle
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
    said = errors[-600:]
    # 3 is etl.confine's own word for it; SIGXCPU is 24 on every Unix that has it, and at the hard limit the system
    # kills
    if (
        code == 3
        or "MemoryError" in said
        or "failed to map segment" in said
        or "bad_alloc" in said
        or "Out of Memory" in said
        or "could not allocate" in said.lower()
    ):
        raise Refused("memory", detail=said)
    if code in (-24, -9):
        raise Refused("time", detail=said)
    raise Refused("crashed", detail=f"{code} {said}")


def bare(sentence: str) -> str:
    """A sentence without the name that the file has inside: "van-ban: là ảnh …" → "Là ảnh …", "van-ban, dòng 1–9: văn
    bản …" → "Dòng 1–9: văn bản …".
    """
    words = sentence.removeprefix(DOCUMENT).lstrip(" :,")
    return words[:1].upper() + words[1:]
