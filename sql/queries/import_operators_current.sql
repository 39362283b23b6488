-- How many operators an operator file could end.
-- Columns: count bigint. Index: operator_current.
select count(*) from meibo.operator o where o.ended is null;
