-- One row per figure of a plan (`mine`): what it is there, and where its peers (`plans`, without it) lie: the least and the most of all, the median of the peers, and
-- the place of every peer on a strip of so many places (0 the least, the last the most). Shares are of the tasks, or of what PAPI measured in a plan's years; a
-- plan without any stands on no strip of them.
-- Asked: counted, plans, mine, places.
with

told as (
    select
        plan_id, tasks::double as tasks, with_lead / nullif(tasks, 0) as lead, with_time / nullif(tasks, 0) as time,
        own / nullif(cells, 0) as own, gaps::double as gaps
    from plan_figure
    semi join (select unnest(list_append(plans, mine)) as plan_id) as asked using (plan_id)
    where basis = counted
),

figures as (
    unpivot told on tasks, lead, time, own, gaps into name figure value amount
),

ranges as (
    select
        figure, min(amount) as least, max(amount) as most, median(amount) filter (where plan_id <> mine) as median,
        any_value(amount) filter (where plan_id = mine) as mine
    from figures
    group by figure
),

placed as (
    select figure, coalesce(round((amount - least) / nullif(most - least, 0) * (places - 1)), 0)::integer as place
    from figures
    join ranges using (figure)
    where plan_id <> mine
)

select figure, ranges.mine, least, most, median, list(place order by place) as places
from ranges
join placed using (figure)
group by all
