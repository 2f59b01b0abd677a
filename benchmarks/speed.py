"""How fast the matcher is beside others, and how its time and memory grow: tasks a second, one core, the same tasks for
all.

Each batch goes to ours and to scikit-learn in turn, so a busy machine slows both. `BENCH_FULL=1` grows to 1,000,000
tasks.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.variants import real_tasks, varied
from etl.check import content
from etl.match import GOLD, Matcher
from etl.match.knowledge import example_units, gold_units
from etl.measure import matching, reading
from etl.model import Plan, Unit
from etl.reference import table

BATCH = 1000
ROUNDS = 15
SAMPLE = 20
"""Tasks that thefuzz is asked; it needs the same time for each, so their rate stands for any number."""
SIZES = (1_000, 10_000, 100_000, *((1_000_000,) if os.environ.get("BENCH_FULL") else ()))


LIKE = (1_000, 2_000, 4_000, 8_000)
_PLAN = Plan("x", Path("x.txt"), "", "", "", "", "", "commune", "", year=2024)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def batches(tasks: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(tasks, BATCH)):
        yield batch


def beside_others() -> str:
    """A row a method: tasks a second (the median of rounds), and ours against it."""
    from benchmarks.peers import LinearSvm, TheFuzz  # here, so that what grows() measures starts without them

    ours = Matcher.shipped()
    svm = LinearSvm(
        [
            unit
            for file in sorted(GOLD.glob("*.jsonl"))
            for unit in reading.labelled(file)
            if unit["kind"] in matching.KINDS
        ]
    )
    wordings = [row["wording"] for row in table("names")]
    thefuzz = TheFuzz(ours.labelled, wordings)
    took: dict[str, list[float]] = {"ours": [], "svm": []}
    for at, batch in enumerate(batches(varied((ROUNDS + 1) * BATCH))):
        our, their = seconds(lambda: ours.match(batch)), seconds(lambda: svm.match(batch))
        if at:  # the first round warms both up
            took["ours"].append(our)
            took["svm"].append(their)
    sample = list(varied(SAMPLE, seed=1))
    rates = {
        "ours: Matcher.match, with evidence": BATCH / statistics.median(took["ours"]),
        "scikit-learn: transform and predict, dimension and sub-dimension": BATCH / statistics.median(took["svm"]),
        f"thefuzz token_set_ratio, {len(thefuzz.candidates)} candidates (rate of {SAMPLE} tasks)": SAMPLE
        / seconds(lambda: thefuzz.match(sample)),
    }
    mine, width = rates["ours: Matcher.match, with evidence"], max(map(len, rates)) + 2
    lines = [f"{'':<{width}}{'nhiệm vụ/giây':>15}{'ours gấp':>12}"]
    lines += [f"{name:<{width}}{rate:>15,.1f}{mine / rate:>12,.2f}" for name, rate in rates.items()]
    return "\n".join(lines)


def by_part() -> str:
    """A row a part of the matcher, each beside one that lacks it: processor seconds for 1,000 tasks, and how many times
    scikit-learn's whole prediction that is. The same tasks for all, batch by batch in turn.
    """
    from benchmarks.peers import LinearSvm

    labels, names, phrases = [*gold_units(None), *example_units()], table("names"), table("phrases")
    units = [unit for file in sorted(GOLD.glob("*.jsonl")) for unit in reading.labelled(file)]
    asked: dict[str, Matcher | LinearSvm] = {
        "scikit-learn": LinearSvm([unit for unit in units if unit["kind"] in matching.KINDS]),
        "words, names, neighbours, decision": Matcher([], names, labels),
        "with phrases": Matcher(phrases, names, labels),
        "with touches": Matcher.shipped(),
    }
    took: dict[str, list[float]] = {name: [] for name in asked}
    for at, batch in enumerate(batches(varied((ROUNDS + 1) * BATCH))):
        for name, matcher in asked.items():
            start = time.process_time()
            matcher.match(batch)
            if at:  # the first round warms all up
                took[name].append(time.process_time() - start)
    middle = {name: statistics.median(some) for name, some in took.items()}
    width = max(map(len, middle)) + 2
    lines = [f"{'':<{width}}{'giây/1.000':>12}{'so với scikit-learn':>22}"]
    lines += [f"{name:<{width}}{some:>12.3f}{some / middle['scikit-learn']:>22.2f}" for name, some in middle.items()]
    return "\n".join(lines)


def grown(size: int) -> tuple[float, float, float | None]:
    """Seconds to match `size` tasks in batches, the share of them that has an answer, and the process's peak memory in
    MB.
    """
    matcher, took, answered = Matcher.shipped(), 0.0, 0
    matcher.match(real_tasks())
    for batch in batches(varied(size, seed=size)):
        start = time.perf_counter()
        matches = matcher.match(batch)
        took += time.perf_counter() - start
        answered += sum(match.dim is not None for match in matches)
    return took, answered / size, _peak()


def _peak() -> float | None:
    """The most memory this process held so far, in MB; None where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def growth() -> str:
    """A row a number of tasks, each in a process of its own: seconds in all and per 1,000, and the peak memory."""
    lines = [f"{'nhiệm vụ':>12}{'giây':>12}{'giây/1.000':>14}{'MB cao nhất':>14}{'có câu trả lời':>17}"]
    for size in SIZES:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            took, answered, peak = alone.submit(grown, size).result()
        lines.append(
            f"{size:>12,}{took:>12.2f}{1000 * took / size:>14.3f}{'–' if peak is None else f'{peak:.0f}':>14}{answered:>17.3f}"
        )
    return "\n".join(lines)


def like_tasks(count: int) -> list[Unit]:
    """Tasks of one plan that differ in a number and a quarter only, as an office's list of villages does."""
    words = "UBND các xã niêm yết danh sách hộ nghèo của thôn số {} tại nhà văn hóa và đọc trên loa trong quý {}"
    return [
        Unit(at, "narrative", "", words.format(at, ("I", "II", "III", "IV")[at % 4]), at, at, kind="action")
        for at in range(1, count + 1)
    ]


def copies() -> str:
    """A row a number of like tasks in one plan: seconds to find which of them repeat others."""
    lines = [f"{'nhiệm vụ':>12}{'giây':>12}{'giây/1.000':>14}"]
    for size in LIKE:
        units = like_tasks(size)
        took = seconds(lambda: list(content.findings(_PLAN, units)))
        lines.append(f"{size:>12,}{took:>12.2f}{1000 * took / size:>14.3f}")
    return "\n".join(lines)


def main() -> None:
    print(
        "Tốc độ, cùng các nhiệm vụ, một lõi, mỗi lượt 1.000 (nhiệm vụ thật được đổi địa danh, số, từ gần nghĩa, thứ tự vế)\n"
    )
    print(beside_others())
    print("\nPhần nào của cách khớp tốn bao nhiêu, giây của một lõi\n")
    print(by_part())
    print("\nThời gian và bộ nhớ khi số nhiệm vụ tăng (mỗi dòng một tiến trình riêng)\n")
    print(growth())
    print("\nTìm câu lặp trong một kế hoạch có nhiều nhiệm vụ gần giống nhau\n")
    print(copies())
