// Migrations: applied once and in order, by one at a time; what does not fit is refused; what fails leaves nothing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store/migrate.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/database.h"

// An empty database beside the test's own, which is migrated already.
struct empty {
    const struct database *beside;
    struct database database;
    struct conn *conn;
    struct fault fault;
};

static void begin(struct empty *empty, void **state)
{
    char sql[160];
    struct database *beside = database_of(state);
    *empty = (struct empty){.beside = beside, .database.settings = beside->settings};
    (void)snprintf(empty->database.name, sizeof empty->database.name, "%.50s_empty", beside->name);
    (void)snprintf(empty->database.conninfo, sizeof empty->database.conninfo, "%.1100s dbname=%s", beside->conninfo,
                   empty->database.name);
    empty->database.settings.database = empty->database.conninfo;
    (void)snprintf(sql, sizeof sql, "create database %s", empty->database.name);
    database_run(beside, sql);
    empty->conn = database_open(&empty->database, STORE_ADMIN);
}

static void end(struct empty *empty)
{
    char sql[160];
    conn_close(&empty->conn);
    (void)snprintf(sql, sizeof sql, "drop database %s with (force)", empty->database.name);
    database_run(empty->beside, sql);
}
#define EMPTY_AUTO __attribute__((cleanup(end)))

static enum err apply(struct empty *empty, const struct migration *list, size_t count, size_t *applied)
{
    return migrate_list(empty->conn, list, count, applied, &empty->fault);
}

static const struct migration three[] = {
    {"0001_first", "create table meibo.first (n int)"},
    {"0002_second", "create table meibo.second (n int); insert into meibo.second values (1)"},
    {"0003_third", "alter table meibo.second add m int default 2"},
};

static int64_t ask(const struct empty *empty, const char *sql)
{
    return database_ask(&empty->database, sql);
}

static void test_fresh_then_again(void **state)
{
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    size_t count = 0;
    size_t applied = 0;
    assert_true(migrations_get(&count) != NULL && count > 0);
    assert_int_equal(migrate_check(empty.conn, &empty.fault), ERR_CONFLICT);
    assert_non_null(strstr(empty.fault.text, "meibo migrate"));
    assert_int_equal(migrate(empty.conn, &applied, &empty.fault), ERR_OK);
    assert_int_equal(applied, count);
    assert_int_equal(migrate_check(empty.conn, &empty.fault), ERR_OK);
    assert_int_equal(ask(&empty, "select count(*) from meibo.migration where sha256 ~ '^[0-9a-f]{64}$'"), count);
    assert_int_equal(migrate(empty.conn, &applied, &empty.fault), ERR_OK);
    assert_int_equal(applied, 0);
    assert_int_equal(ask(&empty, "select count(*) from meibo.migration"), count);
    // Every role may ask, and what migrations made belongs to the owner.
    for (int role = STORE_PUBLISHER; role <= STORE_READER; role++) {
        CONN_AUTO struct conn *conn = database_open(&empty.database, (enum store_role)role);
        assert_int_equal(migrate_check(conn, &empty.fault), ERR_OK);
        assert_true(conn_is_usable(conn));
    }
    assert_int_equal(ask(&empty, "select count(*) from pg_tables where schemaname = 'meibo'"
                                 " and tableowner <> 'meibo_owner'"),
                     0);
}

static void test_step_by_step(void **state)
{
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    size_t applied = 7;
    for (size_t count = 0; count <= 3; count++) {
        assert_int_equal(apply(&empty, three, count, &applied), ERR_OK);
        assert_int_equal(applied, count == 0 ? 0 : 1);
    }
    assert_int_equal(ask(&empty, "select m from meibo.second"), 2);
    assert_int_equal(ask(&empty, "select count(*) from meibo.migration"), 3);
    assert_true(conn_is_usable(empty.conn));
}

struct racer {
    struct empty *empty;
    size_t applied;
    enum err err;
    pthread_t id;
};

static void *race(void *context)
{
    struct racer *racer = context;
    struct conn *conn = NULL;
    racer->err = conn_open(&racer->empty->database.settings, STORE_ADMIN, &conn, NULL);
    if (racer->err == ERR_OK) {
        racer->err = migrate(conn, &racer->applied, NULL);
    }
    conn_close(&conn);
    return NULL;
}

static void test_several_at_once(void **state)
{
    enum { RACERS = 4 };
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    struct racer racers[RACERS];
    size_t applied = 0;
    size_t count = 0;
    for (size_t i = 0; i < RACERS; i++) {
        racers[i] = (struct racer){.empty = &empty};
        assert_int_equal(pthread_create(&racers[i].id, NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < RACERS; i++) {
        assert_int_equal(pthread_join(racers[i].id, NULL), 0);
        assert_int_equal(racers[i].err, ERR_OK);
        applied += racers[i].applied;
    }
    (void)migrations_get(&count);
    assert_int_equal(applied, count);
    assert_int_equal(migrate_check(empty.conn, &empty.fault), ERR_OK);
}

static void assert_refused(struct empty *empty, const struct migration *list, size_t count, const char *named)
{
    size_t applied = 7;
    assert_int_equal(apply(empty, list, count, &applied), ERR_CONFLICT);
    assert_int_equal(applied, 0);
    assert_non_null(strstr(empty->fault.text, named));
    assert_true(conn_is_usable(empty->conn));
}

static void test_a_changed_old_migration(void **state)
{
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    size_t applied;
    const struct migration changed[] = {three[0], {"0002_second", "create table meibo.second (n int) "}, three[2]};
    assert_int_equal(apply(&empty, three, 2, &applied), ERR_OK);
    assert_refused(&empty, changed, 3, "0002_second");
    assert_int_equal(ask(&empty, "select count(*) from meibo.migration"), 2);
    assert_int_equal(apply(&empty, three, 3, &applied), ERR_OK);
}

static void test_a_newer_or_foreign_database(void **state)
{
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    size_t applied;
    const struct migration other[] = {three[0], {"0002_other", "select 1"}, three[2]};
    assert_int_equal(apply(&empty, three, 3, &applied), ERR_OK);
    assert_refused(&empty, three, 2, "0003_third");
    assert_refused(&empty, other, 3, "0002_second");
    assert_int_equal(migrate_check(empty.conn, &empty.fault), ERR_CONFLICT);
    assert_int_equal(migrate(empty.conn, &applied, &empty.fault), ERR_CONFLICT);
}

static void test_a_failing_migration_leaves_nothing(void **state)
{
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    size_t applied;
    const struct migration failing[] = {
        three[0], {"0002_failing", "create table meibo.half (n int); select 1 / 0"}, three[2]};
    assert_int_equal(apply(&empty, failing, 3, &applied), ERR_INVALID);
    assert_int_equal(applied, 1);
    assert_true(conn_is_usable(empty.conn));
    assert_int_equal(ask(&empty, "select count(*) from pg_class where relname in ('half', 'third')"), 0);
    assert_int_equal(ask(&empty, "select count(*) from meibo.migration where name = '0001_first'"), 1);
    assert_int_equal(ask(&empty, "select count(*) from meibo.migration"), 1);
    // Nobody is left holding the lock, and once it is mended the rest follows.
    CONN_AUTO struct conn *other = database_open(&empty.database, STORE_ADMIN);
    assert_int_equal(migrate_list(other, three, 3, &applied, &empty.fault), ERR_OK);
    assert_int_equal(applied, 2);
}

static void test_check_says_what_is_missing(void **state)
{
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    size_t applied;
    assert_int_equal(apply(&empty, NULL, 0, &applied), ERR_OK);
    assert_int_equal(migrate_check(empty.conn, &empty.fault), ERR_CONFLICT);
    assert_non_null(strstr(empty.fault.text, "not applied yet"));
    assert_true(conn_is_usable(empty.conn));
}

static void test_without_the_right(void **state)
{
    EMPTY_AUTO struct empty empty;
    begin(&empty, state);
    size_t applied = 7;
    CONN_AUTO struct conn *reader = database_open(&empty.database, STORE_READER);
    assert_true(migrate_list(reader, three, 3, &applied, &empty.fault) != ERR_OK);
    assert_int_equal(applied, 0);
    assert_int_equal(ask(&empty, "select count(*) from pg_namespace where nspname = 'meibo'"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fresh_then_again),
        cmocka_unit_test(test_step_by_step),
        cmocka_unit_test(test_several_at_once),
        cmocka_unit_test(test_a_changed_old_migration),
        cmocka_unit_test(test_a_newer_or_foreign_database),
        cmocka_unit_test(test_a_failing_migration_leaves_nothing),
        cmocka_unit_test(test_check_says_what_is_missing),
        cmocka_unit_test(test_without_the_right),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
