-- One row per plan, in reading order: level, then year, then name.
-- amends: it amends another plan, held or not, and is no plan of its own: what it does not speak of stands. The one place that says so.
-- Stored: counted at the build and kept as a table.
select
    *,
    row_number() over (
        order by
            case level when 'province' then 1 when 'department' then 2 when 'district' then 3 else 4 end,
            year nulls last, short_vi, plan_id
    ) as position,
    plan_id in (select plan_id from plan_links where kind = 'amends') as amends
from plans
