"""The house keeps its plan: who may know whom, rules that name no plan, packages that are pinned and explained."""

from __future__ import annotations

import ast
import csv
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import load
from ui import data

ROOT = Path(__file__).parent.parent
CODE = sorted(file for room in ("etl", "ui", "pages", "benchmarks") for file in (ROOT / room).rglob("*.py")) + [
    ROOT / "app.py"
]
SHARED = {"model", "text", "reference"}
"""What every step of etl may import; a step imports no other step."""
COMMANDS = {"__main__", "way", "build", "draft", "keep", "say", "measure"}
"""What puts the steps in order, or measures all of them."""


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, by its full name: "from etl import load" → "etl.load"."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
                if node.level
                else node.module
            )
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_a_room_knows_only_the_rooms_it_stands_on(file: Path) -> None:
    may = {"etl": {"etl"}, "ui": {"ui"}, "pages": {"ui"}, "app.py": {"ui"}, "benchmarks": {"etl", "ui", "benchmarks"}}[
        file.relative_to(ROOT).parts[0]
    ]
    assert {room(module) for module in imports(file)} & {"etl", "ui", "pages", "app", "tests", "benchmarks"} <= may


@pytest.mark.parametrize("file", [file for file in CODE if file.is_relative_to(ROOT / "etl")], ids=name_of)
def test_no_step_knows_another_step(file: Path) -> None:
    step = file.relative_to(ROOT / "etl").parts[0].removesuffix(".py")
    if step in COMMANDS:
        return
    known = {module.split(".")[1] for module in imports(file) if module.startswith("etl.")}
    assert known <= ({"model", "text", "reference", step} if step not in SHARED else SHARED)


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_nobody_draws_by_plotly_express(file: Path) -> None:
    assert not any(module.startswith("plotly.express") for module in imports(file))


def words_of_the_plans() -> set[str]:
    """What would give a rule away: the ids, files, numbers and places of the shipped plans."""
    with (ROOT / "data" / "plans.csv").open(encoding="utf-8") as listing:
        rows = list(csv.DictReader(listing))
    words = {row[column] for row in rows for column in ("plan_id", "file", "number", "province")}
    words |= {re.sub(r"^UBND (tỉnh|huyện|xã) |^Sở .* tỉnh ", "", row["issuer"]) for row in rows}
    return {word for word in words if len(word) > 4}


def code_without_words_for_people(file: Path) -> str:
    """The code itself: docstrings and comments may give an example from a real plan."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.unparse(tree)


@pytest.mark.parametrize("file", CODE, ids=name_of)
def test_no_rule_names_a_plan_or_a_place(file: Path) -> None:
    code = code_without_words_for_people(file)
    assert [word for word in sorted(words_of_the_plans()) if word in code] == []


def test_writer_and_reader_speak_of_one_schema() -> None:
    assert load.SCHEMA_VERSION == data.SCHEMA_VERSION


def test_every_view_says_its_grain_in_its_first_line() -> None:
    views = [file for file in load.SQL.glob("*.sql") if file.stem != "schema"]
    assert (
        views
        and [file.name for file in views if not file.read_text(encoding="utf-8").startswith("-- One row per ")] == []
    )


def requirements(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize(
    "line",
    [line for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt") for line in requirements(name)],
)
def test_every_package_is_pinned(line: str) -> None:
    assert re.fullmatch(r"[\w.-]+==[\w.]+", line)


@pytest.mark.parametrize(
    "line", [line for name in ("requirements.txt", "requirements-dev.txt") for line in requirements(name)]
)
def test_every_package_we_ask_for_is_explained(line: str) -> None:
    packages = (ROOT / "docs" / "packages.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{re.escape(line.partition('==')[0])}` \| \S.+\|$", packages, re.MULTILINE)


def test_what_is_imported_is_asked_for() -> None:
    asked = {
        line.partition("==")[0].replace("-", "_").lower()
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in requirements(name)
    }
    used = (
        {room(module) for file in CODE for module in imports(file)}
        - set(sys.stdlib_module_names)
        - {"etl", "ui", "benchmarks"}
    )
    assert {
        {"sklearn": "scikit_learn", "docx": "python_docx", "pptx": "python_pptx", "fpdf": "fpdf2"}.get(name, name)
        for name in used
    } <= asked


def test_the_newest_version_in_the_changelog_is_the_programs() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    versions = sections[1:] if sections[0] == "Unreleased" else sections
    assert versions[0].split()[0] == version
    assert [one for one in versions if not re.fullmatch(r"\d+\.\d+\.\d+ \(\d{1,2} [A-Z][a-z]+ \d{4}\)", one)] == []


def test_the_readme_shows_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [
        path.name + "/"
        for path in ROOT.iterdir()
        if path.is_dir()
        and path.name in {"etl", "ui", "pages", "sql", "data", "tests", "benchmarks", "docs"}
        and any(path.rglob("*.*"))
    ]
    assert [one for one in rooms if one not in readme] == []
