-- One row per task, assignment or reporting duty, and per dated target (`due_unit`), by its bearing, the latest day first: its number in reading order, and where
-- it and its agencies stand in their tables (`find_unit`), so that the first of many are found without a look at the others.
-- Stored: counted at the build and kept as a table.
select due_unit.bearing, due_unit.due, due_unit.due_from, find_unit.no, due_unit.plan_id, find_unit.unit_row, find_unit.agency_first, find_unit.agency_last
from due_unit
join find_unit using (unit_row)
order by bearing, due desc nulls first, no
