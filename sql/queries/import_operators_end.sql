-- Ends the versions that the operator file changes or leaves out.
-- $1 bigint: the publication being made. Columns: none. Index: operator_current.
update meibo.operator o
set ended = $1::bigint
from pg_temp.import_difference d
where d.code = o.code and o.ended is null and d.change in ('changed', 'ended');
