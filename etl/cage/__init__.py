"""Every document is opened here: in a process of its own that has shut itself in, with limits of time and memory.

In: jobs, each a document and what is to be done with it. Out: as they come, what each gave, or one sentence why not;
whatever happens to one, the others go on.

    walls      what the process forbids itself, and which walls stand on this system
    landlock, seccomp      the kernel's part of that
    wire       what comes out, as JSON, held against its types

On Linux the process is forked for a document: it has all that is loaded, is there in some milliseconds, and takes
whatever the document did to it with it. Only documents that are `harmless` may share one. Where there are many, what looks
at the bytes of one is all that such a process does, and what is made of the plain values it gives (`Half`) is made in a
process that lives on: shut in as well, with nothing to read but the program, held to the same limits for each document,
and ended with whatever document breaks them. Elsewhere one process reads on until it has to be ended, and another takes
its place.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, TypeVar

from etl.cage import walls, wire
from etl.cage.walls import give_way, standing
from etl.model import BadReference, OtherIndex, Plan, Unread

__all__ = ["Answer", "Half", "Job", "Limits", "give_way", "one", "results", "standing"]

T = TypeVar("T")

_FORKS = sys.platform == "linux"
_CONTEXT: Any = multiprocessing.get_context("fork" if _FORKS else "spawn")
_MOST_STEPS = 2_000
_HALF = b"\0"
"""What stands before the values that a half has given: they are none of its parent's business."""
_PATIENCE = 2.0
"""Seconds that a process which has been told to end may take for it."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What the process of one document may use: seconds of a processor; the same and seconds on the wall where it
    recognises pages that are pictures; seconds on the wall; bytes of memory beyond the program's own, of a file that it
    writes for itself, and of what it gives.
    """

    cpu: int = 16
    seconds: float = 60
    scan_cpu: int = 600
    scan_seconds: float = 1200
    memory: int = 480_000_000
    writes: int = 120_000_000
    output: int = 100_000_000


@dataclass(frozen=True, eq=False)
class Half:
    """What of a job looks at the bytes, what that gives (a dataclass of plain values), and of what document the other half
    is told that makes something of it.
    """

    run: Callable[[], object]
    kind: type
    about: object


@dataclass(frozen=True)
class Job(Generic[T]):
    """One document, what is done with it inside, and what comes out of that (a dataclass); `prepare` is done before and
    outside, for all that follow. `harmless`: nothing that looks at its bytes could be taken over by them. `half`: the part
    of what is done that looks at the bytes, where the rest may be done apart.
    """

    file: Path
    run: Callable[[], T]
    kind: type[T]
    prepare: Callable[[Path], object] = lambda file: None
    harmless: bool = False
    half: Half | None = None


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What came of a job: what it gave or why it gave nothing, by which worker (from 1), after how many seconds, and what
    it was stopped for before it had said anything itself: `time`, `memory`, `output`, `crashed`; "" where it was not.
    """

    job: Job[T]
    said: T | Unread
    worker: int
    seconds: float
    stopped: str


_SENTENCES = {
    "time": (
        "đọc quá lâu nên đã dừng, vì tệp quá lớn hoặc có cấu tạo bất thường; hãy tách riêng phần kế hoạch, lưu lại thành .docx rồi thử lại",
        "reading took too long and was stopped, because the file is too large or built in an unusual way; extract the plan itself, save it as .docx and try again",
    ),
    "memory": (
        "tệp cần quá nhiều bộ nhớ nên đã dừng đọc; hãy bỏ ảnh và phần trống, lưu lại thành .docx rồi thử lại",
        "the file needs too much memory, so reading was stopped; remove pictures and empty parts, save it as .docx and try again",
    ),
    "output": (
        "tệp cho ra quá nhiều dữ liệu so với một kế hoạch nên đã dừng đọc; hãy tách riêng phần kế hoạch rồi thử lại",
        "the file yields far more data than a plan holds, so reading was stopped; extract the plan itself and try again",
    ),
    "crashed": (
        "tệp làm chương trình đọc dừng giữa chừng, có thể do bị hỏng; hãy mở bằng Word, lưu lại thành .docx rồi thử lại",
        "the file made the reader stop halfway; it may be damaged; open it in Word, save it as .docx and try again",
    ),
}


def _refused(file: Path, reason: str) -> Unread:
    vi, en = _SENTENCES[reason]
    return Unread(f"{file.name}: {vi}.", f"{file.name}: {en}.")


def results(
    jobs: Iterable[Job[T]],
    *,
    limits: Limits = Limits(),
    workers: int = 1,
    several: int = 1,
    tries: int = 1,
    heard: Callable[[str], object] = lambda step: None,
    then: Callable[[Any, Any], T] | None = None,
) -> Iterator[Answer[T]]:
    """What came of each job, as they come, so many at once (with one worker in their order). A process is forked for
    each, or for `several` harmless ones that follow each other, as long as none misbehaves. With `then` it does no more
    than the half of the job that looks at the bytes, and `then` makes the answer of what the half is about and gives, in a
    process that goes on to the next. A document whose process somebody else has killed is begun again, up to so many
    `tries`. `heard` is told what they are at ("match", "page 3"). Raises BadReference where a table is at fault and no
    document.
    """
    waiting, pending = iter(jobs), deque[Job[T]]()
    killed: Counter[Job[T]] = Counter()
    busy: dict[Connection, _Worker] = {}
    idle: list[_Worker] = []
    living: list[_Living] = []
    try:
        while True:
            while len(busy) < workers:
                pending.extend(islice(waiting, max(several - len(pending), 0)))
                if not pending:
                    break
                number = min(set(range(1, workers + 1)) - {one.number for one in busy.values()})
                worker = idle.pop() if idle else _Worker(limits, halves=_FORKS and then is not None)
                worker.begin(_together(pending, several), number)
                busy[worker.ours] = worker
            if not busy:
                return
            soonest = min(worker.until for worker in busy.values()) - time.monotonic()
            for ready in connection.wait(list(busy), timeout=max(soonest, 0)):
                busy[ready].listen(heard)  # type: ignore[index]
            for worker in [worker for worker in busy.values() if worker.is_done()]:
                if worker.given is not None:
                    del busy[worker.ours]
                    other = living.pop() if living else _Living(limits, then)
                    other.take_over(worker)
                    worker.end()
                    busy[other.ours] = other
                    continue
                answer, was_killed = worker.answer(), worker.was_killed()
                if not worker.goes_on():
                    del busy[worker.ours]
                    pending.extendleft(reversed(worker.left()))
                    if not worker.end_unless_ready():
                        living.append(worker) if isinstance(worker, _Living) else idle.append(worker)
                if was_killed:
                    killed[answer.job] += 1
                if was_killed and killed[answer.job] < tries:
                    pending.appendleft(answer.job)
                else:
                    yield answer
    finally:
        for worker in (*busy.values(), *idle, *living):
            worker.end()


def one(job: Job[T], limits: Limits = Limits(), heard: Callable[[str], object] = lambda step: None) -> T:
    """What one job gives. Raises Unread where it gives nothing."""
    (answer,) = results([job], limits=limits, heard=heard)
    if isinstance(answer.said, Unread):
        raise answer.said
    return answer.said


def _together(pending: deque[Job[T]], several: int) -> list[Job[T]]:
    """The next job, and so many after it as may share its process."""
    some = [pending.popleft()]
    while some[-1].harmless and pending and pending[0].harmless and len(some) < several:
        some.append(pending.popleft())
    return some


class _Worker:
    """A process that does one job after the other; where it can be forked, one."""

    def __init__(self, limits: Limits, halves: bool = False):
        self.limits, self.halves = limits, halves
        self.job: Job | None = None
        self.given: bytes | None = None
        """What the half of its job has given, as it said it."""
        self.folder = _folder()
        self.process: Any = None
        self.ours: Any = None
        self.until = 0.0

    def begin(self, jobs: Sequence[Job], number: int) -> None:
        """Give it some jobs, to be done one after the other, as the worker of this number."""
        self.rest, self.number = deque(jobs), number
        if _FORKS:
            for job in jobs:
                job.prepare(job.file)
        if self.process is None:
            self.halves = self.halves and len(jobs) == 1 and jobs[0].half is not None and not jobs[0].harmless
            self._start(*((_forked, list(jobs), self.halves) if _FORKS else (_spawned,)))
        self._next()

    def _start(self, life: Callable[..., None], *given: object) -> None:
        if _FORKS:
            walls.prepare()
        self.ours, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=life, args=(theirs, *given, self.limits, self.folder), daemon=True)
        self.process.start()
        theirs.close()

    def _next(self) -> None:
        """Let it begin with its next job."""
        self.job, self.steps, self.last, self.reason, self.has_pages = self.rest.popleft(), 0, None, "", False
        self.began = time.monotonic()
        self.until = self.began + self.limits.seconds
        with suppress(OSError):  # who is gone is heard to be
            self.ours.send(None if _FORKS else (self.job.file, self.job.run))

    def goes_on(self) -> bool:
        """Whether it is as it should be, and has begun with another of its jobs."""
        if self.reason or not self.rest or not isinstance(self.last, dict) or self.last.get("ready") is not True:
            return False
        self._next()
        return True

    def left(self) -> list[Job]:
        """The jobs that it was given and will not do."""
        return list(self.rest)

    def listen(self, heard: Callable[[str], object]) -> None:
        """Take what it says next: a step, or its answer."""
        try:
            content = self.ours.recv_bytes(self.limits.output)
            if self.halves and content.startswith(_HALF):
                self.given = content[len(_HALF) :]
                return
            said = wire.loaded(content)
            step = said.get("step") if isinstance(said, dict) else None
        except (EOFError, ConnectionError):
            self.reason = "ended"
            return
        except OSError:
            self.reason = "output"
            return
        except wire.Strange:
            self.reason = "crashed"
            return
        if not isinstance(step, str):
            self.last = said
            return
        self.steps += 1
        if self.steps > _MOST_STEPS:
            self.reason = "output"
        if step.startswith("page ") and not self.has_pages:
            self.has_pages = True
            self.until += self.limits.scan_seconds - self.limits.seconds
        heard(step[:40])

    def is_done(self) -> bool:
        """Whether it has answered, is gone, or has to go."""
        if self.last is None and self.given is None and not self.reason and time.monotonic() > self.until:
            self.reason = "time"
        return self.last is not None or self.given is not None or bool(self.reason)

    def answer(self) -> Answer:
        """What the job gave, or why it gave nothing."""
        assert self.job is not None
        said, stopped = self._said()
        return Answer(self.job, said, self.number, time.monotonic() - self.began, stopped)

    def _said(self) -> tuple[Any, str]:
        assert self.job is not None
        file, said = self.job.file, self.last
        stopped = self._why() if said is None else ""
        try:
            if said is not None and "unread" in said:
                reason = wire.understood(Unread, said["unread"])
                other = said["unread"].get("plan")
                return reason if other is None else OtherIndex(reason.vi, reason.en, wire.understood(Plan, other)), ""
            if said is not None and "table" in said:
                table = wire.understood(Unread, said["table"])
                raise BadReference(table.vi, table.en)
            if said is not None and "failed" in said:
                _log.info("%s: %s", file.name, said.get("detail"))
                stopped = said["failed"] if said["failed"] in _SENTENCES else "crashed"
            elif said is not None:
                return wire.understood(self.job.kind, said["done"]), ""
        except (wire.Strange, TypeError, KeyError):
            stopped = "crashed"
        return _refused(file, stopped), stopped

    def was_killed(self) -> bool:
        """Whether somebody else ended its process before it had said anything."""
        return self.last is None and self.reason == "ended" and self.process.exitcode == -getattr(signal, "SIGKILL", 9)

    def _why(self) -> str:
        """Why a process is gone that said nothing: the system ends one that has used up its processor time by one signal,
        one that it has no memory for by another.
        """
        if self.reason != "ended":
            return self.reason
        self.process.join(_PATIENCE)
        code = self.process.exitcode
        if sys.platform == "win32" or code is None or code >= 0:
            return "crashed"
        return {signal.SIGXCPU: "time", signal.SIGKILL: "memory"}.get(signal.Signals(-code), "crashed")

    def end_unless_ready(self) -> bool:
        """End a process that is used up; whether it was."""
        if not _FORKS and self.last is not None and not self.reason:
            self.job = None
            return False
        self.end()
        return True

    def end(self) -> None:
        """End it, with all that it has started, and remove its folder."""
        if self.process is not None:
            self.process.kill()
            if _FORKS:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.process.pid, signal.SIGKILL)
            self.process.join(_PATIENCE)
            self.ours.close()
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)


class _Living(_Worker):
    """A process that makes the answer of what halves of jobs have given, one after the other."""

    def __init__(self, limits: Limits, then: Callable[[Any, Any], object] | None):
        super().__init__(limits)
        self._start(_lives, then)

    def take_over(self, worker: _Worker) -> None:
        """Go on with the job of another, in what is left of its time."""
        assert worker.job is not None and worker.given is not None
        half = worker.job.half
        assert half is not None  # it has given something
        self.job, self.number, self.rest = worker.job, worker.number, deque()
        self.began, self.until, self.steps, self.has_pages = worker.began, worker.until, worker.steps, True
        self.last, self.reason = None, ""
        with suppress(OSError):  # who is gone is heard to be
            self.ours.send((half.kind, half.about))
            self.ours.send_bytes(worker.given)

    def end_unless_ready(self) -> bool:
        """End it where its answer was not as it should be, or it has grown; whether it was ended."""
        if not self.reason and isinstance(self.last, dict) and self.last.get("ready") is True:
            return False
        self.end()
        return True


def _folder() -> Path:
    """A folder for one process to write in: where temporary files are asked to be, else in memory where the system has
    room there. One that is left where the program is killed is swept by the pages (ui/mine/cage.py).
    """
    memory = Path("/dev/shm")
    in_memory = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > (1 << 30)
    home = memory if in_memory and "TMPDIR" not in os.environ else None
    return Path(tempfile.mkdtemp(prefix="papi-cage-", dir=home)).resolve()


# Inside.


def _forked(pipe: Connection, jobs: Sequence[Job], halves: bool, limits: Limits, folder: Path) -> None:
    """The life of a process that was forked for a document, or the half of it, or for some that are harmless."""
    _cut_off(pipe)
    _shut_in(folder, limits, [job.file for job in jobs])
    for job in jobs:
        try:
            pipe.recv()
        except EOFError:
            break
        walls.begin_anew(limits.cpu)
        if halves and job.half:
            _do(pipe, job.half.run, limits, _HALF)
        else:
            _do(pipe, job.run, limits)
    os._exit(0)


def _lives(pipe: Connection, then: Callable[[Any, Any], object], limits: Limits, folder: Path) -> None:
    """The life of a process that goes on with what halves have given; it opens no document."""
    _cut_off(pipe)
    _shut_in(folder, limits, [])
    while True:
        try:
            kind, about = pipe.recv()
            given = pipe.recv_bytes()
        except EOFError:
            os._exit(0)
        walls.begin_anew(limits.cpu)
        _do(pipe, partial(_gone_on, then, kind, about, given, limits), limits)


def _gone_on(then: Callable[[Any, Any], object], kind: type, about: object, given: bytes, limits: Limits) -> object:
    """What comes of a half, in the seconds that it has left; what it gave is held against its types first."""
    said = wire.loaded(given)
    walls.begin_anew(limits.cpu - min(max(int(said["spent"]), 0), limits.cpu - 1))
    return then(about, wire.understood(kind, said["done"]))


def _cut_off(pipe: Connection) -> None:
    """Leave a forked process nothing of its parent's but this pipe."""
    gc.freeze()  # what was there before is shared with the parent as long as nobody looks through it for garbage
    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    for at in (0, 1, 2):
        os.dup2(quiet, at)
    # locks, databases and the pipes of others are none of its business
    os.closerange(3, pipe.fileno())
    os.closerange(pipe.fileno() + 1, 1 << 16)


def _spawned(pipe: Connection, limits: Limits, folder: Path) -> None:
    """The life of a process that reads on: no limit of processor time, which would add up; its clock is watched."""
    is_shut_in = False
    while True:
        try:
            file, run = pipe.recv()
        except EOFError:
            return
        if not is_shut_in:
            _shut_in(folder, limits, [file])
            is_shut_in = True
        _do(pipe, run, limits)


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(1024)
    except OSError:
        return b""  # whoever reads it says so


def _shut_in(folder: Path, limits: Limits, files: Sequence[Path]) -> None:
    beginnings = [_beginning(file) for file in files]
    os.environ.clear()
    os.environ.update(PATH=walls.PROGRAMS, TMPDIR=str(folder), TEMP=str(folder), TMP=str(folder), HOME=str(folder))
    tempfile.tempdir = str(folder)
    with suppress(OSError):
        walls.enter(
            [file.resolve() for file in files],
            folder,
            limits.cpu,
            limits.scan_cpu * max(len(files), 1),
            limits.memory,
            limits.writes,
            pictures=not _FORKS or any(one.startswith(_PICTURES) or b"%PDF-" in one for one in beginnings),
        )


def _do(pipe: Connection, run: Callable[[], object], limits: Limits, mark: bytes = b"") -> None:
    """Do one job, and say what came of it, with this mark before it where something did."""

    class Steps(logging.Handler):
        """Hands on what etl says it is at: a page that was recognised, and the steps of a draft."""

        def emit(self, record: logging.LogRecord) -> None:
            step = record.getMessage()
            if record.name == "etl.read.ocr":
                walls.begin_anew(limits.scan_cpu)
                step = f"page {step}"
            pipe.send_bytes(wire.written({"step": step}))

    os.environ["OCR_UNTIL"] = str(time.monotonic() + limits.scan_cpu)
    steps, ours = Steps(logging.INFO), logging.getLogger("etl")
    before = ours.level
    ours.setLevel(logging.INFO)
    ours.addHandler(steps)
    try:
        done = run()
        said = mark + wire.written({"done": done, "ready": walls.is_roomy(limits.cpu), "spent": walls.spent()})
    except Unread as reason:
        said = wire.written({"unread": reason, "ready": walls.is_roomy(limits.cpu)})
    except BadReference as reason:
        said = wire.written({"table": {"vi": reason.vi, "en": reason.en}})
    except MemoryError:
        said = b'{"failed":"memory"}'
    except RecursionError:
        said = b'{"failed":"crashed","detail":"recursion"}'
    except Exception as error:  # whatever a stranger's file makes a library run into
        said = wire.written({"failed": "crashed", "detail": f"{type(error).__name__}: {str(error)[:300]}"})
    finally:
        ours.removeHandler(steps)
        ours.setLevel(before)
    pipe.send_bytes(said)
