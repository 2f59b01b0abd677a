-- One row per way of counting, topic, plan that documents amend, and agency that leads sure tasks there, with what these say: how many (`lead_said`).
-- Stored: counted at the build and kept as a table.
select * exclude (whole)
from lead_said
where whole
