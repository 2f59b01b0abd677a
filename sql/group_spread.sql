-- One row per group of these plans and figure (`plan_amount`): of how many plans it is, and how it is spread over them: the least, the quartiles, the most.
-- Asked: counted, plans, way.
select
    name, figure, count(*)::integer as plans, min(amount)::integer as least, quantile_cont(amount, 0.25) as low, median(amount) as median,
    quantile_cont(amount, 0.75) as high, max(amount)::integer as most
from plan_amount(counted, plans, way) as amounts
group by name, figure
