-- Stores a new token.
-- $1 text key id, $2 text operator, $3 bytea SHA-256 of the secret, $4 date expires_on (null: never)
insert into meibo.token (key_id, operator, digest, created_at, expires_on)
values ($1::text, $2::text, $3::bytea, now(), $4::date)
