-- One row per plan, way of saying when and wording: the plan's own words for it, and the tasks that use them.
-- Stored: counted at the build and kept as a table.
select
    plan_id,
    timing,
    timing_raw,
    count(*) as tasks
from timed_task
where timing_raw is not null
group by all
