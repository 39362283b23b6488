-- The reports that were there first, for those that report_insert did not store. A statement of its own: it must see
-- what another submission committed while report_insert waited for it.
-- $1 integer[] numbers, $2 text[] courses, $3 date[] days of completion
-- one row an item, in order: 0 id (null: none), 1 number, 2 course, 3 operator, 4 completed_on, 5 received_at,
-- 6 reflect_by, 7 publication, 8 reflected_at
-- index: report's natural key
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
from unnest($1::integer[], $2::text[], $3::date[]) with ordinality as item (number, course, completed_on, position)
left join meibo.report on report.number = item.number
    and report.course = item.course
    and report.completed_on = item.completed_on
left join meibo.publication on publication.number = report.publication
order by item.position
