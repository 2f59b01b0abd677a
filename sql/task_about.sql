-- One row per task of these plans and what it does (task_matter): which plan (its place among `plans`), and which of its tasks.
-- Asked: plans, most.
-- Of each plan at most so many tasks, numbered as in task_word.
select list_position(plans, plan_id)::int as side, task - 1 as task, unit_id, matter, sub, how, is_broad
from task_matter
where plan_id = any(plans) and task <= most
