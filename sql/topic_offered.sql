-- One row per topic of these ("3", "3.3", "3+": what is on none of its sub-dimensions) and task on it of other plans than this one, of each topic so many:
-- plans of the same level first, and of these the best to go by (rank); tasks: how many there are in all.
-- Asked: way, of_plan, same_level, topics, most.
with

placed as (
    select *, unnest([sub, dim::text, case when sub is null then dim || '+' end]) as topic
    from task_offered
    where basis = way and plan_id <> of_plan
)

select
    topic, unit_id, count(*) over (partition by topic)::int as tasks,
    row_number() over (partition by topic order by level <> same_level, behind, position, ordinal) as rank
from placed
where topic = any(topics)
qualify rank <= most
