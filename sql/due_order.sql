-- One row per task, assignment or reporting duty, and per dated target (`due_unit`), by its bearing, the latest day first: so that the first of many are found
-- without a look at their words.
-- Stored: counted at the build and kept as a table.
select bearing, due, position, ordinal, unit_id, plan_id
from due_unit
order by bearing, due desc nulls first, position, ordinal
