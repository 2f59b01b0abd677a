-- One row per plan of these that was read: how near its coverage is to that of one plan (`mine`), as Jaccard's index: of the sub-dimensions on which either has
-- a task of its own (`any_of`), those on which both have (`shared`). likeness is null where neither has any.
-- Asked: counted, plans, mine.
with

held as (
    select plan_id, sub
    from whole_cell
    where basis = counted and sub is not null and state = 'own'
),

reached as (
    select plan_id, count(*) as subs, count(*) filter (where sub in (select sub from held where plan_id = mine)) as shared
    from held
    group by plan_id
),

counts as (
    select
        plan_id, position, coalesce(shared, 0)::integer as shared,
        (coalesce(subs, 0) + (select count(*) from held where plan_id = mine) - coalesce(shared, 0))::integer as any_of
    from group_plan(plans, 'plan') as asked
    left join reached using (plan_id)
    where status = 'read'
)

select *, shared / nullif(any_of, 0) as likeness
from counts
