-- Completions that stand in the file twice.
-- Columns: line bigint, field text, reason text; by line, at most 100. Index: none, one aggregation.
select f.line, '', format('the same completion as in line %s', x.first_line)
from (
    select g.number, g.course, g.completed_on, min(g.line) as first_line
    from pg_temp.import_file g
    group by g.number, g.course, g.completed_on
    having count(*) > 1
) x
join pg_temp.import_file f
    on f.number = x.number and f.course = x.course and f.completed_on = x.completed_on and f.line > x.first_line
order by f.line
limit 100;
