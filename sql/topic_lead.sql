-- One row per way of counting, topic (a dimension "3" or a sub-dimension "3.3"), plan and agency that leads sure tasks of the plan there: how many (`lead_said`).
-- Stored: counted at the build and kept as a table.
select * exclude (whole)
from lead_said
where not whole
