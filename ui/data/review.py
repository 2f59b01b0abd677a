"""What people decided of units: kept beside the builds, counted by the builds that are made since."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from decided import KINDS, Decision, Said, Store, Unfit, as_read, fingerprint
from ui.data.ask import column, mapped
from ui.data.build import build, folder, is_mine, published

__all__ = [
    "KINDS",
    "Decision",
    "Said",
    "Unfit",
    "as_read",
    "decided_ids",
    "decided_number",
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


def decided_number(unit_id: str) -> int | None:
    """The number of the decision that counts of a unit."""
    return next(iter(column("select number from decisions where unit_id = ?", unit_id)), None)


def decided_ids() -> frozenset[str]:
    """All units that a person decided otherwise than they were read."""
    return frozenset(column("select unit_id from units where dim_basis = 'reviewed'"))


def state() -> str:
    """Which decisions there are by now; "" where there are none, or where they cannot be read."""
    try:
        return decisions().state()
    except OSError:
        logging.getLogger(__name__).exception("what reviewers decided cannot be read")
        return ""


def is_waiting() -> bool:
    """Whether people have decided something that the build in force does not count yet, or it counts what is gone."""
    return not is_mine() and (now := state()) != build().decided and now != published().decided
