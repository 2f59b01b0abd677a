-- One row per role: the tasks of these plans, how many name somebody in it, only groups, or leave it open who it is (`plan_role`); and those held by an office
-- without a single successor, by such offices only, and by one that stands in no table (`plan_role_today`).
-- Asked: plans.
with

counted as (
    select role, sum(tasks) as tasks, sum(named) as named, sum(only_groups) as only_groups, sum(uncertain) as uncertain
    from plan_role
    where plan_id = any(plans)
    group by role
),

today as (
    select role, sum(open) as open, sum(only_open) as only_open, sum(unknown) as unknown
    from plan_role_today
    where plan_id = any(plans)
    group by role
)

select
    role, tasks::integer as tasks, named::integer as named, only_groups::integer as only_groups, uncertain::integer as uncertain,
    coalesce(open, 0)::integer as open, coalesce(only_open, 0)::integer as only_open, coalesce(unknown, 0)::integer as unknown
from counted
left join today using (role)
