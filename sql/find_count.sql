-- One row per plan and profile: how many units.
select plan, profile, count(*)::int as units
from find_unit
group by plan, profile
order by plan, profile
