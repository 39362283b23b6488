-- The tables, their keys and what they refuse.
begin;
select no_plan();

select tables_are('meibo', array['completion', 'course', 'migration', 'name_check', 'operator', 'publication',
                                 'publication_head', 'registrant', 'report', 'token']);
select views_are('meibo', array[]::name[]);

select col_is_pk('meibo', 'publication', array['number']::name[], 'key of publication');
select col_is_pk('meibo', 'registrant', array['number', 'began']::name[], 'key of registrant');
select col_is_pk('meibo', 'completion', array['number', 'course', 'completed_on', 'began']::name[],
                 'key of completion');
select col_is_pk('meibo', 'course', array['code', 'began']::name[], 'key of course');
select col_is_pk('meibo', 'operator', array['code', 'began']::name[], 'key of operator');
select col_is_pk('meibo', 'name_check', array['number']::name[], 'key of name_check');
select col_is_pk('meibo', 'report', array['id']::name[], 'key of report');
select col_is_unique('meibo', 'report', array['number', 'course', 'completed_on']::name[], 'natural key of report');
select col_is_pk('meibo', 'token', array['key_id']::name[], 'key of token');
select col_hasnt_default('meibo', 'report', 'publication', 'a report begins unpublished');

select results_eq(
    $$ select count(*)::integer from meibo.publication_head $$, $$ values (1) $$,
    'there is one head'
);
select is((select number from meibo.publication_head), coalesce((select max(number) from meibo.publication), 0),
          'the head is the last publication');
select throws_ok($$ insert into meibo.publication_head (number) values (1) $$, '23505', null,
                 'there is no second head');
select throws_ok($$ insert into meibo.publication_head (only_row, number) values (false, 1) $$, '23514', null,
                 'not even by another key');

-- Every table whose rows are public has its history, and every code sorts by its bytes.
select has_column('meibo'::name, t::name, c::name, t || '.' || c)
from unnest(array['registrant', 'completion', 'course', 'operator']) t, unnest(array['began', 'ended']) c;
select is_empty(
    $$ select c.relname, a.attname
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'meibo'::regnamespace and c.relkind = 'r' and a.attcollation <> 0
         and (a.attname in ('code', 'course', 'operator')) and a.attcollation <> '"C"'::regcollation $$,
    'codes have collation "C"'
);

-- --- what is refused ---

create function pg_temp.registrant(number integer, changed jsonb) returns void language plpgsql as $$
begin
    insert into meibo.registrant
    select * from jsonb_populate_record(
        null::meibo.registrant,
        jsonb_build_object('number', number, 'status', 'registered', 'status_on', '2018-04-01',
                           'registered_on', '2018-04-01',
                           'renewal_count', 0, 'expires_on', '2021-03-31', 'specialties', '[]'::jsonb,
                           'skills', '[]'::jsonb, 'qualifications', '[]'::jsonb, 'began', 1) || changed);
end $$;

select lives_ok($$ select pg_temp.registrant(1, '{}') $$, 'a registrant without any optional item');
select lives_ok(format('select pg_temp.registrant(%s, %L)', 10 + n, changed), 'accepted: ' || changed)
from unnest(array['{"home":1}', '{"home":47}', '{"home":99}', '{"status":"revoked"}', '{"status":"struck_off"}',
                  '{"status":"name_use_suspended"}', '{"number":9999999}', '{"ended":2}'])
    with ordinality x (changed, n);
select throws_ok(format('select pg_temp.registrant(30, %L)', changed), '23514', null, 'refused: ' || changed)
from unnest(array['{"home":0}', '{"home":48}', '{"home":98}', '{"employer_place":48}', '{"status":"lapsed"}',
                  '{"status":"x"}', '{"number":0}', '{"number":10000000}', '{"renewal_count":-1}',
                  '{"ended":1}', '{"ended":0}']) changed;
select throws_ok(format('select pg_temp.registrant(30, %L)', changed), '23502', null, 'refused: ' || changed)
from unnest(array['{"status":null}', '{"expires_on":null}', '{"specialties":null}', '{"began":null}']) changed;

prepare course (text, text, text, integer, bigint) as
insert into meibo.course values ('c', $1, 'x', null, 'o', $2::date, $3::date, $4, $5, 1, null);
select throws_ok($$ execute course('other', '2022-04-01', '2023-03-31', 60, 1) $$, '23514', null,
                 'a kind that is none');
select throws_ok($$ execute course('online', '2022-04-01', '2022-03-31', 60, 1) $$, '23514', null,
                 'ends before it begins');
select throws_ok($$ execute course('online', '2022-04-01', '2023-03-31', 0, 1) $$, '23514', null, 'no hours');
select throws_ok($$ execute course('online', '2022-04-01', '2023-03-31', 60, -1) $$, '23514', null,
                 'a fee below nothing');
select lives_ok($$ execute course('online', '2022-04-01', '2022-04-01', null, 0) $$, 'a course of one day for nothing');

select throws_ok($$ insert into meibo.publication values (0, now(), 'register', 0, 0, 0) $$, '23514', null,
                 'publications count from 1');
select throws_ok($$ insert into meibo.publication values (1000, now(), 'other', 0, 0, 0) $$, '23514', null,
                 'a cause that is none');
select throws_ok($$ insert into meibo.name_check values (1, 'short') $$, '23514', null, 'a digest has 32 bytes');
select throws_ok($$ insert into meibo.token values ('abcdefghijkl', 'o', 'short', now(), null, null) $$, '23514', null,
                 'of a token, too');
select throws_ok($$ insert into meibo.token values ('ABCDEFGHIJKL', 'o', sha256(''), now(), null, null) $$,
                 '23514', null, 'key ids are lower case');

-- --- the inbox ---

prepare report (integer, text, text, text) as
insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)
values ($1, $2, $3::date, $4, 'abcdefghijkl', now(), $3::date + 30);
select lives_ok($$ execute report(1, 'c', '2022-05-01', 'o') $$, 'a report');
select throws_ok($$ execute report(1, 'c', '2022-05-01', 'o') $$, '23505', null, 'the same again');
select throws_ok($$ execute report(1, 'c', '2022-05-01', 'p') $$, '23505', null, 'the same from somebody else');
select lives_ok($$ execute report(1, 'c', '2022-05-02', 'o') $$, 'another day');
select throws_ok($$ insert into meibo.report (id, number, course, completed_on, operator, token, received_at,
                    reflect_by) values (1, 2, 'c', '2022-05-01', 'o', 'k', now(), '2022-06-01') $$, '428C9', null,
                 'nobody chooses an id');

-- Days that an edition can hold.
select throws_ok(format('execute report(3, %L, %L, %L)', 'c', day, 'o'), '23514', null, 'no report of ' || day)
from unnest(array['1999-12-31', '2179-06-07']) day;
select lives_ok(format('execute report(3, %L, %L, %L)', 'c', day, 'o'), 'a report of ' || day)
from unnest(array['2000-01-01', '2179-06-06']) day;
prepare completion (text) as insert into meibo.completion values (3, 'c', $1::date, null, null, 1, null);
select throws_ok(format('execute completion(%L)', day), '23514', null, 'no completion on ' || day)
from unnest(array['1999-12-31', '2179-06-07']) day;
select lives_ok(format('execute completion(%L)', day), 'a completion on ' || day)
from unnest(array['2000-01-01', '2179-06-06']) day;

update meibo.report set publication = 999;
select throws_ok($$ set constraints all immediate $$, '23503', null,
                 'a report is published by a publication that exists');

select * from finish();
rollback;
