-- One row per way of counting, plan and gap: what is missing on a whole dimension, or on a sub-dimension (`lacks`: task, weak, lead_time, lead, time).
-- weak: only weak matches; lead, time, lead_time: tasks, none of which names a lead, a time, either. What is missing on a dimension
-- as a whole is said once. `others` counts the plans that have it; `rank` orders the kinds, the worst first.
with

dims as (
    select
        *, state = 'tasks' and with_lead = 0 as no_lead, state = 'tasks' and with_time = 0 as no_time
    from plan_dimension
    where dim > 0
),

subs as (
    select
        cells.*, dims.state as dim_state,
        cells.state = 'tasks' and cells.with_lead = 0 and not dims.no_lead as no_lead,
        cells.state = 'tasks' and cells.with_time = 0 and not dims.no_time as no_time
    from plan_subdimension as cells
    join dims using (basis, plan_id, dim)
),

dimension_gaps as (
    select
        basis, plan_id, position, dim, null::text as sub, true as whole, state, tasks,
        case
            when state <> 'tasks' then 'task'
            when no_lead and no_time then 'lead_time'
            when no_lead then 'lead'
            else 'time'
        end as lacks
    from dims
    where state in ('none', 'description') or no_lead or no_time
),

sub_gaps as (
    select
        basis, plan_id, position, dim, sub, false as whole, state, tasks,
        case
            when state = 'weak' then 'weak'
            when state <> 'tasks' then 'task'
            when no_lead and no_time then 'lead_time'
            when no_lead then 'lead'
            else 'time'
        end as lacks
    from subs
    where (state in ('none', 'description', 'weak') and dim_state in ('tasks', 'weak')) or no_lead or no_time
),

all_gaps as (
    select * from dimension_gaps
    union all
    select * from sub_gaps
),

having_dim as (
    select
        basis, dim, count(*) filter (state = 'tasks') as with_tasks,
        count(*) filter (state = 'tasks' and with_lead > 0) as with_lead,
        count(*) filter (state = 'tasks' and with_time > 0) as with_time,
        count(*) filter (state = 'tasks' and with_lead > 0 and with_time > 0) as with_both
    from dims
    group by all
),

having_sub as (
    select
        basis, sub, count(*) filter (state = 'tasks') as with_tasks,
        count(*) filter (state = 'tasks' and with_lead > 0) as with_lead,
        count(*) filter (state = 'tasks' and with_time > 0) as with_time,
        count(*) filter (state = 'tasks' and with_lead > 0 and with_time > 0) as with_both
    from subs
    group by all
)

select
    all_gaps.*,
    case lacks
        when 'lead_time' then case when whole then having_dim.with_both else having_sub.with_both end
        when 'lead' then case when whole then having_dim.with_lead else having_sub.with_lead end
        when 'time' then case when whole then having_dim.with_time else having_sub.with_time end
        else case when whole then having_dim.with_tasks else having_sub.with_tasks end
    end as others,
    case lacks
        when 'task' then case when whole then 1 else 2 end
        when 'weak' then 3
        when 'lead_time' then 4
        when 'lead' then 5
        else 6
    end as rank
from all_gaps
left join having_dim on having_dim.basis = all_gaps.basis and having_dim.dim = all_gaps.dim
left join having_sub on having_sub.basis = all_gaps.basis and having_sub.sub = all_gaps.sub
