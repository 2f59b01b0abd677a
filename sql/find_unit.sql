-- One row per unit, by its number in reading order: its plan and profile, and where its rows stand in the tables, so that a few cards among
-- millions of units are fetched without a look at the others.
-- Stored: counted at the build and kept as a table.
select no, plan, profile, unit_row, agency_first, agency_last, evidence_first, evidence_last, touch_first, touch_last
from find_placed as placed
join find_profile as met
    on met.kind = placed.kind and met.timing = placed.timing and met.review = placed.review and met.roles = placed.roles
    and met.dim is not distinct from placed.dim and met.sub is not distinct from placed.sub
    and met.matched_dim is not distinct from placed.matched_dim and met.matched_sub is not distinct from placed.matched_sub
order by no
