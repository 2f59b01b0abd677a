-- One row per task: where its lead is from (row, merged, header, text, assignment; unknown where nothing says; none where no lead is known).
with

leads as (
    select unit_id, any_value(basis) as basis from unit_agencies where role = 'lead' group by unit_id
)

select
    units.unit_id,
    units.plan_id,
    case when leads.unit_id is null then 'none' else coalesce(units.lead_basis, leads.basis, 'unknown') end as lead_basis,
    units.agencies_uncertain
from units
left join leads using (unit_id)
where units.kind = 'action'
