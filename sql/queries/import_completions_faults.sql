-- Completions of numbers that were never in the register, of courses that never were in the list of courses, or of days
-- that have not come. A course that ended is known: a report of it may have been accepted while its end was imported.
-- Columns: line bigint, field text, reason text; by line, at most 100. Index: none, two hash joins.
select x.line, x.field, x.reason
from (
    select f.line, 'number' as field, format('no registrant has number %s', lpad(f.number::text, 6, '0')) as reason
    from pg_temp.import_file f
    where not exists (select from meibo.registrant r where r.number = f.number)
    union all
    select f.line, 'course', format('there is no course "%s"; import the courses first', f.course)
    from pg_temp.import_file f
    where not exists (select from meibo.course c where c.code = f.course)
    union all
    select f.line, 'completed_on', format('%s has not come yet', to_char(f.completed_on, 'YYYY-MM-DD'))
    from pg_temp.import_file f
    where f.completed_on > (now() at time zone 'Asia/Tokyo')::date
) x
order by x.line, array_position(array['number', 'course', 'completed_on'], x.field)
limit 100;
