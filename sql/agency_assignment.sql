-- One row per agency and plan: how many assignments ("Sở Tài chính: chủ trì …") put the agency in the lead.
-- Stored: counted at the build and kept as a table.
select
    agency,
    plan_id,
    count(*) as assignments
from agency_unit
where basis = 'heading' and kind = 'assignment' and role = 'lead'
group by all
