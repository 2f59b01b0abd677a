-- One row per group of these plans (`group_plan`): how many plans it has, how many of them were read, and the sums of what these say (`plan_figure`).
-- Asked: counted, plans, way.
select
    name, count(*)::integer as plans, count(cells)::integer as read_plans,
    coalesce(sum(tasks), 0)::integer as tasks, coalesce(sum(with_lead), 0)::integer as with_lead,
    coalesce(sum(cells), 0)::integer as cells, coalesce(sum(own), 0)::integer as own, coalesce(sum(gaps), 0)::integer as gaps
from group_plan(plans, way) as grouped
left join plan_figure on plan_figure.plan_id = grouped.plan_id and plan_figure.basis = counted
group by name
