-- One row per plan and code of what a reviewer should look at: how many findings.
-- Stored: counted at the build and kept as a table.
select
    plan_id,
    code,
    count(*)::int as findings
from findings
group by plan_id, code
