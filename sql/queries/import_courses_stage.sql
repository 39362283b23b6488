-- Where the course file is gathered before it is compared.
-- Columns: none. Index: none.
create temporary table pg_temp.import_file (
    line        bigint not null,
    code        text   collate "C" not null,
    kind        text   not null,
    name        text   not null,
    name_en     text,
    operator    text   collate "C" not null,
    valid_from  date   not null,
    valid_to    date   not null,
    tenth_hours integer,
    fee_yen     bigint
) on commit drop;
