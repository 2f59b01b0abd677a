-- One row per two tasks of different plans that may correspond, the one whose plan stands first in `plans` on the left: how alike, 0 to 100, and by what.
-- Asked: plans, most, bar, main := 0.64, named := 0.57, passing := 0.15, broad := 0.75, more := 0.25, common := 0.15, few := 30, enough := 8.
-- Only these plans are looked at, of each at most so many tasks, and only what has at least so many points is told. The rest are the weights: of a matter that
-- both are about, that one of them only names, only mentions; what a broad matter keeps of that; what a second matter adds; a word in more than this share of
-- the units (and in more units than these few) is not rare; so many rare words a clause needs.
-- points = 100 (1 - (1 - matter) (1 - wording)): either is enough, both add up.
-- matter: what both do (unit_matters), the weightiest first and the others a little; where no matter of a task is known, a sub-dimension that both touch
-- stands in for one, as a broad one. wording: of their clauses the two that are likest, by rare words and rare neighbours (cosine, idf over all units);
-- a clause of few such words says little.
with

task as (
    select unit_id, text, list_position(plans, plan_id) as side, row_number() over (order by plan_id, ordinal)::int as no
    from units
    where kind = 'action' and plan_id = any(plans)
    qualify row_number() over (partition by plan_id order by ordinal) <= most
),

held as (
    select no, side, matter, how, is_broad
    from task join unit_matters using (unit_id) join matters using (matter)
),

stood_in as (
    select no, side, sub, no not in (select no from held) as has_none
    from task join touches using (unit_id)
    where how <> 'passing'
),

shared as (
    select
        a.no as left_no, b.no as right_no, a.matter,
        case when 'passing' in (a.how, b.how) then passing when a.how = 'main' and b.how = 'main' then main else named end
            * case when a.is_broad then broad else 1 end as weight
    from held as a join held as b on a.matter = b.matter and a.side < b.side
    union all
    select a.no, b.no, null, named * broad
    from stood_in as a join stood_in as b on a.sub = b.sub and a.side < b.side and (a.has_none or b.has_none)
),

by_matter as (
    select
        left_no, right_no, list({'less': -weight, 'matter': shared.matter}) filter (where shared.matter is not null) as matters,
        1 - (1 - max(weight)) / (1 - more * max(weight)) * exp(sum(ln(1 - more * weight))) as matter
    from shared
    group by left_no, right_no
),

clause as (
    select no, side, row_number() over ()::int as clause, regexp_extract_all(said, '[\p{L}\p{M}\p{N}]+') as words
    from (select no, side, unnest(string_split_regex(lower(text), '[.;:]\s+')) as said from task)
),

rated as (
    select clause, side, place, word_id, ln((1 + total) / (1 + units)) + 0.1 as idf, units > greatest(few, common * total) as is_common
    from (select clause, side, unnest(words) as word, generate_subscripts(words, 1) as place from clause)
    join find_word using (word) cross join (select count(*) as total from units)
),

-- a rare word by its number, two neighbours by both their numbers
sign as (
    select distinct clause, side, word_id::bigint as sign, idf as heft from rated where not is_common
    union all
    select distinct a.clause, a.side, (a.word_id::bigint << 32) + b.word_id, a.idf + b.idf
    from rated as a join rated as b on b.clause = a.clause and b.place = a.place + 1
    where not (a.is_common and b.is_common)
),

whole as (
    select clause, sqrt(sum(heft * heft)) as norm, least(1, count(*) filter (where sign < 1::bigint << 32) / enough) as says
    from sign
    group by clause
),

weighed as (
    select clause, side, sign, (heft / norm)::float as heft from sign join whole using (clause)
),

by_clause as (
    select clauses >> 32 as left_clause, clauses & 4294967295 as right_clause, least(1, cosine) as cosine
    from (
        select (a.clause::bigint << 32) + b.clause as clauses, sum(a.heft * b.heft) as cosine
        from weighed as a join weighed as b on a.sign = b.sign and a.side < b.side
        group by clauses
    )
),

by_wording as (
    select a.no as left_no, b.no as right_no, max(cosine * least(left_whole.says, right_whole.says)) as wording
    from by_clause
    join whole as left_whole on left_whole.clause = left_clause join whole as right_whole on right_whole.clause = right_clause
    join clause as a on a.clause = left_clause join clause as b on b.clause = right_clause
    group by a.no, b.no
),

pointed as (
    select
        left_no, right_no, coalesce(matter, 0) as matter, coalesce(wording, 0) as wording, matters,
        100 * (1 - (1 - coalesce(matter, 0)) * (1 - coalesce(wording, 0))) as points
    from by_matter full join by_wording using (left_no, right_no)
)

select a.unit_id as left_unit, b.unit_id as right_unit, points, matter, wording,
    coalesce(list_transform(list_sort(matters), lambda one: one.matter), []) as matters
from pointed join task as a on a.no = left_no join task as b on b.no = right_no
where points >= bar
