-- One row per way of counting (heading, content), task, role and agency as the plan names it: the office that holds it today.
-- standing: open (no single successor: the name is the old one), today, unknown (in no table), group (nobody in particular).
with

held as not materialized (
    select
        agency_unit.*,
        agency_change.office as moved_to,
        agency_change.agency is not null
            and not coalesce(plans.issued >= agency_change.last_date, plans.year > year(agency_change.last_date), false) as changed
    from agency_unit
    left join agency_change using (agency)
    left join plans using (plan_id)
    where agency_unit.kind = 'action'
)

select
    basis, unit_id, plan_id, dim, role, agency, is_known, is_group, uncertain,
    case
        when is_group then 'group'
        when changed and moved_to is null then 'open'
        -- a person is no office that could be looked up
        when not is_known or agency = named_person() then 'unknown'
        else 'today'
    end as standing,
    case when changed and moved_to is not null then moved_to else agency end as office
from held
