-- One row per way of counting, task and dimension that its own words speak for, while its answer is another: nobody may say that no task names it. None of a unit
-- that a person decided: what the program heard in it no longer speaks.
-- Stored: counted at the build and kept as a table.
select distinct basis, plan_id, evidence.dim, unit_id, unit_placed.ordinal, unit_placed.kind, has_lead, has_time
from unit_placed
join evidence using (unit_id)
anti join (select unit_id from units where dim_basis = 'reviewed') using (unit_id)
where unit_placed.kind = 'action' and evidence.kind in ('phrase', 'name') and evidence.dim > 0 and evidence.dim is distinct from unit_placed.dim
