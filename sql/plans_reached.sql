-- One row per question: how many of these plans that were read have any cell on one dimension (none named: on all) that PAPI measured in their years; and the first of those
-- that reach fewest and most of these cells with a task of their own, each with how many it reaches, of how many, and the least and most that any plan has.
-- An amendment speaks of part of its plan, and is the one that reaches fewest only where all amend.
-- Asked: way, plans, on_dim.
with

reached as (
    select
        plan_id, plan_list.position, plan_list.amends, count(*) filter (cells.measured) as cells, count(*) filter (cells.measured and cells.state = 'own') as own
    from plan_subdimension as cells
    join plan_list using (plan_id)
    where basis = way and plan_id = any(plans) and plan_list.status = 'read' and (on_dim is null or dim = on_dim)
    group by all
)

select
    count(*)::integer as read,
    count(*) filter (cells > 0)::integer as plans,
    arg_min({'plan_id': plan_id, 'own': own::integer, 'cells': cells::integer}, (amends, own, position)) as low,
    arg_min({'plan_id': plan_id, 'own': own::integer, 'cells': cells::integer}, (-own, position)) as high,
    min(cells)::integer as least,
    max(cells)::integer as most
from reached
