-- One row per plan and role: its tasks, how many name somebody in that role, how many name only groups ("các sở, ban,
-- ngành"), and how many where the layout of the source leaves it open who it is.
-- Stored: counted at the build and kept as a table.
with

tasks as (
    select plan_id, unit_id from units where kind = 'action'
),

roles as (
    select unnest(['lead', 'coop', 'monitor']) as role
),

held as (
    select
        unit_id,
        role,
        bool_and(is_group) as only_groups,
        bool_or(uncertain) as uncertain
    from agency_unit
    where basis = 'heading' and kind = 'action'
    group by all
)

select
    plan_list.plan_id,
    plan_list.position,
    roles.role,
    count(tasks.unit_id) as tasks,
    count(held.unit_id) as named,
    count(*) filter (held.only_groups) as only_groups,
    count(*) filter (held.uncertain) as uncertain
from plan_list
cross join roles
left join tasks using (plan_id)
left join held on held.unit_id = tasks.unit_id and held.role = roles.role
group by all
