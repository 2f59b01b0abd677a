"""What a process forbids itself, for good, before it opens a stranger's file.

In: the documents, the one folder that may be written, and limits. Out: the names of the walls that stand from now on:

    files      nothing is read but the document, the program and its libraries, nothing written but in the folder
    processes  none is started, but Tesseract where the document may hold pictures
    signals    none is sent to a process outside
    network    no socket is opened
    limits     processor time, memory, size of a file, number of processes
    hook       all of this again within Python, which holds on every system

The first four are the kernel's: Landlock, seccomp and, where these are not to be had, a network namespace of its own.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
import sysconfig
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from etl.cage import landlock, seccomp
from etl.reference import DATA, ROOT

WALLS = ("files", "processes", "signals", "network", "limits", "hook")
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38
_NICE = 10
_MOST_PROCESSES = 64  # threads count as well, and libraries start some
_PROGRAM = "tesseract"
"""The one program that may be started: it reads pages that are pictures, from a pipe to a pipe."""
PROGRAMS = os.pathsep.join((os.defpath, "/usr/local/bin", "/opt/homebrew/bin", r"C:\Program Files\Tesseract-OCR"))
"""Where it is looked for, whatever the caller's own path says."""
_SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/usr/share",
    "/etc/ld.so.cache",
    "/dev/urandom",
)
"""Where the system keeps libraries and what they need."""
_GROWN, _entered, _begun = 50_000, 0, 0.0
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


def standing() -> tuple[str, ...]:
    """The walls that stand around every document on this system, by the same rules as `enter` puts them up."""
    if sys.platform == "win32":
        return ("hook",)
    if sys.platform != "linux":
        return ("limits", "hook")
    kernel, calls = landlock.version(), seccomp.is_there()
    stands = {
        "files": kernel > 0,
        "processes": calls,
        "signals": kernel >= landlock.SIGNALS or calls and not _program(),
        "network": calls,
        "limits": True,
        "hook": True,
    }
    return tuple(wall for wall in WALLS if stands[wall])


def enter(
    documents: Iterable[Path], folder: Path, cpu: int, cpu_most: int, memory: int, writes: int, pictures: bool
) -> list[str]:
    """Limit this process for good, and say which walls stand: processor seconds (`begin_anew` lets it go on up to
    `cpu_most`), bytes of memory beyond those it has, bytes of a file. With `pictures` it may start Tesseract.

    Called before any library has started a thread: those that run already are not shut in.
    """
    program = _program() if pictures else None
    stands = []
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.mallopt(-8, 1)  # one arena: each further one would reserve 64 MB that the limit of memory counts
    if sys.platform != "win32":
        _limit(cpu, cpu_most, memory, writes)
        stands.append("limits")
    _watch(folder, program)
    stands.append("hook")
    if sys.platform == "linux":
        kernel = landlock.version()
        if kernel and landlock.shut(read={*documents, *_readable()}, write={folder}, start=_started(program)):
            stands.append("files")
        if seccomp.shut(may_start=bool(program), may_signal=kernel >= landlock.SIGNALS or bool(program)):
            stands += ["processes", "network"]
        elif libc.unshare(_NEW_USER | _NEW_NET) == 0:
            stands.append("network")
        if "files" in stands and kernel >= landlock.SIGNALS or "processes" in stands and not program:
            stands.append("signals")
    return [wall for wall in WALLS if wall in stands]


@cache
def prepare() -> None:
    """Find out once what every process needs that shuts itself in: who forks it hands that on."""
    _peak()
    _readable()
    if sys.platform == "linux":
        seccomp.prepare(may_start=False, may_signal=landlock.version() >= landlock.SIGNALS)


def begin_anew(cpu: int) -> None:
    """From now on this process may use so many seconds more: it begins with a document, or recognises pages."""
    global _begun
    _begun = time.process_time()
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(_begun) + 1 + cpu
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (min(soft, hard) if hard >= 0 else soft, hard))


def spent() -> float:
    """The seconds of a processor that this process has used since it last began anew."""
    return time.process_time() - _begun


def is_roomy(cpu: int) -> bool:
    """Whether this process has not grown much beyond what it was when it was shut in, and may use so many seconds more."""
    lasts = True
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        lasts = hard < 0 or time.process_time() + cpu + 1 < hard
    return lasts and _peak() - _entered < _GROWN


def _peak() -> int:
    """The most kilobytes that this process has held; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def give_way() -> None:
    """Let whoever reads a page come first, and go on with a tenth of a processor where all are busy. On Linux a session
    of its own often has a share of its own as well, which the nice value of its processes does not lower.
    """
    if sys.platform == "win32":
        return
    os.nice(_NICE)
    if sys.platform == "linux" and os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_NICE))


def _limit(cpu: int, cpu_most: int, memory: int, writes: int) -> None:
    import resource

    global _entered
    _entered, held = _peak(), 0
    with suppress(OSError):
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for name, soft, hard in (
        ("CPU", cpu, max(cpu_most, cpu) + 1),
        ("AS", held + memory, held + memory),
        ("FSIZE", writes, writes),
        ("NPROC", _MOST_PROCESSES, _MOST_PROCESSES),
        ("CORE", 0, 0),
    ):
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            _, most = resource.getrlimit(kind)
            of = (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))
            with suppress(ValueError, OSError):  # macOS takes no limit of memory
                resource.setrlimit(kind, of)


def _program() -> str | None:
    return shutil.which(_PROGRAM, path=PROGRAMS)


@cache
def _readable() -> frozenset[Path]:
    """The program and its knowledge, without the plans and builds beside them; Python and its packages; the system's
    libraries.
    """
    ours = {ROOT / "etl", ROOT / "tables", ROOT / "carried", ROOT / "decided", DATA / "reference", DATA / "gold"}
    python = {Path(path) for path in (*sys.path, *sysconfig.get_paths().values()) if path} - {Path(), ROOT, Path.cwd()}
    return frozenset(
        ours
        | {path for path in python if path != Path(path.anchor) and path not in ROOT.parents}
        | {Path(path) for path in _SYSTEM}
    )


def _started(program: str | None) -> set[Path]:
    """What the kernel has to let start for Tesseract: itself, and what loads its libraries."""
    if program is None:
        return set()
    homes = ("lib64", "lib", "lib/*-linux-*", "usr/lib")
    return {Path(program), *(loader for home in homes for loader in Path("/").glob(f"{home}/ld-*.so*"))}


def _watch(folder: Path, program: str | None) -> None:
    """Refuse from now on what a reader of documents never does."""
    inside = (str(folder), str(folder) + os.sep)
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def is_inside(path: Any) -> bool:
        if isinstance(path, int) or path is None:
            return True  # it is open already
        full = os.path.abspath(os.fsdecode(path))
        return full == inside[0] or full.startswith(inside[1]) or full == os.devnull

    def are_inside(paths: Iterable[Any]) -> bool:
        return all(is_inside(path) for path in paths if isinstance(path, (str, bytes, os.PathLike)))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" and program and list(arguments[1][:3]) == [program, "stdin", "stdout"]:
            return
        if event.startswith("socket.") or event in _STARTS:
            raise PermissionError(f"{event} is not allowed while a document is read")
        if event == "open":
            path, _, flags = arguments
            if flags and flags & writing and not is_inside(path):
                raise PermissionError("a document's reader writes nowhere but in its own folder")
        elif event in _CHANGES and not are_inside(arguments):
            raise PermissionError(f"{event} is not allowed while a document is read")

    sys.addaudithook(hook)
