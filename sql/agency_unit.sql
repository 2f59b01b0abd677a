-- One row per way of counting (heading, content), unit that is a task or an assignment, agency and its role there.
with

counted as (
    select 'heading' as basis, unit_id, plan_id, kind, dim from units
    union all
    select 'content' as basis, unit_id, plan_id, kind, matched_dim as dim from units
)

select
    counted.basis,
    counted.unit_id,
    counted.plan_id,
    counted.kind,
    counted.dim,
    held.agency,
    held.role,
    held.uncertain,
    coalesce(agencies.is_known, false) as is_known,
    coalesce(agencies.is_group, false) as is_group
from counted
join unit_agencies as held using (unit_id)
left join agencies using (agency)
where counted.kind in ('action', 'assignment')
