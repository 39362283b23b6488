-- What the course file changes: one row for each code that is new, different or gone.
-- Columns: none (makes pg_temp.import_difference: code, line of the file or null, change). Index: none, one hash join.
create temporary table pg_temp.import_difference on commit drop as
select coalesce(f.code, c.code) as code,
       f.line,
       case when c.code is null then 'added' when f.code is null then 'ended' else 'changed' end as change
from pg_temp.import_file f
full join (select * from meibo.course where ended is null) c on c.code = f.code
where c.code is null
   or f.code is null
   or row (f.kind, f.name, f.name_en, f.operator, f.valid_from, f.valid_to, f.tenth_hours, f.fee_yen)
      is distinct from
      row (c.kind, c.name, c.name_en, c.operator, c.valid_from, c.valid_to, c.tenth_hours, c.fee_yen);
