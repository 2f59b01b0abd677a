"""A database that is not there is built by the page: one process for all readers, its progress shown to each of them.

In: `python -m etl build --progress`, a process of its own. Out: a page that fills its bar and says how fast it goes and
how long it may take, opens itself when the build is whole, and where the build fails says why and offers to try again.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui import ROOT, data
from ui.data.review import is_waiting, state
from ui.page import net, write
from ui.words import labels
from ui.words.markup import filled

_BUSY = 75
"""What `python -m etl` ends with where another process is building into the same folder."""
_EVERY = 1.0
_LOCK = threading.Lock()
_BUILDS: dict[Path, Building] = {}


@dataclass(frozen=True)
class Progress:
    """How many documents of how many there are, how many are read a minute, the seconds that the rest may take, how many
    could not be read, and the last one's name.
    """

    done: int
    of: int
    rate: int
    left: int
    failed: int
    name: str


class Building:
    """One run of the build."""

    def __init__(self) -> None:
        self.decided = state()
        """Which decisions of people there were when it began."""
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "etl", "build", "--progress"],
            cwd=ROOT,
            env={**os.environ, "PAPI_BUILD": str(data.folder().absolute())},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        self._began = time.monotonic()
        self.lines: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None  # it is a pipe
        for line in self._process.stdout:
            self.lines.append(line.strip())

    @property
    def code(self) -> int | None:
        """The exit code; None while the build runs."""
        return self._process.poll()

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self._began

    def progress(self) -> Progress | None:
        """How far it is; None where it has read nothing yet."""
        for line in reversed(self.lines):
            counted, *rest = line.split("\t")
            if len(rest) == 4:
                done, _, of = counted.partition("/")
                rate, left, failed = map(int, rest[:3])
                return Progress(int(done), int(of), rate, left, failed, rest[3])
        return None


def running() -> Building:
    """The build of this folder: the one that runs, or that failed; started where there is none, and again after another
    process was busy there.
    """
    with _LOCK:
        now = _BUILDS.get(data.folder())
        if now is None or now.code == _BUSY and now.seconds > 2 * _EVERY:
            now = _BUILDS[data.folder()] = Building()
        return now


def is_running() -> bool:
    """Whether a build has been started here that has not been seen to its end."""
    return data.folder() in _BUILDS


def again() -> None:
    """Forget a build that has ended: the next question starts another."""
    with _LOCK:
        if (now := _BUILDS.get(data.folder())) and now.code is not None:
            del _BUILDS[data.folder()]


def _said(far: Progress | None) -> str:
    if far is None:
        return labels.t("building.begins")
    minutes = math.ceil(far.left / 60)
    said = [
        labels.t("building.progress", done=far.done, of=far.of, name=far.name),
        labels.t("building.pace", rate=far.rate, minutes=minutes) if minutes > 1 else "",
        labels.t("building.unread", n=far.failed) if far.failed else "",
    ]
    return " ".join(filter(None, said))


@st.fragment(run_every=_EVERY)
def show() -> None:
    """The progress of the build, once a second, until the page can open."""
    if data.is_there():
        again()
        st.rerun()
    now = running()
    if now.code is None:
        far = now.progress()
        st.progress(far.done / far.of if far else 0.0, text=labels.md(_said(far)))
        write.line("small", labels.html("building.shared"))
    else:
        _ended(now)


@st.fragment(run_every=_EVERY)
def renew() -> None:
    """A build takes up what people have decided, its progress told once a second, until the page counts it."""
    if not is_waiting():
        again()
        st.rerun()
    if running().code == 0 and running().decided != state():  # it began before the latest decision
        again()
    now = running()
    if now.code is None:
        far = now.progress()
        write.line("note", labels.html("building.decided"), role="status")
        st.progress(far.done / far.of if far and far.of else 0.0)
    else:
        _ended(now)


def _ended(now: Building) -> None:
    """Why there is no build yet, and a way to try again."""
    if now.code == _BUSY:
        write.line("answer", labels.html("building.elsewhere"), role="status")
    else:
        why = net.clean(" ".join(now.lines[-3:])) or str(now.code)
        write.markup(
            filled(
                '<p class="answer" role="alert">{}</p><p class="note">{}</p>',
                labels.html("building.failed"),
                labels.html("common.for_the_keeper", detail=why),
            )
        )
        st.button(labels.t("building.again"), key="building.again", on_click=again)
