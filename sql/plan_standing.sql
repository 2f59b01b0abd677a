-- One row per plan that is held: whether, by the documents that are held, a later one of its office replaced it, amended it, or followed on it (the latest of
-- the strongest), or none did.
with

handed as (
    select earlier_id as plan_id, plan_id as by_id, kind from plan_links where earlier_id is not null and kind <> 'replaces'
    union all
    select plan_id, by_id, 'replaces' from plan_replaced
)

select
    plans.plan_id, coalesce(case kind when 'replaces' then 'replaced' when 'amends' then 'amended' when 'next_year' then 'followed' end, 'latest') as standing, by_id
from plans
left join handed using (plan_id)
left join plans as other on other.plan_id = by_id
where plans.status <> 'not_collected'
qualify row_number() over (
    partition by plans.plan_id
    order by case kind when 'replaces' then 1 when 'amends' then 2 else 3 end, other.issued desc nulls last, other.year desc nulls last, by_id
) = 1
