-- One row per way of counting (heading, content), unit and sub-dimension that it touches: as what it speaks there.
-- says: own (a task mainly about it, which is counted there), named (a task about more that names it), passing (a task that only mentions it), description
-- (what describes or assigns it), mentioned (all else: a target, a report, a word in passing where nothing is to be done).
-- weak: the match, or whether it is named or only mentioned, or whether it is a task at all, is in doubt.
-- Stored: counted at the build and kept as a table.
with

bases as (select unnest(['heading', 'content']) as basis)

select
    bases.basis, units.plan_id, touches.unit_id, units.ordinal, units.kind, units.layer, touches.sub, touches.how, touches.quote, touches."by",
    case
        when units.kind = 'action' and unit_placed.sub = touches.sub then 'own'
        when units.kind = 'action' and touches.how <> 'passing' then 'named'
        when units.kind = 'action' then 'passing'
        when units.kind in ('description', 'assignment') and touches.how <> 'passing' then 'description'
        else 'mentioned'
    end as says,
    case when unit_placed.sub = touches.sub then unit_placed.weak else not touches.sure or not units.kind_sure end as weak
from touches
join units using (unit_id)
cross join bases
left join unit_placed on unit_placed.basis = bases.basis and unit_placed.unit_id = touches.unit_id
