-- One row per way of counting (heading, content) and unit that commits or describes: the place where it counts.
-- `close` is a sure match that would be weak if the bar for a review stood at a margin of 0.3, slightly higher than the matcher's own.
with

by_heading as (
    -- what the plan itself declares is not in doubt, nor which part of it the words name; what had to be matched may be
    select
        units.unit_id, units.dim, units.sub, units.review, units.margin,
        coalesce(units.dim_basis = 'reviewed', false) or coalesce(units.declared_sub = units.sub, false)
            or coalesce(units.declared_dim = units.dim, false) and (units.sub is null or touches.unit_id is not null) as settled
    from units
    left join touches on touches.unit_id = units.unit_id and touches.sub = units.sub and touches.how = 'main' and touches.sure
),

placed as (
    select unit_id, 'heading' as basis, dim, sub, review and not settled as weak, not review and margin < 0.3 and not settled as close
    from by_heading
    union all
    select unit_id, 'content' as basis, matched_dim as dim, matched_sub as sub, review as weak, not review and margin < 0.3 as close
    from units
),

led as (
    select distinct unit_id from unit_agencies where role = 'lead'
)

select
    placed.basis, placed.unit_id, units.plan_id, units.kind, units.ordinal, placed.dim, placed.sub, placed.weak, placed.close,
    led.unit_id is not null as has_lead,
    -- "theo quy định" names neither a date nor a rhythm
    units.timing not in ('unspecified', 'regulation') as has_time,
    units.timing = 'unspecified' as says_no_time
from placed
join units using (unit_id)
left join led using (unit_id)
where units.kind in ('action', 'description')
