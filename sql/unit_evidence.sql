-- One row per unit and reason of its match, with the place of the unit in its plan.
select units.plan_id, units.ordinal, evidence.*
from evidence
join units using (unit_id)
