-- History: any past publication can be rebuilt by a query, and nothing in it can be told twice.
begin;
select no_plan();

truncate meibo.registrant, meibo.completion, meibo.course, meibo.operator, meibo.publication, meibo.report;

-- Five publications, written the way the publisher does it.
create function pg_temp.publish(cause text) returns bigint language plpgsql as $$
declare n bigint;
begin
    select number + 1 into strict n from meibo.publication_head for update;
    insert into meibo.publication values (n, clock_timestamp(), cause, 0, 0, 0);
    update meibo.publication_head set number = n;
    return n;
end $$;
create function pg_temp.begin_registrant(number integer, name text, began bigint) returns void language sql as $$
    insert into meibo.registrant (number, status, status_on, registered_on, renewal_count, expires_on, name, began)
    values (number, 'registered', '2018-04-01', '2018-04-01', 0, '2021-03-31', name, began)
$$;
create function pg_temp.end_registrant(which integer, at bigint) returns void language sql as $$
    update meibo.registrant set ended = at where number = which and ended is null
$$;
update meibo.publication_head set number = 0;


select is(pg_temp.publish('register'), 1::bigint, 'the first publication is 1');
select pg_temp.begin_registrant(n, 'first ' || n, 1) from generate_series(1, 3) n;
select is(pg_temp.publish('register'), 2::bigint, 'the next is 2');
select pg_temp.end_registrant(2, 2);
select pg_temp.begin_registrant(2, 'second 2', 2);
select is(pg_temp.publish('completions'), 3::bigint, 'and so on without gaps');
insert into meibo.completion
values (1, 'c', '2019-01-01', null, null, 3, null), (3, 'c', '2019-01-01', 7, now(), 3, null);
select is(pg_temp.publish('register'), 4::bigint);
select pg_temp.end_registrant(3, 4);
update meibo.completion set ended = 4 where number = 1;
select is(pg_temp.publish('register'), 5::bigint);
select pg_temp.begin_registrant(3, 'third 3', 5);
insert into meibo.completion values (1, 'c', '2019-01-01', 8, now(), 5, null);

create function pg_temp.register_as_of(n bigint) returns text language sql as $$
    select coalesce(string_agg(name, ', ' order by number), '')
    from meibo.registrant where began <= n and (ended is null or ended > n)
$$;
create function pg_temp.completions_as_of(n bigint) returns text language sql as $$
    select coalesce(string_agg(number || (case when report is null then ' by file' else ' by report' end), ', '
                               order by number), '')
    from meibo.completion
    where began <= n and (ended is null or ended > n)
$$;
select is(pg_temp.register_as_of(0), '', 'before the first there is nothing');
select is(pg_temp.register_as_of(1), 'first 1, first 2, first 3');
select is(pg_temp.register_as_of(2), 'first 1, second 2, first 3', 'changed');
select is(pg_temp.register_as_of(3), 'first 1, second 2, first 3', 'not concerned');
select is(pg_temp.register_as_of(4), 'first 1, second 2', 'taken out');
select is(pg_temp.register_as_of(5), 'first 1, second 2, third 3', 'back again');
select is(pg_temp.completions_as_of(2), '');
select is(pg_temp.completions_as_of(3), '1 by file, 3 by report');
select is(pg_temp.completions_as_of(4), '3 by report');
select is(pg_temp.completions_as_of(5), '1 by report, 3 by report');

-- What is current needs no publication's number, and is the last as-of.
select is((select string_agg(name, ', ' order by number) from meibo.registrant where ended is null),
          pg_temp.register_as_of((select number from meibo.publication_head)), 'current is as of the head');

-- At every publication each key stands once.
select is_empty(
    $$ select p.number, r.number from meibo.publication p
       join meibo.registrant r on r.began <= p.number and (r.ended is null or r.ended > p.number)
       group by 1, 2 having count(*) > 1 $$,
    'no number twice in any publication'
);
select throws_ok($$ select pg_temp.begin_registrant(1, 'again', 5) $$, '23505', null, 'no second current version');
select throws_ok($$ insert into meibo.completion values (3, 'c', '2019-01-01', null, null, 5, null) $$, '23505', null,
                 'no second current completion, whoever brings it');
select throws_ok($$ insert into meibo.completion values (9, 'c', '2019-01-01', 9, null, 5, null) $$, '23514', null,
                 'a report has a time');
select throws_ok($$ insert into meibo.completion values (9, 'c', '2019-01-01', null, now(), 5, null) $$, '23514', null,
                 'and a time has a report');
select throws_ok($$ update meibo.registrant set ended = began where number = 1 $$, '23514', null,
                 'nothing ends in the publication that began it');
insert into meibo.course values ('c', 'online', 'x', null, 'o', '2022-04-01', '2023-03-31', null, null, 1, null);
insert into meibo.operator values ('o', 'x', null, null, 1, null);
select throws_ok($$ insert into meibo.course
                    select code, kind, 'y', null, operator, valid_from, valid_to, null, null, 2, null
                    from meibo.course $$, '23505', null,
                 'no second current course');
select throws_ok($$ insert into meibo.operator values ('o', 'y', null, null, 2, null) $$, '23505', null,
                 'no second current operator');

-- The numbers themselves.
select throws_ok($$ insert into meibo.publication values (5, now(), 'register', 0, 0, 0) $$, '23505', null,
                 'no number twice');
select is_empty(
    $$ select n from generate_series(1, (select number from meibo.publication_head)) n
       where not exists (select from meibo.publication p where p.number = n) $$,
    'no number left out'
);
select is_empty(
    $$ select number from (select number, published_at, lag(published_at) over (order by number) as before
                           from meibo.publication) p where before > published_at $$,
    'times follow the numbers'
);

-- A publication that is rolled back leaves its number to the next.
savepoint given_up;
do $$ begin assert pg_temp.publish('reports') = 6; end $$;
rollback to given_up;
select is(pg_temp.publish('reports'), 6::bigint, 'a number given up is taken by the next');

select * from finish();
rollback;
