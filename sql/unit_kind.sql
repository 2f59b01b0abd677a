-- One row per kind of unit that the plans hold: how many units.
select kind, count(*)::int as units
from units
group by kind
