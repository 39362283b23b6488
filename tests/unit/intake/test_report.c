// Submissions against a real PostgreSQL: what is stored, what is refused, and what is a repeat.
#include "intake/report.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "intake/name_check.h"
#include "intake/stored_digest.h"
#include "register/terms.h"
#include "tests/unit/intake/report_bench.h"

static void test_accepts(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(102, "online-2025", "2026-01-31")};
    assert_int_equal(submit(&bench, items, 1), ERR_OK);
    assert_int_equal(bench.answer.accepted, 1);
    assert_int_equal(bench.answer.duplicates, 0);
    assert_null(bench.answer.faults);
    const struct report_result *result = &bench.answer.results[0];
    assert_int_equal(result->outcome, REPORT_ACCEPTED);
    assert_true(result->report.id > 0);
    assert_int_equal(result->report.number, 102);
    assert_string_equal(result->report.course, "online-2025");
    assert_string_equal(result->report.operator_code, "sample-a");
    assert_int_equal(result->report.completed_on, day("2026-01-31"));
    assert_int_equal(result->report.reflect_by, day("2026-02-28"));
    assert_int_equal(result->report.publication, 0);
    assert_true(result->report.reflected_at == INSTANT_NONE);
    assert_true(llabs(clock_now() - result->report.received_at) < 60 * INT64_C(1000000));
    assert_int_equal(database_ask(bench.database, "select count(*) from meibo.report where number = 102"
                                                  " and operator = 'sample-a' and token = '0123456789ab'"
                                                  " and publication is null"),
                     1);
}

static void test_gets_only_its_own(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(102, "online-2025", "2026-01-31")};
    struct report report;
    assert_int_equal(submit(&bench, items, 1), ERR_OK);
    const struct report *first = &bench.answer.results[0].report;
    assert_int_equal(report_get(bench.pool, "sample-a", first->id, &report, &bench.fault), ERR_OK);
    assert_int_equal(report.id, first->id);
    assert_int_equal(report.received_at, first->received_at);
    assert_int_equal(report_get(bench.pool, "sample-b", first->id, &report, &bench.fault), ERR_NOT_FOUND);
    assert_int_equal(report_get(bench.pool, "sample-a", first->id + 1, &report, &bench.fault), ERR_NOT_FOUND);
    database_run(bench.database, "update meibo.report set publication = 2");
    assert_int_equal(report_get(bench.pool, "sample-a", first->id, &report, &bench.fault), ERR_OK);
    assert_int_equal(report.publication, 2);
    assert_int_equal(report.reflected_at, INT64_C(1761922800000000)); // 2025-11-01 in Tokyo
}

// One fault of every kind that a statement can bring to light, and good items between them: nothing is stored.
static void test_all_or_nothing(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {
        item(102, "online-2025", "2025-07-01"),  item(999, "online-2025", "2025-07-01"),
        item(103, "online-2025", "2025-10-01"),  item(104, "online-2025", "2025-10-01"),
        item(105, "online-2025", "2025-10-01"),  item(106, "online-2025", "2025-11-01"),
        item(102, "no-such-code", "2025-07-01"), item(102, "designated-b", "2025-07-01"),
        item(102, "online-2025", "2026-04-01"),  item(102, "online-2026", "2026-06-16"),
        item(102, "online-2025", "2024-03-31"),  item(102, "online-2026", "2026-06-15"),
    };
    static const struct {
        size_t index;
        enum report_fault_code code;
    } expected[] = {
        {1, REPORT_UNKNOWN_REGISTRANT},   {2, REPORT_ENDED_REGISTRATION},       {3, REPORT_ENDED_REGISTRATION},
        {4, REPORT_ENDED_REGISTRATION},   {5, REPORT_ENDED_REGISTRATION},       {6, REPORT_UNKNOWN_COURSE},
        {7, REPORT_COURSE_NOT_YOURS},     {8, REPORT_COURSE_NOT_OFFERED_THEN},  {9, REPORT_DATE_IN_FUTURE},
        {10, REPORT_BEFORE_REGISTRATION}, {10, REPORT_COURSE_NOT_OFFERED_THEN},
    };
    assert_int_equal(submit(&bench, items, sizeof items / sizeof items[0]), ERR_INVALID);
    assert_null(bench.answer.results);
    assert_int_equal(bench.answer.fault_count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < bench.answer.fault_count; i++) {
        assert_int_equal(bench.answer.faults[i].index, expected[i].index);
        assert_int_equal(bench.answer.faults[i].code, expected[i].code);
    }
    assert_int_equal(stored(&bench), 0);
}

static void test_true_although_ended(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {
        item(103, "online-2025", "2025-09-30"),
        item(104, "online-2025", "2025-09-30"),
        item(105, "online-2025", "2025-09-30"),
        item(106, "online-2025", "2025-10-31"),
    };
    assert_int_equal(submit(&bench, items, 4), ERR_OK);
    assert_int_equal(bench.answer.accepted, 4);
}

static void test_latest_row_counts(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(102, "online-2025", "2025-10-01")};
    database_run(bench.database,
                 "update meibo.registrant set ended = 2 where number = 102;"
                 "insert into meibo.registrant (number, status, status_on, registered_on, renewal_count, expires_on,"
                 " began) values (102, 'revoked', '2025-09-01', '2024-04-01', 0, '2027-03-31', 2)");
    assert_int_equal(submit(&bench, items, 1), ERR_INVALID);
    assert_int_equal(bench.answer.faults[0].day_to, day("2025-08-31"));
}

static void test_repeats(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(102, "online-2025", "2025-07-01"), item(102, "online-2025", "2025-07-02")};
    assert_int_equal(submit(&bench, items, 1), ERR_OK);
    int64_t id = bench.answer.results[0].report.id;
    assert_int_equal(submit(&bench, items, 2), ERR_OK);
    assert_int_equal(bench.answer.accepted, 1);
    assert_int_equal(bench.answer.duplicates, 1);
    assert_int_equal(bench.answer.results[0].outcome, REPORT_DUPLICATE);
    assert_int_equal(bench.answer.results[0].report.id, id);
    assert_int_equal(bench.answer.results[1].outcome, REPORT_ACCEPTED);
    // Whatever happened to the course meanwhile, the acknowledgement stands.
    database_run(bench.database, "update meibo.course set ended = 2");
    assert_int_equal(submit(&bench, items, 2), ERR_OK);
    assert_int_equal(bench.answer.duplicates, 2);
    assert_int_equal(stored(&bench), 2);
}

static void test_repeats_inside(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {
        item(102, "online-2025", "2025-07-02"), item(102, "online-2025", "2025-07-01"),
        item(102, "online-2025", "2025-07-02"), item(101, "online-2025", "2025-07-02"),
        item(102, "online-2025", "2025-07-02"),
    };
    static const enum report_outcome expected[] = {REPORT_ACCEPTED, REPORT_ACCEPTED, REPORT_DUPLICATE, REPORT_ACCEPTED,
                                                   REPORT_DUPLICATE};
    assert_int_equal(submit(&bench, items, 5), ERR_OK);
    assert_int_equal(bench.answer.accepted, 3);
    assert_int_equal(bench.answer.duplicates, 2);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(bench.answer.results[i].outcome, expected[i]);
        assert_int_equal(bench.answer.results[i].report.number, items[i].number);
        assert_int_equal(bench.answer.results[i].report.completed_on, items[i].completed_on);
    }
    assert_int_equal(bench.answer.results[2].report.id, bench.answer.results[0].report.id);
    assert_int_equal(bench.answer.results[4].report.id, bench.answer.results[0].report.id);
    assert_int_equal(stored(&bench), 3);
}

// What the administrator's file brought is stored all the same: the file may take its own back, not the operator's.
static void test_already_in_the_file(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(101, "online-2025", "2025-07-01"), item(101, "online-2025", "2025-07-01")};
    assert_int_equal(submit(&bench, items, 2), ERR_OK);
    assert_int_equal(bench.answer.results[0].outcome, REPORT_ACCEPTED);
    assert_int_equal(bench.answer.results[1].outcome, REPORT_DUPLICATE);
    assert_int_equal(bench.answer.results[1].report.id, bench.answer.results[0].report.id);
    assert_true(bench.answer.results[0].report.id > 0);
    assert_int_equal(bench.answer.results[0].report.publication, 0);
    assert_int_equal(stored(&bench), 1);
}

static void remember_name(const struct bench *bench, number_t number, const char *name)
{
    struct digest digest;
    char text[STORED_DIGEST_TEXT + 1];
    char sql[200];
    assert_int_equal(name_digest(str_of(bench->database->settings.secret), str_of(name), &digest), ERR_OK);
    stored_digest_write(&digest, text);
    (void)snprintf(sql, sizeof sql, "insert into meibo.name_check values (%" PRIu32 ", '%s')", number, text);
    database_run(bench->database, sql);
}

static void test_names(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    remember_name(&bench, 101, "見本 太郎");
    remember_name(&bench, 102, "見本 ハナコ"); // withheld, and checked all the same
    struct report_item items[] = {item(101, "online-2025", "2025-07-03"), item(102, "online-2025", "2025-07-03")};
    items[0].name = STR("見本　太郎");
    items[1].name = STR("見本はなこ");
    assert_int_equal(submit(&bench, items, 2), ERR_OK);
    items[1].name = STR("見本 太郎");
    assert_int_equal(submit(&bench, items, 2), ERR_INVALID);
    assert_int_equal(bench.answer.fault_count, 1);
    assert_int_equal(bench.answer.faults[0].index, 1);
    assert_int_equal(bench.answer.faults[0].member, REPORT_MEMBER_NAME);
    assert_int_equal(bench.answer.faults[0].code, REPORT_NAME_MISMATCH);
}

static void test_strange_courses(void **state)
{
    static const char *const courses[] = {"", "null", "NULL", "\"", "{", "a,b", "a\"},{\"b", "\\", "'; --", "見本"};
    enum { N = sizeof courses / sizeof courses[0] };
    BENCH_AUTO struct bench bench = begin(state);
    struct report_item items[N];
    for (size_t i = 0; i < N; i++) {
        items[i] = item(102, courses[i], "2025-07-01");
    }
    assert_int_equal(submit(&bench, items, N), ERR_INVALID);
    assert_int_equal(bench.answer.fault_count, N);
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(bench.answer.faults[i].code, REPORT_UNKNOWN_COURSE);
    }
    database_run(bench.database, "update meibo.course set code = 'null' where code = 'online-2025'");
    assert_int_equal(submit(&bench, items + 1, 1), ERR_OK);
}

static void test_sizes(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct report_item *items = calloc(REPORT_ITEMS_MAX + 1, sizeof *items);
    assert_non_null(items);
    database_run(bench.database, "insert into meibo.registrant (number, status, status_on, registered_on,"
                                 " renewal_count, expires_on, began) select n, 'registered', '2024-04-01',"
                                 " '2024-04-01', 0, '2027-03-31', 1 from generate_series(9000001, 9000500) as n");
    for (size_t i = 0; i <= REPORT_ITEMS_MAX; i++) {
        items[i] = item(9000500 - (number_t)i / 2, "online-2025", i % 2 == 0 ? "2025-12-31" : "2025-12-30");
    }
    assert_int_equal(submit(&bench, items, 0), ERR_LIMIT);
    assert_int_equal(submit(&bench, items, REPORT_ITEMS_MAX + 1), ERR_LIMIT);
    assert_int_equal(submit(&bench, items, REPORT_ITEMS_MAX), ERR_OK);
    assert_int_equal(bench.answer.accepted, REPORT_ITEMS_MAX);
    for (size_t i = 0; i < REPORT_ITEMS_MAX; i++) {
        assert_int_equal(bench.answer.results[i].report.number, items[i].number);
        assert_int_equal(bench.answer.results[i].report.completed_on, items[i].completed_on);
    }
    assert_int_equal(submit(&bench, items, REPORT_ITEMS_MAX), ERR_OK);
    assert_int_equal(bench.answer.duplicates, REPORT_ITEMS_MAX);
    assert_int_equal(stored(&bench), REPORT_ITEMS_MAX);
    free(items);
}

static void test_database_away(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(102, "online-2025", "2025-07-01")};
    struct report report;
    pool_free(&bench.pool);
    struct settings nowhere = bench.database->settings;
    nowhere.database = "host=/nonexistent dbname=meibo";
    assert_int_equal(pool_new(&nowhere, STORE_INTAKE, &bench.pool, &bench.fault), ERR_OK);
    assert_int_equal(submit(&bench, items, 1), ERR_UNAVAILABLE);
    assert_int_equal(report_get(bench.pool, "sample-a", 1, &report, &bench.fault), ERR_UNAVAILABLE);
}

// The month in C and the month in SQL are the same month, for every day of eight years.
static void test_reflect_by(void **state)
{
    struct database *database = database_of(state);
    const struct statement statement = {
        "months", "select (d::date - date '1970-01-01'), ((d + interval '1 month')::date - date '1970-01-01')"
                  " from generate_series(timestamp '2023-01-01', '2030-12-31', '1 day') as d"};
    struct fault fault;
    CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
    ROWS_AUTO struct rows *rows = NULL;
    assert_int_equal(conn_run(conn, &statement, NULL, 0, &rows, &fault), ERR_OK);
    assert_int_equal(rows_count(rows), 2922);
    for (size_t i = 0; i < rows_count(rows); i++) {
        assert_int_equal(reflect_by((day_t)rows_i64(rows, i, 0, 0)), rows_i64(rows, i, 1, 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepts),
        cmocka_unit_test(test_gets_only_its_own),
        cmocka_unit_test(test_all_or_nothing),
        cmocka_unit_test(test_true_although_ended),
        cmocka_unit_test(test_latest_row_counts),
        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_repeats_inside),
        cmocka_unit_test(test_already_in_the_file),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_strange_courses),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_database_away),
        cmocka_unit_test(test_reflect_by),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
