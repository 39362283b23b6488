-- Where the completion file is gathered before it is compared.
-- Columns: none. Index: none.
create temporary table pg_temp.import_file (
    line         bigint  not null,
    number       integer not null,
    course       text    collate "C" not null,
    completed_on date    not null
) on commit drop;
