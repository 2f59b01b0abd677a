-- One row per way of counting, plan and sub-dimension: its cell (`plan_cell`), what the other way says, and what it would say
-- with another bar for a review: `bar_state` differs where all its tasks are weak, or would be with a bar slightly higher.
-- Stored: counted at the build and kept as a table.
select
    told.* exclude (general),
    other.state as other_state, other.n as other_n,
    case
        when told.state = 'weak' and told.tasks > 0 then 'own'
        when told.state = 'own' and told.weak + told.close = told.tasks then 'weak'
        else told.state
    end as bar_state
from plan_cell as told
join plan_cell as other
    on other.plan_id = told.plan_id and other.sub = told.sub and other.basis <> told.basis
