-- Takes the completion file's rows.
-- Columns: as listed, in this order. Index: none.
copy pg_temp.import_file (line, number, course, completed_on) from stdin;
