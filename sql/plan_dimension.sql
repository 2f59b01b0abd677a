-- One row per way of counting, plan and dimension (0 is cross-cutting): its cell (`plan_cell`).
-- named, passing, description: no task of the plan counts here, but tasks that count elsewhere name, or mention, or units describe, one of its sub-dimensions.
-- Stored: counted at the build and kept as a table.
select * exclude (sub, close)
from plan_cell
where sub is null
