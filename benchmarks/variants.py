"""Any number of tasks, made by varying real ones: other places, numbers, near synonyms and another order of clauses.

Nearly no two are the same, so remembering whole texts helps nobody. The same seed gives the same tasks.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from etl.match import GOLD
from etl.measure import matching, reading
from etl.reference import table

SYNONYMS = (
    ("tăng cường", "đẩy mạnh", "chú trọng", "quan tâm"),
    ("thực hiện", "triển khai", "tổ chức thực hiện"),
    ("người dân", "nhân dân", "công dân", "bà con"),
    ("nâng cao", "cải thiện", "từng bước nâng cao"),
    ("công khai", "niêm yết công khai", "thông báo công khai"),
    ("kịp thời", "nhanh chóng", "đúng hạn"),
    ("kiểm tra", "rà soát", "thanh tra, kiểm tra"),
    ("tuyên truyền", "phổ biến", "vận động"),
    ("đảm bảo", "bảo đảm"),
    ("hiệu quả", "thiết thực", "chất lượng"),
)
_CLAUSE = re.compile(r"(?<=[;,.])\s+")
_NUMBER = re.compile(r"\d+")
_ONSETS, _RIMES = (
    ["b", "c", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x"],
    [
        "ai",
        "an",
        "anh",
        "ao",
        "ên",
        "inh",
        "iên",
        "oa",
        "ông",
        "ơn",
        "uân",
        "ung",
        "ương",
        "ức",
        "ệt",
        "ắc",
        "ọc",
        "ủy",
    ],
)


def real_tasks() -> list[str]:
    """The texts of the labelled units of kind action and description."""
    return [
        unit["text"]
        for file in sorted(GOLD.glob("*.jsonl"))
        for unit in reading.labelled(file)
        if unit["kind"] in matching.KINDS
    ]


def provinces() -> list[str]:
    rows = table("provinces-2025")
    return sorted({name for row in rows for name in (row["province"], row["province_since_2025_07_01"])})


def varied(count: int, seed: int = 0, real: Sequence[str] = ()) -> Iterator[str]:
    """`count` tasks, one by one, so that nobody has to hold them all."""
    dice = random.Random(seed)
    texts, places = real or real_tasks(), provinces()
    place = re.compile("|".join(map(re.escape, sorted(places, key=len, reverse=True))))
    synonyms = [(re.compile("|".join(sorted(words, key=len, reverse=True))), words) for words in SYNONYMS]
    for _ in range(count):
        clauses = _CLAUSE.split(dice.choice(texts))
        dice.shuffle(clauses)
        text = _NUMBER.sub(
            lambda found: str(dice.randrange(10 ** len(found[0]))),
            place.sub(lambda _: dice.choice(places), " ".join(clauses)),
        )
        for pattern, words in synonyms:
            text = pattern.sub(lambda _: dice.choice(words), text)
        village = " ".join((dice.choice(_ONSETS) + dice.choice(_RIMES)).capitalize() for _ in range(2))
        yield f"{text} tại xã {village}, tỉnh {dice.choice(places)} năm {dice.randint(2018, 2030)}"
