-- One row per way of counting (heading, content), task, role and office that holds it today: agencies that are one office by now count once.
-- standing: as in `holder_unit`.
select basis, unit_id, plan_id, dim, role, standing, office, bool_or(uncertain) as uncertain
from holder_unit
group by all
