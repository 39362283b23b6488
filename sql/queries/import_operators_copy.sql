-- Takes the operator file's rows.
-- Columns: as listed, in this order. Index: none.
copy pg_temp.import_file (line, code, name, name_en, domain) from stdin;
