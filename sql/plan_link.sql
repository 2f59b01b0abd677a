-- One row per plan and earlier plan that it follows on, amends or replaces, with how many tasks were carried over word for word, changed, dropped (or, where it
-- amends, stand as they were), and are new; null where one of the two is not held or not read.
with

counted as (
    select
        plan_id, earlier_id, kind,
        count(distinct unit_id) filter (state = 'same')::int as same, count(distinct unit_id) filter (state = 'changed')::int as changed,
        count(distinct earlier_unit_id) filter (state in ('dropped', 'stands'))::int as gone, count(distinct unit_id) filter (state = 'new')::int as new
    from family_unit
    where unit_kind = 'action'
    group by all
)

select plan_links.*, same, changed, gone, new
from plan_links
left join counted using (plan_id, earlier_id, kind)
