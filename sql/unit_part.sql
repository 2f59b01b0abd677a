-- One row per unit, agency and role: as written, on which basis, and the offices that the reform of 2025 left of it where the plan is older.
select
    units.plan_id,
    unit_agencies.*,
    agency_change.office,
    agency_change.successors,
    agency_change.to_check
from unit_agencies
join units using (unit_id)
join plans on plans.plan_id = units.plan_id
left join agency_change on agency_change.agency = unit_agencies.agency
    and not coalesce(plans.issued >= agency_change.last_date, plans.year > year(agency_change.last_date), false)
