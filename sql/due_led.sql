-- One row per unit of these plans with one bearing (due_unit), at most so many, of the latest dates: with who leads.
-- Asked: plans, borne, most.
with

picked as (
    select *
    from due_unit
    where plan_id = any(plans) and bearing = borne
    order by due desc nulls first, position, ordinal
    limit most
),

led as (
    select unit_id, leads from unit_named semi join picked using (unit_id)
)

select picked.*, led.leads
from picked
left join led using (unit_id)
