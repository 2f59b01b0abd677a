-- One row per office of today and its standing (`holder_unit`; groups for those that name nobody in particular): the tasks of these plans in which it has each role,
-- and of those in the role shown how many are in doubt.
-- Asked: way, plans, shown.
select
    office as name,
    case standing when 'group' then 'groups' else standing end as standing,
    true as is_known,
    coalesce(sum(tasks) filter (role = 'lead'), 0)::integer as lead,
    coalesce(sum(tasks) filter (role = 'coop'), 0)::integer as coop,
    coalesce(sum(tasks) filter (role = 'monitor'), 0)::integer as monitor,
    coalesce(sum(uncertain) filter (role = shown), 0)::integer as uncertain
from office_dimension_role
where basis = way and plan_id = any(plans)
group by office, office_dimension_role.standing
