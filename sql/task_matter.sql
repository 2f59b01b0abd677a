-- One row per task and what it does: a matter, or a sub-dimension that it is about or names; one without either ('') where neither is known.
-- Stored: counted at the build and kept as a table.
with

task as (
    select plan_id, unit_id, row_number() over (partition by plan_id order by ordinal)::int as task
    from units
    where kind = 'action'
),

said as (
    select unit_id, matter, null as sub, how, is_broad
    from unit_matters join matters using (matter)
    union all
    select unit_id, null, sub, how, false
    from touches
    where how <> 'passing'
)

select
    plan_id, task, unit_id, coalesce(matter, '') as matter, coalesce(sub, '') as sub, coalesce(how, '') as how,
    coalesce(is_broad, false) as is_broad
from task left join said using (unit_id)
