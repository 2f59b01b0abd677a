-- One row per unit of these plans with one bearing (due_unit), with who leads.
-- Asked: plans, borne.
select due_unit.*, unit_named.leads
from due_unit
left join unit_named using (unit_id)
where due_unit.plan_id = any(plans) and due_unit.bearing = borne
