-- One row per task and clause of its words: which task of its plan, which of its clauses, and its words in lower case in their order.
-- Stored: counted at the build and kept as a table.
with

task as (
    select plan_id, lower(text) as text, row_number() over (partition by plan_id order by ordinal)::int as task
    from units
    where kind = 'action'
),

clause as (
    select plan_id, task, unnest(clauses) as clause, generate_subscripts(clauses, 1)::int as no
    from (select plan_id, task, string_split_regex(text, '[.;:]\s+') as clauses from task)
)

select plan_id, task, no as clause, regexp_extract_all(clause, '[\p{L}\p{M}\p{N}]+') as words
from clause
order by plan_id, task, no
