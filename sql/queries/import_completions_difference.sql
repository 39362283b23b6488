-- What the completion file changes: one row for each completion that is new or gone. A completion has no other parts
-- than its key. What operators reported is not the file's to end, even if a file brought it first: the report may have
-- come after this file was written.
-- Columns: none (makes pg_temp.import_difference: number, course, completed_on, line of the file or null, change).
-- Index: none, two hash joins.
create temporary table pg_temp.import_difference on commit drop as
select coalesce(f.number, c.number) as number,
       coalesce(f.course, c.course) as course,
       coalesce(f.completed_on, c.completed_on) as completed_on,
       f.line,
       case when c.number is null then 'added' else 'ended' end as change
from pg_temp.import_file f
full join (
    select d.number, d.course, d.completed_on, r.id is not null as reported
    from meibo.completion d
    left join meibo.report r on r.number = d.number and r.course = d.course and r.completed_on = d.completed_on
    where d.ended is null
) c on c.number = f.number and c.course = f.course and c.completed_on = f.completed_on
where c.number is null or (f.number is null and not c.reported);
