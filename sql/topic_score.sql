-- One row per province, year and topic with a published PAPI score: a dimension (0 is the total; sub is null) or a sub-dimension.
select province, merged, year, dim, null::text as sub, null::text as sub_in_report, score
from scores
where score is not null
union all
select province, merged, year, dim, sub, sub_in_report, score
from sub_scores
