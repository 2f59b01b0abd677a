"""What several rooms' tests stand on: the shipped plans, read once, and a database of them."""
from __future__ import annotations

from pathlib import Path

import pytest

from etl import load
from etl.__main__ import readings as read_all
from etl.match import Matcher
from etl.model import Reading
from etl.reference import DATA


@pytest.fixture(scope="session")
def readings() -> tuple[Reading, ...]:
    """The five shipped plans after the whole way."""
    return tuple(read_all(DATA / "plans", Matcher.shipped()))


@pytest.fixture(scope="session")
def database(readings: tuple[Reading, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database file of the shipped plans; open it read-only."""
    file = tmp_path_factory.mktemp("database") / "papi.duckdb"
    load.write(file, readings)
    return file
