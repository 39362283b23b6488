-- What the completion file changes: one row for each completion that is new or gone. A completion has no other parts
-- than its key. What operators reported is not the file's to end: it may have come after the file was written.
-- Columns: none (makes pg_temp.import_difference: number, course, completed_on, line of the file or null, change).
-- Index: none, one hash join.
create temporary table pg_temp.import_difference on commit drop as
select coalesce(f.number, c.number) as number,
       coalesce(f.course, c.course) as course,
       coalesce(f.completed_on, c.completed_on) as completed_on,
       f.line,
       case when c.number is null then 'added' else 'ended' end as change
from pg_temp.import_file f
full join (select * from meibo.completion where ended is null) c
    on c.number = f.number and c.course = f.course and c.completed_on = f.completed_on
where c.number is null or (f.number is null and c.report is null);
