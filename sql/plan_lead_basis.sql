-- One row per plan and where the lead of a task is from (row, merged, header, text, assignment; none where no lead is known).
-- A plan that was read and holds no task has one row of none with zero tasks.
-- Stored: counted at the build and kept as a table.
with

leads as (
    select unit_id, any_value(basis) as basis from unit_agencies where role = 'lead' group by unit_id
),

tasks as (
    select
        units.plan_id,
        case when leads.unit_id is null then 'none' else coalesce(units.lead_basis, leads.basis, 'unknown') end as lead_basis,
        units.agencies_uncertain
    from units
    left join leads using (unit_id)
    where units.kind = 'action'
)

select
    plans.plan_id,
    coalesce(tasks.lead_basis, 'none') as lead_basis,
    count(tasks.lead_basis) as tasks,
    count(*) filter (tasks.agencies_uncertain) as uncertain
from plans
left join tasks using (plan_id)
group by all
