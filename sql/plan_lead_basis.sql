-- One row per plan and where the lead of a task is from (`task_lead`); a plan that was read and holds no task has one row of none with zero tasks.
-- Stored: counted at the build and kept as a table.
select
    plans.plan_id,
    coalesce(task_lead.lead_basis, 'none') as lead_basis,
    count(task_lead.lead_basis) as tasks,
    count(*) filter (task_lead.agencies_uncertain) as uncertain
from plans
left join task_lead using (plan_id)
group by all
