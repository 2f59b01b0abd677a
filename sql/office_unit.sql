-- One row per way of counting (heading, content), task, role and office that holds it today: agencies that are one office by now count once.
-- standing: open (no single successor: the name is the old one), today, unknown (in no table), group (nobody in particular).
with

held as (
    select
        agency_unit.*,
        coalesce(plan_reform.office, agency_unit.agency) as office,
        case
            when agency_unit.is_group then 'group'
            when plan_reform.agency is not null and plan_reform.office is null then 'open'
            -- a person is no office that could be looked up
            when not agency_unit.is_known or agency_unit.agency = 'Cá nhân được nêu tên' then 'unknown'
            else 'today'
        end as standing
    from agency_unit
    left join plan_reform using (plan_id, agency)
    where agency_unit.kind = 'action'
)

select basis, unit_id, plan_id, dim, role, standing, office, bool_or(uncertain) as uncertain
from held
group by all
