-- One row per finding of these plans and codes: what it says, the unit it stands at (null where it is about a line or a heading) and the words of a line that is in
-- no unit; of each plan and code so many. nth: its number among those.
-- Asked: plans, codes, most.
with

picked as (
    select *, split_part(unit_id, ':', -1)::integer as ordinal
    from findings
    where plan_id = any(plans) and code = any(codes)
    qualify row_number() over (partition by plan_id, code order by line, ordinal, detail) <= most
),

other_line as (
    select plan_id, line, any_value(text) as line_text
    from lines
    where role <> 'unit' and plan_id = any(plans)
    group by all
)

select
    picked.plan_id, plan_list.position, picked.code, picked.line, picked.detail, picked.place, picked.unit_id, units.ordinal, units.section,
    units.first_line, units.last_line, units.text, other_line.line_text,
    row_number() over (partition by picked.plan_id, picked.code order by picked.line, picked.ordinal, picked.detail) as nth
from picked
join plan_list using (plan_id)
left join (select * from units where plan_id = any(plans)) as units on units.unit_id = picked.unit_id
left join other_line on other_line.plan_id = picked.plan_id and other_line.line = picked.line
