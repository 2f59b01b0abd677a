-- One row per plan and role of a line (unit, heading, table_header, front, back): how many lines with text; a line that holds several units counts once.
-- Stored: counted at the build and kept as a table.
select
    plan_id,
    role,
    count(distinct line)::int as lines
from lines
group by plan_id, role
