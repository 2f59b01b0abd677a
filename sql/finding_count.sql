-- One row per plan and code of what a reviewer should look at: how many findings.
select
    plan_id,
    code,
    count(*)::int as findings
from findings
group by plan_id, code
