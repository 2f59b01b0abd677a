-- One row per agency whose whole work has gone to exactly one other office since 2025, on a legal basis that is named, by a source that was read.
-- Stored: counted at the build and kept as a table.
with

offices as (
    select
        agency,
        count(*) as offices,
        any_value(since_2025) as now,
        any_value(from_date) as from_date,
        any_value(basis) as basis,
        bool_and(checked and level is null) as is_sure
    from agency_reform
    group by agency
)

select agency, now, from_date, basis
from offices
where offices = 1 and now is not null and now <> agency and basis is not null and is_sure
