-- One row per way of counting, plan, topic (a dimension as a whole, where sub is null, or a sub-dimension), unit that speaks there, and as what it does.
-- says: own (a task that counts there), placed (what describes and counts there), or what touches it elsewhere: named, passing, description, mentioned
-- (`touch_placed`; passing also where a task's words speak for a dimension as a whole, `dimension_worded`). weak: a person should look; a unit that names a dimension surely in one place and perhaps in another has a row of each.
with

spoken as (
    select
        touch_placed.basis, touch_placed.plan_id, left(touch_placed.sub, 1)::integer as dim, touch_placed.sub, touch_placed.unit_id, touch_placed.ordinal,
        touch_placed.kind, says, touch_placed.weak, has_lead, has_time
    from touch_placed
    left join unit_placed on unit_placed.basis = touch_placed.basis and unit_placed.unit_id = touch_placed.unit_id
    where says <> 'own'
),

-- what a person put under a dimension as a whole, and commits nobody
decided as (
    select basis, plan_id, unit_id, ordinal, kind, dim, case kind when 'assignment' then 'description' else 'mentioned' end as says
    from units
    cross join (select unnest(['heading', 'content']) as basis)
    where dim_basis = 'reviewed' and dim is not null and sub is null and kind not in ('action', 'description')
)

select
    basis, plan_id, dim::text as topic, dim, null::text as sub, unit_id, ordinal, kind,
    case kind when 'action' then 'own' else 'placed' end as says, weak, close, sub is null as general, has_lead, has_time
from unit_placed
where dim is not null
union all
select
    basis, plan_id, sub, dim, sub, unit_id, ordinal, kind,
    case kind when 'action' then 'own' else 'placed' end, weak, close, false, has_lead, has_time
from unit_placed
where sub is not null
union all
select basis, plan_id, dim::text, dim, null, unit_id, ordinal, kind, says, bool_and(weak), false, false, bool_or(has_lead), bool_or(has_time)
from spoken
group by basis, plan_id, dim, unit_id, ordinal, kind, says, says = 'named' and weak
union all
select basis, plan_id, sub, dim, sub, unit_id, ordinal, kind, says, weak, false, false, has_lead, has_time
from spoken
union all
select basis, plan_id, dim::text, dim, null, unit_id, ordinal, kind, 'passing', false, false, false, has_lead, has_time
from dimension_worded
anti join spoken using (basis, unit_id, dim)
union all
select basis, plan_id, dim::text, dim, null, unit_id, ordinal, kind, says, false, false, false, false, false
from decided
anti join spoken using (basis, unit_id, dim)
