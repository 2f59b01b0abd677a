-- One row per task of these plans and what it does: a matter, or a sub-dimension that it is about or names; one without either ('') where neither is known.
-- Asked: plans, most.
-- Of each plan at most so many tasks, numbered as in task_word.
with

task as (
    select unit_id, list_position(plans, plan_id)::int as side, row_number() over (partition by plan_id order by ordinal)::int as task
    from units
    where kind = 'action' and plan_id = any(plans)
    qualify task <= most
),

said as (
    select unit_id, matter, null as sub, how, is_broad
    from unit_matters join matters using (matter)
    where unit_id in (select unit_id from task)
    union all
    select unit_id, null, sub, how, false
    from touches
    where how <> 'passing' and unit_id in (select unit_id from task)
)

select
    side, task - 1 as task, unit_id, coalesce(matter, '') as matter, coalesce(sub, '') as sub, coalesce(how, '') as how,
    coalesce(is_broad, false) as is_broad
from task left join said using (unit_id)
