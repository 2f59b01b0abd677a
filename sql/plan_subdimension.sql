-- One row per way of counting, plan and sub-dimension: its tasks, what the cell says, what the other way says, and what it would say
-- with another bar for a review: `bar_state` differs where all its tasks are weak, or would be with a bar slightly higher.
-- state: no_plan, not_read, own (tasks mainly about it), named (only inside tasks about more), weak (a person should look), passing (only mentioned),
-- description (described or assigned, no task), none (nothing in the plan names it). Only none is an absence. n: how many units say so. measured: PAPI measured it in the plan's year.
with

bases as (select unnest(['heading', 'content']) as basis),

counted as (
    select
        basis, plan_id, sub,
        count(*) filter (where kind = 'action') as tasks,
        count(*) filter (where kind = 'action' and has_lead) as with_lead,
        count(*) filter (where kind = 'action' and has_time) as with_time,
        count(*) filter (where kind = 'action' and weak) as weak,
        count(*) filter (where kind = 'action' and close) as close,
        count(*) filter (where kind = 'description') as descriptions
    from unit_placed
    group by all
),

touched as (
    select
        basis, plan_id, sub,
        count(*) filter (where says = 'named' and not weak) as named,
        count(*) filter (where says = 'named' and weak) as unsure,
        count(*) filter (where says = 'passing') as passing,
        count(*) filter (where says = 'description') as described,
        count(*) filter (where says = 'mentioned') as mentioned
    from touch_placed
    group by all
),

cells as (
    select
        bases.basis, plan_list.plan_id, plan_list.position, subdimensions.dim, subdimensions.sub,
        coalesce(tasks, 0) as tasks, coalesce(with_lead, 0) as with_lead, coalesce(with_time, 0) as with_time,
        coalesce(weak, 0) as weak, coalesce(close, 0) as close, coalesce(descriptions, 0) as descriptions,
        coalesce(named, 0) as named, coalesce(unsure, 0) as unsure, coalesce(passing, 0) as passing, coalesce(described, 0) as described, coalesce(mentioned, 0) as mentioned,
        coalesce(plan_list.period_from, plan_list.year) is null
            or coalesce(plan_list.period_from, plan_list.year) between subdimensions.measured_from and coalesce(subdimensions.measured_to, 9999) as measured,
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
    cross join subdimensions
    left join counted
        on counted.basis = bases.basis and counted.plan_id = plan_list.plan_id and counted.sub = subdimensions.sub
    left join touched
        on touched.basis = bases.basis and touched.plan_id = plan_list.plan_id and touched.sub = subdimensions.sub
),

told as (
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
)

select
    told.*,
    other.state as other_state, other.n as other_n,
    case
        when told.state = 'weak' and told.tasks > 0 then 'own'
        when told.state = 'own' and told.weak + told.close = told.tasks then 'weak'
        else told.state
    end as bar_state
from told
join told as other
    on other.plan_id = told.plan_id and other.sub = told.sub and other.basis <> told.basis
