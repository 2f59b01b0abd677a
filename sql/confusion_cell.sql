-- One row per part (held_out, shipped), labelled dimension and dimension it was read as (null: no answer): how many units, of how many with that label.
select
    part, labelled, read_as, units,
    sum(units) over (partition by part, labelled)::int as labelled_units
from confusion
