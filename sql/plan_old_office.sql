-- One row per plan and agency that its units name and that is no office of its own since the reform of 2025, whatever day the plan has.
with

named as (
    select
        units.plan_id, unit_agencies.agency, count(distinct unit_id)::int as units,
        list(distinct unit_agencies.as_written order by unit_agencies.as_written) as written
    from unit_agencies
    join units using (unit_id)
    group by units.plan_id, unit_agencies.agency
)

select named.plan_id, named.units, named.written, agency_change.*
from named
join agency_change using (agency)
where agency_change.office is distinct from named.agency
