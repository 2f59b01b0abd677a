"""extend: a document of a reader's own → a small database with it and the plans that stand nearest to it."""

from __future__ import annotations

from pathlib import Path

from etl import model
from etl.load.documents import insert, insert_documents, quoted
from etl.load.families import link
from etl.load.rows import agencies, reformed
from etl.load.write import SCHEMA_VERSION, SQL, made, met_agencies, only, views
from etl.model import Reading

MOST_BESIDE = 20_000
"""Units that a draft is set beside: those of all plans, or of a large build those of the plans nearest to the draft,
since no reader waits for a copy of it all.
"""


def extend(base: Path, out: Path, reading: Reading, most: int = MOST_BESIDE) -> tuple[int, int]:
    """A database of its own with what a build holds and one plan more; the build stays as it is. What was measured is
    the build's.

    Of a build with more units than `most` only the nearest plans are taken, those of the same office first, then of the
    same level, then of the same province, then of the years around it. Out: how many plans that are read stand in it
    beside the new one, and in the build. The new rows pass the same constraints; a plan_id that the build has already is
    refused by name.
    """
    with made(out, threads=1, memory_limit="768MB") as con:
        (home,) = only(con.execute("select current_database()"))
        con.execute(f"attach {quoted(base)} as base (read_only)")
        con.execute("attach ':memory:' as fresh; use fresh")
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        (version,) = only(con.execute("select schema_version from base.build"))
        if version != SCHEMA_VERSION:
            raise model.Failed(
                f"{base.name}: bản dựng của phiên bản khác; hãy dựng lại.",
                f"{base.name}: a build of another version; build again.",
            )
        if con.execute("select 1 from base.plans where plan_id = ?", [reading.plan.plan_id]).fetchone():
            raise model.Failed(
                f"Mã {reading.plan.plan_id!r} đã có trong bản dựng.",
                f"The id {reading.plan.plan_id!r} stands in the build already.",
            )
        insert_documents(con, [reading])
        met = met_agencies(con)
        known = {name for (name,) in con.execute("select agency from base.agencies").fetchall()}
        insert(con, "agencies", [row for row in agencies(met) if row["agency"] not in known])
        held = {name for (name,) in con.execute("select agency from base.agency_reform").fetchall()}
        insert(con, "agency_reform", [row for row in reformed(met) if row["agency"] not in held])
        con.execute(f'use "{home}"')
        con.execute(_NEAR, {"level": reading.plan.level, "year": reading.plan.year, "most": most})
        for (name,) in con.execute("select table_name from duckdb_tables() where database_name = 'fresh'").fetchall():
            con.execute(
                f'create table "{name}" as from base."{name}" {_BESIDE.get(name, "")} union all by name from fresh."{name}"'
            )
        beside, read = only(
            con.execute(
                "select count(*) filter (where plan_id in (from near)), count(*) from base.plans where status = 'read'"
            )
        )
        con.execute("update build set build_id = build_id || '+' || ?", [reading.plan.plan_id])
        con.execute("detach fresh; detach base; drop table near")
        # what the plan follows on or amends first, for what it lacks hangs on that
        views(con, ["kin_unit"])
        link(con, reading.plan.plan_id)
        views(con)
    return beside, read


_NEAR = """
create temp table near as
select plan_id
from (
    select base.plans.plan_id, sum(coalesce(units, 0)) over (order by issuer <> (select issuer from fresh.plans), level <> $level, province_now <> (select province_now from fresh.plans), abs(coalesce(year - $year, 99)), plan_id) as units
    from base.plans left join (select plan_id, count(*) as units from base.units group by plan_id) using (plan_id)
)
where units <= $most
"""
_BESIDE = {
    **dict.fromkeys(
        ("plans", "units", "lines", "plan_columns", "findings", "build_log", "decisions"),
        "where plan_id in (from near)",
    ),
    **dict.fromkeys(
        ("plan_links", "family_units"),
        "where plan_id in (from near) and (earlier_id is null or earlier_id in (from near))",
    ),
    **dict.fromkeys(
        ("unit_agencies", "evidence", "touches", "unit_matters"),
        "where unit_id in (select unit_id from base.units where plan_id in (from near))",
    ),
}
_BESIDE["layer_links"] = _BESIDE["touches"].replace("unit_id in", "body_unit_id in", 1)
"""Which rows of a table belong to the plans near a draft; of the others all are taken."""
