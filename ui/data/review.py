"""What people decided of units: kept beside the builds, counted by the builds that are made since."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from decided import KINDS, Decision, Said, Store, Unfit, fingerprint
from ui.data.ask import column, mapped
from ui.data.build import build, folder, is_mine, published

__all__ = [
    "KINDS",
    "Decision",
    "Said",
    "Unfit",
    "decided_ids",
    "decided_units",
    "decisions",
    "fingerprint",
    "is_waiting",
]


def decisions() -> Store:
    """Where they are kept."""
    return Store(folder())


def decided_units(plan_id: str) -> Mapping[int, str]:
    """The decisions that count in a plan, by their number, each with its unit."""
    return mapped("select number, unit_id from decisions where plan_id = ? and unit_id is not null", plan_id)


def decided_ids() -> frozenset[str]:
    """All units that count as a person decided."""
    return frozenset(column("select unit_id from units where dim_basis = 'reviewed'"))


def is_waiting() -> bool:
    """Whether people have decided something that the build in force does not count yet."""
    try:
        latest = decisions().latest()
    except OSError:
        logging.getLogger(__name__).exception("what reviewers decided cannot be read")
        return False
    return latest > build().decided and not is_mine() and latest > published().decided
