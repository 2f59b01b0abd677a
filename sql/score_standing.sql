-- One row per province, year and dimension (0 is the total; sub is null) or sub-dimension with a published PAPI score: where it stands among the provinces of that year, and whether it is low or falling.
-- rank is our count (PAPI publishes groups). change: against the year before; national_change: the median of all provinces' changes; moved_more: the part of the provinces
-- that moved no more than this one against that median, up or down.
-- low: in the last quarter of the ranks. A quarter is what each of PAPI's groups holds, and it says the same in every year and dimension, however wide scores are spread.
-- falls: lower than the year before, and lost ground to the country by more than three quarters of the provinces moved. What all provinces lose when the questions change
-- is nobody's fall, and what most provinces move by from one year's sample to the next is none either. Nothing is said where fewer than `least` provinces are held,
-- and of no fall across a year that breaks the series (`score_break`).
-- Stored: counted at the build and kept as a table.
with

settings as (select 0.75 as low_after, 0.75 as usual, 30 as least),

ranked as (
    select
        province, merged, year, dim, sub, sub_in_report, score,
        rank() over (partition by year, dim, sub order by score desc)::integer as rank,
        count(*) over (partition by year, dim, sub)::integer as provinces_ranked,
        median(score) over (partition by year, dim, sub) as national_median
    from topic_score
),

changed as (
    select ranked.*, ranked.score - before.score as change
    from ranked
    left join score_break as broken on broken.dim = ranked.dim and broken.sub is not distinct from ranked.sub and broken.year = ranked.year
    left join topic_score as before on before.province = ranked.province and before.merged = ranked.merged and before.dim = ranked.dim and before.sub is not distinct from ranked.sub
        and before.year = ranked.year - 1 and broken.year is null
),

national as (
    select year, dim, sub, median(change) as national_change, count(change) as compared
    from changed
    group by all
),

moved as (
    select
        changed.*, national_change, compared,
        cume_dist() over (partition by changed.year, changed.dim, changed.sub, change is null order by abs(change - national_change)) as moved_more
    from changed
    join national on national.year = changed.year and national.dim = changed.dim and national.sub is not distinct from changed.sub
)

select
    moved.* exclude (compared),
    provinces_ranked >= least and rank > provinces_ranked * low_after as low,
    coalesce(compared >= least and change < 0 and change < national_change and moved_more > usual, false) as falls
from moved
cross join settings
