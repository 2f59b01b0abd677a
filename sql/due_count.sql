-- One row per plan, kind (task, assignment, reporting duty), bearing and way of saying when: how many units.
select
    plan_id,
    kind,
    case
        when timing = 'dated' or due_from is not null or due_to is not null then 'dated'
        when timing in ('monthly', 'quarterly', 'semiannual', 'annual', 'ongoing') then 'rhythm'
        else 'undated'
    end as bearing,
    timing,
    count(*) as units
from units
where kind in ('action', 'assignment', 'reporting')
group by all
