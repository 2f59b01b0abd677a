-- One row per plan and way of saying when that its tasks on these dimensions use: how many do.
-- Asked: way, plans, dims.
select plan_id, timing, count(*)::int as tasks
from timed_task
join unit_placed using (plan_id, unit_id)
where basis = way and plan_id = any(plans) and dim = any(dims)
group by all
