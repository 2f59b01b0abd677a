-- One row per plan of these that assigns in an annex: tasks of its body and of its annex, how many name a lead, and how many of the body are linked to a row.
-- Asked: plans.
select
    plan_id, position, body, body_with_lead, annex, annex_with_lead,
    (select count(distinct body_unit_id) from layer_links join units on unit_id = body_unit_id where units.plan_id = plan_summary.plan_id)::int as linked
from plan_summary
where basis = 'heading' and annex > 0 and plan_id = any(plans)
