-- The migrations this database has applied, oldest first.
-- Columns: name, sha256 (hexadecimal).
select name, sha256 from meibo.migration order by name
