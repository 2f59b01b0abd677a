-- One row per plan, kind (task, assignment, reporting duty), bearing (dated, rhythm, undated), way of saying when, and the plan's own words for it.
-- Stored: counted at the build and kept as a table.
select
    plan_id,
    kind,
    case
        when timing = 'dated' or due_from is not null or due_to is not null then 'dated'
        when timing in ('monthly', 'quarterly', 'semiannual', 'annual', 'ongoing') then 'rhythm'
        else 'undated'
    end as bearing,
    timing,
    timing_raw,
    count(*) as units
from units
where kind in ('action', 'assignment', 'reporting')
group by all
