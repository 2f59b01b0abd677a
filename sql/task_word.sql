-- One row per task of these plans, clause and word: which plan (its place among `plans`), which of its tasks, which of its clauses, the word and its place there, how
-- rare it is in all units (idf), and whether it is in more than this share of the units (and in more units than these few).
-- Asked: plans, most, common := 0.15, few := 30.
-- Of each plan at most so many tasks. How alike two of them are is counted from this and task_about (`carried/alike.py`).
with

placed as (
    select list_position(plans, plan_id)::int as side, task - 1 as task, clause, unnest(words) as word, generate_subscripts(words, 1)::int as place
    from task_clause
    where plan_id = any(plans) and task <= most
)

select side, task, clause, place, word_id, ln((1 + total) / (1 + units)) + 0.1 as rare, units > greatest(few, common * total) as is_common
from placed join find_word using (word) cross join (select count(*) as total from units)
