"""What tests need of the house as a whole: its commands run as the README shows them, its pages opened, and a copy with one
plan only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent
BUILD = "python -m etl build --out papi.duckdb"
"""The command of the README that the database of all tests is made by."""
PATIENCE = 240
"""Seconds that anything may take where a machine is busy; what is awaited is a condition, never a time."""


def until(is_so: Callable[[], object], what: str) -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills. Of several processes that share the tests one makes it for all; the folder has its
    name once it is whole.
    """
    home = factory.getbasetemp()
    folder = (home.parent if "PYTEST_XDIST_WORKER" in os.environ else home) / name
    making = folder.with_suffix(".making")
    try:
        making.mkdir()
    except FileExistsError:
        until(folder.exists, f"nobody has made {folder}")
    if folder.exists():
        return folder
    make(making)
    return making.rename(folder)


def printed(command: str, folder: Path, **environment: str) -> str:
    """All that a command of the README prints, on either stream, where it is run in a folder beside the shipped data."""
    (folder / "data").symlink_to(ROOT / "data")
    done = subprocess.run(
        re.sub(r"\bpython -m", f'"{sys.executable}" -m', command),
        shell=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return done.stdout


def app(page: str = "app.py") -> AppTest:
    """The program in a session of its own, at one page."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    return at if page == "app.py" else at.switch_page(page)


def opened(file: str, query: dict[str, str]) -> AppTest:
    """A page in a session of its own, come to by a link."""
    at = app(file)
    at.query_params.update(query)
    at.run()
    assert not at.exception, at.exception[0].message
    return at


def notes(at: AppTest) -> list[str]:
    """The notes on what was dropped."""
    return [element.proto.body for element in at.get("html") if 'class="note" role="status"' in element.proto.body]


def small(home: Path) -> Path:
    """The program with one short plan and no labels to measure by, in this folder: it is built in a moment."""
    for room in ("etl", "ui", "tables", "carried", "decided", "pages", "sql", ".streamlit", "data/reference"):
        shutil.copytree(ROOT / room, home / room)
    (home / "data" / "plans").mkdir()
    for file in ("app.py", "pyproject.toml", "data/plans/nam-khanh-2020.txt"):
        shutil.copy(ROOT / file, home / file)
    return home
