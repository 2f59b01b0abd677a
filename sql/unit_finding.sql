-- One row per finding: its place, and the place of its unit in the plan (null where it is about a line or a heading).
select *, split_part(unit_id, ':', -1)::integer as ordinal
from findings
