-- Tells the listeners of a publication; they hear it when it commits.
-- $1 text: channel; $2 text: number. Columns: none of interest. Index: none.
select pg_catalog.pg_notify($1::text, $2::text);
