-- One row per way of counting, plan that documents amend, and topic: its cell with what these say (`cell_said`).
-- Stored: counted at the build and kept as a table.
select * exclude (whole)
from cell_said
where whole
