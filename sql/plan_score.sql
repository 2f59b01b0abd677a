-- One row per way of counting, plan and dimension 1 to 8: its tasks beside the PAPI score of the plan's province.
-- judged_year: the plan's year, or the year before where that has no score yet; low and falls: what `score_standing` says of it, and latest_low and latest_falls of the latest year.
-- few: no sure task, or fewer than two thirds of an even share of the plan's tasks over the eight dimensions.
-- Stored: counted at the build and kept as a table.
with

tasks as not materialized (
    select
        plan_dimension.basis, plan_dimension.plan_id, plan_dimension.position, plan_dimension.dim, plan_dimension.state, plan_dimension.n,
        plan_dimension.tasks, plan_dimension.with_lead, plan_dimension.with_time, plan_dimension.measured, plan_dimension.descriptions,
        plan_list.province, plan_list.year, plan_list.status,
        sum(plan_dimension.tasks) over (partition by plan_dimension.basis, plan_dimension.plan_id) / 8 as even_share
    from plan_dimension
    join plan_list using (plan_id)
    where plan_dimension.dim > 0
),

latest as (
    select province, dim, max(year) as latest_year, arg_max(low, year) as latest_low, arg_max(falls, year) as latest_falls
    from score_standing
    group by all
)

select
    tasks.*,
    now.score,
    case when now.score is not null then tasks.year when before.score is not null then tasks.year - 1 end as judged_year,
    coalesce(now.low, before.low, false) as low,
    coalesce(now.falls, before.falls, false) as falls,
    latest_year,
    coalesce(latest_low, false) as latest_low,
    coalesce(latest_falls, false) as latest_falls,
    tasks.status = 'read' and (tasks.state <> 'own' or tasks.tasks < tasks.even_share * 2 / 3) as few
from tasks
left join score_standing as now on now.province = tasks.province and now.dim = tasks.dim and now.year = tasks.year
left join score_standing as before on before.province = tasks.province and before.dim = tasks.dim and before.year = tasks.year - 1
left join latest on latest.province = tasks.province and latest.dim = tasks.dim
