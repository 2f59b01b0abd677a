-- One row per part, measure and plan, of pairs two plans (null: all labelled plans together): right of how many, with its 95 % interval.
select
    measures.part, measures.measure, measures.plan_id, measures.other_plan_id, plan_list.position, measures.right_count, measures.of_count,
    case when measures.right_count = measures.of_count then 1 else measures.high end as high,    -- the formula's own value, without its rounding
    case when measures.right_count = 0 then 0 else measures.low end as low
from measures
left join plan_list using (plan_id)
where measures.class is null
