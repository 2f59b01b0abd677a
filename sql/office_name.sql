-- One row per office of today that the units of any plan name, under its old name where it has no single successor (is_open).
-- Stored: counted at the build and kept as a table.
with

met as (
    select distinct agency from unit_agencies
),

later as (
    -- an agency that was changed, where some plan was issued after the change: that plan means today's office
    select agency
    from agency_change
    where exists (
        select 1 from plans where coalesce(plans.issued >= agency_change.last_date, plans.year > year(agency_change.last_date), false)
    )
)

select coalesce(agency_change.office, met.agency) as office, agency_change.agency is not null and agency_change.office is null as is_open
from met
left join agency_change using (agency)
union
select agency as office, false as is_open
from met
join later using (agency)
