-- Makes the pending reports of a range public. What is public already, by the administrator's file, is only marked; that
-- it was reported keeps later files from ending it.
-- A statement after publication_take, to see what another server published meanwhile.
-- $1 bigint publication, $2 bigint first id, $3 bigint last id, $4 bigint[] ids to leave alone
-- 0 reports marked, 1 completions added
-- indexes: report_pending, report_pkey, completion_current
with taken as materialized (
    select report.id, report.number, report.course, report.completed_on, report.received_at
    from meibo.report
    where report.publication is null
        and report.id between $2::bigint and $3::bigint
        and report.id <> all ($4::bigint[])
),
added as (
    insert into meibo.completion (number, course, completed_on, report, reported_at, began)
    select taken.number, taken.course, taken.completed_on, taken.id, taken.received_at, $1::bigint
    from taken
    on conflict (number, completed_on, course) where ended is null do nothing
    returning 1
),
marked as (
    update meibo.report
    set publication = $1::bigint
    from taken
    where report.id = taken.id
    returning 1
)
select (select count(*) from marked), (select count(*) from added)
