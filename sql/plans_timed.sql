-- One row per question: of these plans how many have tasks, and of those how many say when by a date, an event or a rhythm for more than half of them, the first of either, and how many
-- tasks do of how many.
-- Asked: plans, ways.
with

told as (
    select plan_id, position, sum(tasks) as tasks, coalesce(sum(tasks) filter (timing = any(ways)), 0) as said
    from plan_timing
    join plan_list using (plan_id)
    where plan_id = any(plans)
    group by all
)

select
    count(*) filter (tasks > 0)::integer as with_tasks,
    count(*) filter (2 * said > tasks)::integer as clear,
    coalesce(arg_min(plan_id, position, 1) filter (tasks > 0), []) as first,
    coalesce(arg_min(plan_id, position, 3) filter (2 * said > tasks), []) as first_clear,
    coalesce(sum(tasks), 0)::integer as tasks,
    coalesce(sum(said), 0)::integer as said
from told
