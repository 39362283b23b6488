-- How many live tokens an operator has. A statement after token_lock, to see what another command committed meanwhile.
-- $1 text operator, $2 date today, the Japanese day
-- 0 count
-- index: token_operator
select count(*)
from meibo.token
where token.operator = $1::text
    and token.revoked_at is null
    and (token.expires_on is null or token.expires_on >= $2::date)
