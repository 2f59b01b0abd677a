-- One row per non-blank line of a document: its words, its cells where it is a table's row, and the places of the units that stand in it.
select
    lines.plan_id,
    lines.line,
    any_value(lines.role) as role,
    any_value(lines.text) as text,
    any_value(lines.cells) as cells,
    list(units.ordinal order by units.ordinal) filter (where units.ordinal is not null) as ordinals
from lines
left join units on units.plan_id = lines.plan_id and units.unit_id = lines.unit_id
group by lines.plan_id, lines.line
