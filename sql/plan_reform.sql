-- One row per plan and agency that the reform of 2025 has changed since the plan was issued: its office today, where there is exactly one.
-- An office named by a plan that was issued after the reform is today's office. Where a plan's day is not known its year decides,
-- and a plan of the reform's own year counts as the older one.
with

changed as (
    select plans.plan_id, agency_reform.*
    from plans
    cross join agency_reform
    where not coalesce(plans.issued >= agency_reform.from_date, plans.year > year(agency_reform.from_date), false)
)

select
    plan_id,
    agency,
    case when count(since_2025) = count(*) and count(distinct since_2025) = 1 then any_value(since_2025) end as office,
    count(distinct since_2025) as offices,
    min(from_date) as from_date,
    bool_or(basis is null) as to_check,    -- a row of the table names no legal basis
    string_agg(distinct basis, '; ' order by basis) as basis,
    list({'office': since_2025, 'scope_vi': coalesce(scope_vi, scope), 'scope_en': scope} order by since_2025, scope) as successors
from changed
group by plan_id, agency
