-- One row per way of counting, plan that is no amendment, and topic: its cell, with what its amendments say. By these plans stand among others.
select plan_cell.*
from plan_cell
where plan_id not in (select plan_id from amended_cell) and plan_id not in (select plan_id from plan_list where amends)
union all
from amended_cell
