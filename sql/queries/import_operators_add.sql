-- Writes the versions that the operator file begins.
-- $1 bigint: the publication being made. Columns: none. Index: none, one hash join.
insert into meibo.operator (code, name, name_en, domain, began)
select f.code, f.name, f.name_en, f.domain, $1::bigint
from pg_temp.import_file f
join pg_temp.import_difference d on d.line = f.line;
