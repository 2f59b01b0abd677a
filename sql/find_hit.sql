-- One row per word, unit and place at which it stands.
-- Stored: counted at the build and kept as a table.
select find_word.word_id, said.no, said.place
from (select no, unnest(words) as word, (start + generate_subscripts(words, 1))::int as place from find_said) as said
join find_word using (word)
order by find_word.word_id, said.no, said.place
