-- One report of one operator.
-- $1 bigint id, $2 text operator
-- 0 id, 1 number, 2 course, 3 operator, 4 completed_on, 5 received_at, 6 reflect_by, 7 publication, 8 reflected_at
-- index: report_pkey
select
    report.id,
    report.number,
    report.course,
    report.operator,
    report.completed_on - date '1970-01-01',
    (extract(epoch from report.received_at) * 1000000)::bigint,
    report.reflect_by - date '1970-01-01',
    report.publication,
    (extract(epoch from publication.published_at) * 1000000)::bigint
from meibo.report
left join meibo.publication on publication.number = report.publication
where report.id = $1::bigint and report.operator = $2::text
