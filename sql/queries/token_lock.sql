-- Locks an operator's row, so that two commands cannot both issue its last free token.
-- $1 text operator
-- 0 code; no row: no such operator
-- index: operator_current
select operator.code
from meibo.operator
where operator.code = $1::text and operator.ended is null
for update
