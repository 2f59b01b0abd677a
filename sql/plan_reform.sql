-- One row per plan and agency that the reform of 2025 has changed since the plan was issued.
-- An office named by a plan that was issued after the reform is today's office. Where a plan's day is not known its year decides,
-- and a plan of the reform's own year counts as the older one.
-- Stored: counted at the build and kept as a table.
select plans.plan_id, agency_change.*
from plans
join agency_change on not coalesce(plans.issued >= agency_change.last_date, plans.year > year(agency_change.last_date), false)
