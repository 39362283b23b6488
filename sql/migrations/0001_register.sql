-- The record: registers with their history, publications, the inbox of reports, operators' tokens.
-- Everything lives in schema meibo and belongs to meibo_owner; the four roles are made by `meibo migrate` before this.
--
-- History: every public row carries the publication that began it and, once it no longer holds, the one that ended it.
-- Publication N shows exactly the rows with began <= N and (ended is null or ended > N). Nothing public is overwritten.
-- No foreign keys on began and ended: checking them row by row would double the time of a large import; the one writer
-- sets them from the publication it is making, and the tests hold every row to it.
--
-- Codes sort by their bytes (collate "C"), as the edition sorts them, whatever language the cluster was made for.

create table meibo.publication (
    number       bigint      not null primary key check (number > 0),
    published_at timestamptz not null,
    cause        text        not null check (cause in ('register', 'courses', 'operators', 'completions', 'reports')),
    added        bigint      not null,
    changed      bigint      not null,
    ended        bigint      not null
);
comment on table meibo.publication is 'Each act of publication, numbered without gaps in commit order.';

-- One row; whoever publishes locks it first. The lock is what makes the numbers gapless and in commit order.
create table meibo.publication_head (
    only_row boolean not null primary key default true check (only_row),
    number   bigint  not null,
    made_at  timestamptz not null default clock_timestamp() -- publication 0, the empty register, is as of then
);
insert into meibo.publication_head (number) values (0);

create table meibo.operator (
    code    text   collate "C" not null,
    name    text   not null,
    name_en text,
    domain  text,
    began   bigint not null,
    ended   bigint check (ended > began),
    primary key (code, began)
);
create unique index operator_current on meibo.operator (code) where ended is null;

create table meibo.course (
    code        text    collate "C" not null,
    kind        text    not null check (kind in ('online', 'practical_a', 'practical_b', 'cyberrex', 'cyberstix', 'designated')),
    name        text    not null,
    name_en     text,
    operator    text    collate "C" not null,
    valid_from  date    not null,
    valid_to    date    not null check (valid_to >= valid_from),
    tenth_hours integer check (tenth_hours > 0),
    fee_yen     bigint  check (fee_yen >= 0),
    began       bigint  not null,
    ended       bigint  check (ended > began),
    primary key (code, began)
);
create unique index course_current on meibo.course (code) where ended is null;

create table meibo.registrant (
    number           integer  not null check (number between 1 and 9999999),
    status           text     not null check (status in ('registered', 'name_use_suspended', 'revoked', 'struck_off')),
    status_on        date     not null,
    suspended_until  date,
    registered_on    date     not null,
    renewed_on       date,
    renewal_count    integer  not null check (renewal_count >= 0),
    expires_on       date     not null,
    exam_passed      integer, -- year * 12 + month - 1, as every month here
    name             text,
    kana             text,
    other_name       text,
    birth_month      integer,
    exam_certificate text,
    home             smallint check (home between 1 and 47 or home = 99),
    employer         text,
    employer_place   smallint check (employer_place between 1 and 47 or employer_place = 99),
    email            text,
    phone            text,
    url              text,
    specialties      text[]   not null default '{}',
    skills           text[]   not null default '{}',
    qualifications   text[]   not null default '{}',
    statement        text,
    began            bigint   not null,
    ended            bigint   check (ended > began),
    primary key (number, began)
);
comment on table meibo.registrant is 'Only what its registrant made public: a withheld item never gets here. A number '
    'without a current row was taken out of the register file: it stays known as struck off.';
create unique index registrant_current on meibo.registrant (number) where ended is null;
create index registrant_began on meibo.registrant (began);
create index registrant_ended on meibo.registrant (ended) where ended is not null;

-- Days outside these bounds do not fit into an edition: one such row would keep every later edition from being built.
create table meibo.completion (
    number       integer     not null,
    course       text        collate "C" not null,
    completed_on date        not null check (completed_on between '2000-01-01' and '2179-06-06'),
    report       bigint,      -- the report that brought it; null: the administrator's file
    reported_at  timestamptz, -- when that report was received
    began        bigint      not null,
    ended        bigint      check (ended > began),
    primary key (number, course, completed_on, began),
    check ((report is null) = (reported_at is null))
);
create unique index completion_current on meibo.completion (number, completed_on desc, course) where ended is null;
create index completion_began on meibo.completion (began);
create index completion_ended on meibo.completion (ended) where ended is not null;

-- Not public, not versioned: the keyed digest of each registrant's folded name, for catching mistyped numbers in reports.
create table meibo.name_check (
    number integer not null primary key,
    digest bytea   not null check (octet_length(digest) = 32)
);

-- The inbox. A report is acknowledged once its row is committed; the publisher sets `publication`, once, and nothing
-- else ever changes. The natural key makes a repeat a duplicate, with or without an idempotency key.
create table meibo.report (
    id           bigint      not null primary key generated always as identity,
    number       integer     not null,
    course       text        collate "C" not null,
    completed_on date        not null check (completed_on between '2000-01-01' and '2179-06-06'),
    operator     text        collate "C" not null,
    token        text        not null, -- key id of the token it came with
    received_at  timestamptz not null,
    reflect_by   date        not null,
    publication  bigint      references meibo.publication (number) deferrable initially deferred,
    unique (number, course, completed_on)
);
create index report_pending on meibo.report (id) where publication is null;
create index report_operator on meibo.report (operator, id);

create table meibo.token (
    key_id     text        not null primary key check (key_id ~ '^[0-9a-z]{12}$'),
    operator   text        collate "C" not null,
    digest     bytea       not null check (octet_length(digest) = 32), -- SHA-256 of the secret
    created_at timestamptz not null,
    expires_on date,        -- last Japanese day on which it works; null: none
    revoked_at timestamptz
);
create index token_operator on meibo.token (operator);

-- What each role may do, and nothing more. Sequences and functions: none are needed beyond the identity of report.
grant usage on schema meibo to meibo_publisher, meibo_intake, meibo_reader;

grant select on meibo.publication, meibo.publication_head, meibo.operator, meibo.course, meibo.registrant,
    meibo.completion, meibo.report to meibo_reader;

grant select on meibo.publication, meibo.publication_head, meibo.operator, meibo.course, meibo.token, meibo.name_check,
    meibo.report to meibo_intake;
grant select (number, status, status_on, suspended_until, registered_on, expires_on, began, ended)
    on meibo.registrant to meibo_intake;
grant insert (number, course, completed_on, operator, token, received_at, reflect_by) on meibo.report to meibo_intake;

grant select on meibo.publication, meibo.publication_head, meibo.operator, meibo.course, meibo.registrant,
    meibo.completion, meibo.name_check, meibo.report to meibo_publisher;
grant insert on meibo.publication, meibo.operator, meibo.course, meibo.registrant, meibo.completion, meibo.name_check
    to meibo_publisher;
grant update (number) on meibo.publication_head to meibo_publisher;
grant update (ended) on meibo.operator, meibo.course, meibo.registrant, meibo.completion to meibo_publisher;
grant update (digest), delete on meibo.name_check to meibo_publisher;
grant update (publication) on meibo.report to meibo_publisher;
