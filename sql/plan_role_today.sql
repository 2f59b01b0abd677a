-- One row per plan and role: the tasks in which an office without a single successor has it, those in which nobody else has it, and those with an
-- office that stands in no table.
-- Stored: counted at the build and kept as a table.
with

opened as not materialized (
    select plan_id, role, count(*) as open, count(*) filter (others = 0) as only_open
    from open_unit
    group by all
),

strange as not materialized (
    select units.plan_id, unit_agencies.role, count(distinct unit_agencies.unit_id) as unknown
    from unit_agencies
    join agencies using (agency)
    join units using (unit_id)
    where units.kind = 'action' and not agencies.is_group and (not agencies.is_known or agencies.agency = named_person())
    group by all
)

select
    plan_id,
    role,
    coalesce(opened.open, 0) as open,
    coalesce(opened.only_open, 0) as only_open,
    coalesce(strange.unknown, 0) as unknown
from opened
full join strange using (plan_id, role)
