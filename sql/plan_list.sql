-- One row per plan, in reading order: level, then year, then name.
-- amends: it amends another plan, held or not, and is no plan of its own: what it does not speak of stands. The one place that says so.
-- replaced_by: the first that replaced it, replaced_year: from which year on (`plan_replaced`); null while it stands. Where plans are counted it counts no longer then.
-- Stored: counted at the build and kept as a table.
with

replaced as (
    select plan_id, arg_min(by_id, (year, by_id)) as replaced_by, min(year) as replaced_year
    from plan_replaced
    group by plan_id
)

select
    plans.*, replaced_by, coalesce(replaced_year, if(replaced_by is null, null, 0)) as replaced_year,
    row_number() over (
        order by
            case level when 'province' then 1 when 'department' then 2 when 'district' then 3 else 4 end,
            year nulls last, short_vi, plans.plan_id
    ) as position,
    plans.plan_id in (select plan_id from plan_links where kind = 'amends') as amends
from plans
left join replaced using (plan_id)
