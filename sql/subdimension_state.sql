-- One row per sub-dimension and what the cells of these plans say there: how many do, and how many of them on what PAPI measured in their plan's years.
-- Asked: way, plans.
select dim, sub, state, count(*)::integer as plans, count(*) filter (measured)::integer as measured
from plan_subdimension
where basis = way and plan_id = any(plans)
group by dim, sub, state
