-- One row per way of counting, agency, role, plan and dimension: the tasks in which the agency has that role.
-- A task has one dimension in each way of counting, so sums over dimensions and plans count no task twice; a sum over roles may.
-- dim is null where no dimension was found for a task.
-- Stored: counted at the build and kept as a table.
select
    basis,
    agency,
    is_known,
    is_group,
    role,
    plan_id,
    dim,
    count(*) as tasks,
    count(*) filter (uncertain) as uncertain
from agency_unit
where kind = 'action'
group by all
