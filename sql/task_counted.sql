-- One row per task: where it counts in either way of counting and whether that is weak, whether it names a lead and a time, where its lead is from, and its
-- first and last day.
select
    placed.unit_id, placed.plan_id, placed.ordinal,
    placed.dim as heading_dim, placed.sub as heading_sub, placed.weak as heading_weak,
    spoken.dim as content_dim, spoken.sub as content_sub, spoken.weak as content_weak,
    units.dim_basis, placed.has_lead, task_lead.lead_basis, placed.has_time, units.due_from, units.due_to
from unit_placed as placed
join unit_placed as spoken on spoken.unit_id = placed.unit_id and spoken.basis = 'content'
join units on units.unit_id = placed.unit_id
join task_lead on task_lead.unit_id = placed.unit_id
where placed.basis = 'heading' and placed.kind = 'action'
