-- One row per unit and reason of its match, with the place of the unit in its plan, in which a unit's name ends.
select *, split_part(unit_id, ':', -1)::integer as ordinal
from evidence
