-- One row per task of these plans and matter that it names: from character first to before last of its text; null where only a heading says it.
-- Asked: plans.
select unit_id, matter, first_char as first, last_char as last
from unit_matters
join units using (unit_id)
where plan_id = any(plans)
