-- Puts reports into the inbox, except those whose natural key is there: what comes back was stored by this statement.
-- The caller sorts by natural key, so that two submissions of the same reports cannot wait for each other.
-- $1 text operator, $2 text key id of the token, $3 integer[] numbers, $4 text[] courses, $5 date[] days of completion,
-- $6 date[] reflect_by
-- one row a stored report, in the order given: 0 id, 1 number, 2 course, 3 operator, 4 completed_on, 5 received_at,
-- 6 reflect_by, 7 publication (null), 8 reflected_at (null)
-- index: report's natural key
insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)
select item.number, item.course, item.completed_on, $1, $2, now(), item.reflect_by
from unnest($3::integer[], $4::text[], $5::date[], $6::date[]) with ordinality
    as item (number, course, completed_on, reflect_by, position)
order by item.position
on conflict (number, course, completed_on) do nothing
returning
    id,
    number,
    course,
    operator,
    completed_on - date '1970-01-01',
    (extract(epoch from received_at) * 1000000)::bigint,
    reflect_by - date '1970-01-01',
    publication,
    null::bigint
