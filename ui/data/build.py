"""Which build is in force, and a connection to it for one query at a time."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import duckdb
import streamlit as st

from ui import ROOT
from ui.data.kept import forget, kept

SCHEMA_VERSION = 19
"""The version of sql/schema.sql that these queries understand."""
_SQL = ROOT / "sql"
_PIN, _TROUBLE = "data.build", "data.trouble"
_LAST: dict[Path, Build] = {}
"""The build that was shown last, by its folder: it stays where the next cannot be used. Its file may be gone by then, and
is read on while it is open.
"""
_MINE = "data.mine"
_OWN: dict[str, duckdb.DuckDBPyConnection] = {}
"""Databases that belong to one session each, by the path that their file had."""
_SHOWN: ContextVar[Build | None] = ContextVar("build", default=None)
_STAMPS: dict[str, tuple[int, int]] = {}
"""Size and moment of each published file when it was opened: it never changes, so one that has changed is damaged."""
_DAMAGED: dict[str, tuple[int, int]] = {}
"""The same of files in which a query met damage."""
_GONE = 0, 0
_HEAD = 12_288
"""Bytes of a database file before its blocks."""


class NoDatabase(Exception):
    """There is no build that can be shown. `reason` is missing, broken, other_version or gone; `file` is the name of what
    cannot be used, and `detail` is for the log: it may name places of the server.
    """

    def __init__(self, reason: str, path: str, why: object = ""):
        super().__init__(f"{path}: {why}" if why else path)
        self.reason, self.path, self.file = reason, path, Path(path).name


@dataclass(frozen=True)
class Build:
    """Which build is shown: its file, its name, when it was made (UTC), by which version of the program, which walls stood
    around its documents while they were read, which decisions of people it counts, and how many of its units
    people have looked at.
    """

    path: str
    build_id: str
    built_at: datetime.datetime
    program_version: str
    walls: tuple[str, ...] = ()
    decided: str = ""
    reviewed: int = 0
    units: int = 0


def folder() -> Path:
    """Where builds live: `PAPI_BUILD`, else data/build."""
    return Path(os.environ.get("PAPI_BUILD") or ROOT / "data" / "build")


def _current(home: Path) -> str:
    pointer = home / "current"
    try:
        name = pointer.read_bytes().decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoDatabase("missing", str(pointer), error) from error
    if not name.isprintable() or Path(name).name != name or not (file := home / name).is_file():
        raise NoDatabase("missing", str(pointer), f"{name[:80]!r} is no build")
    return str(file.absolute())


def _stamp(path: str) -> tuple[int, int]:
    """Size and moment of a file; nothing where it is gone."""
    try:
        held = Path(path).stat()
    except OSError:
        return _GONE
    return held.st_size, held.st_mtime_ns


def damaged(path: str) -> bool:
    """A query met damage in a build: it is not shown again while its file is the same. False where that is known, or the
    build is a session's own.
    """
    if path in _OWN or _DAMAGED.get(path) == _stamp(path):
        return False
    _DAMAGED[path] = _stamp(path)
    return True


def _whole(path: str) -> Build:
    """A published build, as whole as can be told at once: its file is as long as it says, and as it was when it was
    opened.
    """
    if path not in _OWN:
        if _DAMAGED.get(path) == (now := _stamp(path)):
            raise NoDatabase("broken", path, "a query met damage")
        if now != _GONE and _STAMPS.setdefault(path, now) != now:
            raise NoDatabase("broken", path, "the file has changed")
    return _build(path)


_SMALL = 64 * 2**20
"""A build of fewer bytes is asked by one thread: to share out its questions takes a fifth of their time, and spares none."""


def _connected(path: str) -> duckdb.DuckDBPyConnection:
    """A connection that can read this one file and nothing else."""
    return duckdb.connect(
        path,
        read_only=True,
        config={
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "threads": "1" if _stamp(path)[0] < _SMALL else "2",
            "memory_limit": "1GB",
            "lock_configuration": "true",
        },
    )


@st.cache_resource(show_spinner=False, max_entries=3, on_release=lambda opened: forget(opened[0]))
def _published(path: str) -> tuple[str, duckdb.DuckDBPyConnection]:
    return path, _connected(path)


def connection_of(path: str) -> duckdb.DuckDBPyConnection:
    """The connection to a build, a published one or a session's own; queries take a cursor of it."""
    if own := _OWN.get(path):
        return own
    try:
        return _published(path)[1]
    except duckdb.IOException as error:
        raise NoDatabase("broken" if Path(path).exists() else "gone", path, error) from error


_SAID = """
select walls, decided, (select count(distinct unit_id) from decisions), (select count(*) from units) from build
"""


@kept(1)
def _build(path: str) -> Build:
    try:
        row = (
            connection_of(path)
            .cursor()
            .execute(
                # DuckDB cuts free blocks off the end and counts them all the same
                "select build_id, built_at, schema_version, program_version, used_blocks * block_size from build, pragma_database_size()"
            )
            .fetchone()
        )
    except duckdb.Error as error:
        raise NoDatabase("broken", path, error) from error
    if row is None or path not in _OWN and _stamp(path) != _GONE and _stamp(path)[0] < _HEAD + row[4]:
        raise NoDatabase("broken", path)
    if row[2] != SCHEMA_VERSION:
        raise NoDatabase("other_version", path, f"{row[2]} ≠ {SCHEMA_VERSION}")
    held = {
        name
        for (name,) in connection_of(path)
        .cursor()
        .execute(
            "select table_name from information_schema.tables union all select function_name from duckdb_functions() where not internal"
        )
        .fetchall()
    }
    if lacking := {file.stem for file in _SQL.glob("*.sql")} - held - {"schema"}:
        raise NoDatabase("other_version", path, ", ".join(sorted(lacking)))
    walls, decided, *counts = connection_of(path).cursor().execute(_SAID).fetchall()[0]
    return Build(path, row[0], row[1], row[3], tuple(walls or ()), decided, *counts)


def _in_force() -> tuple[Build, NoDatabase | None]:
    """The build in force; where it cannot be used the one shown before, else the newest that is whole, and the
    trouble.
    """
    home = folder()
    try:
        build = _LAST[home] = _whole(_current(home))
        return build, None
    except NoDatabase as trouble:
        shown = [_LAST[home].path] if home in _LAST else []
        for path in [*shown, *(str(file) for file in sorted(home.glob("papi-*.duckdb"), reverse=True))]:
            try:
                build = _LAST[home] = _whole(path)
                return build, trouble
            except NoDatabase:
                continue
        raise


def kept_table(file: str) -> str | None:
    """What a CSV file said when the build in force was made; None where there is none."""
    try:
        query = connection_of(_in_force()[0].path).cursor()
        found = query.execute("select content from kept_tables where file = ?", [file]).fetchone()
    except (NoDatabase, duckdb.Error):
        return None
    return found[0] if found else None


def is_there() -> bool:
    """Whether there is a build that can be shown."""
    try:
        return bool(_in_force())
    except NoDatabase:
        return False


def pin() -> Build:
    """The build in force, kept for the rest of this run so that no page mixes two. `NoDatabase` says why there is
    none.
    """
    mine = st.session_state.get(_MINE)
    build, st.session_state[_TROUBLE] = (_build(mine), None) if mine in _OWN else _in_force()
    st.session_state[_PIN] = build
    return build


def published() -> Build:
    """The build in force, whatever this session shows."""
    return _in_force()[0]


def adopt(file: Path) -> str:
    """Show a database of this session's own in place of the build in force, from its next run on; the name to `release`
    it by. Its file is removed at once where the system lets an open file go: nobody else can open it then, and it ends
    with this process at the latest.
    """
    path = str(file)
    _OWN[path] = _connected(path)
    try:
        _build(path)  # also says where it is none
        file.unlink()
    except NoDatabase:
        release(path)
        raise
    except OSError:
        pass  # Windows keeps it until it is closed
    st.session_state[_MINE] = path
    return path


def release(path: str) -> None:
    """Close a session's own database, and forget all that was made from it."""
    if connection := _OWN.pop(path, None):
        connection.close()
    forget(path)
    Path(path).unlink(missing_ok=True)


def is_mine() -> bool:
    """Whether this run shows a database of the session's own."""
    return build().path in _OWN


def trouble() -> NoDatabase | None:
    """Why this run shows an older build than the folder names; None where it shows that one."""
    return st.session_state.get(_TROUBLE)


def begin() -> None:
    """A page begins: it shows the build in force, and keeps it at hand in the context of its run, since it asks for it
    some hundred times.
    """
    _SHOWN.set(None)
    _SHOWN.set(pin())


@contextmanager
def showing(shown: Build) -> Iterator[None]:
    """The build for what runs when no page does: a file that is made only when it is asked for stays with the page it
    was on.
    """
    token = _SHOWN.set(shown)
    try:
        yield
    finally:
        _SHOWN.reset(token)


def build() -> Build:
    """The build that this run shows."""
    if shown := _SHOWN.get():
        return shown
    return st.session_state[_PIN] if _PIN in st.session_state else pin()
