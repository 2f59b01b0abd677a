-- One row per plan and kind of unit that it holds: how many units.
-- Stored: counted at the build and kept as a table.
select plan_id, kind, count(*)::int as units
from units
group by plan_id, kind
