-- One row per plan of these: what it says on every dimension and sub-dimension (`whole_cell`), side by side in lists of one length, in the order of the topics.
-- Asked: counted, plans.
select
    plan_id,
    list(coalesce(sub, dim::text) order by dim, sub nulls first) as topics,
    list(state order by dim, sub nulls first) as states,
    list(n::integer order by dim, sub nulls first) as ns,
    list(tasks::integer order by dim, sub nulls first) as tasks,
    list(with_lead::integer order by dim, sub nulls first) as with_lead,
    list(with_time::integer order by dim, sub nulls first) as with_time,
    list(measured order by dim, sub nulls first) as measured
from whole_cell
semi join (select unnest(plans) as plan_id) as asked using (plan_id)
where basis = counted and dim > 0
group by plan_id
