-- One row per task, assignment or reporting duty, and per dated target (`due_unit`), by its bearing, the latest day first, with its number in reading order
-- (`find_unit`): so that the first of many are found without a look at their words.
-- Stored: counted at the build and kept as a table.
select due_unit.bearing, due_unit.due, due_unit.due_from, find_unit.no, due_unit.plan_id
from due_unit
join find_unit using (unit_row)
order by bearing, due desc nulls first, no
