-- One row per unit that names somebody: its agencies by role, each in the order of the plan.
-- Stored: counted at the build and kept as a table.
select
    units.plan_id,
    unit_agencies.unit_id,
    list(unit_agencies.agency order by unit_agencies.rowid) filter (where role = 'lead') as leads,
    list(unit_agencies.agency order by unit_agencies.rowid) filter (where role = 'coop') as coops,
    list(unit_agencies.agency order by unit_agencies.rowid) filter (where role = 'monitor') as monitors
from unit_agencies
join units using (unit_id)
group by all
