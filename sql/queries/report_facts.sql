-- What the record knows about each item of a submission: its registrant (the current row, or the last one of a number
-- that was taken out of the register file), its course, the digest of the name, and what is there already.
-- $1 integer[] numbers, $2 text[] course codes (null: not a code), $3 date[] days of completion; all of one length
-- one row an item, in order:
--   0 status text (null: never issued), 1 status_on, 2 registered_on, 3 expires_on, 4 taken_out_on day,
--   5 name digest, hexadecimal, 6 operator of the course (null: no such course), 7 valid_from, 8 valid_to,
--   the report that is there already: 9 id (null: none), 10 number, 11 course, 12 operator, 13 completed_on,
--   14 received_at, 15 reflect_by, 16 publication, 17 reflected_at
-- Each look-up is a lateral with a limit, so that it stays a look-up by index whatever the planner thinks of the tables.
-- indexes: registrant_pkey, name_check_pkey, course_current, report's natural key
select
    registrant.status,
    registrant.status_on - date '1970-01-01',
    registrant.registered_on - date '1970-01-01',
    registrant.expires_on - date '1970-01-01',
    (taken_out.published_at at time zone 'Asia/Tokyo')::date - date '1970-01-01',
    encode(name_check.digest, 'hex'),
    course.operator,
    course.valid_from - date '1970-01-01',
    course.valid_to - date '1970-01-01',
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
left join lateral (
    select r.status, r.status_on, r.registered_on, r.expires_on, r.ended
    from meibo.registrant as r
    where r.number = item.number
    order by r.began desc
    limit 1
) as registrant on true
left join lateral (
    select p.published_at from meibo.publication as p where p.number = registrant.ended limit 1
) as taken_out on true
left join lateral (
    select n.digest from meibo.name_check as n where n.number = item.number limit 1
) as name_check on true
left join lateral (
    select c.operator, c.valid_from, c.valid_to
    from meibo.course as c
    where c.code = item.course and c.ended is null
    limit 1
) as course on true
left join lateral (
    select r.id, r.number, r.course, r.operator, r.completed_on, r.received_at, r.reflect_by, r.publication
    from meibo.report as r
    where r.number = item.number and r.course = item.course and r.completed_on = item.completed_on
    limit 1
) as report on true
left join lateral (
    select p.published_at from meibo.publication as p where p.number = report.publication limit 1
) as publication on true
order by item.position
