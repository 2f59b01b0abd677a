-- One row per plan and column of its tables: the header as the plan writes it, and the role it was read as.
-- Several tables of one plan that agree on header and role make one row; `line` is where it stands first.
select
    plan_id,
    min(position) as position,
    header,
    role,
    min(line) as line
from plan_columns
group by plan_id, header, role
