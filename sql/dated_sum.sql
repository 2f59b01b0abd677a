-- One row per question: of the units of these plans that name a date (dated_mark) how many marks on the line and how many units have a day, how many units have none, how many have
-- a day still to come, and how many tasks have one that has passed.
-- Asked: plans, today.
select
    count(due)::integer as marks,
    coalesce(sum(units) filter (due is not null), 0)::integer as placed,
    coalesce(sum(units) filter (due is null), 0)::integer as unplaced,
    coalesce(sum(units) filter (due >= today), 0)::integer as ahead,
    coalesce(sum(units) filter (due < today and kind = 'action'), 0)::integer as passed_tasks
from dated_mark
where plan_id = any(plans)
