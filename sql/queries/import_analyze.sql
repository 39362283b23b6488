-- Tells the planner how many rows the file has; a temporary table has no statistics of its own accord.
-- Columns: none. Index: none.
analyze pg_temp.import_file;
