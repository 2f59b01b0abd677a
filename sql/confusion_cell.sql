-- One row per part (held_out, shipped; kind), labelled dimension (kind) and what it was read as (null: no answer, not found): how many units, of how many with that label.
select
    part, labelled, read_as, units,
    sum(units) over (partition by part, labelled)::int as labelled_units
from confusion
