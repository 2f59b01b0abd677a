-- One row per way of counting (heading, content) and unit that commits or describes: the place where it counts.
-- weak: the place was matched, a person should look, and no word of the unit says it outright (a sure touch); or it may be no task at all.
-- `close` is a sure match with a margin under 0.3: a slightly higher bar for a review would make it weak.
-- Stored: counted at the build and kept as a table.
with

placed as (
    -- by heading: what the plan itself declares is not in doubt, what had to be matched may be
    select
        unit_id, 'heading' as basis, dim, sub,
        coalesce(dim_basis, '') = 'reviewed' or coalesce(case when sub is null then declared_dim = dim else declared_sub = sub end, false) as settled
    from units
    union all
    select unit_id, 'content' as basis, matched_dim as dim, matched_sub as sub, false as settled
    from units
),

led as (
    select distinct unit_id from unit_agencies where role = 'lead'
),

doubted as (
    select placed.*, units.review, units.margin, settled or touches.unit_id is not null as is_sure
    from placed
    join units using (unit_id)
    left join touches on touches.unit_id = placed.unit_id and touches.sub = placed.sub and touches.how = 'main' and touches.sure
)

select
    doubted.basis, doubted.unit_id, units.plan_id, units.kind, units.ordinal, doubted.dim, doubted.sub,
    doubted.review and not is_sure or not units.kind_sure as weak,
    not doubted.review and doubted.margin < 0.3 and not is_sure and units.kind_sure as close,
    led.unit_id is not null as has_lead,
    units.timing <> 'unspecified' as has_time,
    units.layer
from doubted
join units using (unit_id)
left join led using (unit_id)
where units.kind in ('action', 'description')
