-- One row per plan of these that follows on an earlier one of its office (of several the one of the year before, else the one it replaces), both of them read,
-- and sub-dimension that PAPI measured in the years of both: what became there of having a task of its own (fate).
-- kept: both have one; dropped: the earlier alone; taken: the later alone; neither; unsure: one of the two has only tasks that somebody should look at.
-- An amendment is left aside: what it does not speak of stands, and what it says counts for its plan.
-- Asked: counted, plans.
with

followed as (
    select plan_id, earlier_id
    from plan_links
    semi join (select unnest(plans) as plan_id) as asked using (plan_id)
    where kind <> 'amends' and earlier_id is not null
    qualify row_number() over (partition by plan_id order by kind, earlier_id) = 1
)

select
    plan_id, earlier_id, later.position, later.dim, later.sub,
    later.state, later.n::integer as n, earlier.state as earlier_state, earlier.n::integer as earlier_n,
    case
        when later.state = 'own' and earlier.state = 'own' then 'kept'
        when 'own' not in (later.state, earlier.state) then 'neither'
        when 'weak' in (later.state, earlier.state) then 'unsure'
        when earlier.state = 'own' then 'dropped'
        else 'taken'
    end as fate
from followed
join whole_cell as later using (plan_id)
join whole_cell as earlier on earlier.plan_id = earlier_id and earlier.sub = later.sub and earlier.basis = later.basis
where later.basis = counted and later.measured and earlier.measured
    and 'not_read' not in (later.state, earlier.state) and 'no_plan' not in (later.state, earlier.state)
