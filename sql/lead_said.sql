-- One row per way of counting, topic (a dimension "3" or a sub-dimension "3.3"), plan and agency that leads sure tasks there: how many, of the plan's own units, and
-- once more (whole) where documents amend it, of those that count for it then (`amended_unit`).
-- A name that means nobody in particular (a group, a person) holds nothing.
with

tasks as (
    select basis, unit_id, plan_id, unnest([dim::text, sub]) as topic
    from unit_placed
    where kind = 'action' and not weak
),

placed as (
    select false as whole, * from tasks
    union all
    select true, tasks.* replace (amended_unit.plan_id as plan_id) from tasks join amended_unit using (unit_id)
)

select
    placed.whole, placed.basis, placed.topic, placed.plan_id, unit_agencies.agency, agencies.is_known, count(*)::integer as tasks
from placed
join unit_agencies using (unit_id)
join agencies using (agency)
where placed.topic is not null and unit_agencies.role = 'lead' and not agencies.is_group and agencies.agency <> named_person()
group by all
