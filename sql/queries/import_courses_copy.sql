-- Takes the course file's rows.
-- Columns: as listed, in this order. Index: none.
copy pg_temp.import_file (line, code, kind, name, name_en, operator, valid_from, valid_to, tenth_hours, fee_yen)
from stdin;
