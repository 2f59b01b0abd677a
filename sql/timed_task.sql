-- One row per task: its plan, how it says when, and the plan's own words for it.
select unit_id, plan_id, ordinal, timing, timing_raw, timing_basis
from units
where kind = 'action'
