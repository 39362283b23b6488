-- Ends the versions that the course file changes or leaves out.
-- $1 bigint: the publication being made. Columns: none. Index: course_current.
update meibo.course c
set ended = $1::bigint
from pg_temp.import_difference d
where d.code = c.code and c.ended is null and d.change in ('changed', 'ended');
