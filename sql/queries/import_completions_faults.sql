-- Completions of numbers that were never in the register, or of courses that are not in the list of courses.
-- Columns: line bigint, field text, reason text; by line, at most 100. Index: none, two hash joins.
select x.line, x.field, x.reason
from (
    select f.line, 'number' as field, format('no registrant has number %s', lpad(f.number::text, 6, '0')) as reason
    from pg_temp.import_file f
    where not exists (select from meibo.registrant r where r.number = f.number)
    union all
    select f.line, 'course', format('there is no course "%s"; import the courses first', f.course)
    from pg_temp.import_file f
    where not exists (select from meibo.course c where c.code = f.course and c.ended is null)
) x
order by x.line, x.field desc
limit 100;
