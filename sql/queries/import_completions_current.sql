-- How many completions a completion file could end: those that such a file brought.
-- Columns: count bigint. Index: none, reads the completions once.
select count(*) from meibo.completion c where c.ended is null and c.report is null;
