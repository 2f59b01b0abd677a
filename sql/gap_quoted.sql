-- One row per gap of these plans (gap) on one dimension (none named: on any), of their order so many from a place on, with the words of the unit that names,
-- mentions or describes it all the same. The order: the worst first, among these what most other plans have.
-- Asked: way, plans, on_dim, skipped, most.
with

picked as (
    select *
    from gap
    where basis = way and plan_id = any(plans) and (on_dim is null or dim = on_dim)
    order by rank, whole desc, others desc, position, dim, sub
    limit most
    offset skipped
)

select picked.*, section, first_line, last_line, units.place, text, quote
from picked
left join units using (unit_id)
left join touches on touches.unit_id = picked.unit_id and touches.sub = picked.sub
