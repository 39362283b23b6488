-- Where the operator file is gathered before it is compared.
-- Columns: none. Index: none.
create temporary table pg_temp.import_file (
    line    bigint not null,
    code    text   collate "C" not null,
    name    text   not null,
    name_en text,
    domain  text
) on commit drop;
