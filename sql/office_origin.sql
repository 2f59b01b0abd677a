-- One row per office of today and agency of these plans that went over into it.
-- Asked: plans.
select office, agency, bool_or(to_check) as to_check
from office_part
where plan_id = any(plans)
group by office, agency
