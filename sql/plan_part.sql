-- One row per plan and province as PAPI has measured it of which the plan's province is made: the plan's own, or, for a plan issued by one of the provinces
-- of 1 July 2025, each of those that it was made of. A plan whose day is not known counts as of today's provinces from the year after on.
-- Stored: counted at the build and kept as a table.
with

placed as (
    select plan_id, province, coalesce(issued >= date '2025-07-01', year > 2025, false) as is_of_today
    from plans
)

select placed.plan_id, provinces.province
from placed
join provinces on provinces.province_now = placed.province
where is_of_today
union
select plan_id, province
from placed
where not is_of_today or province not in (select province_now from provinces)
