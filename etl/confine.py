"""A process that shuts itself in before it opens a stranger's file, then runs one command of etl.

    python -m etl.confine --folder DIR [--seconds N] [--memory BYTES] [--writes BYTES] COMMAND …

What holds, and where: `enter` says it by name. On Linux: CPU time, memory, size of a written file, number of processes,
and, where the system lets a user make a namespace, no network at all. Everywhere, Windows too: Python code opens no
socket, starts no process but Tesseract on what it is given, and writes nowhere but in the folder. The clock on the wall
is watched by whoever started this process.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import runpy
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

OUT_OF_MEMORY = 3
"""The exit code of a process that met its limit of memory; the commands' own are 0, 1 and 2."""

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38
_NICE = 10
_MOST_PROCESSES = 64  # threads count as well, and libraries start some
_STARTS = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "pty.spawn",
)
_PROGRAM = "tesseract"
"""The one program that may be started: it reads pages that are pictures, from a pipe to a pipe."""
_PROGRAMS = os.pathsep.join((os.defpath, "/usr/local/bin", "/opt/homebrew/bin", r"C:\Program Files\Tesseract-OCR"))
_CHANGES = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.chown",
    "os.truncate",
)


def enter(folder: Path, seconds: int, memory: int, writes: int) -> tuple[str, ...]:
    """Limit this process for good: CPU seconds, bytes of memory, bytes of a file. What holds from now on: network,
    limits, hook.

    Called before any library has started a thread: a process with threads gets no namespace.
    """
    holds = []
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        if libc.unshare(_NEW_USER | _NEW_NET) == 0:
            holds.append("network")
    if sys.platform != "win32":
        import resource

        for name, most in (
            ("CPU", seconds),
            ("AS", memory),
            ("FSIZE", writes),
            ("NPROC", _MOST_PROCESSES),
            ("CORE", 0),
        ):
            kind = getattr(resource, f"RLIMIT_{name}", None)
            if kind is not None:
                _, hard = resource.getrlimit(kind)
                most = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(kind, (most, most))
        _give_way()
        holds.append("limits")
    _watch(folder.resolve())
    return (*holds, "hook")


def _give_way() -> None:
    """Let whoever reads a page come first, and go on with a tenth of a processor where all are busy. On Linux a session
    of its own often has a share of its own as well, which the nice value of its processes does not lower.
    """
    os.nice(_NICE)
    if sys.platform == "linux" and os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_NICE))


def _watch(folder: Path) -> None:
    """Refuse from now on what a reader of documents never does."""
    inside = (str(folder), str(folder) + os.sep)
    program = shutil.which(_PROGRAM)
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def is_inside(path: Any) -> bool:
        if isinstance(path, int) or path is None:
            return True  # it is open already
        full = os.path.abspath(os.fsdecode(path))
        return full == inside[0] or full.startswith(inside[1]) or full == os.devnull

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" and program and list(arguments[1][:3]) == [program, "stdin", "stdout"]:
            return
        if event.startswith("socket.") or event in _STARTS:
            raise PermissionError(f"{event} is not allowed while a document is read")
        if event == "open":
            path, _, flags = arguments
            if flags and flags & writing and not is_inside(path):
                raise PermissionError("a document's reader writes nowhere but in its own folder")
        elif event in _CHANGES and not all(
            is_inside(path) for path in arguments if isinstance(path, (str, bytes, os.PathLike))
        ):
            raise PermissionError(f"{event} is not allowed while a document is read")

    sys.addaudithook(hook)


def main(arguments: Sequence[str] | None = None) -> None:
    """Shut this process in and run one command of etl in it."""
    parser = argparse.ArgumentParser(prog="python -m etl.confine")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--memory", type=int, default=2 << 30)
    parser.add_argument("--writes", type=int, default=0)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    os.environ["PATH"] = _PROGRAMS
    os.environ["OCR_UNTIL"] = str(time.monotonic() + chosen.seconds)
    enter(chosen.folder, chosen.seconds, chosen.memory, chosen.writes)
    sys.argv = ["etl", *chosen.command]
    try:
        runpy.run_module("etl", run_name="__main__", alter_sys=True)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
