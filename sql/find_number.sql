-- One row per unit of these: its number in find_unit, looked for among the units of these plans only.
-- Asked: plans, ids.
select no
from find_unit
join units on units.rowid = unit_row
where find_unit.plan in (select position from plan_list where plan_id = any(plans)) and unit_id = any(ids)
