"""How right the matcher is beside other methods, on the same texts and splits, headings hidden, one plan held out at a
time.

In: data/gold (units of kind action and description; nine classes, 0 among them). Others learn from those units of the
other plans, ours from its phrases, names and every labelled unit of the other plans. Apart: plans and sentences that no
label of data/gold is from.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.peers import LinearSvm, NearestName, NearestUnits
from etl.match import GOLD, Matcher
from etl.measure import matching as measure_matching
from etl.measure import reading
from etl.measure.classes import by_class, macro_f1
from etl.measure.matching import KINDS, Answer
from etl.reference import ROOT

FRESH = sorted((ROOT / "tests" / "data").glob("match_*.csv"))
STRANGERS = sorted((ROOT / "tests" / "strangers").glob("*.jsonl"))
Gold = dict[str, Sequence[dict]]
Method = Callable[[Sequence[dict]], "LinearSvm | NearestName | NearestUnits"]


def labelled(files: Sequence[Path]) -> Gold:
    return {file.stem: reading.labelled(file) for file in files}


def learning(gold: Gold, method: Method) -> list[Answer]:
    """What a method answers on each plan that has learnt from the others only."""

    def matching(held_out: str, texts: list[str]) -> list:
        known = [unit for plan, units in gold.items() for unit in units if plan != held_out and unit["kind"] in KINDS]
        return method(known).match(texts)

    return measure_matching.answers(gold, matching)


def sentences(file: Path) -> list[dict]:
    """Labelled sentences of a CSV: text, dim, sub, dim_alt, sub_alt (several by ";"). An empty `dim` is text that is on
    nothing of the kind.
    """
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            {
                "kind": "action",
                "text": row["text"],
                "dim": int(row["dim"]) if row["dim"] else None,
                "sub": row["sub"] or None,
                "dim_alt": [int(dim) for dim in row["dim_alt"].split(";") if dim],
                "sub_alt": [sub for sub in row["sub_alt"].split(";") if sub],
            }
            for row in csv.DictReader(rows)
        ]


def table(rows: dict[str, list[measure_matching.Answer]]) -> str:
    """A row a method: how often right, strict and with the alternatives that the labels list; an empty sub-dimension is
    an answer too.
    """
    width = max(map(len, rows)) + 2
    lines = [
        " " * width
        + "".join(f"{head:>14}" for head in ("dim", "dim + khác", "sub", "sub + khác", "macro-F1", "văn bản"))
    ]
    for name, found in rows.items():
        measures = measure_matching.measures(found)
        shares = [
            right / of
            for right, of in (measures[m] for m in ("dim", "dim_with_alternatives", "sub", "sub_with_alternatives"))
        ]
        lines.append(
            f"{name:<{width}}"
            + "".join(
                f"{share:>14.3f}"
                for share in (*shares, macro_f1(by_class(measure_matching.confusion(found), measure_matching.DIMS)))
            )
            + f"{len(found):>14}"
        )
    return "\n".join(lines)


def doubt(rows: dict[str, list[measure_matching.Answer]]) -> str:
    """A row a set of texts: the share flagged for review, how right the others are, and how right the flagged."""
    width = max(map(len, rows)) + 2
    lines = [
        " " * width
        + "".join(f"{head:>28}" for head in ("cần xem lại", "đúng khi không cần xem lại", "đúng khi cần xem lại"))
    ]
    for name, found in rows.items():
        measures = measure_matching.measures(found)
        cells = (
            f"{right / of:.3f} ({right}/{of})" if of else "–"
            for right, of in (measures[m] for m in ("flagged", "unflagged_right", "flagged_right"))
        )
        lines.append(f"{name:<{width}}" + "".join(f"{cell:>28}" for cell in cells))
    return "\n".join(lines)


def main() -> None:
    gold = labelled(sorted(GOLD.glob("*.jsonl")))
    shipped = Matcher.shipped()
    ours = {
        "ours, held out": measure_matching.answers(
            gold, lambda plan, texts: Matcher.shipped(without_plan=plan).match(texts)
        ),
        # as `evaluate` asks: a sentence does not find its own label, which would be sure of itself
        "ours, as shipped": measure_matching.answers(gold, lambda plan, texts: shipped.match(texts, plan)),
    }
    print(
        "Độ chính xác, chỉ từ câu chữ, mỗi lần để riêng một kế hoạch (+ khác: kể cả cách hiểu khác mà nhãn chấp nhận)\n"
    )
    print(
        table(
            {
                "rapidfuzz token_set_ratio, official names": learning(gold, NearestName),
                "rapidfuzz token_set_ratio, 5 nearest units": learning(gold, NearestUnits),
                "scikit-learn TF-IDF (words 1–3, 1–2) + linear SVM": learning(gold, LinearSvm),
                **ours,
            }
        )
    )

    everything = [unit for units in gold.values() for unit in units if unit["kind"] in measure_matching.KINDS]
    svm = LinearSvm(everything)
    sets = {file.name: sentences(file) for file in FRESH}
    strangers = labelled(STRANGERS)
    fresh: dict[str, Gold] = {
        name: {name: [row for row in rows if row["dim"] is not None]} for name, rows in sets.items()
    }
    elsewhere: dict[str, Gold] = {**fresh, f"tests/strangers ({len(strangers)} plans)": strangers}
    answers = {
        f"{name}: ours": measure_matching.answers(some, lambda plan, texts: shipped.match(texts))
        for name, some in elsewhere.items()
    }
    print("\nTrên câu và kế hoạch khác, không có nhãn nào trong data/gold (không phải văn bản thật)\n")
    print(
        table(
            {
                **answers,
                **{
                    f"{name}: scikit-learn": measure_matching.answers(some, lambda plan, texts: svm.match(texts))
                    for name, some in elsewhere.items()
                },
            }
        )
    )

    print("\nNghi ngờ: phần cần người xem lại, và phần còn lại đúng bao nhiêu (dim + khác)\n")
    print(doubt({**ours, **answers}))
    foreign = [row["text"] for rows in sets.values() for row in rows if row["dim"] is None]
    print(
        f"\nCâu không liên quan: {sum(match.dim is None for match in shipped.match(foreign))}/{len(foreign)} không có câu trả lời"
    )
