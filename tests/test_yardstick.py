"""The yardstick that builds are measured by: what a reading takes meanwhile."""

from __future__ import annotations

import os
import time

from benchmarks import yardstick


def test_a_yardstick_reads_meanwhile_and_none_of_its_seconds_are_the_builds() -> None:
    with yardstick.kept() as yard:
        before = os.times()
        for _ in range(2):
            began = time.perf_counter()
            yard.begin()
            reading = yard.end()
            assert 0 < reading <= time.perf_counter() - began
        after = os.times()
    assert (before.children_user, before.children_system) == (after.children_user, after.children_system)
