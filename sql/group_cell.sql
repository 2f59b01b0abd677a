-- One row per group of these plans (`group_plan`) and topic, a dimension (sub is null) or a sub-dimension: of the plans that were read, and in whose years PAPI
-- measured it, how many have a task of their own there, name it only inside tasks about more, or have nothing that names it.
-- Asked: counted, plans, way.
select
    name, dim, sub,
    count(*) filter (where measured)::integer as plans,
    count(*) filter (where measured and state = 'own')::integer as own,
    count(*) filter (where measured and state = 'named')::integer as named,
    count(*) filter (where measured and state = 'none')::integer as gaps
from group_plan(plans, way) as grouped
join whole_cell using (plan_id)
where basis = counted and grouped.status = 'read' and dim > 0
group by name, dim, sub
