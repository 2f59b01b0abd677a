-- One row per plan and role that somebody holds: the tasks in which an office without a single successor has it, and those in which only such offices have it.
with

tasks as (
    select
        plan_id, unit_id, role,
        bool_or(standing = 'open') as some_open,
        bool_and(standing = 'open') as only_open,
        bool_or(standing = 'unknown') as some_unknown
    from office_unit
    where basis = 'heading'
    group by all
)

select
    plan_id,
    role,
    count(*) filter (some_open) as open,
    count(*) filter (only_open) as only_open,
    count(*) filter (some_unknown) as unknown
from tasks
group by all
