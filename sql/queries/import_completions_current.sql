-- How many completions a completion file could end: those that nobody reported.
-- Columns: count bigint. Index: none, one hash join of the completions with the reports.
select count(*)
from meibo.completion c
where c.ended is null
  and not exists (
      select from meibo.report r
      where r.number = c.number and r.course = c.course and r.completed_on = c.completed_on
  );
