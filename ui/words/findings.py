"""What the rules of a build have found, in words.

In: data/reference/findings.csv (`code,group,title_vi,title_en,sentence_vi,sentence_en,right,of,order`) and rows of
`ui.data`. Out: titles and sentences in the reader's language, and how often a rule was right when its findings were
counted one by one. The words of a document only fill gaps of a sentence: it stays plain text, and whoever makes markup
of it escapes it whole.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import tables
from ui import ROOT, data
from ui.data.findings import PlanFinding
from ui.words import labels, units
from ui.words.plans import plan_name

_RULES = (ROOT / "data" / "reference" / "findings").with_suffix(".csv")
GROUPS = ("contradiction", "missing", "reading")
"""What a finding is about: the plan against itself, what it leaves open, what the program could not tell."""
COUNTED = ("task_without_lead", "task_without_timing", "agencies_uncertain", "unknown_agency")
"""Rules of which a plan has many alike: lists give their number and a link, not each of them."""
MOST = 200
"""So many findings of one plan and kind are shown on a page; the download has them all."""


@dataclass(frozen=True)
class Rule:
    """One rule: its words in both languages, and how many of how many findings on the five labelled plans were
    right.
    """

    code: str
    group: str
    title_vi: str
    title_en: str
    sentence_vi: str
    sentence_en: str
    right: int
    of: int


_WORDS = ("code", "group", "title_vi", "title_en", "sentence_vi", "sentence_en")


@lru_cache(maxsize=2)
def _read(changed: int) -> dict[str, Rule]:
    rows = sorted(tables.last_good(_RULES, data.kept_table), key=lambda row: int(row["order"]))
    return {
        row["code"]: Rule(**{name: row[name] for name in _WORDS}, right=int(row["right"]), of=int(row["of"]))
        for row in rows
    }


def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order a reader should see them."""
    return _read(tables.changed(_RULES))


def title(code: str) -> str:
    """What a rule finds: "Số thứ tự trùng"."""
    return getattr(rules()[code], f"title_{labels.lang()}")


def precision(code: str) -> str:
    """ "11 / 11", or a dash where the five labelled plans show no case of a rule."""
    rule = rules()[code]
    return labels.t("common.of", part=rule.right, whole=rule.of) if rule.of else "–"


def known(codes: Mapping[str, Any] | list[str] | tuple[str, ...]) -> list[str]:
    """Those codes that the table explains, in its order."""
    return [code for code in rules() if code in codes]


class Said(Protocol):
    """What a rule says, by name."""

    @property
    def code(self) -> str: ...
    @property
    def detail(self) -> str: ...


def sentence(finding: Said) -> str:
    """One finding in one sentence, as plain text."""
    template = getattr(rules()[finding.code], f"sentence_{labels.lang()}")
    return template.format_map(_Gaps(_said(finding.detail)))


def unit_ids(found: Iterable[PlanFinding]) -> tuple[str, ...]:
    """The units that findings are about: those they stand at, and those that say the same elsewhere."""
    ids: list[str | None] = []
    for one in found:
        other = _values(one.detail).get("unit")
        ids += [one.unit_id, f"{one.plan_id}:{other}" if other else None]
    return tuple(dict.fromkeys(filter(None, ids)))


class _Gaps(dict[str, str]):
    """What fills the gaps of a sentence; a value that an older build does not have shows as a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def _values(detail: str) -> dict[str, Any]:
    """What a finding says by name; plain words under `detail`."""
    try:
        return json.loads(detail) if detail.startswith("{") else {"detail": detail}
    except ValueError:
        return {"detail": detail}


def _said(detail: str) -> dict[str, str]:
    """The values of a finding, in the reader's words."""
    values = _values(detail)
    said = {name: _shown(name, value) for name, value in values.items()}
    if "line" in values:
        said["at"] = units.at(values["line"], values.get("place"))
    if "dim" in values:
        said["topic"] = units.topic_name(int(values["dim"]), None)
    if f"names_{labels.lang()}" in values:
        said["names"] = labels.names(values[f"names_{labels.lang()}"])
    said["missing"] = labels.t("findings.list_lacks", dims=labels.names(values["dims"])) if values.get("dims") else ""
    said["elsewhere"] = labels.t("findings.elsewhere", n=values["elsewhere"]) if values.get("elsewhere") else ""
    return said


def _shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return labels.names([str(one) for one in value])
    if name in ("sub", "other", "declared", "matched"):
        sub = str(value)
        return units.topic_name(int(sub[0]), sub if "." in sub else None, short=True) if sub[:1].isdecimal() else sub
    if name == "issued":
        return labels.day(datetime.date.fromisoformat(value))
    if name == "spot":
        return units.place(value)
    if name == "section":
        return units.section(str(value))
    return str(value)


def where(finding: PlanFinding) -> str:
    """The place of a finding: "mục II.3.1.c, dòng 81"; of one that stands at no unit, its line."""
    line = units.at(finding.line, finding.place)
    if not finding.section or not (finding.first_line or 0) <= (finding.line or 0) <= (finding.last_line or 0):
        return line
    return labels.t("tasks.section", section=units.section(finding.section), lines=line)


def csv_rows(plan_ids: tuple[str, ...], codes: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Every finding of these plans and kinds, for the download: columns and rows."""
    columns = {
        name: labels.t(f"findings.column_{name}")
        for name in ("plan", "group", "kind", "sentence", "section", "line", "text", "precision")
    }
    rows = [
        {
            "plan": plan_name(data.plan(one.plan_id)),
            "group": labels.t(f"findings.group.{rules()[one.code].group}"),
            "kind": title(one.code),
            "sentence": sentence(one),
            "section": one.section or "",
            "line": units.place(one.place) or one.line,
            "text": one.words or "",
            "precision": precision(one.code),
        }
        for one in data.findings(plan_ids, codes)
    ]
    return columns, rows
