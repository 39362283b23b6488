-- Every operator with its tokens, for a person to read; an operator without tokens once.
-- 0 code, 1 name, 2 key id, 3 expires_on, 4 revoked_at, 5 created_at: all text, null where there is none
-- index: operator_current
select
    operator.code,
    operator.name,
    token.key_id,
    token.expires_on::text,
    to_char(token.revoked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    to_char(token.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
from meibo.operator
left join meibo.token on token.operator = operator.code
where operator.ended is null
order by operator.code collate "C", token.created_at, token.key_id
