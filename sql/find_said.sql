-- One row per unit and text that is searched: its own words (part 0), and the agencies that the plan writes elsewhere, in a cell or a heading.
-- Words are runs of letters and digits in lower case, and what ends a part of a sentence (a comma, a stop, a bracket) stands among them, so that `place`, which counts
-- from 1, parts what it parts; a wide gap parts one text from the next.
-- Held: counted once at the build, for those that stand on it.
with

own as materialized (
    select find_unit.no, units.unit_id, lower(units.text) as text, regexp_extract_all(lower(units.text), '[\p{L}\p{M}\p{N}]+|(?:[()]+\s*|[.,;:!?…]+(?:\s+|$))+') as words
    from find_unit
    join units on units.rowid = find_unit.unit_row
),

met as (
    select distinct unit_id, unnest([as_written, agency]) as name
    from unit_agencies
),

names as (
    select name, lower(name) as text, regexp_extract_all(lower(name), '[\p{L}\p{M}\p{N}]+|(?:[()]+\s*|[.,;:!?…]+(?:\s+|$))+') as words
    from (select distinct name from met)
),

elsewhere as (
    select own.no, len(own.words) + 40 * row_number() over (partition by own.no order by name) as start, names.words
    from own
    join met using (unit_id)
    join names using (name)
    where not contains(own.text, names.text)
)

select no, 0 as start, words from own
union all
select no, start, words from elsewhere
