-- One row per agency that a plan gives something: how many units name it as lead, coop and monitor, each once under the first of these; how many mean it as
-- one of a group (grouped); and how many may, as far as it is concerned.
-- Asked: of_plan.
with

given as (
    select
        agency, unit_id, bool_or(through is null) as named, bool_or(extent = 'all') as meant,
        min(list_position(['lead', 'coop', 'monitor'], role)) as first_role
    from given_unit
    where plan_id = of_plan
    group by agency, unit_id
),

counted as (
    select
        agency,
        (count(*) filter (named and first_role = 1))::int as lead,
        (count(*) filter (named and first_role = 2))::int as coop,
        (count(*) filter (named and first_role = 3))::int as monitor,
        (count(*) filter (not named and meant))::int as grouped,
        (count(*) filter (not named and not meant))::int as concerned
    from given
    group by agency
    having bool_or(named)
)

select agency, coalesce(is_group, false) as is_group, lead, coop, monitor, grouped, concerned
from counted
left join agencies using (agency)
where agency <> named_person() -- a person is no office
