-- One row per code of what a reviewer should look at: how many findings these plans have, in how many of them, and in how many of those that were read.
-- Asked: plans.
select code, sum(findings)::integer as findings, count(*)::integer as plans, count(*) filter (status = 'read')::integer as read
from finding_count
join plan_list using (plan_id)
where plan_id = any(plans)
group by code
