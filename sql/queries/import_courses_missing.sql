-- Courses that the file leaves out though a current completion or a report that waits for publication names them.
-- Columns: line bigint (0: no line of the file), field text, reason text; by code, at most 100.
-- Index: course_current, report_pending; reads the completions once if any course is left out.
select 0::bigint, 'code', format('course "%s" may not end: completions name it', c.code)
from meibo.course c
where c.ended is null
  and not exists (select from pg_temp.import_file f where f.code = c.code)
  and c.code in (
      select d.course from meibo.completion d where d.ended is null
      union all
      select p.course from meibo.report p where p.publication is null
  )
order by c.code
limit 100;
