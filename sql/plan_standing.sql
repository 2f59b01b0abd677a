-- One row per plan that is held: whether, by the documents that are held, a later one of its office replaced it, amended it, or followed on it (the latest of
-- the strongest), or none did.
with

later as (
    select earlier_id as plan_id, plan_id as by_id, kind from plan_links where earlier_id is not null
),

-- what amends a plan goes with it
handed as (
    select plan_id, by_id, kind from later
    union
    select amends.plan_id, later.by_id, 'replaces' as kind
    from plan_links as amends join later on later.plan_id = amends.earlier_id and later.kind = 'replaces'
    where amends.kind = 'amends' and amends.plan_id <> later.by_id
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
