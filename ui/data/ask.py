"""How a question is asked: a query and its values → rows, remembered as long as the build is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import starmap
from typing import Any, TypeVar

import duckdb
import numpy
import pandas

from ui.data.build import NoDatabase, build, connection_of
from ui.data.kept import kept, kept_apart

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Record(Mapping[str, Any]):
    """A frozen row that can also be read by the names of its columns: `plan["year"]` is `plan.year`."""

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self, name)
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return (field.name for field in fields(self))

    def __len__(self) -> int:
        return len(fields(self))


_MANY = 64
"""From so many texts on a list goes to DuckDB as one text and is parted there: taken one by one, ten thousand cost more than
most questions.
"""
_PART = "\x1f"
"""What parts them: a sign that stands in no text."""


def _sent(sql: str, params: tuple[Any, ...]) -> tuple[str, list[Any]]:
    """A query and its values as DuckDB is given them."""
    pieces = sql.split("?")
    sent: list[Any] = []
    for at, value in enumerate(params):
        is_long = isinstance(value, tuple) and len(value) > _MANY and isinstance(value[0], str)
        sent.append(_joined(value) if is_long else list(value) if isinstance(value, tuple) else value)
        pieces[at] += f"string_split(?, '{_PART}')" if is_long else "?"
    return "".join(pieces), sent


@lru_cache(maxsize=64)
def _joined(texts: tuple[str, ...]) -> str:
    return _PART.join(texts)


@kept(4096)
def _cached(path: str, sql: str, params: tuple[Any, ...]) -> pandas.DataFrame:
    # not by st.cache_data: a page asks some hundred times, and pickling and hashing would cost it more than all its
    # queries
    asked, sent = _sent(sql, params)
    return connection_of(path).cursor().sql(asked, params=sent).to_arrow_table().to_pandas()


@kept(16)
def _few(path: str, sql: str, params: tuple[Any, ...]) -> dict[str, numpy.ndarray]:
    columns = connection_of(path).cursor().execute(*_sent(sql, params)).fetchnumpy()
    for values in columns.values():
        values.flags.writeable = False
    return columns


@contextmanager
def told() -> Iterator[None]:
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise NoDatabase("other_version", build().path, error) from error
    except duckdb.Error as error:
        raise NoDatabase("broken", build().path, error) from error


def frame(sql: str, *params: Any) -> pandas.DataFrame:
    """Rows of a view of this build. `?` stands for a parameter; give a tuple for `= any(?)`."""
    with told():
        # pandas copies a frame's values when one of the two is written to, so nobody can change the one that is kept
        return _cached(build().path, sql, params).copy(deep=False)


@kept(4096)
def _listed(path: str, sql: str, params: tuple[Any, ...]) -> tuple[dict[str, Any], ...]:
    found = connection_of(path).cursor().execute(*_sent(sql, params))
    names = [column[0] for column in found.description]
    return tuple(dict(zip(names, row)) for row in found.fetchall())


@kept(4096)
def _typed(path: str, kind: type[Any], sql: str, params: tuple[Any, ...]) -> tuple[Any, ...]:
    return _rows(path, kind, sql, params)


def _rows(path: str, kind: type[Any], sql: str, params: tuple[Any, ...]) -> tuple[Any, ...]:
    found = connection_of(path).cursor().execute(*_sent(sql, params))
    names = [column[0] for column in found.description]
    if names != (wanted := [field.name for field in fields(kind)]):
        raise TypeError(f"{kind.__name__}: {wanted} asked for, {names} found")
    lists = [at for at, column in enumerate(found.description) if str(column[1]).endswith("]")]
    rows = found.fetchall()
    if not lists or not rows:
        return tuple(starmap(kind, rows))
    columns = list(zip(*rows))
    for at in lists:
        columns[at] = tuple(None if value is None else tuple(value) for value in columns[at])
    return tuple(map(kind, *columns))


PLANS = object()
"""Stands for the plans among the values of a question `by_plan`."""


@kept_apart(100_000)
def _by_plan(
    path: str, plan_ids: tuple[str, ...], kind: type[Any], sql: str, params: tuple[Any, ...]
) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for row in _rows(path, kind, sql, tuple(plan_ids if value is PLANS else value for value in params)):
        found.setdefault(row.plan_id, []).append(row)
    return {plan_id: tuple(rows) for plan_id, rows in found.items()}


def columns(kind: type[Any]) -> str:
    """The fields of a row as a query lists them."""
    return ", ".join(f'"{field.name}"' for field in fields(kind))


def typed(kind: type[Row], sql: str, *params: Any) -> tuple[Row, ...]:
    """One frozen row of `kind`, a dataclass, per row found: its fields are the columns, in their order, None where
    nothing is known; a list comes as a tuple.
    """
    with told():
        return _typed(build().path, kind, sql, params)


def by_plan(kind: type[Row], plan_ids: Sequence[str], sql: str, *params: Any) -> tuple[Row, ...]:
    """The same of rows that say each something of one plan (`plan_id`), whichever others are asked for: what is known of a
    plan is not asked again, since DuckDB takes longer to plan a question than to answer it. Among the values `PLANS` stands
    for the plans. The plans come in the order given, the rows of each in that of the question; of many plans all is asked
    as one, in the question's own order, which has to be the same.
    """
    asked = tuple(dict.fromkeys(plan_ids))
    if len(asked) > _MANY:
        return typed(kind, sql, *(asked if value is PLANS else value for value in params))
    with told():
        found = _by_plan(build().path, asked, kind, sql, params)
    return tuple(row for rows in found.values() for row in rows or ())


def typed_once(kind: type[Row], sql: str, *params: Any) -> tuple[Row, ...]:
    """The same for what may be long and goes into one file: no answer is kept."""
    with told():
        return _rows(build().path, kind, sql, params)


def records(sql: str, *params: Any) -> tuple[dict[str, Any], ...]:
    """The same as one dictionary a row, for a few rows: a frame takes longer to make than these take to find."""
    with told():
        return _listed(build().path, sql, params)


def mapped(sql: str, *params: Any) -> dict[Any, Any]:
    """The second of two columns asked for by the first."""
    return dict(tuple(row.values()) for row in records(sql, *params))


def column(sql: str, *params: Any) -> tuple[Any, ...]:
    """The values of the one column asked for."""
    return tuple(value for row in records(sql, *params) for value in row.values())


def arrays_once(sql: str, *params: Any) -> dict[str, numpy.ndarray]:
    """The same for what others make something of: no answer is kept."""
    with told():
        return connection_of(build().path).cursor().execute(*_sent(sql, params)).fetchnumpy()


def arrays(sql: str, *params: Any) -> dict[str, numpy.ndarray]:
    """The same as plain arrays by column, for what may be long: only the last few answers are kept. Nobody can write
    into them.
    """
    with told():
        return _few(build().path, sql, params)


# The whole, for those who take it away.


def stored(table: str) -> tuple[dict[str, str], Iterator[tuple[Any, ...]]]:
    """One table of the build as it is: its columns with their types, and its rows in a fixed order, read as they are
    asked for.
    """
    name = '"' + table.replace('"', '""') + '"'
    with told():
        cursor = connection_of(build().path).cursor()
        cursor.execute(f"select * from {name} order by all")
    columns = {column[0]: str(column[1]) for column in cursor.description}

    def rows() -> Iterator[tuple[Any, ...]]:
        while found := cursor.fetchmany(10_000):
            yield from found

    return columns, rows()
