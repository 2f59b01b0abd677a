-- One row per way of counting, topic (a dimension "3" or a sub-dimension "3.3"), plan and agency that leads sure tasks of the plan there: how many.
-- A name that means nobody in particular (a group, a person) holds nothing.
-- Stored: counted at the build and kept as a table.
with

placed as (
    select basis, unit_id, plan_id, unnest([dim::text, sub]) as topic
    from unit_placed
    where kind = 'action' and not weak
)

select placed.basis, placed.topic, placed.plan_id, unit_agencies.agency, agencies.is_known, count(*)::integer as tasks
from placed
join unit_agencies using (unit_id)
join agencies using (agency)
where placed.topic is not null and unit_agencies.role = 'lead' and not agencies.is_group and agencies.agency <> named_person()
group by all
