-- The stored side of a token.
-- $1 text key id
-- 0 operator, 1 SHA-256 of the secret, hexadecimal, 2 expires_on (null: never), 3 revoked boolean, 4 operator is listed
-- indexes: token_pkey, operator_current
select
    token.operator,
    encode(token.digest, 'hex'),
    token.expires_on - date '1970-01-01',
    token.revoked_at is not null,
    operator.code is not null
from meibo.token
left join meibo.operator on operator.code = token.operator and operator.ended is null
where token.key_id = $1::text
