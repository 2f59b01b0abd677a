"""cluster: the documents of a build are read by a Dask cluster, each in a cage there as it would be here.

In: plans, the address of a scheduler, and a folder that all machines reach. Out: as they come, the files of that folder
which hold what was read (`etl/shelf.py`). Dask hands the work out, and begins it again where a machine is gone; nothing
here does. Documents and readings are reached by their paths or URLs (`etl/place.py`).

    each       here: hand all documents to the cluster, some at a time, and hear what came of them
    read       on a worker: fetch some documents, have them read, and put down what was read
    serve      beside each worker, a process of its own: a worker has threads, and a process that is forked for a document
               should come from one that has none
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from etl import place, shelf, way
from etl.cage import wire
from etl.match import Matcher
from etl.model import Failed, Plan, Unread
from etl.reference import ROOT

_PATIENCE = 10
"""Seconds in which a scheduler has to answer."""
_RETRIES = 2
"""So many times Dask begins some documents again whose worker said that it could not go on."""


_TURNS = 4
"""So many times at least each worker is handed documents, so that none waits long for the last."""


@dataclass(frozen=True)
class Document:
    """A plan, its file by its name alone, and where that lies."""

    plan: Plan
    at: str


@dataclass(frozen=True)
class Work:
    """Some documents to be read, the folder for what is read of them, a hash of the tables and the program that they are to
    be read by, and the number of the worker that has them.
    """

    documents: tuple[Document, ...]
    readings: str
    by: str
    worker: int | None = None


@dataclass(frozen=True)
class Done:
    """The name of a file of readings; "" where a worker reads by other tables or another program."""

    file: str


def each(plans: Sequence[Plan], address: str, readings: Path) -> Iterator[tuple[Sequence[Plan], Path | None]]:
    """Some plans at a time, as they come: the file with their readings; None where each worker that tried died of them.
    Raises Failed where the cluster is gone, cannot reach a file, or is of another version.
    """
    distributed = _dask()
    try:
        with distributed.Client(address, timeout=_PATIENCE, set_as_default=False) as client:
            several = way.several(len(plans), _TURNS * max(1, sum(client.nthreads().values())))
            batches = [plans[at : at + several] for at in range(0, len(plans), several)]
            works = [wire.written(_work(batch, readings)) for batch in batches]
            futures = client.map(read, works, pure=False, retries=_RETRIES)
            asked = dict(zip(futures, batches))
            for future in distributed.as_completed(futures, loop=client.loop):
                if future.cancelled():
                    raise CancelledError
                error = future.exception()
                if error is None:
                    done = wire.understood(Done, wire.loaded(future.result()))
                    yield asked.pop(future), _file(done, readings, address)
                elif isinstance(error, distributed.KilledWorker):
                    yield asked.pop(future), None
                else:
                    raise _not_done(address, error)
    except (OSError, CancelledError) as error:
        raise Failed(
            f"{address}: cụm máy không trả lời ({error or type(error).__name__}); những gì đã đọc được giữ lại, bản đang dùng được giữ nguyên. Hãy chạy lại khi cụm máy chạy.",
            f"{address}: the cluster does not answer ({error or type(error).__name__}); what was read is kept, and so is the database in use. Run again when the cluster runs.",
        ) from None


def lost(file: Path) -> Unread:
    """Why a document is not read of which each worker that tried died."""
    return Unread(
        f"{file.name}: mọi máy của cụm đều dừng khi đọc tệp này hoặc tệp đọc cùng lúc; hãy đọc lại: python -m etl build --retry-failed",
        f"{file.name}: every machine of the cluster stopped while reading this file or one read at the same time; try again: python -m etl build --retry-failed",
    )


def _dask() -> Any:
    try:
        import distributed
    except ImportError:
        raise Failed(
            "--cluster cần Dask; hãy chạy: pip install -r requirements-cluster.txt",
            "--cluster needs Dask: pip install -r requirements-cluster.txt",
        ) from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it says is said in a sentence of ours
    return distributed


def _work(plans: Sequence[Plan], readings: Path) -> Work:
    documents = [Document(replace(plan, file=Path(plan.file.name)), _absolute(plan.file)) for plan in plans]
    return Work(tuple(documents), _absolute(readings), shelf.read_by())


def _absolute(file: Path) -> str:
    return str(file.resolve()) if place.is_near(file) else str(file)


def _file(done: Done, readings: Path, address: str) -> Path:
    if not done.file:
        raise Failed(
            f"{address}: một máy của cụm chạy phiên bản khác của chương trình hoặc của các bảng; hãy cập nhật mọi máy về cùng phiên bản.",
            f"{address}: a machine of the cluster runs another version of the program or its tables; update all machines to the same version.",
        )
    file = readings / done.file
    if not file.is_file():
        raise Failed(
            f"{address}: cụm máy không ghi vào {readings} mà máy này thấy; hãy nêu một nơi mọi máy dùng chung: --readings s3://…",
            f"{address}: the cluster does not write to a {readings} that this machine sees; name a place that all machines share: --readings s3://…",
        )
    return file


def _not_done(address: str, error: BaseException) -> Failed:
    said = f"{type(error).__name__}: {error}".splitlines()[0]
    return Failed(
        f"{address}: cụm máy không đọc được văn bản ({said}); hãy kiểm tra mọi máy có chương trình này và thấy được các tệp. Những gì đã đọc được giữ lại.",
        f"{address}: the cluster could not read ({said}); see that every machine has this program and reaches the files. What was read is kept.",
    )


# On a worker.

_mine = threading.local()
"""The process that reads for this thread of a worker."""


def read(said: bytes) -> bytes:
    """Some documents fetched, read, and what was read put where it is kept; the name of its file."""
    work = wire.understood(Work, wire.loaded(said))
    with TemporaryDirectory() as folder:
        near = [
            replace(one, at=str(place.fetched(place.place(one.at), _room(folder, nth))))
            for nth, one in enumerate(work.documents)
        ]
        done = _asked(wire.written(replace(work, documents=tuple(near), readings=folder, worker=_number())))
        name = wire.understood(Done, wire.loaded(done)).file
        if name:
            place.put(place.place(work.readings) / name, (Path(folder) / name).read_bytes())
    return done


def _number() -> int | None:
    """The number of this worker from 1, where its name ends in one ("0", "papi-0")."""
    number = re.fullmatch(r"(?:.*-)?(\d+)", str(_dask().get_worker().name))
    return int(number[1]) + 1 if number else None


def _room(folder: str, nth: int) -> Path:
    """A folder for one document, since two may have one name."""
    room = Path(folder) / str(nth)
    room.mkdir()
    return room


def _asked(line: bytes) -> bytes:
    """What the process of this thread answers; it is begun where there is none. Raises RuntimeError where it dies, and
    Dask asks again.
    """
    process = getattr(_mine, "process", None)
    if process is None or process.poll() is not None:
        process = _mine.process = subprocess.Popen(
            [sys.executable, "-m", "etl.cluster"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    assert process.stdin and process.stdout  # they are pipes
    process.stdin.write(line + b"\n")
    process.stdin.flush()
    if answer := process.stdout.readline():
        return answer
    raise RuntimeError(f"the process that reads has ended: {process.wait()}")


def serve() -> None:
    """Lines of work on standard input → for each what is done, on standard output, until there is no more."""
    matcher = Matcher.shipped()
    way.ready(matcher)
    for line in sys.stdin.buffer:
        work = wire.understood(Work, wire.loaded(line))
        done = Done(_kept(work, matcher) if work.by == shelf.read_by() else "")
        sys.stdout.buffer.write(wire.written(done) + b"\n")
        sys.stdout.buffer.flush()


def _kept(work: Work, matcher: Matcher) -> str:
    plans = [replace(one.plan, file=Path(one.at)) for one in work.documents]
    reads = (replace(read, worker=work.worker) for read in way.each(plans, matcher))
    rows = [shelf.row(shelf.basis_of(read.plan), read) for read in reads]
    name, content = shelf.packed(rows)
    (Path(work.readings) / name).write_bytes(content)
    return name


if __name__ == "__main__":
    serve()
