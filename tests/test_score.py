"""score: shares, intervals and the matrix, on answers small enough to count by hand."""

from __future__ import annotations

import pytest

from etl.measure import classes, matching, reading
from etl.model import Match, Unit

GOLD = {"kind": "action", "text": "x", "dim_alt": [], "sub_alt": []}


def answer(
    dim: int, sub: str | None, said: int | None, said_sub: str | None = None, review: bool = False, **more
) -> matching.Answer:
    return matching.Answer("p", GOLD | {"dim": dim, "sub": sub} | more, Match(said, said_sub, review=review))


FOUND = [
    answer(1, "1.1", 1, "1.1"),
    answer(1, "1.2", 1, None, sub_alt=["1.1"]),
    answer(2, None, 2, None),
    answer(2, "2.1", 4, "4.4", review=True, dim_alt=[4], sub_alt=["4.4"]),
    answer(0, None, None, None, review=True),
]


def test_each_measure_counts_what_it_says() -> None:
    assert matching.measures(FOUND) == {
        "dim": (3, 5),
        "dim_with_alternatives": (4, 5),
        "sub": (2, 5),
        "sub_with_alternatives": (3, 5),
        "flagged": (2, 5),
        "unflagged_right": (3, 3),
        "flagged_right": (1, 2),
    }


def test_precision_and_recall_are_by_class() -> None:
    sides = classes.by_class(matching.confusion(FOUND), matching.DIMS)
    assert sides[1] == {"precision": (2, 2), "recall": (2, 2)} and sides[2] == {"precision": (1, 1), "recall": (1, 2)}
    assert sides[4] == {"precision": (0, 1), "recall": (0, 0)} and sides[0]["recall"] == (0, 1)


def test_macro_f1_is_the_mean_over_the_classes_that_have_units() -> None:
    assert classes.macro_f1(classes.by_class(matching.confusion(FOUND), matching.DIMS)) == pytest.approx(
        (1 + 2 / 3 + 0) / 3
    )


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (81, 263, 0.255, 0.366), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert classes.interval(right, of) == pytest.approx((low, high), abs=0.001)


def test_the_matrix_holds_every_answer_once_and_no_answer_is_one() -> None:
    matrix = matching.confusion(FOUND)
    assert sum(matrix.values()) == len(FOUND) and matrix[0, None] == 1 and matrix[2, 4] == 1


def test_only_actions_and_descriptions_are_asked() -> None:
    gold = {"p": [GOLD | {"dim": 1, "sub": None}, GOLD | {"kind": "objective", "dim": 0, "sub": None}]}
    assert len(matching.answers(gold, lambda plan, texts: [Match(1) for _ in texts])) == 1


def test_kinds_count_what_was_read_as_another_what_was_missed_and_what_has_no_label() -> None:
    words = ("Niêm yết thủ tục hành chính tại trụ sở", "Tỷ lệ người dân biết về bầu cử trưởng thôn", "Mở hòm thư góp ý")
    gold = [
        {"text": text, "kind": kind, "lines": [at, at]}
        for at, (text, kind) in enumerate(zip(words, ("action", "description", "action"), strict=True), 1)
    ]
    read = [
        Unit(at, "narrative", "II", text, at, at)
        for text, at in ((words[0], 1), (words[1], 2), ("Đoạn này không nhãn nào có", 9))
    ]
    assert reading.kinds(gold, read) == {
        ("action", "action"): 1,
        ("description", "action"): 1,
        ("action", None): 1,
        (None, "action"): 1,
    }
