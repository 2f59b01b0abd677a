-- One row per part (held_out, shipped) and dimension: precision and recall with their 95 % intervals, and F1 (null where the dimension has no label).
with

side as (
    select
        part, class as dim, measure, right_count, of_count,
        case when right_count = 0 then 0 else low end as low,
        case when right_count = of_count then 1 else high end as high
    from measures
    where class is not null
)

select
    part, dim, recall.right_count,
    precise.of_count as read_count, precise.low as precision_low, precise.high as precision_high,
    recall.of_count as labelled_count, recall.low as recall_low, recall.high as recall_high,
    case when recall.of_count > 0 then 2 * recall.right_count / (precise.of_count + recall.of_count) end as f1
from (select * from side where measure = 'recall') as recall
join (select * from side where measure = 'precision') as precise using (part, dim)
