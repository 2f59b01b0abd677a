-- One row per sub-dimension that a plan's tasks on a dimension as a whole name: how many do.
-- Asked: way, of_plan, of_dim.
select touch_placed.sub, count(*)::int as tasks
from touch_placed
join unit_placed using (basis, unit_id)
where basis = way and unit_placed.plan_id = of_plan and unit_placed.kind = 'action' and unit_placed.dim = of_dim and unit_placed.sub is null and says = 'named'
group by all
