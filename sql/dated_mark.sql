-- One row per plan, kind, wording and date: the units that name a date, a quarter or a period in the same words, as one mark on the line.
-- due_from or due_to is null where the plan leaves that end open; both are null where the words could not be turned into a date.
-- Stored: counted at the build and kept as a table.
select
    plan_id,
    kind,
    coalesce(timing_raw, '') as raw,
    due_from,
    due_to,
    due,
    arg_min(unit_id, ordinal) as first_unit_id,
    min(ordinal) as ordinal,
    count(*) as units
from dated_unit
group by all
