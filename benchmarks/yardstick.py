"""A yardstick for seconds of processors: what one reading of the shortest shipped plan takes in the same minutes.

The same work takes a machine a third more or less within an hour, so seconds of two builds cannot be set beside each
other. A process of its own reads the plan again and again while a build lasts; how many such readings a build is worth
depends on the hour much less. It takes a few per cent of a processor, which are none of the build's.
"""

from __future__ import annotations

import os
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from etl import about, way
from etl.match import Matcher
from etl.reference import DATA, ROOT

_EVERY = 3.0
"""Seconds between two readings."""


class Yardstick:
    """The ends of the pipes to a process that reads; what is measured lies between `begin` and `end`."""

    def __init__(self, process: subprocess.Popen[bytes]):
        assert process.stdin is not None and process.stdout is not None  # they are pipes
        self._asks, self._answers = process.stdin, process.stdout

    def begin(self) -> None:
        self._asks.write(b"b")

    def end(self) -> float:
        """The median of the seconds of a processor that a reading has taken since it began."""
        self._asks.write(b"e")
        return float(self._answers.readline())


@contextmanager
def kept() -> Iterator[Yardstick]:
    """A yardstick for as long as this lasts."""
    command = [sys.executable, "-m", "benchmarks.yardstick"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        yard = Yardstick(process)
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        yield yard


def main() -> None:
    """Read, from one letter that comes in to the next, and say what a reading took, until nobody is there to ask."""
    plan = min((one for one in about.plans(DATA / "plans") if one.file.name), key=lambda one: one.file.stat().st_size)
    matcher = Matcher.shipped()
    way.reading(plan, matcher)  # what is loaded once is none of a reading's seconds
    print("ready", flush=True)
    while os.read(0, 1):
        took: list[float] = []
        while not took or not select.select([0], [], [], _EVERY)[0]:
            began = time.process_time()
            way.reading(plan, matcher)
            took.append(time.process_time() - began)
        os.read(0, 1)
        print(statistics.median(took), flush=True)


if __name__ == "__main__":
    main()
