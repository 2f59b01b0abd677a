-- One row per agency that the reform of 2025 has changed: its office today, where there is exactly one that holds its work but for single parts, and all that may
-- hold some of it. An office that only lost parts is its own today; where offices hold its work by level, there is no successor.
-- Stored: counted at the build and kept as a table.
select
    agency,
    case
        when bool_or(level is not null) then null
        when bool_and(is_part) then agency
        when bool_and(is_part or since_2025 is not null) and count(distinct since_2025) filter (where not is_part) = 1
            then any_value(since_2025) filter (where not is_part)
    end as office,
    count(distinct since_2025) as offices,
    min(from_date) as from_date,
    coalesce(arg_min(from_part, from_date), 'day') as from_part,
    max(from_date) as last_date,
    -- a row of the table names no legal basis, or no source was read that says all of it
    coalesce(bool_or(basis is null or not checked) filter (where not is_part), false) as to_check,
    string_agg(distinct basis, '; ' order by basis) as basis,
    list({'office': since_2025, 'level': level, 'scope_vi': coalesce(scope_vi, scope), 'scope_en': scope} order by since_2025, scope) as successors
from agency_reform
group by agency
