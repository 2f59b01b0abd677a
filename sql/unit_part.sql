-- One row per unit, agency and role: as written, on which basis, and the offices that the reform of 2025 left of it where the plan is older.
with

named as (
    -- a unit's name is its plan's name and its place
    select *, left(unit_id, -1 - length(split_part(unit_id, ':', -1))) as plan_id
    from unit_agencies
)

select
    named.*,
    agency_change.office,
    agency_change.successors,
    agency_change.to_check
from named
join plans using (plan_id)
left join agency_change on agency_change.agency = named.agency
    and not coalesce(plans.issued >= agency_change.last_date, plans.year > year(agency_change.last_date), false)
