"""The house keeps its plan: who may know whom, rules that name no plan, packages that are pinned and explained."""

from __future__ import annotations

import ast
import csv
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

from etl import load
from ui import data

ROOT = Path(__file__).parent.parent
CODE = [
    ROOT / "app.py",
    *sorted(
        file
        for room in ("etl", "ui", "tables", "carried", "decided", "pages", "benchmarks")
        for file in (ROOT / room).rglob("*.py")
    ),
]
SHARED = {"model", "text", "reference"}
"""What every step of etl may import; a step imports no other step."""
COMMANDS = {"__main__", "way", "build", "shelf", "place", "cluster", "draft", "keep", "scores", "say", "measure"}
"""What puts the steps in order, or measures all of them."""


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def imports(file: Path) -> tuple[str, ...]:
    """Every module that a file imports, by its full name: "from etl import load" → "etl.load"."""
    package = file.relative_to(ROOT).parent.parts
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
                if node.level
                else node.module
            )
            found += [f"{base}.{alias.name}" for alias in node.names]
    return tuple(found)


def room(module: str) -> str:
    return module.partition(".")[0]


def test_every_room_has_code() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in CODE} == {
        "etl",
        "ui",
        "tables",
        "carried",
        "decided",
        "pages",
        "benchmarks",
        "app.py",
    }
    assert len(CODE) > 100


def test_a_room_knows_only_the_rooms_it_stands_on() -> None:
    may = {
        "tables": {"tables"},
        "carried": {"carried"},
        "decided": {"decided"},
        "etl": {"etl", "tables", "carried", "decided"},
        "ui": {"ui", "tables", "carried", "decided"},
        "pages": {"ui"},
        "app.py": {"ui"},
        "benchmarks": {"etl", "ui", "tables", "carried", "decided", "benchmarks"},
    }
    rooms = {"etl", "ui", "tables", "carried", "decided", "pages", "app", "tests", "benchmarks"}
    known = {file: {room(module) for module in imports(file)} & rooms for file in CODE}
    assert any(known.values())
    assert {
        name_of(file): wrong for file, found in known.items() if (wrong := found - may[file.relative_to(ROOT).parts[0]])
    } == {}


def test_no_step_knows_another_step() -> None:
    wrong, looked_at = {}, 0
    for file in CODE:
        step = file.relative_to(ROOT).parts[1].removesuffix(".py") if file.is_relative_to(ROOT / "etl") else "__main__"
        if step in COMMANDS:
            continue
        known = {module.split(".")[1] for module in imports(file) if module.startswith("etl.")}
        looked_at += len(known)
        if others := known - (SHARED if step in SHARED else {*SHARED, step}):
            wrong[name_of(file)] = others
    assert looked_at > 20 and wrong == {}


STANDS_ON = {
    "data": set(),
    "words": {"data"},
    "draw": {"data", "words"},
    "mine": {"data", "words"},
    "export": {"data", "words", "draw", "mine"},
    "page": {"data", "words", "draw", "mine", "export"},
    "topics": {"data", "words", "draw", "mine", "export", "page"},
}
"""The rooms of ui, each with those it may know: data < words < draw, mine < export < page < topics < pages."""


def test_no_import_of_the_dashboard_runs_up() -> None:
    files = [file for file in CODE if file.is_relative_to(ROOT / "ui") and file.parent != ROOT / "ui"]
    known = {file: {module.split(".")[1] for module in imports(file) if module.startswith("ui.")} for file in files}
    assert {file.relative_to(ROOT / "ui").parts[0] for file in files} == set(STANDS_ON) and any(known.values())
    assert {
        name_of(file): wrong
        for file, rooms in known.items()
        if (room := file.relative_to(ROOT / "ui").parts[0])
        and (wrong := (rooms & set(STANDS_ON)) - STANDS_ON[room] - {room})
    } == {}


def test_the_dashboard_has_no_module_outside_its_rooms() -> None:
    assert [file.name for file in (ROOT / "ui").glob("*.py")] == ["__init__.py"]


def test_nobody_draws_by_plotly_express() -> None:
    drawing = {file: [module for module in imports(file) if module.startswith("plotly")] for file in CODE}
    assert any(drawing.values())
    assert [
        name_of(file) for file, modules in drawing.items() if any(one.startswith("plotly.express") for one in modules)
    ] == []


def test_markup_is_a_type_and_nobody_escapes_by_hand() -> None:
    shown = [file for file in CODE if file.relative_to(ROOT).parts[0] in {"app.py", "pages", "ui"}]
    doors = {name_of(file) for file in shown if "st.html(" in file.read_text(encoding="utf-8")}
    assert doors == {"ui/page/write.py", "ui/mine/held.py"}
    # in a picture, the signs of markup are those of plotly
    assert {name_of(file) for file in shown if "html" in imports(file)} == {"ui/draw/sheet.py"}


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


def test_no_rule_names_a_plan_or_a_place() -> None:
    words = words_of_the_plans()
    assert len(words) > 10
    code = {name_of(file): code_without_words_for_people(file) for file in CODE}
    assert [(file, word) for file, text in code.items() for word in sorted(words) if word in text] == []


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


ASKED = [line for file in sorted(ROOT.glob("requirements*.txt")) for line in requirements(file.name)]


def test_every_package_is_pinned() -> None:
    held = requirements("constraints.txt")
    assert ASKED and held
    assert [line for line in (*ASKED, *held) if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_every_package_we_ask_for_is_explained() -> None:
    packages = (ROOT / "docs" / "packages.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([\w.-]+)` \| \S.+\|$", packages, re.MULTILINE))
    assert ASKED and [line for line in ASKED if line.partition("==")[0] not in explained] == []


def test_what_is_imported_is_asked_for() -> None:
    asked = {line.partition("==")[0].replace("-", "_").lower() for line in ASKED}
    used = (
        {room(module) for file in CODE for module in imports(file)}
        - set(sys.stdlib_module_names)
        - {"etl", "ui", "tables", "carried", "decided", "benchmarks"}
    )
    assert {
        {
            "sklearn": "scikit_learn",
            "docx": "python_docx",
            "pptx": "python_pptx",
            "fpdf": "fpdf2",
            "doc2docx": "msdoc2docx",
            "PIL": "pillow",
            "upath": "universal_pathlib",
        }.get(name, name)
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
        and path.name in {"etl", "ui", "tables", "carried", "pages", "sql", "data", "tests", "benchmarks", "docs"}
        and any(path.rglob("*.*"))
    ]
    assert rooms and [one for one in rooms if one not in readme] == []
