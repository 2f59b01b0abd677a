-- One row per unit of a plan that names the same date in the same words as one of them (first_id).
-- Asked: of_plan, first_id.
select dated_unit.unit_id, dated_unit.ordinal
from dated_unit
join dated_unit as first
    on first.plan_id = dated_unit.plan_id and first.kind = dated_unit.kind and first.timing_raw is not distinct from dated_unit.timing_raw
    and first.due_from is not distinct from dated_unit.due_from and first.due_to is not distinct from dated_unit.due_to
where dated_unit.plan_id = of_plan and first.unit_id = first_id
