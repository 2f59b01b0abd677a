-- One row per plan, kind (task, assignment, reporting duty, dated target), bearing (`due_unit`), way of saying when, and the plan's own words for it.
-- Stored: counted at the build and kept as a table.
select plan_id, kind, bearing, timing, timing_raw, count(*) as units
from due_unit
group by all
