-- Ends the completions that the file leaves out.
-- $1 bigint: the publication being made. Columns: none. Index: completion_current.
update meibo.completion c
set ended = $1::bigint
from pg_temp.import_difference d
where d.number = c.number and d.course = c.course and d.completed_on = c.completed_on and c.ended is null
  and d.change = 'ended';
