"""What people decided that units are about: it counts over what the program read, in this build and in every later one.

In: a reviewer's decision (`Store.add`), from a page. Out: those in force of each plan (`Store.in_force`), for a build; all of
them (`Store.history`), for a page. They lie in a database of their own beside the builds (SQLite, with a log ahead of its
writing, so that readers and writers of several processes do not wait for each other), which no build touches and no
`make clean` removes. Rows are added and never changed: what takes a decision back is a row too.

A unit is known by its plan, its section and its words: a decision holds for as long as the plan says the same under the same
number.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

FILE = "decisions.sqlite"
KINDS = ("action", "description", "assignment", "objective", "reporting")
LONGEST_NAME, LONGEST_WHY = 80, 500
_SUB, _MAIN = re.compile(r"[1-8]\.[1-9]"), re.compile(r"|0|[1-8](\.[1-9])?")
_WAIT = 20.0
"""Seconds that one writer waits for another."""
_SCHEMA = """
create table if not exists decisions (
    number      integer primary key autoincrement,
    decided_at  text not null,                         -- UTC, ISO 8601
    who         text not null check (trim(who) <> ''),
    why         text not null,
    plan_id     text not null,
    section     text not null,
    text        text not null,                         -- of the unit, as it stood there
    fingerprint text not null,
    was         text not null,                         -- what counted before, as JSON
    says        text,                                  -- what counts from now on; null in a row that takes one back
    takes_back  integer unique references decisions,   -- the number of that one
    check ((says is null) = (takes_back is not null))
);
create trigger if not exists never_changed before update on decisions begin select raise(abort, 'a decision is never changed'); end;
create trigger if not exists never_removed before delete on decisions begin select raise(abort, 'a decision is never removed'); end;
"""
_PUT = """
insert into decisions (decided_at, who, why, plan_id, section, text, fingerprint, was, says, takes_back)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True)
class Said:
    """What a unit is: its kind; what it is mainly about, a sub-dimension ("5.3"), a dimension as a whole ("5"), what PAPI
    does not ask of one dimension alone ("0"), or nothing of PAPI (""); the sub-dimensions that it names as something to do;
    and those that it only mentions.
    """

    kind: str
    main: str
    named: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()

    @property
    def dim(self) -> int | None:
        return int(self.main[0]) if self.main else None

    @property
    def sub(self) -> str | None:
        return self.main if "." in self.main else None


def as_read(kind: str, dim: int | None, sub: str | None, touches: Iterable[tuple[str, str]]) -> Said:
    """What a unit is as it was read: its kind, the place where it counts, and each sub-dimension that it touches with how. A
    build and a page say it the same: what was found right as it stands is known by that.
    """
    main = sub or ("" if dim is None else str(dim))
    others = sorted((one, how) for one, how in touches if one != main)
    named = tuple(one for one, how in others if how != "passing")
    return Said(kind, main, named, tuple(one for one, how in others if how == "passing"))


@dataclass(frozen=True)
class Decision:
    """Who decided what of which unit, when (UTC, ISO 8601) and why, and what counted before. A row that takes a decision
    back says nothing itself, and has the number of that one.
    """

    number: int
    decided_at: str
    who: str
    why: str
    plan_id: str
    section: str
    text: str
    was: Said
    says: Said | None
    takes_back: int | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.plan_id, self.section, self.text)


def fingerprint(plan_id: str, section: str, text: str) -> str:
    """What a unit is known by: blanks and the way marks are written aside, any other word makes another."""
    words = (" ".join(unicodedata.normalize("NFC", part).split()) for part in (plan_id, section, text))
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


class Unfit(ValueError):
    """A decision that cannot be one."""


@dataclass(frozen=True)
class Store:
    """The decisions in one folder of builds; where nobody has decided anything yet there is no file."""

    home: Path

    @property
    def file(self) -> Path:
        return self.home / FILE

    def add(
        self, plan_id: str, section: str, text: str, *, was: Said, says: Said, who: str, why: str = ""
    ) -> int | None:
        """Keep a decision; its number. Raises Unfit where nobody signs it or it says what no unit can be, and OSError
        where it cannot be written.
        """
        chosen = (says.main, *says.named, *says.passing)
        are_known = _MAIN.fullmatch(says.main) and all(map(_SUB.fullmatch, chosen[1:]))
        if says.kind not in KINDS or not are_known or len(set(chosen)) < len(chosen):
            raise Unfit(says)
        return self._put(plan_id, section, text, was, says, who, why)

    def take_back(self, number: int, *, who: str, why: str = "") -> int | None:
        """Take back the decision that counts of a unit: the one before it that was not taken back counts again, or else what
        the program reads. The number of the row that says so; None where the decision does not count.
        """
        history = self.history()
        taken = next((one for one in _standing(history) if one.number == number), None)
        if taken is None or taken.says is None:
            return None
        return self._put(taken.plan_id, taken.section, taken.text, taken.says, None, who, why, number)

    def history(self, plan_id: str | None = None) -> list[Decision]:
        """Every row, of one plan or of all, the latest first."""
        if not self.file.is_file():
            return []
        columns = [field.name for field in fields(Decision)]
        asked = f"select {', '.join(columns)} from decisions where ? is null or plan_id = ? order by number desc"
        with self._opened() as con:
            rows = [dict(zip(columns, row)) for row in con.execute(asked, (plan_id, plan_id))]
        return [
            Decision(**row | {"was": _said(row["was"]), "says": row["says"] and _said(row["says"])}) for row in rows
        ]

    def in_force(self) -> Mapping[str, tuple[Decision, ...]]:
        """By plan the decisions that count, in the order in which they were made."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for one in sorted(_standing(self.history()), key=lambda one: one.number):
            found[one.plan_id].append(one)
        return {plan_id: tuple(some) for plan_id, some in found.items()}

    def state(self) -> str:
        """What tells these decisions from those of before: the number, moment and unit of the latest row; "" where there is
        none.
        """
        if not self.file.is_file():
            return ""
        asked = "select number, decided_at, substr(fingerprint, 1, 12) from decisions order by number desc limit 1"
        with self._opened() as con:
            latest = con.execute(asked).fetchone()
        return " ".join(map(str, latest)) if latest else ""

    def _put(
        self,
        plan_id: str,
        section: str,
        text: str,
        was: Said,
        says: Said | None,
        who: str,
        why: str,
        takes_back: int | None = None,
    ) -> int | None:
        who, why = " ".join(who.split())[:LONGEST_NAME], " ".join(why.split())[:LONGEST_WHY]
        if not any(map(str.isalnum, who)):
            raise Unfit("nobody signs")
        self.home.mkdir(parents=True, exist_ok=True)
        row = (
            *(datetime.now(UTC).isoformat(timespec="seconds"), who, why, plan_id, section, text),
            *(fingerprint(plan_id, section, text), _written(was), says and _written(says), takes_back),
        )
        with self._opened() as con:
            con.executescript("pragma journal_mode = wal; pragma synchronous = full;" + _SCHEMA)
            try:
                made = con.execute(_PUT, row)
            except sqlite3.IntegrityError:  # somebody else has just taken the same back
                return None
            con.commit()
        return made.lastrowid

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.file, timeout=_WAIT)) as con:
                yield con
        except sqlite3.Error as error:
            raise OSError(f"{self.file}: {error}") from error


def _standing(history: Iterable[Decision]) -> list[Decision]:
    """Of each unit the latest decision that nobody has taken back, from rows of which the latest comes first."""
    rows = list(history)
    gone = {one.takes_back for one in rows}
    latest: dict[str, Decision] = {}
    for one in rows:
        if one.says and one.number not in gone:
            latest.setdefault(one.fingerprint, one)
    return list(latest.values())


def _written(said: Said) -> str:
    return json.dumps(asdict(said), ensure_ascii=False)


def _said(written: str) -> Said:
    held = json.loads(written)
    return Said(held["kind"], held["main"], tuple(held["named"]), tuple(held["passing"]))
