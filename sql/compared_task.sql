-- One row per way of counting (heading, content) and task: its place, its words and when it is due; `turn` is its turn within plan and dimension.
with

placed as (
    select 'heading' as basis, dim as place, sub as part, * from units where kind = 'action'
    union all
    select 'content' as basis, matched_dim as place, matched_sub as part, * from units where kind = 'action'
)

select
    basis, unit_id, plan_id, ordinal, place as dim, part as sub, text, section, first_line, last_line, timing, timing_raw,
    row_number() over (partition by basis, plan_id, place order by ordinal) as turn
from placed
