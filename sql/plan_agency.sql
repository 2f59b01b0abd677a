-- One row per plan and agency that its units name: whether a table knows it.
-- Stored: counted at the build and kept as a table.
select
    units.plan_id,
    unit_agencies.agency,
    coalesce(bool_or(agencies.is_known), false) as is_known
from unit_agencies
join units using (unit_id)
left join agencies using (agency)
group by units.plan_id, unit_agencies.agency
