"""Hostile files: how many seconds of a processor each takes and how much memory, through `read`, `add`, the draft of a page and a build with all of
them beside honest plans, and what is said of it; with `python -m benchmarks hostile FOLDER` those of a folder, else those
that the tests make.

Memory is the largest of the command and of the process that it reads in. (Linux only.)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
_LONGEST = 60
# seconds and the most memory of a command and of what it starts, told by a small process between: what one holds that
# starts another counts as the other's
_MEASURED = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, '-m', *sys.argv[1:]]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=open(FILE, 'w'))
sys.exit(code)
"""


def _run(*words: str | Path) -> tuple[float, int, int, str]:
    """Seconds of a processor, megabytes, exit code and the last line that is said of a command."""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "used"
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED.replace("FILE", repr(str(told))), "etl", *map(str, words)],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        seconds, memory = told.read_text(encoding="utf-8").split()
        said = done.stderr.strip().splitlines()
        return float(seconds), int(memory) // 1024, done.returncode, said[-1] if said else "–"


_MAKE = """
import sys
from pathlib import Path
sys.path.insert(0, 'tests')
from test_cage import HOSTILE
for kind, (make, *_) in HOSTILE.items():
    (Path(sys.argv[1]) / kind).write_bytes(make())
"""


def made(folder: Path) -> list[Path]:
    """The files of tests/test_cage.py, each under its kind; made elsewhere, for what this process holds counts as what
    those hold that it starts.
    """
    subprocess.run([sys.executable, "-c", _MAKE, folder], cwd=ROOT, check=True)
    return sorted(folder.iterdir())


def main(given: Path | None = None) -> None:
    """Print a row a file."""
    with TemporaryDirectory() as place:
        home = Path(place)
        plans, base = home / "plans", home / "base.duckdb"
        plans.mkdir()
        subprocess.run([sys.executable, "-m", "etl", "--out", base], cwd=ROOT, check=True, capture_output=True)
        files = sorted(file for file in given.iterdir() if file.name != "README.md") if given else made(plans)
        print(f"{'':<{_LONGEST}}{'read':>14}{'add':>14}{'draft':>14}  (giây bộ xử lý, MB)")
        worst = [0.0, 0]
        for file in files:
            row, said = "", ""
            for words in (
                ("read", file),
                ("add", file, "--dry-run"),
                ("draft", file, "--base", base, "--out", home / "draft.duckdb"),
            ):
                seconds, memory, code, said = _run(*words)
                (home / "draft.duckdb").unlink(missing_ok=True)
                worst = [max(worst[0], seconds), max(worst[1], memory)]
                row += f"{seconds:>7.1f}{memory:>6}{'' if code in (0, 2) else '!'}"
            print(f"{file.name:<{_LONGEST}}{row}  {said.partition(': ')[2][:90]}")
            if given:
                shutil.copy(file, plans)
        for plan in sorted((ROOT / "data" / "plans").iterdir()):
            shutil.copy(plan, plans)
        seconds, memory, code, _ = _run("build", "--plans", plans, "--out", home / "all.duckdb")
        print(f"{f'build, {len(files)} beside the shipped plans':<{_LONGEST}}{seconds:>7.1f}{memory:>6} exit {code}")
        print(f"the most that one file took: {worst[0]:.1f} s, {worst[1]} MB")
        import duckdb

        with duckdb.connect(str(home / "all.duckdb"), read_only=True) as con:
            print(con.sql("select status, count(*) from plans group by all order by all").fetchall())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
