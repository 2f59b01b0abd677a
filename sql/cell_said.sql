-- One row per way of counting, plan and topic, a dimension as a whole (sub is null) or a sub-dimension, by the plan's own units, and once more (whole) where documents
-- amend it, by those that count for it then (`amended_unit`). The one place that says what a cell says, from what speaks there (`cell_unit`).
-- state: no_plan, not_read, own (tasks mainly about it), named (only inside tasks about more), weak (a person should look), passing (only mentioned),
-- description (described or assigned, no task), none (nothing in the plan names it), unmeasured (nor did PAPI measure it in the plan's years). Only none is an
-- absence. n: how many units say so. measured: PAPI measured it in one of the plan's years. led, timed: the tasks with a lead, or a time, that are about it or
-- name it among other things: where none has, nobody, or no time, is named for it.
with

bases as (select unnest(['heading', 'content']) as basis),

topics as (
    select sub as topic, dim, sub, measured_from, coalesce(measured_to, 9999) as measured_to
    from subdimensions
    union all
    -- 0, cross-cutting, has no sub-dimensions and is never left out
    select dim::text, dim, null, coalesce(min(measured_from), 0), max(coalesce(measured_to, 9999))
    from dimensions
    left join subdimensions using (dim)
    group by dim
),

documents as (
    select false as whole, * from plan_list
    union all
    select true, * from plan_list where plan_id in (select plan_id from amended_unit)
),

spoken as (
    select false as whole, * from cell_unit
    union all
    select true, cell_unit.* replace (amended_unit.plan_id as plan_id) from cell_unit join amended_unit using (unit_id)
),

counted as (
    select
        whole, basis, plan_id, topic,
        count(*) filter (where says = 'own') as tasks,
        count(*) filter (where says = 'own' and has_lead) as with_lead,
        count(*) filter (where says = 'own' and has_time) as with_time,
        count(*) filter (where says in ('own', 'named') and has_lead) as led,
        count(*) filter (where says in ('own', 'named') and has_time) as timed,
        count(*) filter (where says = 'own' and weak) as weak,
        count(*) filter (where says = 'own' and close) as close,
        count(*) filter (where says = 'own' and general) as general,
        count(*) filter (where says = 'placed') as descriptions,
        count(*) filter (where says = 'named' and not weak) as named,
        count(*) filter (where says = 'named' and weak) as unsure,
        count(*) filter (where says = 'passing') as passing,
        count(*) filter (where says = 'description') as described,
        count(*) filter (where says = 'mentioned') as mentioned
    from spoken
    group by all
),

cells as (
    select
        documents.whole, bases.basis, documents.plan_id, documents.position, topics.dim, topics.sub,
        coalesce(tasks, 0) as tasks, coalesce(with_lead, 0) as with_lead, coalesce(with_time, 0) as with_time,
        coalesce(led, 0) as led, coalesce(timed, 0) as timed, coalesce(weak, 0) as weak, coalesce(close, 0) as close, coalesce(general, 0) as general, coalesce(descriptions, 0) as descriptions,
        coalesce(named, 0) as named, coalesce(unsure, 0) as unsure, coalesce(passing, 0) as passing, coalesce(described, 0) as described, coalesce(mentioned, 0) as mentioned,
        coalesce(
            coalesce(documents.period_from, documents.year) <= topics.measured_to
            and coalesce(documents.period_to, documents.period_from, documents.year) >= topics.measured_from,
            true
        ) as measured,
        case
            when documents.status = 'not_collected' then 'no_plan'
            when documents.status = 'not_read' then 'not_read'
            when tasks > weak then 'own'
            when named > 0 then 'named'
            when tasks > 0 or unsure > 0 then 'weak'
            when passing > 0 then 'passing'
            when described > 0 or descriptions > 0 then 'description'
            when mentioned > 0 then 'passing'
            when measured then 'none'
            else 'unmeasured'
        end as state
    from bases
    cross join documents
    cross join topics
    left join counted
        on counted.whole = documents.whole and counted.basis = bases.basis and counted.plan_id = documents.plan_id and counted.topic = topics.topic
)

select
    *,
    case state
        when 'own' then tasks
        when 'named' then named
        when 'weak' then tasks + unsure
        when 'passing' then passing + mentioned
        when 'description' then greatest(described, descriptions)
        else 0
    end as n
from cells
