-- One row per finding: what it says, and the unit it stands at (null where it is about a line or a heading),
-- and the words of a line that is in no unit.
with

other_lines as (
    select plan_id, line, any_value(text) as line_text
    from lines
    where role <> 'unit'
    group by all
)

select
    findings.plan_id,
    plan_list.position,
    findings.code,
    findings.line,
    findings.detail,
    findings.place,
    findings.unit_id,
    units.ordinal,
    units.section,
    units.first_line,
    units.last_line,
    units.kind,
    units.text,
    other_lines.line_text
from findings
join plan_list using (plan_id)
left join units using (unit_id)
left join other_lines on other_lines.plan_id = findings.plan_id and other_lines.line = findings.line
