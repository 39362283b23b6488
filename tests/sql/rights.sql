-- What each role may do: the whole list, so that a new grant fails here until it is written down, and the rights that
-- matter most tried in earnest.
begin;
select no_plan();

-- --- the whole list ---

-- One line a role, table and privilege; columns '*' where it holds for the table, else the columns it holds for.
create function pg_temp.rights() returns table (role_name text, table_name text, privilege text, columns text)
language sql as $$
    select r.role_name, c.relname::text collate "default", p.privilege,
           case when has_table_privilege(r.role_name, c.oid, p.privilege) then '*' else k.columns end
    from unnest(array['meibo_publisher', 'meibo_intake', 'meibo_reader']) r (role_name)
    cross join pg_class c
    cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p (privilege)
    left join lateral (
        select string_agg(a.attname::text collate "default", ' ' order by a.attnum) as columns
        from pg_attribute a
        where p.privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
          and a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege(r.role_name, c.oid, a.attnum, p.privilege)
    ) k on true
    where c.relnamespace = 'meibo'::regnamespace
      and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and (has_table_privilege(r.role_name, c.oid, p.privilege) or k.columns is not null)
$$;

select results_eq(
    $$ select * from pg_temp.rights() order by 1, 2, 3 $$,
    $$ values
        ('meibo_intake', 'course', 'SELECT', '*'),
        ('meibo_intake', 'migration', 'SELECT', '*'),
        ('meibo_intake', 'name_check', 'SELECT', '*'),
        ('meibo_intake', 'operator', 'SELECT', '*'),
        ('meibo_intake', 'publication', 'SELECT', '*'),
        ('meibo_intake', 'publication_head', 'SELECT', '*'),
        ('meibo_intake', 'registrant', 'SELECT',
         'number status status_on suspended_until registered_on expires_on began ended'),
        ('meibo_intake', 'report', 'INSERT', 'number course completed_on operator token received_at reflect_by'),
        ('meibo_intake', 'report', 'SELECT', '*'),
        ('meibo_intake', 'token', 'SELECT', '*'),
        ('meibo_publisher', 'completion', 'INSERT', '*'),
        ('meibo_publisher', 'completion', 'SELECT', '*'),
        ('meibo_publisher', 'completion', 'UPDATE', 'ended'),
        ('meibo_publisher', 'course', 'INSERT', '*'),
        ('meibo_publisher', 'course', 'SELECT', '*'),
        ('meibo_publisher', 'course', 'UPDATE', 'ended'),
        ('meibo_publisher', 'migration', 'SELECT', '*'),
        ('meibo_publisher', 'name_check', 'DELETE', '*'),
        ('meibo_publisher', 'name_check', 'INSERT', '*'),
        ('meibo_publisher', 'name_check', 'SELECT', '*'),
        ('meibo_publisher', 'name_check', 'UPDATE', 'digest'),
        ('meibo_publisher', 'operator', 'INSERT', '*'),
        ('meibo_publisher', 'operator', 'SELECT', '*'),
        ('meibo_publisher', 'operator', 'UPDATE', 'ended'),
        ('meibo_publisher', 'publication', 'INSERT', '*'),
        ('meibo_publisher', 'publication', 'SELECT', '*'),
        ('meibo_publisher', 'publication_head', 'SELECT', '*'),
        ('meibo_publisher', 'publication_head', 'UPDATE', 'number'),
        ('meibo_publisher', 'registrant', 'INSERT', '*'),
        ('meibo_publisher', 'registrant', 'SELECT', '*'),
        ('meibo_publisher', 'registrant', 'UPDATE', 'ended'),
        ('meibo_publisher', 'report', 'SELECT', '*'),
        ('meibo_publisher', 'report', 'UPDATE', 'publication'),
        ('meibo_reader', 'completion', 'SELECT', '*'),
        ('meibo_reader', 'course', 'SELECT', '*'),
        ('meibo_reader', 'migration', 'SELECT', '*'),
        ('meibo_reader', 'operator', 'SELECT', '*'),
        ('meibo_reader', 'publication', 'SELECT', '*'),
        ('meibo_reader', 'publication_head', 'SELECT', '*'),
        ('meibo_reader', 'registrant', 'SELECT', '*'),
        ('meibo_reader', 'report', 'SELECT', '*') $$,
    'every role has exactly these rights on tables'
);

select is_empty(
    $$ select c.relname, g.privilege_type
       from pg_class c, aclexplode(c.relacl) g
       where c.relnamespace = 'meibo'::regnamespace
         and (g.is_grantable or g.grantee = 0 or pg_get_userbyid(g.grantee) not like 'meibo\_%') $$,
    'nothing is granted to everybody, to strangers, or to be passed on'
);
select is_empty(
    $$ select r.role_name, c.relname
       from unnest(array['meibo_publisher', 'meibo_intake', 'meibo_reader']) r (role_name), pg_class c
       where c.relnamespace = 'meibo'::regnamespace and c.relkind = 'S'
         and has_sequence_privilege(r.role_name, c.oid, 'USAGE, SELECT, UPDATE') $$,
    'nobody but the owner touches sequences'
);
select is_empty(
    $$ select p.proname from pg_proc p where p.pronamespace = 'meibo'::regnamespace $$,
    'there are no functions that could lend rights'
);

select is_empty(
    $$ select c.relname, pg_get_userbyid(c.relowner)
       from pg_class c
       where c.relnamespace = 'meibo'::regnamespace and pg_get_userbyid(c.relowner) <> 'meibo_owner' $$,
    'all relations belong to meibo_owner'
);
select schema_owner_is('meibo', 'meibo_owner');

select results_eq(
    $$ select rolname::text collate "default", rolcanlogin,
              rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
       from pg_roles where rolname like 'meibo\_%' order by 1 $$,
    $$ values ('meibo_intake', true, false), ('meibo_owner', false, false), ('meibo_publisher', true, false),
              ('meibo_reader', true, false) $$,
    'the roles have no powers of their own, and the owner does not log in'
);
select is_empty(
    $$ select pg_get_userbyid(m.member), pg_get_userbyid(m.roleid) from pg_auth_members m
       where pg_get_userbyid(m.member) like 'meibo\_%' $$,
    'no role inherits from another'
);

select results_eq(
    $$ select r.role_name, s.schema_name, has_schema_privilege(r.role_name, s.schema_name, 'USAGE'),
              has_schema_privilege(r.role_name, s.schema_name, 'CREATE')
       from unnest(array['meibo_intake', 'meibo_publisher', 'meibo_reader']) r (role_name)
       cross join unnest(array['meibo']) s (schema_name) order by 1, 2 $$,
    $$ values ('meibo_intake', 'meibo', true, false), ('meibo_publisher', 'meibo', true, false),
              ('meibo_reader', 'meibo', true, false) $$,
    'roles look into the schema and make nothing in it'
);
select results_eq(
    $$ select r.role_name, has_database_privilege(r.role_name, current_database(), 'CONNECT'),
              has_database_privilege(r.role_name, current_database(), 'CREATE'),
              has_database_privilege(r.role_name, current_database(), 'TEMPORARY')
       from unnest(array['meibo_intake', 'meibo_publisher', 'meibo_reader']) r (role_name) order by 1 $$,
    $$ values ('meibo_intake', true, false, false), ('meibo_publisher', true, false, true),
              ('meibo_reader', true, false, false) $$,
    'only the publisher makes temporary tables'
);

-- --- tried in earnest ---

-- What comes of a statement as a role: 'done' or the SQLSTATE. Its effects are undone.
create function pg_temp.try(role_name text, statement text) returns text language plpgsql as $$
begin
    execute format('set local role %I', role_name);
    execute statement;
    raise exception using errcode = 'ZZ999';
exception
    when sqlstate 'ZZ999' then return 'done';
    when others then return sqlstate;
end $$;

insert into meibo.publication values (1, now(), 'register', 1, 0, 0);
update meibo.publication_head set number = 1;
insert into meibo.registrant (number, status, status_on, registered_on, renewal_count, expires_on, name, began)
values (1, 'registered', '2018-04-01', '2018-04-01', 0, '2021-03-31', '山田 太郎', 1);
insert into meibo.completion values (1, 'c', '2019-01-01', null, null, 1, null);
insert into meibo.name_check values (1, sha256(''));
insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)
values (1, 'c', '2019-01-01', 'o', 'abcdefghijkl', now(), '2019-02-01');
insert into meibo.token values ('abcdefghijkl', 'o', sha256(''), now(), null, null);

create temporary table attempt (role_name text, expected text, statement text);
insert into attempt values
    -- the inbox: add and look, nothing else
    ('meibo_intake', 'done', $$ insert into meibo.report (number, course, completed_on, operator, token, received_at,
                                reflect_by) values (1, 'd', '2019-01-01', 'o', 'abcdefghijkl', now(), '2019-02-01') $$),
    ('meibo_intake', '42501', $$ insert into meibo.report (number, course, completed_on, operator, token, received_at,
                                 reflect_by, publication)
                                 values (1, 'd', '2019-01-01', 'o', 'k', now(), '2019-02-01', 1) $$),
    ('meibo_intake', '42501', $$ update meibo.report set completed_on = '2019-01-02' $$),
    ('meibo_intake', '42501', $$ update meibo.report set publication = 1 $$),
    ('meibo_intake', '42501', $$ delete from meibo.report $$),
    ('meibo_intake', '42501', $$ select name from meibo.registrant $$),
    ('meibo_intake', '42501', $$ select * from meibo.registrant $$),
    ('meibo_intake', 'done', $$ select number, status from meibo.registrant $$),
    ('meibo_intake', '42501', $$ insert into meibo.completion values (1, 'd', '2019-01-01', null, null, 1, null) $$),
    ('meibo_intake', '42501', $$ update meibo.token set revoked_at = null $$),
    -- the public's path: look at what is public
    ('meibo_reader', 'done', $$ select * from meibo.registrant $$),
    ('meibo_reader', '42501', $$ select * from meibo.name_check $$),
    ('meibo_reader', '42501', $$ select * from meibo.token $$),
    ('meibo_reader', '42501', $$ select key_id from meibo.token $$),
    ('meibo_reader', '42501', $$ insert into meibo.registrant select * from meibo.registrant $$),
    ('meibo_reader', '42501', $$ update meibo.publication_head set number = 2 $$),
    ('meibo_reader', '42501', $$ delete from meibo.registrant $$),
    ('meibo_reader', '42501', $$ create temporary table x (y integer) $$),
    -- the one writer: adds and ends, and never takes back
    ('meibo_publisher', 'done', $$ update meibo.registrant set ended = 2 $$),
    ('meibo_publisher', 'done', $$ select * from meibo.publication_head for update $$),
    ('meibo_publisher', '42501', $$ update meibo.registrant set name = 'x' $$),
    ('meibo_publisher', '42501', $$ update meibo.registrant set began = 2 $$),
    ('meibo_publisher', '42501', $$ delete from meibo.registrant $$),
    ('meibo_publisher', '42501', $$ delete from meibo.completion $$),
    ('meibo_publisher', '42501', $$ delete from meibo.course $$),
    ('meibo_publisher', '42501', $$ delete from meibo.operator $$),
    ('meibo_publisher', '42501', $$ truncate meibo.registrant $$),
    ('meibo_publisher', '42501', $$ update meibo.publication set published_at = now() $$),
    ('meibo_publisher', '42501', $$ delete from meibo.publication $$),
    ('meibo_publisher', '42501', $$ delete from meibo.report $$),
    ('meibo_publisher', '42501', $$ update meibo.report set received_at = now() $$),
    ('meibo_publisher', 'done', $$ update meibo.report set publication = 1 $$),
    ('meibo_publisher', 'done', $$ delete from meibo.name_check $$),
    ('meibo_publisher', '42501', $$ select * from meibo.token $$);
insert into attempt
select r.role_name, '42501', s.statement
from unnest(array['meibo_publisher', 'meibo_intake', 'meibo_reader']) r (role_name)
cross join unnest(array[
    'create table meibo.x (y integer)',
    'create schema x',
    'create function meibo.x() returns integer language sql as ''select 1''',
    'alter table meibo.registrant add column x integer',
    'alter table meibo.registrant disable trigger all',
    'drop table meibo.report',
    'create index on meibo.registrant (name)',
    'create role x',
    'insert into meibo.migration (name, sha256) values (''x'', ''x'')',
    'update meibo.migration set sha256 = ''x'''
]) s (statement);

select is(pg_temp.try(role_name, statement), expected, role_name || ':' || regexp_replace(statement, '\s+', ' ', 'g'))
from attempt;

select * from finish();
rollback;
