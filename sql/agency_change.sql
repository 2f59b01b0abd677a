-- One row per agency that the reform of 2025 has changed: its office today, where there is exactly one, and all that may hold its work.
-- Stored: counted at the build and kept as a table.
select
    agency,
    case when count(since_2025) = count(*) and count(distinct since_2025) = 1 then any_value(since_2025) end as office,
    count(distinct since_2025) as offices,
    min(from_date) as from_date,
    max(from_date) as last_date,
    bool_or(basis is null) as to_check,    -- a row of the table names no legal basis
    string_agg(distinct basis, '; ' order by basis) as basis,
    list({'office': since_2025, 'scope_vi': coalesce(scope_vi, scope), 'scope_en': scope} order by since_2025, scope) as successors
from agency_reform
group by agency
