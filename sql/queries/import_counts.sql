-- How large the difference is.
-- Columns: added bigint, changed bigint, ended bigint. Index: none, reads the difference once.
select count(*) filter (where d.change = 'added'),
       count(*) filter (where d.change = 'changed'),
       count(*) filter (where d.change = 'ended')
from pg_temp.import_difference d;
