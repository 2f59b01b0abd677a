-- One row per unit of these plans with one bearing (due_unit), or of those of these names alone, with who leads.
-- Asked: plans, borne, named.
select due_unit.*, unit_named.leads
from due_unit
left join unit_named using (unit_id)
where due_unit.plan_id = any(plans) and due_unit.bearing = borne and (named is null or due_unit.unit_id = any(named))
