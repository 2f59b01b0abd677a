-- One row per plan and way of saying when: the tasks, and how many of them say it in a table's cell.
-- Every plan has a row for every timing, so that a zero is a zero and no hole.
-- Stored: counted at the build and kept as a table.
with

timings as (
    select unnest([
        'dated', 'event', 'monthly', 'quarterly', 'semiannual', 'annual', 'ongoing', 'regulation', 'unspecified'
    ]) as timing
)

select
    plans.plan_id,
    timings.timing,
    count(tasks.timing) as tasks,
    count(*) filter (tasks.timing_basis in ('row', 'merged')) as from_cells
from plans
cross join timings
left join timed_task as tasks on tasks.plan_id = plans.plan_id and tasks.timing = timings.timing
group by all
