-- One row per office of today, its standing, role and dimension: the tasks of these plans in which it has the role, and of these those in doubt.
-- Asked: way, plans.
select standing, office, role, dim, sum(tasks)::int as tasks, sum(uncertain)::int as uncertain
from office_dimension_role
where basis = way and plan_id = any(plans)
group by all
