-- One row per unit and agency that leads it; `place` keeps the order in which the plan names them.
select unit_id, agency, rowid as place
from unit_agencies
where role = 'lead'
