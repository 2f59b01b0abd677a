-- One row per way of counting (heading, content) and task: its place, its words and when it is due.
select
    'heading' as basis, unit_id, plan_id, ordinal, dim, sub, text, section, first_line, last_line, place, timing, timing_raw
from units
where kind = 'action'
union all
select
    'content' as basis, unit_id, plan_id, ordinal, matched_dim as dim, matched_sub as sub, text, section, first_line, last_line, place, timing, timing_raw
from units
where kind = 'action'
