-- One row per way of counting, plan and topic: its cell, with what its amendments say where it has any; of an amendment its own. By these plans are counted.
from whole_cell
union all
select plan_cell.*
from plan_cell
where plan_id in (select plan_id from plan_list where amends)
