-- One row per finding of these plans and codes with its place (finding_place), of each plan and code so many; nth: its number among those.
-- Asked: plans, codes, most.
select *, row_number() over (partition by plan_id, code order by line, ordinal, detail) as nth
from finding_place
where plan_id = any(plans) and code = any(codes)
qualify nth <= most
