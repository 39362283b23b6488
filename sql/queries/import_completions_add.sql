-- Writes the completions that the file brings.
-- $1 bigint: the publication being made. Columns: none. Index: none.
insert into meibo.completion (number, course, completed_on, began)
select d.number, d.course, d.completed_on, $1::bigint
from pg_temp.import_difference d
where d.change = 'added'
order by d.number, d.completed_on desc, d.course;
