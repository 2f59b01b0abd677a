-- One row per dimension: the tasks of these plans that name nobody in the lead.
-- Asked: way, plans.
select dim, count(*)::int as tasks
from unit_placed
where basis = way and plan_id = any(plans) and kind = 'action' and not has_lead
group by dim
