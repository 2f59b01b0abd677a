-- One row per task that names who leads it: the leads in the order of the plan.
select
    units.plan_id,
    held.unit_id,
    list(held.agency order by held.rowid) as leads
from unit_agencies as held
join units using (unit_id)
where held.role = 'lead' and units.kind = 'action'
group by all
