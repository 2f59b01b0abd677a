-- One row per task and role in which an office without a single successor stands: how many other holders the role has.
-- Stored: counted at the build and kept as a table.
with

open_names as (
    select agency, last_date from agency_change where office is null
),

found as not materialized (
    select distinct units.plan_id, unit_agencies.unit_id, unit_agencies.role
    from unit_agencies
    join open_names using (agency)
    join units using (unit_id)
    join plans using (plan_id)
    where units.kind = 'action' and not coalesce(plans.issued >= open_names.last_date, plans.year > year(open_names.last_date), false)
)

select found.plan_id, found.unit_id, found.role, count(*) filter (open_names.agency is null) as others
from found
join unit_agencies on unit_agencies.unit_id = found.unit_id and unit_agencies.role = found.role
left join open_names using (agency)
group by all
