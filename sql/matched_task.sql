-- One row per task: the dimension its words were matched with (null: none), whether a person should look, and how far the runner-up is.
select unit_id, plan_id, matched_dim, review, margin
from units
where kind = 'action'
