// What the public sees, said once more in plain SQL and for any publication, so that an edition can be held against it:
// written from the rules, not from the loader. Temporary functions of one connection.
#ifndef MEIBO_TESTS_RECORD_SQL_H
#define MEIBO_TESTS_RECORD_SQL_H

// The state that a stored row has on a day.
static const char sql_state_on[] =
    "create function pg_temp.state_on(stored text, expires_on date, suspended_until date, today date) returns text"
    " language sql immutable as $$ select case"
    "    when stored in ('revoked', 'struck_off') then stored"
    "    when today > expires_on then 'lapsed'"
    "    when stored = 'name_use_suspended' and today > suspended_until then 'registered'"
    "    else stored end $$";

// The last version of each number as of a publication; `left_on` is the day it was taken out of the file.
static const char sql_people_as_of[] =
    "create function pg_temp.people_as_of(n bigint, today date)"
    "    returns table (r meibo.registrant, state text, since date, in_force boolean) language sql as $$"
    "  with version as ("
    "    select distinct on (r.number) r as r, (p.published_at at time zone 'Asia/Tokyo')::date as left_on"
    "      from meibo.registrant r left join meibo.publication p on p.number = r.ended and p.number <= n"
    "     where r.began <= n order by r.number, r.began desc),"
    "  own as ("
    "    select r, left_on, pg_temp.state_on((r).status, (r).expires_on, (r).suspended_until,"
    "                                        coalesce(left_on, today)) as state from version),"
    "  seen as ("
    "    select r, case when left_on is not null and state in ('registered', 'name_use_suspended') then 'struck_off'"
    "                   else state end as state,"
    "           case when left_on is not null and state in ('registered', 'name_use_suspended') then left_on"
    "                when state = 'lapsed' then (r).expires_on + 1"
    "                when state = 'registered' and (r).status = 'name_use_suspended' then (r).suspended_until + 1"
    "                else (r).status_on end as since from own)"
    "  select r, state, since, state in ('registered', 'name_use_suspended') from seen $$";

static const char sql_writing[] =
    "create function pg_temp.number_text(number integer) returns text language sql immutable as"
    "    $$ select lpad(number::text, greatest(6, length(number::text)), '0') $$;"
    "create function pg_temp.place_text(place smallint) returns text language sql immutable as"
    "    $$ select lpad(place::text, 2, '0') $$;"
    "create function pg_temp.month_text(month integer) returns text language sql immutable as"
    "    $$ select (month / 12)::text || '-' || lpad((month % 12 + 1)::text, 2, '0') $$;"
    "create function pg_temp.instant_text(at timestamptz) returns text language sql as"
    "    $$ select to_char(date_trunc('milliseconds', at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') $$;"
    "create function pg_temp.list(items text[]) returns jsonb language sql immutable as"
    "    $$ select nullif(to_jsonb(items), '[]') $$";

// A course as it is or last was, as of a publication.
static const char sql_courses_as_of[] =
    "create function pg_temp.courses_as_of(n bigint) returns table (c meibo.course, current boolean) language sql as $$"
    "  select distinct on (c.code) c, c.ended is null or c.ended > n from meibo.course c"
    "   where c.began <= n order by c.code, c.began desc $$";

static const char sql_dones_as_of[] =
    "create function pg_temp.dones_as_of(n bigint)"
    "    returns table (number integer, course text, completed_on date, line jsonb) language sql as $$"
    "  select d.number, d.course, d.completed_on, jsonb_strip_nulls(jsonb_build_object("
    "           'course', d.course, 'kind', (k.c).kind, 'course_name', (k.c).name, 'operator', (k.c).operator,"
    "           'completed_on', d.completed_on, 'reported_at', pg_temp.instant_text(d.reported_at),"
    "           'reflected_at', pg_temp.instant_text(p.published_at)))"
    "    from meibo.completion d join meibo.publication p on p.number = d.began"
    "    join pg_temp.courses_as_of(n) k on (k.c).code = d.course"
    "   where d.began <= n and (d.ended is null or d.ended > n) $$";

static const char sql_register_as_of[] =
    "create function pg_temp.tombstone(r meibo.registrant, state text, since date) returns jsonb language sql as $$"
    "  select jsonb_build_object('number', pg_temp.number_text((r).number), 'status', state, 'status_on', since,"
    "                            'registered_on', (r).registered_on, 'expires_on', (r).expires_on) $$;"
    "create function pg_temp.profile(r meibo.registrant) returns jsonb language sql as $$"
    "  select nullif(jsonb_strip_nulls(jsonb_build_object('email', (r).email, 'phone', (r).phone, 'url', (r).url,"
    "           'specialties', pg_temp.list((r).specialties), 'skills', pg_temp.list((r).skills),"
    "           'qualifications', pg_temp.list((r).qualifications), 'statement', (r).statement)), '{}') $$;"
    "create function pg_temp.whole(r meibo.registrant, state text, dones jsonb) returns jsonb language sql as $$"
    "  select jsonb_strip_nulls(jsonb_build_object('renewed_on', (r).renewed_on, 'renewal_count', (r).renewal_count,"
    "           'suspended_until', case when state = 'name_use_suspended' then (r).suspended_until end,"
    "           'exam_passed', pg_temp.month_text((r).exam_passed), 'name', (r).name, 'kana', (r).kana,"
    "           'other_name', (r).other_name, 'birth_month', pg_temp.month_text((r).birth_month),"
    "           'exam_certificate', (r).exam_certificate, 'home', pg_temp.place_text((r).home),"
    "           'employer', (r).employer, 'employer_place', pg_temp.place_text((r).employer_place),"
    "           'profile', pg_temp.profile(r), 'completions', coalesce(dones, '[]'))) $$;"
    "create function pg_temp.register_as_of(n bigint, today date) returns table (number integer, line jsonb)"
    " language sql as $$"
    "  with dones as materialized ("
    "    select d.number, jsonb_agg(d.line order by d.completed_on desc, d.course collate \"C\") as lines"
    "      from pg_temp.dones_as_of(n) d group by d.number)"
    "  select (p.r).number, pg_temp.tombstone(p.r, p.state, p.since) ||"
    "         case when p.in_force then pg_temp.whole(p.r, p.state, d.lines) else '{}' end"
    "    from pg_temp.people_as_of(n, today) p left join dones d on d.number = (p.r).number $$";

static const char sql_lists_as_of[] =
    "create function pg_temp.course_list_as_of(n bigint) returns jsonb language sql as $$"
    "  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', (c).code, 'kind', (c).kind,"
    "           'name', (c).name, 'name_en', (c).name_en, 'operator', (c).operator, 'valid_from', (c).valid_from,"
    "           'valid_to', (c).valid_to, 'hours', (c).tenth_hours / 10.0, 'fee_yen', (c).fee_yen))"
    "           order by (c).code collate \"C\"), '[]')"
    "    from pg_temp.courses_as_of(n) where current $$;"
    "create function pg_temp.operator_list_as_of(n bigint) returns jsonb language sql as $$"
    "  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', o.code, 'name', o.name,"
    "           'name_en', o.name_en, 'domain', o.domain)) order by o.code collate \"C\"), '[]')"
    "    from meibo.operator o where o.began <= n and (o.ended is null or o.ended > n) $$";

// Folding in PostgreSQL's own terms: NFKC, lower case, katakana, no blanks, nothing ignorable; and NFKC again, for what
// a blank had kept apart.
static const char sql_fold[] =
    "create function pg_temp.fold(t text) returns text language sql immutable as $$"
    "  select normalize(translate(lower(normalize(t, NFKC)),"
    "    "
    "'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへ"
    "べぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ'"
    "    || e' \\t\\n\\r\\ufe00\\ufe0f\\U000e0100\\u200b\\u200d',"
    "    "
    "'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘ"
    "ベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ'), NFKC) $$";

// The registration number that a folded word is, if it is one.
static const char sql_number_of[] =
    "create function pg_temp.number_of(w text) returns integer language sql immutable as"
    "    $$ select case when w ~ '^([0-9]{1,7}|第[0-9]{1,7}号)$' then substring(w from '[0-9]+')::integer end $$";

#endif
