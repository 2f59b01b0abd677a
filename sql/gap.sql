-- One row per way of counting, plan and gap: what is missing on a whole dimension, or on a sub-dimension that PAPI measured in the plan's years, in the plan with
-- its amendments (`standing_cell`).
-- lacks: none (nothing in the plan names it), description, passing, named (what the cell says instead of a task of its own), weak (only weak matches),
-- lead, time, lead_time (tasks, none of which names a lead, a time, either, nor does a task that names it among other things). What is missing on a dimension as a whole is said once.
-- An amendment lacks none of what it does not speak of, for that stands.
-- unit_id is the first unit that names, mentions or describes it, no its number in `find_unit`; `others` counts the plans that stand and have it, no amendments; `rank` orders the kinds, the worst first.
-- Stored: counted at the build and kept as a table.
with

dims as (
    select
        *, state = 'own' and led = 0 as no_lead, state = 'own' and timed = 0 as no_time
    from standing_cell
    where sub is null and dim > 0 and measured
),

subs as (
    select
        cells.*, dims.state as dim_state,
        cells.state = 'own' and cells.led = 0 and not dims.no_lead as no_lead,
        cells.state = 'own' and cells.timed = 0 and not dims.no_time as no_time
    from standing_cell as cells
    join dims using (basis, plan_id, dim)
    where cells.sub is not null and cells.measured
),

dimension_gaps as (
    select
        basis, plan_id, position, dim, null::text as sub, true as whole, state, tasks,
        case
            when state <> 'own' then state
            when no_lead and no_time then 'lead_time'
            when no_lead then 'lead'
            else 'time'
        end as lacks
    from dims
    where state in ('none', 'description') or no_lead or no_time
),

sub_gaps as (
    select
        basis, plan_id, position, dim, sub, false as whole, state, tasks,
        case
            when state <> 'own' then state
            when no_lead and no_time then 'lead_time'
            when no_lead then 'lead'
            else 'time'
        end as lacks
    from subs
    where state = 'none' and dim_state <> 'none' or state in ('description', 'passing', 'named', 'weak') and dim_state not in ('none', 'description') or no_lead or no_time
),

amending as (select plan_id from plan_list where amends),

all_gaps as materialized (
    select * from dimension_gaps where lacks in ('lead', 'time', 'lead_time') or plan_id not in (from amending)
    union all
    select * from sub_gaps where lacks in ('lead', 'time', 'lead_time') or plan_id not in (from amending)
),

held as (
    select *
    from whole_cell
    where plan_id in (select plan_id from plan_list where replaced_by is null)
),

having_dim as (
    select
        basis, dim, count(*) filter (state = 'own') as with_tasks,
        count(*) filter (state = 'own' and led > 0) as with_lead,
        count(*) filter (state = 'own' and timed > 0) as with_time,
        count(*) filter (state = 'own' and led > 0 and timed > 0) as with_both
    from held
    where sub is null and dim > 0
    group by all
),

having_sub as (
    select
        basis, sub, count(*) filter (state = 'own') as with_tasks,
        count(*) filter (state = 'own' and led > 0) as with_lead,
        count(*) filter (state = 'own' and timed > 0) as with_time,
        count(*) filter (state = 'own' and led > 0 and timed > 0) as with_both
    from held
    where sub is not null
    group by all
),

spoken as (
    from touch_placed
    where plan_id not in (select plan_id from amended_unit)
    union all
    select touch_placed.* replace (amended_unit.plan_id as plan_id) from touch_placed join amended_unit using (unit_id)
),

speaking as (
    -- of what is lacked, the unit to quote: a sure one first, then in the plan's order; where it stands is one number, for states of text are held in memory whole
    select
        basis, plan_id, sub, lacks,
        arg_min(units.rowid, ((spoken.says = 'mentioned')::bigint << 33) + (weak::bigint << 32) + spoken.ordinal) as unit_row
    from (select *, case says when 'mentioned' then 'passing' when 'own' then 'weak' else says end as lacks from spoken) as spoken
    semi join all_gaps using (basis, plan_id, sub, lacks)
    join units using (unit_id)
    group by all
),

quoted as (
    select speaking.* exclude (unit_row), units.unit_id, find_unit.no
    from speaking
    join units on units.rowid = unit_row
    join find_unit using (unit_row)
)

select
    all_gaps.*, quoted.unit_id, quoted.no,
    case all_gaps.lacks
        when 'lead_time' then case when whole then having_dim.with_both else having_sub.with_both end
        when 'lead' then case when whole then having_dim.with_lead else having_sub.with_lead end
        when 'time' then case when whole then having_dim.with_time else having_sub.with_time end
        else case when whole then having_dim.with_tasks else having_sub.with_tasks end
    end as others,
    case
        when whole and all_gaps.lacks = 'none' then 1
        when whole and all_gaps.lacks = 'description' then 2
        else list_position(['none', 'description', 'passing', 'weak', 'named', 'lead_time', 'lead', 'time'], all_gaps.lacks) + 2
    end as rank
from all_gaps
left join having_dim on having_dim.basis = all_gaps.basis and having_dim.dim = all_gaps.dim
left join having_sub on having_sub.basis = all_gaps.basis and having_sub.sub = all_gaps.sub
left join quoted
    on quoted.basis = all_gaps.basis and quoted.plan_id = all_gaps.plan_id and quoted.sub = all_gaps.sub
    and quoted.lacks = all_gaps.lacks
