"""The README and docs say what is true: commands print what is shown, columns are those of the files, links lead somewhere."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import house
import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
MOST_WORDS = 1500
LEFT_OUT = "…"
"""In a block of a command: alone in a line for any number of lines, else for any words of its line."""

BLOCKS = [
    (block.partition("\n")[0], block.partition("\n")[2])
    for block in re.findall(r"^```console\n\$ (.*?)^```$", README, re.MULTILINE | re.DOTALL)
]


def pattern(shown: str) -> re.Pattern[str]:
    """What is shown as a pattern: "…" alone in a line is any lines, "…" in a line any words; spaces count as one."""
    lines = []
    for line in shown.splitlines():
        words = [r"[ ]+".join(map(re.escape, re.split(" +", part.strip(" ")))) for part in line.split(LEFT_OUT)]
        lines.append(r"(.*\n)*?" if line == LEFT_OUT else r" *" + r".*".join(words) + r" *\n")
    return re.compile("".join(lines))


def columns(document: str, heading: str) -> dict[str, str]:
    """The tables of a part of docs/tables.md: what stands in the first cell → the names in the second."""
    part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", document, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"^\| `([\w./-]+)` \| `([^`]+)` \|", part[1], re.MULTILINE)) if part else {}


@pytest.mark.parametrize(
    ("shown", "printed", "is_so"),
    [
        ("a  1\n", "a 1\n", True),
        ("a 1\n", "a 2\n", False),
        ("a 1\n", "a 1\nb 2\n", False),
        ("…\nb 2\n", "a 1\nb 2\n", True),
        ("a 1\n…\n", "a 1\n", True),
        ("a … 3\n", "a 1 2 3\n", True),
        ("a … 3\n", "a 1\n2 3\n", False),
    ],
)
def test_a_block_says_what_may_differ(shown: str, printed: str, is_so: bool) -> None:
    assert bool(pattern(shown).fullmatch(printed)) == is_so


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command.partition(" --")[0] for command, _ in BLOCKS])
def test_a_command_of_the_readme_prints_what_is_shown(
    command: str, shown: str, build_folder: Path, shown_database: Path, tmp_path: Path
) -> None:
    if command == house.BUILD:
        printed = (build_folder / "printed.txt").read_text(encoding="utf-8")
    else:
        printed = house.printed(command, tmp_path, PAPI_BUILD=str(shown_database.parent))
    assert pattern(shown).fullmatch(printed), printed[-4000:]


def test_the_readme_shows_five_commands_and_can_be_read_at_one_sitting() -> None:
    assert len(BLOCKS) == 5 and house.BUILD in dict(BLOCKS)
    assert len(README.split()) <= MOST_WORDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)", page.read_text(encoding="utf-8"))
    assert [link for link in links if link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_table_and_view_that_is_named_is_there(page: Path) -> None:
    named = set(re.findall(r"`(?:[\w./-]*/)?([\w-]+\.(?:csv|sql|tsv))`", page.read_text(encoding="utf-8")))
    there = {file.name for folder in ("data", "sql", "tests") for file in (ROOT / folder).rglob("*.*")}
    assert named - there == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_room_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`((?:etl|ui|sql|pages|tests|benchmarks|docs)/[\w./-]+)`", page.read_text(encoding="utf-8"))
    there = [file for one in named for file in (ROOT / one, (ROOT / one).with_suffix(".py")) if file.exists()]
    rooms = {file.relative_to(ROOT).with_suffix("").as_posix() for file in there}
    assert [one for one in named if Path(one).with_suffix("").as_posix() not in rooms] == []


def test_docs_name_the_columns_of_every_csv_file() -> None:
    said = columns((ROOT / "docs" / "tables.md").read_text(encoding="utf-8"), "CSV files")
    files = [ROOT / "data" / "plans.csv", *sorted((ROOT / "data" / "reference").glob("*.csv"))]
    held = {}
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            held[file.name] = ",".join(next(csv.reader(rows)))
    assert said == held


def test_docs_name_the_columns_of_every_database_table() -> None:
    said = columns((ROOT / "docs" / "tables.md").read_text(encoding="utf-8"), "Database tables")
    with duckdb.connect() as connection:
        connection.execute((ROOT / "sql" / "schema.sql").read_text(encoding="utf-8"))
        rows = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal order by table_name, column_index"
        ).fetchall()
    held: dict[str, list[str]] = {}
    for table, column in rows:
        held.setdefault(table, []).append(column)
    assert said == {table: ",".join(names) for table, names in held.items()}
