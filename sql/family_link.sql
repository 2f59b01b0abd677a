-- One row per link among the plans that hang together with one plan by links.
-- Asked: one.
with recursive

kin as (
    select one::text as plan_id
    union
    select case when plan_links.plan_id = kin.plan_id then earlier_id else plan_links.plan_id end as plan_id
    from kin join plan_links on kin.plan_id in (plan_links.plan_id, earlier_id)
    where earlier_id is not null
)

select plan_link.* from plan_link where plan_id in (select plan_id from kin)
