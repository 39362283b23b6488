-- Remembers an applied migration.
-- $1 text name, $2 text sha256 (hexadecimal)
insert into meibo.migration (name, sha256) values ($1, $2)
