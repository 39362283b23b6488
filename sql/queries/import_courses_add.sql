-- Writes the versions that the course file begins.
-- $1 bigint: the publication being made. Columns: none. Index: none, one hash join.
insert into meibo.course (code, kind, name, name_en, operator, valid_from, valid_to, tenth_hours, fee_yen, began)
select f.code, f.kind, f.name, f.name_en, f.operator, f.valid_from, f.valid_to, f.tenth_hours, f.fee_yen, $1::bigint
from pg_temp.import_file f
join pg_temp.import_difference d on d.line = f.line;
