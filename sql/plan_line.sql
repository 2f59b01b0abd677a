-- One row per non-blank line of a document: its words, its cells where it is a table's row, and the places of the units that stand in it.
select
    plan_id,
    line,
    any_value(role) as role,
    any_value(text) as text,
    any_value(cells) as cells,
    any_value(place) as place,
    any_value(doubtful) as doubtful,
    -- a unit's name ends in its place in the plan
    list(substr(unit_id, length(plan_id) + 2)::integer order by substr(unit_id, length(plan_id) + 2)::integer) filter (where unit_id is not null) as ordinals
from lines
group by plan_id, line
