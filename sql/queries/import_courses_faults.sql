-- Courses of operators that are not in the list of operators.
-- Columns: line bigint, field text, reason text; by line, at most 100. Index: operator_current.
select f.line, 'operator', format('there is no operator "%s"; import the operators first', f.operator)
from pg_temp.import_file f
where not exists (select from meibo.operator o where o.code = f.operator and o.ended is null)
order by f.line
limit 100;
