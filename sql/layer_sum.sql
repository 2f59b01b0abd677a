-- One row per question: how many of these plans assign in an annex, and the tasks of their bodies and annexes with how many name a lead (`plan_layer`).
-- Asked: plans.
select
    count(*)::integer as plans,
    coalesce(sum(body), 0)::integer as body, coalesce(sum(body_with_lead), 0)::integer as body_with_lead,
    coalesce(sum(annex), 0)::integer as annex, coalesce(sum(annex_with_lead), 0)::integer as annex_with_lead
from plan_summary
where basis = 'heading' and annex > 0 and plan_id = any(plans)
