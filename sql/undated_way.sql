-- One row per plan and way of saying when in which tasks, assignments or reporting duties of it say so without a date.
-- Stored: counted at the build and kept as a table.
select distinct plan_list.position, due_count.plan_id, due_count.timing
from due_count
join plan_list using (plan_id)
where due_count.bearing <> 'dated' and due_count.kind <> 'objective'
