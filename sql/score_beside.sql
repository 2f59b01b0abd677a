-- One row per plan of these that was read, of a province, and with a published PAPI score of the province for the plan's year, on a dimension or in all (0): of the
-- sub-dimensions that PAPI measured how many have a task of its own, beside the score and its rank among all provinces of that year.
-- share_place, score_place: how far up the plan stands among the plans of this answer by each of the two, from 0 to 1 (those that are even share the middle of their
-- places); scores of different years are set by their rank in their year, since PAPI's questions change.
-- Asked: counted, plans, asked_dim.
with

covered as (
    select plan_id, position, place as province, merged, year, count(*)::integer as cells, count(*) filter (where state = 'own')::integer as own
    from whole_cell
    join plan_list using (plan_id, position)
    join plan_place using (plan_id)
    semi join (select unnest(plans) as plan_id) as asked using (plan_id)
    where basis = counted and sub is not null and measured and level = 'province' and status = 'read' and asked_dim in (0, dim)
    group by all
),

scored as (
    select
        covered.*, score, rank, provinces_ranked, own / cells as share, (provinces_ranked - rank) / nullif(provinces_ranked - 1, 0) as height
    from covered
    join score_standing using (province, merged, year)
    where dim = asked_dim and sub is null
)

select
    plan_id, position, year, cells, own, score, rank, provinces_ranked, height,
    (rank() over (order by share) + (count(*) over (partition by share) - 1) / 2 - 1) / nullif(count(*) over () - 1, 0) as share_place,
    (rank() over (order by height) + (count(*) over (partition by height) - 1) / 2 - 1) / nullif(count(*) over () - 1, 0) as score_place
from scored
where height is not null
