-- One row per unit of these plans with a rhythm and day of the year that its own words name, with its place in reading order.
-- Asked: plans.
select recurring_day.*, plan_list.position
from recurring_day
join plan_list using (plan_id)
where plan_id = any(plans)
