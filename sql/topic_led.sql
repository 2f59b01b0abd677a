-- One row per agency, under the name that plans call it, that leads a task on a topic ("3" or "3.3") in one of these plans: in how many of them, and how many tasks.
-- of_plans: the plans of these with a task of their own there.
-- Asked: counted, plans, asked_topic.
with

asked as (select unnest(plans) as plan_id),

reached as (
    select count(*)::integer as of_plans
    from whole_cell
    semi join asked using (plan_id)
    where basis = counted and coalesce(sub, dim::text) = asked_topic and state = 'own'
)

select agency, is_known, count(*)::integer as plans, sum(tasks)::integer as tasks, of_plans
from whole_lead
semi join asked using (plan_id)
cross join reached
where basis = counted and topic = asked_topic
group by all
