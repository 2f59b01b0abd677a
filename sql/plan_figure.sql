-- One row per way of counting and plan that was read: the figures by which it stands among others. cells: the sub-dimensions that PAPI measured in its years;
-- own, named, gaps: of these with a task of its own, named only inside tasks about more, named by nothing (`none`, the one state that is an absence).
-- Stored: counted at the build and kept as a table.
select
    basis, plan_id, position, plan_summary.tasks, plan_summary.with_lead, plan_summary.with_time,
    count(*) filter (where measured)::integer as cells,
    count(*) filter (where measured and state = 'own')::integer as own,
    count(*) filter (where measured and state = 'named')::integer as named,
    count(*) filter (where state = 'none')::integer as gaps
from plan_summary
join plan_subdimension using (basis, plan_id, position)
where plan_summary.status = 'read'
group by all
