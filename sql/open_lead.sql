-- One row per task and lead of it that has no single successor today: somebody has to decide who takes the task on.
-- Stored: counted at the build and kept as a table.
select
    units.unit_id, units.plan_id, plan_list.position, units.ordinal, units.kind, units.section, units.first_line, units.last_line, units.place, units.text,
    units.dim, units.matched_dim,
    unit_agencies.agency, unit_agencies.as_written, unit_agencies.uncertain,
    agency_change.from_date, agency_change.from_part, agency_change.successors, agency_change.basis, agency_change.to_check,
    open_unit.others    -- leads of the task that are an office today, or a group
from open_unit
join units using (unit_id)
join plan_list on plan_list.plan_id = units.plan_id
join unit_agencies on unit_agencies.unit_id = units.unit_id and unit_agencies.role = 'lead'
join agency_change on agency_change.agency = unit_agencies.agency and agency_change.office is null
where open_unit.role = 'lead'
    and not coalesce(plan_list.issued >= agency_change.last_date, plan_list.year > year(agency_change.last_date), false)
