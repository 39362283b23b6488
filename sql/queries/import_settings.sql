-- Gives this transaction's joins and sorts the memory that a whole register needs (two batches on disk instead of a
-- hundred for a million rows).
-- Columns: none of interest. Index: none.
select pg_catalog.set_config('work_mem', '128MB', true);
