-- One row per agency, role, plan, way of counting and dimension: the tasks in which the agency has that role.
-- A task has one dimension in each way of counting, so a sum over dimensions or plans counts no task twice; a sum over roles may.
with

tasks as (
    select unit_id, plan_id, dim, matched_dim from units where kind = 'action'
),

-- "plan" is what a page counts first (the plan's own headings, else the match); "content" is the text alone.
counted as (
    select unit_id, plan_id, 'plan' as counted_by, dim from tasks
    union all
    select unit_id, plan_id, 'content' as counted_by, matched_dim as dim from tasks
)

select
    held.agency,
    coalesce(agencies.is_known, false) as is_known,
    coalesce(agencies.is_group, false) as is_group,
    held.role,
    counted.plan_id,
    counted.counted_by,
    counted.dim,
    count(*) as tasks,
    count(*) filter (held.uncertain) as uncertain
from unit_agencies as held
join counted using (unit_id)
left join agencies using (agency)
group by all
