-- One row per way of counting, plan and topic: its cell by its own units (`cell_said`).
-- Stored: counted at the build and kept as a table.
select * exclude (whole)
from cell_said
where not whole
