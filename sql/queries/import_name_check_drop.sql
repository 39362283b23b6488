-- Forgets the digests of numbers that the register file leaves out or gives no name for.
-- Columns: none. Index: none, one anti join.
delete from meibo.name_check c
where not exists (select from pg_temp.import_file f where f.number = c.number and f.digest is not null);
