"""Random faults while pages are read and builds are made: `python -m benchmarks faults [HOW MANY]`.

In: two sets of plans, whose pages and databases are known. Each round does one thing that goes wrong (a build that is
killed or finds no room or no rights, a file cut, overwritten or gone), opens pages in both languages, and every second
time builds again. Out: what went wrong beyond that: a page that answers otherwise than one of the two sets, an
exception or a place of the server on it, a build that does not mend, a plan that has changed. (Linux only.)
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from streamlit.testing.v1 import AppTest

from ui.data.build import connection_of
from ui.page import building

ROOT = Path(__file__).parent.parent
PAGES = ("app.py", "pages/1_bao-phu.py", "pages/2_ai-lam.py", "pages/5_phat-hien.py")
_ANSWER = re.compile(r'<p class="answer">(.*?)</p>', re.DOTALL)
_FORBIDDEN = re.compile(r"Traceback|\w+(?:Error|Exception)\b|Errno|/tmp/|\.py\b")
_DROP, _PASS_OVER_MODES = 24, 1
_LONGEST = 600

Build = Callable[..., subprocess.Popen]
Fault = Callable[[Path, random.Random, Build], object]


def _start(plans: Path, home: Path, **options: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "etl", "build", "--plans", str(plans)],
        cwd=ROOT,
        env={**os.environ, "PAPI_BUILD": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


def _ended(build: subprocess.Popen) -> tuple[int, str]:
    _, said = build.communicate(timeout=_LONGEST)
    return build.returncode, said


def _one_of(files: Iterator[Path], dice: random.Random) -> Path | None:
    found = sorted(files)
    return dice.choice(found) if found else None


def _cut(file: Path, dice: random.Random) -> None:
    os.truncate(file, dice.randrange(file.stat().st_size + 1))


def _overwrite(file: Path, dice: random.Random) -> None:
    with file.open("r+b") as opened:
        for _ in range(dice.randint(1, 40)):
            opened.seek(dice.randrange(max(file.stat().st_size, 1)))
            opened.write(dice.randbytes(64))


def _to_a_file(
    pattern: str, harm: Callable[[Path, random.Random], object], home: Path, dice: random.Random, _: Build
) -> None:
    if file := _one_of(home.glob(pattern), dice):
        harm(file, dice)


def _ended_early(number: signal.Signals, home: Path, dice: random.Random, build: Build) -> None:
    begun = build()
    time.sleep(dice.uniform(0, 8))
    begun.send_signal(number)
    _ended(begun)


def _no_room(home: Path, dice: random.Random, build: Build) -> None:
    most = dice.randrange(1000, 6_000_000)

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    _ended(build(preexec_fn=full))


def _no_rights(home: Path, dice: random.Random, build: Build) -> None:
    mode = home.stat().st_mode
    home.chmod(0o555)
    # modes hold for root too, where it may not pass over them
    _ended(build(preexec_fn=lambda: ctypes.CDLL(None).prctl(_DROP, _PASS_OVER_MODES, 0, 0, 0)))
    home.chmod(mode)


def _two_at_once(home: Path, dice: random.Random, build: Build) -> None:
    for one in [build(), build()]:
        _ended(one)


FAULTS: Mapping[str, Fault] = {
    "a build is killed": partial(_ended_early, signal.SIGKILL),
    "a build is told to end": partial(_ended_early, signal.SIGTERM),
    "a build is interrupted": partial(_ended_early, signal.SIGINT),
    "a build finds no room": _no_room,
    "a build may not write": _no_rights,
    "two builds at once": _two_at_once,
    "a database is cut": partial(_to_a_file, "papi-*.duckdb", _cut),
    "a database is overwritten": partial(_to_a_file, "papi-*.duckdb", _overwrite),
    "a database is gone": partial(_to_a_file, "papi-*.duckdb", lambda file, dice: file.unlink()),
    "the pointer is overwritten": partial(
        _to_a_file, "current", lambda file, dice: file.write_bytes(dice.randbytes(dice.randrange(40)))
    ),
    "the pointer is gone": partial(_to_a_file, "current", lambda file, dice: file.unlink()),
    "a reading is cut": partial(_to_a_file, "readings/*.parquet", _cut),
    "a reading is overwritten": partial(_to_a_file, "readings/*.parquet", _overwrite),
    "all readings are gone": lambda home, dice, build: shutil.rmtree(home / "readings", ignore_errors=True),
}


def _page(page: str, lang: str) -> tuple[str, str]:
    """The answer of a page, "" where it gives none, and all its words."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=_LONGEST)
    if page != "app.py":
        at.switch_page(page)
    at.query_params["lang"] = lang
    at.run()
    words = "".join(element.proto.body for element in at.get("html")) + "".join(one.message for one in at.exception)
    words = re.sub(r"<(style|script)\b.*?</\1>", "", words, flags=re.DOTALL)
    return "".join(_ANSWER.findall(words)) if '<footer class="foot"' in words else "", words


def _hash(home: Path) -> str:
    """The content of the build in force, by the door of the pages: one process opens a file in one way only."""
    opened = connection_of(str(home / (home / "current").read_text(encoding="utf-8").strip()))
    return opened.cursor().sql("select content_hash from build").fetchall()[0][0]


def _bytes_of(folder: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(folder.iterdir()))).hexdigest()


def _awaited() -> None:
    """Until no page builds any more."""
    for one in list(building._BUILDS.values()):
        while one.code is None:
            time.sleep(0.1)
    building._BUILDS.clear()


def _known(sets: tuple[Path, Path], home: Path) -> tuple[dict[tuple[str, str], set[str]], dict[Path, str]]:
    """What pages answer, and the content of the database, of each set of plans."""
    answers: dict[tuple[str, str], set[str]] = {}
    content = {}
    for plans in sets:
        assert _ended(_start(plans, home))[0] == 0
        content[plans] = _hash(home)
        for page in PAGES:
            for lang in ("vi", "en"):
                answer, words = _page(page, lang)
                assert answer, words
                answers.setdefault((page, lang), set()).add(answer)
    return answers, content


def main(rounds: int = 100, seed: int = 1) -> None:
    """Print what was done and each thing that went wrong beyond it."""
    dice, done, wrong, silent = random.Random(seed), Counter[str](), 0, 0
    began = time.monotonic()
    with TemporaryDirectory() as place, mock.patch.dict(os.environ):
        home, few = Path(place) / "build", Path(place) / "plans"
        home.mkdir()
        os.environ["PAPI_BUILD"] = str(home)
        shutil.copytree(ROOT / "data" / "plans", few)
        sorted(few.iterdir())[0].unlink()
        sets = (few, ROOT / "data" / "plans")
        before = [_bytes_of(plans) for plans in sets]
        answers, content = _known(sets, home)

        def complain(what: str, fault: str) -> None:
            nonlocal wrong
            wrong += 1
            print(f"{sum(done.values())}. {fault}: {what}", flush=True)

        for _ in range(rounds):
            fault = dice.choice(list(FAULTS))
            plans = dice.choice(sets)
            done[fault] += 1
            FAULTS[fault](home, dice, partial(_start, plans, home))
            for page, lang in dice.sample(sorted(answers), 2):
                answer, words = _page(page, lang)
                silent += not answer
                if answer and answer not in answers[page, lang]:
                    complain(f"{page} {lang} answers {answer[:200]}", fault)
                if found := _FORBIDDEN.search(words):
                    complain(f"{page} {lang} says {words[max(found.start() - 80, 0) : found.end() + 80]}", fault)
            if dice.random() < 0.5:
                _awaited()
                code, said = _ended(_start(plans, home))
                if code or _hash(home) != content[plans]:
                    complain(f"a build after it ends with {code}: {said[-300:]}", fault)
        _awaited()
        if before != [_bytes_of(plans) for plans in sets]:
            complain("a plan has changed", "all of them")
    for fault, times in sorted(done.items()):
        print(f"{times:>5} {fault}")
    print(f"{sum(done.values())} faults in {(time.monotonic() - began) / 60:.0f} minutes")
    print(f"{2 * rounds} pages, {silent} of them with a sentence in place of an answer; wrong: {wrong}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
