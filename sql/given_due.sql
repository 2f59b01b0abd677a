-- One row per unit that gives an agency something to do: in which roles, through which groups (null where the unit names it), and when.
-- is_meant: not only as far as it is concerned.
-- Asked: of_plan, of_agency.
with

given as (
    select
        unit_id, list(distinct role) as roles, list(distinct through order by through) filter (through is not null) as through,
        bool_or(extent = 'all') as is_meant, bool_or(uncertain) as uncertain
    from given_unit
    where plan_id = of_plan and agency = of_agency
    group by unit_id
)

select given.*, due_unit.ordinal, due_unit.due_from, due_unit.due_to, due_unit.due, due_unit.bearing
from given
join due_unit using (unit_id)
