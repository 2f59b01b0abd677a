"""fates: links between plans → what became of each unit, counted once for two readings and kept.

In: links in their order, in a database that holds the units of their plans. Out: the rows of `family_units`, in the order
of the links. With `Kept`, what was counted of two readings lies in Parquet files, each named by the hash of its bytes, and
the next build counts only what is new; what no link rests on any more goes.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow

from carried import MOST_UNITS, Said, carried
from etl.load.arrow import table
from etl.load.rows import Row
from etl.reference import ROOT

_TOGETHER = 50
"""So many links have their units in memory at once, and are kept together as they come."""
_Units = dict[str, list[tuple[str, Said]]]
"""The units of plans in their order, each with its id."""


@dataclass(frozen=True)
class Kept:
    """Where what became of units is kept between builds, and what the reading of each plan is known by."""

    home: Path
    readings: Mapping[str, str]

    def files(self) -> list[Path]:
        """The files that are whole. What is damaged goes, and what another program counted."""
        folder = self._folder
        folder.mkdir(parents=True, exist_ok=True)
        for other in set(self.home.glob("links-*")) - {folder}:
            shutil.rmtree(other)
        for file in folder.iterdir():
            if _sha(file.read_bytes()) != file.stem:
                file.unlink()
        return sorted(folder.iterdir())

    def put(self, con: duckdb.DuckDBPyConnection, name: str) -> Path:
        """Keep a table."""
        made = self._folder / f".{name}"
        con.table(name).write_parquet(str(made), compression="zstd")
        return made.replace(made.with_name(f"{_sha(made.read_bytes())}.parquet"))

    @property
    def _folder(self) -> Path:
        return self.home / _folder()


@cache
def _folder() -> str:
    """A name for all that this program counts, in this form."""
    files = [Path(__file__), *sorted((ROOT / "carried").glob("*.py"))]
    files += [ROOT / "sql" / name for name in ("kin_unit.sql", "schema.sql")]
    return f"links-{_sha(b''.join(file.read_bytes() for file in files))[:16]}"


_TAKEN = "insert into told from read_parquet(?) semi join asked using (key) anti join told using (key)"


def fill(con: duckdb.DuckDBPyConnection, links: Sequence[Row], kept: Kept | None = None) -> None:
    """Put what became of the units of these links into `family_units`."""
    keys = [_key(link, kept.readings if kept else {}) for link in links]
    con.execute(
        "create temp table asked as select unnest($1::text[]) as key, generate_subscripts($1, 1) as place", [keys]
    )
    con.execute("create temp table told as select '' as key, [fate] as fates from family_units as fate limit 0")
    files = kept.files() if kept else []
    for file in files:
        con.execute(_TAKEN, [str(file)])
    known = {key for (key,) in con.execute("select key from told").fetchall()}
    missing = [(key, link) for key, link in dict(zip(keys, links)).items() if key not in known]
    for first in range(0, len(missing), _TOGETHER):
        con.register("fresh", _counted(con, dict(missing[first : first + _TOGETHER])))
        con.execute("insert into told from fresh")
        if kept:
            files.append(kept.put(con, "fresh"))
    con.execute("""
        insert into family_units by name
        select unnest(fate) from (select place, unnest(fates) as fate, generate_subscripts(fates, 1) as nth from told join asked using (key))
        order by place, nth
    """)
    whole = {kept.put(con, "told")} if kept and keys else set()
    for file in set(files) - whole:
        file.unlink()
    con.execute("drop table told; drop table asked")


def _key(link: Row, readings: Mapping[str, str]) -> str:
    """What the fates of a link's units rest on: both readings, and whether the one amends the other."""
    both = (readings.get(link[side], link[side]) for side in ("earlier_id", "plan_id"))
    return _sha("\0".join((*both, link["kind"])).encode())


def _counted(con: duckdb.DuckDBPyConnection, links: Mapping[str, Row]) -> pyarrow.Table:
    """What became of the units of some links, by the key of each."""
    units = _units(con, {link[side] for link in links.values() for side in ("plan_id", "earlier_id")})
    rows = [{"key": key, "fates": list(_fates(link, units))} for key, link in links.items()]
    return table(rows, con.sql("from told limit 0").to_arrow_table().schema)


def _units(con: duckdb.DuckDBPyConnection, plan_ids: set[str]) -> _Units:
    found: _Units = defaultdict(list)
    for plan_id, unit_id, text, kind, dim, leads, written, timing, raw in con.execute(
        """
        select plan_id, unit_id, text, kind, dim, leads, written, timing, timing_raw
        from kin_unit('heading', ?) order by plan_id, ordinal
        """,
        [sorted(plan_ids)],
    ).fetchall():
        found[plan_id].append((unit_id, Said(text, kind, dim, tuple(leads), tuple(written), timing, raw)))
    return found


def _fates(link: Row, units: _Units) -> Iterator[Row]:
    """What became of each unit of two plans. An amendment leaves in force what it does not speak of."""
    before, after = units[link["earlier_id"]], units[link["plan_id"]]
    if max(len(before), len(after)) > MOST_UNITS:
        return
    for step in carried([said for _, said in before], [said for _, said in after]):
        others = after if step.later is None else before
        stands = step.state == "dropped" and link["kind"] == "amends"
        yield {
            "plan_id": link["plan_id"],
            "earlier_id": link["earlier_id"],
            "kind": link["kind"],
            "unit_id": None if step.later is None else after[step.later][0],
            "earlier_unit_id": None if step.earlier is None else before[step.earlier][0],
            "state": "stands" if stands else step.state,
            "changes": list(step.changes),
            "likeness": step.likeness,
            "nearest_unit_id": None if step.nearest is None else others[step.nearest][0],
        }


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
