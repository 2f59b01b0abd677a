-- One row per unit: its number in reading order, and what the search filters by; `roles` adds 1 for a lead, 2 for coop, 4 for a monitor.
with

held as (
    select
        unit_id, min(rowid) as agency_first, max(rowid) as agency_last,
        (bool_or(role = 'lead')::int + 2 * bool_or(role = 'coop')::int + 4 * bool_or(role = 'monitor')::int)::utinyint as roles
    from unit_agencies
    group by unit_id
),

spoke as (
    select unit_id, min(rowid) as evidence_first, max(rowid) as evidence_last
    from evidence
    group by unit_id
),

touched as (
    select unit_id, min(rowid) as touch_first, max(rowid) as touch_last
    from touches
    group by unit_id
)

select
    (row_number() over (order by plan_list.position, units.ordinal, units.unit_id))::int as no,
    plan_list.position::int as plan, units.unit_id, units.rowid as unit_row,
    agency_first, agency_last, evidence_first, evidence_last, touch_first, touch_last,
    units.kind, units.dim, units.sub, units.matched_dim, units.matched_sub, units.timing, units.review, coalesce(held.roles, 0)::utinyint as roles
from units
join plan_list using (plan_id)
left join held using (unit_id)
left join spoke using (unit_id)
left join touched using (unit_id)
