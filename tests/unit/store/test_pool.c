// The pool: leases, waiting for one, and connections that broke or were left in a transaction.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/database.h"

enum { SOON_MS = 10000 };

static const struct statement backend = {"backend", "select pg_backend_pid()"};

struct bench {
    struct database *database;
    struct settings settings;
    struct pool *pool;
};

// The bench stays where it is: the pool borrows its settings.
static void begin(struct bench *bench, void **state, int64_t size)
{
    struct fault fault = {{0}};
    *bench = (struct bench){.database = database_of(state)};
    bench->settings = bench->database->settings;
    bench->settings.pool_size = size;
    assert_int_equal(pool_new(&bench->settings, STORE_READER, &bench->pool, &fault), ERR_OK);
}

static void end(struct bench *bench)
{
    pool_free(&bench->pool);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

static struct conn *lease(struct bench *bench)
{
    struct fault fault = {{0}};
    struct conn *conn = NULL;
    if (pool_lease(bench->pool, SOON_MS, &conn, &fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
    assert_non_null(conn);
    return conn;
}

static int64_t pid_of(struct conn *conn)
{
    ROWS_AUTO struct rows *rows = NULL;
    return conn_run(conn, &backend, NULL, 0, &rows, NULL) == ERR_OK ? rows_i64(rows, 0, 0, 0) : 0;
}

static void kill_backend(const struct bench *bench, int64_t pid)
{
    char sql[80];
    (void)snprintf(sql, sizeof sql, "select pg_terminate_backend(%lld, 10000)::int", (long long)pid);
    assert_true(pid > 0);
    assert_true(database_ask(bench->database, sql) != 0);
}

static void assert_state(const struct bench *bench, int64_t idle, int64_t leased)
{
    struct pool_state state = pool_get_state(bench->pool);
    assert_int_equal(state.size, bench->settings.pool_size);
    assert_int_equal(state.idle, idle);
    assert_int_equal(state.leased, leased);
}

static void test_connections_are_opened_when_needed_and_kept(void **state)
{
    BENCH_AUTO struct bench bench;
    begin(&bench, state, 3);
    assert_state(&bench, 0, 0);
    struct conn *a = lease(&bench);
    struct conn *b = lease(&bench);
    assert_ptr_not_equal(a, b);
    assert_state(&bench, 0, 2);
    int64_t pid = pid_of(a);
    assert_true(pid != pid_of(b));
    pool_release(bench.pool, &a);
    assert_null(a);
    assert_state(&bench, 1, 1);
    a = lease(&bench);
    assert_int_equal(pid_of(a), pid);
    pool_release(bench.pool, &a);
    pool_release(bench.pool, &b);
    pool_release(bench.pool, &b); // nothing
    assert_state(&bench, 2, 0);
}

static void test_a_lease_ends_at_its_deadline(void **state)
{
    BENCH_AUTO struct bench bench;
    begin(&bench, state, 1);
    struct conn *held = lease(&bench);
    struct conn *none = NULL;
    struct fault fault = {{0}};
    assert_int_equal(pool_lease(bench.pool, 0, &none, &fault), ERR_UNAVAILABLE);
    uint64_t before = clock_monotonic_ns();
    assert_int_equal(pool_lease(bench.pool, 30, &none, &fault), ERR_UNAVAILABLE);
    assert_true(clock_monotonic_ns() - before >= UINT64_C(30000000));
    assert_null(none);
    assert_state(&bench, 0, 1);
    pool_release(bench.pool, &held);
}

struct waiter {
    struct bench *bench;
    enum err err;
    pthread_t id;
};

static void *wait_for_lease(void *context)
{
    struct waiter *waiter = context;
    struct conn *conn = NULL;
    waiter->err = pool_lease(waiter->bench->pool, SOON_MS, &conn, NULL);
    pool_release(waiter->bench->pool, &conn);
    return NULL;
}

static void test_a_release_wakes_who_waits(void **state)
{
    enum { WAITERS = 4 };
    struct waiter waiters[WAITERS];
    BENCH_AUTO struct bench bench;
    begin(&bench, state, 1);
    struct conn *held = lease(&bench);
    for (size_t i = 0; i < WAITERS; i++) {
        waiters[i] = (struct waiter){.bench = &bench};
        assert_int_equal(pthread_create(&waiters[i].id, NULL, wait_for_lease, &waiters[i]), 0);
    }
    pool_release(bench.pool, &held);
    for (size_t i = 0; i < WAITERS; i++) {
        assert_int_equal(pthread_join(waiters[i].id, NULL), 0);
        assert_int_equal(waiters[i].err, ERR_OK);
    }
    assert_state(&bench, 1, 0);
}

static void test_a_connection_ended_while_idle_is_replaced(void **state)
{
    BENCH_AUTO struct bench bench;
    begin(&bench, state, 2);
    struct conn *conn = lease(&bench);
    int64_t before = pid_of(conn);
    pool_release(bench.pool, &conn);
    kill_backend(&bench, before);
    conn = lease(&bench);
    assert_true(conn_is_usable(conn));
    int64_t after = pid_of(conn);
    assert_true(after > 0 && after != before);
    pool_release(bench.pool, &conn);
    assert_state(&bench, 1, 0);
}

static void test_a_connection_ended_while_leased_is_closed(void **state)
{
    BENCH_AUTO struct bench bench;
    begin(&bench, state, 1);
    struct conn *conn = lease(&bench);
    kill_backend(&bench, pid_of(conn));
    assert_int_equal(pid_of(conn), 0);
    pool_release(bench.pool, &conn);
    assert_state(&bench, 0, 0);
    conn = lease(&bench);
    assert_true(pid_of(conn) > 0);
    pool_release(bench.pool, &conn);
}

static void test_a_transaction_left_open_is_not_handed_on(void **state)
{
    BENCH_AUTO struct bench bench;
    begin(&bench, state, 1);
    struct conn *conn = lease(&bench);
    assert_int_equal(conn_begin(conn, NULL), ERR_OK);
    pool_release(bench.pool, &conn);
    assert_state(&bench, 0, 0);
    conn = lease(&bench);
    assert_true(conn_is_usable(conn));
    pool_release(bench.pool, &conn);
}

static void test_no_database(void **state)
{
    BENCH_AUTO struct bench bench;
    begin(&bench, state, 2);
    bench.settings.database = "host=/nowhere";
    struct conn *conn = NULL;
    struct fault fault = {{0}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pool_lease(bench.pool, SOON_MS, &conn, &fault), ERR_UNAVAILABLE);
        assert_null(conn);
        assert_state(&bench, 0, 0);
    }
    bench.settings.database = bench.database->settings.database;
    // It is tried again after a pause.
    enum err err = ERR_UNAVAILABLE;
    for (uint64_t end = clock_monotonic_ns() + 10000000000U; err != ERR_OK && clock_monotonic_ns() < end;) {
        err = pool_lease(bench.pool, SOON_MS, &conn, &fault);
    }
    assert_int_equal(err, ERR_OK);
    pool_release(bench.pool, &conn);
}

enum { THREADS = 8, ROUNDS = 60, SIZE = 3 };

struct worker {
    struct bench *bench;
    atomic_int *inside;
    int most_inside;
    int failures;
    pthread_t id;
};

// Now and then a transaction is left open or the backend ends itself, so that slots are emptied and opened in the rush.
static void *work(void *context)
{
    struct worker *worker = context;
    for (int i = 0; i < ROUNDS; i++) {
        struct conn *conn = NULL;
        if (pool_lease(worker->bench->pool, SOON_MS, &conn, NULL) != ERR_OK) {
            worker->failures++;
            continue;
        }
        int inside = atomic_fetch_add(worker->inside, 1) + 1;
        worker->most_inside = inside > worker->most_inside ? inside : worker->most_inside;
        worker->failures += pid_of(conn) > 0 ? 0 : 1;
        if (i % 20 == 7) {
            worker->failures += conn_begin(conn, NULL) == ERR_OK ? 0 : 1;
        } else if (i % 20 == 13) {
            enum err err = conn_script(conn, "select pg_terminate_backend(pg_backend_pid())", NULL);
            worker->failures += err == ERR_UNAVAILABLE ? 0 : 1;
        }
        (void)pool_get_state(worker->bench->pool);
        (void)atomic_fetch_sub(worker->inside, 1);
        pool_release(worker->bench->pool, &conn);
    }
    return NULL;
}

static void test_many_threads(void **state)
{
    struct worker workers[THREADS];
    atomic_int inside = 0;
    BENCH_AUTO struct bench bench;
    begin(&bench, state, SIZE);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.bench = &bench, .inside = &inside};
        assert_int_equal(pthread_create(&workers[i].id, NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].id, NULL), 0);
        assert_int_equal(workers[i].failures, 0);
        assert_true(workers[i].most_inside <= SIZE);
    }
    struct pool_state after = pool_get_state(bench.pool);
    assert_int_equal(after.leased, 0);
    assert_true(after.idle <= SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_connections_are_opened_when_needed_and_kept),
        cmocka_unit_test(test_a_lease_ends_at_its_deadline),
        cmocka_unit_test(test_a_release_wakes_who_waits),
        cmocka_unit_test(test_a_connection_ended_while_idle_is_replaced),
        cmocka_unit_test(test_a_connection_ended_while_leased_is_closed),
        cmocka_unit_test(test_a_transaction_left_open_is_not_handed_on),
        cmocka_unit_test(test_no_database),
        cmocka_unit_test(test_many_threads),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
