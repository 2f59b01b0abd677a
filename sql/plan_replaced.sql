-- One row per plan and document that is held and replaced it, or the plan that it amends: by whom, and from which year on. Plans that say so of each other in a ring
-- replace none.
with recursive

said as (
    select links.earlier_id as plan_id, links.plan_id as by_id
    from plan_links as links
    join plans as earlier on earlier.plan_id = links.earlier_id
    join plans as later on later.plan_id = links.plan_id
    -- nothing is replaced by what came before it, nor by what amends it
    where links.kind = 'replaces' and coalesce(later.issued >= earlier.issued, later.year >= earlier.year, true)
        and (links.plan_id, links.earlier_id) not in (select (plan_id, earlier_id) from plan_links where kind = 'amends' and earlier_id is not null)
),

reached as (
    from said
    union
    select reached.plan_id, said.by_id
    from reached
    join said on said.plan_id = reached.by_id
),

-- what amends a plan goes with it
gone as (
    from said
    where plan_id not in (select plan_id from reached where plan_id = by_id)
    union
    select amends.plan_id, gone.by_id
    from gone
    join plan_links as amends on amends.earlier_id = gone.plan_id and amends.kind = 'amends' and amends.plan_id <> gone.by_id
)

select gone.plan_id, by_id, coalesce(later.year, plans.year) as year
from gone
join plans as later on later.plan_id = by_id
join plans on plans.plan_id = gone.plan_id
