-- What the operator file changes: one row for each code that is new, different or gone.
-- Columns: none (makes pg_temp.import_difference: code, line of the file or null, change). Index: none, one hash join.
create temporary table pg_temp.import_difference on commit drop as
select coalesce(f.code, o.code) as code,
       f.line,
       case when o.code is null then 'added' when f.code is null then 'ended' else 'changed' end as change
from pg_temp.import_file f
full join (select * from meibo.operator where ended is null) o on o.code = f.code
where o.code is null
   or f.code is null
   or row (f.name, f.name_en, f.domain) is distinct from row (o.name, o.name_en, o.domain);
