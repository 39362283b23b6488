-- Revokes a token; no row affected: unknown, or revoked already.
-- $1 text key id
-- index: token_pkey
update meibo.token
set revoked_at = now()
where token.key_id = $1::text and token.revoked_at is null
