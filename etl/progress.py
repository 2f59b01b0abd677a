"""progress: how far a build is, on a terminal or as lines for a program, and what it came to."""

from __future__ import annotations

import sys
import time


class Progress:
    """Counts documents as they are read: so many of all, so many a minute, how long the rest may take, how many gave
    nothing. Of a terminal it fills one line; with `in_lines` it prints a line a document on standard output, its parts
    between tabs: "3/6", documents a minute, seconds left, failures, name.
    """

    def __init__(self, of: int, kept: int, in_lines: bool):
        self._of, self._kept, self._in_lines = of, kept, in_lines
        self._read, self._failed = 0, 0
        self._began = time.monotonic()
        self._ended = self._began

    def tell(self, name: str, *, failed: bool) -> None:
        """One more document is read."""
        self._read += 1
        self._failed += failed
        self._ended = time.monotonic()
        done = self._kept + self._read
        left = (self._of - done) * (self._ended - self._began) / self._read
        if self._in_lines:
            parts = (f"{done}/{self._of}", f"{self._a_minute():.0f}", f"{left:.0f}", self._failed, name)
            print(*parts, sep="\t", flush=True)
        elif sys.stderr.isatty():
            bar = "█" * (30 * done // self._of)
            told = f"{done}/{self._of}  {self._a_minute():.0f}/phút  còn {_clock(left)}  không đọc được {self._failed}"
            print(
                f"\r{bar:<30} {told}  {name[:32]:<32}",
                end="\n" if done == self._of else "",
                file=sys.stderr,
                flush=True,
            )

    def told(self) -> str:
        """What it came to."""
        took = _clock(self._ended - self._began)
        rate = f", {self._a_minute():.0f} văn bản một phút, trong {took}" if self._read else ""
        return f"Đã đọc {self._read}{rate}; không đọc được {self._failed}; lấy lại {self._kept}."

    def _a_minute(self) -> float:
        return 60 * self._read / max(self._ended - self._began, 1e-3)


def _clock(seconds: float) -> str:
    """1:02:03"""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
