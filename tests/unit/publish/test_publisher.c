// The publisher's thread on a real PostgreSQL: at once when woken, then at its interval, and on after a lost
// connection. What is waited for is a notification of the publication itself.
#include "publish/publisher.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/log.h"
#include "publish/publication.h"
#include "tests/unit/database.h"

enum { PATIENCE_MS = 10000, LONG_INTERVAL_MS = 3600000 };

struct bench {
    struct database *database;
    struct settings settings;
    struct conn *listener;
    struct publisher *publisher;
    struct fault fault;
};

static struct bench begin(void **state, int64_t interval_ms)
{
    struct bench bench = {.database = database_of(state)};
    database_fill(bench.database);
    bench.settings = bench.database->settings;
    bench.settings.publish_interval_ms = interval_ms;
    bench.listener = database_open(bench.database, STORE_READER);
    assert_int_equal(conn_listen(bench.listener, PUBLICATION_CHANNEL, &bench.fault), ERR_OK);
    return bench;
}

static void start(struct bench *bench)
{
    assert_int_equal(publisher_start(&bench->settings, &bench->publisher, &bench->fault), ERR_OK);
}

static void end(struct bench *bench)
{
    publisher_stop(&bench->publisher);
    assert_null(bench->publisher);
    conn_close(&bench->listener);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

static void put_report(const struct bench *bench, int day)
{
    char sql[300];
    (void)snprintf(sql, sizeof sql,
                   "insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)"
                   " values (102, 'online-2025', date '2025-04-01' + %d, 'sample-a', '0123456789ab', now(),"
                   " '2026-02-01')",
                   day);
    database_run(bench->database, sql);
}

static bool hears_publication(struct bench *bench, int timeout_ms)
{
    bool notified = false;
    assert_int_equal(conn_wait(bench->listener, timeout_ms, -1, &notified, &bench->fault), ERR_OK);
    return notified;
}

static int64_t pending(const struct bench *bench)
{
    return database_ask(bench->database, "select count(*) from meibo.report where publication is null");
}

// Asks for the state until `is` says yes.
static struct publisher_state await_state(struct bench *bench, bool (*is)(const struct publisher_state *state))
{
    uint64_t until = clock_monotonic_ns() + PATIENCE_MS * UINT64_C(1000000);
    struct publisher_state state = publisher_get_state(bench->publisher);
    while (!is(&state) && clock_monotonic_ns() < until) {
        (void)sched_yield();
        state = publisher_get_state(bench->publisher);
    }
    assert_true(is(&state));
    return state;
}

static bool is_connected(const struct publisher_state *state)
{
    return state->connected;
}

static bool has_failed(const struct publisher_state *state)
{
    return state->failures > 0;
}

static bool has_published(const struct publisher_state *state)
{
    return state->publications > 0;
}

static void test_publishes_what_was_left(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, LONG_INTERVAL_MS);
    put_report(&bench, 1);
    put_report(&bench, 2);
    start(&bench);
    assert_true(hears_publication(&bench, PATIENCE_MS));
    assert_int_equal(pending(&bench), 0);
    struct publisher_state kept = await_state(&bench, has_published);
    assert_true(kept.connected);
    assert_int_equal(kept.publications, 1);
    assert_int_equal(kept.reports, 2);
    assert_int_equal(kept.failures, 0);
    assert_true(kept.last_at != INSTANT_NONE);
}

// The first after an idle time goes at once; the next one waits for the interval, however often it is woken.
static void test_at_once_then_at_the_interval(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, LONG_INTERVAL_MS);
    start(&bench);
    assert_true(await_state(&bench, is_connected).last_at == INSTANT_NONE);
    put_report(&bench, 1);
    publisher_wake(bench.publisher);
    assert_true(hears_publication(&bench, PATIENCE_MS));
    put_report(&bench, 2);
    publisher_wake(bench.publisher);
    publisher_wake(bench.publisher);
    assert_false(hears_publication(&bench, 200));
    assert_int_equal(pending(&bench), 1);
}

static void test_polls(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, 10);
    start(&bench);
    (void)await_state(&bench, is_connected);
    put_report(&bench, 1); // by another server: nobody wakes this one
    assert_true(hears_publication(&bench, PATIENCE_MS));
    put_report(&bench, 2);
    assert_true(hears_publication(&bench, PATIENCE_MS));
    assert_int_equal(pending(&bench), 0);
}

static void test_reconnects(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, 10);
    start(&bench);
    (void)await_state(&bench, is_connected);
    database_run(bench.database, "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                                 " where datname = current_database() and usename = 'meibo_publisher'");
    put_report(&bench, 1);
    publisher_wake(bench.publisher);
    assert_true(hears_publication(&bench, PATIENCE_MS));
    struct publisher_state kept = await_state(&bench, has_published);
    assert_true(kept.connected);
    assert_true(kept.failures > 0);
}

static void test_away_from_the_start(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, 10);
    bench.settings.database = "host=/nonexistent dbname=meibo";
    start(&bench);
    assert_false(await_state(&bench, has_failed).connected);
    uint64_t began = clock_monotonic_ns();
    publisher_stop(&bench.publisher);
    assert_true(clock_monotonic_ns() - began < UINT64_C(3000000000)); // not a backoff's length
}

static void test_refused_report_stops_nobody(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, 10);
    database_run(bench.database, "alter table meibo.completion add constraint poison check"
                                 " (completed_on <> '2025-04-03')");
    for (int i = 0; i < 5; i++) {
        put_report(&bench, i);
    }
    start(&bench);
    assert_true(hears_publication(&bench, PATIENCE_MS));
    assert_int_equal(pending(&bench), 1);
    put_report(&bench, 6);
    assert_true(hears_publication(&bench, PATIENCE_MS));
    assert_int_equal(pending(&bench), 1);
    publisher_stop(&bench.publisher);
    database_run(bench.database, "alter table meibo.completion drop constraint poison");
}

static void test_one_publication(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, 10);
    CONN_AUTO struct conn *conn = database_open(bench.database, STORE_PUBLISHER);
    size_t reports = 9;
    int64_t publication = 9;
    assert_int_equal(publish_pending(conn, &reports, &publication, &bench.fault), ERR_OK);
    assert_int_equal(reports, 0);
    put_report(&bench, 1);
    assert_int_equal(publish_pending(conn, &reports, &publication, &bench.fault), ERR_OK);
    assert_int_equal(reports, 1);
    assert_int_equal(publication, 3);
    assert_true(hears_publication(&bench, PATIENCE_MS));
}

enum { WAKERS = 4, WAKES = 25 };

struct waker {
    struct bench *bench;
    int first_day;
    int failures;
    pthread_t id;
};

static const struct statement statement_put = {
    "put", "insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)"
           " values (102, 'online-2025', date '2025-04-01' + $1::integer, 'sample-a', '0123456789ab', now(),"
           " '2026-02-01')"};

static void *put_and_wake(void *context)
{
    struct waker *waker = context;
    CONN_AUTO struct conn *conn = NULL;
    waker->failures += conn_open(&waker->bench->settings, STORE_INTAKE, &conn, NULL) != ERR_OK;
    for (int i = 0; waker->failures == 0 && i < WAKES; i++) {
        char day[12];
        (void)snprintf(day, sizeof day, "%d", waker->first_day + i);
        const struct param params[] = {{day}};
        waker->failures += conn_run(conn, &statement_put, params, 1, NULL, NULL) != ERR_OK;
        publisher_wake(waker->bench->publisher);
    }
    return NULL;
}

static void test_many_wake(void **state)
{
    BENCH_AUTO struct bench bench = begin(state, 10);
    struct waker wakers[WAKERS];
    start(&bench);
    for (int i = 0; i < WAKERS; i++) {
        wakers[i] = (struct waker){.bench = &bench, .first_day = i * WAKES};
        assert_int_equal(pthread_create(&wakers[i].id, NULL, put_and_wake, &wakers[i]), 0);
    }
    for (int i = 0; i < WAKERS; i++) {
        assert_int_equal(pthread_join(wakers[i].id, NULL), 0);
        assert_int_equal(wakers[i].failures, 0);
    }
    database_await(bench.database,
                   "select (count(*) filter (where publication is null) = 0)::integer from meibo.report");
    assert_int_equal(database_ask(bench.database, "select count(*) from meibo.completion where report is not null"),
                     WAKERS * WAKES);
    assert_int_equal(database_ask(bench.database, "select max(number) - count(*) from meibo.publication"), 0);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_publishes_what_was_left),
        cmocka_unit_test(test_at_once_then_at_the_interval),
        cmocka_unit_test(test_polls),
        cmocka_unit_test(test_reconnects),
        cmocka_unit_test(test_away_from_the_start),
        cmocka_unit_test(test_refused_report_stops_nobody),
        cmocka_unit_test(test_one_publication),
        cmocka_unit_test(test_many_wake),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
