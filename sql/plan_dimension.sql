-- One row per way of counting, plan and dimension (0 is cross-cutting): its tasks, and what the cell says.
with

bases as (select unnest(['heading', 'content']) as basis),

counted as (
    select
        basis, plan_id, dim,
        count(*) filter (where kind = 'action') as tasks,
        count(*) filter (where kind = 'action' and has_lead) as with_lead,
        count(*) filter (where kind = 'action' and has_time) as with_time,
        count(*) filter (where kind = 'action' and weak) as weak,
        count(*) filter (where kind = 'action' and sub is null) as general,
        count(*) filter (where kind = 'description') as descriptions
    from unit_placed
    group by all
)

select
    bases.basis, plan_list.plan_id, plan_list.position, dimensions.dim,
    coalesce(tasks, 0) as tasks, coalesce(with_lead, 0) as with_lead, coalesce(with_time, 0) as with_time,
    coalesce(weak, 0) as weak, coalesce(general, 0) as general, coalesce(descriptions, 0) as descriptions,
    case
        when plan_list.status = 'not_collected' then 'no_plan'
        when plan_list.status = 'not_read' then 'not_read'
        when tasks > 0 and weak = tasks then 'weak'
        when tasks > 0 then 'tasks'
        when descriptions > 0 then 'description'
        else 'none'
    end as state
from bases
cross join plan_list
cross join dimensions
left join counted
    on counted.basis = bases.basis and counted.plan_id = plan_list.plan_id and counted.dim = dimensions.dim
