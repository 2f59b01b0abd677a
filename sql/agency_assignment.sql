-- One row per agency and plan: how many assignments ("Sở Tài chính: chủ trì …") name the agency as the one in the lead.
select
    held.agency,
    units.plan_id,
    count(*) as assignments
from unit_agencies as held
join units using (unit_id)
where units.kind = 'assignment' and held.role = 'lead'
group by all
