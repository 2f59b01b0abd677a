-- One row per task of these plans with its leads, of each plan so many; dim is text, 'x' for none.
-- Asked: way, plans, most.
with

task as (
    select *
    from compared_task
    where basis = way and plan_id = any(plans)
    qualify row_number() over (partition by plan_id order by ordinal) <= most
),

led as (
    select unit_id, leads from unit_named where plan_id = any(plans)
)

select task.* replace (coalesce(dim::text, 'x') as dim), coalesce(leads, []) as leads
from task
left join led using (unit_id)
