-- One row per unit: all that a card shows of it.
with

spoke as (
    select unit_id, list({'kind': kind, 'quote': quote, 'source': source, 'dim': dim, 'sub': sub, 'weight': weight} order by rank) as evidence
    from evidence
    where rank <= 3
    group by unit_id
)

select
    units.unit_id, units.plan_id, plan_list.position, units.ordinal, plan_list.short_vi, plan_list.short_en, plan_list.level,
    units.section, units.first_line, units.last_line, units.kind, units.text,
    units.declared_dim, units.declared_sub, units.matched_dim, units.matched_sub, units.dim, units.sub, units.dim_basis,
    units.score, units.margin, units.review, units.runner_up_dim, units.runner_up_sub,
    named.leads, named.coops, named.monitors, units.lead_basis, units.agencies_uncertain,
    units.timing, units.timing_raw, units.timing_basis, spoke.evidence
from units
join plan_list using (plan_id)
left join unit_named as named on named.unit_id = units.unit_id
left join spoke on spoke.unit_id = units.unit_id
