-- One row per plan: its units, the tasks whose matched dimension a person should look at, what the layout leaves open, and agencies that no table knows.
with

held as (
    select
        plan_id,
        count(distinct agency) filter (where not coalesce(is_known, false))::int as unknown_agencies,
        count(distinct agency)::int as agencies
    from unit_agencies
    join units using (unit_id)
    left join agencies using (agency)
    group by plan_id
)

select
    plans.plan_id,
    count(units.unit_id)::int as units,
    count(*) filter (units.kind = 'action')::int as tasks,
    count(*) filter (units.kind = 'action' and units.review)::int as to_review,
    count(*) filter (units.agencies_uncertain)::int as uncertain,
    coalesce(any_value(held.agencies), 0) as agencies,
    coalesce(any_value(held.unknown_agencies), 0) as unknown_agencies
from plans
left join units using (plan_id)
left join held using (plan_id)
group by plans.plan_id
