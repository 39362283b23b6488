-- How many registrants a register file could end.
-- Columns: count bigint. Index: registrant_current.
select count(*) from meibo.registrant r where r.ended is null;
