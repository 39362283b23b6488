-- Ends the versions that the register file changes or leaves out.
-- $1 bigint: the publication being made. Columns: none. Index: registrant_current.
update meibo.registrant r
set ended = $1::bigint
from pg_temp.import_difference d
where d.number = r.number and r.ended is null and d.change in ('changed', 'ended');
