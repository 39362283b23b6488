-- Operators that the file leaves out though a current course is theirs.
-- Columns: line bigint (0: no line of the file), field text, reason text; by code, at most 100.
-- Index: operator_current, course_current.
select 0::bigint, 'code', format('operator "%s" may not end: courses name it', o.code)
from meibo.operator o
where o.ended is null
  and not exists (select from pg_temp.import_file f where f.code = o.code)
  and exists (select from meibo.course c where c.operator = o.code and c.ended is null)
order by o.code
limit 100;
