"""shelf: what was read of a document is kept, so that the next build reads only what is new or would be read otherwise.

In: plans, and what each reading of one rests on. Out: which of them are to be read and why, and the files of all the
others. A folder of Parquet files, each a few documents' rows (`etl.load.documents`), named by the hash of its bytes:

    put      a document's reading, as it comes, is a file of its own, a line of JSON, which is written in a moment: a build
             that is killed loses what it had in hand
    pack     many such files become one of Parquet, so that ten thousand documents are a hundred files
    tidy     what no plan rests on any more goes, before the files are loaded

A file whose bytes are not those of its name (cut short, damaged), or whose columns are another version's, is no reading.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from etl import load, place, say, way
from etl.cage import wire
from etl.model import Plan, Quality
from etl.reference import DATA, ROOT

FOLDER = "readings"
SHOWN = (
    *("agencies-english", "findings", "labels", "papi-scores", "papi-scores-dropped", "province-names"),
    *("score-breaks", "score-columns", "streamlit-words", "tables", "tiles-now", "tiles-then"),
)
"""Tables of data/reference that only pages show, that are loaded as they are, or asked once all plans are loaded: no reading
rests on them.
"""
READ_BY = (
    *("lxml", "msdoc2docx", "numpy", "openpyxl", "orjson", "pillow"),
    *("pypdfium2", "python-docx", "rapidfuzz", "striprtf"),
)
"""The libraries by which documents are read."""
_PACK = 100
"""So many documents lie in a file."""
_LINE = ".jsonl"
"""How a file of one document ends that is not packed yet."""
_LOOSE = 10
"""Files of fewer are put together."""


@dataclass(frozen=True)
class Basis:
    """What a reading rests on: the document's bytes, its row of plans.csv (or its name), each table of knowledge, the
    program with the libraries it reads by, and what people decided of its units ("" where nothing). Of each a hash; of the
    tables a hash a name, as JSON.
    """

    sha256: str
    listing: str
    knowledge: str
    program: str
    decided: str = ""

    @property
    def key(self) -> str:
        return _hash(*asdict(self).values())


@dataclass(frozen=True)
class Wanted:
    """A plan of this build, and why it is to be read: `new`, `document`, `listing`, `tables: …`, `decided`, `program`, `again`; ""
    where a reading is kept.
    """

    plan: Plan
    basis: Basis
    why: str


@dataclass(frozen=True)
class _Entry:
    """A reading that is kept: what it rests on, how many units it has, why it gave none, if it did, and its line of what a
    build says.
    """

    basis: Basis
    units: int
    trouble: str | None
    summary: str


@dataclass
class Shelf:
    """The readings of one folder; `home` is of this machine, for what is kept beside them."""

    folder: Path
    home: Path
    damaged: int = 0
    """Files that were no readings and are gone."""
    _files: dict[Path, list[str]] = field(default_factory=dict)
    """The keys that lie in each file."""
    _entries: dict[str, _Entry] = field(default_factory=dict)
    _by_plan: dict[str, _Entry] = field(default_factory=dict)

    def sorted(self, plans: Iterable[Plan], *, retry: bool = False) -> list[Wanted]:
        """The plans of a build, each with why it is to be read; with `retry` also those that were stopped."""
        return [Wanted(plan, basis, self._why(plan, basis, retry)) for plan in plans for basis in [basis_of(plan)]]

    def _why(self, plan: Plan, basis: Basis, retry: bool) -> str:
        kept = self._entries.get(basis.key)
        if kept:
            return "again" if retry and kept.trouble not in (None, "refused") else ""
        before = self._by_plan.get(plan.plan_id)
        if before is None:
            return "new"
        if before.basis.sha256 != basis.sha256:
            return "document"
        if before.basis.listing != basis.listing:
            return "listing"
        if before.basis.decided != basis.decided:
            return "decided"
        if before.basis.knowledge != basis.knowledge:
            old, now = json.loads(before.basis.knowledge), json.loads(basis.knowledge)
            return "tables: " + ", ".join(sorted(name for name in old | now if old.get(name) != now.get(name)))
        return "program"

    def put(self, wanted: Wanted, read: way.Read) -> Basis:
        """Keep a reading; what it rests on, which is what was read, also where the file has changed since."""
        basis = replace(wanted.basis, sha256=read.reading.sha256)
        self._forget({basis.key})
        reading = row(basis, read)
        content = load.as_json(reading)
        file = self.folder / f"{_sha(content)}{_LINE}"
        place.put(file, content)
        self._note(file, [reading])
        self._pack_loose()
        return basis

    def take(self, file: Path, plans: Sequence[Plan]) -> list[Basis]:
        """Keep the readings of these plans that somebody else has put here; what they rest on."""
        if not self._learn(file):
            raise OSError(f"{file}: không phải tệp đã đọc")
        keys = self._files.pop(file)
        self._forget(set(keys))
        self._files[file] = keys
        bases = [self._by_plan[plan.plan_id].basis for plan in plans]
        self._pack_loose()
        return bases

    def _forget(self, keys: set[str]) -> None:
        """Drop what is read again."""
        for file, held in list(self._files.items()) if keys & self._entries.keys() else ():
            if keys & set(held):
                self._rewrite(file, set(held) - keys)

    def _pack_loose(self) -> None:
        loose = [file for file, keys in self._files.items() if len(keys) < _LOOSE]
        if len(loose) >= _PACK:
            self._pack(loose)

    def units(self, basis: Basis) -> int:
        """How many units a kept reading has."""
        return self._entries[basis.key].units

    def failed(self, basis: Basis) -> bool:
        """Whether a document gave nothing."""
        return self._entries[basis.key].trouble is not None

    def stopped(self, basis: Basis) -> str | None:
        """What a document was stopped for while it was read, if it was."""
        trouble = self._entries[basis.key].trouble
        return None if trouble == "refused" else trouble

    def summary(self, basis: Basis) -> str:
        """A document's line in what a build says."""
        return self._entries[basis.key].summary

    def warnings(self, kept: Iterable[Basis]) -> Iterator[str]:
        """What is to be seen to in documents, one after the other. They are looked up in the files when all is read: of ten
        thousand documents they are as long as all else that is known of them.
        """
        said: dict[str, list[str]] = {}
        for file in self._files:
            rows = self._rows([file], ["key", "warnings"])
            said |= zip(*(column.to_pylist() for column in rows.columns))
        return chain.from_iterable(said[basis.key] for basis in kept)

    def tidy(self, kept: Iterable[Basis]) -> list[Path]:
        """Drop all readings but these; the files in which they lie."""
        self._pack([file for file in self._files if file.suffix == _LINE])
        left = {basis.key for basis in kept}
        for file, keys in list(self._files.items()):
            if missing := set(keys) - left:
                self._rewrite(file, set(keys) - missing)
            left -= set(keys)
        small = [file for file, keys in self._files.items() if len(keys) < _PACK // 2]
        if len(small) > 1 and sum(len(self._files[file]) for file in small) >= _PACK // 2:
            self._pack(small)
        return sorted(self._files)

    def rests_on(self, kept: Iterable[Basis], walls: Sequence[str], decided: str) -> str:
        """A hash of all that a build of these readings is made of: they themselves, the walls around them, the decisions,
        and every table, label and view.
        """
        files = [*(ROOT / "sql").glob("*"), *DATA.glob("reference/*"), *DATA.glob("gold*/*"), ROOT / "pyproject.toml"]
        files += (ROOT / "carried").glob("*.py")
        entries = sorted((one.basis.key, one.units, str(one.trouble)) for one in (self._entries[b.key] for b in kept))
        return _hash(*(str(one) for one in entries), *walls, decided, *_hashes(files, ROOT).values())

    # What was measured of labelled plans rests on their readings, the labels and the views.

    def measures(self, kept: Iterable[Basis]) -> Path:
        """Where what was measured of these readings lies, or will; what was measured of others goes."""
        files = [*DATA.glob("gold*/*"), *(ROOT / "sql").glob("*.sql")]
        named = _hash(*sorted(basis.key for basis in kept), *_hashes(files, ROOT).values())
        file = self.folder / f"measures-{named[:32]}.json"
        for other in set(self.folder.glob("measures-*.json")) - {file}:
            other.unlink()
        return file

    def measured(self, file: Path) -> Quality | None:
        """What lies there, if anything whole does."""
        try:
            digest, said = file.read_bytes().split(b"\n", 1)
            return wire.understood(Quality, wire.loaded(said)) if _sha(said) == digest.decode() else None
        except (OSError, ValueError, wire.Strange):
            return None

    def keep_measures(self, file: Path, quality: Quality) -> None:
        said = wire.written(quality)
        place.put(file, _sha(said).encode() + b"\n" + said)

    # Files.

    def _open(self) -> None:
        """Learn what is there; what is no reading goes."""
        for file in sorted(self.folder.iterdir()):
            if file.name.startswith(place.MAKING):
                file.unlink()
            elif file.suffix in (_LINE, ".parquet") and not self._learn(file):
                file.unlink()
                self.damaged += 1

    def _learn(self, file: Path) -> bool:
        content = file.read_bytes()
        if _sha(content) != file.stem:
            return False
        with suppress(pyarrow.ArrowInvalid):
            if file.suffix == _LINE:
                self._note(file, load.of_json([content], load.schema()).select(_KNOWN).to_pylist())
                return True
            with parquet.ParquetFile(pyarrow.BufferReader(content)) as opened:
                if opened.schema_arrow.equals(load.schema()):
                    self._note(file, opened.read(columns=_KNOWN, use_threads=False).to_pylist())
                    return True
        return False

    def _note(self, file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
        self._files[file] = []
        for row in rows:
            basis = Basis(
                row["sha256"], row["listing"], sys.intern(row["knowledge"]), sys.intern(row["program"]), row["decided"]
            )
            entry = _Entry(basis, row["unit_count"], row["trouble"], row["summary"])
            self._entries[basis.key] = self._by_plan[row["plan_id"]] = entry
            self._files[file].append(basis.key)

    def _write(self, rows: pyarrow.Table) -> Path:
        name, content = _packed(rows)
        file = self.folder / name
        place.put(file, content)
        self._note(file, rows.select(_KNOWN).to_pylist())
        return file

    def _pack(self, files: Sequence[Path]) -> None:
        """Several files into one for every so many documents."""
        while files:
            some: list[Path] = []
            while len(some) < len(files) and (not some or sum(len(self._files[one]) for one in some) < _PACK):
                some.append(files[len(some)])
            files = files[len(some) :]
            if len(some) > 1 or some[0].suffix == _LINE:
                made = self._write(self._rows(some))
                for file in some:
                    if file != made:
                        self._drop(file)
                load.give_back()

    def _rewrite(self, file: Path, keys: set[str]) -> None:
        """Leave of a file the readings of these keys."""
        if keys:
            rows = self._rows([file])
            stays = [{"stays": key in keys} for key in rows.column("key").to_pylist()]
            self._write(rows.filter(load.table(stays, pyarrow.schema({"stays": pyarrow.bool_()})).column("stays")))
        self._drop(file)

    def _rows(self, files: Sequence[Path], columns: list[str] | None = None) -> pyarrow.Table:
        """What lies in these files, or some columns of it; of lines of JSON a few are understood at a time, which takes a quarter of the memory."""
        lines = [file for file in files if file.suffix == _LINE]
        few = [lines[at : at + _LOOSE] for at in range(0, len(lines), _LOOSE)]
        made = [load.of_json([file.read_bytes() for file in some], load.schema()) for some in few]
        packed = [pyarrow.BufferReader(file.read_bytes()) for file in files if file.suffix != _LINE]
        read = (parquet.read_table(one, columns=columns, use_threads=False) for one in packed)
        return pyarrow.concat_tables([*(rows.select(columns) if columns else rows for rows in made), *read])

    def _drop(self, file: Path) -> None:
        file.unlink()
        del self._files[file]


_KNOWN = [*("plan_id", "sha256", "listing", "knowledge", "program", "decided"), *("trouble", "unit_count", "summary")]


@contextmanager
def opened(out: Path | None, shared: Path | None = None) -> Iterator[Shelf]:
    """The shelf beside the builds, nobody else's meanwhile, or at a place that several machines share, where whoever
    builds sees to it that nobody else does. With `out` one of its own beside that file, which stays only where the build
    does not come to its end: begun again, it goes on.
    """
    folder = out.parent / f".{out.name}.{FOLDER}" if out else load.folder() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with load.only_one(folder / "lock", passing=False):
        shelf = Shelf(shared or folder, folder)
        shelf.folder.mkdir(parents=True, exist_ok=True)
        shelf._open()
        yield shelf
    if out:
        shutil.rmtree(folder, ignore_errors=True)


def row(basis: Basis, read: way.Read) -> dict[str, Any]:
    """What is kept of a document: its rows of every table, what they rest on, and how it was read."""
    return load.row(
        read.reading,
        key=basis.key,
        **{name: part for name, part in asdict(basis).items() if name != "sha256"},
        summary=say.line(read.reading),
        warnings=say.warnings(read.reading),
        seconds=read.seconds,
        worker=read.worker,
        **({"trouble": read.stopped} if read.stopped else {}),
    )


def packed(rows: Sequence[Mapping[str, Any]]) -> tuple[str, bytes]:
    """Some documents' rows as a file: its name and its bytes."""
    return _packed(load.table(rows, load.schema()))


def _packed(rows: pyarrow.Table) -> tuple[str, bytes]:
    made = io.BytesIO()
    parquet.write_table(rows, made, compression="zstd")
    content = made.getvalue()
    return f"{_sha(content)}.parquet", content


def read_by() -> str:
    """A hash of all that documents are read by here."""
    return _hash(knowledge(), program())


def marks() -> dict[str, frozenset[int]]:
    """By what each document that was read is known in another format or version (`load.marks`), by the hash of its bytes;
    whatever else it was read by.
    """
    found: dict[str, frozenset[int]] = {}
    for file in (load.folder() / FOLDER).glob("*.parquet"):
        with suppress(OSError, pyarrow.ArrowInvalid):
            rows = parquet.read_table(file, columns=["sha256", "marks"], use_threads=False)
            found |= {sha256: frozenset(some) for sha256, some in zip(*(one.to_pylist() for one in rows.columns))}
    return found


def basis_of(plan: Plan) -> Basis:
    """What a reading of this plan would rest on now."""
    listed = asdict(plan) | {"file": plan.file.name}
    decided = json.dumps(listed.pop("decided"), ensure_ascii=False, sort_keys=True)
    listing = json.dumps(listed, ensure_ascii=False, sort_keys=True)
    sha256 = way.sha256(plan.file) if plan.file.is_file() else ""
    return Basis(sha256, _hash(listing), knowledge(), program(), _hash(decided) if plan.decided else "")


@cache
def knowledge() -> str:
    """A hash of every table that a reading may rest on, and of the labels that the matcher knows."""
    tables = [file for file in (DATA / "reference").glob("*.csv") if file.stem not in SHOWN]
    return json.dumps(_hashes([*tables, *(DATA / "gold").glob("*.jsonl")]), sort_keys=True)


@cache
def program() -> str:
    """A hash of all code of etl and of what reads its tables, of the schema it fills, and the versions of what it reads by."""
    files = [*(ROOT / "etl").rglob("*.py"), *(ROOT / "tables").glob("*.py")]
    files += [*(ROOT / "decided").glob("*.py"), ROOT / "sql" / "schema.sql"]
    versions = [f"{name} {importlib.metadata.version(name)}" for name in READ_BY]
    return _hash(*_hashes(files, ROOT).values(), sys.version, *versions, _tesseract())


def _tesseract() -> str:
    """What Tesseract says of itself and its languages; "" where there is none."""
    said = ""
    for asked in ("--version", "--list-langs"):
        try:
            said += subprocess.run(["tesseract", asked], capture_output=True, text=True, timeout=20).stdout
        except (OSError, subprocess.SubprocessError):
            return ""
    return said


def _hashes(files: Iterable[Path], home: Path = DATA) -> Mapping[str, str]:
    """The hash of each file by its path below a folder."""
    return {file.relative_to(home).as_posix(): way.sha256(file)[:16] for file in sorted(files)}


def _hash(*parts: str) -> str:
    return _sha("\0".join(parts).encode())


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
