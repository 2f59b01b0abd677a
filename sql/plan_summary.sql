-- One row per way of counting and plan: its tasks, how many say who and when, how many stand in its body and its annex, and how much of PAPI they reach.
-- subs: the sub-dimensions that PAPI measured in its years; dims_open: dimensions that nothing in the plan with its amendments (`standing_cell`) names, or that are
-- described only; none of an amendment, for what it does not speak of stands.
-- Stored: counted at the build and kept as a table.
with

counted as (
    select
        basis, plan_id,
        count(*) filter (where kind = 'action') as tasks,
        count(*) filter (where kind = 'action' and has_lead) as with_lead,
        count(*) filter (where kind = 'action' and has_time) as with_time,
        count(*) filter (where kind = 'action' and dim is null) as unplaced,
        count(*) filter (where kind = 'description') as descriptions,
        count(*) filter (where kind = 'action' and layer = 'body') as body,
        count(*) filter (where kind = 'action' and layer = 'body' and has_lead) as body_with_lead,
        count(*) filter (where kind = 'action' and layer = 'annex') as annex,
        count(*) filter (where kind = 'action' and layer = 'annex' and has_lead) as annex_with_lead
    from unit_placed
    group by all
),

reached as (
    select basis, plan_id, count(*) filter (where measured and state = 'own') as subs_with_tasks,
        count(*) filter (where measured) as subs
    from plan_subdimension
    group by all
),

reaching as (
    select
        basis, plan_id,
        count(*) filter (where state = 'own') as dims_with_tasks,
        count(*) filter (where measured and state in ('none', 'description')) as dims_open
    from standing_cell
    where sub is null and dim > 0
    group by all
),

dims as (
    select
        basis, plan_id,
        max(tasks) as top_tasks,
        arg_max(dim, tasks * 10 - dim) filter (where tasks > 0) as top_dim
    from plan_dimension
    where dim > 0
    group by all
)

select
    reached.basis, plan_list.plan_id, plan_list.position, plan_list.status,
    coalesce(tasks, 0) as tasks, coalesce(with_lead, 0) as with_lead, coalesce(with_time, 0) as with_time,
    coalesce(unplaced, 0) as unplaced, coalesce(descriptions, 0) as descriptions,
    coalesce(body, 0) as body, coalesce(body_with_lead, 0) as body_with_lead, coalesce(annex, 0) as annex, coalesce(annex_with_lead, 0) as annex_with_lead,
    subs_with_tasks, subs, dims_with_tasks,
    if(amends, 0, dims_open) as dims_open, top_dim, top_tasks
from plan_list
join reached using (plan_id)
join reaching using (basis, plan_id)
join dims using (basis, plan_id)
left join counted using (basis, plan_id)
