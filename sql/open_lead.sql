-- One row per task and lead of it that has no single successor today: somebody has to decide who takes the task on.
with

others as (
    select unit_id, count(*) filter (standing <> 'open') as others
    from office_unit
    where basis = 'heading' and role = 'lead'
    group by unit_id
)

select
    units.unit_id, units.plan_id, plan_list.position, units.ordinal, units.kind, units.section, units.first_line, units.last_line, units.text,
    units.dim, units.matched_dim,
    unit_agencies.agency, unit_agencies.as_written, unit_agencies.uncertain,
    plan_reform.from_date, plan_reform.successors, plan_reform.basis, plan_reform.to_check,
    others.others    -- leads of the task that are an office today, or a group
from unit_agencies
join units using (unit_id)
join plan_list using (plan_id)
join plan_reform on plan_reform.plan_id = units.plan_id and plan_reform.agency = unit_agencies.agency
join others using (unit_id)
where unit_agencies.role = 'lead' and units.kind = 'action' and plan_reform.office is null
