"""A small database of a test's own: its rows are put in by name, and every view stands on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from etl import load


@contextmanager
def database(file: Path) -> Iterator[Callable[[str, Mapping[str, Any]], None]]:
    """A new database file; gives what puts a row into a table: `insert("plans", {"plan_id": "a", …})`."""
    with duckdb.connect(str(file)) as connection:
        connection.execute((load.SQL / "schema.sql").read_text(encoding="utf-8"))

        def insert(table: str, row: Mapping[str, Any]) -> None:
            connection.execute(
                f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values())
            )

        yield insert
        load.views(connection)
