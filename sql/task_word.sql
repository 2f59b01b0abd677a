-- One row per task of these plans, clause and word: which plan (its place among `plans`), which of its tasks, which of its clauses, the word and its place there, how
-- rare it is in all units (idf), and whether it is in more than this share of the units (and in more units than these few).
-- Asked: plans, most, common := 0.15, few := 30.
-- Of each plan at most so many tasks. How alike two of them are is counted from this and task_about (`carried/alike.py`).
with

task as (
    select text, list_position(plans, plan_id)::int as side, row_number() over (partition by plan_id order by ordinal)::int as task
    from units
    where kind = 'action' and plan_id = any(plans)
    qualify task <= most
),

clause as (
    select side, task, unnest(clauses) as clause, generate_subscripts(clauses, 1)::int as no
    from (select side, task, string_split_regex(lower(text), '[.;:]\s+') as clauses from task)
),

spelt as (
    select side, task, no, regexp_extract_all(clause, '[\p{L}\p{M}\p{N}]+') as words from clause
),

placed as (
    select side, task, no as clause, unnest(words) as word, generate_subscripts(words, 1)::int as place from spelt
)

select side, task - 1 as task, clause, place, word_id, ln((1 + total) / (1 + units)) + 0.1 as rare, units > greatest(few, common * total) as is_common
from placed join find_word using (word) cross join (select count(*) as total from units)
