-- Tells the planner how large the difference is: from nothing to a whole register.
-- Columns: none. Index: none.
analyze pg_temp.import_difference;
