-- One row per unit and agency in the lead, with its place among them.
select unit_id, agency, rowid as place
from unit_agencies
where role = 'lead'
