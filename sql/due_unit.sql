-- One row per task, assignment or reporting duty: how it says when, its date where it has one, and its lead.
-- due_from or due_to is null where the plan leaves that end open. bearing: dated (a date, a quarter, a period), rhythm, undated.
with

led as (
    select unit_id, list(agency order by rowid) as leads
    from unit_agencies
    where role = 'lead'
    group by unit_id
)

select
    units.unit_id, units.plan_id, plan_list.position, units.ordinal, units.kind, units.section, units.first_line, units.last_line, units.text,
    units.timing, units.timing_raw, units.due_from, units.due_to, coalesce(units.due_to, units.due_from) as due,
    case
        when units.timing = 'dated' or units.due_from is not null or units.due_to is not null then 'dated'
        when units.timing in ('monthly', 'quarterly', 'semiannual', 'annual', 'ongoing') then 'rhythm'
        else 'undated'
    end as bearing,
    led.leads
from units
join plan_list using (plan_id)
left join led using (unit_id)
where units.kind in ('action', 'assignment', 'reporting')
