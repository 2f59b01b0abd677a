-- One row per plan, year and dimension (0 is the total): the published PAPI score of the plan's province, also of a commune or a department.
-- Stored: counted at the build and kept as a table.
select
    plan_list.plan_id, standing.year, standing.dim, standing.score, standing.rank, standing.provinces_ranked, standing.national_median, standing.low, standing.falls
from score_standing as standing
join plan_list using (province)
