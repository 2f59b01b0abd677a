-- One row per plan, year and dimension (0 is the total): the published PAPI score of the plan's province, also of a commune or a department.
-- Stored: counted at the build and kept as a table.
select
    plan_list.plan_id, scores.year, scores.dim, scores.score, scores.rank, scores.provinces_ranked, scores.national_median,
    scores.score < scores.national_median as below_median
from scores
join plan_list using (province)
