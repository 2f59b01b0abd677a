-- One row per word of what is searched: its form without marks, and in how many units it stands. Words of one form without marks have neighbouring numbers.
-- Stored: counted at the build and kept as a table.
select (row_number() over (order by fold, word))::int as word_id, word, fold, units
from (
    select word, translate(strip_accents(word), 'đ', 'd') as fold, count(distinct no)::int as units
    from (select no, unnest(words) as word from find_said)
    where not contains('().,;:!?…', word[1])
    group by word
)
order by word_id
