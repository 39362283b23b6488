-- How many courses a course file could end.
-- Columns: count bigint. Index: course_current.
select count(*) from meibo.course c where c.ended is null;
