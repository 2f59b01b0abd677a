-- One row per unit that gives somebody something to do (task, assignment, reporting duty), agency that has it, and role.
-- through is null where the unit names the agency itself; else the group ("Các sở, ban, ngành") that the agency is one of, and extent says whether
-- that group is meant whole (all) or only as far as it is concerned (concerned). Who is named itself is in no group of the same unit.
with

held as not materialized (
    select units.plan_id, units.unit_id, units.ordinal, unit_agencies.agency, unit_agencies.role, unit_agencies.uncertain
    from units
    join unit_agencies using (unit_id)
    where units.kind in ('action', 'assignment', 'reporting')
),

members as not materialized (
    select distinct agency_groups.agency_group, agencies.agency, agency_groups.plan_level, agency_groups.extent
    from agency_groups
    join agencies
        on agencies.agency = agency_groups.member
        or (ends_with(agency_groups.member, '*') and starts_with(agencies.agency, rtrim(agency_groups.member, '*')))
)

select plan_id, unit_id, ordinal, agency, role, null as through, 'all' as extent, uncertain
from held
union all
select held.plan_id, held.unit_id, held.ordinal, members.agency, held.role, held.agency as through, members.extent, held.uncertain
from held
join plans using (plan_id)
join members on members.agency_group = held.agency and (members.plan_level is null or members.plan_level = plans.level)
where not exists (select 1 from unit_agencies as itself where itself.unit_id = held.unit_id and itself.agency = members.agency)
