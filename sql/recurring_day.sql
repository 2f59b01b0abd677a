-- One row per unit with a rhythm, and day of the year that its own words name without a year: "sáu tháng (trước ngày 15/6)".
-- month is null for a day of every month ("ngày 25 hằng tháng"). A date with a year is no rhythm's day.
-- Stored: counted at the build and kept as a table.
with

rhythms as (
    select unit_id, plan_id, ordinal, kind, timing, text
    from units
    where kind in ('action', 'assignment', 'reporting') and timing in ('monthly', 'quarterly', 'semiannual', 'annual', 'ongoing')
),

said as (
    select
        rhythms.* exclude (text),
        unnest(regexp_extract_all(text,
            '(?i)(?:(?:trước|đến|hết|chậm nhất|muộn nhất|vào|từ)\s+)*ngày\s+\d{1,2}\s*(?:[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2,4})?(?:\s+(?:hằng|hàng)\s+năm)?|tháng\s+(?:\d{1,2}(?:\s*(?:năm\s+\d{4}|/\s*\d{4}))?|cuối\s+quý)|(?:hằng|hàng)\s+tháng)')) as raw
    from rhythms
    where regexp_matches(text, '(?i)ngày\s+\d{1,2}')
),

numbers as (
    select
        *,
        try_cast(regexp_extract(raw, '(?i)ngày\s+(\d{1,2})', 1) as integer) as day,
        try_cast(nullif(regexp_extract(raw, '(?i)ngày\s+\d{1,2}\s*(?:[/.-]|tháng)\s*(\d{1,2})', 1), '') as integer) as month,
        regexp_matches(raw, '(?i)cuối\s+quý') as by_quarter,
        regexp_matches(raw, '(?i)(hằng|hàng)\s+tháng') as by_month
    from said
    where not regexp_matches(raw, '(?i)(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|năm\s+\d{4}|/\s*\d{4})')
),

months as (
    select * exclude (month, by_quarter, by_month), unnest(case when by_quarter then [3, 6, 9, 12] else [month] end) as month, by_month
    from numbers
)

select distinct unit_id, plan_id, ordinal, kind, timing, raw, month, day
from months
where day between 1 and 31 and (by_month or try_cast(format('2024-{:02d}-{:02d}', month, day) as date) is not null)
