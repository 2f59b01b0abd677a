-- One row per way of counting, plan and dimension 1 to 8: its tasks beside the PAPI score of the plan's province in the plan's year, the year before and the latest.
-- low: in the plan's year or the year before, below the national median or in the last third of the ranks. falls: at least 0.1 lower than the year before.
-- few: no sure task, or fewer than two thirds of an even share of the plan's tasks over the eight dimensions.
-- Stored: counted at the build and kept as a table.
with

tasks as not materialized (
    select
        plan_dimension.basis, plan_dimension.plan_id, plan_dimension.position, plan_dimension.dim, plan_dimension.state, plan_dimension.n,
        plan_dimension.tasks, plan_dimension.with_lead, plan_dimension.with_time, plan_dimension.measured, plan_dimension.descriptions, plan_list.province, plan_list.year, plan_list.status,
        sum(plan_dimension.tasks) over (partition by plan_dimension.basis, plan_dimension.plan_id) / 8 as even_share
    from plan_dimension
    join plan_list using (plan_id)
    where plan_dimension.dim > 0
),

marked as (
    select *, score < national_median or rank > provinces_ranked * 2 / 3 as low
    from scores
),

latest as (
    select province, dim, max(year) as latest_year
    from scores
    where score is not null
    group by all
)

select
    tasks.*,
    now.score, now.rank, now.provinces_ranked, now.national_median,
    before.score as score_before, before.rank as rank_before, before.provinces_ranked as ranked_before, before.national_median as median_before,
    latest.latest_year,
    coalesce(now.low, false) as low_now,
    coalesce(before.low, false) as low_before,
    coalesce(now.low, false) or coalesce(before.low, false) as low,
    coalesce(round(before.score - now.score, 4) >= 0.1, false) as falls,
    tasks.status = 'read' and (tasks.state <> 'own' or tasks.tasks < tasks.even_share * 2 / 3) as few
from tasks
left join marked as now on now.province = tasks.province and now.dim = tasks.dim and now.year = tasks.year
left join marked as before on before.province = tasks.province and before.dim = tasks.dim and before.year = tasks.year - 1
left join latest on latest.province = tasks.province and latest.dim = tasks.dim
