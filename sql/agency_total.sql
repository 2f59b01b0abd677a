-- One row per agency: the tasks of these plans in which it has each role, and of those in the role shown how many leave it open who it is. standing: named, or
-- groups where it names nobody in particular.
-- Asked: way, plans, shown.
select
    agency as name,
    case when bool_or(is_group) then 'groups' else 'named' end as standing,
    bool_or(is_known) as is_known,
    coalesce(sum(tasks) filter (role = 'lead'), 0)::integer as lead,
    coalesce(sum(tasks) filter (role = 'coop'), 0)::integer as coop,
    coalesce(sum(tasks) filter (role = 'monitor'), 0)::integer as monitor,
    coalesce(sum(uncertain) filter (role = shown), 0)::integer as uncertain
from agency_dimension_role
where basis = way and plan_id = any(plans)
group by agency
