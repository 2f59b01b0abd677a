-- One row per way of counting and task that another plan may go by: it surely counts where it does, and no finding says that it is repeated or copied.
-- behind: the lower, the better to go by: a lead comes before a time, a date before a rhythm, then that heading and words agree and that who acts is sure.
-- Stored: counted at the build and kept as a table.
with

copied as (
    select distinct unit_id
    from findings
    where code in ('repeated', 'repeated_elsewhere', 'repeated_passage', 'nothing_of_its_own') and unit_id is not null
)

select
    placed.basis, placed.unit_id, placed.plan_id, plan_list.level, plan_list.position, placed.ordinal, placed.dim, placed.sub,
    16 * (not placed.has_lead)::integer + 8 * (not placed.has_time)::integer + 4 * (units.timing <> 'dated')::integer
    + 2 * coalesce(units.declared_sub <> units.matched_sub, false)::integer + units.agencies_uncertain::integer as behind
from unit_placed as placed
join units using (unit_id)
join plan_list on plan_list.plan_id = placed.plan_id
where placed.kind = 'action' and not placed.weak and placed.unit_id not in (select unit_id from copied)
