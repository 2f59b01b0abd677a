-- One row per unit that hands a plan's work to somebody by one sentence, without naming a dimension ("… triển khai thực hiện nghiêm túc các nội dung …"), in plans with a task
-- that names no lead: quote are the words that say so. Who only watches, helps or tells how it went ("theo dõi việc thực hiện các nội dung") is handed nothing.
-- Stored: counted at the build and kept as a table.
with

general as (
    select units.*
    from units
    semi join unit_agencies as leads on leads.unit_id = units.unit_id and leads.role = 'lead'
    semi join plan_role on plan_role.plan_id = units.plan_id and plan_role.role = 'lead' and plan_role.named < plan_role.tasks
    where kind in ('action', 'assignment', 'reporting') and sub is null and matched_sub is null and coalesce(dim, 0) = 0 and coalesce(matched_dim, 0) = 0
        and contains(text, 'thực hiện')
),

sentences as (
    select *, unnest(regexp_extract_all(text, '[^.;]+')) as sentence from general
),

said as (
    -- "giải pháp thực hiện được đề ra tại Kế hoạch này" only looks like it
    select
        *,
        list_filter(
            regexp_extract_all(
                sentence,
                '(?i)thực hiện(?:\s+[^\s,:]+){0,5}?\s+(?:(?:các|những|mọi|toàn bộ)\s+(?:nội dung|nhiệm vụ)(?:\s+[^\s\d“":]|\s*,|$)|kế hoạch này)'
            ),
            lambda found: not regexp_matches(found, '(?i)^thực hiện\s+được')
        )[1] as said
    from sentences
),

handed as (
    select *, regexp_extract(said, '(?i)^.*(?:nội dung|nhiệm vụ|kế hoạch này)') as quote, split_part(sentence, said, 1) as before
    from said
    where said is not null
)

select
    handed.unit_id, any_value(handed.plan_id) as plan_id, any_value(plan_list.position) as position, any_value(handed.ordinal) as ordinal,
    any_value(section) as section, any_value(first_line) as first_line, any_value(last_line) as last_line, any_value(place) as place,
    any_value(text) as text, first(quote) as quote
from handed
join plan_list using (plan_id)
where not regexp_matches(before, '(?i)(theo dõi|giám sát|đôn đốc|hướng dẫn|giúp|phối hợp)[\s,]|(việc|kết quả|quá trình|tình hình|trong)(\s+(triển khai|tổ chức))*\s*$')
group by unit_id
