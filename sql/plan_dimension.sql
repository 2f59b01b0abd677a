-- One row per way of counting, plan and dimension (0 is cross-cutting): its tasks, what the cell says (the states of plan_subdimension), and how many units say so (n).
-- named, passing, description: no task of the plan counts here, but tasks that count elsewhere name, or mention, or units describe, one of its sub-dimensions.
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
),

touched as (
    select
        basis, plan_id, left(sub, 1)::int as dim,
        count(distinct unit_id) filter (where says = 'named' and not weak) as named,
        count(distinct unit_id) filter (where says = 'named' and weak) as unsure,
        count(distinct unit_id) filter (where says = 'passing') as passing,
        count(distinct unit_id) filter (where says = 'description') as described,
        count(distinct unit_id) filter (where says = 'mentioned') as mentioned
    from touch_placed
    group by all
),

measured as (
    select basis, plan_id, dim, bool_or(measured) as measured
    from plan_subdimension
    group by all
),

cells as (
    select
        bases.basis, plan_list.plan_id, plan_list.position, dimensions.dim,
        coalesce(tasks, 0) as tasks, coalesce(with_lead, 0) as with_lead, coalesce(with_time, 0) as with_time,
        coalesce(weak, 0) as weak, coalesce(general, 0) as general, coalesce(descriptions, 0) as descriptions,
        coalesce(named, 0) as named, coalesce(unsure, 0) as unsure, coalesce(passing, 0) as passing, coalesce(described, 0) as described, coalesce(mentioned, 0) as mentioned, coalesce(measured, true) as measured,
        case
            when plan_list.status = 'not_collected' then 'no_plan'
            when plan_list.status = 'not_read' then 'not_read'
            when tasks > weak then 'own'
            when named > 0 then 'named'
            when tasks > 0 or unsure > 0 then 'weak'
            when passing > 0 then 'passing'
            when described > 0 or descriptions > 0 then 'description'
            when mentioned > 0 then 'passing'
            else 'none'
        end as state
    from bases
    cross join plan_list
    cross join dimensions
    left join counted
        on counted.basis = bases.basis and counted.plan_id = plan_list.plan_id and counted.dim = dimensions.dim
    left join touched
        on touched.basis = bases.basis and touched.plan_id = plan_list.plan_id and touched.dim = dimensions.dim
    left join measured
        on measured.basis = bases.basis and measured.plan_id = plan_list.plan_id and measured.dim = dimensions.dim
)

select
    *,
    case state
        when 'own' then tasks
        when 'named' then named
        when 'weak' then tasks + unsure
        when 'passing' then passing + mentioned
        when 'description' then greatest(described, descriptions)
        else 0
    end as n
from cells
