-- One row per plan and column of its tables: the header as the plan writes it, and the role it was read as.
-- Several tables of one plan that agree on header and role make one row; `line` is where it stands first, `place` the same where the format has no lines.
-- Stored: counted at the build and kept as a table.
with

headers as (
    select plan_id, min(position) as position, header, role, min(line) as line
    from plan_columns
    group by plan_id, header, role
)

select headers.*, (select any_value(place) from lines where lines.plan_id = headers.plan_id and lines.line = headers.line) as place
from headers
