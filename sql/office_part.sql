-- One row per plan, office of today and agency of the plan's tasks that went over into it.
-- Stored: counted at the build and kept as a table.
select distinct
    plan_reform.plan_id,
    plan_reform.office,
    plan_reform.agency,
    plan_reform.from_date,
    plan_reform.to_check
from plan_reform
join agency_dimension_role using (plan_id, agency)
where agency_dimension_role.basis = 'heading' and plan_reform.office is not null
