// Tokens against a real PostgreSQL: their form, who gets in, and that two live ones are the most.
#include "intake/token.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/database.h"

enum { TODAY = 20000 };

struct bench {
    struct database *database;
    struct conn *admin;
    struct pool *pool;
    struct report_sender sender;
    struct fault fault;
};

static struct bench begin(void **state)
{
    struct bench bench = {.database = database_of(state)};
    database_fill(bench.database);
    bench.admin = database_open(bench.database, STORE_ADMIN);
    assert_int_equal(pool_new(&bench.database->settings, STORE_INTAKE, &bench.pool, &bench.fault), ERR_OK);
    return bench;
}

static void end(struct bench *bench)
{
    conn_close(&bench->admin);
    pool_free(&bench->pool);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

struct token {
    char text[TOKEN_TEXT + 1];
};

static struct token issue(struct bench *bench, day_t expires_on)
{
    struct token token;
    assert_int_equal(token_issue(bench->admin, "sample-a", expires_on, TODAY, token.text, &bench->fault), ERR_OK);
    return token;
}

static enum err check_on(struct bench *bench, const char *text, day_t today)
{
    return token_check(bench->pool, str_of(text), today, &bench->sender, &bench->fault);
}

static enum err check(struct bench *bench, const char *text)
{
    return check_on(bench, text, TODAY);
}

static void test_lets_in(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    assert_int_equal(check(&bench, token.text), ERR_OK);
    assert_string_equal(bench.sender.operator_code, "sample-a");
    assert_int_equal(strlen(bench.sender.key_id), 12);
    assert_memory_equal(bench.sender.key_id, token.text + 4, 12);
}

static void test_form(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token first = issue(&bench, DAY_NONE);
    struct token second = issue(&bench, DAY_NONE);
    assert_int_equal(strlen(first.text), TOKEN_TEXT);
    assert_memory_equal(first.text, "mbo_", 4);
    assert_int_equal(strspn(first.text + 4, "0123456789abcdefghijklmnopqrstuvwxyz"), 12);
    assert_int_equal(strcspn(first.text + 17, "_"), 43);
    assert_int_equal(strspn(first.text + 61, "0123456789abcdefghijklmnopqrstuvwxyz"), 6);
    assert_memory_not_equal(first.text + 4, second.text + 4, 12);
    assert_memory_not_equal(first.text + 17, second.text + 17, 43);
}

// Neither the secret nor the text is anywhere in the record.
static void test_keeps_only_the_digest(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    char sql[300];
    (void)snprintf(sql, sizeof sql, "select count(*) from meibo.token as t where strpos(t::text, '%.43s') = 0",
                   token.text + 17);
    assert_int_equal(database_ask(bench.database, sql), 1);
    (void)snprintf(sql, sizeof sql, "select count(*) from meibo.token where digest = sha256('%.43s'::bytea)",
                   token.text + 17);
    assert_int_equal(database_ask(bench.database, sql), 1);
}

// A wrong character anywhere, a piece missing, a piece too much: told from the text alone, so no database is needed.
static void test_mistyped(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    database_run(bench.database, "drop table if exists meibo.kept; alter table meibo.token rename to kept");
    for (size_t i = 0; i < TOKEN_TEXT; i++) {
        struct token wrong = token;
        wrong.text[i] = wrong.text[i] == 'x' ? 'y' : 'x';
        assert_int_equal(check(&bench, wrong.text), ERR_DENIED);
        wrong.text[i] = '\0';
        assert_int_equal(check(&bench, wrong.text), ERR_DENIED);
        assert_int_equal(token_check(bench.pool, (struct str){wrong.text, TOKEN_TEXT}, TODAY, &bench.sender, NULL),
                         ERR_DENIED);
    }
    char longer[TOKEN_TEXT + 2];
    (void)snprintf(longer, sizeof longer, "%s0", token.text);
    assert_int_equal(check(&bench, longer), ERR_DENIED);
    assert_int_equal(check(&bench, ""), ERR_DENIED);
    database_run(bench.database, "alter table meibo.kept rename to token");
    assert_int_equal(check(&bench, token.text), ERR_OK);
}

static void test_wrong_secret(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    database_run(bench.database, "update meibo.token set digest = sha256('another')");
    assert_int_equal(check(&bench, token.text), ERR_DENIED);
    database_run(bench.database, "delete from meibo.token");
    assert_int_equal(check(&bench, token.text), ERR_DENIED);
}

static void test_expires(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, TODAY + 1);
    assert_int_equal(check_on(&bench, token.text, TODAY + 1), ERR_OK);
    assert_int_equal(check_on(&bench, token.text, TODAY + 2), ERR_DENIED);
    assert_int_equal(token_issue(bench.admin, "sample-a", TODAY - 1, TODAY, token.text, &bench.fault), ERR_INVALID);
}

static void test_revokes(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    struct token kept = issue(&bench, DAY_NONE);
    char key_id[13] = {0};
    memcpy(key_id, token.text + 4, 12);
    assert_int_equal(token_revoke(bench.admin, key_id, &bench.fault), ERR_OK);
    assert_int_equal(check(&bench, token.text), ERR_DENIED);
    assert_int_equal(check(&bench, kept.text), ERR_OK);
    assert_int_equal(token_revoke(bench.admin, key_id, &bench.fault), ERR_NOT_FOUND);
    assert_int_equal(token_revoke(bench.admin, "no such key", &bench.fault), ERR_NOT_FOUND);
}

static void test_operator_gone(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    database_run(bench.database, "update meibo.operator set ended = 2 where code = 'sample-a'");
    assert_int_equal(check(&bench, token.text), ERR_DENIED);
    assert_int_equal(token_issue(bench.admin, "sample-a", DAY_NONE, TODAY, token.text, &bench.fault), ERR_NOT_FOUND);
    assert_int_equal(token_issue(bench.admin, "nobody", DAY_NONE, TODAY, token.text, &bench.fault), ERR_NOT_FOUND);
    assert_true(conn_is_usable(bench.admin));
}

static void test_two_at_most(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    struct token more;
    (void)issue(&bench, TODAY + 5);
    assert_int_equal(token_issue(bench.admin, "sample-a", DAY_NONE, TODAY, more.text, &bench.fault), ERR_CONFLICT);
    assert_int_equal(more.text[0], '\0');
    assert_int_equal(token_issue(bench.admin, "sample-b", DAY_NONE, TODAY, more.text, &bench.fault), ERR_OK);
    // An expired one and a revoked one make room.
    assert_int_equal(token_issue(bench.admin, "sample-a", DAY_NONE, TODAY + 6, more.text, &bench.fault), ERR_OK);
    assert_int_equal(token_issue(bench.admin, "sample-a", DAY_NONE, TODAY + 6, more.text, &bench.fault), ERR_CONFLICT);
    token.text[16] = '\0';
    assert_int_equal(token_revoke(bench.admin, token.text + 4, &bench.fault), ERR_OK);
    assert_int_equal(token_issue(bench.admin, "sample-a", DAY_NONE, TODAY + 6, more.text, &bench.fault), ERR_OK);
}

enum { THREADS = 6 };

struct thread {
    const struct database *database;
    enum err err;
    pthread_t id;
};

static void *issue_in_thread(void *context)
{
    struct thread *thread = context;
    char text[TOKEN_TEXT + 1];
    CONN_AUTO struct conn *conn = NULL;
    thread->err = conn_open(&thread->database->settings, STORE_ADMIN, &conn, NULL);
    if (thread->err == ERR_OK) {
        thread->err = token_issue(conn, "sample-a", DAY_NONE, TODAY, text, NULL);
    }
    return NULL;
}

static void test_two_at_most_at_once(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct thread threads[THREADS];
    int issued = 0;
    int refused = 0;
    for (size_t i = 0; i < THREADS; i++) {
        threads[i] = (struct thread){.database = bench.database};
        assert_int_equal(pthread_create(&threads[i].id, NULL, issue_in_thread, &threads[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i].id, NULL), 0);
        issued += threads[i].err == ERR_OK;
        refused += threads[i].err == ERR_CONFLICT;
    }
    assert_int_equal(issued, TOKENS_LIVE_MAX);
    assert_int_equal(refused, THREADS - TOKENS_LIVE_MAX);
}

static void test_database_away(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct token token = issue(&bench, DAY_NONE);
    struct settings nowhere = bench.database->settings;
    nowhere.database = "host=/nonexistent dbname=meibo";
    pool_free(&bench.pool);
    assert_int_equal(pool_new(&nowhere, STORE_INTAKE, &bench.pool, &bench.fault), ERR_OK);
    assert_int_equal(check(&bench, token.text), ERR_UNAVAILABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lets_in),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_keeps_only_the_digest),
        cmocka_unit_test(test_mistyped),
        cmocka_unit_test(test_wrong_secret),
        cmocka_unit_test(test_expires),
        cmocka_unit_test(test_revokes),
        cmocka_unit_test(test_operator_gone),
        cmocka_unit_test(test_two_at_most),
        cmocka_unit_test(test_two_at_most_at_once),
        cmocka_unit_test(test_database_away),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
