-- Which reports the next publication takes: the first ones that are pending.
-- $1 bigint[] ids to leave alone, $2 bigint how many at most
-- 0 count, 1 first id, 2 last id (null when there are none)
-- index: report_pending
select count(*), min(waiting.id), max(waiting.id)
from (
    select report.id
    from meibo.report
    where report.publication is null and report.id <> all ($1::bigint[])
    order by report.id
    limit $2::bigint
) as waiting
