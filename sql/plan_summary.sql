-- One row per way of counting and plan: its tasks, how many say who and when, and how much of PAPI they reach.
with

counted as (
    select
        basis, plan_id,
        count(*) filter (where kind = 'action') as tasks,
        count(*) filter (where kind = 'action' and has_lead) as with_lead,
        count(*) filter (where kind = 'action' and has_time) as with_time,
        count(*) filter (where kind = 'action' and says_no_time) as without_time,
        count(*) filter (where kind = 'action' and dim is null) as unplaced,
        count(*) filter (where kind = 'description') as descriptions
    from unit_placed
    group by all
),

reached as (
    select basis, plan_id, count(*) filter (where state = 'own') as subs_with_tasks, count(*) as subs
    from plan_subdimension
    group by all
),

dims as (
    select
        basis, plan_id,
        count(*) filter (where tasks > 0) as dims_with_tasks,
        max(tasks) as top_tasks,
        arg_max(dim, tasks * 10 - dim) filter (where tasks > 0) as top_dim
    from plan_dimension
    where dim > 0
    group by all
)

select
    reached.basis, plan_list.plan_id, plan_list.position, plan_list.status,
    coalesce(tasks, 0) as tasks, coalesce(with_lead, 0) as with_lead, coalesce(with_time, 0) as with_time,
    coalesce(without_time, 0) as without_time, coalesce(unplaced, 0) as unplaced, coalesce(descriptions, 0) as descriptions,
    subs_with_tasks, subs, dims_with_tasks, top_dim, top_tasks
from plan_list
join reached using (plan_id)
join dims using (basis, plan_id)
left join counted using (basis, plan_id)
