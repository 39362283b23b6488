-- Moves the head to the publication just recorded.
-- $1 bigint: number. Columns: none. Index: none.
update meibo.publication_head set number = $1::bigint;
