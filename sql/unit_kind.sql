-- One row per kind of unit that the plans hold: how many units.
-- Stored: counted at the build and kept as a table.
select kind, count(*)::int as units
from units
group by kind
