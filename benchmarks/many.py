"""A database of any size, made from the shipped plans: `python -m benchmarks.many FOLDER [--units N] [--plans P]`.

In: the real plans, read as a build reads them. Out: FOLDER with a database and its pointer, for `PAPI_BUILD=FOLDER`.
Its plans differ in place, level, year and length; their units are real ones, with other places, years and near
synonyms, with dates moved, some offices that no table knows, and with indicators on which a plan gives no task. DuckDB
multiplies; all tables and views are those that `etl.load` makes. The same numbers give the same database.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.variants import SYNONYMS
from etl import load
from etl.match import GOLD, Matcher
from etl.measure.plans import quality
from etl.model import Quality, Reading
from etl.reference import DATA
from etl.way import readings

UNITS = 2_000_000
PLANS = 2_000

_DOCUMENTS = (
    *("plans", "units", "unit_agencies", "lines", "plan_columns"),
    *("evidence", "findings", "touches", "unit_matters", "layer_links"),
)
"""The tables that have to do with a document, in the order they are multiplied."""


def build(folder: Path, units: int = UNITS, plans: int = PLANS) -> Path:
    """The database of so many units in so many plans, with a pointer beside it; its file."""
    done = list(readings(DATA / "plans", Matcher.shipped()))
    return multiplied(folder, units, plans, done, quality(done, GOLD))


def multiplied(folder: Path, units: int, plans: int, done: Sequence[Reading], measured: Quality) -> Path:
    """The same of real plans that were read, and measured, already."""
    folder.mkdir(parents=True, exist_ok=True)
    source, target = folder / "source.duckdb", folder / "papi-many.duckdb"
    for file in (source, target):
        file.unlink(missing_ok=True)
    load.write(source, done, target.stem, measured)
    with duckdb.connect(str(target)) as con:
        con.execute(f"attach '{source}' as real (read_only)")
        for (name,) in con.execute("select table_name from duckdb_tables() where database_name = 'real'").fetchall():
            if name not in (*_DOCUMENTS, *load.stored()):
                con.execute(f'create table "{name}" as from real."{name}"')
        _multiply(con, units, plans)
        con.execute("detach real")
        load.views(con)
        con.execute("checkpoint")
    source.unlink()
    (folder / load.POINTER).write_text(target.name + "\n", encoding="utf-8")
    return target


def _multiply(con: duckdb.DuckDBPyConnection, units: int, plans: int) -> None:
    """The tables of documents, from those of the attached database `real`."""
    con.execute("set preserve_insertion_order = true")
    con.execute("""
        create temp table source as select * exclude (place), row_number() over (order by plan_id, ordinal) - 1 as number from real.units;
        create temp table original as select *, row_number() over (order by plan_id) - 1 as which from real.plans where status = 'read';
        create temp table place as select province, province_now, region, row_number() over (order by province) - 1 as number from real.provinces;
    """)
    # a plan is short or long: from a half to one and a half of the mean
    con.execute(
        """
        create temp table copy as
        select copy, format('{:05d}-{}', copy, original.plan_id) as plan_id, place.province, place.province_now, place.region, copy // 5 % 12 as years, first, first + many as next, original.which as original
        from (
            select *, coalesce(sum(many) over (order by copy rows between unbounded preceding and 1 preceding), 0)::bigint as first
            from (select i as copy, case when i = $1 - 1 then greatest($2 - sum(size) over (order by i rows between unbounded preceding and 1 preceding), 1)::bigint else size end as many
                  from (select range as i, greatest(1, ($2 / $1 * (0.5 + hash(range, 'size') % 1001 / 1000))::bigint) as size from range($1)))
        )
        join original on original.which = copy % (select count(*) from original)
        join place on place.number = hash(copy, 'place') % (select count(*) from place)
        order by copy
    """,
        [plans, units],
    )
    con.execute("""
        create table plans as
        select original.* exclude (which) replace (
            copy.plan_id as plan_id, copy.province as province, copy.province_now as province_now, copy.region as region, format('{} {} ({})', copy.province, 2012 + years, copy) as short_vi,
            format('{} {} ({})', copy.province, 2012 + years, copy) as short_en, format('{} {}', left(copy.province, 6), copy) as narrow, original.issuer || ' ' || copy as issuer,
            2012 + years as year, 2012 + years as period_from, 2012 + years as period_to,
            case when original.issued is null then null else make_date(2012 + years, 1 + copy % 12, 1 + copy % 28) end as issued, original.file || copy as file)
        from copy join original on original.which = copy.original
        order by copy
    """)
    text = "text"
    for words in SYNONYMS:
        listed = ", ".join(f"'{word}'" for word in words)
        text = f"replace({text}, '{words[0]}', [{listed}][1 + (hash(copy, nth, '{words[0]}') % {len(words)})::bigint])"
    con.execute(f"""
        create table units as
        with drawn as (
            select copy.copy, copy.plan_id as new_plan, copy.province as place, copy.years, nth, nth + 1 as new_ordinal, (hash(copy.copy, nth) % (select count(*) from source))::bigint as number
            from copy, unnest(range(copy.next - copy.first)) as places(nth)
        ),
        placed as (
            select drawn.*, source.* exclude (number),
                -- a plan gives no task on about a fifth of the indicators
                hash(copy, coalesce(sub, dim::text)) % 5 = 0 as bare
            from drawn join source using (number)
        )
        select
            new_plan || ':' || new_ordinal as unit_id, new_plan as plan_id, new_ordinal::integer as ordinal, channel, section,
            case when bare and kind = 'action' then 'description' else kind end as kind, kind_sure,
            regexp_replace({text}, '20[12]\\d', (2012 + years)::text, 'g') || ' tại ' || place || ' (' || copy || '.' || nth || ')' as text,
            (5 + 2 * nth)::integer as first_line, (5 + 2 * nth + last_line - first_line)::integer as last_line,
            declared_dim, declared_sub, matched_dim, matched_sub, dim, sub, dim_basis, score, hash(copy, nth, 'margin') % 1000 / 1000 as margin, review,
            runner_up_dim, runner_up_sub, lead_basis, agencies_uncertain, timing, timing_raw, timing_basis,
            (due_from + to_years(years::integer - 8))::date as due_from, (due_to + to_years(years::integer - 8))::date as due_to, null::text as place, layer, copy, number
        from placed
        order by copy, nth
    """)
    con.execute("""
        create table unit_agencies as
        select units.unit_id,
            case when hash(copy, units.ordinal, agency) % 20 = 0 and not coalesce(is_group, false) then agency || ' ' || hash(copy, agency) % 200 else agency end as agency,
            role, held.basis, as_written, uncertain
        from units join source on source.number = units.number join real.unit_agencies as held on held.unit_id = source.unit_id left join real.agencies using (agency)
        order by copy, units.ordinal, held.rowid;
        create table evidence as
        select units.unit_id, spoke.* exclude (unit_id)
        from units join source on source.number = units.number join real.evidence as spoke on spoke.unit_id = source.unit_id
        order by copy, units.ordinal, rank;
        create table lines as select plan_id, first_line as line, 'unit' as role, unit_id, text, null::text as place, null::text[] as cells, null::double as confidence, null::text[] as doubtful from units;
        create table plan_columns as
        select copy.plan_id, held.* exclude (plan_id)
        from copy join original on original.which = copy.original join real.plan_columns as held on held.plan_id = original.plan_id
        order by copy, position;
        create table findings as
        select units.plan_id, units.unit_id, found.code, units.first_line as line, found.detail, null::text as place
        from units join source on source.number = units.number join real.findings as found on found.unit_id = source.unit_id
        order by copy, units.ordinal;
        create table touches as
        select units.unit_id, held.* exclude (unit_id)
        from units join source on source.number = units.number join real.touches as held on held.unit_id = source.unit_id
        order by copy, units.ordinal, sub;
        create table unit_matters as
        select units.unit_id, held.* exclude (unit_id)
        from units join source on source.number = units.number join real.unit_matters as held on held.unit_id = source.unit_id
        order by copy, units.ordinal, matter;
        create table layer_links as from real.layer_links limit 0;
        alter table units drop column copy;
        alter table units drop column number;
        insert into agencies select distinct agency, false, false from unit_agencies anti join agencies using (agency);
    """)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.many", description="Dựng một cơ sở dữ liệu lớn từ các kế hoạch thật."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--plans", type=int, default=PLANS)
    chosen = parser.parse_args()
    start = time.perf_counter()
    file = build(chosen.folder, chosen.units, chosen.plans)
    with duckdb.connect(str(file), read_only=True) as con:
        rows = {name: con.execute(f"select count(*) from {name}").fetchall()[0][0] for name in _DOCUMENTS}
    print(
        f"{file}: {file.stat().st_size / 1e6:,.0f} MB, {time.perf_counter() - start:.1f} s; "
        + ", ".join(f"{name} {count:,}" for name, count in rows.items())
    )


if __name__ == "__main__":
    main()
