-- One row per way of counting and plan that was read and is no amendment: the figures by which it stands among others, with what its amendments say. cells: the
-- sub-dimensions that PAPI measured in its years; own, named, gaps: of these with a task of its own, named only inside tasks about more, named by nothing (`none`,
-- the one state that is an absence). dated: its tasks with a date.
-- Stored: counted at the build and kept as a table.
with

counted as (
    select basis, plan_id, plan_summary.tasks, plan_summary.with_lead, plan_summary.with_time, plan_timing.tasks as dated
    from plan_summary
    join plan_timing using (plan_id)
    where plan_summary.status = 'read' and timing = 'dated' and plan_id not in (select plan_id from amended_unit)
    union all
    select
        basis, amended_unit.plan_id, count(*), count(*) filter (has_lead), count(*) filter (has_time), count(*) filter (timing = 'dated')
    from unit_placed
    join amended_unit using (unit_id)
    join timed_task using (unit_id)
    group by all
)

select
    basis, plan_id, position, coalesce(counted.tasks, 0) as tasks, coalesce(counted.with_lead, 0) as with_lead,
    coalesce(counted.with_time, 0) as with_time, coalesce(dated, 0) as dated,
    count(*) filter (where measured)::integer as cells,
    count(*) filter (where measured and state = 'own')::integer as own,
    count(*) filter (where measured and state = 'named')::integer as named,
    count(*) filter (where state = 'none')::integer as gaps
from whole_cell
join plan_list using (plan_id, position)
left join counted using (basis, plan_id)
where sub is not null and status = 'read'
group by all
