-- One row per plan, in reading order: level, then year, then name.
-- Stored: counted at the build and kept as a table.
select
    *,
    row_number() over (
        order by
            case level when 'province' then 1 when 'department' then 2 when 'district' then 3 else 4 end,
            year nulls last, short_vi, plan_id
    ) as position
from plans
