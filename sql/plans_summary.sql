-- One row per question: these plans together (`plan_summary`): how many they are and were read, the sums of what these say, how many have tasks on all eight dimensions
-- (full), how many leave some open (open), one that was read, and the first of those that leave most open (most).
-- Asked: way, plans.
select
    count(*)::integer as plans,
    count(*) filter (status = 'read')::integer as read,
    coalesce(sum(tasks) filter (status = 'read'), 0)::integer as tasks,
    coalesce(sum(with_lead) filter (status = 'read'), 0)::integer as with_lead,
    coalesce(sum(with_time) filter (status = 'read'), 0)::integer as with_time,
    coalesce(sum(unplaced) filter (status = 'read'), 0)::integer as unplaced,
    coalesce(sum(descriptions) filter (status = 'read'), 0)::integer as descriptions,
    count(*) filter (status = 'read' and dims_with_tasks = 8)::integer as full,
    count(*) filter (status = 'read' and dims_open > 0)::integer as open,
    min(plan_id) filter (status = 'read') as one_id,
    arg_min(plan_id, (-dims_open, position)) filter (status = 'read') as most_id,
    max(dims_open) filter (status = 'read')::integer as most
from plan_summary
where basis = way and plan_id = any(plans)
