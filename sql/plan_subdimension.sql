-- One row per way of counting, plan and sub-dimension: its tasks, what the cell says, what the other way says, and what it would say
-- with another bar for a review: `bar_state` differs where all its tasks are weak, or would be with a bar slightly higher.
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

cells as (
    select
        bases.basis, plan_list.plan_id, plan_list.position, subdimensions.dim, subdimensions.sub,
        coalesce(tasks, 0) as tasks, coalesce(with_lead, 0) as with_lead, coalesce(with_time, 0) as with_time,
        coalesce(weak, 0) as weak, coalesce(close, 0) as close, coalesce(descriptions, 0) as descriptions,
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
    cross join subdimensions
    left join counted
        on counted.basis = bases.basis and counted.plan_id = plan_list.plan_id and counted.sub = subdimensions.sub
)

select
    cells.*, other.state as other_state, other.tasks as other_tasks,
    case
        when cells.state = 'weak' then 'tasks'
        when cells.state = 'tasks' and cells.weak + cells.close = cells.tasks then 'weak'
        else cells.state
    end as bar_state
from cells
join cells as other
    on other.plan_id = cells.plan_id and other.sub = cells.sub and other.basis <> cells.basis
