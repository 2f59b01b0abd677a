"""How the data package is cited, for machines: DataCite's metadata, as whoever registers a DOI hands them in, and a
CITATION.cff. Both name the version of the data, which is the name of its build.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from ui.data.build import Build
from ui.words import labels

MAKER = "The maintainers"
"""Who stands for the program and its labels, as in CITATION.cff of the program."""
LICENCE = "CC-BY-4.0"
_LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/legalcode",
    "MIT": "https://opensource.org/license/mit",
}
_KEYWORDS = ("PAPI", "public administration", "local government", "Viet Nam", "plans", "text as data")


def in_both(key: str) -> dict[str, str]:
    """The words of a label by language."""
    said = labels.table()[key]
    return {language: said[language] for language in labels.LANGUAGES}


def datacite(build: Build, tables: Collection[str]) -> dict[str, Any]:
    """The metadata of DataCite's schema 4 of a package with these tables. `identifiers` is empty until a DOI is given;
    who publishes puts their own name as publisher.
    """
    title, abstract = in_both("package.title"), in_both("package.abstract")
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "identifiers": [],
        "creators": [{"name": MAKER, "nameType": "Organizational"}],
        "titles": [
            {"title": title["en"], "lang": "en"},
            {"title": title["vi"], "lang": "vi", "titleType": "TranslatedTitle"},
        ],
        "publisher": {"name": MAKER},
        "publicationYear": str(build.built_at.year),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Coded plan documents"},
        "subjects": [{"subject": word} for word in _KEYWORDS],
        "dates": [{"date": build.built_at.date().isoformat(), "dateType": "Created"}],
        "language": "vi",
        "version": build.build_id,
        "formats": ["application/zip", "text/csv", "application/json"],
        "sizes": [f"{len(tables)} tables"],
        "rightsList": [
            {"rights": name, "rightsUri": _LICENCES[name], "rightsIdentifier": name, "rightsIdentifierScheme": "SPDX"}
            for name in _LICENCES
        ]
        + ([{"rights": in_both("package.scores")["en"], "lang": "en"}] if "scores" in tables else []),
        "descriptions": [
            {"description": said, "descriptionType": "Abstract", "lang": language}
            for language, said in abstract.items()
        ],
        "geoLocations": [{"geoLocationPlace": "Viet Nam"}],
    }


def citation(build: Build) -> str:
    """The package's CITATION.cff. Strings are written as JSON, which is YAML too."""
    fields = {
        "cff-version": "1.2.0",
        "message": "Cite these data with their version.",
        "type": "dataset",
        "title": in_both("package.title")["en"],
        "abstract": in_both("package.abstract")["en"],
        "authors": [{"name": MAKER}],
        "version": build.build_id,
        "date-released": build.built_at.date().isoformat(),
        "license": LICENCE,
        "keywords": list(_KEYWORDS),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
