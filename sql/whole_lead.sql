-- One row per way of counting, topic, plan that is no amendment, and agency that leads sure tasks there, with what its amendments say: how many.
select topic_lead.*
from topic_lead
where plan_id not in (select plan_id from amended_unit) and plan_id not in (select plan_id from plan_list where amends)
union all
from amended_lead
