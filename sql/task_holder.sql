-- One row per task, agency and role: where the task counts in either way, how the plan writes the agency, where that was read, and who holds it today.
-- once: the first of the agencies that are one office by now, so that their sum counts the task once.
select
    held.unit_id, held.plan_id, task.ordinal, agencies.rowid as place,
    task.heading_dim, task.heading_sub, task.content_dim, task.content_sub,
    held.role, held.agency, agencies.as_written, agencies.basis, held.is_known, held.is_group, held.uncertain, held.standing, held.office,
    row_number() over (partition by held.unit_id, held.role, held.standing, held.office order by agencies.rowid) = 1 as once
from holder_unit as held
join unit_agencies as agencies on agencies.unit_id = held.unit_id and agencies.agency = held.agency and agencies.role = held.role
join task_counted as task on task.unit_id = held.unit_id
where held.basis = 'heading'
