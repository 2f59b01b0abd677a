-- One row per unit of two linked plans, or pair of units: what became of it, with the words of both, counted by headings.
select
    fates.*, coalesce(later.kind, earlier.kind) as unit_kind, coalesce(later.dim, earlier.dim) as dim, coalesce(later.sub, earlier.sub) as sub,
    later.text, later.first_line as line, earlier.text as earlier_text, earlier.first_line as earlier_line
from family_units as fates
left join units as later on later.unit_id = fates.unit_id
left join units as earlier on earlier.unit_id = fates.earlier_unit_id
