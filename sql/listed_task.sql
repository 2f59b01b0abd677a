-- One row per task of these plans on these dimensions, or on any and none (throughout), with its place in reading order.
-- Asked: way, plans, throughout, dims.
select unit_id, position, ordinal
from unit_placed
join plan_list using (plan_id)
where basis = way and plan_id = any(plans) and kind = 'action' and (throughout or dim = any(dims))
