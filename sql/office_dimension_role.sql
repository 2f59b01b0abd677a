-- One row per way of counting, office of today, its standing, role, plan and dimension: the tasks in which the office has that role.
-- Sums over dimensions and plans count no task twice. dim is null where no dimension was found for a task.
-- Stored: counted at the build and kept as a table.
select basis, standing, office, role, plan_id, dim, count(*) as tasks, count(*) filter (uncertain) as uncertain
from office_unit
group by all
