-- One row per way of counting (heading, content) and unit that commits or describes: the place where it counts.
-- weak: the place was matched, a person should look, and no word of the unit says it outright (a sure touch); or it may be no task at all.
-- `close` is a sure match with a margin under 0.3: a slightly higher bar for a review would make it weak.
-- Stored: counted at the build and kept as a table.
with

placed as (
    -- by heading: what the plan itself declares is not in doubt, what had to be matched may be
    select
        'heading' as basis, units.*,
        coalesce(dim_basis, '') = 'reviewed' or coalesce(case when sub is null then declared_dim = dim else declared_sub = sub end, false) as settled
    from units
    union all
    select 'content' as basis, units.* replace (matched_dim as dim, matched_sub as sub), coalesce(dim_basis, '') = 'reviewed' as settled
    from units
),

doubted as (
    select placed.*, settled or touches.unit_id is not null as is_sure
    from placed
    left join touches on touches.unit_id = placed.unit_id and touches.sub = placed.sub and touches.how = 'main' and touches.sure
    where kind in ('action', 'description')
)

select
    basis, unit_id, plan_id, kind, ordinal, dim, sub,
    review and not is_sure or not kind_sure as weak,
    not review and margin < 0.3 and not is_sure and kind_sure as close,
    unit_id in (select unit_id from unit_agencies where role = 'lead') as has_lead,
    timing <> 'unspecified' as has_time,
    layer
from doubted
