-- One row per plan: the province whose PAPI score is the plan's own, as it was when the plan was issued; merged where that is one made of several in 2025, whose
-- score is made up of none of theirs (`plan_part`).
select plan_id, case when count(*) = 1 then any_value(plan_part.province) else any_value(plans.province) end as place, count(*) > 1 as merged
from plan_part
join plans using (plan_id)
group by plan_id
