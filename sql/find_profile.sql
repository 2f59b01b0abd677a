-- One row per combination that units have of what the search filters by, their plan and their agencies left out.
-- Stored: counted at the build and kept as a table.
select (row_number() over (order by kind, dim, sub, matched_dim, matched_sub, timing, review, roles))::int as profile, *
from (select distinct kind, dim, sub, matched_dim, matched_sub, timing, review, roles from find_placed)
