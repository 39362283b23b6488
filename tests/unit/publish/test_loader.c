// From the record to an edition: what the loader reads, and that any past publication can still be rebuilt by a query,
// byte for byte what its edition showed then.
#include "publish/loader.h"

#include "base/json_out.h"
#include "edition/query.h"
#include "tests/unit/publish/sample_record.h"

static day_t day(const char *text)
{
    day_t day = DAY_NONE;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static void expect_written(const struct edition *edition, number_t number, const char *expected)
{
    BUF_AUTO struct buf out;
    buf_init(&out, 100000);
    uint32_t row = edition_find(edition, number);
    assert_int_not_equal(row, ROW_NONE);
    edition_write_registrant(edition, row, &out);
    assert_string_equal(buf_text(&out), expected);
}

static void test_empty_record(void **state)
{
    const struct database *database = database_of(state);
    EDITION_AUTO struct edition *edition = load(database, day("2026-06-15"));
    const struct edition_head *head = edition_get_head(edition);
    assert_int_equal(head->publication, 0);
    assert_int_equal(head->day, day("2026-06-15"));
    assert_true(head->published_at != INSTANT_NONE); // the empty register has a time too
    assert_int_equal(edition_get_counts(edition).people, 0);
}

static void test_head(void **state)
{
    const struct database *database = database_of(state);
    struct edition_head head;
    struct fault fault = {""};
    database_fill(database);
    CONN_AUTO struct conn *reader = database_open(database, STORE_READER);
    assert_int_equal(load_head(reader, &head, &fault), ERR_OK);
    assert_int_equal(head.publication, 2);
    assert_int_equal(head.published_at, INT64_C(1761922800000000)); // 2025-11-01T00:00:00+09:00
    assert_int_equal(head.day, DAY_NONE);
}

// Loading leaves no transaction behind, so the same connection sees what is published next.
static void test_again_on_one_connection(void **state)
{
    const struct database *database = database_of(state);
    struct fault fault = {""};
    database_fill(database);
    CONN_AUTO struct conn *reader = database_open(database, STORE_READER);
    for (int people = 6; people <= 8; people++) {
        char sql[300];
        EDITION_AUTO struct edition *edition = NULL;
        assert_int_equal(load_edition(reader, day("2026-06-15"), &edition, &fault), ERR_OK);
        assert_int_equal(edition_get_counts(edition).people, people);
        (void)snprintf(
            sql, sizeof sql,
            "insert into meibo.registrant (number, status, status_on, registered_on, renewal_count, expires_on,"
            " began) values (%d, 'registered', '2024-04-01', '2024-04-01', 0, '2027-03-31', 2)",
            people + 200);
        database_run(database, sql);
    }
    assert_true(conn_is_usable(reader));
    assert_int_equal(conn_begin(reader, &fault), ERR_OK);
    conn_rollback(reader);
}

static void test_states_of_a_day(void **state)
{
    const struct database *database = database_of(state);
    database_fill(database);
    EDITION_AUTO struct edition *edition = load(database, day("2026-06-15"));
    static const enum status expected[] = {STATUS_REGISTERED, STATUS_NAME_USE_SUSPENDED, STATUS_REVOKED,
                                           STATUS_LAPSED,     STATUS_STRUCK_OFF,         STATUS_STRUCK_OFF};
    for (number_t number = 101; number <= 106; number++) {
        assert_int_equal(edition_status(edition, edition_find(edition, number)), expected[number - 101]);
    }
    // The day on which publication 2 took it out of the file, in Tokyo.
    expect_written(edition, 106,
                   "{\"number\":\"000106\",\"status\":\"struck_off\",\"status_on\":\"2025-11-01\","
                   "\"registered_on\":\"2024-04-01\",\"expires_on\":\"2027-03-31\"}");
    EDITION_AUTO struct edition *later = load(database, day("2028-06-15"));
    assert_int_equal(edition_status(later, edition_find(later, 101)), STATUS_LAPSED);
    assert_int_equal(edition_status(later, edition_find(later, 103)), STATUS_REVOKED);
    assert_int_equal(edition_status(later, edition_find(later, 106)), STATUS_STRUCK_OFF);
}

// Neither an unknown course nor an unknown number may end in an edition that is silently short.
static void test_broken_record(void **state)
{
    const struct database *database = database_of(state);
    static const char *const broken[] = {
        "insert into meibo.completion (number, course, completed_on, began) values (101, 'no-course', '2025-07-01', 1)",
        "insert into meibo.completion (number, course, completed_on, began) values (9, 'online-2025', '2025-07-01', 1)",
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct fault fault = {""};
        struct edition *edition = NULL;
        database_fill(database);
        database_run(database, broken[i]);
        CONN_AUTO struct conn *reader = database_open(database, STORE_READER);
        assert_int_equal(load_edition(reader, day("2026-06-15"), &edition, &fault), ERR_INTERNAL);
        assert_null(edition);
        assert_true(fault.text[0] != '\0');
    }
}

// --- any publication rebuilt ---

struct past {
    struct record record;
    PGconn *oracle;
    int publications;
};

static void keep_lines(struct past *past, int64_t publication, day_t today, const char *kind, struct buf *lines)
{
    char number[24];
    char day_text[DAY_TEXT + 1] = "";
    assert_false(buf_failed(lines));
    (void)snprintf(number, sizeof number, "%lld", (long long)publication);
    day_write(today, day_text);
    const char *const params[] = {number, day_text, kind, buf_text(lines)};
    RESULT_AUTO PGresult *result = pg_run(past->oracle, "insert into dump values ($1, $2, $3, $4)", 4, params);
    assert_string_equal(PQcmdTuples(result), "1");
    buf_clear(lines);
}

static void write_people(const struct edition *edition, struct buf *out)
{
    uint64_t people = edition_get_counts(edition).people;
    buf_add_char(out, '[');
    for (uint32_t row = 0; row < people; row++) {
        json_comma(out);
        edition_write_registrant(edition, row, out);
    }
    buf_add_char(out, ']');
}

static void write_dones(const struct edition *edition, struct buf *out)
{
    uint64_t completions = edition_get_counts(edition).completions;
    buf_add_char(out, '[');
    for (uint32_t done = 0; done < completions; done++) {
        json_comma(out);
        edition_write_completion(edition, done, out);
    }
    buf_add_char(out, ']');
}

// Keeps all that the edition of now shows on a day.
static void keep(struct past *past, day_t today)
{
    EDITION_AUTO struct edition *edition = load(past->record.database, today);
    int64_t publication = edition_get_head(edition)->publication;
    BUF_AUTO struct buf lines;
    buf_init(&lines, (size_t)100 << 20);
    write_people(edition, &lines);
    keep_lines(past, publication, today, "people", &lines);
    write_dones(edition, &lines);
    keep_lines(past, publication, today, "dones", &lines);
    (void)edition_write_courses(edition, &lines);
    keep_lines(past, publication, today, "courses", &lines);
    (void)edition_write_operators(edition, &lines);
    keep_lines(past, publication, today, "operators", &lines);
}

static void published(void *context)
{
    struct past *past = context;
    past->publications++;
    keep(past, past->record.today);
    if (past->publications == 6) {
        keep(past, past->record.today + 1);   // suspensions end
        keep(past, past->record.today + 800); // terms run out
    }
}

// The first lines that differ, as text; none: all is the same, in the same order.
static const char people_differ[] =
    "with shown as (select d.publication, d.today, x.line, x.at from dump d,"
    "                      jsonb_array_elements(d.lines) with ordinality x (line, at) where d.kind = 'people'),"
    "     wanted as (select d.publication, d.today, f.line, row_number() over (partition by d.publication, d.today"
    "                                                                         order by f.number) as at"
    "                  from dump d, pg_temp.register_as_of(d.publication, d.today) f where d.kind = 'people')"
    " select publication, today, s.line, w.line from shown s full join wanted w using (publication, today, at)"
    "  where s.line is distinct from w.line order by 1, 2, at limit 3";

static const char dones_differ[] =
    "with shown as (select d.publication, d.today, x.line, x.at from dump d,"
    "                      jsonb_array_elements(d.lines) with ordinality x (line, at) where d.kind = 'dones'),"
    "     wanted as (select d.publication, d.today, x.line || jsonb_build_object('number', f.line -> 'number') as line,"
    "                       row_number() over (partition by d.publication, d.today order by f.number, x.at) as at"
    "                  from dump d, pg_temp.register_as_of(d.publication, d.today) f,"
    "                       jsonb_array_elements(f.line -> 'completions') with ordinality x (line, at)"
    "                 where d.kind = 'dones')"
    " select publication, today, s.line, w.line from shown s full join wanted w using (publication, today, at)"
    "  where s.line is distinct from w.line order by 1, 2, at limit 3";

static const char lists_differ[] =
    "select d.publication, d.kind, d.lines, w.lines from dump d, lateral (select case d.kind"
    "    when 'courses' then pg_temp.course_list_as_of(d.publication)"
    "    else pg_temp.operator_list_as_of(d.publication) end) w (lines)"
    " where d.kind in ('courses', 'operators') and d.lines is distinct from w.lines limit 1";

static void expect_none(PGconn *pg, const char *sql)
{
    RESULT_AUTO PGresult *result = pg_run(pg, sql, 0, NULL);
    for (int i = 0; i < PQntuples(result); i++) {
        print_error("publication %s, %s: the edition shows\n%.2000s\nand the record says\n%.2000s\n",
                    PQgetvalue(result, i, 0), PQgetvalue(result, i, 1), PQgetvalue(result, i, 2),
                    PQgetvalue(result, i, 3));
    }
    assert_int_equal(PQntuples(result), 0);
}

static int64_t ask(const struct past *past, const char *sql)
{
    RESULT_AUTO PGresult *result = pg_run(past->oracle, sql, 0, NULL);
    return strtoll(PQgetvalue(result, 0, 0), NULL, 10);
}

// The comparison is worth something only if there is something of each kind to compare.
static void expect_a_past(const struct past *past)
{
    assert_int_equal(past->publications, RECORD_STEPS);
    assert_int_equal(ask(past, "select count(*) from dump"), 4 * (RECORD_STEPS + 2));
    assert_true(ask(past, "select count(*) from meibo.registrant where ended is not null") > 300);
    assert_true(ask(past, "select count(*) from meibo.completion where ended is not null") > 300);
    assert_true(ask(past, "select count(*) from meibo.course where ended is not null") > 10);
    assert_true(ask(past, "select count(*) from meibo.completion where report is not null") > 300);
    assert_int_equal(
        ask(past,
            "select count(distinct state) from pg_temp.people_as_of(11, (now() at time zone 'Asia/Tokyo')::date)"),
        5);
    assert_true(ask(past, "select count(*) from pg_temp.people_as_of(11, (now() at time zone 'Asia/Tokyo')::date)"
                          " where (r).suspended_until < since and state = 'registered'") > 10);
}

static void test_any_publication_rebuilt(void **state)
{
    struct past past = {.record.database = database_of(state)};
    database_run(past.record.database,
                 "truncate meibo.publication, meibo.operator, meibo.course, meibo.registrant, meibo.completion,"
                 " meibo.name_check, meibo.report; delete from meibo.publication_head;"
                 " insert into meibo.publication_head (number) values (0)");
    past.record.published = published;
    past.record.context = &past;
    past.oracle = pg_open_oracle(past.record.database);
    record_make(&past.record, 7);
    expect_a_past(&past);
    expect_none(past.oracle, people_differ);
    expect_none(past.oracle, dones_differ);
    expect_none(past.oracle, lists_differ);
    PQfinish(past.oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_record),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_again_on_one_connection),
        cmocka_unit_test(test_states_of_a_day),
        cmocka_unit_test(test_broken_record),
        cmocka_unit_test(test_any_publication_rebuilt),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
