-- One row per task, assignment or reporting duty, and per dated target: how it says when, and its date where it has one.
-- due_from or due_to is null where the plan leaves that end open. bearing: dated (a date, a quarter, a period), rhythm, worded (a time that is no day: an event,
-- "theo quy định"), undated (the plan says no time). unit_row: where the unit stands in its table.
with

placed as not materialized (
    select
        *,
        rowid as unit_row,
        coalesce(due_to, due_from) as due,
        case
            when timing = 'dated' or due_from is not null or due_to is not null then 'dated'
            when timing in ('monthly', 'quarterly', 'semiannual', 'annual', 'ongoing') then 'rhythm'
            when timing <> 'unspecified' then 'worded'
            else 'undated'
        end as bearing
    from units
)

select
    placed.unit_id, placed.plan_id, plan_list.position, placed.ordinal, placed.kind, placed.section, placed.first_line, placed.last_line, placed.place, placed.text,
    placed.timing, placed.timing_raw, placed.due_from, placed.due_to, placed.due, placed.bearing, placed.unit_row
from placed
join plan_list using (plan_id)
where placed.kind in ('action', 'assignment', 'reporting') or (placed.kind = 'objective' and placed.bearing = 'dated')
