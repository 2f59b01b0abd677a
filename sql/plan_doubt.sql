-- One row per plan: its units, its tasks, the tasks whose matched dimension a person should look at, and the units whose layout leaves open who acts.
-- Stored: counted at the build and kept as a table.
select
    plans.plan_id,
    count(units.unit_id)::int as units,
    count(*) filter (units.kind = 'action')::int as tasks,
    count(*) filter (units.kind = 'action' and units.review)::int as to_review,
    count(*) filter (units.agencies_uncertain)::int as uncertain
from plans
left join units using (plan_id)
group by plans.plan_id
