-- One row per way of counting, plan and gap: a whole dimension without a task, or a sub-dimension where other plans have some.
with

dimension_gaps as (
    select basis, plan_id, position, dim, null::text as sub, true as whole, state
    from plan_dimension
    where dim > 0 and state in ('none', 'description')
),

sub_gaps as (
    select cells.basis, cells.plan_id, cells.position, cells.dim, cells.sub, false as whole, cells.state
    from plan_subdimension as cells
    -- what is missing as a whole is said once; what stands on the dimension as a whole is no silence on its parts
    join plan_dimension as dims
        on dims.basis = cells.basis and dims.plan_id = cells.plan_id and dims.dim = cells.dim
    where cells.state in ('none', 'description') and dims.state in ('tasks', 'weak')
),

all_gaps as (
    select * from dimension_gaps
    union all
    select * from sub_gaps
),

with_tasks as (
    select basis, sub, count(*) filter (where state = 'tasks') as plans
    from plan_subdimension
    group by all
),

dims_with_tasks as (
    select basis, dim, count(*) filter (where state = 'tasks') as plans
    from plan_dimension
    group by all
)

select all_gaps.*, case when whole then dims_with_tasks.plans else with_tasks.plans end as others
from all_gaps
left join with_tasks on with_tasks.basis = all_gaps.basis and with_tasks.sub = all_gaps.sub
left join dims_with_tasks on dims_with_tasks.basis = all_gaps.basis and dims_with_tasks.dim = all_gaps.dim
