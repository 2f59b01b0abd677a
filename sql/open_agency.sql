-- One row per agency that has no single successor, for those of these plans that were issued before it was changed.
-- Asked: plans.
select agency, null::text as office, min(from_date) as from_date, any_value(from_part) as from_part, bool_or(to_check) as to_check, any_value(successors) as successors
from plan_reform
where plan_id = any(plans) and office is null
group by agency
