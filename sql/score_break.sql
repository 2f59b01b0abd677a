-- One row per dimension (0 is the total) or sub-dimension and year before which its scores are not compared with those from it on; why stands in reasons (part: of which of its sub-dimensions).
-- A dimension also breaks where it gains or loses a sub-dimension: it is their sum.
-- Stored: counted at the build and kept as a table.
with

series as (
    select dim, sub, min(year) as first_year from topic_score group by all
),

said as (
    select series.dim, series.sub, nullif(score_breaks.sub, series.sub) as part, score_breaks.* exclude (dim, sub)
    from score_breaks
    join series on score_breaks.dim is null and score_breaks.sub is null
        or series.dim = score_breaks.dim and series.sub is not distinct from score_breaks.sub
        or series.dim = score_breaks.dim and series.sub is null and score_breaks.evidence in ('new', 'dropped')
    where score_breaks.year > series.first_year or score_breaks.evidence = 'new' and series.sub is not null
)

select
    dim, sub, year,
    list({'part': part, 'evidence': evidence, 'reason_vi': reason_vi, 'reason_en': reason_en, 'source': source} order by part, evidence, reason_vi) as reasons
from said
group by dim, sub, year
