-- One row per agency, role and dimension: the tasks of these plans in which the agency has the role, and of these those that leave it open who it is.
-- Asked: way, plans.
select agency, is_known, is_group, role, dim, sum(tasks)::int as tasks, sum(uncertain)::int as uncertain
from agency_dimension_role
where basis = way and plan_id = any(plans)
group by all
