-- One row per gap of these plans (gap), with the words of the unit that names, mentions or describes it all the same.
-- Asked: way, plans.
select gap.*, section, first_line, last_line, units.place, text, quote
from gap
left join units using (unit_id)
left join touches on touches.unit_id = gap.unit_id and touches.sub = gap.sub
where gap.basis = way and gap.plan_id = any(plans)
