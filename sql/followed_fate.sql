-- One row per sub-dimension: of the plans that follow on an earlier one (`followed_cell`) how many there are, and how many kept a task of their own there, dropped
-- it, or took it up.
-- Asked: counted, plans.
select
    dim, sub, count(*)::integer as plans,
    count(*) filter (where fate = 'kept')::integer as kept,
    count(*) filter (where fate = 'dropped')::integer as dropped,
    count(*) filter (where fate = 'taken')::integer as taken,
    count(*) filter (where fate = 'dropped' and state = 'none')::integer as emptied
from followed_cell(counted, plans) as cells
group by dim, sub
