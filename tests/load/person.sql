-- The register as a database administrator would lay it out for searching with PostgreSQL alone: one row a person, every
-- text folded, every filter indexed. psql variable `day`: the Japanese day that states are as of.
--
-- Trigrams do not find Japanese words of one or two characters. So texts are spread: 佐藤 becomes x佐x藤x, and a trigram of
-- that is a character or a pair of neighbours of the text. Then `like` with pg_trgm's index finds any piece of any length.
create extension if not exists pg_trgm;
drop schema if exists bench cascade;
create schema bench;
set search_path = bench, public;

-- Width, case and kana script as one, blanks dropped, and the variants of kanji that are met most.
create function fold(text) returns text language sql immutable parallel safe as $$
    select translate(lower(regexp_replace(normalize($1, NFKC), '\s', '', 'g')),
        'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ髙﨑邊邉齋齊濵濱德黑眞國澤廣嶋嶌冨惠𠮷寳',
        'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ高崎辺辺斎斉浜浜徳黒真国沢広島島富恵吉宝')
$$;
create function spread(text) returns text language sql immutable parallel safe as $$
    select 'x' || regexp_replace(fold($1), '(.)', '\1x', 'g')
$$;

create unlogged table state as
    select number,
        case when status not in ('revoked', 'struck_off') and expires_on < :'day'::date then 'lapsed' else status end as status
    from meibo.registrant
    where ended is null;
alter table state add primary key (number);

create unlogged table done as
    select c.number, c.course, k.kind, k.name as course_name, k.operator, c.completed_on, p.published_at as reflected_at
    from meibo.completion c
    join meibo.course k on k.code = c.course and k.ended is null
    join meibo.publication p on p.number = c.began
    join state s on s.number = c.number and s.status in ('registered', 'name_use_suspended')
    where c.ended is null
    order by c.number, c.completed_on desc, c.course;

-- Who is no longer registered shows nothing but number, state and days.
create unlogged table person as
    select r.number, lpad(r.number::text, greatest(6, length(r.number::text)), '0') as label, s.status, f.in_force,
        r.status_on, r.registered_on, case when f.in_force then r.renewed_on end as renewed_on,
        case when f.in_force then r.renewal_count end as renewal_count, r.expires_on, r.suspended_until,
        case when f.in_force then to_char(make_date(r.exam_passed / 12, r.exam_passed % 12 + 1, 1), 'YYYY-MM') end
            as exam_passed,
        o.name, o.kana, o.other_name, o.birth_month, o.exam_certificate, to_char(o.home, 'FM00') as home, o.employer,
        to_char(o.employer_place, 'FM00') as employer_place, o.email, o.phone, o.url, o.specialties, o.skills,
        o.qualifications, o.statement,
        spread(o.name) as name_text, spread(o.kana) as kana_text, spread(o.employer) as employer_text,
        concat_ws(' ', spread(o.name), spread(o.kana), spread(o.other_name), spread(o.employer)) as all_text,
        d.kinds, d.courses, d.last_completed_on
    from meibo.registrant r
    join state s on s.number = r.number
    cross join lateral (select s.status in ('registered', 'name_use_suspended') as in_force) f
    left join meibo.registrant o on o.number = r.number and o.began = r.began and f.in_force
    left join (select number, array_agg(distinct course) as courses, array_agg(distinct kind) as kinds,
            max(completed_on) as last_completed_on
        from done group by number) d on d.number = r.number
    where r.ended is null
    order by r.number;
drop table state;

alter table person add primary key (number);
create index on person using gin (all_text gin_trgm_ops);
create index on person using gin (name_text gin_trgm_ops);
create index on person using gin (kana_text gin_trgm_ops);
create index on person using gin (employer_text gin_trgm_ops);
create index on person using gin (skills);
create index on person (home, number) where in_force;
create index on person (employer_place, number) where in_force;
create index on person (status, number);
create index on person (in_force, number);
create index on person (registered_on, number) where in_force;
create index on person (expires_on, number) where in_force;
create index on person (kana_text, number) where in_force;
create index on done (number, completed_on desc, course) include (kind);
create index on done (course, number);
create index on done (kind, completed_on, number);
vacuum (freeze, analyze) person;
vacuum (freeze, analyze) done;
