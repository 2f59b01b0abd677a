-- One row per way of counting, plan and topic (dimension 1 to 8, sub is null; or sub-dimension): its tasks beside the PAPI score of the plan's province.
-- judged_year: the plan's year, or the year before where that has no score yet; low and falls: what `score_standing` says of it, and latest_low and latest_falls of the latest year.
-- few: no sure task, or fewer than two thirds of an even share of the plan's tasks over the dimensions, or over the sub-dimensions that PAPI measured in its years.
-- A plan of a province that was made of several in 2025 is judged by scores of the whole alone: none is made up of those of its parts (`plan_place`).
-- Stored: counted at the build and kept as a table.
with

tasks as not materialized (
    select
        plan_cell.basis, plan_cell.plan_id, plan_list.position, plan_cell.dim, plan_cell.sub, plan_cell.state, plan_cell.n,
        plan_cell.tasks, plan_cell.with_lead, plan_cell.with_time, plan_cell.measured, plan_cell.descriptions,
        plan_place.place, plan_place.merged, plan_list.year, plan_list.status,
        sum(plan_cell.tasks) over each_kind / count(*) filter (plan_cell.sub is null or plan_cell.measured) over each_kind as even_share
    from plan_cell
    join plan_list using (plan_id)
    left join plan_place using (plan_id)
    where plan_cell.dim > 0
    window each_kind as (partition by plan_cell.basis, plan_cell.plan_id, plan_cell.sub is null)
),

latest as (
    select province, merged, dim, sub, max(year) as latest_year, arg_max(low, year) as latest_low, arg_max(falls, year) as latest_falls
    from score_standing
    group by all
)

select
    tasks.* exclude (place, merged),
    now.score,
    case when now.score is not null then tasks.year when before.score is not null then tasks.year - 1 end as judged_year,
    coalesce(now.low, before.low, false) as low,
    coalesce(now.falls, before.falls, false) as falls,
    latest_year,
    coalesce(latest_low, false) as latest_low,
    coalesce(latest_falls, false) as latest_falls,
    tasks.status = 'read' and (tasks.state <> 'own' or tasks.tasks < tasks.even_share * 2 / 3) as few
from tasks
left join score_standing as now on now.province = place and now.merged = tasks.merged and now.dim = tasks.dim and now.sub is not distinct from tasks.sub and now.year = tasks.year
left join score_standing as before on before.province = place and before.merged = tasks.merged and before.dim = tasks.dim and before.sub is not distinct from tasks.sub and before.year = tasks.year - 1
left join latest on latest.province = place and latest.merged = tasks.merged and latest.dim = tasks.dim and latest.sub is not distinct from tasks.sub
