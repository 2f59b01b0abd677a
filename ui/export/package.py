"""All data of a build as one Frictionless data package.

In: the build in force, and data/reference/tables.csv, which describes every table (`column` empty) and column in both
languages. Out: a zip of datapackage.json, a CSV per table, the codebook in Vietnamese and English, and how it is cited.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

import tables
from ui import data
from ui.data.build import Build
from ui.export.citing import LICENCE, MAKER, citation, datacite, in_both
from ui.export.table import cite, safe, version
from ui.words import labels

_TABLES = labels.LABELS.with_name("tables.csv")
_KEYS: dict[str, list[str]] = {
    "plans": ["plan_id"],
    "units": ["unit_id"],
    "unit_agencies": ["unit_id", "agency", "role"],
    "evidence": ["unit_id", "rank"],
    "touches": ["unit_id", "sub"],
    "matters": ["matter"],
    "unit_matters": ["unit_id", "matter"],
    "layer_links": ["body_unit_id", "annex_unit_id"],
    "plan_subdimension": ["basis", "plan_id", "sub"],
    "dimensions": ["dim"],
    "subdimensions": ["sub"],
    "agencies": ["agency"],
    "scores": ["province", "year", "dim"],
    "sub_scores": ["province", "year", "sub"],
}
_REFERS: dict[str, dict[str, str]] = {
    "units": {
        "plan_id": "plans",
        **dict.fromkeys(("declared_dim", "matched_dim", "dim", "runner_up_dim"), "dimensions"),
        **dict.fromkeys(("declared_sub", "matched_sub", "sub", "runner_up_sub"), "subdimensions"),
    },
    "unit_agencies": {"unit_id": "units", "agency": "agencies"},
    "evidence": {"unit_id": "units", "dim": "dimensions", "sub": "subdimensions"},
    "touches": {"unit_id": "units", "sub": "subdimensions"},
    "matters": {"sub": "subdimensions"},
    "unit_matters": {"unit_id": "units", "matter": "matters"},
    "layer_links": {"body_unit_id": "units", "annex_unit_id": "units", "sub": "subdimensions"},
    "plan_links": {"plan_id": "plans", "earlier_id": "plans"},
    "family_units": {
        **dict.fromkeys(("plan_id", "earlier_id"), "plans"),
        **dict.fromkeys(("unit_id", "earlier_unit_id", "nearest_unit_id"), "units"),
    },
    "plan_subdimension": {"plan_id": "plans", "dim": "dimensions", "sub": "subdimensions"},
    "findings": {"plan_id": "plans", "unit_id": "units"},
    "lines": {"plan_id": "plans", "unit_id": "units"},
    "subdimensions": {"dim": "dimensions"},
    "scores": {"dim": "dimensions"},
    "sub_scores": {"dim": "dimensions", "sub": "subdimensions"},
    "score_breaks": {"dim": "dimensions", "sub": "subdimensions"},
    "dropped_scores": {"dim": "dimensions"},
    "measures": {"plan_id": "plans", "other_plan_id": "plans", "class": "dimensions"},
}
_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "DATE": "date",
    "VARCHAR[]": "array",
}
_OF_PAPI = ("scores", "sub_scores", "dropped_scores")
"""The tables that hold PAPI's figures; who leaves out the first leaves out all."""
_PAPI = {"title": "PAPI (CECODES, VFF-CRT, RTA, UNDP)", "path": "https://papi.org.vn"}


@lru_cache(maxsize=1)
def described() -> dict[str, dict[str, dict[str, str]]]:
    """What each column means, by table and column; a table's own words are under ""."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in tables.last_good(_TABLES, data.kept_table):
        found.setdefault(row["table"], {})[row["column"]] = {"vi": row["vi"], "en": row["en"]}
    return found


def guarded(value: Any) -> Any:
    """A value as its cell: no spreadsheet runs it, and `'` is doubled wherever it would stand for that: "=1" → "'=1",
    "'a" → "''a", "a;=1" → "a;'=1", "a;'=1" → "a;''=1". One less in each such place gives the text back.
    """
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    cell = safe(value)
    return "'" + cell if isinstance(value, str) and value.startswith("'") and cell[:2] != "''" else cell


def _sheet(columns: Iterable[str], rows: Iterable[tuple[Any, ...]], archive: zipfile.ZipFile, name: str) -> None:
    with (
        archive.open(f"{name}.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([guarded(value) for value in row] for row in rows)


def _resource(table: str, columns: dict[str, str], held: Collection[str]) -> dict[str, Any]:
    """What the standard wants to know of a table, in a package that holds these."""
    said = described()[table]
    fields = [
        {"name": name, "type": _TYPES[kind], "description": said[name]["en"], "description_vi": said[name]["vi"]}
        for name, kind in columns.items()
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table in _KEYS:
        schema["primaryKey"] = _KEYS[table]
    if refers := {name: other for name, other in _REFERS.get(table, {}).items() if other in held}:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": other, "fields": _KEYS[other]}}
            for name, other in refers.items()
        ]
    return {
        "name": table,
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "description": said[""]["en"],
        "description_vi": said[""]["vi"],
        "schema": schema,
        **({"sources": [_PAPI]} if table in _OF_PAPI else {}),
    }


def codebook(language: str, held: Collection[str]) -> str:
    """Every table and column of a package in words, as Markdown; how to read a cell that begins with '."""
    with labels.speaking(language):
        parts = [
            f"# {labels.t('package.codebook')}",
            labels.t("package.abstract"),
            labels.t("package.intro"),
            labels.t("package.undo"),
            labels.t("package.licence"),
            *([labels.t("package.scores")] if "scores" in held else []),
            labels.t("method.limit_readers"),
            version(),
            *cite(),
        ]
    for table, columns in described().items():
        if table in held:
            parts.append(f"## {table}\n\n{columns[''][language]}.")
            parts.append("\n".join(f"- `{name}`: {said[language]}" for name, said in columns.items() if name))
    return "\n\n".join(parts) + "\n"


def make(without: Collection[str] = ()) -> bytes:
    """The package of the build in force as a zip, but for some of its tables."""
    out, build, resources = io.BytesIO(), data.build(), []
    gone = {*without, *(_OF_PAPI if "scores" in without else ())}
    held = [table for table in described() if table not in gone]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in held:
            columns, rows = data.stored(table)
            _sheet(columns, rows, archive, table)
            resources.append(_resource(table, columns, held))
        for language in labels.LANGUAGES:
            archive.writestr(f"codebook.{language}.md", codebook(language, held))
        archive.writestr("codebook.csv", "\ufeff" + _TABLES.read_text(encoding="utf-8"))
        archive.writestr("CITATION.cff", citation(build))
        archive.writestr("datacite.json", _json(datacite(build, held)))
        archive.writestr("datapackage.json", _json(_described(build, resources)))
    return out.getvalue()


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2)


def _described(build: Build, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """What the standard wants to know of a package, in English, and beside it in Vietnamese: `title`, `title_vi`."""
    words = {
        name: in_both(f"package.{key}")
        for name, key in (("title", "title"), ("description", "abstract"), ("quoting", "undo"))
    }
    return {
        "profile": "data-package",
        "name": "papi-plans",
        "id": build.build_id,
        "version": build.program_version,
        "created": build.built_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        **{name: said["en"] for name, said in words.items()},
        **{f"{name}_vi": said["vi"] for name, said in words.items()},
        "contributors": [{"title": MAKER, "role": "author"}],
        "licenses": [
            {"name": LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Labels: CC BY 4.0"},
            {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "Program: MIT"},
        ],
        "resources": resources,
    }
