"""A yardstick for seconds of processors: what one reading of the shortest shipped plan takes in the same minutes.

The same work takes a machine a third more or less within an hour, so seconds of two builds cannot be set beside each
other. A process of its own reads the plan again and again while a build lasts; how many such readings a build is worth
depends on the hour much less. It takes a few per cent of a processor, which are none of the build's.
"""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from etl import about, way
from etl.match import Matcher
from etl.reference import DATA

_EVERY = 3.0
"""Seconds between two readings."""


class Yardstick:
    """The end of a pipe to a process that reads; what is measured lies between `begin` and `end`."""

    def __init__(self, pipe: Connection):
        self._pipe = pipe

    def begin(self) -> None:
        self._pipe.send("begin")

    def end(self) -> float:
        """The median of the seconds of a processor that a reading has taken since it began."""
        self._pipe.send("end")
        return self._pipe.recv()


@contextmanager
def kept() -> Iterator[Yardstick]:
    """A yardstick for as long as this lasts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_life, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.recv()
        yield Yardstick(ours)
    finally:
        ours.close()
        process.join()


def _life(pipe: Connection) -> None:
    """Read, whenever it is asked to, until nobody is there to ask."""
    plan = min((one for one in about.plans(DATA / "plans") if one.file.name), key=lambda one: one.file.stat().st_size)
    matcher = Matcher.shipped()
    way.reading(plan, matcher)  # what is loaded once is none of a reading's seconds
    pipe.send("ready")
    with suppress(EOFError):
        while pipe.recv() == "begin":
            took: list[float] = []
            while not took or not pipe.poll(_EVERY):
                began = time.process_time()
                way.reading(plan, matcher)
                took.append(time.process_time() - began)
            pipe.recv()
            pipe.send(statistics.median(took))
