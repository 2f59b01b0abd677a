-- One row per task of a plan's other layer that is linked to one task: on which sub-dimension, and the likeness of their words.
-- Asked: one.
select sub, likeness, case when body_unit_id = one then annex_unit_id else body_unit_id end as unit_id
from layer_links
where body_unit_id = one or annex_unit_id = one
