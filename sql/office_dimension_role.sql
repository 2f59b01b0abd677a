-- One row per way of counting, office of today, its standing, role, plan and dimension: the tasks in which the office has that role.
-- Sums over dimensions and plans count no task twice. dim is null where no dimension was found for a task.
with

-- only these can meet in one office: all others are counted before they are looked up
meeting as (
    select agency from agency_change where office is not null
    union
    select office as agency from agency_change where office is not null
),

alone as (
    select
        basis, agency, role, plan_id, dim, any_value(is_known) as is_known, any_value(is_group) as is_group,
        count(*) as tasks, count(*) filter (uncertain) as uncertain
    from agency_unit
    where kind = 'action' and agency not in (select agency from meeting)
    group by all
),

together as (
    select
        agency_unit.basis, agency_unit.unit_id, agency_unit.role, agency_unit.plan_id, agency_unit.dim, bool_or(agency_unit.uncertain) as uncertain,
        case
            when agency_change.office is null or coalesce(plans.issued >= agency_change.last_date, plans.year > year(agency_change.last_date), false)
                then agency_unit.agency
            else agency_change.office
        end as office
    from agency_unit
    join meeting using (agency)
    left join agency_change using (agency)
    left join plans using (plan_id)
    where agency_unit.kind = 'action'
    group by all
)

select
    alone.basis,
    case
        when alone.is_group then 'group'
        when agency_change.agency is not null
            and not coalesce(plans.issued >= agency_change.last_date, plans.year > year(agency_change.last_date), false) then 'open'
        when not alone.is_known or alone.agency = 'Cá nhân được nêu tên' then 'unknown'
        else 'today'
    end as standing,
    alone.agency as office, alone.role, alone.plan_id, alone.dim, alone.tasks, alone.uncertain
from alone
left join agency_change using (agency)
left join plans using (plan_id)
union all
select basis, 'today' as standing, office, role, plan_id, dim, count(*) as tasks, count(*) filter (uncertain) as uncertain
from together
group by all
