-- One row per sub-dimension that PAPI measured in the years of one of these plans: in how many of those plans whose years it was measured in a task stands there
-- that is not weak, and whether one stands in any of them, whatever was measured: a task written beside PAPI's years is none the less a task.
-- Asked: way, plans.
select dim, sub, count(*) filter (where state = 'own' and measured) as plans_with_tasks, bool_or(state = 'own') as has_task
from plan_subdimension
where basis = way and plan_id = any(plans)
group by dim, sub
having bool_or(measured)
