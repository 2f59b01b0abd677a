-- One row per plan of these that was read and figure of it (tasks; led: with a lead; timed: with a time; dated: with a date; own: sub-dimensions with a task of its own; gaps), with the
-- group that the plan falls into (`group_plan`).
-- Asked: counted, plans, way.
with

told as (
    select
        name, plan_id, position, tasks::integer as tasks, with_lead::integer as led, with_time::integer as timed, dated::integer as dated, own, gaps
    from group_plan(plans, way) as grouped
    join plan_figure using (plan_id, position)
    where basis = counted
)

unpivot told on tasks, led, timed, dated, own, gaps into name figure value amount
