// A connection: what each failure is called, what a session is set to, transactions, notifications, and a connection
// that the server ends.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store/conn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/database.h"

#define KILL_READER                                                                                                    \
    "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"                                             \
    " where datname = current_database() and usename = 'meibo_reader'"

static void assert_ok(enum err err, const struct fault *fault)
{
    if (err != ERR_OK) {
        fail_msg("%s: %s", err_name(err), fault->text);
    }
}

static void script(struct conn *conn, const char *sql)
{
    struct fault fault = {{0}};
    assert_ok(conn_script(conn, sql, &fault), &fault);
}

// `statement` outlives the connection.
static struct rows *ask(struct conn *conn, const struct statement *statement, const struct param *params, size_t n)
{
    struct fault fault = {{0}};
    struct rows *rows = NULL;
    assert_ok(conn_run(conn, statement, params, n, &rows, &fault), &fault);
    return rows;
}

static void assert_answer(struct conn *conn, const struct statement *statement, const char *expected)
{
    ROWS_AUTO struct rows *rows = ask(conn, statement, NULL, 0);
    assert_int_equal(rows_count(rows), 1);
    assert_true(str_equal(rows_text(rows, 0, 0), str_of(expected)));
}

static void test_session(void **state)
{
    static const struct {
        enum store_role role;
        const char *user;
        const char *timeout;
    } roles[] = {
        {STORE_ADMIN, NULL, "0"},
        {STORE_PUBLISHER, "meibo_publisher", "0"},
        {STORE_INTAKE, "meibo_intake", "10s"},
        {STORE_READER, "meibo_reader", "10s"},
    };
    static const struct statement user = {"user", "select current_user"};
    static const struct statement path = {"path", "select current_setting('search_path')"};
    static const struct statement zone = {"zone", "select current_setting('TimeZone')"};
    static const struct statement timeout = {"timeout", "select current_setting('statement_timeout')"};
    static const struct statement durable = {"durable", "select current_setting('synchronous_commit')"};
    static const struct statement encoding = {"encoding", "select current_setting('client_encoding')"};
    struct database *database = database_of(state);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        CONN_AUTO struct conn *conn = database_open(database, roles[i].role);
        if (roles[i].user != NULL) {
            assert_answer(conn, &user, roles[i].user);
        }
        assert_answer(conn, &path, "\"\"");
        assert_answer(conn, &zone, "UTC");
        assert_answer(conn, &timeout, roles[i].timeout);
        assert_answer(conn, &durable, "on");
        assert_answer(conn, &encoding, "UTF8");
    }
}

static void test_failures_by_name(void **state)
{
    static const struct {
        const char *sql;
        enum err err;
        bool broken;
    } cases[] = {
        {"select 1/0", ERR_INVALID, false},
        {"select 'x'::int", ERR_INVALID, false},
        {"select '2021-02-29'::date", ERR_INVALID, false},
        {"create temporary table t (n int primary key check (n > 0)); insert into t values (1), (1)", ERR_CONFLICT,
         false},
        {"create temporary table t (n int check (n > 0)); insert into t values (0)", ERR_INVALID, false},
        {"create temporary table t (n int not null); insert into t values (null)", ERR_INVALID, false},
        {"do $$ begin raise sqlstate '40001'; end $$", ERR_CONFLICT, false},
        {"do $$ begin raise sqlstate '40P01'; end $$", ERR_CONFLICT, false},
        {"selec 1", ERR_INTERNAL, false},
        {"select * from nowhere", ERR_INTERNAL, false},
        {"set local role meibo_reader; create table public.t ()", ERR_INTERNAL, false},
        {"set statement_timeout = 1; select pg_sleep(10)", ERR_UNAVAILABLE, true},
        {"do $$ begin raise sqlstate '55P03'; end $$", ERR_UNAVAILABLE, true},
        {"set transaction read only; create table public.t ()", ERR_UNAVAILABLE, true},
        {"do $$ begin raise sqlstate '53300'; end $$", ERR_UNAVAILABLE, true},
        {"do $$ begin raise sqlstate '57P03'; end $$", ERR_UNAVAILABLE, true},
        {"do $$ begin raise sqlstate '08006'; end $$", ERR_UNAVAILABLE, true},
        {"select pg_terminate_backend(pg_backend_pid(), 10000)", ERR_UNAVAILABLE, true},
    };
    struct database *database = database_of(state);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fault fault = {{0}};
        CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
        enum err err = conn_script(conn, cases[i].sql, &fault);
        if (err != cases[i].err) {
            fail_msg("%s: %s: %s", cases[i].sql, err_name(err), fault.text);
        }
        assert_int_equal(conn_is_usable(conn), !cases[i].broken);
        assert_true(strlen(fault.text) > 0);
        assert_null(strchr(fault.text, '\n'));
    }
}

static void test_no_server(void **state)
{
    (void)state;
    static const char *const conninfos[] = {"host=/nowhere dbname=x", "host=127.0.0.1 port=1 dbname=x", "nonsense",
                                            "no_such_keyword=1"};
    for (size_t i = 0; i < sizeof conninfos / sizeof conninfos[0]; i++) {
        const struct settings settings = {.database = conninfos[i]};
        struct fault fault = {{0}};
        struct conn *conn = NULL;
        assert_int_equal(conn_open(&settings, STORE_READER, &conn, &fault), ERR_UNAVAILABLE);
        assert_null(conn);
        assert_true(strlen(fault.text) > 0);
        assert_null(strchr(fault.text, '\n'));
    }
}

static void test_values_are_bound(void **state)
{
    static const struct statement echo = {"echo", "select $1::text, length($1), $1 is null"};
    static const char *const texts[] = {
        "", "'; drop schema meibo cascade; --", "\\", "$1", "%s%n", "\n\t\r", "𠮷\u2028", "\""};
    CONN_AUTO struct conn *conn = database_open(database_of(state), STORE_READER);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ROWS_AUTO struct rows *rows = ask(conn, &echo, &(struct param){texts[i]}, 1);
        assert_true(str_equal(rows_text(rows, 0, 0), str_of(texts[i])));
        assert_int_equal(rows_i64(rows, 0, 1, -1), (int64_t)str_count_chars(str_of(texts[i])));
        assert_false(rows_bool(rows, 0, 2));
    }
    ROWS_AUTO struct rows *rows = ask(conn, &echo, &(struct param){NULL}, 1);
    assert_null(rows_text(rows, 0, 0).p);
    assert_int_equal(rows_i64(rows, 0, 1, -7), -7);
    assert_true(rows_bool(rows, 0, 2));
}

static void test_text_that_is_none(void **state)
{
    static const struct statement echo = {"echo", "select $1::text"};
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = database_open(database_of(state), STORE_READER);
    assert_int_equal(conn_run(conn, &echo, &(struct param){"\xff"}, 1, NULL, &fault), ERR_INVALID);
    assert_true(conn_is_usable(conn));
}

static void test_rows(void **state)
{
    static const struct statement many = {
        "many", "select n, n % 2 = 0, case when n <> 2 then (n - 9223372036854775808)::bigint end"
                " from generate_series(0::numeric, 4) n"};
    static const struct statement none = {"none", "select 1 where false"};
    static const struct statement update = {"update", "update pg_temp.t set n = n + 1 where n > $1::int"};
    CONN_AUTO struct conn *conn = database_open(database_of(state), STORE_ADMIN);
    ROWS_AUTO struct rows *rows = ask(conn, &many, NULL, 0);
    assert_int_equal(rows_count(rows), 5);
    assert_true(rows_i64(rows, 0, 2, 0) == INT64_MIN);
    assert_true(rows_i64(rows, 2, 2, 42) == 42);
    assert_true(rows_bool(rows, 4, 1) && !rows_bool(rows, 3, 1));
    ROWS_AUTO struct rows *empty = ask(conn, &none, NULL, 0);
    assert_int_equal(rows_count(empty), 0);
    script(conn, "create temporary table t as select n from generate_series(1, 10) n");
    ROWS_AUTO struct rows *updated = ask(conn, &update, &(struct param){"7"}, 1);
    assert_int_equal(rows_affected(updated), 3);
    assert_int_equal(rows_count(updated), 0);
}

static void test_prepared_once_and_beyond_the_most(void **state)
{
    enum { STATEMENTS = 80 };
    static char names[STATEMENTS][16];
    static char sql[STATEMENTS][32];
    static struct statement statements[STATEMENTS];
    static const struct statement prepared = {"prepared", "select count(*) from pg_prepared_statements"};
    CONN_AUTO struct conn *conn = database_open(database_of(state), STORE_READER);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < STATEMENTS; i++) {
            (void)snprintf(names[i], sizeof names[i], "s%d", i);
            (void)snprintf(sql[i], sizeof sql[i], "select $1::int + %d", i);
            statements[i] = (struct statement){names[i], sql[i]};
            ROWS_AUTO struct rows *rows = ask(conn, &statements[i], &(struct param){"1000"}, 1);
            assert_int_equal(rows_i64(rows, 0, 0, 0), 1000 + i);
        }
    }
    ROWS_AUTO struct rows *rows = ask(conn, &prepared, NULL, 0);
    assert_int_equal(rows_i64(rows, 0, 0, 0), 64);
}

static void test_too_many_parameters(void **state)
{
    static const struct statement any = {"any", "select 1"};
    const struct param params[25] = {{NULL}};
    CONN_AUTO struct conn *conn = database_open(database_of(state), STORE_READER);
    assert_int_equal(conn_run(conn, &any, params, 25, NULL, NULL), ERR_INTERNAL);
    assert_true(conn_is_usable(conn));
}

static void test_a_script_is_one_transaction(void **state)
{
    struct database *database = database_of(state);
    CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
    assert_int_equal(conn_script(conn, "create table public.half (); select 1/0", NULL), ERR_INVALID);
    assert_int_equal(database_ask(database, "select count(*) from pg_class where relname = 'half'"), 0);
}

static void test_transactions(void **state)
{
    static const char count[] = "select count(*) from public.tx";
    struct database *database = database_of(state);
    CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
    struct fault fault = {{0}};
    script(conn, "create table public.tx (n int unique deferrable initially deferred)");
    assert_ok(conn_begin(conn, &fault), &fault);
    script(conn, "insert into public.tx values (1)");
    assert_false(conn_is_usable(conn));
    conn_rollback(conn);
    assert_true(conn_is_usable(conn));
    assert_int_equal(database_ask(database, count), 0);

    assert_ok(conn_begin(conn, &fault), &fault);
    script(conn, "insert into public.tx values (1)");
    assert_ok(conn_commit(conn, &fault), &fault);
    assert_int_equal(database_ask(database, count), 1);
    conn_rollback(conn); // nothing to do
    assert_true(conn_is_usable(conn));
    // What only the commit finds.
    assert_ok(conn_begin(conn, &fault), &fault);
    script(conn, "insert into public.tx values (1)");
    assert_int_equal(conn_commit(conn, &fault), ERR_CONFLICT);
    assert_true(conn_is_usable(conn));
    // A transaction that failed before does not commit, though COMMIT itself succeeds.
    assert_ok(conn_begin(conn, &fault), &fault);
    assert_int_equal(conn_script(conn, "select 1/0", &fault), ERR_INVALID);
    assert_int_equal(conn_commit(conn, &fault), ERR_INTERNAL);
    assert_true(conn_is_usable(conn));
    assert_int_equal(database_ask(database, count), 1);
    script(conn, "drop table public.tx");
}

static void test_a_snapshot_stands_still(void **state)
{
    static const struct statement count = {"count", "select count(*) from public.snap"};
    struct database *database = database_of(state);
    struct fault fault = {{0}};
    database_run(database, "create table public.snap (); insert into public.snap default values");
    CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
    assert_ok(conn_begin_snapshot(conn, &fault), &fault);
    assert_answer(conn, &count, "1");
    database_run(database, "insert into public.snap default values");
    assert_answer(conn, &count, "1");
    assert_ok(conn_commit(conn, &fault), &fault);
    assert_answer(conn, &count, "2");
    assert_ok(conn_begin_snapshot(conn, &fault), &fault);
    assert_int_equal(conn_script(conn, "delete from public.snap", &fault), ERR_UNAVAILABLE); // read only
    database_run(database, "drop table public.snap");
}

static void test_a_lost_commit_is_uncertain(void **state)
{
    struct database *database = database_of(state);
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = database_open(database, STORE_READER);
    assert_ok(conn_begin(conn, &fault), &fault);
    assert_int_equal(database_ask(database, KILL_READER), 1);
    assert_int_equal(conn_commit(conn, &fault), ERR_UNCERTAIN);
    assert_false(conn_is_usable(conn));
    conn_rollback(conn);
    assert_int_equal(conn_script(conn, "select 1", &fault), ERR_UNAVAILABLE);
}

static void test_a_closed_connection_is_noticed(void **state)
{
    static const struct statement one = {"one", "select 1"};
    struct database *database = database_of(state);
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = database_open(database, STORE_READER);
    assert_answer(conn, &one, "1");
    assert_true(conn_is_alive(conn));
    assert_int_equal(database_ask(database, KILL_READER), 1);
    assert_false(conn_is_alive(conn));
    assert_false(conn_is_usable(conn));
    assert_int_equal(conn_run(conn, &one, NULL, 0, NULL, &fault), ERR_UNAVAILABLE);
}

static void test_notifications(void **state)
{
    struct database *database = database_of(state);
    struct fault fault = {{0}};
    bool notified = true;
    CONN_AUTO struct conn *conn = database_open(database, STORE_READER);
    assert_ok(conn_listen(conn, "tested", &fault), &fault);
    assert_ok(conn_wait(conn, 0, -1, &notified, &fault), &fault);
    assert_false(notified);
    database_run(database, "notify other; notify tested");
    assert_ok(conn_wait(conn, 10000, -1, &notified, &fault), &fault);
    assert_true(notified);
    assert_ok(conn_wait(conn, 0, -1, &notified, &fault), &fault);
    assert_false(notified);
    // One that came together with another answer is not lost.
    database_run(database, "notify tested");
    script(conn, "select 1");
    assert_ok(conn_wait(conn, 0, -1, &notified, &fault), &fault);
    assert_true(notified);
}

static void test_waiting_ends_when_woken(void **state)
{
    struct database *database = database_of(state);
    struct fault fault = {{0}};
    bool notified = true;
    int ends[2];
    CONN_AUTO struct conn *conn = database_open(database, STORE_READER);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_ok(conn_wait(conn, 60000, ends[0], &notified, &fault), &fault);
    assert_false(notified);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void test_waiting_on_a_closed_connection(void **state)
{
    struct database *database = database_of(state);
    bool notified = true;
    enum err err = ERR_OK;
    CONN_AUTO struct conn *conn = database_open(database, STORE_READER);
    assert_int_equal(database_ask(database, KILL_READER), 1);
    // The server's farewell may be read first, then the end.
    for (int i = 0; i < 3 && err == ERR_OK; i++) {
        err = conn_wait(conn, 10000, -1, &notified, NULL);
        assert_false(notified);
    }
    assert_int_equal(err, ERR_UNAVAILABLE);
    assert_false(conn_is_usable(conn));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_session),
        cmocka_unit_test(test_failures_by_name),
        cmocka_unit_test(test_no_server),
        cmocka_unit_test(test_values_are_bound),
        cmocka_unit_test(test_text_that_is_none),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_prepared_once_and_beyond_the_most),
        cmocka_unit_test(test_too_many_parameters),
        cmocka_unit_test(test_a_script_is_one_transaction),
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_a_snapshot_stands_still),
        cmocka_unit_test(test_a_lost_commit_is_uncertain),
        cmocka_unit_test(test_a_closed_connection_is_noticed),
        cmocka_unit_test(test_notifications),
        cmocka_unit_test(test_waiting_ends_when_woken),
        cmocka_unit_test(test_waiting_on_a_closed_connection),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
