-- One row per unit of these, of one plan, and matter that it names: from character first to before last of its text; null where only a heading says it.
-- Asked: one, ids.
select unit_id, matter, first_char as first, last_char as last
from unit_matters
where unit_id between one || ':' and one || ';' and unit_id = any(ids)
