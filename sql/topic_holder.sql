-- One row per topic of these, agency that leads it in other plans that stand (`plan_list`), and what the reform of 2025 made of it there; of each topic so many: those
-- in most plans of the same level first, then in most plans, then with most tasks (rank). agencies and plans say how many there are on the topic in all.
-- Asked: way, of_plan, same_level, topics, most.
with

led as (
    select
        topic, agency, plan_id, position, level, tasks, is_known,
        plan_reform.last_date is not null as is_changed, plan_reform.office, plan_reform.successors, plan_reform.basis as law
    from topic_lead
    join plan_list using (plan_id)
    left join plan_reform using (plan_id, agency)
    where topic_lead.basis = way and plan_id <> of_plan and replaced_by is null and topic = any(topics)
),

held as (
    select
        topic, agency, list(plan_id order by position) as plan_ids, sum(tasks)::int as tasks, bool_or(is_known) as is_known,
        is_changed, office, count(*) filter (level = same_level) as near,
        any_value(successors) as successors, any_value(law) as basis
    from led
    group by topic, agency, is_changed, office
),

counted as (
    select topic, count(distinct plan_id)::int as plans, count(distinct agency)::int as agencies from led group by topic
)

select
    *, row_number() over (partition by topic order by near desc, len(plan_ids) desc, tasks desc, agency) as rank
from held
join counted using (topic)
qualify rank <= most
