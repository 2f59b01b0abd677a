-- One row per unit that names a date, a quarter or a period: tasks, reporting duties, assignments, targets.
-- due_from or due_to is null where the plan leaves that end open; both are null where the words could not be turned into a date.
select
    unit_id,
    plan_id,
    ordinal,
    kind,
    section,
    first_line,
    last_line,
    place,
    text,
    timing,
    timing_raw,
    due_from,
    due_to,
    coalesce(due_to, due_from) as due    -- where its mark stands; null: nowhere
from units
where timing = 'dated' or due_from is not null or due_to is not null
