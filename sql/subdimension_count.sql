-- One row per sub-dimension that PAPI measured in the years of one of these plans: how many of them have a task there that is not weak.
-- Asked: way, plans.
select dim, sub, count(*) filter (where state = 'own') as plans_with_tasks
from plan_subdimension
where basis = way and plan_id = any(plans) and measured
group by dim, sub
