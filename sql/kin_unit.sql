-- One row per unit of these plans in one way of counting: its words, the dimension it counts for, who leads it (by name, and as written), and when.
-- Asked: way, plans.
with

led as (
    select unit_id, list(agency order by agency) as leads, list(as_written order by agency) as written
    from unit_agencies
    where role = 'lead' and unit_id in (select unit_id from units where plan_id = any(plans))
    group by unit_id
)

select
    unit_id, plan_id, ordinal, kind, case way when 'heading' then dim else matched_dim end as dim, text, section, first_line, last_line, place,
    timing, timing_raw, coalesce(leads, []) as leads, coalesce(written, []) as written
from units
left join led using (unit_id)
where plan_id = any(plans)
